"""A copy is whole and checked, or there is none; writers never notice."""
# ruff: noqa: ASYNC221, ASYNC240 - these tests look at files

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.store.port import StoreError
from bot.store.sqlite import open_store
from bot.store.sqlite.file.backup import back_up, copied, copies_of
from tests.store.scene import T0, Scene, a_reply, a_workspace, at

ROOT = Path(__file__).parents[3]
NIGHT = timedelta(days=1)


@pytest.fixture
def folder(file: Path) -> Path:
    return file.parent / "backups"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def replies(copy: Path) -> list[str]:
    with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM reply ORDER BY id")]


async def test_a_copy_is_one_whole_file_of_its_owner_named_after_its_moment(scene: Scene, folder: Path) -> None:
    await scene.add(a_reply("r1"))
    copy = Path(await scene.store.back_up(T0, keep=3))
    assert copy == folder / "pitstop-20260106T090000Z.db"
    assert names(folder) == [copy.name]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert replies(copy) == ["r1"]


async def test_a_copy_knows_its_moment_and_the_file_knows_of_its_newest_copy(scene: Scene) -> None:
    copy = Path(await scene.store.back_up(T0, keep=3))
    with closing(sqlite3.connect(copy)) as connection:
        marks = dict(connection.execute("SELECT name, value FROM installation_mark").fetchall())
    assert datetime.fromisoformat(marks["copied_at"]) == T0
    assert datetime.fromisoformat(await scene.store.mark("backed_up_at") or "") == T0


async def long_log(scene: Scene, file: Path) -> Path:
    """Let a busy day pass, and return the log it left."""
    await scene.add(*(a_reply(f"r{number}", text="x" * 20_000) for number in range(100)))
    log = Path(f"{file}-wal")
    assert log.stat().st_size > 1_000_000
    return log


async def test_the_log_of_a_busy_day_is_short_after_the_night(scene: Scene, file: Path) -> None:
    log = await long_log(scene, file)
    copy = Path(await scene.store.back_up(T0, keep=3))
    assert log.stat().st_size < 100_000, "what is noted about the copy"
    assert len(replies(copy)) == 100
    await scene.add(a_reply("later"))
    assert await scene.store.reply("w", "later")


async def test_while_somebody_reads_the_log_stays_and_the_copy_is_made(
    scene: Scene, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    log = await long_log(scene, file)
    caplog.set_level("INFO")
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM reply").fetchone()
        copy = Path(await scene.store.back_up(T0, keep=3))
        assert log.stat().st_size > 1_000_000
    assert "the log stays as long as it is: the file is being read" in caplog.text
    assert len(replies(copy)) == 100


async def test_a_moment_without_a_zone_is_refused(scene: Scene, folder: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        await scene.store.back_up(T0.replace(tzinfo=None), keep=3)
    assert not folder.exists()


async def test_the_oldest_copies_go_beyond_those_kept(scene: Scene, folder: Path) -> None:
    for night in range(5):
        await scene.store.back_up(T0 + night * NIGHT, keep=3)
    assert names(folder) == [f"pitstop-202601{day:02}T090000Z.db" for day in (8, 9, 10)]
    assert [copy.name for copy in copies_of(folder.parent / "pitstop.db", folder)] == names(folder)[::-1]


async def test_a_new_copy_stays_beside_those_of_a_clock_that_ran_ahead(scene: Scene, folder: Path) -> None:
    for year in (2030, 2031):
        await scene.store.back_up(T0.replace(year=year), keep=2)
    copy = Path(await scene.store.back_up(T0, keep=2))
    assert names(folder) == [copy.name, "pitstop-20310106T090000Z.db"]


async def test_only_copies_of_this_file_are_counted_and_removed(scene: Scene, folder: Path) -> None:
    folder.mkdir()
    others = ["pitstop-20200101T020000Z.db.gz", "pitstop-mine.db", "other-20200101T020000Z.db", "notes.txt"]
    for other in others:
        (folder / other).touch()
    copy = Path(await scene.store.back_up(T0, keep=1))
    assert names(folder) == sorted([copy.name, *others])


async def test_copies_kept_aside_go_with_the_nights(scene: Scene, file: Path) -> None:
    """An erased person's words do not live on in a copy that an upgrade left years ago."""
    moments = {"pitstop.db.before-0002_x": T0 - 4 * NIGHT, "pitstop.db.replaced-1": T0 - 4 * NIGHT}
    moments |= {"pitstop.db.replaced-1-wal": T0 - 4 * NIGHT, "pitstop.db.before-0003_y": T0 - 2 * NIGHT}
    for name, moment in moments.items():
        file.with_name(name).touch()
        os.utime(file.with_name(name), (moment.timestamp(), moment.timestamp()))
    await scene.store.back_up(T0, keep=3)
    assert {path.name for path in file.parent.iterdir() if path.name in moments} == {"pitstop.db.before-0003_y"}


async def test_at_least_one_copy_is_kept(file: Path, folder: Path) -> None:
    with pytest.raises(ValueError, match="at least one"):
        back_up(file, folder, T0, 0)


async def test_half_a_copy_counts_for_nothing_and_goes_with_the_next(scene: Scene, file: Path, folder: Path) -> None:
    folder.mkdir()
    for left in ("pitstop-20260105T020000Z.db.partial", "pitstop-20260105T020000Z.db.partial-journal"):
        (folder / left).write_bytes(b"half")
    assert copies_of(file, folder) == []
    copy = Path(await scene.store.back_up(T0, keep=3))
    assert names(folder) == [copy.name]


async def test_two_copies_at_once_are_refused_in_words(scene: Scene, folder: Path) -> None:
    both = await asyncio.gather(*(scene.store.back_up(at(minute), keep=3) for minute in (0, 1)), return_exceptions=True)
    refused = [str(each) for each in both if isinstance(each, StoreError)]
    assert refused in ([], ["no copy was made: another one is being made just now"])
    assert len(names(folder)) == 2 - len(refused)


async def test_a_damaged_file_makes_no_copy_and_costs_no_older_one(scene: Scene, file: Path, folder: Path) -> None:
    old = Path(await scene.store.back_up(T0 - NIGHT, keep=1))
    await scene.add(*(a_reply(f"r{number}", text="x" * 3000) for number in range(60)))
    await scene.store.close()
    content = bytearray(file.read_bytes())
    content[-4096 * 20 : -4096 * 2] = os.urandom(4096 * 18)
    file.write_bytes(content)
    with pytest.raises(StoreError, match=r"no copy was made: (it is damaged|database disk image is malformed)"):
        back_up(file, folder, T0, 1)
    assert names(folder) == [old.name]


async def test_writers_are_not_held_up_and_do_not_hold_the_copy_up(scene: Scene, file: Path, folder: Path) -> None:
    """Somebody writes a pair between every two steps: the copy ends all the same, and holds no half of a pair."""
    await scene.add(*(a_reply(f"old{number}", text="x" * 4000) for number in range(1500)))
    writing = sqlite3.connect(file, isolation_level=None)
    pairs = 0

    def write() -> bool:
        nonlocal pairs
        pairs += 1
        writing.execute("BEGIN IMMEDIATE")
        for half in "ab":
            writing.execute("INSERT INTO installation_mark VALUES (?, '')", [f"{half}{pairs}"])
        writing.execute("COMMIT")
        return pairs > 99

    copy = back_up(file, folder, T0, 3, stopped=write)
    writing.close()
    assert 2 < pairs < 99
    with closing(sqlite3.connect(copy)) as connection:
        marks = "SELECT name FROM installation_mark WHERE name NOT LIKE 'companion%'"
        assert connection.execute(marks).fetchall() == [("keystore",)], "it is of the moment it was begun"
        assert connection.execute("SELECT count(*) FROM reply").fetchone() == (1500,)


async def test_closing_the_store_does_not_wait_for_a_copy(scene: Scene, file: Path, folder: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(StoreError, match=r"no copy was made: (it was stopped|interrupted)"):
        back_up(file, folder, T0, 1, stopped=stop.is_set)
    assert names(folder) == []


FULL = """
import resource, sys, asyncio
from pathlib import Path
from bot.store.port import StoreError
from bot.store.sqlite import open_store
from tests.store.scene import T0, a_workspace

async def main():
    store = open_store(Path(sys.argv[1]))
    await store.set_mark("a", "log made")
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    try:
        await store.back_up(T0, keep=3)
    except StoreError as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(Path(await store.back_up(T0, keep=3)).name)
    await store.close()

asyncio.run(main())
"""


async def test_a_disk_that_refuses_leaves_nothing_behind_and_says_so(file: Path, folder: Path) -> None:
    await open_store(file).close()
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(file), str(100_000)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    refused, made = done.stdout.splitlines()
    assert refused.startswith("no copy was made: ")
    assert made == "pitstop-20260106T090000Z.db"
    assert names(folder) == [made]


def test_a_copy_never_takes_the_last_space(file: Path, folder: Path) -> None:
    """A full disk would stop Pitstop itself."""
    asyncio.run(open_store(file).close())
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    pages = 2**31
    with file.open("r+b") as vast:  # full of holes, so that it takes no space itself
        vast.seek(28)
        vast.write(pages.to_bytes(4))
        vast.truncate(pages * 4096)
    with pytest.raises(StoreError, match=r"no copy was made: the disk is full: \d+ MB more must be free"):
        back_up(file, folder, T0, 1)
    assert names(folder) == []


def test_a_copy_beside_an_upgrade_is_whole_or_absent(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"
    store = open_store(file)
    asyncio.run(store.save(a_workspace()))
    place = tmp_path / "copy.db"
    copied(file, place)
    with pytest.raises(sqlite3.OperationalError):
        copied(file, tmp_path / "other.db", stopped=lambda: True)
    asyncio.run(store.close())
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("other")]
    with closing(sqlite3.connect(place)) as connection:
        assert connection.execute("SELECT id FROM workspace").fetchall() == [("w",)]
