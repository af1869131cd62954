"""The words port over the files of prompts/, read again when an author saves one."""

import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from bot.coaching.language import Language
from bot.words.files.lint import lint, unusable
from bot.words.files.load import Sources, load
from bot.words.files.phrases import PLATFORMS, Edition, Phrases, Voice
from bot.words.files.problem import BrokenWordsError, Problem

LOOK_EVERY = 0.5  # seconds between two looks at the files
CONSENT = "consent-"  # the phrases a person agrees to

log = logging.getLogger(__name__)


class FileWords(Voice):
    """Every sentence a person reads; the last good version stays while the files have errors."""

    def __init__(self, root: Path, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Read the folder; raises BrokenWordsError when it cannot be used."""
        self._root = root
        self._monotonic = monotonic
        self._looked_at = monotonic()
        self._stamp = _stamp(root)
        sources = load(root)
        broken = unusable(sources)
        if broken:
            raise BrokenWordsError(broken)
        super().__init__(PLATFORMS[0], _edition(sources))
        self._voices = _voices(self._edition)
        self._sources = sources
        self._problems: tuple[Problem, ...] | None = None  # not yet asked for

    def on(self, platform: str) -> Voice:
        """Return the words of this moment as a platform says them."""
        self._now()
        return self._voices[platform]

    def problems(self) -> tuple[Problem, ...]:
        """Return what the linter says of the files as they are now, also of a version not yet in use."""
        self._now()
        if self._problems is None:
            self._problems = lint(self._sources)
        return self._problems

    def _now(self) -> Edition:
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
            self._voices = _voices(self._edition)


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


def _edition(sources: Sources) -> Edition:
    return Edition(
        journeys={each.slug: each.journey for each in sources.journeys if each.journey},
        spoken=sources.spoken,
        wording=_wording(sources.phrases),
    )


def _voices(edition: Edition) -> Mapping[str, Voice]:
    return {platform: Voice(platform, edition) for platform in PLATFORMS}


def _wording(phrases: Mapping[Language, Phrases]) -> str:
    spoken = (
        f"{language}/{key}={each.variants(key)}"
        for language, each in sorted(phrases.items())
        for key in sorted(each.entries)
        if key.startswith(CONSENT)
    )
    return hashlib.sha256("\n".join(spoken).encode()).hexdigest()[:12]
