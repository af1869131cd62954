"""Putting off, decision by decision."""

from datetime import date

import pytest

from bot.coaching.enrollment import EnrollmentState
from bot.coaching.nudge import Answer, Kind, Nudge
from bot.flows import later
from bot.flows.scene import Course
from tests.flows.decisions.told import (
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
from tests.store.scene import an_enrollment

FRIDAY, WEDNESDAY = date(2026, 1, 16), date(2026, 1, 14)


@pytest.mark.parametrize("before", [None, *Answer])
def test_only_what_asks_can_be_put_off(before: Answer | None) -> None:
    about = situation(sent("n", answer=before))
    pressed = later.later(given(), about, press("nudge.later", "n"))
    set_to = later.later_set(given(), about, form("later.set", "n", when="tomorrow"))
    questions = later.later_questions(given(), about, "n")
    if before is None:
        assert pressed.opens == questions.form
        assert saved(set_to)["n"].answer is Answer.LATER
    else:
        assert is_outdated(pressed, about)
        assert wrong(set_to, "when", "press-stale")
    assert questions.are_open == (before is None)


@pytest.mark.parametrize(
    ("when", "day", "comes", "error"),
    [
        ("tomorrow", "", WEDNESDAY, ""),
        ("tomorrow", "2026-01-01", WEDNESDAY, ""),  # the day counts only where a day is asked for
        ("next_week", "", date(2026, 1, 20), ""),
        ("pick", "2026-01-16", FRIDAY, ""),
        ("pick", "2026-01-17", date(2026, 1, 17), ""),  # a Saturday: their own wish
        ("pick", "", None, "later-day-missing"),
        ("pick", "2026-01-12", None, "day-past"),
        ("pick", "2026-03-31", None, "day-far"),
    ],
)
def test_it_comes_back_as_a_new_row(when: str, day: str, comes: date | None, error: str) -> None:
    about = situation(sent("n"))
    decision = later.later_set(given(), about, form("later.set", "n", when=when, day=day))
    if comes is None:
        assert wrong(decision, "day", error)
        return
    records = saved(decision)
    assert (records["n"].answer, records["n"].answered_at) == (Answer.LATER, TUESDAY)
    back = records["new-1"]
    assert (back.kind, back.occurrence, back.local_date) == (Kind.NUDGE, "after-n", comes)
    assert (back.prompt, back.item, back.week) == (about.nudge.prompt, about.nudge.item, about.nudge.week)


def test_its_reminder_goes_along_and_its_debrief_comes_behind_it() -> None:
    about = situation(
        sent("n"),
        sent("asks", Kind.FOLLOW_UP),
        planned("looks-back", Kind.DEBRIEF),
        planned("other", Kind.DEBRIEF, item="ask-your-partner"),
    )
    records = saved(later.later_set(given(), about, form("later.set", "n", when="pick", day="2026-01-16")))
    assert set(records) == {"n", "new-1", "asks", "looks-back"}
    assert records["asks"].answer is Answer.LATER
    assert records["looks-back"].local_date == date(2026, 1, 20)


def course(*rows: Nudge, state: EnrollmentState = EnrollmentState.ACTIVE) -> Course:
    """Return anna's run with these messages."""
    about = situation(sent("any"))
    return Course(
        member=about.member,
        enrollment=an_enrollment("anna", state=state),
        cohort=about.cohort,
        journey=about.journey,
        agenda=rows,
        promises=(),
        answers=(),
    )


@pytest.mark.parametrize(
    ("found", "opens", "offers"),
    [
        (course(sent("n")), "n", False),
        (course(sent("o"), sent("n")), "n", False),  # the newest
        (course(sent("n"), sent("d", Kind.DEBRIEF)), "n", False),
        (course(sent("n", answer=Answer.DONE), sent("d", Kind.DEBRIEF)), None, True),
        (course(sent("n", answer=Answer.DONE), sent("d", Kind.DEBRIEF, answer=Answer.SKIPPED)), None, False),
        (course(sent("n", answer=Answer.DONE), planned("d", Kind.DEBRIEF)), None, False),
        (course(), None, False),
        (course(sent("n"), state=EnrollmentState.COMPLETED), None, False),
        (course(sent("n"), state=EnrollmentState.PAUSED), "n", False),
    ],
)
def test_the_command_puts_off_what_is_open(found: Course, opens: str | None, offers: bool) -> None:
    decision = later.whatever_is_open(given(), found)
    assert not decision.records
    assert (decision.opens.subject if decision.opens else None) == opens
    if opens is None:
        assert decision.says is not None
        assert ("debrief.tomorrow" in repr(decision.says)) == offers
