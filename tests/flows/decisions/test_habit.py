"""The habit and the pulse, decision by decision."""

from typing import Any

import pytest

from bot.coaching.records.commitment import CommitmentKind, CommitmentState
from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.records.pulse import QUESTIONS, Wave
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.records.screen import ScreenKind
from bot.flows.context.nudge import PressContext
from bot.flows.experiments import habit
from bot.flows.pulse import survey
from tests.flows.decisions.told import TUESDAY, form, given, is_outdated, press, saved, sent, situation, wrong
from tests.store.scene import a_commitment, a_member, a_reply

KEEP = sent("k", Kind.KEEP, prompt="keep/keep", item=None, week=11)
FIRST = QUESTIONS[0].slug


@pytest.mark.parametrize("before", [None, Answer.DONE, Answer.SKIPPED])
def test_the_habit_is_asked_for_once(before: Answer | None) -> None:
    about = situation(sent("k", Kind.KEEP, prompt="keep/keep", item=None, answer=before))
    pressed = habit.write(given(), about, press("keep.write", "k"))
    written = habit.saved(given(), about, form("keep.save", "k", text="listen first", scope="coach"))
    assert habit.keep_questions(given(), about, "k").are_open == (before is None)
    if before is None:
        assert pressed.opens is not None
        assert saved(written)["k"].answer is Answer.DONE
    else:
        assert is_outdated(pressed, about)
        assert wrong(written, "text", "form-sent" if before is Answer.DONE else "form-stale")


def test_the_habit_is_kept_with_its_confirmation() -> None:
    decision = habit.saved(given(), situation(KEEP), form("keep.save", "k", text="count to five", scope="private"))
    reply, row, screen = decision.records
    assert saved(decision)["k"] is row
    assert (reply.id, reply.kind, reply.text, reply.scope) == ("new-1", ReplyKind.KEEP, "count to five", Scope.PRIVATE)
    assert (screen.kind, screen.about, screen.conversation) == (ScreenKind.RECEIPT, "new-1", "D-anna")
    assert wrong(habit.saved(given(), situation(KEEP), form("keep.save", "k", scope="coach")), "text", "words-missing")


def a_journey(**changes: Any) -> PressContext:
    """Return week 11 of somebody with something of four experiments: again, a change, only done, and put aside."""
    items = list(situation(KEEP).journey.items.values())
    one, two, three, four = items[:4]
    last = {"kind": ReplyKind.DEBRIEF, "question": len(one.questions)}
    found: dict[str, Any] = {
        "answers": [
            a_reply("first", item=one.slug, text="not this one", **{**last, "question": 1}),
            a_reply("again", item=one.slug, text="I listen first", **last),
        ],
        "promises": [
            a_commitment("c1", item=one.slug, kind=CommitmentKind.TRANSFER, first="we call"),
            a_commitment("c2", item=two.slug, kind=CommitmentKind.TRANSFER, first="we write", scope=Scope.PRIVATE),
            a_commitment("c4", item=four.slug, kind=CommitmentKind.TRANSFER, state=CommitmentState.DROPPED),
            a_commitment("p4", item=four.slug),
        ],
    }
    done = sent("n3", item=three.slug, answer=Answer.DONE)
    return situation(KEEP, done, sent("n4", item=four.slug, answer=Answer.NOT_FOR_ME), **{**found, **changes})


def test_the_persons_own_are_offered_one_for_each_experiment() -> None:
    about = a_journey()
    third = list(about.journey.items)[2]
    assert [(each.id, each.text) for each in habit.offered(given(), about)][:2] == [
        ("again", "I listen first"),
        ("c2", "we write"),
    ]
    assert [each.id for each in habit.offered(given(), about)] == ["again", "c2", third]
    form_ = habit.write(given(), about, press("keep.write", "k")).opens
    assert form_ is not None
    assert form_.shows == ("again", "c2")  # it goes when they are taken back
    in_the_message = habit.keep_questions(given(), about, "k").form
    assert in_the_message.shows == ("again",)
    assert "we write" not in repr(in_the_message)
    assert habit.offered(given(), situation(KEEP)) == []


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"from": "again"}, "I listen first"),
        ({"from": "c2"}, "we write"),
        ({"from": "again", "text": "I count to five"}, "I count to five"),
        ({"text": "I count to five"}, "I count to five"),
    ],
)
def test_what_was_picked_is_the_habit_unless_own_words_say_more(values: dict[str, str], text: str) -> None:
    reply, *_ = habit.saved(given(), a_journey(), form("keep.save", "k", scope="coach", **values)).records
    assert isinstance(reply, Reply)
    assert reply.text == text


@pytest.mark.parametrize("values", [{}, {"from": "c4"}, {"from": "of somebody else"}])
def test_nothing_picked_and_nothing_written_is_no_habit(values: dict[str, str]) -> None:
    decision = habit.saved(given(), a_journey(), form("keep.save", "k", scope="coach", **values))
    assert wrong(decision, "text", "words-missing")


def test_a_conversation_that_is_not_known_is_opened_to_confirm() -> None:
    about = situation(KEEP, member=a_member("anna"))
    *_, screen = habit.saved(given(), about, form("keep.save", "k", text="listen", scope="coach")).records
    assert (screen.conversation, screen.person) == ("", "U-anna")


@pytest.mark.parametrize("before", [None, Answer.DONE, Answer.SKIPPED])
def test_the_pulse_is_asked_for_once(before: Answer | None) -> None:
    about = situation(sent("p", Kind.PULSE, prompt="pulse/before", item=None, answer=before))
    pressed = survey.opened(given(), about, press("pulse.open", "p"))
    told = survey.saved(given(), about, form("pulse.save", "p", promise="3"))
    assert survey.pulse_questions(given(), about, "p").are_open == (before is None)
    if before is None:
        assert pressed.opens is not None
        assert saved(told)["p"].answer is Answer.DONE
    else:
        assert is_outdated(pressed, about)
        assert wrong(told, FIRST, "form-stale")


@pytest.mark.parametrize(("week", "wave"), [(0, Wave.BEFORE), (12, Wave.AFTER)])
def test_the_answers_that_were_given_are_kept(week: int, wave: Wave) -> None:
    about = situation(sent("p", Kind.PULSE, prompt="pulse/before", item=None, week=week))
    decision = survey.saved(given(), about, form("pulse.save", "p", promise="4", overall="0", talking=""))
    *answers, row = decision.records
    assert [(each.wave, each.question, each.value) for each in answers] == [(wave, "promise", 4), (wave, "overall", 0)]
    assert row.answered_at == TUESDAY
    assert wrong(survey.saved(given(), about, form("pulse.save", "p", promise="")), FIRST, "pulse-empty")
