"""From an address to a usable file: found or made, checked, brought up to date."""

import logging
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from bot.store.port import Store, Unusable
from bot.store.sqlite.erase import erase_again
from bot.store.sqlite.file.backup import copied
from bot.store.sqlite.file.begin import APPLICATION, STRANGE, begin, is_strange
from bot.store.sqlite.file.companions import begin_anew, know, lost, unpack
from bot.store.sqlite.file.erasures import Erasures
from bot.store.sqlite.file.location import hold, home_of
from bot.store.sqlite.file.lock import Lock, known_to
from bot.store.sqlite.file.migrations import SCHEMA, Steps
from bot.store.sqlite.file.remedies import DAMAGED, code_of, explained
from bot.store.sqlite.file.scrub import SCRUB_WITHIN, owe, owed, scrub, settle
from bot.store.sqlite.queries import Reading
from bot.store.sqlite.sealing.cipher import Cipher
from bot.store.sqlite.sealing.keystore import Keystore
from bot.store.sqlite.sealing.ring import MEMBER, Connection, Ring
from bot.store.sqlite.store import SqliteStore
from bot.store.sqlite.writer import Writer

PATIENCE = 10.0  # seconds
TRIES = 100  # over which patience is spread where SQLite itself does not wait
OLDEST_ENGINE = (3, 37, 0)  # STRICT tables; RETURNING is older
ADDRESSES = "sqlite:///relative.db and sqlite:////absolute.db"

_SETTINGS = (
    "PRAGMA synchronous = FULL",  # what is acknowledged survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # deleted words are overwritten
    "PRAGMA temp_store = MEMORY",  # words never reach a temporary file
)
_ROOM_TO_WRITE = "PRAGMA cache_size = -8000"  # KiB: what is due at once lies far apart, and is written once

log = logging.getLogger(__name__)


def open_store(
    address: str | Path,
    *,
    schema: Path = SCHEMA,
    patience: float = PATIENCE,
    scrub_within: float = SCRUB_WITHIN,
    checks: bool = True,
    keystore: str | Path | None = None,
    secrets: Sequence[str] | None = None,
    cipher: type[Cipher] = Cipher,
) -> Store:
    """Return the store in a file, made and brought up to date as needed; raises Unusable.

    `patience` is how many seconds a write waits for another process to finish its own; `scrub_within`, how many seconds
    after a deletion the file is written anew. With `checks` the whole file is read first, and refused when it is
    damaged: for who goes on to write for days, or to erase. Without it, a broken page that is met is a StoreError.
    The keys of people stand in the `keystore`, by default beside the file, wrapped by the first of the `secrets`;
    without any (None) by one that is made for it. The `cipher` seals: who looks for words in a file hands in another.
    """
    home = home_of(file_of(address), keystore)
    if sqlite3.sqlite_version_info < OLDEST_ENGINE:
        raise Unusable(f"SQLite {sqlite3.sqlite_version} is too old. Use a Python with SQLite 3.37 or newer.")
    with explained(home.file):
        _make_room(home.file)
        let_go = hold(home.file)
        try:
            begin(home.file)
            erasures = Erasures(home.erased)
            lock = Lock(home=home, secrets=secrets, cipher=cipher)
            writing = opened(home.file, schema=schema, patience=patience, lock=lock, checks=checks)
            try:
                unpack(writing)  # a copy that was put in its place by hand
                if not know(writing, erasures):
                    log.warning("the list of erasures is gone, or another database's: run doctor")
                again(writing, erasures)
                reading = connect(home.file, patience)
                reading.execute("PRAGMA query_only = ON")
                reading.use(writing.ring)
                writing.ring.keystore.gathers = True  # from here on the writer's thread alone makes keys
                writer = Writer(writing, scrub_within=scrub_within, first=writing.ring.settle)
                return SqliteStore(
                    Reading(reading), writer, ring=writing.ring, home=home, erasures=erasures, let_go=let_go
                )
            except BaseException:
                shut(writing)
                raise
        except BaseException:
            let_go()
            raise


def begin_list_anew(file: Path) -> bool:
    """Begin the list of erasures anew where the database's own is gone; return whether it was; raises Unusable."""
    with explained(file):
        let_go = hold(file)
        try:
            with closing(connect(file, PATIENCE)) as connection:
                is_gone = any(lost(connection, file))
                if is_gone:
                    begin_anew(connection, Erasures(home_of(file).erased))
        finally:
            let_go()
    return is_gone


def opened(
    file: Path, *, schema: Path, patience: float, lock: Lock, keep_copy: bool = True, checks: bool = True
) -> Connection:
    """Return a connection to a file that is checked, up to date and unlocked; raises Unusable, sqlite3.Error."""
    connection = connect(file, patience)
    try:
        if checks:
            _check(file, connection)
        database = Database(connection, execute_plugins=False)
        _refuse_strangers(file, database, Steps(schema, database))  # before the switch, which writes
        _use_write_ahead_log(connection, patience)
        keystore = _bring_up_to_date(file, connection, schema, lock, keep_copy=keep_copy)
        connection.execute(_ROOM_TO_WRITE)
        connection.use(Ring(keystore, lock.cipher))
    except BaseException:
        connection.close()
        raise
    return connection


def shut(connection: Connection) -> None:
    """Let go of the file and its keys."""
    connection.close()
    connection.ring.keystore.close()


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
    if file.is_dir():
        raise Unusable(f"{file} cannot be used: it is a folder. Name a file in it.")
    file.parent.mkdir(parents=True, exist_ok=True)


def connect(file: Path, patience: float) -> Connection:
    """Return a connection for one thread at a time, set for durability and secrecy."""
    connection = sqlite3.connect(
        file,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
        factory=Connection,
    )
    try:
        for setting in _SETTINGS:
            connection.execute(setting)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(file: Path, connection: sqlite3.Connection) -> None:
    found = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
    if found != ["ok"]:
        raise Unusable(f"{file} cannot be used: {DAMAGED}")


def _use_write_ahead_log(connection: sqlite3.Connection, patience: float) -> None:
    # The switch needs the file for itself and does not wait its turn: two processes may start at once.
    for left in reversed(range(TRIES)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not left or code_of(error) != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(patience / TRIES)
        else:
            return


def _bring_up_to_date(
    file: Path, connection: sqlite3.Connection, schema: Path, lock: Lock, *, keep_copy: bool
) -> Keystore:
    """Take the steps that are left, unless the keystore cannot be opened: then nothing is changed. Return it."""
    database = Database(connection, execute_plugins=False)
    steps = Steps(schema, database)
    keystore: Keystore | None = None
    connection.execute("BEGIN IMMEDIATE")  # a second process waits here, then finds nothing left to do
    try:
        _refuse_strangers(file, database, steps)
        pending, is_new = steps.pending, not steps.taken
        keystore = None if is_new else lock.opened(known_to(file, connection))
        if keep_copy and pending and steps.taken:
            copied(file, file.with_name(f"{file.name}.before-{pending[0]}"))
        steps.take()
        if keystore is None:
            keystore = lock.opened(lock.made(connection))
        # A write transaction on a read-only file begins all the same: only a write proves that it can be written.
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if keystore is not None:
            keystore.close()
        raise
    return keystore


def _refuse_strangers(file: Path, database: Database, steps: Steps) -> None:
    if steps.unknown:
        raise Unusable(
            f"{file} cannot be used: a newer Pitstop wrote it ({steps.unknown[-1]}). "
            "Install that version, or restore a backup made before it."
        )
    if is_strange(database, steps):
        raise Unusable(f"{file} cannot be used: {STRANGE}")


def again(connection: Connection, erasures: Erasures) -> int:
    """Erase whoever asked for it and is still, or again, in the file; return how many; raises StoreError.

    Their keys are destroyed with them: a process may have been killed before it did.
    """
    standing = erasures.standing()
    if not standing or not _still_here(connection, standing):
        return 0
    connection.execute("BEGIN IMMEDIATE")
    try:
        standing = erasures.standing()
        here = _still_here(connection, standing)
        gone = [member for workspace, member, at in here if erase_again(connection, workspace, member, at)]
        owe(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    seen = owed(connection)
    if not scrub(connection):
        settle(connection, seen)
    for member in gone:
        log.info("erased again member=%s", member)
    return len(gone)


def _still_here(connection: Connection, standing: Mapping[str, datetime]) -> list[tuple[str, str, datetime]]:
    """Return, by workspace and id, who is in the file of those on the list, and since when they are to be gone."""
    found = connection.execute("SELECT workspace, id FROM member").fetchall()
    named = {connection.ring.name(workspace, MEMBER, member): (workspace, member) for workspace, member in found}
    return [(*named[name], at) for name, at in standing.items() if name in named]
