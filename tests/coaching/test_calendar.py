"""Local days and hours, checked against a walk along the minutes of UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.coaching.calendar import (
    at_local,
    expiry,
    in_quiet_hours,
    is_workday,
    is_zone,
    local_day,
    local_hour,
    next_workday,
    out_of_quiet,
    week_of,
    working_days_after,
)
from bot.coaching.member import Hours

WEEKDAYS = (0, 1, 2, 3, 4)
NONE: frozenset[date] = frozenset()
MINUTE = timedelta(minutes=1)

# where the clock does something odd: the zone, and days around it
ODD_DAYS = [
    ("Europe/Amsterdam", date(2026, 3, 29)),  # one hour skipped
    ("Europe/Amsterdam", date(2026, 10, 25)),  # one hour twice
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # half an hour twice
    ("Australia/Lord_Howe", date(2026, 10, 4)),  # half an hour skipped
    ("Pacific/Apia", date(2011, 12, 30)),  # a whole day skipped
    ("Pacific/Chatham", date(2026, 4, 5)),  # a zone off by three quarters
    ("Pacific/Chatham", date(2026, 9, 27)),
    ("Africa/Casablanca", date(2026, 2, 15)),  # back for Ramadan
    ("Africa/Casablanca", date(2026, 3, 22)),
    ("America/Havana", date(2026, 3, 8)),  # midnight itself is skipped
    ("America/Havana", date(2026, 11, 1)),  # midnight comes twice
    ("Asia/Kolkata", date(2026, 6, 1)),  # nothing ever changes
]

odd_days = st.builds(
    lambda place, days: (place[0], place[1] + timedelta(days=days)),
    st.sampled_from(ODD_DAYS),
    st.integers(-1, 1),
)
TWICE = ("Europe/Amsterdam", date(2026, 10, 25))  # at 01:00 UTC the clock goes from 03:00 back to 02:00
hours_of_day = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45, 59]))


def clock(moment: datetime, zone: str) -> datetime:
    """What a clock on the wall shows."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def minutes_from(moment: datetime, hours: int) -> list[datetime]:
    return [moment + MINUTE * count for count in range(hours * 60)]


@settings(max_examples=50, deadline=None)
@given(odd_days, hours_of_day)
def test_a_local_hour_is_the_first_minute_at_which_the_clock_shows_it_or_more(
    place: tuple[str, date], hour: time
) -> None:
    """Walking forward from two days before, the first minute at or past the wanted reading is the answer."""
    zone, day = place
    wanted = datetime.combine(day, hour)
    start = datetime.combine(day, time(0), tzinfo=UTC) - timedelta(hours=26)
    first = next(minute for minute in minutes_from(start, 80) if clock(minute, zone) >= wanted)
    assert at_local(day, hour, zone) == first


@settings(max_examples=60, deadline=None)
@given(odd_days, st.integers(0, 24 * 60 - 1), hours_of_day, hours_of_day)
@example(TWICE, 70, time(23), time(2, 45))  # it ends at the second 02:45
@example(TWICE, 45, time(2, 30), time(3, 30))  # it ends because the clock goes back
def test_quiet_hours_end_at_the_first_minute_that_is_not_quiet(
    place: tuple[str, date], minute: int, quiet_from: time, quiet_until: time
) -> None:
    zone, day = place
    hours = Hours(quiet_from=quiet_from, quiet_until=quiet_until)
    moment = datetime.combine(day, time(0), tzinfo=UTC) + MINUTE * minute
    walked = next(each for each in minutes_from(moment, 72) if not quiet_by_hand(each, zone, hours))
    assert out_of_quiet(moment, zone, hours) == walked
    assert in_quiet_hours(moment, zone, hours) is quiet_by_hand(moment, zone, hours)


@settings(max_examples=60, deadline=None)
@given(odd_days, st.integers(0, 24 * 60 - 1), hours_of_day, hours_of_day)
@example(TWICE, 30, time(2, 10), time(2, 20))  # it begins at the second 02:10
@example(TWICE, 30, time(1, 30), time(2, 20))  # it begins because the clock goes back
def test_a_window_is_four_hours_or_ends_where_quiet_begins(
    place: tuple[str, date], minute: int, quiet_from: time, quiet_until: time
) -> None:
    zone, day = place
    hours = Hours(quiet_from=quiet_from, quiet_until=quiet_until)
    due = datetime.combine(day, time(0), tzinfo=UTC) + MINUTE * minute
    window = [*minutes_from(due, 4), due + timedelta(hours=4)]
    walked = next((each for each in window if quiet_by_hand(each, zone, hours)), window[-1])
    assert expiry(due, zone, hours) == walked


def quiet_by_hand(moment: datetime, zone: str, hours: Hours) -> bool:
    """Whether the minute is one of those counted off from the beginning of the quiet hours to their end."""
    minute = clock(moment, zone).hour * 60 + clock(moment, zone).minute
    begin, end = (each.hour * 60 + each.minute for each in (hours.quiet_from, hours.quiet_until))
    return minute in {(begin + count) % 1440 for count in range((end - begin) % 1440)}


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
