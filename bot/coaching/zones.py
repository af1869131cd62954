"""From what a person typed as a time zone to the name it probably meant."""

from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

_UNLIVED = frozenset({"Factory", "localtime"})  # listed as zones, but nobody lives there


def nearest_zone(typed: str) -> str | None:
    """Return the zone whose name or city looks most like what was typed, or None when none does."""
    wanted = _plain(typed)
    named = _names()
    city = wanted.rpartition("/")[2]
    close = get_close_matches(wanted, named, n=1) or get_close_matches(city, named, n=1)
    return named[close[0]] if close else None


@cache
def _names() -> dict[str, str]:
    """Return every zone by its plain name and, where no zone has that name, by its city."""
    zones = sorted(available_timezones() - _UNLIVED)
    cities = {_plain(zone).rpartition("/")[2]: zone for zone in reversed(zones)}
    return cities | {_plain(zone): zone for zone in zones}


def _plain(name: str) -> str:
    return "_".join(name.split()).casefold()
