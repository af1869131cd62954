"""Answering a coach's word, decision by decision."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.coaching.records.cohort import CoachState
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.reply import ReplyKind, Scope
from bot.coaching.records.screen import ScreenKind
from bot.flows.coach import word
from bot.flows.context.decision import Decision
from tests.flows.decisions.told import ITEM, TUESDAY, form, given, planned, press, sent, situation, wrong
from tests.store.scene import a_coach, a_member, a_reply

CARL = a_member("carl")


def answering(**changes: Any) -> word.Answering:
    """Return the message that brought anna a word of carl about her first experiment."""
    about = situation(sent("w", Kind.COACH_WORD, prompt="coach/word", item=None, subject="said"))
    made = word.Answering(
        **{name: getattr(about, name) for name in about.__dataclass_fields__},
        word=a_reply("said", author="carl", kind=ReplyKind.COACH, nudge="n"),
        under=sent("n"),
        author=CARL,
        role=a_coach(),
        answered=(),
    )
    return replace(made, **changes)


def answered(about: word.Answering, text: str = "thank you") -> Decision:
    """Answer in the form."""
    return word.answered(given(), about, form("word.answered", "w", text=text))


@pytest.mark.parametrize(
    ("changes", "reads"),
    [
        ({}, True),
        ({"role": None}, False),
        ({"role": a_coach(state=CoachState.DECLINED)}, False),
        ({"word": None, "author": None, "role": None}, False),
    ],
)
def test_only_who_is_still_the_coach_is_answered(changes: dict[str, Any], reads: bool) -> None:
    about = answering(**changes)
    opened, questions = word.answer(given(), about, press("word.answer", "w")), word.word_questions(given(), about, "w")
    assert (opened.opens is not None, questions.are_open) == (reads, reads)
    assert opened.refuses == ("" if reads else "word-no-coach")
    assert bool(answered(about).records) == reads
    assert reads or wrong(answered(about), "text", "word-no-coach")


def test_an_answer_is_for_that_coach_alone() -> None:
    reply, told, screen = answered(answering()).records
    assert (reply.id, reply.kind, reply.text, reply.scope) == ("new-1", ReplyKind.TYPED, "thank you", Scope.COACH)
    assert (reply.answers, reply.nudge, reply.item) == ("said", "n", ITEM)
    assert (told.kind, told.member, told.subject, told.enrollment) == (Kind.COACH_HEARD, "carl", "new-1", None)
    assert (screen.kind, screen.about) == (ScreenKind.RECEIPT, "new-1")
    assert wrong(answered(answering(), "  "), "text", "words-missing")


def test_what_is_about_nothing_belongs_to_the_word_itself() -> None:
    assert answered(answering(under=None)).records[0].nudge == "w"


BEFORE = a_reply("before", answers="said")
HEARD = sent("h", Kind.COACH_HEARD, member="carl", prompt="coach/heard", item=None, subject="before")


@pytest.mark.parametrize(
    ("earlier", "row", "is_told"),
    [
        (BEFORE, None, True),
        (BEFORE, HEARD, False),  # a moment ago
        (BEFORE, replace(HEARD, sent_at=TUESDAY - timedelta(hours=2)), True),
        (BEFORE, planned("h", Kind.COACH_HEARD, member="carl"), False),  # is about to be
        (BEFORE, replace(HEARD, state=NudgeState.CANCELLED, sent_at=None), True),
        (replace(BEFORE, text=None), HEARD, True),  # what was told of is gone
        (BEFORE, replace(HEARD, member="dora"), True),  # another coach
        (BEFORE, replace(HEARD, cohort="other"), True),
    ],
)
def test_several_answers_are_told_of_once(earlier: Any, row: Nudge | None, is_told: bool) -> None:
    records = answered(answering(answered=[(earlier, row)])).records
    assert any(isinstance(each, Nudge) for each in records) == is_told


def test_a_coach_whose_account_is_closed_is_told_nothing() -> None:
    records = answered(answering(author=replace(CARL, state=MemberState.DEACTIVATED))).records
    assert not any(isinstance(each, Nudge) for each in records)


def test_what_was_kept_before_it_was_cut_off_is_done() -> None:
    again = answered(answering(answered=[(a_reply("new-1", answers="said"), None)]))
    assert again == Decision()
