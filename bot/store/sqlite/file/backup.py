"""Whole copies of the file, made while it is in use, and how many of them are kept."""

import fcntl
import logging
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.store.port import StoreError
from bot.store.sqlite.file.companions import pack
from bot.store.sqlite.file.location import OWNER_ONLY, OWNERS_FOLDER, clear, give, put
from bot.store.sqlite.file.remedies import DAMAGED

STEP = 512  # pages copied in one go; between two of them others get their turn
RESERVE = 64 * 1024 * 1024  # bytes that a copy leaves free: Pitstop goes on writing
PARTIAL = ".partial"  # what is not whole yet, and counts for nothing
ASIDE = (".before-", ".replaced-")  # kept once, before an upgrade and before a copy was brought back
_LISTS = "SELECT migration_set, name FROM _sqlite_migrations ORDER BY 1, 2"
LOG_PATIENCE = 100  # milliseconds that writers may be held up while the log is shortened
_CHECKED_OFTEN = 100_000  # of the engine's own steps, between two looks whether to stop

log = logging.getLogger(__name__)


def never() -> bool:
    """Say that nothing asks to stop."""
    return False


def back_up(file: Path, folder: Path, at: datetime, keep: int, *, stopped: Callable[[], bool] = never) -> Path:
    """Put a verified copy into the folder and let go of the oldest beyond `keep`; raises StoreError.

    Copies kept aside when a new version came, or when a copy was brought back, go after `keep` days.
    """
    if keep < 1:
        raise ValueError("at least one copy is kept")
    place = folder / f"{file.stem}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}{file.suffix}"
    with _explained():
        _make(folder, file)
        with _alone_in(folder):
            _clear_partial(file, folder)
            copied(file, place, stopped=stopped)
            _shorten_log(file)
            others = [copy for copy in copies_of(file, folder) if copy != place]
            _let_go([*others[keep - 1 :], *_aside(file, at - timedelta(days=keep))])
    return place


def copies_of(file: Path, folder: Path) -> list[Path]:
    """Return the copies of a file that are whole, newest first."""
    named = re.compile(rf"{re.escape(file.stem)}-\d{{8}}T\d{{6}}Z{re.escape(file.suffix)}")
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted((path for path in found if named.fullmatch(path.name)), reverse=True)


def copied(file: Path, place: Path, *, stopped: Callable[[], bool] = never) -> None:
    """Put a whole, verified copy of a database in use in a place, or nothing; raises sqlite3.Error, OSError."""
    partial = place.with_name(f"{place.name}{PARTIAL}")
    clear(partial)
    try:
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
        give(partial, file)
        with closing(_opened(file, "ro", stopped)) as source, closing(_opened(partial, "rw", stopped)) as target:
            source.execute("BEGIN")  # one moment: otherwise each write would begin the copying anew
            steps = source.execute(_LISTS).fetchall()
            _refuse_to_fill_the_disk(source, place.parent)
            _copy(source, target, stopped)
            pack(file, target)
            become_one_file(target)
        _verify(partial, steps, stopped)
        put(partial, place)
    except BaseException:
        clear(partial)
        raise


def _shorten_log(file: Path) -> None:
    """Give the disk back what a busy day made of the write-ahead log; while somebody reads, it waits for next time."""
    try:
        with closing(_opened(file, "rw", never)) as connection:
            connection.execute(f"PRAGMA busy_timeout = {LOG_PATIENCE}")
            connection.execute("PRAGMA synchronous = FULL")
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        log.warning("the log stays as long as it is: %s", error)
        return
    if busy:
        log.info("the log stays as long as it is: the file is being read")


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, stopped: Callable[[], bool]) -> None:
    def between(_status: int, _left: int, _pages: int) -> None:
        if stopped():
            raise sqlite3.OperationalError("it was stopped")

    target.execute("PRAGMA journal_mode = OFF")  # a copy that fails is thrown away
    target.execute("PRAGMA synchronous = OFF")  # it is waited for once, at the end
    source.backup(target, pages=STEP, progress=between)


def become_one_file(connection: sqlite3.Connection) -> None:
    """Work everything that stands beside a file into it; raises sqlite3.OperationalError."""
    (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    if mode != "delete":
        raise sqlite3.OperationalError(f"a log stays beside it: {mode}")


def _verify(copy: Path, steps: list[tuple[str, str]], stopped: Callable[[], bool]) -> None:
    with closing(_opened(copy, "ro", stopped)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
        if found != ["ok"] or connection.execute(_LISTS).fetchall() != steps:
            raise sqlite3.DatabaseError(DAMAGED)


def _opened(file: Path, mode: str, stopped: Callable[[], bool]) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    connection.execute("PRAGMA temp_store = MEMORY")  # words never reach a temporary file
    connection.set_progress_handler(lambda: int(stopped()), _CHECKED_OFTEN)
    return connection


def _refuse_to_fill_the_disk(source: sqlite3.Connection, folder: Path) -> None:
    (pages,), (size,) = (source.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    missing = pages * size + RESERVE - shutil.disk_usage(folder).free
    if missing > 0:
        raise sqlite3.OperationalError(f"the disk is full: {missing // 1024 // 1024 + 1} MB more must be free")


def _make(folder: Path, file: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=OWNERS_FOLDER, parents=True, exist_ok=True)
        give(folder, file)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise StoreError("no copy was made: another one is being made just now") from None
    finally:
        os.close(descriptor)


def _clear_partial(file: Path, folder: Path) -> None:
    """Remove what somebody left who was cut short; being alone in the folder, nobody is making it."""
    for path in folder.iterdir():
        if path.name.startswith(f"{file.stem}-") and path.name.endswith(PARTIAL):
            clear(path)


def _aside(file: Path, before: datetime) -> list[Path]:
    prefixes = tuple(f"{file.name}{kind}" for kind in ASIDE)
    found = [path for path in file.parent.iterdir() if path.name.startswith(prefixes)]
    return [path for path in found if path.stat().st_mtime < before.timestamp()]


def _let_go(copies: list[Path]) -> None:
    for path in copies:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("an old copy stays copy=%s: %s", path.name, error.strerror)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"no copy was made: {error.strerror}") from error
    except sqlite3.Error as error:
        raise StoreError(f"no copy was made: {error}") from error
