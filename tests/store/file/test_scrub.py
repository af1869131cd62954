"""After a deletion the words are gone from the file and its log, soon, and at what cost."""

# ruff: noqa: ASYNC221, ASYNC240 - these tests look at files

import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.coaching.records.commitment import Commitment
from bot.coaching.records.reply import Reply, Scope
from bot.store.port import Conflict, Store
from bot.store.port.inbox import Arrival
from bot.store.sqlite.file.erasures import Erasures
from bot.store.sqlite.file.location import home_of
from bot.store.sqlite.file.scrub import HELD_UP, MARK, RESTS, Scrubs, owed, scrub
from bot.store.sqlite.sealing.ring import MEMBER
from bot.store.sqlite.writer import TOGETHER, Writer
from tests.long_form import LONG
from tests.store.scene import T0, a_commitment, a_reply, a_workspace, at, cast
from tests.stored import commitment
from tests.unlocked import Plain, unlocked
from tests.unlocked import open_plain as open_store
from tests.waiting import IN_THE_END, SLOWEST, a_while, until

CIPHER = Plain
ROOT = Path(__file__).parents[3]
WORDS = "XYLOPHONE"
LONG_WORDS = f"{WORDS} " * 300
SOON = 0.1  # seconds
NOT_NOW = 3_600.0  # seconds


class Bytes:
    """What stands in a file in use. Each is opened once: closing one would let go of the locks SQLite has on it."""

    def __init__(self) -> None:
        self._open: dict[str, int] = {}

    def sides(self, file: Path, words: str = WORDS) -> list[str]:
        """Return which of the file, its log and the index of the log hold the words."""
        return [side for side in TOGETHER if words.encode() in self._read(f"{file}{side}")]

    def _read(self, path: str) -> bytes:
        if path not in self._open:
            self._open[path] = os.open(path, os.O_RDONLY)
        return os.pread(self._open[path], os.fstat(self._open[path]).st_size, 0)

    async def gone(self, file: Path) -> None:
        await until(lambda: not self.sides(file))

    def close(self) -> None:
        for descriptor in self._open.values():
            os.close(descriptor)


@pytest.fixture
def found() -> Iterator[Bytes]:
    found = Bytes()
    yield found
    found.close()


@pytest.fixture
async def quick(found: Bytes, file: Path) -> AsyncIterator[Store]:
    store = open_store(file, scrub_within=SOON)
    await store.save(*cast())
    yield store
    await store.close()


def vacuums(file: Path) -> int:
    """Return how often a file was written anew: each time SQLite counts its schema up by one."""
    with closing(sqlite3.connect(file)) as connection:
        version: int = connection.execute("PRAGMA schema_version").fetchone()[0]
    return version


def mark_in(file: Path) -> str | None:
    with closing(sqlite3.connect(file)) as connection:
        return owed(connection)


def busy_timeout(connection: sqlite3.Connection) -> int:
    """Return for how many milliseconds a connection waits for others."""
    wait: int = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    return wait


async def unmarked(file: Path) -> None:
    await until(lambda: mark_in(file) is None)


def arrival(name: str) -> Arrival:
    return Arrival(id=name, workspace="w", platform="slack", lane="U-anna", body=LONG_WORDS, at=T0)


async def the_reply(store: Store, name: str = "r") -> Reply:
    reply = await store.reply("w", name)
    assert reply is not None
    return reply


async def the_plan(store: Store) -> Commitment:
    plan = commitment(store, "p")
    assert plan is not None
    return plan


# --- words leave


async def delete_reply(store: Store) -> None:
    await store.save(a_reply("r", text=LONG_WORDS))
    await store.save(replace(await the_reply(store), text=None, deleted_at=at(1)))


async def edit_reply(store: Store) -> None:
    await store.save(a_reply("r", text=LONG_WORDS))
    await store.save(replace(await the_reply(store), text="shorter", edited_at=at(1)))


async def empty_plan(store: Store) -> None:
    await store.save(a_commitment("p", first=LONG_WORDS))
    await store.save(replace(await the_plan(store), first="", second=""))


async def change_plan(store: Store) -> None:
    await store.save(a_commitment("p", second=LONG_WORDS))
    await store.save(replace(await the_plan(store), second="I ask another question"))


async def change_plan_beside_another_record(store: Store) -> None:
    await store.save(a_commitment("p", first=LONG_WORDS), a_reply("r"))
    beside = replace(await the_reply(store), scope=Scope.PRIVATE)
    await store.save(replace(await the_plan(store), first="short"), beside)


async def answer_and_not_keep(store: Store) -> None:
    await store.arrive(arrival("a"), lease_until=at(1))
    await store.scrub_soon()
    await store.finish(arrival("a"), at=at(0), lease_until=at(1))


@pytest.mark.parametrize(
    "deed",
    [delete_reply, edit_reply, empty_plan, change_plan, change_plan_beside_another_record, answer_and_not_keep],
)
async def test_words_that_somebody_let_go_of_leave_the_file_its_log_and_its_index(
    quick: Store, file: Path, found: Bytes, deed: Callable[[Store], Awaitable[None]]
) -> None:
    before = vacuums(file)
    await deed(quick)
    await found.gone(file)
    await unmarked(file)
    assert vacuums(file) > before


async def test_what_lay_in_the_unused_parts_of_pages_leaves_too(file: Path) -> None:
    """Overwriting what is deleted does not reach what SQLite leaves behind when it moves rows: in this life, eight."""
    store = open_store(file)
    await store.save(*cast())
    chance = random.Random(0)
    names = [f"r{number}" for number in range(30)]
    await store.save(*(a_reply(name, text=f"{WORDS} " * chance.randint(1, 150)) for name in names))
    for name in chance.choices(names, k=100):
        text = f"{WORDS} " * chance.randint(1, 150)
        await store.save(replace(await the_reply(store, name), text=text, edited_at=at(1)))
    await store.save(*[replace(await the_reply(store, name), text=None, deleted_at=at(2)) for name in names])
    await store.close()
    assert file.read_bytes().count(WORDS.encode()) == 0


async def test_the_answer_waits_for_no_scrub(file: Path, found: Bytes) -> None:
    store = open_store(file, scrub_within=NOT_NOW)
    await store.save(*cast())
    before = vacuums(file)
    await delete_reply(store)
    assert found.sides(file) == ["-wal"]
    assert vacuums(file) == before
    await store.close()


async def test_closing_scrubs_what_is_owed_once_for_many_deletions(file: Path) -> None:
    store = open_store(file, scrub_within=NOT_NOW)
    await store.save(*cast(), *(a_reply(f"r{number}", text=LONG_WORDS) for number in range(20)))
    before = vacuums(file)
    for number in range(20):
        await store.save(replace(await the_reply(store, f"r{number}"), text=None, deleted_at=at(1)))
    assert mark_in(file)
    await store.close()
    assert vacuums(file) == before + 1
    assert mark_in(file) is None
    assert WORDS.encode() not in file.read_bytes()


async def test_where_nothing_was_deleted_nothing_is_written_anew(quick: Store, file: Path) -> None:
    before = vacuums(file)
    await quick.save(a_reply("r"), a_reply("gone", text=None), a_reply("edited", edited_at=at(1)), a_commitment("p"))
    await quick.save(replace(await the_reply(quick), scope=Scope.PRIVATE))
    await quick.save(replace(await the_reply(quick, "gone"), scope=Scope.PRIVATE))
    await quick.save(replace(await the_reply(quick, "edited"), kept_out_at=at(1)))
    await quick.save(replace(await the_plan(quick), due_on=at(9_000).date()))
    await quick.arrive(arrival("a"), lease_until=at(1))
    await quick.finish(arrival("a"), at=at(0), lease_until=at(1))
    assert mark_in(file) is None
    await quick.close()
    assert vacuums(file) == before


async def test_a_deletion_that_was_refused_owes_nothing(store: Store, file: Path) -> None:
    await store.save(*cast(), a_reply("r"))
    with pytest.raises(Conflict):
        await store.save(a_reply("r", text=None, version=1), a_workspace("w"))
    assert mark_in(file) is None


async def test_under_a_load_that_never_ends_words_leave_all_the_same(quick: Store, file: Path, found: Bytes) -> None:
    await delete_reply(quick)
    is_over = False

    async def load(lane: int) -> None:
        number = 0
        while not is_over:
            number += 1
            await quick.set_mark(f"{lane}", f"{number}")

    lanes = [asyncio.ensure_future(load(lane)) for lane in range(8)]
    await found.gone(file)
    is_over = True
    await asyncio.gather(*lanes)


# --- a reader is in the way


async def test_a_scrub_that_a_reader_keeps_back_is_tried_again_without_another_write(
    quick: Store, file: Path, found: Bytes, caplog: pytest.LogCaptureFixture
) -> None:
    await quick.save(a_reply("r", text=LONG_WORDS))
    before = vacuums(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM reply").fetchall()
        await quick.save(replace(await the_reply(quick), text=None, deleted_at=at(1)))
        await until(lambda: "scrub put off" in caplog.text)
        assert found.sides(file)
        assert vacuums(file) == before, "while it cannot help, it does not lengthen the log"
        assert mark_in(file)
        await quick.set_mark("some", "write")
    await found.gone(file)
    await unmarked(file)
    assert [record.message for record in caplog.records] == [
        "scrub put off, and tried again until it is done: the file is being read"
    ], "said once"


async def test_an_erasure_that_a_reader_keeps_back_is_scrubbed_once_the_reader_is_gone(
    file: Path, found: Bytes
) -> None:
    store = open_store(file, scrub_within=SOON, patience=0.1)
    await store.save(*cast(), a_reply("r", text=LONG_WORDS))
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM reply").fetchall()
        assert await store.erase("w", "anna", at=at(1), audit_id="e") == 1
        assert found.sides(file)
        assert mark_in(file)
    await found.gone(file)
    await unmarked(file)
    await store.close()


async def test_an_erasure_waits_for_a_reader_that_goes_soon(file: Path, found: Bytes) -> None:
    store = open_store(file, patience=IN_THE_END)
    await store.save(*cast(), a_reply("r", text=LONG_WORDS))
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM reply").fetchall()
        erasing = asyncio.ensure_future(store.erase("w", "anna", at=at(1), audit_id="e"))
        await a_while(2 * HELD_UP / 1_000)
        assert not erasing.done()
    await erasing
    assert found.sides(file) == []
    await store.close()


async def test_an_erasure_leaves_no_word_when_it_answers(store: Store, file: Path, found: Bytes) -> None:
    await store.save(*cast(), a_reply("r", text=LONG_WORDS))
    await store.erase("w", "anna", at=at(1), audit_id="e")
    assert found.sides(file) == []
    assert mark_in(file) is None


async def test_a_scrub_that_fails_harms_no_write_and_is_tried_again(file: Path) -> None:
    await open_store(file).close()
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=IN_THE_END)
    writer = Writer(connection, scrub_within=SOON)
    before = vacuums(file)
    half_read = await writer.write(lambda connection: connection.execute("SELECT 1 UNION ALL SELECT 2"), erases=True)
    assert half_read.fetchone() == (1,)  # VACUUM refuses beside it
    assert await writer.write(lambda _: 1) == 1
    assert mark_in(file)
    half_read.close()
    await unmarked(file)
    assert vacuums(file) == before + 1
    await writer.close()


async def brought_back(file: Path) -> None:
    """Leave a file in which somebody stands who asked to be erased."""
    store = open_store(file)
    await store.save(*cast(), a_reply("r", text=LONG_WORDS))
    await store.close()
    with unlocked(file) as connection:
        Erasures(home_of(file).erased).note(connection.ring.name("w", MEMBER, "anna"), at(1))


async def test_who_is_erased_again_at_opening_causes_one_scrub(file: Path) -> None:
    await brought_back(file)
    before = vacuums(file)
    await open_store(file).close()
    assert vacuums(file) == before + 1
    assert mark_in(file) is None


async def test_words_of_who_is_erased_again_leave_once_a_reader_is_gone(file: Path, found: Bytes) -> None:
    await brought_back(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM reply").fetchall()
        store = open_store(file, scrub_within=SOON, patience=0.1)
        assert found.sides(file)
    await found.gone(file)
    await unmarked(file)
    await store.close()


# --- somebody pulls the plug


DIES = """
import asyncio, os, signal, sys
from pathlib import Path
from tests.unlocked import open_plain as open_store
from tests.store.scene import cast
from tests.store.file.test_scrub import delete_reply

async def main():
    store = open_store(Path(sys.argv[1]))
    await store.save(*cast())
    await delete_reply(store)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_killed_before_the_scrub_the_next_opening_does_it_without_a_write(file: Path, found: Bytes) -> None:
    died = subprocess.run([sys.executable, "-c", DIES, str(file)], cwd=ROOT, check=False)
    assert died.returncode == -signal.SIGKILL
    assert WORDS.encode() in Path(f"{file}-wal").read_bytes()
    store = open_store(file)
    await found.gone(file)
    await unmarked(file)
    await store.close()


@pytest.mark.parametrize("deed", ["delete", "erase"])
def test_killed_at_any_step_nothing_that_was_let_go_of_stays(tmp_path: Path, deed: str) -> None:
    home, left = tmp_path / "home", tmp_path / "left"
    left.mkdir()

    async def begin() -> None:
        home.mkdir()
        store = open_store(home / "pitstop.db")
        await store.save(*cast(), a_reply("r", text=LONG_WORDS))
        await store.close()

    asyncio.run(begin())
    subprocess.run(
        [sys.executable, "-m", "tests.store.file.dying", "2" if LONG else "5", deed, str(home), str(left)],
        cwd=ROOT,
        check=True,
        timeout=SLOWEST,
    )
    outcomes = set()
    for place in sorted(left.iterdir()):
        file = place / "pitstop.db"
        asyncio.run(open_store(file).close())
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            stays = connection.execute("SELECT count(*) FROM reply WHERE text IS NOT NULL").fetchone() == (1,)
            assert owed(connection) is None
        kept = b"".join(path.read_bytes() for path in place.glob("pitstop.db*"))
        assert (WORDS.encode() in kept) is stays, place
        outcomes.add(stays)
    assert outcomes == {True, False}


# --- when, with a clock that is set by hand


class Clock:
    """Seconds, as the test sets them."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Watched(sqlite3.Connection):
    """A real connection whose VACUUM takes as long as a test says, and lets something happen meanwhile."""

    takes = 0.0
    clock: Clock
    count = 0

    def meanwhile(self) -> None:
        """Do nothing, unless a test says otherwise."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        done = super().execute(sql, parameters)
        if sql == "VACUUM":
            self.count += 1
            self.clock.now += self.takes
            self.meanwhile()
        return done


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def connection(file: Path, clock: Clock) -> Iterator[Watched]:
    asyncio.run(open_store(file).close())
    with closing(sqlite3.connect(file, isolation_level=None, factory=Watched)) as connection:
        connection.clock = clock
        yield connection


@pytest.fixture
def scrubs(connection: Watched, clock: Clock) -> Scrubs:
    return Scrubs(connection, within=30, now=clock)


def test_where_nothing_is_owed_nothing_is_waited_for(scrubs: Scrubs, connection: Watched) -> None:
    assert scrubs.wait() is None
    assert not scrubs.pay()
    assert connection.count == 0


def test_a_scrub_is_due_half_a_minute_after_the_first_deletion(scrubs: Scrubs, clock: Clock) -> None:
    scrubs.owe()
    assert scrubs.wait() == 30
    clock.now += 12
    scrubs.owe()
    assert scrubs.wait() == 18
    clock.now += 40
    assert scrubs.wait() == 0


def test_many_deletions_cause_one_scrub(scrubs: Scrubs, connection: Watched, clock: Clock) -> None:
    for _ in range(15):
        scrubs.owe()
        clock.now += 1
    clock.now += 15
    assert scrubs.wait() == 0
    assert scrubs.pay()
    assert scrubs.wait() is None
    assert owed(connection) is None
    assert not scrubs.pay(), "nothing is owed any more"
    assert connection.count == 1


def test_what_is_dropped_just_after_it_was_said_is_scrubbed_once_more(
    scrubs: Scrubs, connection: Watched, clock: Clock
) -> None:
    """The body of an arrival goes after its handler said so: a scrub between the two does not see it go."""
    scrubs.owe()
    clock.now += 29
    scrubs.owe()
    clock.now += 1
    assert scrubs.pay()
    assert scrubs.wait() == 29
    assert owed(connection)
    clock.now += 29
    assert scrubs.pay()
    assert scrubs.wait() is None
    assert owed(connection) is None
    assert connection.count == 2


def test_what_another_process_deleted_meanwhile_stays_owed(
    file: Path, scrubs: Scrubs, connection: Watched, clock: Clock
) -> None:
    def delete_in_another_process() -> None:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            Scrubs(other, within=30).owe()

    connection.meanwhile = delete_in_another_process  # type: ignore[method-assign]
    scrubs.owe()
    seen = owed(connection)
    clock.now += 30
    assert scrubs.pay()
    assert scrubs.wait() is None, "the other one does it"
    assert owed(connection) not in (None, seen)
    assert Scrubs(connection, within=30, now=clock).wait() == 0, "or who opens the file next"


def test_what_was_owed_at_opening_is_left_to_who_was_faster(
    file: Path, scrubs: Scrubs, connection: Watched, clock: Clock
) -> None:
    scrubs.owe()
    late = Scrubs(connection, within=30, now=clock)
    assert late.wait() == 0
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        assert Scrubs(other, within=30).pay()
    assert not late.pay()
    assert late.wait() is None
    assert connection.count == 0


def test_another_process_that_scrubbed_too_early_is_not_relied_on(
    file: Path, scrubs: Scrubs, connection: Watched, clock: Clock
) -> None:
    scrubs.owe()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        assert Scrubs(other, within=30).pay()
    clock.now += 30
    assert scrubs.pay()
    assert connection.count == 1


@pytest.mark.parametrize(
    ("takes", "wait"),
    [
        (2, 30),  # four times as long is over before that
        (7.5, 30),
        (9, 36),  # four times as long
        (12, 48),  # four times as long, and done at the minute
        (20, 40),  # done at the minute
        (40, 30),  # too long for the minute, whatever is done
    ],
)
def test_after_a_long_scrub_writes_have_their_turn_but_the_minute_is_kept(
    scrubs: Scrubs, connection: Watched, clock: Clock, takes: float, wait: float
) -> None:
    scrubs.owe()
    clock.now += 30
    connection.takes = takes
    scrubs.pay()
    scrubs.owe()
    assert scrubs.wait() == wait
    assert RESTS == 4


def test_what_a_reader_keeps_back_is_tried_again_every_few_seconds(
    file: Path, scrubs: Scrubs, connection: Watched, clock: Clock
) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        connection.execute("INSERT INTO installation_mark VALUES ('x', 'y')")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM installation_mark").fetchall()
        scrubs.owe()
        for _ in range(3):
            clock.now += 30
            assert not scrubs.pay()
            assert scrubs.wait() == 3
    clock.now += 3
    assert scrubs.pay()
    assert (scrubs.wait(), connection.count) == (None, 1)
    assert busy_timeout(connection) == 5_000, "and writes are as patient as before"


@pytest.mark.parametrize(("takes", "wait"), [(5, RESTS * 5), (20, 30)])
def test_a_long_scrub_that_came_to_nothing_is_not_tried_again_at_once(
    file: Path, scrubs: Scrubs, connection: Watched, clock: Clock, takes: float, wait: float
) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:

        def begin_to_read() -> None:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM installation_mark").fetchall()

        connection.takes = takes
        scrubs.owe()
        clock.now += 30
        connection.meanwhile = begin_to_read  # type: ignore[method-assign]
        connection.execute("INSERT INTO installation_mark VALUES ('x', 'y')")
        assert not scrubs.pay()
        assert scrubs.wait() == wait
        assert owed(connection)


@pytest.mark.parametrize(("patient", "wait"), [(False, HELD_UP), (True, 5_000)])
def test_only_who_waits_for_the_scrub_lets_writes_wait_for_a_reader(
    scrubs: Scrubs, connection: Watched, patient: bool, wait: int
) -> None:
    waits: list[int] = []
    connection.meanwhile = lambda: waits.append(busy_timeout(connection))  # type: ignore[method-assign]
    scrubs.owe()
    assert scrubs.pay(patient=patient)
    assert waits == [wait]
    assert busy_timeout(connection) == 5_000


def test_words_reach_a_temporary_file_only_while_the_file_is_written_anew(connection: Watched) -> None:
    def kinds() -> int:
        kind: int = connection.execute("PRAGMA temp_store").fetchone()[0]
        return kind

    def fail() -> None:
        assert kinds() == 1, "a large file may not fit into memory twice"
        raise sqlite3.OperationalError("disk full")

    connection.meanwhile = fail  # type: ignore[method-assign]
    with pytest.raises(sqlite3.OperationalError, match="disk full"):
        scrub(connection)
    assert kinds() == 2


def test_each_time_a_scrub_is_put_off_it_is_said_once(
    scrubs: Scrubs, connection: Watched, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise sqlite3.OperationalError("disk full")

    def nothing() -> None:
        pass

    for failures in (2, 1):
        scrubs.owe()
        clock.now += 30
        connection.meanwhile = fail  # type: ignore[method-assign]
        for _ in range(failures):
            assert not scrubs.pay()
        connection.meanwhile = nothing  # type: ignore[method-assign]
        assert scrubs.pay()
    said = "scrub put off, and tried again until it is done: disk full"
    assert [record.getMessage() for record in caplog.records] == [said, said]


def test_the_mark_is_another_one_at_each_deletion(scrubs: Scrubs, connection: Watched) -> None:
    scrubs.owe()
    first = owed(connection)
    scrubs.owe()
    assert owed(connection) != first
    assert connection.execute("SELECT count(*) FROM installation_mark WHERE name = ?", [MARK]).fetchone() == (1,)
