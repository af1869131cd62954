"""What the flows may ask of the words."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from bot.coaching.intents import Rules
from bot.coaching.journey import Journey, Text
from bot.coaching.language import Language, Markdown
from bot.coaching.zones import TypedZone

Value = str | int | date | datetime


class Words(Protocol):
    """Every sentence a person reads, in that person's language, as their platform says it."""

    def on(self, platform: str) -> "Words":
        """Return the same words as another platform says them."""
        ...

    def say(self, key: str, language: Language, /, **values: Value) -> str:
        """Return a phrase as plain text; an unknown key is an error, never an empty string."""
        ...

    def body(self, key: str, language: Language, /, **values: Value) -> Markdown:
        """Return a phrase as Markdown, with the values escaped."""
        ...

    def title_of(self, text: Text, language: Language, /, **values: Value) -> str:
        """Return the title of an authored text as plain text."""
        ...

    def body_of(self, text: Text, language: Language, /, **values: Value) -> Markdown:
        """Return the body of an authored text as Markdown, with the values escaped."""
        ...

    def journeys(self) -> Mapping[str, Journey]:
        """Return every journey by its slug."""
        ...

    def wording(self) -> str:
        """Return the version of the consent text: it changes when one of its words does."""
        ...

    def day(self, moment: date, language: Language, /, *, weekday: bool = True) -> str:
        """Return a date in words, e.g. "Tuesday 3 March" or "dinsdag 3 maart"."""
        ...

    def intents(self, language: Language, /) -> tuple[Rules, ...]:
        """Return by which rules typed words ask for something: those of a language first, then of the others."""
        ...

    def country(self, code: str, language: Language, /) -> str:
        """Return a country's name."""
        ...

    def regions(self, country: str, language: Language, /) -> tuple[str, ...]:
        """Return the names of a country's parts, where its public holidays differ; else none."""
        ...

    def region(self, place: str, language: Language, /) -> str:
        """Return the name of the part that a place such as "GB-ENG" names; empty for a whole country."""
        ...

    def read_region(self, country: str, typed: str) -> str:
        """Return the place that a typed name or code names in a country; empty when it names none."""
        ...

    def read_zone(self, typed: str, country: str | None = None) -> TypedZone:
        """Return the time zone that a text names: the zone itself, what Windows calls it, or a large city."""
        ...

    def weekday(self, day: int, language: Language, /) -> str:
        """Return a weekday's name, Monday being 0."""
        ...
