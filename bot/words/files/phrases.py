"""The phrases of one language, and how any text of ours becomes words on a screen."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast

from babel import Locale
from babel.dates import format_date, format_time
from fluent.runtime import FluentBundle
from fluent.runtime.prepare import Compiler
from fluent.runtime.resolver import Pattern
from fluent.runtime.types import FluentType, fluent_date
from fluent.syntax import ast

from bot.coaching.language import Language
from bot.words.files.fluent import Parser
from bot.words.files.pattern import Names, complaint, names_in, parse, renderings
from bot.words.files.problem import Problem, WordsError
from bot.words.port import Value

LOCALES = {Language.EN: "en_GB", Language.NL: "nl_NL"}  # day before month in both
PLATFORMS = ("slack", "teams")
_Entry = ast.Message | ast.Term
_STOOD_IN = re.compile("\ue000(\\d+)\ue001")
_DEEPEST = 8  # a phrase that refers to itself has no end
MOST_KEPT = 5_000  # sentences that are worked out once
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


def read_phrases(root: Path, language: Language, problems: list[Problem]) -> dict[str, Phrases]:
    """Read the phrases of a language as each platform says them; what cannot be read is among the problems."""
    folder = root / "phrases" / language
    places = sorted(place for place in folder.glob("*.ftl") if not place.name.startswith("."))
    if not places:
        problems.append(Problem(f"{root.name}/phrases/{language}", 1, "there are no phrases"))
    everywhere = _read(root, places, problems)
    spoken = {}
    for platform in PLATFORMS:
        own = root / "platforms" / platform / f"{language}.ftl"
        spoken[platform] = _phrases(language, everywhere | _read(root, [own] if own.exists() else [], problems))
    return spoken


def _phrases(language: Language, read: Mapping[str, tuple[Phrase, _Entry]]) -> Phrases:
    entries = {key: phrase for key, (phrase, _) in read.items()}
    return Phrases(language, entries, ast.Resource([entry for _, entry in read.values()]))


def _read(root: Path, places: Iterable[Path], problems: list[Problem]) -> dict[str, tuple[Phrase, _Entry]]:
    found: dict[str, tuple[Phrase, _Entry]] = {}
    for place in places:
        file = f"{root.name}/{place.relative_to(root).as_posix()}"
        try:
            source = place.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem(file, 1, f"cannot be read: {error}"))
            continue
        for entry in Parser(with_spans=True).parse(source).body:
            if isinstance(entry, ast.Junk):
                position, reason = complaint(entry)
                problems.append(Problem(file, _line(source, position), reason))
            elif isinstance(entry, (ast.Message, ast.Term)):
                _take(entry, file, source, found, problems)
    return found


def _take(
    entry: _Entry, file: str, source: str, found: dict[str, tuple[Phrase, _Entry]], problems: list[Problem]
) -> None:
    key = f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name
    line = _line(source, entry.id.span.start if entry.id.span else 0)
    if entry.value is None:
        problems.append(Problem(file, line, f"“{key}” says nothing"))
    elif key in found:
        first, _ = found[key]
        problems.append(Problem(file, line, f"“{key}” is already at {first.file}:{first.line}"))
    else:
        phrase = Phrase(key=key, file=file, line=line, pattern=entry.value, names=names_in(entry.value))
        found[key] = phrase, entry


def _line(source: str, position: int) -> int:
    return source.count("\n", 0, position) + 1
