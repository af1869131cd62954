"""What stands beside a database under its name and must not get lost: packed into each copy, missed where it is gone.

1. Each companion has an identity, noted in the database by the first start that finds none there (`know`).
2. A copy carries the companions that travel, in a table that only copies have (`pack`, `packed`, `unpack`).
3. A database and its companions belong together when the identities are the same (`lost`).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.store.sqlite.file.erasures import Erasures

PREFIX = "companion"  # of the mark that notes an identity
_MADE = "CREATE TABLE IF NOT EXISTS travelling (suffix TEXT PRIMARY KEY, content BLOB NOT NULL)"
_HAS_MARKS = "SELECT 1 FROM sqlite_schema WHERE name = 'installation_mark'"


@dataclass(frozen=True, kw_only=True)
class Companion:
    """One file beside the database."""

    suffix: str  # after the database's name
    holds: str  # what it is, as an operator reads it
    travels: bool  # whether each copy carries it

    def beside(self, file: Path) -> Path:
        """Return where it stands, for a database."""
        return file.with_name(f"{file.name}{self.suffix}")

    @property
    def mark(self) -> str:
        """Return the mark under which the database knows it."""
        return f"{PREFIX}{self.suffix}"


ERASED = Companion(suffix=".erased", holds="the list of who was erased", travels=True)
COMPANIONS = (ERASED,)


def known(connection: sqlite3.Connection, companion: Companion) -> str | None:
    """Return the identity that a database knows of a companion; None when it knows none."""
    if connection.execute(_HAS_MARKS).fetchone() is None:
        return None
    asked = "SELECT value FROM installation_mark WHERE name = ?"
    found = connection.execute(asked, [companion.mark]).fetchone()
    return found[0] if found else None


def note(connection: sqlite3.Connection, companion: Companion, identity: str) -> None:
    """Note in a database which companion belongs to it."""
    connection.execute("INSERT OR REPLACE INTO installation_mark VALUES (?, ?)", [companion.mark, identity])


def know(connection: sqlite3.Connection, erasures: Erasures) -> bool:
    """Begin the list of erasures of a database that has none yet; False where the one it had is gone.

    Raises StoreError where the list can be neither read nor made.
    """
    if connection.execute(_HAS_MARKS).fetchone() is None:
        return True
    connection.execute("BEGIN IMMEDIATE")  # two processes may start at once
    try:
        identity = known(connection, ERASED)
        if identity is None:
            note(connection, ERASED, erasures.identity() or erasures.begin())
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return identity is None or erasures.identity() == identity


def begin_anew(connection: sqlite3.Connection, erasures: Erasures) -> None:
    """Begin a list of erasures anew beside a database whose own is gone; raises StoreError."""
    note(connection, ERASED, erasures.begin())


def lost(connection: sqlite3.Connection, file: Path) -> Iterator[Companion]:
    """Yield the companions that a database knows and that do not stand beside the file; raises StoreError."""
    identity = known(connection, ERASED)
    if identity is not None and Erasures(ERASED.beside(file)).identity() != identity:
        yield ERASED


def pack(file: Path, copy: sqlite3.Connection) -> None:
    """Put what travels with a file into a copy of it; raises OSError, sqlite3.Error."""
    there = [each for each in COMPANIONS if each.travels and each.beside(file).exists()]
    if there:
        copy.execute(_MADE)
    for each in there:
        content = each.beside(file).read_bytes()
        copy.execute("INSERT OR REPLACE INTO travelling VALUES (?, ?)", [each.suffix, content])


def packed(copy: Path, companion: Companion) -> bytes | None:
    """Return a companion as a copy carries it; None when it carries none, or cannot be read."""
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute("SELECT content FROM travelling WHERE suffix = ?", [companion.suffix]).fetchone()
    except sqlite3.DatabaseError:
        return None
    return bytes(found[0]) if found else None


def unpack(connection: sqlite3.Connection) -> None:
    """Take out of a copy what only copies carry."""
    connection.execute("DROP TABLE IF EXISTS travelling")
