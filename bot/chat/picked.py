"""Days and hours that a client hands back as it likes: read where they can mean one thing only."""

import re
import unicodedata
from datetime import date, time

from bot.coaching.days.typed import read_day
from bot.coaching.days.words import Bound
from bot.coaching.language import Language

YEARS = range(2000, 2200)  # a year of another calendar lies outside
NOON = 12
_MONTH_FIRST = frozenset({"us", "ph", "pr", "ca", "pw", "fm", "mh"})  # or either
LONGEST = 60  # characters that a client may need for a day or an hour

_DAY = re.compile(
    r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})\.?"
    r"|(?P<cy>\d{4})(?:年|년)(?P<cm>\d{1,2})(?:月|월)(?P<cd>\d{1,2})(?:日|일)"
    r"|(?P<a>\d{1,2})(?P<t>[-/.])(?P<b>\d{1,2})(?P=t)(?P<z>\d{4})\.?"
)
_MIDNIGHT = re.compile(r"(?<=\d)t00:00(?::00(?:\.0+)?)?(?:z|[-+]\d{2}:?\d{2})?$")
_HOUR = re.compile(r"(?P<before>\D*?)(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2}))?(?::00(?:\.0+)?)?(?P<after>\D*)")
_BEFORE_NOON = frozenset({"am", "a.m", "a.m.", "上午", "午前", "오전", "ص", "π.μ.", "vm", "vm."})
_AFTER_NOON = frozenset({"pm", "p.m", "p.m.", "下午", "午後", "오후", "م", "μ.μ.", "nm", "nm."})
_PLAIN = frozenset({"", "h", "uur", "uhr", "kl.", "t"})


def picked_day(typed: str, locale: str = "", today: date | None = None) -> str | None:
    """Return a day in ISO form; None for one that could be two days ("04/12/2026"), or none at all.

    Who has a client in a `locale` where the day stands first put it first. A day in words is read where it is known
    which day it is `today`.
    """
    said = _MIDNIGHT.sub("", _plain(typed))
    found = _DAY.fullmatch(said)
    if found is None:
        return _in_words(typed, locale, today) if today else None
    if found["a"] is None:
        year, month, day = (int(found[name] or found[f"c{name}"]) for name in "ymd")
        ways = [(year, month, day)]
    else:
        first, second, year = int(found["a"]), int(found["b"]), int(found["z"])
        ways = [(year, second, first), *([(year, first, second)] if found["t"] != "." else [])]
    days = [*dict.fromkeys(found for found in (_date(*way) for way in ways) if found is not None)]
    return days[0] if len(days) == 1 or (days and _has_day_first(locale)) else None


def _has_day_first(locale: str) -> bool:
    """Whether a client in this locale writes the day before the month; of English without a country nobody knows."""
    language, _, country = locale.casefold().partition("-")
    return bool(language) and country not in _MONTH_FIRST and (bool(country) or language != "en")


def _in_words(typed: str, locale: str, today: date) -> str | None:
    language = Language.NL if locale.casefold().startswith(Language.NL) else Language.EN
    read = read_day(typed, language, today=today)
    is_one = read is not None and len(read.days) == 1 and read.bound in (Bound.NONE, Bound.ON)
    return read.days[0].isoformat() if read is not None and is_one else None


def picked_hour(typed: str) -> str | None:
    """Return an hour as "10:00"; None for what is no hour, or has seconds of which nobody knows what they are to do."""
    found = _HOUR.fullmatch(_plain(typed))
    if found is None:
        return None
    marks = {found["before"].strip(), found["after"].strip()} - {""}
    hour, minute = int(found["h"]), int(found["m"] or 0)
    if len(marks) > 1 or (not marks and found["m"] is None):
        return None
    mark = marks.pop() if marks else ""
    if mark in _BEFORE_NOON | _AFTER_NOON:
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + (NOON if mark in _AFTER_NOON else 0)
    elif mark not in _PLAIN:
        return None
    try:
        return time(hour, minute).isoformat("minutes")
    except ValueError:
        return None


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if year in YEARS else None
    except ValueError:
        return None


def _plain(typed: str) -> str:
    """Return a text in lower case without marks of direction, its digits 0 to 9, no space around its signs."""
    if len(typed) > LONGEST:
        return ""
    letters = unicodedata.normalize("NFKC", typed.casefold())
    kept = "".join(each for each in letters if unicodedata.category(each) != "Cf")
    digits = "".join(str(unicodedata.decimal(each, each)) for each in kept)
    return re.sub(r"\s*([-/.年月년월])\s*", r"\1", " ".join(digits.split())).strip()
