"""Days and hours as forms bring them."""

from datetime import date, time

import pytest

from bot.coaching.days.iso import iso_day, iso_hour


@pytest.mark.parametrize("value", [None, "", "20/12/2026", "2026-02-30", ("2026-12-20",), "tomorrow"])
def test_what_is_no_day_is_none(value: object) -> None:
    assert iso_day(value) is None
    assert iso_day("2026-12-20") == date(2026, 12, 20)


@pytest.mark.parametrize("value", [None, "", "10 AM", "25:00", ("10:00",), "10:00Z"])
def test_what_is_no_hour_is_none(value: object) -> None:
    assert iso_hour(value) is None
    assert iso_hour("10:00") == time(10, 0)
