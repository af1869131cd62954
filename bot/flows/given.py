"""What a decision may use beside its context: nothing here reads or writes a record, or calls a platform."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.coaching.records.screen import Hold
from bot.words.port import Words

Holidays = Callable[[str | None, tuple[int, ...]], frozenset[date]]


class Given(Protocol):
    """The moment, the words, the calendars and new ids."""

    @property
    def now(self) -> datetime:
        """The present moment, aware and in UTC."""
        ...

    @property
    def words(self) -> Words:
        """Every sentence people read."""
        ...

    @property
    def holidays(self) -> Holidays:
        """Tells the public holidays of a country, or of none, in some years."""
        ...

    @property
    def countries(self) -> tuple[str, ...]:
        """Codes of the countries whose holidays are known."""
        ...

    @property
    def new_id(self) -> Callable[[], str]:
        """Returns an id nobody has; of what came in it returns the same ones, in order, when that is handled again."""
        ...

    @property
    def operator(self) -> str:
        """Who runs this bot; empty: the workspace."""
        ...

    @property
    def looks_back(self) -> Callable[[str], bool]:
        """Tells whether in a workspace messages can be read again; else a button brings back what it needs."""
        ...

    @property
    def hold(self) -> Hold:
        """Who brings up to date at once what is saved now, and until when."""
        ...


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What is given at one moment: it stands still while a decision is made."""

    now: datetime
    words: Words
    holidays: Holidays
    countries: tuple[str, ...]
    new_id: Callable[[], str]
    operator: str
    looks_back: Callable[[str], bool]
    hold: Hold
