"""Putting off, decision by decision."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.chat.port import Body
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Answer, Kind
from bot.flows.context.person import ParticipationContext
from bot.flows.experiments import later
from tests.flows.decisions.told import (
    STRANGER,
    TUESDAY,
    command,
    course,
    form,
    given,
    is_outdated,
    person,
    planned,
    press,
    pressable,
    said,
    saved,
    sent,
    situation,
    told,
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
        assert wrong(set_to, "when", "form-stale")
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


def test_its_reminder_goes_along_and_what_became_of_it_is_asked_behind_it() -> None:
    about = situation(
        sent("n"),
        sent("asks", Kind.FOLLOW_UP),
        planned("asked", Kind.UNDONE),
        planned("other", Kind.UNDONE, item="ask-your-partner"),
    )
    records = saved(later.later_set(given(), about, form("later.set", "n", when="pick", day="2026-01-16")))
    assert set(records) == {"n", "new-1", "asks", "asked"}
    assert records["asks"].answer is Answer.LATER
    assert records["asked"].local_date == date(2026, 1, 20)


DEBRIEF, DONE = sent("d", Kind.DEBRIEF, due_at=TUESDAY + timedelta(days=7)), sent("n", answer=Answer.DONE)
OVER, PAUSED = (an_enrollment("anna", state=state) for state in (EnrollmentState.COMPLETED, EnrollmentState.PAUSED))


@pytest.mark.parametrize(
    ("found", "opens", "says"),
    [
        (course(sent("n")), "n", ""),
        (course(sent("o"), sent("n", due_at=TUESDAY + timedelta(days=1))), "n", ""),  # the newest
        (course(sent("n"), DEBRIEF), "n", ""),
        (course(DONE, DEBRIEF), None, "later-debrief"),
        (course(DONE, replace(DEBRIEF, answer=Answer.SKIPPED)), None, "later-nothing"),
        (course(DONE, planned("d", Kind.DEBRIEF)), None, "later-nothing"),
        (course(), None, "later-nothing"),
        (course(sent("n"), enrollment=OVER), None, "later-nothing"),
        (course(sent("n"), enrollment=PAUSED), "n", ""),
        (course(sent("n"), enrollment=an_enrollment("anna", state=EnrollmentState.LEFT)), None, "not-in"),
    ],
)
def test_the_command_puts_off_what_is_open(found: ParticipationContext, opens: str | None, says: str) -> None:
    decision = later.whatever_is_open(given(), person(found), command("later"))
    assert not decision.records
    assert (decision.opens.subject if decision.opens else None) == opens
    assert said(decision) == (told(says) if says else "")


def test_who_is_in_no_journey_is_told_so() -> None:
    assert said(later.whatever_is_open(given(), STRANGER, command("later"))) == told("not-in")
    assert said(later.whatever_is_open(given(), STRANGER, command("straks"))) != told("not-in")  # in Dutch


# --- /coach later, with a day behind it


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("later Friday", FRIDAY),
        ("later until Friday", FRIDAY),
        ("later op vrijdag", FRIDAY),
        ("later t/m donderdag", FRIDAY),
        ("snooze for three days", FRIDAY),
        ("straks morgen", WEDNESDAY),
    ],
)
def test_a_typed_day_is_said_back_and_puts_nothing_off_yet(typed: str, day: date) -> None:
    run = course(sent("n"))
    asked = later.whatever_is_open(given(), person(run), command(typed))
    assert (asked.records, said(asked)) == ((), told("later-asked", day=given().words.day(day, run.language)))
    assert pressable(asked) == [("later.until", f"n:{day}"), ("nudge.later", "n")]


def test_of_a_day_that_can_be_two_the_person_is_asked_which() -> None:
    asked = later.whatever_is_open(given(), person(course(sent("n"))), command("later next Friday"))
    assert said(asked) == told("later-which-day")
    assert pressable(asked) == [("later.until", "n:2026-01-16"), ("later.until", "n:2026-01-23"), ("nudge.later", "n")]


@pytest.mark.parametrize(
    "typed", ["later", "later when it is quiet", "later 1,5 week", "later 31 March", "later gisteren"]
)
def test_without_a_day_that_is_sure_and_will_do_the_form_asks(typed: str) -> None:
    asked = later.whatever_is_open(given(), person(course(sent("n"))), command(typed))
    assert asked.opens is not None
    unsure = Body(given().words.body("day-unsure", course().language))
    assert (unsure in asked.opens.parts) == (typed != "later")


def test_yes_puts_it_off_and_says_until_when() -> None:
    about = situation(sent("n"))
    pressed = later.later_until(given(), about, press("later.until", f"n:{FRIDAY}"))
    assert (
        pressed.records == later.later_set(given(), about, form("later.set", "n", when="pick", day=str(FRIDAY))).records
    )
    assert said(pressed) == told("nudge-later-said", day=given().words.day(FRIDAY, about.language))
    late = later.later_until(given(), about, press("later.until", "n:2026-01-12"))
    assert (said(late), late.records) == (told("day-past"), ())


@pytest.mark.parametrize(("before", "day"), [(Answer.DONE, str(FRIDAY)), (None, "soon")])
def test_a_yes_that_is_about_nothing_any_more_is_stale(before: Answer | None, day: str) -> None:
    about = situation(sent("n", answer=before))
    assert is_outdated(later.later_until(given(), about, press("later.until", f"n:{day}")), about)
