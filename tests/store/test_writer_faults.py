"""When the disk or the file fails, nothing is acknowledged, nothing is half written, and it goes on by itself."""
# ruff: noqa: ASYNC240 - these tests look at files

import asyncio
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.store.port import Store, StoreError
from bot.store.sqlite import open_store
from bot.store.sqlite.writer import Writer
from tests.store.scene import a_reply, a_workspace, at, cast
from tests.waiting import IN_THE_END

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def writer(tmp_path: Path) -> AsyncIterator[Writer]:
    connection = sqlite3.connect(
        tmp_path / "shelf.db", isolation_level=None, check_same_thread=False, timeout=IN_THE_END
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE shelf (id PRIMARY KEY, words)")
    writer = Writer(connection)
    yield writer
    await writer.close()


def put(number: int, words: str = "") -> Callable[[sqlite3.Connection], int]:
    return lambda connection: connection.execute("INSERT INTO shelf VALUES (?, ?)", [number, words]).rowcount


def on(shelf: Path) -> list[int]:
    with closing(sqlite3.connect(shelf)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM shelf ORDER BY id")]


def most_pages(count: int) -> Callable[[sqlite3.Connection], object]:
    return lambda connection: connection.execute(f"PRAGMA max_page_count = {count}").fetchone()


async def test_a_full_disk_acknowledges_nothing_and_later_writes_work_by_themselves(
    writer: Writer, tmp_path: Path
) -> None:
    await writer.write(put(1))
    await writer.write(most_pages(8))
    outcomes = await asyncio.gather(
        *(writer.write(put(number, "x" * 3000)) for number in range(100, 150)), return_exceptions=True
    )
    kept = [number for number, outcome in zip(range(100, 150), outcomes, strict=True) if outcome == 1]
    refused = [outcome for outcome in outcomes if isinstance(outcome, StoreError)]
    assert len(kept) + len(refused) == 50
    assert refused
    assert "full" in str(refused[-1])
    assert on(tmp_path / "shelf.db") == [1, *kept], "what was acknowledged stands, and nothing else"
    await writer.write(most_pages(10_000))
    assert await writer.write(put(2, "x" * 3000)) == 1
    assert on(tmp_path / "shelf.db") == [1, 2, *kept]


@pytest.mark.parametrize(
    "odd",
    [
        KeyError("changed my mind"),
        StopIteration(),  # no future can carry it
        SystemExit(1),
        KeyboardInterrupt(),
        asyncio.CancelledError(),
        MemoryError(),
        sqlite3.Warning("one statement at a time"),
        UnicodeError("half a character"),
    ],
    ids=lambda odd: type(odd).__name__,
)
async def test_whatever_a_write_raises_is_answered_and_the_next_one_works(
    writer: Writer, tmp_path: Path, odd: BaseException
) -> None:
    def work(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO shelf VALUES (99, '')")
        raise odd

    answer = asyncio.gather(writer.write(put(1)), writer.write(work), writer.write(put(2)), return_exceptions=True)
    first, second, third = await asyncio.wait_for(answer, timeout=IN_THE_END)
    assert isinstance(second, Exception)
    assert (first, third) == (1, 1)
    assert on(tmp_path / "shelf.db") == [1, 2]


@pytest.mark.parametrize("odd", [sqlite3.IntegrityError("taken"), ValueError("odd"), KeyboardInterrupt()], ids=repr)
async def test_a_write_that_fails_alone_leaves_nothing_and_the_next_one_works(
    writer: Writer, tmp_path: Path, odd: BaseException
) -> None:
    def work(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO shelf VALUES (99, '')")
        raise odd

    [answer] = await asyncio.gather(writer.write(work), return_exceptions=True)
    assert isinstance(answer, Exception)
    assert on(tmp_path / "shelf.db") == []
    assert await writer.write(put(1)) == 1
    assert on(tmp_path / "shelf.db") == [1]


class Faltering(sqlite3.Connection):
    """A real connection for which there is no memory, once, at a statement."""

    at: str | None = None
    spared = False  # whether the first time passes

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if sql == self.at and self.spared:
            self.spared = False
        elif sql == self.at:
            self.at = None
            raise MemoryError("XYLOPHONE")
        return super().execute(sql, parameters)


@pytest.mark.parametrize("at", ["SAVEPOINT job", "RELEASE job", "COMMIT"])
async def test_what_goes_wrong_around_several_writes_is_answered_to_all_of_them(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, at: str
) -> None:
    shelf = tmp_path / "shelf.db"
    connection = sqlite3.connect(shelf, isolation_level=None, check_same_thread=False, factory=Faltering)
    connection.execute("CREATE TABLE shelf (id PRIMARY KEY, words)")
    writer = Writer(connection)
    is_reached, free = threading.Event(), threading.Event()

    def hold(_: sqlite3.Connection) -> None:
        is_reached.set()
        assert free.wait(IN_THE_END)
        connection.at, connection.spared = at, at == "COMMIT"  # its own

    held = writer.write(hold)
    assert await asyncio.to_thread(is_reached.wait, IN_THE_END)
    several = [writer.write(put(number)) for number in (1, 2)]
    free.set()
    await held
    answers = await asyncio.gather(*several, return_exceptions=True)
    assert [type(outcome) for outcome in answers] == [StoreError, StoreError]
    assert on(shelf) == []
    assert await writer.write(put(3)) == 1
    assert on(shelf) == [3]
    assert "a group of writes failed writes=2" in caplog.text
    await writer.close()


@pytest.mark.parametrize("at", ["BEGIN IMMEDIATE", "COMMIT"])
async def test_what_goes_wrong_around_the_writes_is_answered_to_all_of_them_and_the_next_ones_work(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, at: str
) -> None:
    shelf = tmp_path / "shelf.db"
    connection = sqlite3.connect(shelf, isolation_level=None, check_same_thread=False, factory=Faltering)
    connection.execute("CREATE TABLE shelf (id PRIMARY KEY, words)")
    writer = Writer(connection)
    connection.at = at
    first = await asyncio.gather(writer.write(put(1)), return_exceptions=True)
    assert [type(outcome) for outcome in first] == [StoreError]
    assert on(shelf) == []
    assert await asyncio.gather(*(writer.write(put(number)) for number in (2, 3))) == [1, 1]
    assert on(shelf) == [2, 3]
    assert "a group of writes failed writes=1" in caplog.text
    await writer.close()


async def test_a_connection_that_is_gone_is_said_each_time(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "shelf.db", isolation_level=None, check_same_thread=False)
    writer = Writer(connection)
    connection.close()
    for _ in range(2):
        with pytest.raises(StoreError, match="nothing was written"):
            await asyncio.wait_for(writer.write(put(1)), timeout=IN_THE_END)
    await writer.close()


# --- the file goes from under us


async def started(file: Path) -> Store:
    store = open_store(file)
    await store.save(*cast())
    return store


async def refuses(store: Store) -> None:
    with pytest.raises(StoreError, match=r"was moved, deleted or replaced. Put it back, or restart"):
        await store.save(a_reply("lost"))


async def test_a_file_that_was_moved_away_takes_no_writes_until_it_is_back(file: Path) -> None:
    store = await started(file)
    file.rename(file.with_name("elsewhere"))
    await refuses(store)
    await refuses(store)
    file.with_name("elsewhere").rename(file)
    await store.save(a_reply("kept"))
    assert await store.reply("w", "lost") is None
    await store.close()
    again = open_store(file)
    assert await again.reply("w", "kept")
    await again.close()


async def test_a_file_that_was_deleted_takes_no_writes(file: Path) -> None:
    store = await started(file)
    file.unlink()
    await refuses(store)
    await store.close()


async def test_a_file_that_was_replaced_takes_no_writes(file: Path, tmp_path: Path) -> None:
    """Whoever copies an old file over a running one must restart: what was sent meanwhile is not in it."""
    store = await started(file)
    shutil.copyfile(file, tmp_path / "other")
    (tmp_path / "other").replace(file)
    await refuses(store)
    await store.close()


@pytest.mark.parametrize("side", ["-wal", "-shm"])
async def test_a_log_that_was_deleted_takes_no_writes(file: Path, side: str) -> None:
    """SQLite itself goes on: what it acknowledges then is gone with the process."""
    store = await started(file)
    Path(f"{file}{side}").unlink()
    await refuses(store)
    await store.close()


async def test_writing_the_file_anew_is_no_replacing(file: Path) -> None:
    store = await started(file)
    await store.erase("w", "anna", at=at(1), audit_id="e")
    other = open_store(file)
    await other.erase("w", "bram", at=at(2), audit_id="e2")
    await other.close()
    await store.save(a_workspace("more"))
    await store.close()


# --- the disk refuses


REFUSES = """
import asyncio, resource, sys
from pathlib import Path
from bot.store.port import StoreError
from bot.store.sqlite import open_store
from tests.store.scene import a_reply, cast

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

async def main():
    file = Path(sys.argv[1])
    store = open_store(file)
    await store.save(*cast())
    limit(max(path.stat().st_size for path in (file, Path(f"{file}-wal"))) + int(sys.argv[2]))
    for number in range(40):
        try:
            await store.save(a_reply(f"a{number}", text="x" * 900), a_reply(f"b{number}", text="x" * 900))
            print("kept", number)
        except StoreError:
            print("refused", number)
    limit(resource.RLIM_INFINITY)
    await store.save(a_reply("after"))
    print("kept after")
    await store.close()

asyncio.run(main())
"""


@pytest.mark.parametrize("room", [0, 1000, 4096 + 24, 20_000])
def test_a_disk_that_refuses_halfway_leaves_whole_writes_only(file: Path, room: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", REFUSES, str(file), str(room)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    said = [line.split() for line in done.stdout.splitlines()]
    kept = {number for verdict, number in said if verdict == "kept"}
    assert ["refused", "39"] in said
    assert "after" in kept, "it goes on by itself"
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = {row[0] for row in connection.execute("SELECT id FROM reply")}
    assert found == {"after"} | {f"{half}{number}" for number in kept - {"after"} for half in "ab"}


NOBODY = 65534
READ_ONLY = f"""
import asyncio, os, sys
from pathlib import Path
from bot.store.sqlite import open_store
from tests.store.scene import a_reply, cast

async def main():
    file = Path(sys.argv[1])
    if os.geteuid() == 0:
        os.chown(file.parent, {NOBODY}, {NOBODY})
        os.setuid({NOBODY})
    store = open_store(file)
    await store.save(*cast())
    for path in file.parent.iterdir():
        path.chmod(0o400)
    await store.save(a_reply("kept"))
    os._exit(9)

asyncio.run(main())
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that another user of the machine can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def test_a_file_made_read_only_under_us_keeps_what_was_acknowledged(open_folder: Path) -> None:
    """Rights are looked at when a file is opened: ours is, and goes on."""
    done = subprocess.run(
        [sys.executable, "-c", READ_ONLY, str(open_folder / "pitstop.db")], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 9, done.stderr
    with closing(sqlite3.connect(open_folder / "pitstop.db")) as connection:
        assert connection.execute("SELECT id FROM reply").fetchall() == [("kept",)]
