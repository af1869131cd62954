"""Who asked to be erased, kept beside the file: a copy that is brought back must not bring them back."""

import os
from datetime import datetime
from pathlib import Path

from bot.store.port import StoreError
from bot.store.sqlite.file.location import OWNER_ONLY, flush, give, put
from bot.store.sqlite.rows import moment

_ERASED = "erased"
_KEPT = "kept"  # the erasure failed and its asker was told so
_PARTS = 3  # a moment, a word, an id


class Erasures:
    """A list that only grows, one line a time: a moment, what was decided, who; never an id, a name or a word.

    Who it was is told by a keyed hash, which means nothing without the keystore. Written by whoever holds the
    database's write lock, so that two processes never write at once.
    """

    def __init__(self, path: Path) -> None:
        """Take the path; the file is made by the first erasure."""
        self._path = path

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
        kept = [f"{moment(at)} {decided} {member}\n" for at, decided, member in lines if at >= before]
        if len(kept) == len(lines):
            return
        made = self._path.with_name(f"{self._path.name}.new")
        try:
            made.unlink(missing_ok=True)
            made.touch(OWNER_ONLY)
            give(made, self._path)
            made.write_text("".join(kept), "utf-8")
            put(made, self._path)
        except OSError as error:
            raise StoreError(f"the list of erasures stays as it is: {error.strerror}") from error

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

    def _lines(self) -> list[tuple[datetime, str, str]]:
        try:
            text = self._path.read_text("utf-8", "replace")
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreError(f"the list of erasures cannot be read: {error.strerror}") from error
        found = (_read(line) for line in text.split("\n")[:-1])  # what has no end was never answered for
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
