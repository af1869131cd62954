"""The words port over the files of prompts/, read again when an author saves one."""

import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel import Locale
from babel.dates import get_day_names

from bot.coaching.journey import Journey, Text
from bot.coaching.language import Language, Markdown
from bot.words.files.dates import read_date
from bot.words.files.lint import lint, unusable
from bot.words.files.load import Sources, load
from bot.words.files.markdown import escape
from bot.words.files.phrases import LOCALES, PLATFORMS, Phrases, day_in_words
from bot.words.files.problem import BrokenWordsError, Problem
from bot.words.port import Value

LOOK_EVERY = 0.5  # seconds between two looks at the files
CONSENT = "consent-"  # the phrases a person agrees to

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class _Edition:
    """One version of all words, free of what would fail on a screen."""

    journeys: Mapping[str, Journey]
    spoken: Mapping[str, Mapping[Language, Phrases]]  # by platform
    wording: str


class _Voice:
    """The words as one platform says them."""

    def __init__(self, platform: str, now: Callable[[], _Edition]) -> None:
        self._platform = platform
        self._now = now

    def on(self, platform: str) -> "_Voice":
        """Return the same words as another platform says them."""
        return _Voice(platform, self._now)

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

    def day(self, moment: date, language: Language, /, *, weekday: bool = True) -> str:
        """Return a date in words, e.g. "Tuesday 3 March" or "dinsdag 3 maart"."""
        return day_in_words(moment, LOCALES[language], weekday=weekday)

    def country(self, code: str, language: Language, /) -> str:
        """Return a country's name, or its code where the language has no name for it."""
        names: Mapping[str, str] = Locale.parse(LOCALES[language]).territories
        return names.get(code, code)

    def weekday(self, day: int, language: Language, /) -> str:
        """Return a weekday's name, Monday being 0."""
        names: Mapping[int, str] = get_day_names("wide", locale=LOCALES[language])
        return names[day]

    def read_date(self, text: str, language: Language, /, *, today: date) -> date | None:
        """Return the date a person meant ("3 Jan", "over twee weken"), or None."""
        return read_date(text, language, today=today)

    def phrases_under(self, prefix: str, language: Language) -> Mapping[str, str]:
        """Return the phrases whose key starts so, for a page that fills in "{name}" by itself."""
        return self._phrases(language).under(prefix)

    def _phrases(self, language: Language) -> Phrases:
        return self._now().spoken[self._platform][language]


class FileWords(_Voice):
    """Every sentence a person reads; the last good version stays while the files have errors."""

    def __init__(self, root: Path, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Read the folder; raises BrokenWordsError when it cannot be used."""
        super().__init__(PLATFORMS[0], self._current)
        self._root = root
        self._monotonic = monotonic
        self._looked_at = monotonic()
        self._stamp = _stamp(root)
        sources = load(root)
        broken = unusable(sources)
        if broken:
            raise BrokenWordsError(broken)
        self._edition = _edition(sources)
        self._sources = sources
        self._problems: tuple[Problem, ...] | None = None  # not yet asked for

    def problems(self) -> tuple[Problem, ...]:
        """Return what the linter says of the files as they are now, also of a version not yet in use."""
        self._current()
        if self._problems is None:
            self._problems = lint(self._sources)
        return self._problems

    def _current(self) -> _Edition:
        moment = self._monotonic()
        if moment - self._looked_at >= LOOK_EVERY:
            self._looked_at = moment
            stamp = _stamp(self._root)
            if stamp != self._stamp:
                self._stamp = stamp
                self._reload()
        return self._edition

    def _reload(self) -> None:
        self._sources, self._problems = load(self._root), None
        broken = unusable(self._sources)
        if broken:
            log.warning("the words have %d errors, the last good version stays: %s", len(broken), broken[0])
        else:
            self._edition = _edition(self._sources)


def _stamp(root: Path) -> frozenset[tuple[str, int, int]]:
    return frozenset(_stamps(os.fspath(root)))


def _stamps(folder: str) -> Iterator[tuple[str, int, int]]:
    """Yield what tells one version of the files from another: read twice a second, so without a `Path` for each."""
    with suppress(OSError), os.scandir(folder) as places:  # a folder that went away meanwhile
        for place in places:
            if place.is_dir():
                yield from _stamps(place.path)
            elif place.name.endswith((".yaml", ".ftl")):
                with suppress(OSError):  # an editor's lock file, or one renamed this very moment
                    stat = place.stat()
                    yield place.path, stat.st_mtime_ns, stat.st_size


def _edition(sources: Sources) -> _Edition:
    return _Edition(
        journeys={each.slug: each.journey for each in sources.journeys if each.journey},
        spoken=sources.spoken,
        wording=_wording(sources.phrases),
    )


def _wording(phrases: Mapping[Language, Phrases]) -> str:
    spoken = (
        f"{language}/{key}={each.variants(key)}"
        for language, each in sorted(phrases.items())
        for key in sorted(each.entries)
        if key.startswith(CONSENT)
    )
    return hashlib.sha256("\n".join(spoken).encode()).hexdigest()[:12]


def _escaped(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: escape(value) if isinstance(value, str) else value for name, value in values.items()}
