"""The named statements in the .sql files, run on one connection."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import aiosql

from bot.store.port import StoreError

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
            raise StoreError(f"nothing was read: {error}") from error

    def together(self, names: dict[str, str], **values: object) -> dict[str, list[sqlite3.Row]]:
        """Run several named statements on one snapshot; keys are kept."""
        with self.at_one_moment():
            return {key: self.rows(name, **values) for key, name in names.items()}

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Let all that is read meanwhile come from one snapshot; nothing may be awaited in it."""
        self._run("BEGIN")
        try:
            yield
        finally:
            self._run("COMMIT")

    def _run(self, statement: str) -> None:
        try:
            self._connection.execute(statement)
        except sqlite3.Error as error:
            raise StoreError(f"nothing was read: {error}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
