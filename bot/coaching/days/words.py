"""The words with which people name days, in English and Dutch together: many people mix them."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum


class Bound(StrEnum):
    """What the words before a day say of it."""

    NONE = "none"
    UNTIL = "until"  # the day itself is no part of it any more
    THROUGH = "through"  # the day itself still is
    ON = "on"
    FROM = "from"
    FOR = "for"  # a stretch of time


def either(words: Iterable[str]) -> str:
    """Return a pattern for one of these words, the longest that fits."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_LEADS: Mapping[Bound, tuple[str, ...]] = {
    Bound.THROUGH: (
        *("through", "thru", "up to and including", "until and including", "to and including", "until after"),
        *("till after", "after", "tot en met", "t/m", "tm", "t.e.m", "tem", "tot na", "na"),
    ),
    Bound.UNTIL: ("until", "untill", "till", "til", "'til", "up to", "to", "tot", "tot aan", "not before", "niet voor"),
    Bound.ON: ("on", "op"),
    Bound.FROM: ("from", "as of", "starting", "vanaf", "per"),
    Bound.FOR: ("for", "voor", "gedurende"),
}
LEADS: Mapping[str, Bound] = {word: bound for bound, words in _LEADS.items() for word in words}
INCLUDED = ("inclusive", "including", "included", "incl", "inclusief")  # behind a day
COURTESY = (
    *("please", "thanks", "thank you", "ok", "pls"),
    *("a.s", "alsjeblieft", "alstublieft", "aub", "a.u.b", "svp", "s.v.p", "graag", "dank je", "dankjewel", "bedankt"),
)

_WEEKDAYS = (
    ("monday", "mon", "maandag", "ma"),
    ("tuesday", "tues", "tue", "dinsdag", "di"),
    ("wednesday", "wed", "woensdag", "wo"),
    ("thursday", "thurs", "thur", "thu", "donderdag", "do"),
    ("friday", "fri", "vrijdag", "vr"),
    ("saturday", "sat", "zaterdag", "za"),
    ("sunday", "sun", "zondag"),
)
WEEKDAYS: Mapping[str, int] = {name: day for day, names in enumerate(_WEEKDAYS) for name in names}
# The Dutch "zo" is a word of its own: it names a day only in front of a date.
WEEKDAYS_OF_DATES: Mapping[str, int] = {**WEEKDAYS, "zo": WEEKDAYS["zondag"]}

_MONTHS = (
    ("january", "jan", "januari"),
    ("february", "feb", "februari", "febr"),
    ("march", "mar", "maart", "mrt"),
    ("april", "apr"),
    ("may", "mei"),
    ("june", "jun", "juni"),
    ("july", "jul", "juli"),
    ("august", "aug", "augustus"),
    ("september", "sept", "sep"),
    ("october", "oct", "oktober", "okt"),
    ("november", "nov"),
    ("december", "dec"),
)
MONTHS: Mapping[str, int] = {name: month for month, names in enumerate(_MONTHS, 1) for name in names}

_NUMBERS = (
    ("a", "an", "one", "een"),
    ("two", "twee"),
    ("three", "drie"),
    ("four", "vier"),
    ("five", "vijf"),
    ("six", "zes"),
    ("seven", "zeven"),
    ("eight", "acht"),
    ("nine", "negen"),
    ("ten", "tien"),
    ("eleven", "elf"),
    ("twelve", "twaalf"),
)
NUMBERS: Mapping[str, int] = {name: number for number, names in enumerate(_NUMBERS, 1) for name in names}

DAYS = ("days", "day", "dagen", "dag")
WEEKS = ("weeks", "week", "weken", "wks", "wk")
FORTNIGHTS = ("fortnights", "fortnight")
MONTHS_LONG = ("months", "month", "maanden", "maand", "mnd")
YEARS = ("years", "year", "jaren", "jaar")
HALF_YEARS = ("half a year", "a half year", "half year", "een half jaar", "half jaar")

RELATIVE: Mapping[str, int] = {
    **dict.fromkeys(("yesterday", "gisteren"), -1),
    **dict.fromkeys(("today", "vandaag", "now", "nu"), 0),
    **dict.fromkeys(("tomorrow", "morgen"), 1),
    **dict.fromkeys(("the day after tomorrow", "day after tomorrow", "overmorgen"), 2),
}
THIS = ("this", "coming", "this coming", "deze", "aanstaande", "komende", "aankomende", "eerstkomende")
NEXT = ("next", "volgende")
