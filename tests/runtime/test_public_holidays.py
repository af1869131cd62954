"""Public holidays by country."""

from datetime import date

import pytest

from bot.runtime.public_holidays import COUNTRIES, holidays_in


def test_the_dutch_do_not_work_on_kings_day() -> None:
    assert date(2026, 4, 27) in holidays_in("NL", (2026,))
    assert date(2026, 4, 27) not in holidays_in("US", (2026,))


def test_only_the_years_asked_for_are_there() -> None:
    days = holidays_in("NL", (2027, 2026, 2026))
    assert {day.year for day in days} == {2026, 2027}
    assert holidays_in("NL", range(2026, 2028)) == days


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    late_summer = date(2027, 8, 30)
    assert late_summer in holidays_in("GB-ENG", (2027,))
    assert late_summer not in holidays_in("GB-SCT", (2027,)) | holidays_in("GB", (2027,))


@pytest.mark.parametrize("country", [None, "", "XX", "Nowhere", "GB-XX"])
def test_nobody_keeps_the_holidays_of_nowhere(country: str | None) -> None:
    assert holidays_in(country, (2026,)) == frozenset()


def test_every_country_in_the_menu_has_holidays_and_the_menu_holds_them_all() -> None:
    """Slack shows at most a hundred options."""
    assert {"NL", "US", "IN", "BE", "DE"} <= set(COUNTRIES)
    assert all(len(code) == 2 for code in COUNTRIES)
    assert len(set(COUNTRIES)) == len(COUNTRIES) <= 100
    assert all(holidays_in(country, (2020,)) for country in COUNTRIES)  # Ukraine keeps none in wartime
