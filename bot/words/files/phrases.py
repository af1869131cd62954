"""How any text of ours becomes words on a screen: the phrases of one language, and the voice of one platform."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import cast

from babel import Locale
from babel.dates import format_date, format_time, get_day_names
from fluent.runtime import FluentBundle
from fluent.runtime.prepare import Compiler
from fluent.runtime.resolver import Pattern
from fluent.runtime.types import FluentType, fluent_date
from fluent.syntax import ast

from bot.coaching.intents import Rules
from bot.coaching.journey import Journey, Text
from bot.coaching.language import Language, Markdown
from bot.coaching.zones import TypedZone
from bot.words.files.problem import WordsError
from bot.words.files.regions import read_region, region, regions
from bot.words.files.rules.pattern import Names, parse, renderings
from bot.words.files.zones import read_zone
from bot.words.port import Value

LOCALES = {Language.EN: "en_GB", Language.NL: "nl_NL"}  # day before month in both
PLATFORMS = ("slack", "teams")
_SPECIAL = re.compile(r"[\\`*_\[\]()<>&~|]")
_LEADING = re.compile(r"^([-+=#]|\d+[.)])")
_STOOD_IN = re.compile("\ue000(\\d+)\ue001")
_DEEPEST = 8  # a phrase that refers to itself has no end
MOST_KEPT = 5_000  # sentences that are worked out once
DAYS_KEPT = 2_000  # so are dates in words: 30 µs each, several on a page, one a line of an export
_LONGEST_INLINE = 500  # Fluent refuses placeholders over 2,500 characters; longer ones are put in afterwards


class UnknownPhraseError(WordsError):
    """There is no phrase with that key."""


class UnsayableError(WordsError):
    """A text needs a value that was not given."""


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """One entry of a phrase file."""

    key: str  # "-term" for a term
    file: str
    line: int
    pattern: ast.Pattern
    names: Names


class Phrases:
    """Every phrase of one language."""

    def __init__(self, language: Language, entries: Mapping[str, Phrase], resource: ast.Resource) -> None:
        """Take the entries by key and the syntax tree they came from."""
        self.language = language
        self.entries = entries
        self._bundle = FluentBundle(
            [LOCALES[language].replace("_", "-")], functions={"DATETIME": _styled}, use_isolating=False
        )
        self._bundle.add_resource(resource)
        self._compile = Compiler()
        self._texts: dict[str, Pattern] = {}  # authored texts, compiled when first shown
        self.kept: dict[tuple[object, ...], str] = {}  # sentences said before, none of them with a person's words
        self._under: dict[str, Mapping[str, str]] = {}
        self._ours: set[str] = set()  # the same sentences: they may stand in another one that is kept

    def pattern(self, key: str) -> ast.Pattern | None:
        """Return the syntax tree of a phrase or "-term"."""
        entry = self.entries.get(key)
        return entry.pattern if entry else None

    def phrase(self, key: str, values: Mapping[str, Value]) -> str:
        """Return a phrase; raises UnknownPhraseError."""
        if key not in self.entries or key.startswith("-"):
            raise UnknownPhraseError(f"no phrase {key!r} in {self.language}")
        return self._format(key, cast(Pattern, self._bundle.get_message(key).value), values)

    def text(self, path: str, source: str, values: Mapping[str, Value]) -> str:
        """Return an authored text in which placeholders and plurals are worked out."""
        if not source:
            return ""
        if source not in self._texts:
            self._texts[source] = cast(Pattern, self._compile(parse(source)))
        return self._format(path, self._texts[source], values)

    def variables(self, key: str) -> frozenset[str]:
        """Return the values a phrase needs, also through the phrases it refers to."""
        return self._variables(key, _DEEPEST)

    def variants(self, key: str) -> tuple[str, ...]:
        """Return what a phrase can look like, the default last, with "{name}" where a value goes."""
        return renderings(self.entries[key].pattern, self.pattern)

    def under(self, prefix: str) -> Mapping[str, str]:
        """Return the phrases whose key starts so, as they look by default; worked out once."""
        if prefix not in self._under:
            named = sorted(key for key in self.entries if key.startswith(prefix))
            self._under[prefix] = {key: self.variants(key)[-1] for key in named}
        return self._under[prefix]

    def _variables(self, key: str, depth: int) -> frozenset[str]:
        entry = self.entries.get(key)
        if entry is None or depth == 0:
            return frozenset()
        phrases = (each for each in entry.names.references if not each.startswith("-"))
        return entry.names.variables.union(*(self._variables(each, depth - 1) for each in phrases))

    def _format(self, name: str, pattern: Pattern, values: Mapping[str, Value]) -> str:
        """Return what a pattern says; once worked out it is kept, unless a person's words are in it."""
        if not all(type(value) in (int, date) or value in self._ours for value in values.values()):
            return self._worked_out(name, pattern, values)
        asked = (id(pattern), *values.items())
        said = self.kept.get(asked)
        if said is None:
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
                self._ours.clear()
            said = self.kept[asked] = self._worked_out(name, pattern, values)
            self._ours.add(said)
        return said

    def _worked_out(self, name: str, pattern: Pattern, values: Mapping[str, Value]) -> str:
        long: list[str] = []
        said, errors = self._bundle.format_pattern(
            pattern, {key: self._native(value, long) for key, value in values.items()}
        )
        if errors:
            raise UnsayableError(f"{name!r} in {self.language}: {'; '.join(str(error) for error in errors)}")
        return _STOOD_IN.sub(lambda match: long[int(match[1])], str(said)) if long else str(said)

    def _native(self, value: Value, long: list[str]) -> object:
        if isinstance(value, date):
            return _Day(value)
        if isinstance(value, str) and (len(value) > _LONGEST_INLINE or "\ue000" in value):
            long.append(value)
            return f"\ue000{len(long) - 1}\ue001"
        return value


@lru_cache(maxsize=DAYS_KEPT)
def day_in_words(moment: date, locale: Locale | str, *, weekday: bool = True) -> str:
    """Return a date in words, e.g. "Tuesday 3 March"."""
    return format_date(moment, "EEEE d MMMM" if weekday else "d MMMM", locale=locale)


class _Day(FluentType):
    """A date that shows in words unless the text asks DATETIME for a style."""

    def __init__(self, moment: date) -> None:
        self.moment = moment

    def format(self, locale: Locale) -> str:
        """Return the day, and for a moment the hour in the zone it carries."""
        day = day_in_words(self.moment, locale)
        if isinstance(self.moment, datetime):
            return f"{day}, {format_time(self.moment.time(), 'HH:mm', locale=locale)}"
        return day


def _styled(value: _Day, **style: str) -> FluentType:
    return fluent_date(value.moment, **style)


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One version of all words, free of what would fail on a screen."""

    journeys: Mapping[str, Journey]
    spoken: Mapping[str, Mapping[Language, Phrases]]  # by platform
    wording: str
    intents: Mapping[Language, tuple[Rules, ...]] = field(default_factory=dict)


class Voice:
    """The words as one platform says them."""

    def __init__(self, platform: str, edition: Edition) -> None:
        """Take the words as they are now: whoever speaks with this voice says everything in one version."""
        self._platform = platform
        self._edition = edition

    def on(self, platform: str) -> "Voice":
        """Return the same words as another platform says them."""
        return Voice(platform, self._now())

    def say(self, key: str, language: Language, /, **values: Value) -> str:
        """Return a phrase as plain text; raises UnknownPhraseError, or UnsayableError for a missing value."""
        return self._phrases(language).phrase(key, values)

    def body(self, key: str, language: Language, /, **values: Value) -> Markdown:
        """Return a phrase as Markdown, with the values escaped; raises as say does."""
        return Markdown(self._phrases(language).phrase(key, _escaped(values)))

    def title_of(self, text: Text, language: Language, /, **values: Value) -> str:
        """Return the title of an authored text as plain text; raises UnsayableError."""
        return self._phrases(language).text(text.path, text.title[language], values)

    def body_of(self, text: Text, language: Language, /, **values: Value) -> Markdown:
        """Return the body of an authored text as Markdown, values escaped; raises UnsayableError."""
        return Markdown(self._phrases(language).text(text.path, text.body[language], _escaped(values)))

    def journeys(self) -> Mapping[str, Journey]:
        """Return every journey by its slug."""
        return self._now().journeys

    def wording(self) -> str:
        """Return the version of the consent text: it changes when one of its words does, in any language."""
        return self._now().wording

    def intents(self, language: Language, /) -> tuple[Rules, ...]:
        """Return by which rules typed words ask for something: those of a language first, then of the others."""
        return self._now().intents.get(language, ())

    def day(self, moment: date, language: Language, /, *, weekday: bool = True) -> str:
        """Return a date in words, e.g. "Tuesday 3 March" or "dinsdag 3 maart"."""
        return day_in_words(moment, LOCALES[language], weekday=weekday)

    def country(self, code: str, language: Language, /) -> str:
        """Return a country's name, or its code where the language has no name for it."""
        names: Mapping[str, str] = Locale.parse(LOCALES[language]).territories
        return names.get(code, code)

    def regions(self, country: str, language: Language, /) -> tuple[str, ...]:
        """Return the names of a country's parts, where its public holidays differ; else none."""
        return regions(country, language)

    def region(self, place: str, language: Language, /) -> str:
        """Return the name of the part that a place such as "GB-ENG" names; empty for a whole country."""
        return region(place, language)

    def read_region(self, country: str, typed: str) -> str:
        """Return the place that a typed name or code names in a country; empty when it names none."""
        return read_region(country, typed)

    def read_zone(self, typed: str, country: str | None = None) -> TypedZone:
        """Return the time zone that a text names: the zone itself, what Windows calls it, or a large city."""
        return read_zone(typed, country)

    def weekday(self, day: int, language: Language, /) -> str:
        """Return a weekday's name, Monday being 0."""
        names: Mapping[int, str] = get_day_names("wide", locale=LOCALES[language])
        return names[day]

    def phrases_under(self, prefix: str, language: Language) -> Mapping[str, str]:
        """Return the phrases whose key starts so, for a page that fills in "{name}" by itself."""
        return self._phrases(language).under(prefix)

    def _now(self) -> Edition:
        return self._edition

    def _phrases(self, language: Language) -> Phrases:
        return self._now().spoken[self._platform][language]


def escape(value: str) -> str:
    """Return a value that shows as it is inside Markdown, on one line."""
    flat = " ".join(value.split())
    return _LEADING.sub(_backslash_last, _SPECIAL.sub(r"\\\g<0>", flat))


def _backslash_last(match: re.Match[str]) -> str:
    return f"{match[0][:-1]}\\{match[0][-1]}"


def _escaped(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: escape(value) if isinstance(value, str) else value for name, value in values.items()}
