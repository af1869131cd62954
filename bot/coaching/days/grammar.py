"""What a day can look like in words and numbers: each way with what it means, or None where it contradicts itself."""

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.coaching.calendar import week_of
from bot.coaching.days.words import (
    DAYS,
    FORTNIGHTS,
    HALF_YEARS,
    MONTHS,
    MONTHS_LONG,
    NEXT,
    NUMBERS,
    RELATIVE,
    THIS,
    WEEKDAYS,
    WEEKDAYS_OF_DATES,
    WEEKS,
    YEARS,
    Bound,
    either,
)
from bot.coaching.language import Language

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MONTHS_A_YEAR, MONTHS_HALF_A_YEAR = 12, 6


@dataclass(frozen=True)
class Meant:
    """What was read behind the bound."""

    days: tuple[date, ...]
    is_last: bool = False  # it names the last day of something
    is_stretch: bool = False  # it says how long


@dataclass(frozen=True)
class Asked:
    """What a text is read by."""

    today: date
    language: Language
    bound: Bound


Reader = Callable[[re.Match[str], Asked], Meant | None]


# --- dates --------------------------------------------------------------------------------------------------


def dates_of(first: int, second: int, year: int | None, language: Language, *, today: date) -> tuple[date, ...]:
    """Return what two numbers and a year can mean: in Dutch the day comes first, in English it may be either."""
    ways = [(first, second)] if language is Language.NL else [(first, second), (second, first)]
    found = (_date(day, month, year, today) for day, month in ways)
    return tuple(sorted({each for each in found if each is not None}))


def _date(day: int, month: int, year: int | None, today: date) -> date | None:
    """Return a date; without a year the next one, today included."""
    years = (today.year, today.year + 1) if year is None else (year,)
    for each in years:
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        if year is not None or found >= today:
            return found
    return None


def _year(typed: str | None) -> int | None:
    if not typed:
        return None
    number = int(typed.strip("'"))
    return number if len(typed.strip("'")) > 2 else 2000 + number  # noqa: PLR2004 - "27" is 2027


def _on_weekday(days: Iterable[date | None], name: str | None) -> Meant | None:
    """Return those of the days that are on the weekday said along; one that contradicts it is not understood."""
    kept = tuple(day for day in days if day and (not name or day.weekday() == WEEKDAYS_OF_DATES[name]))
    return Meant(kept) if kept else None


def _iso(found: re.Match[str], asked: Asked) -> Meant | None:
    return _on_weekday([_date(int(found["d"]), int(found["m"]), int(found["y"]), asked.today)], None)


def _numeric(found: re.Match[str], asked: Asked) -> Meant | None:
    days = dates_of(int(found["a"]), int(found["b"]), _year(found["y"]), asked.language, today=asked.today)
    return _on_weekday(days, found["on"])


def _named(found: re.Match[str], asked: Asked) -> Meant | None:
    day = _date(int(found["d"]), MONTHS[found["m"]], _year(found["y"]), asked.today)
    return _on_weekday([day], found["on"])


def _of_month(found: re.Match[str], asked: Asked) -> Meant | None:
    """Return the next day of that number, as in "the 14th"."""
    first = asked.today.replace(day=1)
    months = (_months_on(first, ahead) for ahead in range(MONTHS_A_YEAR))
    days = (_date(int(found["d"]), month.month, month.year, asked.today) for month in months)
    day = next((each for each in days if each and each >= asked.today), None)
    return _on_weekday([day], found["on"])


def _months_on(day: date, months: int) -> date:
    """Return the same day so many months on, or the last one of that month."""
    years, month = divmod(day.month - 1 + months, MONTHS_A_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


# --- how long, and how far away -----------------------------------------------------------------------------


def _part(found: re.Match[str], name: str) -> str | None:
    """Return what stands in a part of a reading; None also where it has no such part."""
    return found.groupdict().get(name)


def _amount(found: re.Match[str]) -> tuple[int, str]:
    """Return how many, and of which unit: "days", "weeks" or "months"."""
    if _part(found, "half"):
        return MONTHS_HALF_A_YEAR, "months"
    number, unit = found["n"], found["unit"]
    count = int(number) if number.isdecimal() else NUMBERS[number]
    if unit in DAYS:
        return count, "days"
    if unit in WEEKS or unit in FORTNIGHTS:
        return count * (2 if unit in FORTNIGHTS else 1), "weeks"
    return count * (MONTHS_A_YEAR if unit in YEARS else 1), "months"


def _on(day: date, found: re.Match[str]) -> date:
    count, unit = _amount(found)
    return _months_on(day, count) if unit == "months" else day + timedelta(**{unit: count})


def _stretch(found: re.Match[str], asked: Asked) -> Meant | None:
    day = _on(asked.today, found)
    return Meant((day,), is_stretch=not (found["in"] or found["now"]))


def _from_named(found: re.Match[str], asked: Asked) -> Meant | None:
    """Return so long after a named day: "two weeks from Monday", "morgen over een week"."""
    if relative := _part(found, "rel"):
        return Meant((_on(asked.today + RELATIVE[relative] * DAY, found),))
    weekday = WEEKDAYS[found["day"]]
    starts = [_coming(weekday, asked.today)]
    if weekday == asked.today.weekday():
        starts.append(asked.today)
    return Meant(tuple(_on(start, found) for start in starts))


def _weekday_in(found: re.Match[str], asked: Asked) -> Meant | None:
    """Return a weekday some weeks away: counted from that day, or in the week that is so far away."""
    count, unit = _amount(found)
    if unit != "weeks":
        return None
    weekday, today = WEEKDAYS[found["day"]], asked.today
    in_that_week = week_of(today) + count * WEEK + weekday * DAY
    if weekday >= today.weekday():
        return Meant((in_that_week,))
    from_that_day = _coming(weekday, today) + count * WEEK
    return Meant((from_that_day,) if count == 1 else (in_that_week, from_that_day))


def _week_after(found: re.Match[str], asked: Asked) -> Meant | None:
    """Return a day a week after a named one: "Monday week", "a week tomorrow"."""
    if relative := _part(found, "rel"):
        return Meant((asked.today + RELATIVE[relative] * DAY + WEEK,))
    return Meant((_coming(WEEKDAYS[found["day"]], asked.today) + WEEK,))


def _relative(found: re.Match[str], asked: Asked) -> Meant | None:
    return Meant((asked.today + RELATIVE[found["rel"]] * DAY,))


# --- weekdays and weeks -------------------------------------------------------------------------------------


def _coming(weekday: int, today: date) -> date:
    """Return the next day of that name, never today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _weekday(found: re.Match[str], asked: Asked) -> Meant | None:
    """Return the coming day of that name; a "next" one that is still in this week can be the one after it, too."""
    day = _coming(WEEKDAYS[found["day"]], asked.today)
    is_near = week_of(day) == week_of(asked.today)
    return Meant((day, day + WEEK) if found["next"] and is_near else (day,))


def _weekday_of_week(found: re.Match[str], asked: Asked) -> Meant | None:
    ahead = WEEK if found["week"] in NEXT else timedelta()
    day = week_of(asked.today) + ahead + WEEKDAYS[found["day"]] * DAY
    return Meant((day,)) if day > asked.today else None


def _period(found: re.Match[str], asked: Asked) -> Meant | None:
    """Return where "next week", "the end of the month" or "the rest of this week" begins or ends."""
    is_next, is_month = found["next"] is not None, found["month"] is not None
    today, is_end = asked.today, found["end"] is not None
    if is_month:
        first = _months_on(today.replace(day=1), 1 if is_next else 0)
        last = _months_on(first, 1) - DAY
    else:
        first = week_of(today) + (WEEK if is_next else timedelta())
        last = first + WEEK - DAY
    if is_end or asked.bound is Bound.THROUGH or (not is_next and asked.bound in (Bound.NONE, Bound.FOR)):
        return Meant((last,), is_last=True)
    same = _months_on(today, 1) if is_month else today + WEEK
    return Meant((first, same)) if is_next and asked.bound is not Bound.FOR else None


def _weekend(_found: re.Match[str], asked: Asked) -> Meant | None:
    monday = week_of(asked.today)
    saturday, sunday = monday + 5 * DAY, monday + 6 * DAY
    if asked.bound is Bound.THROUGH:
        return Meant((sunday,), is_last=True)
    return Meant((saturday,)) if asked.bound is Bound.UNTIL and saturday > asked.today else None


def _week_number(found: re.Match[str], asked: Asked) -> Meant | None:
    is_last = asked.bound is Bound.THROUGH
    for year in (asked.today.isocalendar().year, asked.today.isocalendar().year + 1):
        try:
            day = date.fromisocalendar(year, int(found["n"]), 7 if is_last else 1)
        except ValueError:
            continue
        if day > asked.today:
            return Meant((day,), is_last=is_last)
    return None


# --- the grammar --------------------------------------------------------------------------------------------

_ON = rf"(?:(?P<on>{either(WEEKDAYS_OF_DATES)})\s+(?:(?:the|de)\s+)?)?"
_D = r"(?P<d>\d{1,2})(?:st|nd|rd|th|e|ste|de)?"
_ORDINAL = r"(?P<d>\d{1,2})(?:st|nd|rd|th|e|ste|de)"
_Y = r"(?:\s+(?P<y>'?\d{2}|\d{4}))?"
_MONTH = rf"(?P<m>{either(MONTHS)})"
_DAY = rf"(?P<day>{either(WEEKDAYS)})"
_REL = rf"(?P<rel>{either(RELATIVE)})"
_UNIT = either((*DAYS, *WEEKS, *FORTNIGHTS, *MONTHS_LONG, *YEARS))
_LONG = rf"(?:(?P<half>{either(HALF_YEARS)})|(?P<n>\d{{1,3}}|{either(NUMBERS)})\s*(?P<unit>{_UNIT}))"
_COMING_LONG = r"(?:(?:the|de)\s+)?(?:next|coming|komende|volgende|eerstvolgende)\s+"
_THE = r"(?:(?:the|de|het|deze|this)\s+)?"
_NEXT = rf"(?P<next>{either(NEXT)})\s+"
_END = r"(?P<end>(?:the\s+)?(?:end|rest) of|(?:(?:het|de)\s+)?(?:eind|einde|rest)(?:\s+van)?)\s+"
_WHICH = rf"(?P<week>{either(NEXT)}|this|deze)"
_FROM_NOW = r"(?P<now>\s+(?:from|vanaf)\s+(?:now|today|nu|vandaag))?"

# As text: `re` compiles each when it is first needed and keeps it; a start waits for none of them.
GRAMMAR: tuple[tuple[str, Reader], ...] = (
    (r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})", _iso),
    (rf"{_ON}(?P<a>\d{{1,2}})(?P<s>[-/.])(?P<b>\d{{1,2}})(?:(?P=s)(?P<y>\d{{4}}|\d{{2}}))?", _numeric),
    (rf"{_ON}(?:(?:the|de)\s+)?{_D}\s*(?:of\s+|van\s+)?{_MONTH}{_Y}", _named),
    (rf"{_ON}{_MONTH}\s+(?:the\s+)?{_D}{_Y}", _named),
    (rf"{_ON}(?:(?:the|de)\s+)?{_ORDINAL}", _of_month),
    (rf"(?P<on>{either(WEEKDAYS_OF_DATES)})\s+(?P<d>\d{{1,2}})", _of_month),
    (_REL, _relative),
    (rf"(?:(?P<in>in|over)\s+|{_COMING_LONG})?{_LONG}{_FROM_NOW}", _stretch),
    (rf"(?:in\s+|over\s+)?{_LONG}\s+(?:from|after|vanaf|na|on from)\s+(?:{_REL}|{_DAY})", _from_named),
    (rf"{_REL}\s+(?:in|over)\s+{_LONG}", _from_named),
    (rf"{_DAY}\s+(?:in|over)\s+{_LONG}", _weekday_in),
    (rf"(?:in|over)\s+{_LONG}\s+(?:(?:on|op)\s+)?{_DAY}", _weekday_in),
    (rf"(?:a\s+)?week\s+(?:on\s+)?(?:{_REL}|{_DAY})", _week_after),
    (rf"{_DAY}\s+week", _week_after),
    (rf"{_REL}\s+week", _week_after),
    (rf"(?:(?:{either(THIS)})\s+|(?P<next>{either(NEXT)})\s+)?{_DAY}", _weekday),
    (rf"{_WHICH}\s+week(?:\s+(?:on|op))?\s+{_DAY}", _weekday_of_week),
    (rf"{_DAY}\s+(?:of\s+|van\s+)?{_WHICH}\s+week", _weekday_of_week),
    (rf"(?:{_END})?(?:{_THE}|{_NEXT})(?:week|(?P<month>month|maand))", _period),
    (rf"{_THE}weekend", _weekend),
    (r"(?:week|wk)\s*(?P<n>\d{1,2})", _week_number),
)
