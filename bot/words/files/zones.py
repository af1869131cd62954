"""Time zones as people name them: the zone itself, what Windows calls it, or a large city."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from bot.coaching.zones import TypedZone, ZoneTrouble, plain

CITIES = Path(__file__).with_name("cities.txt")
NEAR, NEAR_FROM = 0.85, 5  # how alike a slip of the pen is to what was meant, and from how many letters on
LONGEST = 100  # characters of a zone's name, and then some
MOST_NAMED = 4  # zones in one sentence
LONGEST_CODE = 3  # letters of a country's code; three could be a zone's abbreviation

_NOBODY_LIVES_THERE = frozenset({"factory", "localtime", "posixrules"})
_SAID = {"uk": "GB", "usa": "US", "england": "GB", "vs": "US", "vk": "GB", "holland": "NL", "georgia": "US"}
_UTC = frozenset({"utc", "etc/utc"})  # said so plainly, it is meant
_FIXED = re.compile(
    r"(?:etc/)?(?:gmt|utc|uct|z|zulu|universal|greenwich|greenwich mean time)\s*(?:[-+\u2212]?\s*\d{1,2}(?::?\d{2})?)?"
    r"|[-+\u2212]\s*\d{1,2}(?::?\d{2})?|\d{1,2}:\d{2}"
)
_SHORT = frozenset(
    (
        *("acdt", "acst", "act", "acwst", "adt", "aedt", "aest", "aet", "akdt", "akst", "art", "ast", "awst", "bdt"),
        *(
            "brt",
            "bst",
            "cat",
            "cdt",
            "cest",
            "cet",
            "clt",
            "cot",
            "cst",
            "eat",
            "edt",
            "eest",
            "eet",
            "est",
            "est5edt",
        ),
        *("cst6cdt", "mst7mdt", "pst8pdt", "et", "ct", "mt", "pt", "gst", "hdt", "hkt", "hst", "ict", "idt", "ist"),
        *("jst", "kst", "mdt", "mest", "met", "mez", "mesz", "msk", "mst", "ndt", "nst", "nzdt", "nzst", "pdt", "pht"),
        *("pkt", "pst", "sast", "sgt", "sst", "trt", "wat", "west", "wet", "wib", "wita", "wit"),
    )
)
_LONG = re.compile(r"(?:.*[ (-])?(?:\w*tijd|time)\)?")  # "Central European Time": the same said in full


def read_zone(typed: str, country: str | None = None) -> TypedZone:
    """Return the zone that a text names, or why it is to be asked again.

    Of cities with the same name the one in the person's country is meant; nothing is guessed from far away.
    """
    if len(typed) > LONGEST:
        return TypedZone(trouble=ZoneTrouble.UNKNOWN)
    name = plain(typed).strip(" .,;")
    if zone := _zones().get(name.replace(" / ", "/").replace("/ ", "/")):
        return TypedZone(zone=zone)
    if zone := _windows().get(name):
        return TypedZone(zone=zone)
    if _FIXED.fullmatch(name):
        return TypedZone(trouble=ZoneTrouble.FIXED)
    if name in _SHORT or _LONG.fullmatch(name):
        return TypedZone(trouble=ZoneTrouble.SHORT)
    return _city(name, country) or _of_country(name) or _near(name)


def _city(name: str, country: str | None) -> TypedZone | None:
    """Return the zone of a city, also where its country or the area of its zone is said along."""
    area, _, city = name.rpartition("/")
    place, _, where = city.partition(",")
    found = _cities().get(place.strip(), {}) if place else {}
    if where:
        found = {zone: codes for zone, codes in found.items() if codes & _countries().get(where.strip(), frozenset())}
    if area:
        found = {zone: codes for zone, codes in found.items() if plain(zone).startswith(f"{area}/")}
    here = [zone for zone, codes in found.items() if country is not None and country[:2] in codes]
    zones = here if len(here) == 1 else sorted(found)
    if not zones:
        return None
    return TypedZone(zone=zones[0]) if len(zones) == 1 else TypedZone(trouble=ZoneTrouble.SEVERAL, among=_few(zones))


def _of_country(name: str) -> TypedZone | None:
    """Return the zone of a country that has only one."""
    codes = _countries().get(name, frozenset()) if len(name) > LONGEST_CODE or name in _SAID else frozenset()
    zones = {zone for code in codes for zone in get_global("territory_zones").get(code, ())}
    return TypedZone(zone=zones.pop()) if len(zones) == 1 else None


def _few(zones: list[str]) -> tuple[str, ...]:
    return tuple(zones[:MOST_NAMED])


def _near(name: str) -> TypedZone:
    """Return what a name with a slip of the pen in it was to be; it is asked about, never taken."""
    close = get_close_matches(name, _written(), n=1, cutoff=NEAR) if len(name) >= NEAR_FROM else []
    if not close:
        return TypedZone(trouble=ZoneTrouble.UNKNOWN)
    return TypedZone(trouble=ZoneTrouble.NEAR, among=(_written()[close[0]],))


# --- the tables, made once --------------------------------------------------------------------------------------


@cache
def _zones() -> Mapping[str, str]:
    """Return the zones in which people live, by plain name; none that is only a distance or an abbreviation."""
    named = {plain(zone): zone for zone in sorted(available_timezones())}
    kept = {name: zone for name, zone in named.items() if name not in _NOBODY_LIVES_THERE | _SHORT}
    return {
        name: zone
        for name, zone in kept.items()
        if name in _UTC or not (name.startswith("etc/") or _FIXED.fullmatch(name))
    }


@cache
def _windows() -> Mapping[str, str]:
    return {plain(name): zone for name, zone in get_global("windows_zone_mapping").items() if plain(zone) in _zones()}


@cache
def _cities() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Return for each plain name of a city its zones, each with the countries; a main name before another's other."""
    main: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    other: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for zone, country, names in _listed():
        main[plain(names[0])][zone].add(country)
        for name in names[1:]:
            other[plain(name)][zone].add(country)
    cities = frozenset(other)
    for zone in _zones().values():  # an island that is no city is a place, too
        place = plain(zone).rpartition("/")[2]
        if "/" in zone and place not in main and place not in cities:
            other[place][zone] |= set()
    found = {**other, **main}
    return {name: {zone: frozenset(codes) for zone, codes in zones.items()} for name, zones in found.items()}


def _listed() -> Iterator[tuple[str, str, list[str]]]:
    """Yield the cities of the table: zone, country and names."""
    for line in CITIES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            where, _, names = line.partition(": ")
            zone, _, country = where.partition(" ")
            for each in names.split(", "):
                yield zone, country, each.split("=")


@cache
def _countries() -> Mapping[str, frozenset[str]]:
    """Return the codes of countries by their names in both languages, and by themselves."""
    found: dict[str, set[str]] = defaultdict(set)
    for language in ("en", "nl"):
        for code, name in Locale(language).territories.items():
            found[plain(name)].add(code)
            found[plain(code)].add(code)
    for name, code in _SAID.items():
        found[name].add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def _written() -> Mapping[str, str]:
    """Return everything that can be typed, plain, as it is written."""
    cities = {plain(name): name for _, _, names in _listed() for name in names}
    return cities | {name: zone for name, zone in _zones().items() if "/" in zone}
