"""The habit and the pulse, decision by decision."""

import pytest

from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.records.pulse import QUESTIONS, Wave
from bot.coaching.records.reply import ReplyKind, Scope
from bot.coaching.records.screen import ScreenKind
from bot.flows.experiments import habit
from bot.flows.pulse import survey
from tests.flows.decisions.told import TUESDAY, form, given, is_outdated, press, saved, sent, situation, wrong
from tests.store.scene import a_member

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
