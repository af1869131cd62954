"""How far a pause moves the rest of a journey back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.journey import Journey, Slot, Step
from bot.coaching.language import Language
from bot.coaching.records.member import Hours
from bot.coaching.records.nudge import Kind
from bot.coaching.rules.agenda import Rhythm, agenda
from bot.coaching.rules.pause import Trouble, least_shift, shift_so_far, trouble_with

HERE = "Europe/Amsterdam"
NONE: frozenset[date] = frozenset()
MONDAY = date(2026, 11, 23)  # of journey week 1
RHYTHM = Rhythm(starts_on=MONDAY, hours=Hours(), zone=HERE)


def journey(weeks: int) -> Journey:
    words = dict.fromkeys(Language, "x")
    steps = [
        Step(week=week, slot=slot, kind=Kind.NUDGE, prompt=f"{week}/{slot}")
        for week in range(1, weeks + 1)
        for slot in (Slot.FIRST, Slot.SECOND)
    ]
    return Journey(
        slug="short", name=words, about=words, weeks=weeks, steps=tuple(steps), items={}, texts={},
        reflections=(), quiet=(), team_reflections=(), team_quiet=(),
    )  # fmt: skip


SIX = journey(6)


def from_week(week: int, rhythm: Rhythm) -> set[tuple[str, str]]:
    """Return what is still to come when the weeks before are behind."""
    steps = agenda(SIX, rhythm, NONE)
    return {(step.step.prompt, step.occurrence) for step in steps if step.step.week >= week}


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pace", "week", "until", "shift"),
    [
        (1, 2, date(2026, 11, 26), 0),  # back before the next Tuesday: nothing moves
        (1, 2, date(2026, 12, 1), 0),  # the step is on the first day itself
        (1, 2, date(2026, 12, 2), 1),  # a day later: a week later
        (1, 2, date(2026, 12, 8), 1),
        (1, 2, date(2027, 1, 4), 5),  # over New Year
        (2, 2, date(2026, 12, 8), 0),  # half speed: week 2 begins two weeks after week 1
        (2, 2, date(2026, 12, 9), 1),  # calendar weeks, not journey weeks
        (2, 3, date(2027, 1, 5), 2),
        (1, 7, date(2027, 6, 1), 0),  # nothing left to move
    ],
)
def test_the_next_step_falls_on_or_after_the_first_day(pace: int, week: int, until: date, shift: int) -> None:
    rhythm = replace(RHYTHM, pace=pace)
    found = least_shift(SIX, rhythm, from_week(week, rhythm), midnight(until), NONE, floor=0)
    assert found == shift


def test_an_earlier_pause_counts_on() -> None:
    rhythm = replace(RHYTHM, shift_weeks=2)
    assert least_shift(SIX, rhythm, from_week(2, rhythm), midnight(date(2026, 12, 1)), NONE, floor=2) == 2


def test_a_holiday_does_not_cost_another_week() -> None:
    """Tuesday 5 January is a holiday: its step comes on Wednesday, which is soon enough."""
    holidays = frozenset({date(2027, 1, 5)})
    until = midnight(date(2027, 1, 6))
    assert least_shift(SIX, RHYTHM, from_week(2, RHYTHM), until, holidays, floor=0) == 5


@given(st.integers(1, 2), st.integers(1, 6), st.integers(1, 182))
def test_the_shift_is_enough_and_never_a_week_too_much(pace: int, week: int, days: int) -> None:
    rhythm = replace(RHYTHM, pace=pace)
    remaining = from_week(week, rhythm)
    until = midnight(MONDAY + timedelta(days=days))
    shift = least_shift(SIX, rhythm, remaining, until, NONE, floor=0)

    def first(weeks: int) -> datetime:
        moved = agenda(SIX, replace(rhythm, shift_weeks=weeks), NONE)
        return next(step.due_at for step in moved if (step.step.prompt, step.occurrence) in remaining)

    assert first(shift) >= until
    assert shift == 0 or first(shift - 1) < until


@pytest.mark.parametrize(
    ("sent", "shift_now", "shift"),
    [
        ([], 4, 0),  # nothing came yet: back to the start
        ([(0, date(2026, 11, 20))], 4, 0),  # a welcome says nothing about weeks
        ([(1, date(2026, 11, 24)), (2, date(2026, 12, 1))], 4, 0),
        ([(1, date(2026, 11, 24)), (2, date(2026, 12, 15))], 4, 2),  # there was a pause before this one
        ([(2, date(2026, 12, 1)), (2, date(2026, 12, 8))], 4, 0),  # the second was put off, the first tells
        ([(2, date(2026, 12, 22))], 1, 1),  # never more than it is
        ([(2, date(2026, 11, 24))], 4, 0),  # asked for early
    ],
)
def test_the_shift_before_a_pause_shows_in_what_came(sent: list[tuple[int, date]], shift_now: int, shift: int) -> None:
    assert shift_so_far(replace(RHYTHM, shift_weeks=shift_now), sent) == shift


@pytest.mark.parametrize(
    ("until", "trouble"),
    [
        (MONDAY - timedelta(days=1), Trouble.PAST),
        (MONDAY, Trouble.PAST),  # today is no pause
        (MONDAY + timedelta(days=1), None),
        (MONDAY + timedelta(weeks=26), None),
        (MONDAY + timedelta(weeks=26, days=1), Trouble.FAR),
        (date.max, Trouble.FAR),
    ],
)
def test_a_pause_ends_between_tomorrow_and_half_a_year(until: date, trouble: Trouble | None) -> None:
    assert trouble_with(until, MONDAY) is trouble
