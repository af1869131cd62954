"""The one thread that writes, many writes in one durable commit."""

import asyncio
import logging
import os
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from bot.store.port import StoreError
from bot.store.sqlite.file.remedies import told
from bot.store.sqlite.file.scrub import SCRUB_WITHIN, Scrubs, owe

GROUP = 256  # the most writes in one commit: bounds what one failing commit can take with it
LONG = 400  # rows changed, about 800 pages of the log: it is worked into the file as soon as nobody writes
QUIET = 0.001  # seconds without a write; at 250 replies a second there are none of five milliseconds
LONGEST = 8_000  # pages (32 MB) of a log that is worked into the file whoever waits, inside a commit
TOGETHER = ("", "-wal", "-shm")  # what is written to, whatever stands at these paths by now

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, eq=False)
class _Ticket:
    work: Callable[[sqlite3.Connection], Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    erases: bool

    def resolve(self, outcome: object) -> None:
        if self.future.done():  # its awaiter was cancelled
            return
        if isinstance(outcome, Exception):
            self.future.set_exception(outcome)
        else:
            self.future.set_result(outcome)


_Answer = tuple[_Ticket, object]


class Writer:
    """Runs writes in the order given, each whole or not at all, and answers once they are on the disk."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        longest: int = LONGEST,
        scrub_within: float = SCRUB_WITHIN,
        first: Callable[[], None] = lambda: None,
    ) -> None:
        """Take over a connection in autocommit mode, and start the thread; its log grows to `longest` pages.

        `scrub_within` is how many seconds after a deletion the file is written anew, at the latest; `first` is done
        before each commit, which fails with it.
        """
        self._first_of_all = first
        self._connection = connection
        self._queue: SimpleQueue[_Ticket | None] = SimpleQueue()
        self._closed = False
        self._closing = threading.Lock()
        self._scrubs = Scrubs(connection, within=scrub_within)
        self._in_log = 0  # rows changed since the log was worked into the file
        connection.execute(f"PRAGMA wal_autocheckpoint = {longest}")
        self._file: str = connection.execute("PRAGMA database_list").fetchone()[2]
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()  # from here on all of TOGETHER is open
        self._paths = [f"{self._file}{side}" for side in TOGETHER]
        self._opened = [_identity(path) for path in self._paths]
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def write(self, work: Callable[[sqlite3.Connection], T], *, erases: bool = False) -> asyncio.Future[T]:
        """Run `work` inside a transaction; the result comes after the commit.

        With `erases` the file is written anew before the answer: no deleted word stays in it or its log.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        with self._closing:
            if self._closed:
                raise StoreError("the store is closed")
            self._queue.put(_Ticket(work=work, future=future, loop=loop, erases=erases))
        return future

    def owe_scrub(self) -> None:
        """Inside a write: have the file written anew soon after it, by this thread, or by who opens the file next.

        No word that was deleted by then stays in the file or its log. One scrub does for many deletions.
        """
        self._scrubs.owe()

    async def close(self) -> None:
        """Finish what was accepted, try once to scrub what is owed, then let go of the connection."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        while group := self._next_group():
            answers = list(zip(group, self._commit(group), strict=True))
            erased = [answer for answer in answers if answer[0].erases]
            _answer([answer for answer in answers if not answer[0].erases])
            if erased:
                self._scrubs.pay(patient=True)
            _answer(erased)
        if self._scrubs.due is not None:
            self._scrubs.pay(is_last=True)
        with suppress(sqlite3.Error):  # nothing waits to be written
            self._connection.close()

    def _next_group(self) -> list[_Ticket]:
        first = self._first()
        if first is None:
            return []
        group = [first]
        while len(group) < GROUP:
            try:
                ticket = self._queue.get_nowait()
            except Empty:
                break
            if ticket is None:
                self._queue.put(None)  # nothing can come after it: the writer is closed
                break
            group.append(ticket)
        return group

    def _first(self) -> _Ticket | None:
        """Wait for a write, and meanwhile do what is due; under a load that never ends, do it before."""
        while True:
            if self._scrubs.due is not None and self._scrubs.wait() == 0:
                self._scrubs.pay()
            is_long = self._in_log >= LONG
            until_scrub = None if self._scrubs.due is None else self._scrubs.wait()
            try:
                return self._queue.get(timeout=QUIET if is_long else until_scrub)
            except Empty:
                if is_long:
                    self._work_in()

    def _work_in(self) -> None:
        """Work the log into the file now, so that no commit has to: SQLite would do it in the midst of a rush."""
        self._in_log = 0
        try:
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except Exception as error:  # what was committed is as safe in the log
            log.warning("the log stays as long as it is: %s", error)

    def _commit(self, group: list[_Ticket]) -> list[object]:
        self._roll_back()  # what could not be rolled back before
        try:
            before = self._connection.total_changes
            self._connection.execute("BEGIN IMMEDIATE")
            alone = len(group) == 1
            outcomes = [self._attempt_alone(group[0])] if alone else [self._attempt(ticket) for ticket in group]
            self._first_of_all()
            if not self._connection.in_transaction:  # the only one was undone
                return outcomes
            self._refuse_strangers()
            self._connection.execute("COMMIT")
            self._in_log += self._connection.total_changes - before
        except BaseException as error:  # whatever it was: the next group is waiting
            if not isinstance(error, sqlite3.Error):
                log.exception("a group of writes failed writes=%d", len(group))
            self._roll_back()
            return [StoreError(f"nothing was written: {told(error)}") for _ in group]
        return outcomes

    def _roll_back(self) -> None:
        try:
            if self._connection.in_transaction:  # often gone already
                self._connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            log.warning("rollback put off until the next write: %s", error)

    def _refuse_strangers(self) -> None:
        """Answer for nothing that goes into a file which nobody will ever open again."""
        if [_identity(path) for path in self._paths] != self._opened:
            raise sqlite3.OperationalError(f"{self._file} was moved, deleted or replaced. Put it back, or restart")

    def _attempt_alone(self, ticket: _Ticket) -> object:
        """Run the only write of a group: what undoes it is the transaction itself."""
        try:
            return self._worked(ticket)
        except BaseException as error:  # this thread must outlive it
            if not self._connection.in_transaction:  # a full disk rolls back everything
                raise sqlite3.OperationalError(str(error)) from error
            self._connection.execute("ROLLBACK")
            return _for_caller(error)

    def _worked(self, ticket: _Ticket) -> object:
        outcome: object = ticket.work(self._connection)
        if ticket.erases:
            owe(self._connection)
        return outcome

    def _attempt(self, ticket: _Ticket) -> object:
        """Run one write of several, undone alone when it fails."""
        self._connection.execute("SAVEPOINT job")
        try:
            outcome = self._worked(ticket)
        except BaseException as error:  # this thread must outlive it
            if not self._connection.in_transaction:  # a full disk rolls back everything
                raise sqlite3.OperationalError(str(error)) from error
            self._connection.execute("ROLLBACK TO job")
            self._connection.execute("RELEASE job")
            return _for_caller(error)
        self._connection.execute("RELEASE job")
        return outcome


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - thrice a commit: a Path takes as long again as the call itself
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _for_caller(error: BaseException) -> Exception:
    if isinstance(error, sqlite3.Error):
        return StoreError(f"nothing was written: {told(error)}")
    if isinstance(error, StopIteration) or not isinstance(error, Exception):  # no future can carry it
        return StoreError(f"nothing was written: {error!r}")
    return error


def _answer(answers: list[_Answer]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[_Answer]] = defaultdict(list)
    for ticket, outcome in answers:
        by_loop[ticket.loop].append((ticket, outcome))
    for loop, theirs in by_loop.items():
        with suppress(RuntimeError):  # a loop that has closed waits for no answer
            loop.call_soon_threadsafe(_resolve, theirs)


def _resolve(answers: list[_Answer]) -> None:
    for ticket, outcome in answers:
        ticket.resolve(outcome)
