"""The last good texts of journeys: who walks one goes on with them when their author renames or removes what they need.

1. `Kept.keep` puts each journey's folder, as it was read whole, beside the database; what is unchanged is not written.
2. Of older versions only those stay that hold an item or a text which no newer one has.
3. `completed` adds to the journeys of today what older ones had and they have not: items, texts, whole journeys.
"""

import logging
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from bot.coaching.journey import Journey
from bot.words.files.journeys import JourneyFolder
from bot.words.files.problem import Problem

Journeys = Mapping[str, Journey]
SUFFIX = ".words"  # after the name of the database that they stand beside
_OWNER = 0o700

log = logging.getLogger(__name__)


def kept_beside(file: Path) -> "Kept":
    """Return what is kept beside a database."""
    return Kept(file.with_name(f"{file.name}{SUFFIX}"))


def completed(today: Journeys, *older: Journeys) -> Journeys:
    """Return today's journeys with whatever older ones have beyond them; the newest of these come first."""
    made = dict(today)
    for journeys in older:
        for slug, journey in journeys.items():
            now = made.get(slug)
            made[slug] = _with(now, journey) if now else replace(journey, is_offered=False)
    return made


def _with(now: Journey, older: Journey) -> Journey:
    if older.items.keys() <= now.items.keys() and older.texts.keys() <= now.texts.keys():
        return now
    past = [step for step in (*older.steps, *older.past) if step.item is not None and step.item not in now.items]
    return replace(
        now,
        items={**older.items, **now.items},
        texts={**older.texts, **now.texts},
        past=tuple(dict.fromkeys((*now.past, *past))),
    )


class Kept:
    """The versions of journeys that are kept in a folder: `<journey>/<number>/<journey>/…`, the highest the newest."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when something is kept."""
        self._folder = folder

    def journeys(self) -> Iterator[Journeys]:
        """Yield what is kept, the newest of each journey first; what cannot be read any more is left out."""
        for place in sorted(self._folder.glob("*")):
            for version in _versions(place):
                journey = _read(version)
                if journey is not None:
                    yield {journey.slug: journey}

    def keep(self, root: Path) -> None:
        """Keep the journeys of a folder of prompts that is whole. What cannot be written is logged, and not kept."""
        for source in sorted(path for path in (root / "journeys").glob("[!.]*") if path.is_dir()):
            try:
                self._keep(source)
            except OSError as error:
                log.warning("a journey is not kept journey=%s: %s", source.name, error.strerror)

    def _keep(self, source: Path) -> None:
        place = self._folder / source.name
        before = _versions(place)
        if before and _content(before[0] / source.name) == _content(source):
            return
        self._folder.mkdir(_OWNER, parents=True, exist_ok=True)
        number = int(before[0].name) + 1 if before else 1
        made, ready = place / f".{number}", place / str(number)
        shutil.rmtree(made, ignore_errors=True)
        shutil.copytree(source, made / source.name, copy_function=shutil.copyfile)
        if ready.exists():  # another process was first
            shutil.rmtree(made)
            return
        made.rename(ready)
        for version in _needless(_versions(place)):
            shutil.rmtree(version)


def _versions(place: Path) -> list[Path]:
    found = [path for path in place.glob("*") if path.name.isdecimal()]
    return sorted(found, key=lambda path: int(path.name), reverse=True)


def _needless(versions: Iterable[Path]) -> list[Path]:
    """Return the versions that hold nothing which no newer one has."""
    seen: set[str] = set()
    needless = []
    for version in versions:
        journey = _read(version)
        has = {*journey.items, *journey.texts} if journey else set()
        if has <= seen:
            needless.append(version)
        seen |= has
    return needless


def _read(version: Path) -> Journey | None:
    problems: list[Problem] = []
    for folder in version.glob("[!.]*"):
        return JourneyFolder(version, folder, problems).journey().journey
    return None


def _content(folder: Path) -> Mapping[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
