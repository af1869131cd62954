"""Deleted words leave the file and its log: it is written anew, once for many deletions, soon after the first."""

import logging
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from bot.store.sqlite.queries import changed, rows

SCRUB_WITHIN = 30.0  # seconds from a deletion to its scrub; what is promised is twice as long
RESTS = 4  # times as long as a scrub took, others may write before the next one
HELD_UP = 200  # milliseconds that writes are held up by a reader, at each try
MARK = "scrub"  # a mark: there may be deleted words in the file or its log

log = logging.getLogger(__name__)


def owe(connection: sqlite3.Connection) -> None:
    """Note, in the transaction that deletes, that the file is to be written anew; each time with another value."""
    changed(connection, "set_mark", name=MARK, value=uuid.uuid4().hex)


def owed(connection: sqlite3.Connection) -> str | None:
    """Return the value of the mark, or None when nothing is owed."""
    found = rows(connection, "mark", name=MARK)
    value: str | None = found[0][0] if found else None
    return value


def settle(connection: sqlite3.Connection, value: str | None) -> None:
    """Note that what was owed is done, unless somebody deleted more since the mark had this value."""
    changed(connection, "clear_mark", name=MARK, value=value)


def _knows_marks(connection: sqlite3.Connection) -> bool:
    """Return whether the file is of a version that notes what it owes."""
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'installation_mark'").fetchone() is not None


def scrub(connection: sqlite3.Connection) -> bool:
    """Write a file anew without what was deleted from it; True when a reader keeps old words in its log.

    secure_delete alone is not enough: when SQLite moves rows between pages, copies stay in the unused part of a page.
    """
    if _is_log_kept(connection):  # a VACUUM would only make it longer
        return True
    connection.execute("PRAGMA temp_store = FILE")  # a large file may not fit into memory twice
    try:
        connection.execute("VACUUM")
    finally:
        connection.execute("PRAGMA temp_store = MEMORY")
    return _is_log_kept(connection)


def _is_log_kept(connection: sqlite3.Connection) -> bool:
    """Work the log into the file and empty it; True when that could not be."""
    return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])


class Scrubs:
    """When the file is written anew. For the thread that writes, outside a transaction where nothing else is said."""

    def __init__(
        self, connection: sqlite3.Connection, *, within: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Take a connection whose file may owe a scrub since an earlier process: that one is due at once.

        `within` is how many seconds after the first deletion the file is written anew.
        """
        self._connection = connection
        self._within = within
        self._now = now
        self._patience: int = connection.execute("PRAGMA busy_timeout").fetchone()[0]
        self.due = now() if _knows_marks(connection) and owed(connection) else None  # None: no scrub is owed
        self._last: float | None = None  # when this process last owed a scrub that is not done
        self._took = 0.0
        self._rested = now()
        self._is_put_off = False

    def owe(self) -> None:
        """Inside a transaction: have the file written anew soon after its commit."""
        owe(self._connection)
        self._last = self._now()
        if self.due is None:
            self.due = self._next(self._last)

    def wait(self) -> float | None:
        """Return how many seconds are left until a scrub is due, 0 when it is; None when none is owed."""
        return None if self.due is None else max(0.0, self.due - self._now())

    def pay(self, *, patient: bool = False, is_last: bool = False) -> bool:
        """Scrub if one is owed, due or not; False when nothing was scrubbed. What fails is tried again later.

        A patient one waits for readers as long as a write waits for other processes. What was owed a moment ago is
        scrubbed once more later: who owes it may let go of words just after it. After the last one nobody will.
        """
        began = self._now()
        try:
            seen = owed(self._connection)
            if seen is None and self._last is None:  # another process was faster, or nothing was deleted after all
                self.due = None
                return False
            with nullcontext() if patient else self._hurried():
                is_kept = scrub(self._connection)
            is_over = is_last or self._last is None or self._last <= began - self._within / 2
            if is_over and not is_kept:
                settle(self._connection, seen)
        except Exception as error:
            return self._put_off(began, str(error))
        if is_kept:
            return self._put_off(began, "the file is being read")
        self._rest(began)
        self._is_put_off = False
        if is_over:
            self._last = self.due = None
        elif self._last is not None:
            self.due = self._next(self._last)
        return True

    def _next(self, since: float) -> float:
        """Return when what was owed since a moment is due: rested from the last scrub, but within the promise."""
        return max(since + self._within, min(self._rested, since + 2 * self._within - self._took))

    def _rest(self, began: float) -> None:
        ended = self._now()
        self._took = ended - began
        self._rested = ended + RESTS * self._took

    def _put_off(self, began: float, reason: str) -> bool:
        if not self._is_put_off:  # said once, however often it is tried
            log.warning("scrub put off, and tried again until it is done: %s", reason)
        self._is_put_off = True
        self._rest(began)
        now = self._now()
        self.due = min(max(now + self._within / 10, self._rested), now + self._within)
        return False

    @contextmanager
    def _hurried(self) -> Iterator[None]:
        self._connection.execute(f"PRAGMA busy_timeout = {HELD_UP}")
        try:
            yield
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {self._patience}")
