"""Somebody who works four days a week, with Wednesday off: when things come, and what a day they pick means."""

from datetime import UTC, date, datetime, time

import pytest

from bot.coaching.records.member import FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, Hours
from bot.coaching.rules.agenda import Rhythm, agenda, check_moment, day_of_moment, debrief_moment, snoozed
from tests.conftest import shipped_words

ZONE = "Europe/Amsterdam"
NONE: frozenset[date] = frozenset()
FOUR = Hours(workdays=(MONDAY, TUESDAY, THURSDAY, FRIDAY))
MON, TUE, WED, THU, FRI = (date(2026, 1, day) for day in range(12, 17))
MORNING, AFTERNOON = time(10), time(15)


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        (TUESDAY, THURSDAY, [TUE, THU]),
        (WEDNESDAY, FRIDAY, [THU, FRI]),  # the first moment on the day off: the next working day
        (WEDNESDAY, THURSDAY, [THU, FRI]),  # and the second one stays behind it
        (TUESDAY, WEDNESDAY, [TUE, THU]),
    ],
)
def test_a_moment_on_the_day_off_comes_on_the_next_working_day(first: int, second: int, days: list[date]) -> None:
    hours = Hours(workdays=FOUR.workdays, first_day=first, second_day=second)
    rhythm = Rhythm(starts_on=MON, hours=hours, zone=ZONE)
    slots = agenda(shipped_words().journeys()["twelve-weeks"], rhythm, NONE)
    assert sorted({each.local_date for each in slots if each.step.week == 1}) == days


@pytest.mark.parametrize(
    ("done_on", "comes_on"), [(MON, TUE), (TUE, THU), (WED, THU), (FRI, date(2026, 1, 19))], ids=str
)
def test_the_four_questions_come_on_their_next_working_day(done_on: date, comes_on: date) -> None:
    assert debrief_moment(done_on, FOUR, ZONE, NONE) == (comes_on, MORNING)


@pytest.mark.parametrize(
    ("due_on", "when"),
    [
        (TUE, (TUE, AFTERNOON)),
        (WED, (THU, MORNING)),  # done on the day off: asked about when they are back
        (THU, (THU, AFTERNOON)),
    ],
)
def test_the_day_of_a_plan(due_on: date, when: tuple[date, time]) -> None:
    assert day_of_moment(due_on, datetime(2026, 1, 12, 8, 0, tzinfo=UTC), FOUR, ZONE, NONE) == when


@pytest.mark.parametrize(
    ("choice", "today", "comes_on"),
    [
        ("tomorrow", MON, TUE),
        ("tomorrow", TUE, THU),
        ("tomorrow", WED, THU),
        ("next_week", WED, date(2026, 1, 22)),
        (WED, MON, WED),  # a day they picked themselves stands, also off
    ],
)
def test_what_is_put_off(choice: date, today: date, comes_on: date) -> None:
    now = datetime.combine(today, time(9), UTC)
    assert snoozed(choice, now, FOUR, ZONE, NONE, at=MORNING) == (comes_on, MORNING)


def test_four_weeks_after_a_change_made_on_the_day_off() -> None:
    assert check_moment(WED, FOUR, ZONE, NONE) == (date(2026, 2, 12), MORNING)
