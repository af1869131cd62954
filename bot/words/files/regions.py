"""Parts of countries whose public holidays differ, by name in English and Dutch."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.coaching.language import Language
from bot.coaching.zones import plain

REGIONS = Path(__file__).with_name("regions.txt")

Names = Mapping[str, tuple[str, ...]]  # by code: in English, in Dutch, and what else it is called


def regions(country: str, language: Language) -> tuple[str, ...]:
    """Return the names of a country's parts; none where public holidays are the same everywhere, or nearly so."""
    return tuple(sorted(_in(names, language) for names in _table().get(country, {}).values()))


def region(place: str, language: Language) -> str:
    """Return the name of the part that a place such as "GB-ENG" names; empty for a whole country."""
    country, _, code = place.partition("-")
    names = _table().get(country, {}).get(code, ())
    return _in(names, language) if names else ""


def read_region(country: str, typed: str) -> str:
    """Return the place that a typed name or code names in a country, such as "GB-ENG"; empty when it names none."""
    wanted = plain(typed).strip(" .")
    for code, names in _table().get(country, {}).items():
        if wanted in {plain(code), f"{country}-{code}".casefold(), *(plain(name).strip(" .") for name in names)}:
            return f"{country}-{code}"
    return ""


def _in(names: tuple[str, ...], language: Language) -> str:
    return names[1] if language is Language.NL and len(names) > 1 else names[0]


@cache
def _table() -> Mapping[str, Names]:
    lines = REGIONS.read_text(encoding="utf-8").splitlines()
    listed = (line.partition(": ") for line in lines if line and not line.startswith("#"))
    return {country: dict(_named(each) for each in parts.split(", ")) for country, _, parts in listed}


def _named(part: str) -> tuple[str, tuple[str, ...]]:
    code, _, names = part.partition("=")
    return code, tuple(names.split("|"))
