"""Public holidays by country."""

from datetime import date

import pytest

from bot.daysoff import UnknownCountryError, checked_country, countries, holidays_in


def test_the_dutch_do_not_work_on_kings_day() -> None:
    assert date(2026, 4, 27) in holidays_in("NL", (2026,))
    assert date(2026, 4, 27) not in holidays_in("US", (2026,))


def test_only_the_years_asked_for_are_there() -> None:
    days = holidays_in("NL", (2027, 2026, 2026))
    assert {day.year for day in days} == {2026, 2027}
    assert holidays_in("NL", range(2026, 2028)) == days


@pytest.mark.parametrize("country", [None, "", "XX", "Nowhere"])
def test_nobody_keeps_the_holidays_of_nowhere(country: str | None) -> None:
    assert holidays_in(country, (2026,)) == frozenset()


def test_settings_refuse_an_unknown_country_and_tidy_a_known_one() -> None:
    assert checked_country(" nl ") == "NL"
    with pytest.raises(UnknownCountryError):
        checked_country("XX")


def test_the_countries_offered_are_two_letter_codes() -> None:
    assert {"NL", "US", "IN", "BE", "DE"} <= set(countries())
    assert all(len(code) == 2 for code in countries())
