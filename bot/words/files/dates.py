"""Days as people write them."""

import re
from datetime import date, datetime, time, timedelta

from bot.coaching.calendar import week_of
from bot.coaching.language import Language

LONGEST = 60  # characters; nobody needs more for a day
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_NO_DAY = re.compile(r"\d{1,4}|\d{1,2}:\d{2}.*")  # a lone number or an hour names no day
_DOTTED = re.compile(r"(?<=\d)\.(?=\d)")
_NUMBERS = {  # the library knows the English ones
    "een": "1",
    "één": "1",
    "twee": "2",
    "drie": "3",
    "vier": "4",
    "vijf": "5",
    "zes": "6",
    "zeven": "7",
    "acht": "8",
    "negen": "9",
    "tien": "10",
}
_NUMBER = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b(?=\s+(?:dag|week|weken|maand|jaar))")
_FILLER = re.compile(r"^(?:until|till|til|to|from|on|tot en met|tot|t/m|vanaf|op)\s+")
_DAYS = {
    name: weekday
    for names in (
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    )
    for weekday, name in enumerate(names)
}
_DAY = "|".join(_DAYS)
_COMING = re.compile(rf"(?:(?:this|next|coming|deze|volgende|aanstaande|komende|aankomende)\s+)?({_DAY})")
_IN_NEXT_WEEK = re.compile(
    rf"(?:next|volgende) week(?: on| op)?\s+(?P<after>{_DAY})|(?P<before>{_DAY})\s+(?:next|volgende) week"
)


def read_date(text: str, language: Language, *, today: date) -> date | None:
    """Return the day meant, in the future where that is left open; None when no day is named."""
    said = " ".join(text.casefold().split()).strip(" .!,?")
    if len(said) > LONGEST:
        return None
    said = _FILLER.sub("", said)
    if _ISO.fullmatch(said):
        return _iso(said)
    if named := _COMING.fullmatch(said):
        return today + timedelta(days=(_DAYS[named[1]] - today.weekday() - 1) % 7 + 1)
    if named := _IN_NEXT_WEEK.fullmatch(said):
        return week_of(today) + timedelta(weeks=1, days=_DAYS[named["after"] or named["before"]])
    said = _NUMBER.sub(lambda match: _NUMBERS[match[0]], _DOTTED.sub("/", said))
    if not said or _NO_DAY.fullmatch(said):
        return None
    others = [other for other in Language if other != language]
    return next((day for each in (language, *others) if (day := _ask_library(said, each, today))), None)


def _iso(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _ask_library(said: str, language: Language, today: date) -> date | None:
    import dateparser  # noqa: PLC0415  a quarter of a second that most runs never need

    found = dateparser.parse(
        said,
        languages=[language.value],
        settings={
            "DATE_ORDER": "DMY",
            "PREFER_LOCALE_DATE_ORDER": False,
            "PREFER_DATES_FROM": "future",
            "RELATIVE_BASE": datetime.combine(today, time(12)),
            "REQUIRE_PARTS": ["day"],
        },
    )
    return found.date() if found else None
