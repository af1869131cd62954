"""Pausing and going on, decision by decision."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.coaching.records.enrollment import Enrollment, EnrollmentState
from bot.coaching.records.nudge import NudgeState
from bot.flows.context.decision import Decision
from bot.flows.context.person import ParticipationContext, PersonContext
from bot.flows.participation import pause
from tests.flows.decisions.told import (
    MONDAY_BEFORE,
    STRANGER,
    begun,
    command,
    form,
    given,
    person,
    press,
    said,
    saved,
    told,
)

MONDAY = given(MONDAY_BEFORE)
UNTIL = date(2026, 2, 3)  # a Tuesday


def run(state: EnrollmentState, until: date | None = None) -> ParticipationContext:
    """Return the run of anna in a state."""
    return begun(
        enrollment=replace(begun().enrollment, state=state, paused_on=MONDAY_BEFORE.date(), paused_until=until)
    )


ACTIVE = begun()
PAUSED = run(EnrollmentState.PAUSED, date(2026, 3, 31))
STILL = run(EnrollmentState.PAUSED)
COMPLETED = run(EnrollmentState.COMPLETED)
LEFT = run(EnrollmentState.LEFT)
OUTSIDE = {"a stranger": STRANGER, "in none": person(), "left": person(LEFT)}


def pauses(decision: Decision) -> bool:
    """Return whether a decision pauses the run until the day, and keeps everything out of it."""
    if not decision.records:
        return False
    enrollment, *rows = decision.records
    assert isinstance(enrollment, Enrollment)
    assert (enrollment.state, enrollment.paused_until) == (EnrollmentState.PAUSED, UNTIL)
    assert {row.local_date >= UNTIL for row in rows} == {True}  # type: ignore[union-attr]
    return True


@pytest.mark.parametrize(
    ("course", "key"),
    [(ACTIVE, "pause-done"), (PAUSED, "pause-moved"), (STILL, "pause-moved")],
    ids=["going", "paused", "stands still"],
)
@pytest.mark.parametrize("typed", ["pause 3 February", "pause until 2026-02-03", "pauze tot 3 februari"])
def test_a_pause_until_a_day(course: ParticipationContext, key: str, typed: str) -> None:
    decision = pause.pause(MONDAY, person(course), command(typed))
    assert pauses(decision)
    assert said(decision) == told(key, day=MONDAY.words.day(UNTIL, course.language))
    submitted = pause.pause_submitted(MONDAY, person(course), form("pause.save", "run-anna", until="2026-02-03"))
    assert submitted == decision


@pytest.mark.parametrize(
    ("until", "key"), [("2026-01-12", "pause-past"), ("2026-01-01", "pause-past"), ("2036-01-12", "pause-far")]
)
def test_a_pause_has_a_sensible_end(until: str, key: str) -> None:
    about, wrong = person(ACTIVE), told(key, weeks=pause.LONGEST_WEEKS)
    typed = pause.pause(MONDAY, about, command(f"pause {until}"))
    assert (said(typed), typed.records) == (wrong, ())
    submitted = pause.pause_submitted(MONDAY, about, form("pause.save", "run-anna", until=until))
    assert submitted.wrong is not None
    assert (submitted.wrong.errors, submitted.records) == ({"until": wrong}, ())


@pytest.mark.parametrize("typed", ["pause", "pause for a while"])
def test_a_pause_without_a_day_asks_for_one(typed: str) -> None:
    decision = pause.pause(MONDAY, person(PAUSED), command(typed))
    assert decision.opens is not None
    assert decision == pause.pause_open(MONDAY, person(PAUSED), press("pause.open", "run-anna"))


@pytest.mark.parametrize("about", OUTSIDE.values(), ids=OUTSIDE)
def test_who_is_in_no_journey_pauses_nothing(about: PersonContext) -> None:
    for decide in (pause.pause, pause.resume):
        assert said(decide(MONDAY, about, command("pause 3 February"))) == told("not-in")
    for decide_press in (pause.pause_open, pause.resume_now):
        assert decide_press(MONDAY, about, press("", "run-anna")).refuses == "press-stale"
    assert pause.pause_submitted(MONDAY, about, form("pause.save", "run-anna", until="2026-02-03")).wrong is not None


def test_after_the_last_week_there_is_nothing_to_pause() -> None:
    about = person(COMPLETED)
    for decide in (pause.pause, pause.resume):
        assert said(decide(MONDAY, about, command("pause 3 February"))) == told("pause-completed")
    for decide_press in (pause.pause_open, pause.resume_now):
        assert decide_press(MONDAY, about, press("", "run-anna")).refuses == "press-stale"


def test_a_button_or_form_of_another_run_changes_nothing() -> None:
    about = person(PAUSED)
    for decide in (pause.pause_open, pause.resume_now):
        assert decide(MONDAY, about, press("", "run-bram")) == Decision(refuses="press-stale")
    wrong = pause.pause_submitted(MONDAY, about, form("pause.save", "run-bram", until="2026-02-03")).wrong
    assert wrong is not None
    assert wrong.errors == {"until": told("form-stale")}


def test_going_on_brings_everything_back_and_says_what_comes_next() -> None:
    paused = ACTIVE.after(*pause.pause(MONDAY, person(ACTIVE), command("pause 31 March")).records)
    typed = pause.resume(MONDAY, person(paused), command("resume"))
    enrollment = saved(typed)["run-anna"]
    assert (enrollment.state, enrollment.paused_on, enrollment.paused_until) == (EnrollmentState.ACTIVE, None, None)
    assert {row.id: row.due_at for row in paused.after(*typed.records).agenda} == {
        row.id: row.due_at for row in ACTIVE.agenda
    }
    moment = told("next-moment", day=MONDAY.words.day(date(2026, 1, 13), ACTIVE.language), time="10:00")
    assert said(typed) == told("resume-done", next=moment)
    assert pause.resume_now(MONDAY, person(paused), press("resume.now", "run-anna")) == replace(typed, replaces=True)


def test_who_goes_on_late_goes_on_where_they_were() -> None:
    """The journey's week that had come stays; the weeks of the pause are behind the rest."""
    paused = ACTIVE.after(*pause.pause(MONDAY, person(ACTIVE), command("pause 31 March")).records)
    late = given(datetime(2026, 1, 26, 11, 0, tzinfo=UTC))
    going = pause.resume(late, person(paused), command("resume"))
    assert saved(going)["run-anna"].shift_weeks == 2
    assert min(row.due_at for row in paused.after(*going.records).agenda) > late.now


def test_who_does_not_pause_goes_on_already() -> None:
    decision = pause.resume(MONDAY, person(ACTIVE), command("resume"))
    assert said(decision).startswith(told("resume-not-paused", next="")[:12])
    assert not decision.records
    assert pause.resume_now(MONDAY, person(ACTIVE), press("resume.now", "run-anna")).refuses == "press-stale"


def test_what_was_about_to_go_out_is_held_back() -> None:
    ready = replace(ACTIVE.agenda[0], state=NudgeState.READY, due_at=MONDAY_BEFORE - timedelta(minutes=1))
    course = replace(ACTIVE, agenda=[ready, *ACTIVE.agenda[1:]])
    row = saved(pause.pause(MONDAY, person(course), command("pause 3 February")))[ready.id]
    assert (row.state, row.reason, row.local_date) == (NudgeState.PLANNED, "paused", UNTIL)
