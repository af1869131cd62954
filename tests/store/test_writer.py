"""The writer answers after the commit, and one bad write harms no other."""

import asyncio
import math
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.port import Store, StoreError
from bot.store.sqlite import open_store
from bot.store.sqlite.writer import GROUP, LONG, QUIET, Writer
from tests.store.scene import a_workspace
from tests.waiting import IN_THE_END, a_while, turns, until

PAGE = 4096 + 24  # bytes of the log


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    file = tmp_path / "shelf.db"
    connection = sqlite3.connect(file)
    connection.executescript(
        "PRAGMA journal_mode = WAL; CREATE TABLE shelf (id PRIMARY KEY);"
        "CREATE TABLE book (shelf REFERENCES shelf DEFERRABLE INITIALLY DEFERRED);"
        "CREATE TABLE mark (name PRIMARY KEY, value);"
    )
    connection.close()
    return file


@pytest.fixture
async def writer(shelf: Path) -> AsyncIterator[Writer]:
    connection = sqlite3.connect(shelf, isolation_level=None, check_same_thread=False, timeout=IN_THE_END)
    connection.execute("PRAGMA foreign_keys = ON")
    writer = Writer(connection)
    yield writer
    await writer.close()


def put(number: int | str) -> Callable[[sqlite3.Connection], int]:
    return lambda connection: connection.execute("INSERT INTO shelf VALUES (?)", [number]).rowcount


def on(shelf: Path) -> list[int]:
    connection = sqlite3.connect(shelf)
    found = [row[0] for row in connection.execute("SELECT id FROM shelf ORDER BY id")]
    connection.close()
    return found


def log_size(shelf: Path) -> int:
    return Path(f"{shelf}-wal").stat().st_size


def commits(shelf: Path) -> int:
    """Return how often the file's write-ahead log was committed to."""
    log = Path(f"{shelf}-wal").read_bytes()[32:]
    return sum(int.from_bytes(log[start + 4 : start + 8]) != 0 for start in range(0, len(log), PAGE))


async def test_the_answer_comes_after_the_commit(writer: Writer, shelf: Path) -> None:
    write = asyncio.ensure_future(writer.write(put(1)))
    seen: list[list[int]] = []
    write.add_done_callback(lambda _: seen.append(on(shelf)))
    await write
    await turns()
    assert seen == [[1]]


async def test_nothing_is_answered_while_another_holds_the_file(writer: Writer, shelf: Path) -> None:
    other = sqlite3.connect(shelf, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    write = asyncio.ensure_future(writer.write(put(1)))
    await a_while(0.05)
    assert not write.done()
    other.execute("COMMIT")
    other.close()
    assert await write == 1


async def test_a_file_held_too_long_is_said(shelf: Path) -> None:
    writer = Writer(sqlite3.connect(shelf, isolation_level=None, check_same_thread=False, timeout=0.05))
    other = sqlite3.connect(shelf, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"):
        await writer.write(put(1))
    other.close()
    await writer.write(lambda connection: connection.execute(f"PRAGMA busy_timeout = {1_000 * IN_THE_END:.0f}"))
    assert await writer.write(put(2)) == 1
    assert on(shelf) == [2]
    await writer.close()


async def test_many_writes_share_few_commits(writer: Writer, shelf: Path) -> None:
    await together(writer, *(put(number) for number in range(1, 600)))
    assert on(shelf) == list(range(600))
    assert commits(shelf) == 1 + math.ceil(599 / GROUP)


async def test_a_failing_write_rolls_back_only_itself(writer: Writer, shelf: Path) -> None:
    def half(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO shelf VALUES (99)")
        raise LookupError("changed my mind")

    outcomes = await asyncio.gather(
        writer.write(put(1)), writer.write(half), writer.write(put(2)), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [int, LookupError, int]
    assert on(shelf) == [1, 2]


async def test_an_engine_error_is_a_store_error(writer: Writer) -> None:
    with pytest.raises(StoreError, match="no such table"):
        await writer.write(lambda connection: connection.execute("INSERT INTO attic VALUES (1)"))


async def together(writer: Writer, *writes: Callable[[sqlite3.Connection], object]) -> list[object]:
    """Let several writes fall into one commit, or as few as can be, by holding the one before them back."""
    is_reached, free = threading.Event(), threading.Event()

    def hold(connection: sqlite3.Connection) -> int:
        is_reached.set()
        assert free.wait(IN_THE_END)
        return put(0)(connection)

    first = writer.write(hold)
    assert await asyncio.to_thread(is_reached.wait, IN_THE_END)
    rest = [writer.write(write) for write in writes]
    free.set()
    await first
    return await asyncio.gather(*rest, return_exceptions=True)


async def test_a_failing_commit_fails_every_write_of_its_group(writer: Writer, shelf: Path) -> None:
    def orphan(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO book VALUES (404)")

    outcomes = await together(writer, put(1), orphan, put(2))
    assert [type(outcome) for outcome in outcomes] == [StoreError] * 3
    assert on(shelf) == [0]
    assert await writer.write(put(3)) == 1


async def test_a_write_that_ends_the_transaction_fails_its_group(writer: Writer, shelf: Path) -> None:
    def full_disk(connection: sqlite3.Connection) -> None:
        connection.execute("ROLLBACK")  # what SQLite itself does when the disk is full
        raise sqlite3.OperationalError("database or disk is full")

    outcomes = await together(writer, put(1), full_disk)
    assert [str(outcome) for outcome in outcomes] == ["nothing was written: database or disk is full"] * 2
    assert on(shelf) == [0]


async def test_a_cancelled_caller_stops_nobody(writer: Writer, shelf: Path) -> None:
    gone = asyncio.ensure_future(writer.write(put(1)))
    await turns()
    gone.cancel()
    assert await writer.write(put(2)) == 1
    assert on(shelf) == [1, 2]


def in_the_file_itself(shelf: Path) -> int:
    """Return how much stands in the file when its log is left out of account; 0 in the midst of working it in."""
    with closing(sqlite3.connect(f"{shelf.as_uri()}?immutable=1", uri=True)) as connection:
        try:
            count: int = connection.execute("SELECT count(*) FROM shelf").fetchone()[0]
        except sqlite3.DatabaseError:
            return 0
    return count


async def worked_in(shelf: Path, count: int) -> None:
    await until(lambda: in_the_file_itself(shelf) >= count)


def fill(first: int, count: int) -> Callable[[sqlite3.Connection], int]:
    numbers = [[number] for number in range(first, first + count)]
    return lambda connection: connection.executemany("INSERT INTO shelf VALUES (?)", numbers).rowcount


async def test_a_long_log_is_worked_into_the_file_once_nobody_writes(writer: Writer, shelf: Path) -> None:
    await writer.write(fill(0, LONG - 1))
    await a_while(4 * QUIET)
    assert in_the_file_itself(shelf) == 0, "not for so little"
    await writer.write(put(LONG))
    await worked_in(shelf, LONG)


async def rush(writer: Writer, first: int, count: int) -> None:
    """Write again and again, with never a moment in which nothing waits; each write is a page of the log and more."""

    async def some(lane: int) -> None:
        for number in range(first + lane, first + count, 8):
            await writer.write(put(f"{number:05}" + "x" * 3_000))

    await asyncio.gather(*map(some, range(8)))


async def test_under_a_load_that_never_ends_the_log_stays_short(shelf: Path) -> None:
    connection = sqlite3.connect(shelf, isolation_level=None, check_same_thread=False)
    writer = Writer(connection, longest=100)
    await rush(writer, 0, 2_000)
    assert log_size(shelf) < 400 * PAGE
    await writer.close()
    assert len(on(shelf)) == 2_000


async def test_a_reader_that_stays_holds_up_no_write_and_the_log_is_used_anew_after_it(
    writer: Writer, shelf: Path
) -> None:
    reader = sqlite3.connect(shelf, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM shelf").fetchone() == (0,)
    for first in range(0, 2_000, 500):
        await rush(writer, first, 500)
        await a_while(2 * QUIET)
    assert reader.execute("SELECT count(*) FROM shelf").fetchone() == (0,), "its moment stays"
    reader.close()
    await writer.write(fill(2_000, LONG))  # at once: a rush may pause, and what is left of it be too little
    await worked_in(shelf, 2_000 + LONG)
    grown = log_size(shelf)
    await rush(writer, 3_000, 1_000)
    assert log_size(shelf) == grown


async def test_closing_finishes_what_was_accepted(shelf: Path) -> None:
    writer = Writer(sqlite3.connect(shelf, isolation_level=None, check_same_thread=False))
    writes = [asyncio.ensure_future(writer.write(put(number))) for number in range(20)]
    await turns()
    await writer.close()
    await asyncio.gather(*writes)
    assert on(shelf) == list(range(20))
    await writer.close()
    with pytest.raises(StoreError, match="closed"):
        await writer.write(put(99))


def test_one_store_serves_one_loop_after_another(tmp_path: Path) -> None:
    store: Store = open_store(tmp_path / "pitstop.db")
    asyncio.run(store.save(a_workspace()))
    assert asyncio.run(store.workspaces())
    asyncio.run(store.close())
    with pytest.raises(StoreError):
        asyncio.run(store.workspaces())
    with pytest.raises(StoreError):
        asyncio.run(store.export("w", "anna"))
