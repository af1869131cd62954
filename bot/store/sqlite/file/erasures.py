"""Who asked to be erased, kept beside the file: a copy that is brought back must not bring them back."""

import os
import uuid
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bot.store.port import StoreError
from bot.store.sqlite.file.location import OWNER_ONLY, flush, give, put
from bot.store.sqlite.rows import moment

_ERASED = "erased"
_KEPT = "kept"  # the erasure failed and its asker was told so
_PARTS = 3  # a moment, a word, an id
_LIST = "list "  # begins the line that says which list this is


class Erasures:
    """A list that only grows, one line a time: a moment, what was decided, who; never an id, a name or a word.

    Who it was is told by a keyed hash, which means nothing without the keystore. Its first line says which list it is:
    the database knows by it that this one is its own, and whole. Written by whoever holds the database's write lock, so
    that two processes never write at once.
    """

    def __init__(self, path: Path) -> None:
        """Take the path; nothing is read or made yet."""
        self._path = path

    def identity(self) -> str | None:
        """Return which list this is; None when there is none, or one that does not say; raises StoreError."""
        text = self._text()
        return text.partition("\n")[0].removeprefix(_LIST) if text.startswith(_LIST) else None

    def begin(self, *others: bytes) -> str:
        """Make it a list of its own, with what stands in it and in others; return which; raises StoreError."""
        identity = uuid.uuid4().hex
        lines = set(self._lines())
        for other in others:
            lines.update(filter(None, map(_read, other.decode("utf-8", "replace").split("\n"))))
        self._write(identity, sorted(lines))
        return identity

    def note(self, member: str, at: datetime) -> None:
        """Write down, durably, that a person is about to be erased; raises StoreError."""
        self._append(f"{moment(at)} {_ERASED} {member}\n")

    def withdraw(self, member: str, at: datetime) -> None:
        """Write down that it was not done after all; raises StoreError."""
        self._append(f"{moment(at)} {_KEPT} {member}\n")

    def standing(self) -> dict[str, datetime]:
        """Return who is to be gone, and since when; half a line counts for nothing."""
        standing: dict[str, datetime] = {}
        for at, decided, member in self._lines():
            if decided == _ERASED:
                standing[member] = at
            else:
                standing.pop(member, None)
        return standing

    def forget(self, before: datetime) -> None:
        """Let go of lines from before a moment; raises StoreError."""
        lines = self._lines()
        kept = [line for line in lines if line[0] >= before]
        if len(kept) < len(lines):
            self._write(self.identity(), kept)

    def _write(self, identity: str | None, lines: Iterable[tuple[datetime, str, str]]) -> None:
        made = self._path.with_name(f"{self._path.name}.new")
        head = [] if identity is None else [f"{_LIST}{identity}\n"]
        try:
            made.unlink(missing_ok=True)
            made.touch(OWNER_ONLY)
            give(made, self._path if self._path.exists() else self._path.parent)
            made.write_text("".join([*head, *(f"{moment(at)} {how} {member}\n" for at, how, member in lines)]), "utf-8")
            put(made, self._path)
        except OSError as error:
            raise StoreError(f"the list of erasures cannot be written: {error.strerror}") from error

    def _append(self, line: str) -> None:
        try:
            is_new = not self._path.exists()
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, OWNER_ONLY)
            try:
                _write_whole(descriptor, line.encode())
            finally:
                os.close(descriptor)
            if is_new:
                give(self._path, self._path.parent)
                flush(self._path.parent)
        except OSError as error:
            raise StoreError(f"nothing was erased: the list of erasures cannot be written: {error.strerror}") from error

    def _text(self) -> str:
        try:
            return self._path.read_text("utf-8", "replace")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise StoreError(f"the list of erasures cannot be read: {error.strerror}") from error

    def _lines(self) -> list[tuple[datetime, str, str]]:
        found = (_read(line) for line in self._text().split("\n")[:-1])  # what has no end was never answered for
        return [line for line in found if line is not None]


def _write_whole(descriptor: int, line: bytes) -> None:
    """Add a line and wait for the disk; a piece of it is taken back, and an older piece is closed off."""
    size = os.fstat(descriptor).st_size
    try:
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            line = b"\n" + line
        while line:
            line = line[os.write(descriptor, line) :]
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, size)
        raise


def _read(line: str) -> tuple[datetime, str, str] | None:
    parts = line.split(" ")
    if len(parts) != _PARTS or parts[1] not in (_ERASED, _KEPT):
        return None
    try:
        at = datetime.fromisoformat(parts[0])
    except ValueError:
        return None
    return (at, parts[1], parts[2]) if at.tzinfo and parts[2] else None
