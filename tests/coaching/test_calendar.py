"""Local days and hours; test_oracle.py checks them against a walk along the minutes of UTC."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.calendar import (
    at_local,
    expiry,
    is_workday,
    is_zone,
    local_day,
    local_hour,
    next_workday,
    out_of_quiet,
    week_of,
    working_days_after,
)
from bot.coaching.records.member import Hours

WEEKDAYS = (0, 1, 2, 3, 4)
NONE: frozenset[date] = frozenset()


@pytest.mark.parametrize(
    ("day", "hour", "zone", "moment"),
    [
        # an ordinary day
        (date(2026, 11, 24), time(10), "Europe/Amsterdam", "2026-11-24T09:00:00+00:00"),
        # 02:30 is skipped: 03:00 summer time
        (date(2026, 3, 29), time(2, 30), "Europe/Amsterdam", "2026-03-29T01:00:00+00:00"),
        # 02:30 comes twice: the first
        (date(2026, 10, 25), time(2, 30), "Europe/Amsterdam", "2026-10-25T00:30:00+00:00"),
        # a day that never was: the first instant of the next
        (date(2011, 12, 30), time(10), "Pacific/Apia", "2011-12-30T10:00:00+00:00"),
    ],
)
def test_local_hours_become_moments(day: date, hour: time, zone: str, moment: str) -> None:
    assert at_local(day, hour, zone) == datetime.fromisoformat(moment)


def test_an_hour_that_carries_a_fold_or_zone_is_still_the_first() -> None:
    """A time of day is a reading of the clock, nothing more."""
    loaded = time(2, 30, fold=1, tzinfo=UTC)
    plain = at_local(date(2026, 10, 25), time(2, 30), "Europe/Amsterdam")
    assert at_local(date(2026, 10, 25), loaded, "Europe/Amsterdam") == plain


def test_a_moment_is_another_day_elsewhere() -> None:
    moment = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert local_day(moment, "Asia/Kolkata") == date(2026, 11, 25)
    assert local_day(moment, "America/New_York") == date(2026, 11, 24)
    assert local_hour(moment, "Asia/Kolkata") == time(5, 0)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        local_day(datetime(2026, 11, 24, 10), "Europe/Amsterdam")  # noqa: DTZ001


@pytest.mark.parametrize("name", ["Europe/Amsterdam", "Asia/Kolkata", "UTC", "Pacific/Chatham"])
def test_a_zone_that_exists_is_one(name: str) -> None:
    assert is_zone(name)


@pytest.mark.parametrize(
    "name", ["", "Europe", "Mars/Olympus", "../etc/passwd", "/etc/passwd", "a\0b", "é", "x" * 300, "CEST+"]
)
def test_a_zone_that_does_not_exist_is_none(name: str) -> None:
    assert not is_zone(name)


@given(st.dates())
def test_a_week_begins_on_its_monday(day: date) -> None:
    monday = week_of(day)
    assert monday.weekday() == 0
    assert timedelta(0) <= day - monday < timedelta(days=7)


def test_working_days_are_the_persons_own_without_holidays() -> None:
    holiday = date(2026, 12, 25)
    assert is_workday(date(2026, 12, 24), WEEKDAYS, NONE)
    assert not is_workday(holiday, WEEKDAYS, frozenset({holiday}))
    assert not is_workday(date(2026, 12, 26), WEEKDAYS, NONE)
    assert is_workday(date(2026, 12, 26), (5,), NONE)


def test_the_next_working_day_steps_over_christmas() -> None:
    christmas = frozenset({date(2026, 12, 25), date(2026, 12, 26)})
    assert next_workday(date(2026, 12, 25), WEEKDAYS, christmas) == date(2026, 12, 28)
    assert next_workday(date(2026, 12, 28), WEEKDAYS, christmas) == date(2026, 12, 28)
    assert working_days_after(date(2026, 12, 24), 2, WEEKDAYS, christmas) == date(2026, 12, 29)
    assert working_days_after(date(2026, 12, 24), 0, WEEKDAYS, christmas) == date(2026, 12, 24)


def test_without_any_working_day_the_day_itself_stands() -> None:
    """Nobody waits for ever because of an empty setting."""
    day = date(2026, 11, 24)
    every_day = frozenset(day + timedelta(days=count) for count in range(800))
    assert next_workday(day, (), NONE) == day
    assert next_workday(day, WEEKDAYS, every_day) == day
    assert working_days_after(day, 3, (), NONE) == date(2026, 11, 27)


def test_equal_bounds_mean_no_quiet_hours() -> None:
    hours = Hours(quiet_from=time(8), quiet_until=time(8))
    night = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    assert out_of_quiet(night, "Europe/Amsterdam", hours) == night
    assert expiry(night, "Europe/Amsterdam", hours) == night + timedelta(hours=4)


def test_a_moment_in_the_quiet_hours_has_no_window() -> None:
    night = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    assert expiry(night, "Europe/Amsterdam", Hours()) == night
