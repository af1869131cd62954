"""In which week somebody is."""

from dataclasses import replace
from datetime import date

import pytest

from bot.coaching.records.member import Hours
from bot.coaching.rules.agenda import Rhythm
from bot.coaching.rules.progress import journey_week

RHYTHM = Rhythm(starts_on=date(2026, 11, 23), hours=Hours(), zone="Europe/Amsterdam")


@pytest.mark.parametrize(
    ("day", "pace", "shift", "reached", "week"),
    [
        (date(2026, 11, 20), 1, 0, 0, 0),  # the Friday before
        (date(2026, 11, 23), 1, 0, 0, 1),
        (date(2026, 11, 29), 1, 0, 1, 1),  # Sunday belongs to the week behind it
        (date(2026, 11, 30), 1, 0, 1, 2),
        (date(2026, 11, 30), 2, 0, 1, 1),  # half speed
        (date(2026, 12, 7), 2, 0, 1, 2),
        (date(2026, 12, 9), 1, 4, 2, 2),  # in a pause: the weeks to come moved, those behind did not
        (date(2027, 1, 4), 1, 4, 2, 3),  # and after it
        (date(2027, 6, 1), 1, 0, 12, 12),
    ],
)
def test_the_week_follows_the_calendar_the_pace_and_the_pauses(
    day: date, pace: int, shift: int, reached: int, week: int
) -> None:
    rhythm = replace(RHYTHM, pace=pace, shift_weeks=shift)
    assert journey_week(rhythm, day, reached=reached, weeks=12) == week
