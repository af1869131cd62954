"""What opens a file: its keystore, and what that is wrapped by."""

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.store.port import Unusable
from bot.store.sqlite.file.location import Location
from bot.store.sqlite.file.remedies import explained
from bot.store.sqlite.sealing.cipher import Cipher
from bot.store.sqlite.sealing.keystore import Keystore, make_keystore, open_keystore
from bot.store.sqlite.sealing.secret import secrets_for

KEYSTORE = "keystore"  # a mark: by what the file and its keystore know each other
BEFORE_KEYS = (
    "an earlier version made it, before words were encrypted. Install that version to read it, or point "
    "PITSTOP_DATABASE_URL at another file."
)


@dataclass(frozen=True, kw_only=True)
class Lock:
    """Where the keys of a file are, and what they are wrapped by."""

    home: Location
    secrets: Sequence[str] | None = None  # None: one of its own
    cipher: type[Cipher] = Cipher

    def made(self, connection: sqlite3.Connection) -> str:
        """Make the keystore of a new file, inside the transaction that makes it; return by what they know each other.

        Raises Unusable.
        """
        known = os.urandom(8).hex()
        with explained(self.home.keys):
            self.home.keys.parent.mkdir(parents=True, exist_ok=True)
            make_keystore(self.home.keys, known, secrets_for(self.secrets, self.home.secret))
        connection.execute("INSERT INTO installation_mark VALUES (?, ?)", [KEYSTORE, known])
        return known

    def opened(self, known: str) -> Keystore:
        """Return the keystore of a file; raises Unusable."""
        return open_keystore(self.home.keys, known, secrets_for(self.secrets, self.home.secret))


def keystore_of(connection: sqlite3.Connection) -> str | None:
    """Return by what a file knows its keystore; None for one from before words were encrypted."""
    try:
        found = connection.execute("SELECT value FROM installation_mark WHERE name = ?", [KEYSTORE]).fetchone()
    except sqlite3.OperationalError:  # there is no such table
        return None
    return None if found is None else str(found[0])


def known_to(file: Path, connection: sqlite3.Connection) -> str:
    """Return the same; raises Unusable for one from before words were encrypted."""
    known = keystore_of(connection)
    if known is None:
        raise Unusable(f"{file} cannot be used: {BEFORE_KEYS}")
    return known
