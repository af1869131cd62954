"""Which message is pending: what a press makes of it, and what its card says. A table, without a store or a chat."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.records.screen import pending_key, touched
from bot.flows.context.decision import Decision
from bot.flows.context.pending import also_asking, asked_last
from bot.flows.debrief import dialogue
from bot.flows.experiments import answers, change, habit, planned_day
from bot.flows.experiments import plan as planning
from bot.flows.messages.debrief import debrief
from bot.flows.messages.experiment import nudge
from bot.flows.messages.harvest import check
from tests import content
from tests.flows.decisions.looks import line, notes, shown
from tests.flows.decisions.told import AT_HOME, TUESDAY, given, planned, press, saved, sent, situation
from tests.store.scene import a_commitment, a_nudge

DAY = timedelta(days=1)
NOW = TUESDAY + 2 * DAY
NEWER = sent("newer", Kind.DEBRIEF, item="experience-top-service", sent_at=TUESDAY + DAY)
PLAN = a_commitment("plan", nudge="n")
READERS = content.said("scope-coach")
CHANGE = a_commitment("change", nudge="d", kind=CommitmentKind.TRANSFER)


COMING = sent("d", Kind.DEBRIEF, subject=None, state=NudgeState.PLANNED, sent_at=None, occurrence="done-n")


def a_check(**changes: Any) -> Nudge:
    return sent("c", Kind.CHECK, **changes)


@pytest.mark.parametrize(
    ("row", "decide", "value", "asking"),
    [
        # what asks for words once it was pressed
        (sent(), answers.done, "n", {"n"}),
        (sent(), answers.not_for_me, "n", {"n"}),
        (sent(), planning.plan_open, "n", {"n"}),  # a form that asks, in a view or in the message
        (a_check(), answers.answer_once(Answer.NOTICED), "c", {"c"}),
        (sent("d", Kind.DEBRIEF), dialogue.skip, "d:0", {"d"}),
        (sent("d", Kind.DEBRIEF), dialogue.write, "d:0", {"d"}),
        (sent("k", Kind.KEEP), habit.write, "k", {"k"}),
        # a reminder, and a day's question, stand for their experiment
        (sent("f", Kind.FOLLOW_UP), answers.follow_done, "f", {"n"}),
        (sent("f", Kind.FOLLOW_UP), planning.follow_plan, "f", {"n"}),
        (sent("t", Kind.DAY_OF, subject="plan"), planned_day.day_done, "t", {"n"}),
        # what asks for nothing any more, or never did
        (a_check(), answers.answer_once(Answer.UNNOTICED), "c", set()),
        (sent("d", Kind.DEBRIEF), dialogue.stop, "d:0", set()),
        (sent("d", Kind.DEBRIEF), dialogue.tomorrow, "d:0", set()),
        (sent("d", Kind.DEBRIEF, question=3), dialogue.skip, "d:3", set()),
        (sent("d", Kind.DEBRIEF, question=4), change.transfer_open, "d", set()),
        (sent("t", Kind.DAY_OF, subject="plan"), planned_day.day_drop, "t", set()),
        (sent("t", Kind.DAY_OF, subject="plan"), planned_day.day_move, "t", set()),
        (sent(item="experience-top-service"), answers.kit, "n", set()),  # a page to read
        (sent(item=AT_HOME), answers.done, "n", set()),
        (sent("b", Kind.BOOSTER, item=None), answers.answer_once(Answer.DONE), "b", set()),
    ],
)
def test_a_press_on_what_asks_for_words_makes_it_the_pending_question(
    row: Nudge, decide: Any, value: str, asking: set[str]
) -> None:
    others = [NEWER, *([sent()] if row.id != "n" else [])]
    about = situation(row, *others, promises=[PLAN, CHANGE])
    decision = also_asking(about, decide(given(NOW), about, press("x", value)), NOW)
    rows = {name: each for name, each in saved(decision).items() if isinstance(each, Nudge)}
    assert {name for name, each in rows.items() if each.asked_at == NOW} == asking
    after = [rows.get(each.id, each) for each in about.agenda]
    last = asked_last(after)
    assert last is not None
    assert last.id == next(iter(asking), "newer")


def test_a_form_of_what_is_pending_already_costs_no_commit() -> None:
    about = situation(sent("d", Kind.DEBRIEF))
    decision = dialogue.write(given(NOW), about, press("x", "d:0"))
    assert also_asking(about, decision, NOW) == decision


def test_a_refused_press_makes_nothing_pending() -> None:
    about = situation(sent("d", Kind.DEBRIEF), NEWER)
    refused = Decision(refuses="press-stale")
    assert also_asking(about, refused, NOW) == refused


def until(days: int) -> str:
    return given().words.day((TUESDAY + timedelta(days=days)).date(), situation(sent()).language)


@pytest.mark.parametrize(
    ("row", "others", "looks", "said"),
    [
        (sent(), [], nudge, line("footer-keeps", week=1, scope=READERS, day=until(6))),
        (sent(), [NEWER], nudge, line("footer-over", week=1)),
        (
            sent(asked_at=NOW),
            [NEWER],
            nudge,
            line("footer-keeps", week=1, scope=READERS, day=until(8)),
        ),
        (
            sent(),
            [sent("f", Kind.FOLLOW_UP, sent_at=NOW)],
            nudge,
            line("footer-keeps", week=1, scope=READERS, day=until(8)),
        ),
        (
            sent(),
            [sent("u", Kind.UNDONE, sent_at=NOW)],
            nudge,
            line("footer-keeps", week=1, scope=READERS, day=until(8)),
        ),
        (
            sent(),
            [sent("w", Kind.WELCOME, sent_at=NOW)],
            nudge,
            line("footer-keeps", week=1, scope=READERS, day=until(6)),
        ),
        (sent(answer=Answer.DONE), [], nudge, line("nudge-done-said", day=until(6))),
        (sent(answer=Answer.DONE), [NEWER], nudge, line("nudge-done-short")),
        (sent(answer=Answer.DONE), [COMING], nudge, line("nudge-done-when", day=until(0))),
        (sent(answer=Answer.DONE), [COMING, NEWER], nudge, line("nudge-done-when-short", day=until(0))),
        (sent("d", Kind.DEBRIEF), [NEWER], debrief, line("footer-over", week=1)),
        (
            sent("d", Kind.DEBRIEF, asked_at=NOW),
            [NEWER],
            debrief,
            line("footer-keeps", week=1, scope=READERS, day=until(8)),
        ),
        (a_check(answer=Answer.NOTICED, subject="change"), [], check, line("check-noticed-said", day=until(6))),
        (a_check(answer=Answer.NOTICED, subject="change"), [NEWER], check, line("check-noticed-over")),
    ],
)
def test_a_card_says_until_when_words_answer_it_and_when_they_do_no_more(
    row: Nudge, others: list[Nudge], looks: Any, said: str
) -> None:
    about = shown(row, *others, promises=[CHANGE])
    assert notes(looks(given(NOW), about))[-1] == said


def test_what_is_sent_or_pressed_touches_the_card_of_what_was_pending() -> None:
    assert pending_key("run-anna") in touched([sent()])
    assert pending_key("run-anna") not in touched([planned("p", Kind.NUDGE)])
    assert not {key for key in touched([replace(a_nudge("post", None), enrollment=None)]) if "pending" in key}


@pytest.mark.parametrize("names", [("a", "z"), ("z", "a")])
def test_of_a_card_the_highest_asked_last_whatever_it_is_called(names: tuple[str, str]) -> None:
    above, below = sent(names[0]), sent(names[1], Kind.CHECK)
    assert asked_last([above, below]) is above
    assert asked_last([below, above]) is above
