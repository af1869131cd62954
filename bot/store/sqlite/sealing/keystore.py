"""The file that keeps everybody's key, apart from the database and out of its copies (ADR 30).

Each key is wrapped by the operator's secret and stands under a name that tells nobody whose it is. What is written is
on the disk when the call returns; what is dropped is in the file no longer.
"""

import os
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.store.port import Unusable
from bot.store.sqlite.file.location import OWNER_ONLY, clear, give, put
from bot.store.sqlite.file.remedies import NO_DATABASE, code_of, explained
from bot.store.sqlite.sealing.cipher import Broken, Cipher, derived, digest, fresh_key

NAME = 16  # bytes of a name
INDEX = b"index"  # the name of the key from which names are made
PATIENCE = 10.0  # seconds that another process may hold the file
AT_ONCE = 500  # keys wrapped anew in one transaction

_SETTINGS = (
    "PRAGMA journal_mode = DELETE",  # a log beside it would keep dropped keys until it is worked in
    "PRAGMA synchronous = EXTRA",  # with a journal that is deleted, FULL may bring back what was before
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
)
_SCHEMA = (
    "CREATE TABLE about (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE data_key (name BLOB PRIMARY KEY NOT NULL, wrapped BLOB NOT NULL, wrapped_by TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID",
)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_DAMAGED = "it is damaged. Put back its copy, which ends in .copy; nothing was changed."
_EMPTY = "it is empty, or is no keystore. Put back its copy, which ends in .copy; nothing was changed."


class Keystore:
    """An open keystore; any thread may ask."""

    def __init__(self, connection: sqlite3.Connection, path: Path, of: str, wraps: dict[str, Cipher]) -> None:
        """Take over the connection; `wraps` are what wraps keys, by what tells them apart, the one in use first."""
        self.path = path
        self.gathers = False  # whether new keys wait for `settle`, which puts them on the disk in one go
        self._connection = connection
        self._of = of
        self._wraps = wraps
        self._lock = threading.RLock()
        self._index = self._unwrapped(INDEX)
        if connection.execute("SELECT 1 FROM about WHERE name = 'scrub'").fetchone():  # cut short
            self._scrub()

    def name(self, *told: str) -> bytes:
        """Return the name of whoever these tell: the same each time, and nothing to who has no keystore."""
        return digest(self._index, "\0".join(told).encode(), NAME)

    def stamp(self) -> tuple[int, int, int]:
        """Return what changes whenever another process wrote to the file."""
        told = os.stat(self.path)  # noqa: PTH116 - with each reply: a Path takes as long again
        return told.st_mtime_ns, told.st_size, told.st_ino

    def key(self, name: bytes) -> bytes | None:
        """Return the key under a name; None when there is none, or none any more."""
        with self._lock:
            found = self._found(name)
        return None if found is None else self._opened(name, *found)

    def made(self, name: bytes) -> bytes:
        """Return the key under a name, made when there was none: on the disk, or once the keys gathered are settled."""
        with self._lock:
            if self.gathers and not self._connection.in_transaction:
                self._connection.execute("BEGIN IMMEDIATE")
            wrapped_by, wrap = next(iter(self._wraps.items()))
            wrapped = wrap.seal(fresh_key(), self._about(name))
            self._connection.execute(
                "INSERT INTO data_key (name, wrapped, wrapped_by) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [name, wrapped, wrapped_by],
            )
            found = self._found(name)
        assert found is not None, "it was just written"
        return self._opened(name, *found)

    def settle(self) -> None:
        """Put on the disk what was gathered; raises sqlite3.Error, and then none of it is kept."""
        with self._lock:
            if self._connection.in_transaction:
                try:
                    self._connection.execute("COMMIT")
                except BaseException:
                    self._connection.rollback()
                    raise

    def drop(self, names: Iterable[bytes]) -> bool:
        """Destroy keys: none of their bytes stays in the file; return whether there was one."""
        with self._lock:
            self.settle()
            held = [[name] for name in names if self._found(name)]
            if not held:
                return False
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.executemany("DELETE FROM data_key WHERE name = ?", held)
                self._connection.execute("INSERT OR REPLACE INTO about VALUES ('scrub', 'owed')")
            except BaseException:
                self._connection.rollback()
                raise
            self.settle()
            self._scrub()
            return True

    def _scrub(self) -> None:
        """Write the file anew: when rows moved between pages, copies stayed in the unused part of a page."""
        self._connection.execute("VACUUM")
        self._connection.execute("DELETE FROM about WHERE name = 'scrub'")

    def rotate(self, progress: Callable[[int, int], None]) -> int:
        """Wrap every key by the secret in use; return how many were not.

        Cut short at any moment, what is done is done and the rest opens by the older secret: it can be run again.
        """
        newest = next(iter(self._wraps))
        done = 0
        while True:
            with self._lock:
                rest, step = self._rewrap(newest)
            done += step
            if step:
                progress(done, done + rest)
            if not rest:
                break
        with self._lock:
            self._scrub()
        return done

    def _rewrap(self, newest: str) -> tuple[int, int]:
        """Wrap some keys anew; return how many are left, and how many were done."""
        ask = self._connection.execute
        ask("BEGIN IMMEDIATE")
        try:
            found = ask(
                "SELECT name, wrapped, wrapped_by FROM data_key WHERE wrapped_by <> ? LIMIT ?", [newest, AT_ONCE]
            ).fetchall()
            for name, wrapped, by in found:
                fresh = self._wraps[newest].seal(self._opened(name, wrapped, by), self._about(name))
                ask("UPDATE data_key SET wrapped = ?, wrapped_by = ? WHERE name = ?", [fresh, newest, name])
            (left,) = ask("SELECT count(*) FROM data_key WHERE wrapped_by <> ?", [newest]).fetchone()
            ask("COMMIT")
        except BaseException:
            ask("ROLLBACK")
            raise
        return left, len(found)

    def copy(self, place: Path) -> None:
        """Put a whole copy in the place of the one before; raises sqlite3.Error, OSError."""
        partial = place.with_name(f"{place.name}.partial")
        clear(partial)
        try:
            os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
            give(partial, self.path)
            with closing(_connected(self.path)) as connection:  # beside whatever is being gathered
                connection.execute("VACUUM INTO ?", [str(partial)])
            put(partial, place)
        finally:
            clear(partial)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock, suppress(sqlite3.ProgrammingError):  # it was closed before
            self.settle()
            self._connection.close()

    def _found(self, name: bytes) -> tuple[bytes, str] | None:
        found: tuple[bytes, str] | None = self._connection.execute(
            "SELECT wrapped, wrapped_by FROM data_key WHERE name = ?", [name]
        ).fetchone()
        return found

    def _unwrapped(self, name: bytes) -> bytes:
        found = self._found(name)
        if found is None:
            raise Unusable(f"{self.path} cannot be used: {_EMPTY}")
        return self._opened(name, *found)

    def _opened(self, name: bytes, wrapped: bytes, wrapped_by: str) -> bytes:
        try:
            return self._wraps[wrapped_by].open(wrapped, self._about(name))
        except (Broken, KeyError):
            raise Unusable(f"{self.path} cannot be used: {_DAMAGED}") from None

    def _about(self, name: bytes) -> bytes:
        """Return what a key is bound to: moved below another name, or into another keystore, it does not open."""
        return self._of.encode() + b"\0" + name


def make_keystore(path: Path, of: str, secrets: Sequence[str]) -> None:
    """Make the keystore of a new database, whole and on the disk, or not at all; raises Unusable, sqlite3.Error."""
    if path.exists() and _holds_keys(path):
        raise Unusable(
            f"{path} cannot be used: it keeps the keys of another database. Put that database back, or move the "
            "keystore aside; nothing was changed."
        )
    made = path.with_name(f"{path.name}.new")
    clear(made)
    os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
    give(made, path.parent)
    with closing(_connected(made)) as connection:
        wrapped_by, wrap = _wrap(secrets[0], of)
        connection.execute("BEGIN IMMEDIATE")
        for statement in _SCHEMA:
            connection.execute(statement)
        connection.execute("INSERT INTO about VALUES ('of', ?)", [of])
        connection.execute(
            "INSERT INTO data_key VALUES (?, ?, ?)",
            [INDEX, wrap.seal(fresh_key(), of.encode() + b"\0" + INDEX), wrapped_by],
        )
        connection.execute("COMMIT")
    put(made, path)


def open_keystore(path: Path, of: str, secrets: Sequence[str]) -> Keystore:
    """Return the keystore of a database; raises Unusable, with what to do, and then nothing was changed."""
    with explained(path), _damage_told(path):
        _refuse(path)
        connection = _connected(path)
        try:
            return _opened(connection, path, of, secrets)
        except BaseException:
            connection.close()
            raise


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        if code_of(error) in (*NO_DATABASE, sqlite3.SQLITE_ERROR):
            raise Unusable(f"{path} cannot be used: {_DAMAGED}") from error
        raise


def _opened(connection: sqlite3.Connection, path: Path, of: str, secrets: Sequence[str]) -> Keystore:
    if [row[0] for row in connection.execute("PRAGMA quick_check(1)")] != ["ok"]:
        raise Unusable(f"{path} cannot be used: {_DAMAGED}")
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'data_key'").fetchone():
        raise Unusable(f"{path} cannot be used: {_EMPTY}")
    ((told,),) = connection.execute("SELECT value FROM about WHERE name = 'of'").fetchall() or [("",)]
    if told != of:
        raise Unusable(
            f"{path} cannot be used: it keeps the keys of another database. Put the right one there, or name it in "
            "PITSTOP_KEYSTORE; nothing was changed."
        )
    wraps = dict(_wrap(secret, of) for secret in secrets)
    used = {row[0] for row in connection.execute("SELECT DISTINCT wrapped_by FROM data_key")}
    if not used <= wraps.keys():
        raise Unusable(
            f"{path} cannot be opened by PITSTOP_SECRET_KEY: another key wrapped it. Set that one, or both with a "
            "comma between, the new one first; nothing was changed."
        )
    return Keystore(connection, path, of, wraps)


def _wrap(secret: str, of: str) -> tuple[str, Cipher]:
    """Return what wraps keys by a secret, with what tells it from others and tells nothing else."""
    key = derived(secret, of.encode())
    return digest(key, b"which", 8).hex(), Cipher(key)


def _refuse(path: Path) -> None:
    if not path.exists():
        raise Unusable(
            f"{path} is missing: without it nobody's words can be read. Put it back, or its copy, which ends in .copy; "
            "nothing was changed."
        )
    if not path.stat().st_size:
        raise Unusable(f"{path} cannot be used: {_EMPTY}")
    if stat.S_IMODE(path.stat().st_mode) & _OTHERS:
        raise Unusable(f"{path} cannot be used: others can read it. `chmod 600 {path}`, and start again.")


def _holds_keys(path: Path) -> bool:
    """Return whether there is anything in a keystore that somebody may need; what was cut short holds nothing."""
    with suppress(sqlite3.DatabaseError), closing(_connected(path)) as connection:
        if connection.execute("SELECT 1 FROM data_key WHERE name <> ? LIMIT 1", [INDEX]).fetchone():
            return True
    return False


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        for setting in _SETTINGS:
            connection.execute(setting)
    except BaseException:
        connection.close()
        raise
    return connection
