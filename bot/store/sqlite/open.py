"""From an address to a usable file: found or made, checked, brought up to date."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from bot.store.port import Store, Unusable
from bot.store.sqlite.migrations import SCHEMA, Steps
from bot.store.sqlite.queries import Reading
from bot.store.sqlite.store import SqliteStore
from bot.store.sqlite.writer import Writer

PATIENCE = 10.0  # seconds
TRIES = 100  # over which patience is spread where SQLite itself does not wait
APPLICATION = 0x50495453  # "PITS", for tools that tell files apart
OLDEST_ENGINE = (3, 37, 0)  # STRICT tables; RETURNING is older
ADDRESSES = "sqlite:///relative.db and sqlite:////absolute.db"

_SETTINGS = (
    "PRAGMA synchronous = FULL",  # what is acknowledged survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # deleted words are overwritten
    "PRAGMA temp_store = MEMORY",  # words never reach a temporary file
)
NOT_WRITABLE = "it cannot be written. Give Pitstop's user the right to write the file and its folder."
_REMEDIES = {
    sqlite3.SQLITE_NOTADB: "it is not a database. Point PITSTOP_DATABASE_URL at another file.",
    sqlite3.SQLITE_CORRUPT: "it is damaged. Stop Pitstop, keep a copy of the file, and restore a backup.",
    sqlite3.SQLITE_READONLY: NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: NOT_WRITABLE,
    sqlite3.SQLITE_PERM: NOT_WRITABLE,
    sqlite3.SQLITE_BUSY: "another program holds it. Stop that program and start again.",
    sqlite3.SQLITE_FULL: "the disk is full. Make room and start again.",
}


def open_store(address: str | Path, *, schema: Path = SCHEMA, patience: float = PATIENCE) -> Store:
    """Return the store in a file, made and brought up to date as needed; raises Unusable.

    `patience` is how many seconds a write waits for another process to finish its own.
    """
    file = file_of(address)
    if sqlite3.sqlite_version_info < OLDEST_ENGINE:
        raise Unusable(f"SQLite {sqlite3.sqlite_version} is too old. Use a Python with SQLite 3.37 or newer.")
    _make_room(file)
    with _explained(file):
        writing = _connect(file, patience)
        try:
            _check(file, writing)
            _use_write_ahead_log(writing, patience)
            _bring_up_to_date(file, writing, schema)
            reading = _connect(file, patience)
            reading.execute("PRAGMA query_only = ON")
        except BaseException:
            writing.close()
            raise
    writing.row_factory = reading.row_factory = sqlite3.Row
    return SqliteStore(Reading(reading), Writer(writing))


def file_of(address: str | Path) -> Path:
    """Return the file an address means; raises Unusable."""
    if isinstance(address, Path):
        return address
    path = address.removeprefix("sqlite:///")
    if path == address and (":/" in address or address.startswith("sqlite:")):
        # Only the scheme is repeated: the rest of a server's address can hold a password.
        raise Unusable(f"The address {address.partition(':')[0]}:… is not supported. Supported are {ADDRESSES}.")
    if path in ("", ":memory:"):
        raise Unusable(f"The store needs a file. Supported are {ADDRESSES}.")
    return Path(path)


def _make_room(file: Path) -> None:
    try:
        if file.is_dir():
            raise Unusable(f"{file} cannot be used: it is a folder. Name a file in it.")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)  # other users of the machine read no words
    except OSError as error:
        raise Unusable(f"{file} cannot be used ({error.strerror}): {NOT_WRITABLE}") from error


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        raise Unusable(f"{file} cannot be used: {_REMEDIES.get(code, str(error))}") from error


def _connect(file: Path, patience: float) -> sqlite3.Connection:
    # Opened here, used by the writer's thread or the event loop's: each connection by one thread only.
    connection = sqlite3.connect(
        file, timeout=patience, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    for setting in _SETTINGS:
        connection.execute(setting)
    return connection


def _check(file: Path, connection: sqlite3.Connection) -> None:
    found = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
    if found != ["ok"]:
        raise Unusable(f"{file} cannot be used: {_REMEDIES[sqlite3.SQLITE_CORRUPT]}")


def _use_write_ahead_log(connection: sqlite3.Connection, patience: float) -> None:
    # The switch needs the file for itself and does not wait its turn: two processes may start at once.
    for left in reversed(range(TRIES)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not left or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(patience / TRIES)
        else:
            return


def _bring_up_to_date(file: Path, connection: sqlite3.Connection, schema: Path) -> None:
    database = Database(connection, execute_plugins=False)
    steps = Steps(schema, database)
    connection.execute("BEGIN IMMEDIATE")  # a second process waits here, then finds nothing left to do
    try:
        _refuse_strangers(file, database, steps)
        pending = steps.pending
        if pending and steps.taken:
            _keep_copy(file, f"{file.name}.before-{pending[0]}")
        steps.take()
        # A write transaction on a read-only file begins all the same: only a write proves that it can be written.
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _refuse_strangers(file: Path, database: Database, steps: Steps) -> None:
    if steps.unknown:
        raise Unusable(
            f"{file} cannot be used: a newer Pitstop wrote it ({steps.unknown[-1]}). "
            "Install that version, or restore a backup made before it."
        )
    if database.table_names() and not steps.taken:
        raise Unusable(
            f"{file} cannot be used: it holds another program's data. Point PITSTOP_DATABASE_URL at another file."
        )


def _keep_copy(file: Path, name: str) -> None:
    copy = file.with_name(name)
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
