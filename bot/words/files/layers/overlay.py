"""A folder of one's own words laid over the shipped ones: journeys added, single files replaced.

1. A file of one's own takes the place of the shipped one of the same path. Of a file of phrases, what one's own does
   not say is taken from the shipped one: a phrase that a new version needs is there, and an upgrade breaks nothing.
2. Both are laid into a folder that lives as long as they are read.
3. A file of one's own may say in a comment which shipped one it was made from (`# made from 1a2b3c4d5e6f`): `overrides`
   tells when that one has changed since.
"""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fluent.syntax import FluentSerializer, ast

from bot.words.files.fluent import Parser
from bot.words.files.problem import WordsError

SUFFIXES = (".yaml", ".ftl")
DIGITS = 12  # of what names a version of a file
_MADE_FROM = re.compile(rf"^#+ made from ([0-9a-f]{{{DIGITS}}})\s*$", re.MULTILINE)


class NoOwnWordsError(WordsError):
    """The folder of one's own words is not there, or cannot be read."""


@dataclass(frozen=True, kw_only=True)
class Override:
    """One file of one's own, held against the shipped one."""

    path: str  # in both folders
    replaces: bool  # else it is added
    is_same: bool  # it says what the shipped one says
    made_from: str | None  # the version it was made from, as it says
    shipped: str | None  # the version that is there now

    @property
    def is_stale(self) -> bool:
        """Whether the shipped one has changed since."""
        return self.replaces and not self.is_same and self.made_from not in (None, self.shipped)


@contextmanager
def laid(shipped: Path, own: Path | None) -> Iterator[Path]:
    """Give a folder with one's own words over the shipped ones; raises NoOwnWordsError."""
    if own is None:
        yield shipped
        return
    with tempfile.TemporaryDirectory(prefix="pitstop-words-") as folder:
        root = Path(folder) / shipped.name
        try:
            files = _files(own)
            shutil.copytree(shipped, root, copy_function=shutil.copyfile)
            for path in files:
                _lay(own / path, root / path)
        except (OSError, UnicodeDecodeError) as error:
            raise NoOwnWordsError(f"{own} cannot be laid over the shipped words: {error}") from error
        yield root


def overrides(shipped: Path, own: Path) -> Iterator[Override]:
    """Yield what one's own words add and replace, by path; raises NoOwnWordsError."""
    for path in _files(own):
        content, place = (own / path).read_bytes(), shipped / path
        made_from = _MADE_FROM.search(content.decode("utf-8", "replace"))
        yield Override(
            path=path,
            replaces=place.is_file(),
            is_same=place.is_file() and place.read_bytes() == content,
            made_from=made_from[1] if made_from else None,
            shipped=version(place.read_bytes()) if place.is_file() else None,
        )


def version(content: bytes) -> str:
    """Return what names a version of a file."""
    return hashlib.sha256(content).hexdigest()[:DIGITS]


def _files(own: Path) -> list[str]:
    if not own.is_dir():
        raise NoOwnWordsError(f"{own} is no folder: PITSTOP_PROMPTS names the folder of your own words.")
    found = (path.relative_to(own) for path in own.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    return sorted(path.as_posix() for path in found if not any(part.startswith(".") for part in path.parts))


def _lay(mine: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    text = mine.read_text("utf-8")
    if place.suffix == ".ftl" and place.is_file():
        text = f"{text.rstrip()}\n\n{_beyond(place.read_text('utf-8'), _keys(text))}"
    place.write_text(text, "utf-8")


def _keys(text: str) -> Collection[str]:
    entries = Parser(with_spans=False).parse(text).body
    return {_key(entry) for entry in entries if isinstance(entry, (ast.Message, ast.Term))}


def _beyond(text: str, said: Collection[str]) -> str:
    """Return the phrases of a text that are not said yet."""
    entries = [each for each in Parser(with_spans=False).parse(text).body if isinstance(each, (ast.Message, ast.Term))]
    return FluentSerializer().serialize(ast.Resource([each for each in entries if _key(each) not in said]))


def _key(entry: ast.Message | ast.Term) -> str:
    return f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name
