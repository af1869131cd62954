"""The debrief, decision by decision."""

from dataclasses import replace
from datetime import date

import pytest

from bot.chat.port import MessageRef
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.records.reply import ReplyKind, Scope
from bot.coaching.records.screen import ScreenKind
from bot.flows.context.debrief import asks, root_of, waits
from bot.flows.context.decision import Decision
from bot.flows.debrief import dialogue
from bot.flows.messages.experiment import item_of
from tests.flows.decisions.told import (
    AT_HOME,
    TUESDAY,
    form,
    given,
    is_outdated,
    planned,
    press,
    saved,
    sent,
    situation,
    wrong,
)
from tests.store.scene import a_reply


def a_debrief(**changes: object) -> Nudge:
    """Return anna's debrief, two questions in."""
    return sent("d", Kind.DEBRIEF, **{"question": 2, **changes})


AHEAD = planned("later", Kind.DEBRIEF, subject="d")
CAME = sent("later", Kind.DEBRIEF, subject="d")
STANDINGS: list[tuple[Nudge, list[Nudge], bool, bool]] = [
    # the debrief, what else there is, whether it asks, whether it waits
    (a_debrief(question=0), [], True, False),
    (a_debrief(question=3), [], True, False),
    (a_debrief(question=4), [], False, False),  # the change is asked for
    (a_debrief(answer=Answer.SKIPPED), [], False, False),
    (a_debrief(answer=Answer.DONE, question=4), [], False, False),
    (a_debrief(answer=Answer.LATER), [AHEAD], False, True),
    (a_debrief(answer=Answer.LATER), [replace(AHEAD, state=NudgeState.READY)], False, True),
    (a_debrief(answer=Answer.LATER), [CAME], True, False),
    (a_debrief(answer=Answer.LATER), [replace(AHEAD, subject="other")], True, False),
    (a_debrief(), [AHEAD], True, False),
]


@pytest.mark.parametrize(("root", "others", "is_asked", "is_ahead"), STANDINGS)
def test_where_a_debrief_stands(root: Nudge, others: list[Nudge], is_asked: bool, is_ahead: bool) -> None:
    about = situation(root, *others)
    assert asks(item_of(about), about.agenda, root) == is_asked
    assert waits(about.agenda, root) == is_ahead
    for each in (root, *others):
        assert root_of(about.agenda, each) == (each if each.subject == "other" else root)
    for decide in (dialogue.skip, dialogue.stop, dialogue.tomorrow, dialogue.write):
        decision = decide(given(), about, press("debrief", f"d:{root.question}"))
        assert is_outdated(decision, about) != is_asked
        assert is_outdated(decide(given(), about, press("debrief", f"d:{root.question + 1}")), about)
    offer = dialogue.offer_tomorrow(given(), about, about.agenda, root)
    assert (offer is not None) == is_asked


def test_a_question_is_skipped_or_the_rest_is_left() -> None:
    about = situation(a_debrief())
    skipped = saved(dialogue.skip(given(), about, press("debrief.skip", "d:2")))["d"]
    assert (skipped.question, skipped.answer) == (3, None)
    left = saved(dialogue.stop(given(), about, press("debrief.stop", "d:2")))["d"]
    assert (left.question, left.answer, left.answered_at) == (2, Answer.SKIPPED, TUESDAY)


def test_it_goes_on_the_next_working_day() -> None:
    about = situation(a_debrief(), CAME, planned("other", Kind.DEBRIEF, subject="x"))
    decision = dialogue.tomorrow(given(), about, press("debrief.tomorrow", "d:2"))
    records = saved(decision)
    assert set(records) == {"d", "later", "new-1"}
    assert {records["d"].answer, records["later"].answer} == {Answer.LATER}
    resumed = records["new-1"]
    assert (resumed.kind, resumed.subject, resumed.local_date) == (Kind.DEBRIEF, "d", date(2026, 1, 14))
    assert resumed.is_promised
    assert decision.says is None


def test_where_a_command_offered_it_the_offer_says_so() -> None:
    aside = MessageRef(workspace="w", conversation="C-c", message="", aside="https://answer")
    pressed = replace(press("debrief.tomorrow", "d:2"), ref=aside)
    decision = dialogue.tomorrow(given(), situation(a_debrief()), pressed)
    assert decision.says is not None
    assert decision.replaces


@pytest.mark.parametrize(
    ("changes", "place", "asked"),
    [({}, 2, True), ({}, 1, False), ({}, 4, None), ({"item": AT_HOME}, 2, None), ({"answer": Answer.DONE}, 2, False)],
)
def test_the_form_of_a_question_is_made_anew(changes: dict[str, object], place: int, asked: bool | None) -> None:
    questions = dialogue.answer_questions(given(), situation(a_debrief(**changes)), f"d:{place}")
    assert (questions.are_open if questions else None) == asked


def answered(about_question: int, *, item: str | None = None, text: str = "we talked") -> Decision:
    """Answer a question in a form, in the midst of a debrief two questions in."""
    about = situation(a_debrief(**({"item": item} if item else {})))
    return dialogue.answered(given(), about, form("debrief.answer", f"d:{about_question}", text=text, scope="private"))


def test_an_answer_is_kept_and_the_next_question_comes() -> None:
    row, reply, screen = answered(2).records
    assert (row.id, row.question, row.answer) == ("d", 3, None)
    assert (reply.id, reply.kind, reply.question, reply.text) == ("new-1", ReplyKind.DEBRIEF, 3, "we talked")
    assert (reply.scope, reply.nudge, reply.received_at) == (Scope.PRIVATE, "d", TUESDAY)
    assert (screen.kind, screen.about, screen.conversation) == (ScreenKind.RECEIPT, "new-1", "D-anna")


def test_what_cannot_be_kept_stays_in_the_form() -> None:
    assert wrong(answered(1), "text", "form-stale")
    assert wrong(answered(2, item=AT_HOME), "text", "form-stale")
    assert wrong(answered(2, text=""), "text", "words-missing")


def test_what_was_kept_before_it_was_cut_off_is_done() -> None:
    about = situation(a_debrief(question=3), answers=[a_reply("new-1")])
    again = dialogue.answered(given(), about, form("debrief.answer", "d:2", text="we talked", scope="private"))
    assert again == Decision()
