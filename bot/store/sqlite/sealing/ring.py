"""The keys that a process has in hand: what seals a text to its people and its place, and opens it there alone.

1. A text belongs to people (the one whose it is, or two: a coach's word to a member), each with a key of their own.
2. It is bound to its workspace, its people, table, row, column and edition: moved elsewhere it does not open.
3. Without the key of any of its people it cannot be opened by anybody, and reads as nothing (ADR 30).
"""

import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from bot.store.port import StoreError
from bot.store.sqlite.sealing.cipher import Broken, Cipher, of_both
from bot.store.sqlite.sealing.keystore import Keystore

IN_HAND = 5_000  # people, or pairs of them, whose keys are kept in memory
MEMBER, LANE, PLACE = "member", "lane", "workspace"  # whose key: under our id, under the platform's, of nobody alone

SEPARATOR = "\0"  # in what a text is bound to
Owners = tuple[tuple[str, str], ...]  # of a text: each a kind and an id


def ring_of(place: sqlite3.Connection | sqlite3.Row) -> "Ring":
    """Return the keys for a connection of the store, or for a row that came from one."""
    ring: Ring = place.ring  # type: ignore[union-attr]
    return ring


class Connection(sqlite3.Connection):
    """A connection to the database that knows whose keys open what it reads."""

    ring: "Ring"

    def use(self, ring: "Ring") -> None:
        """Open rows with these keys from now on."""
        self.ring = ring
        self.row_factory = ring.row


class Ring:
    """The keys of one database, for its connections and threads."""

    def __init__(self, keystore: Keystore, cipher: type[Cipher] = Cipher) -> None:
        """Take over the keystore."""
        self.keystore = keystore
        self._kind = cipher
        # With what each cipher's texts are bound to before all else.
        self._ciphers: dict[tuple[str, Owners], tuple[Cipher, bytes]] = {}
        self._making = threading.Lock()
        self._seen = keystore.stamp()
        self.row = type("Row", (sqlite3.Row,), {"__slots__": (), "ring": self})  # rows that know who opens them

    def seal(self, text: str, workspace: str, owners: Owners, where: str) -> bytes:
        """Return a text as it is stored; the keys of its people are on the disk by then. Nothing stays nothing."""
        if not text:
            return b""
        if (seen := self.keystore.stamp()) != self._seen:  # somebody may have been forgotten by another process
            self._ciphers.clear()
            self._seen = seen
        cipher, whose = self._ciphers.get((workspace, owners)) or self._made(workspace, owners)
        return cipher.seal(text.encode(), whose + where.encode())

    def open(self, sealed: bytes, workspace: str, owners: Owners, where: str) -> str | None:
        """Return a text; None when the key of one of its people is gone; raises StoreError when it is not as sealed."""
        if not sealed:
            return ""
        found = self._ciphers.get((workspace, owners)) or self._found(workspace, owners)
        if found is None:
            return None
        cipher, whose = found
        try:
            return cipher.open(sealed, whose + where.encode()).decode()
        except Broken:
            table = where.partition(SEPARATOR)[0]
            raise StoreError(f"a text of {table} is not as it was stored: see `python -m bot keys check`") from None

    def knows(self, workspace: str, owners: Owners) -> bool:
        """Return whether all these people still have a key."""
        return self._found(workspace, owners) is not None

    def name(self, workspace: str, kind: str, id: str) -> str:  # noqa: A002 - as everywhere
        """Return the name under which somebody is remembered where no id may stand."""
        return self.keystore.name(workspace, kind, id).hex()

    def settle(self) -> None:
        """Put new keys on the disk, before what is sealed by them is committed; raises sqlite3.Error."""
        try:
            self.keystore.settle()
        except BaseException:
            self.lose()
            raise

    def lose(self) -> None:
        """Have no key in hand any more."""
        with self._making:
            self._ciphers.clear()

    def forget(self, workspace: str, people: Iterable[tuple[str, str]]) -> None:
        """Destroy the keys of a person: what was sealed to them, here and in any copy, nobody ever opens again."""
        self.drop([self.keystore.name(workspace, *each) for each in people])

    def drop(self, names: Collection[bytes]) -> None:
        """Destroy the keys under these names."""
        self.keystore.drop(names)
        with self._making:
            self._ciphers.clear()
            self._seen = self.keystore.stamp()

    def _made(self, workspace: str, owners: Owners) -> tuple[Cipher, bytes]:
        with self._making, _answering():
            names = [self.keystore.name(workspace, *each) for each in owners]
            keys = [self.keystore.key(name) or self.keystore.made(name) for name in names]
            return self._kept(workspace, owners, keys)

    def _found(self, workspace: str, owners: Owners) -> tuple[Cipher, bytes] | None:
        with self._making, _answering():
            keys = [self.keystore.key(self.keystore.name(workspace, *each)) for each in owners]
            known = [key for key in keys if key is not None]
            return self._kept(workspace, owners, known) if len(known) == len(owners) else None

    def _kept(self, workspace: str, owners: Owners, keys: list[bytes]) -> tuple[Cipher, bytes]:
        if len(self._ciphers) >= IN_HAND:
            self._ciphers.clear()
        cipher = self._kind(keys[0] if len(keys) == 1 else of_both(*keys))
        people = (part for owner in owners for part in owner)
        whose = SEPARATOR.join((workspace, *people, "", "")).encode()
        self._ciphers[workspace, owners] = cipher, whose
        return cipher, whose


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"the keystore did not answer: {error}") from error
