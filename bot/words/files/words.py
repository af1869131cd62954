"""The words port over the files of prompts/, read again when an author saves one."""

import asyncio
import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.coaching.language import Language
from bot.words.files.intents import spoken_first
from bot.words.files.layers.kept import Journeys, Kept, completed
from bot.words.files.layers.overlay import laid
from bot.words.files.load import Sources, load
from bot.words.files.phrases import PLATFORMS, Edition, Phrases, Voice
from bot.words.files.problem import BrokenWordsError, Problem
from bot.words.files.rules.lint import lint, unusable

LOOK_EVERY = 0.5  # seconds between two looks at the files
CONSENT = "consent-"  # how the phrases begin that a consent card is made of
SCOPES = frozenset({"scope-private", "scope-coach", "scope-private-about", "scope-coach-about"})  # and what it offers
BESIDE = frozenset(  # that ask how somebody joins, or say where they begin: nobody agrees to them
    f"{CONSENT}{each}" for each in ("language", "zone", "late", "last", "along", "go-on", "round", "ends", "again")
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class _Read:
    """What was read, and what came of it; None: not asked for."""

    sources: Sources
    broken: tuple[Problem, ...] = ()  # for which it cannot be used
    edition: Edition | None = None
    problems: tuple[Problem, ...] | None = None


class FileWords(Voice):
    """Every sentence a person reads; the last good version stays while the files have errors.

    A changed file is read, and linted where somebody asks for that, in a thread of its own where an event loop runs;
    what was read takes the place of what was there in one step, once it is whole and usable. Without a loop all of that
    is done at once.
    """

    def __init__(
        self,
        root: Path,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        read: Callable[[Path], Sources] = load,
        own: Path | None = None,
        kept: Kept | None = None,
    ) -> None:
        """Read the folder with one's own over it, and what is kept of journeys from before.

        Raises BrokenWordsError when it cannot be used, NoOwnWordsError when one's own is no folder.
        """
        self._root = root
        self._own = own
        self._kept = kept
        self._before: tuple[Journeys, ...] = tuple(kept.journeys()) if kept else ()
        self._monotonic = monotonic
        self._read = read
        self._looked_at = monotonic()
        self._stamp = self._stamped()
        first = self._read_anew()
        if first.edition is None:
            raise BrokenWordsError(first.broken)
        super().__init__(PLATFORMS[0], first.edition)
        self._voices = _voices(self._edition)
        self._sources = first.sources
        self._problems: tuple[Problem, ...] | None = None  # of what was linted last
        self._is_linted = False
        self._coming: Future[_Read] | None = None  # what a thread reads

    def on(self, platform: str) -> Voice:
        """Return the words of this moment as a platform says them."""
        self._now()
        return self._voices[platform]

    def problems(self) -> tuple[Problem, ...]:
        """Return what the linter says of the files, also of a version not in use; while it works, what it said last."""
        self._now()
        if not self._is_linted and self._coming is None:
            self._do(partial(_linted, self._sources))
        return self._problems or ()

    def _now(self) -> Edition:
        if self._coming is not None:
            if not self._coming.done():
                return self._edition
            coming, self._coming = self._coming, None
            self._take(coming.result)
        moment = self._monotonic()
        if moment - self._looked_at >= LOOK_EVERY:
            self._looked_at = moment
            stamp = self._stamped()
            if stamp != self._stamp:
                self._stamp = stamp
                self._do(self._read_anew)
        return self._edition

    def _do(self, work: Callable[[], _Read]) -> None:
        """Work in a thread, and take what comes of it when words are next asked for; at once where no loop waits."""
        if not _is_on_a_loop():
            self._take(work)
            return
        pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="words")
        self._coming = pool.submit(work)
        pool.shutdown(wait=False)  # the thread ends with its work

    def _stamped(self) -> frozenset[tuple[str, int, int]]:
        return _stamp(self._root) | (_stamp(self._own) if self._own else frozenset())

    def _read_anew(self) -> _Read:
        with laid(self._root, self._own) as root:
            sources = self._read(root)
            broken = unusable(sources)
            if broken:
                return _Read(sources=sources, broken=broken)
            edition = _edition(sources, *self._before)
            self._before = (edition.journeys,)
            if self._kept:
                self._kept.keep(root)
            return _Read(sources=sources, edition=edition)

    def _take(self, result: Callable[[], _Read]) -> None:
        try:
            read = result()
        except Exception:  # whatever an author saved, the words that stand go on
            log.exception("the words could not be read, the last good version stays")
            return
        self._sources, self._is_linted = read.sources, read.problems is not None
        if read.problems is not None:
            self._problems = read.problems
        if read.broken:
            log.warning("the words have %d errors, the last good version stays: %s", len(read.broken), read.broken[0])
        if read.edition is not None:
            self._edition, self._voices = read.edition, _voices(read.edition)


def _linted(sources: Sources) -> _Read:
    return _Read(sources=sources, problems=lint(sources))


def _is_on_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


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


def _edition(sources: Sources, *before: Journeys) -> Edition:
    return Edition(
        journeys=completed({each.slug: each.journey for each in sources.journeys if each.journey}, *before),
        spoken=sources.spoken,
        wording=_wording(sources.spoken),
        intents={language: spoken_first(sources.intents, language) for language in Language},
    )


def _voices(edition: Edition) -> Mapping[str, Voice]:
    return {platform: Voice(platform, edition) for platform in PLATFORMS}


def _wording(spoken: Mapping[str, Mapping[Language, Phrases]]) -> str:
    """Return a name for what people agree to, in every language and on every platform."""
    texts = (
        f"{platform}/{language}/{key}={each.variants(key)}"
        for platform, languages in sorted(spoken.items())
        for language, each in sorted(languages.items())
        for key in sorted(each.entries)
        if key in SCOPES or (key.startswith(CONSENT) and key not in BESIDE)
    )
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]
