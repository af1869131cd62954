"""The files of prompts/ as journeys and phrases."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.coaching.intents import Rules
from bot.coaching.language import Language
from bot.words.files.intents import read_intents
from bot.words.files.journeys import JourneyFolder, JourneySource
from bot.words.files.phrase_files import read_phrases
from bot.words.files.phrases import PLATFORMS, Phrases
from bot.words.files.problem import Problem
from bot.words.files.rules.forbidden import Forbidden, read_forbidden


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Everything read from a folder of prompts; with problems it cannot be used, only spoken about."""

    journeys: tuple[JourneySource, ...]
    spoken: Mapping[str, Mapping[Language, Phrases]]  # by platform
    forbidden: Forbidden  # advice that is never given
    wording: Forbidden  # how nothing is said
    intents: Mapping[Language, Rules]
    problems: tuple[Problem, ...]

    @property
    def phrases(self) -> Mapping[Language, Phrases]:
        """The phrases of one platform, where it does not matter of which."""
        return self.spoken[PLATFORMS[0]]


def load(root: Path) -> Sources:
    """Read a folder of prompts; what cannot be read is among the problems."""
    with _all_stays():
        return _loaded(root)


@contextmanager
def _all_stays() -> Iterator[None]:
    """Look for no garbage meanwhile: nothing of what is read is, and looking takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _loaded(root: Path) -> Sources:
    problems: list[Problem] = []
    folders = sorted(path for path in (root / "journeys").glob("[!.]*") if path.is_dir())
    journeys = tuple(JourneyFolder(root, folder, problems).journey() for folder in folders)
    if not journeys:
        problems.append(Problem(f"{root.name}/journeys", 1, "there is no journey"))
    return Sources(
        journeys=journeys,
        spoken=_spoken(root, problems),
        forbidden=read_forbidden(root, problems),
        wording=read_forbidden(root, problems, "wording.yaml"),
        intents=read_intents(root, problems),
        problems=tuple(sorted(problems)),
    )


def _spoken(root: Path, problems: list[Problem]) -> Mapping[str, Mapping[Language, Phrases]]:
    read = {language: read_phrases(root, language, problems) for language in Language}
    return {platform: {language: each[platform] for language, each in read.items()} for platform in PLATFORMS}
