"""What every part of the store stands on: named statements, a connection to read by, and the thread that writes."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import aiosql

from bot.store.port import StoreError
from bot.store.sqlite.file.remedies import told
from bot.store.sqlite.rows import TABLES, all_side_by_side

if TYPE_CHECKING:
    from bot.store.sqlite.writer import Writer

R = TypeVar("R")

FOLDER = Path(__file__).parent / "sql"


@cache
def named() -> Any:
    """Return every named statement; read once."""
    return aiosql.from_path(FOLDER, "sqlite3", encoding="utf-8")


@cache
def _statement(name: str) -> str:
    statement: str = getattr(named(), name).sql
    return statement


def rows(connection: sqlite3.Connection, name: str, /, **values: object) -> list[sqlite3.Row]:
    """Run a named statement and return all its rows, read to the end so that no snapshot stays open."""
    # Not by aiosql's own call: it takes as long as a short read does.
    return connection.execute(_statement(name), values).fetchall()


def changed(connection: sqlite3.Connection, name: str, /, **values: object) -> int:
    """Run a named statement that only writes and return how many rows it changed."""
    return connection.execute(_statement(name), values).rowcount


class Reading:
    """A connection that can only read, used inside the coroutine."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over the connection."""
        self._connection = connection

    def rows(self, name: str, /, **values: object) -> list[sqlite3.Row]:
        """Run a named statement and return all its rows."""
        try:
            return rows(self._connection, name, **values)
        except sqlite3.Error as error:
            raise StoreError(f"nothing was read: {told(error)}") from error

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let everything read meanwhile, within one coroutine and without waiting, stand at one moment."""
        try:
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreError(f"nothing was read: {told(error)}") from error

    def together(self, names: Mapping[str, str], **values: object) -> dict[str, list[sqlite3.Row]]:
        """Run several named statements on one snapshot; keys are kept."""
        with self.snapshot():
            return self.several(names, **values)

    def several(self, names: Mapping[str, str], **values: object) -> dict[str, list[sqlite3.Row]]:
        """Run several named statements, each with those of the values that it names; keys are kept."""
        try:
            return {key: self._connection.execute(_statement(name), values).fetchall() for key, name in names.items()}
        except sqlite3.Error as error:
            raise StoreError(f"nothing was read: {told(error)}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class Part:
    """A part of the store, reading and writing the same file as the others."""

    def __init__(self, reading: Reading, writer: "Writer") -> None:
        """Take over both."""
        self._reading = reading
        self._writer = writer

    def _all(self, kind: type[R], name: str, **values: object) -> list[R]:
        found = self._reading.rows(name, **values)
        return TABLES[kind].records(found) if found else []

    def _one(self, kind: type[R], name: str, **values: object) -> R | None:
        return next(iter(self._all(kind, name, **values)), None)

    def _side_by_side(self, kinds: tuple[type[Any], ...], name: str, **values: object) -> list[tuple[Any, ...]]:
        return all_side_by_side(self._reading.rows(name, **values), *kinds)
