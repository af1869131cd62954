"""A database file as it lies there, read with its keys."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from bot.store.sqlite.file.location import home_of
from bot.store.sqlite.file.lock import Lock, keystore_of
from bot.store.sqlite.file.open import connect, open_store
from bot.store.sqlite.queries import rows
from bot.store.sqlite.rows import TABLES
from bot.store.sqlite.sealing.cipher import FORMAT, Broken, Cipher
from bot.store.sqlite.sealing.ring import Connection, Ring
from bot.store.sqlite.tables.inbox import opened


@contextmanager
def unlocked(file: Path, keystore: Path | None = None, secrets: Sequence[str] | None = None) -> Iterator[Connection]:
    """Open a file that another connection may be using, and its keystore."""
    with closing(connect(file, 5.0)) as connection:
        known = keystore_of(connection)
        assert known is not None
        with closing(Lock(home=home_of(file, keystore), secrets=secrets).opened(known)) as keys:
            connection.use(Ring(keys))
            yield connection


def plainly(file: Path, secrets: Sequence[str] | None = None) -> sqlite3.Connection:
    """Return a copy of a file in memory in which all that is encrypted stands as it was said."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    with unlocked(file, secrets=secrets) as connection:
        connection.backup(copy)
        _take_anything(copy)
        for table in TABLES.values():
            if table.sealed is None:
                continue
            name = "audit_named" if table.name == "audit" else table.name
            for row in connection.execute(f"SELECT * FROM {name}").fetchall():  # noqa: S608 - names of our own tables
                for column in table.sealed.columns:
                    words = table.opened(row, column, row[column], connection.ring)
                    change = f"UPDATE {table.name} SET {column} = ? WHERE seq = ?"  # noqa: S608
                    copy.execute(change, [words, row["seq"]])
        for row in rows(connection, "every_body"):
            words = opened(row, row["body"])
            for change in ("inbox SET body = ? WHERE body IS NOT NULL AND id", "inbox_body SET body = ? WHERE arrival"):
                copy.execute(f"UPDATE {change} = ?", [words, row["id"]])
    return copy


def _take_anything(copy: sqlite3.Connection) -> None:
    """Let words stand where ciphertext did, and the audit be written to."""
    for (trigger,) in copy.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        copy.execute(f"DROP TRIGGER {trigger}")
    (version,) = copy.execute("PRAGMA schema_version").fetchone()
    copy.execute("PRAGMA writable_schema = ON")
    copy.execute("UPDATE sqlite_schema SET sql = replace(sql, ' BLOB', ' ANY') WHERE type = 'table'")
    copy.execute(f"PRAGMA schema_version = {version + 1}")
    copy.execute("PRAGMA writable_schema = OFF")


class Plain(Cipher):
    """Seals nothing: for tests of what becomes of a word's bytes, which nobody could find otherwise.

    It opens what was sealed before it came.
    """

    def seal(self, plain: bytes, about: bytes) -> bytes:  # noqa: ARG002
        """Return the words as they are."""
        return FORMAT + plain

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """Return them again."""
        try:
            return super().open(sealed, about)
        except Broken:
            return sealed[1:]


open_plain = partial(open_store, cipher=Plain)
