"""Days as people type them, read whole or not at all: what stands beside a day that is understood makes it none."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.coaching.days.grammar import DAY, GRAMMAR, Asked, Meant
from bot.coaching.days.words import COURTESY, INCLUDED, LEADS, Bound, either
from bot.coaching.language import Language

LONGEST = 60  # characters; nobody needs more for a day
MOST_SIGNS = 240  # of what is looked at at all, with marks and spaces
_LASTING = (Bound.NONE, Bound.UNTIL, Bound.THROUGH)  # a time lasts until then
_LEAD = re.compile(rf"({either(LEADS)})\s+")
_INCLUDED = re.compile(rf"\s*\(?(?:{either(INCLUDED)})\)?$")
_DOTS = re.compile(r"(?<=[a-z])\.(?=\s|$)")
_COMMAS = re.compile(r",(?=\s)")
_COURTESY = re.compile(rf"^(?:{either(COURTESY)})\s+|\s+(?:{either(COURTESY)})$")


@dataclass(frozen=True, kw_only=True)
class TypedDay:
    """What a text says of a day."""

    days: tuple[date, ...]  # all that it can mean, soonest first: of several the person is asked which
    bound: Bound = Bound.NONE

    def first_days_after(self) -> tuple[date, ...]:
        """Return the first days after a time that lasts until then; none where a text says no end."""
        if self.bound in (Bound.ON, Bound.FROM):
            return ()
        return tuple(day + DAY for day in self.days) if self.bound is Bound.THROUGH else self.days

    def days_on(self) -> tuple[date, ...]:
        """Return the days on which something is to happen again."""
        return self.first_days_after() or self.days


def read_day(text: str, language: Language, *, today: date) -> TypedDay | None:
    """Return the day or days that a whole text can mean; None when it is not understood to its last word."""
    said = _plain(text) if len(text) <= MOST_SIGNS else ""
    if len(said) > LONGEST:
        return None
    lead = _LEAD.match(said)
    bound, rest = (LEADS[lead[1]], said[lead.end() :]) if lead else (Bound.NONE, said)
    if tail := _INCLUDED.search(rest):
        if bound not in _LASTING:
            return None
        bound, rest = Bound.THROUGH, rest[: tail.start()]
    asked = Asked(today, language, bound)
    meant = next((found for found in _readings(rest, asked) if found is not None), None)
    return _bounded(meant, bound) if meant is not None and meant.days else None


def _bounded(meant: Meant, bound: Bound) -> TypedDay | None:
    if meant.is_stretch and bound in (Bound.THROUGH, Bound.ON):
        return None
    if meant.is_last and bound in (*_LASTING, Bound.FOR):
        bound = Bound.THROUGH
    elif bound is Bound.FOR and not meant.is_stretch:  # "for Friday", and the Dutch "voor vrijdag": before it
        return None
    return TypedDay(days=tuple(sorted(set(meant.days))), bound=bound)


def _readings(said: str, asked: Asked) -> Iterable[Meant | None]:
    for pattern, reader in GRAMMAR:
        if found := re.fullmatch(pattern, said):
            yield reader(found, asked)


def _plain(text: str) -> str:
    """Return a text in lower case, without accents, marks, courtesy and signs around it, its digits 0 to 9."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (_letter(each) for each in letters if unicodedata.category(each) not in ("Mn", "Cf"))
    said = _DOTS.sub("", " ".join("".join(kept).replace("\u2019", "'").split()).strip(" .!,?;:…"))
    said = " ".join(_COMMAS.sub(" ", said).split())
    return _COURTESY.sub("", said).strip(" .!,?;:…")


def _letter(each: str) -> str:
    return str(unicodedata.decimal(each, each))
