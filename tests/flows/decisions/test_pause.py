"""Pausing and going on, decision by decision."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.chat.port import Body, Command
from bot.coaching.records.enrollment import Enrollment, EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.flows.agenda.upcoming import upcoming
from bot.flows.context.decision import Decision
from bot.flows.context.person import ParticipationContext, PersonContext
from bot.flows.given import Given
from bot.flows.participation import leave, pause
from tests.flows.decisions.told import (
    MONDAY_BEFORE,
    STRANGER,
    TUESDAY,
    begun,
    command,
    form,
    given,
    person,
    planned,
    press,
    pressable,
    said,
    saved,
    told,
)
from tests.store.scene import a_commitment

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


Decide = Callable[[Given, PersonContext, Command], Decision]


def until(day: str, course: ParticipationContext = ACTIVE, at: Given = MONDAY) -> Decision:
    """Return a pause until the day, after a yes."""
    return pause.pause_until(at, person(course), press("pause.until", f"run-anna:{day}"))


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
def test_a_pause_until_a_day(course: ParticipationContext, key: str) -> None:
    decision = pause.pause_submitted(MONDAY, person(course), form("pause.save", "run-anna", until="2026-02-03"))
    assert pauses(decision)
    assert said(decision) == told(key, day=MONDAY.words.day(UNTIL, course.language))
    pressed = pause.pause_until(MONDAY, person(course), press("pause.until", "run-anna:2026-02-03"))
    assert pressed == replace(decision, replaces=True)


@pytest.mark.parametrize("decide", [pause.pause, leave.leave], ids=["pause", "leave"])
@pytest.mark.parametrize(
    "typed",
    ["3 February", "until 2026-02-03", "tot 3 februari", "t/m 2 februari", "through 2 February", "3 feb 2026 a.u.b."],
)
def test_a_typed_day_is_said_back_and_stops_nothing_yet(decide: Decide, typed: str) -> None:
    verb = "pause" if decide is pause.pause else "stop"
    asked = decide(MONDAY, person(ACTIVE), command(f"{verb} {typed}"))
    assert (asked.records, said(asked)) == ((), told("pause-asked", day=MONDAY.words.day(UNTIL, ACTIVE.language)))
    assert pressable(asked)[:2] == [("pause.until", "run-anna:2026-02-03"), ("pause.open", "run-anna")]
    assert pressable(asked)[2:] == ([] if verb == "pause" else [("command.run", "leave")])


def test_of_a_day_that_can_be_two_the_person_is_asked_which() -> None:
    asked = pause.pause(MONDAY, person(ACTIVE), command("pause until 2/3"))
    assert (asked.records, said(asked)) == ((), told("pause-which-day"))
    assert pressable(asked) == [
        ("pause.until", "run-anna:2026-02-03"),
        ("pause.until", "run-anna:2026-03-02"),
        ("pause.open", "run-anna"),
    ]
    far = pause.pause(MONDAY, person(ACTIVE), command("pause until 2/8"))  # the second of August is too far
    assert pressable(far)[0] == ("pause.until", "run-anna:2026-02-08")


@pytest.mark.parametrize("day", ["", "2026-02-30", "soon"])
def test_a_button_without_a_day_is_stale(day: str) -> None:
    decision = pause.pause_until(MONDAY, person(ACTIVE), press("pause.until", f"run-anna:{day}"))
    assert decision == Decision(refuses="press-stale")


def test_a_day_that_went_by_before_the_yes_is_asked_anew() -> None:
    decision = pause.pause_until(MONDAY, person(ACTIVE), press("pause.until", "run-anna:2026-01-12"))
    assert (said(decision), decision.records, decision.replaces) == (told("pause-past"), (), True)


def test_the_same_day_twice_is_one_pause() -> None:
    decision = pause.pause_until(MONDAY, person(PAUSED), press("pause.until", "run-anna:2026-03-31"))
    assert decision.records == ()
    assert said(decision) == told("pause-moved", day=MONDAY.words.day(date(2026, 3, 31), PAUSED.language))


@pytest.mark.parametrize(
    ("typed", "key", "offers"),
    [
        ("resume on 3 February", "pause-asked", ["pause.until", "pause.open", "resume.now"]),
        ("verder vanaf 3 februari", "pause-asked", ["pause.until", "pause.open", "resume.now"]),
        ("resume when I am back", "resume-unsure", ["resume.now"]),
    ],
)
def test_going_on_at_a_day_is_asked(typed: str, key: str, offers: list[str]) -> None:
    decision = pause.resume(MONDAY, person(PAUSED), command(typed))
    day = MONDAY.words.day(UNTIL, PAUSED.language)
    assert (said(decision), decision.records) == (told(key, day=day), ())
    assert [button for button, _ in pressable(decision)] == offers


@pytest.mark.parametrize("typed", ["resume", "resume now", "verder vandaag"])
def test_going_on_now_needs_no_question(typed: str) -> None:
    assert saved(pause.resume(MONDAY, person(PAUSED), command(typed)))["run-anna"].state is EnrollmentState.ACTIVE


@pytest.mark.parametrize(
    ("course", "typed", "key"),
    [
        (ACTIVE, "stop sending so much", "leave-unsure"),
        (ACTIVE, "leave from Monday", "leave-unsure"),
        (COMPLETED, "stop until 3 February", "leave-unsure-over"),
    ],
)
def test_words_behind_stop_that_are_not_understood_are_asked_about(
    course: ParticipationContext, typed: str, key: str
) -> None:
    decision = leave.leave(MONDAY, person(course), command(typed))
    assert (said(decision), decision.records) == (told(key), ())
    assert pressable(decision)[-1] == ("command.run", "leave")


@pytest.mark.parametrize("about", OUTSIDE.values(), ids=OUTSIDE)
def test_a_typed_day_of_who_is_in_no_journey_stops_nothing(about: PersonContext) -> None:
    assert pause.pause_until(MONDAY, about, press("", "run-anna:2026-02-03")).refuses == "press-stale"


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


def test_a_pause_without_a_day_asks_for_one() -> None:
    decision = pause.pause(MONDAY, person(PAUSED), command("pause"))
    assert decision.opens is not None
    assert decision == pause.pause_open(MONDAY, person(PAUSED), press("pause.open", "run-anna"))


@pytest.mark.parametrize("typed", ["pause for a while", "pause 1,5 week", "pause 5 apr om 9 uur", "pause from Monday"])
def test_a_day_that_is_not_understood_whole_is_asked_for(typed: str) -> None:
    opened = pause.pause(MONDAY, person(PAUSED), command(typed)).opens
    assert opened is not None
    assert opened.parts[0] == Body(MONDAY.words.body("day-unsure", PAUSED.language))


@pytest.mark.parametrize(("values", "key"), [({}, "day-missing"), ({"open": ()}, "day-missing")])
def test_an_empty_form_asks_for_a_day_or_the_box(values: dict[str, Any], key: str) -> None:
    wrong = pause.pause_submitted(MONDAY, person(ACTIVE), form("pause.save", "run-anna", **values)).wrong
    assert wrong is not None
    assert wrong.errors == {"until": told(key)}


@pytest.mark.parametrize("course", [ACTIVE, PAUSED])
def test_who_does_not_know_the_day_is_waited_for(course: ParticipationContext) -> None:
    """Nothing comes until they go on; then it comes where it was."""
    unknown = form("pause.save", "run-anna", open=("unknown",))
    decision = pause.pause_submitted(MONDAY, person(course), unknown)
    still = saved(decision)["run-anna"]
    assert (still.stands_still, still.paused_until) == (True, None)
    assert said(decision) == told("pause-open", weeks=26)
    after = course.after(*decision.records)
    again = pause.pause_submitted(MONDAY, person(after), unknown)  # pressed twice
    assert (again.records, said(again)) == ([], said(decision))
    later = given(MONDAY_BEFORE + timedelta(weeks=9, days=1))
    held = [replace(row, due_at=max(row.due_at, later.now + timedelta(days=1))) for row in after.agenda]  # week by week
    back = pause.resume_now(later, person(replace(after, agenda=held)), press("resume.now", "run-anna"))
    ahead = [row for row in replace(after, agenda=held).after(*back.records).agenda if row.state is NudgeState.PLANNED]
    assert saved(back)["run-anna"].state is EnrollmentState.ACTIVE
    assert all(row.due_at > later.now for row in ahead)
    assert ahead[0].due_at < later.now + timedelta(days=8)


def test_a_day_that_was_picked_beside_the_box_counts() -> None:
    both = form("pause.save", "run-anna", until="2026-02-03", open=("unknown",))
    assert saved(pause.pause_submitted(MONDAY, person(ACTIVE), both))["run-anna"].paused_until == UNTIL


def test_a_day_that_a_form_brings_unreadable_is_asked_for_there() -> None:
    wrong = pause.pause_submitted(MONDAY, person(ACTIVE), form("pause.save", "run-anna", until="20/12/2026")).wrong
    assert wrong is not None
    assert wrong.errors == {"until": told("day-unread")}


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
    paused = ACTIVE.after(*until("2026-03-31").records)
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
    paused = ACTIVE.after(*until("2026-03-31").records)
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
    row = saved(until("2026-02-03", course))[ready.id]
    assert (row.state, row.reason, row.local_date) == (NudgeState.PLANNED, "paused", UNTIL)


# --- what was promised keeps its day --------------------------------------------------------------------------------

MADE = [a_commitment(name, due_on=date(2026, 1, 15)) for name in ("k", "late")]


def own_days() -> list[Nudge]:
    """Return what a person put on days of their own, each at its own hour."""

    def on(kind: Kind, day: int, hour: int, occurrence: str, **changes: Any) -> Nudge:
        moment = datetime(2026, 1, day, hour - 1, tzinfo=UTC)
        own = {"local_date": date(2026, 1, day), "local_time": time(hour), "due_at": moment, "occurrence": occurrence}
        return planned(f"{kind}-{occurrence}", kind, **(own | changes))

    return [
        on(Kind.DEBRIEF, 14, 10, "done-n"),
        on(Kind.DAY_OF, 15, 15, "day", subject="k"),
        on(Kind.DAY_OF, 16, 10, "morning-after", subject="late"),
        on(Kind.NUDGE, 17, 10, "after-n"),  # a Saturday, as they wished
        on(Kind.DEBRIEF, 19, 10, "resume-d", subject="d"),
        on(Kind.CHECK, 20, 10, "check", subject="k"),
    ]


@pytest.mark.parametrize("day", ["2026-01-19", "2026-02-01", "2026-06-01"])
def test_paused_and_resumed_at_once_everything_comes_as_before(day: str) -> None:
    life = begun(promises=MADE)
    rows = [row for row in life.agenda if row.due_at > TUESDAY]
    life = replace(life, agenda=sorted([*rows, *own_days()], key=lambda row: row.due_at))
    paused = life.after(*until(day, life, given()).records)
    assert [row.due_at for row in paused.agenda] != [row.due_at for row in life.agenda]
    going = paused.after(*pause.going_on(given(TUESDAY + timedelta(minutes=1)), paused).records)
    assert {row.id: row.due_at for row in going.agenda} == {row.id: row.due_at for row in life.agenda}


@pytest.mark.parametrize("began", [13, 15, 16, 20, 23, 27])
def test_a_pause_ends_on_its_day_and_the_next_message_comes_within_a_week_of_it(began: int) -> None:
    now = datetime(2026, 1, began, 17, tzinfo=UTC)
    fresh = begun()
    came = {row.id: replace(row, state=NudgeState.SENT, sent_at=row.due_at) for row in fresh.agenda if row.due_at < now}
    agenda = [came.get(row.id, row) for row in fresh.agenda]
    for days in range(1, 15, 2):
        day = (now + timedelta(days=days)).date()
        life = replace(fresh, agenda=agenda)
        paused = life.after(*until(day.isoformat(), life, given(now)).records)
        assert paused.enrollment.paused_until == day
        nxt = upcoming(given(now), paused)
        assert nxt is not None
        assert day <= nxt.local_date < day + timedelta(days=7), (day, nxt.kind, nxt.local_date)
