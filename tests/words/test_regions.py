"""Parts of countries, by name."""

import holidays
import pytest

from bot.coaching.language import Language
from bot.words.files.regions import read_region, region, regions

EN, NL = Language.EN, Language.NL
NEEDED = ("GB", "DE", "CH", "CA", "AU", "ES", "US")


@pytest.mark.parametrize(
    ("country", "typed", "place"),
    [
        ("GB", "England", "GB-ENG"),
        ("GB", " engeland ", "GB-ENG"),
        ("GB", "SCT", "GB-SCT"),
        ("DE", "Bayern", "DE-BY"),
        ("DE", "Beieren", "DE-BY"),
        ("DE", "baden-wurttemberg", "DE-BW"),
        ("DE", "de-by", "DE-BY"),
        ("CH", "St. Gallen", "CH-SG"),
        ("CA", "Québec", "CA-QC"),
        ("ES", "Catalunya", "ES-CT"),
        ("US", "new york", "US-NY"),
        ("GB", "Bavaria", ""),
        ("GB", "", ""),
        ("NL", "Utrecht", ""),
        ("XX", "England", ""),
    ],
)
def test_a_region_is_read_by_name_or_code(country: str, typed: str, place: str) -> None:
    assert read_region(country, typed) == place


def test_names_are_said_in_the_readers_language() -> None:
    assert regions("GB", EN) == ("England", "Northern Ireland", "Scotland", "Wales")
    assert regions("GB", NL) == ("Engeland", "Noord-Ierland", "Schotland", "Wales")
    assert (region("DE-BY", EN), region("DE-BY", NL)) == ("Bavaria", "Beieren")
    assert (region("NL", EN), region("GB", EN), region("GB-XX", EN), regions("NL", EN)) == ("", "", "", ())


@pytest.mark.parametrize("country", NEEDED)
def test_every_region_is_one_whose_holidays_are_known(country: str) -> None:
    known = set(holidays.country_holidays(country).subdivisions)
    places = [read_region(country, name) for language in Language for name in regions(country, language)]
    assert places
    assert {place.partition("-")[2] for place in places} <= known
    assert {region(place, EN) for place in places} == set(regions(country, EN))
