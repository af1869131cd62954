"""Where somebody begins in a journey that others are on, and until when their cohort lasts."""

from datetime import date

import pytest

from bot.coaching.records.member import MONDAY, THURSDAY, Hours
from bot.coaching.rules.agenda import Rhythm
from bot.coaching.rules.joining import Begin, last_post, outlasts, ways, week_of_all
from tests.conftest import shipped_words

TWELVE, TASTER = (shipped_words().journeys()[slug] for slug in ("twelve-weeks", "taster"))
STARTS = date(2026, 1, 12)


@pytest.mark.parametrize(
    ("week", "asked"),
    [(0, False), (1, False), (2, True), (3, True), (10, True), (11, False), (12, False)],  # week 11 has no experiment
)
def test_two_ways_to_begin_while_there_are_experiments_to_share(week: int, asked: bool) -> None:
    assert ways(TWELVE, week) == ((Begin.FIRST, Begin.TOGETHER) if asked else (Begin.FIRST,))


def test_the_taster_is_asked_about_in_its_second_week() -> None:
    assert [len(ways(TASTER, week)) for week in (0, 1, 2)] == [1, 1, 2]


@pytest.mark.parametrize(
    ("pace", "day", "week"),
    [
        (1, date(2026, 1, 9), 0),
        (1, date(2026, 1, 12), 1),
        (1, date(2026, 1, 18), 1),
        (1, date(2026, 1, 19), 2),
        (2, date(2026, 1, 25), 1),  # at half speed a week has two
        (2, date(2026, 1, 26), 2),
        (1, date(2026, 6, 1), 12),
    ],
)
def test_the_week_of_the_others(pace: int, day: date, week: int) -> None:
    rhythm = Rhythm(starts_on=STARTS, pace=pace, hours=Hours(), zone="UTC")
    assert week_of_all(TWELVE, rhythm, day) == week


@pytest.mark.parametrize(("weekday", "day"), [(MONDAY, date(2026, 7, 13)), (THURSDAY, date(2026, 7, 16))])
def test_nothing_is_posted_after_26_weeks(weekday: int, day: date) -> None:
    assert last_post(STARTS, weekday) == day


CLOSING, FOLLOWING, LIMIT = date(2026, 4, 6), date(2026, 4, 13), date(2026, 7, 13)


@pytest.mark.parametrize(
    ("last_day", "following", "goes_on"),
    [
        (None, FOLLOWING, False),  # nobody is under way
        (date(2026, 4, 2), FOLLOWING, False),  # the Thursday before
        (date(2026, 4, 6), FOLLOWING, True),
        (date(2026, 5, 28), FOLLOWING, True),
        (date(2026, 12, 1), LIMIT, True),
        (date(2026, 12, 1), date(2026, 7, 20), False),  # 26 weeks are over, however long somebody goes on
    ],
)
def test_a_cohort_lasts_as_long_as_anybodys_weeks(last_day: date | None, following: date, goes_on: bool) -> None:
    assert outlasts(last_day, CLOSING, following, LIMIT) is goes_on
