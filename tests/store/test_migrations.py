"""Whatever moment an upgrade is cut short at, the file has the old schema or the new one, and nothing is lost."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.store.sqlite import open_store
from bot.store.sqlite.migrations import SCHEMA
from tests.store.scene import a_cohort, a_member, a_workspace
from tests.waiting import IN_THE_END, SLOWEST

ROOT = Path(__file__).parents[2]
STEPS = sorted(SCHEMA.glob("*.sql"))
ROWS = 40


def up_to(folder: Path, number: int) -> Path:
    """Return a folder with the first steps only."""
    folder.mkdir()
    for step in STEPS[:number]:
        shutil.copyfile(step, folder / step.name)
    return folder


def schema_of(file: Path) -> list[tuple[str, str]]:
    """Return everything the engine knows of a file's shape, read by a connection that changes nothing."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY 1").fetchall()


def members(file: Path) -> int:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        (found,) = connection.execute("SELECT count(*) FROM member").fetchone()
    return int(found)


def filled(file: Path, number: int, schema: Path) -> Path:
    """Return a file that took the first steps and knows some people."""
    asyncio.run(open_store(file, schema=up_to(schema, number)).close())
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO workspace VALUES ('w', 'slack', 'T', 'w', 'B', 'active', 0, 1, 0)")
        for row in range(ROWS):
            connection.execute(
                "INSERT INTO member (id, workspace, external_id, name, zone_confirmed, hours, state, version, bucket)"
                " VALUES (?, 'w', ?, 'x', 0, '{}', 'active', 1, 0)",
                [f"m{row}", f"U{row}"],
            )
            connection.execute("INSERT INTO inbox (event_id, seen_at) VALUES (?, '')", [f"Ev{row}"])
    return file


def killed_everywhere(start: Path, folder: Path, *, stride: int = 1) -> list[Path]:
    """Upgrade a copy of a file, killed some steps later each time; return the files as they were left."""
    folder.mkdir()
    command = [sys.executable, "-m", "tests.store.dying", str(stride), "migrate", str(start), str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=SLOWEST)
    return [place / "pitstop.db" for place in sorted(folder.iterdir())]


def test_an_upgrade_killed_at_any_step_leaves_the_old_schema_or_the_new_one(tmp_path: Path) -> None:
    start = filled(tmp_path / "start.db", 1, tmp_path / "old")
    goal = tmp_path / "goal.db"
    shutil.copyfile(start, goal)
    asyncio.run(open_store(goal).close())
    old, new = schema_of(start), schema_of(goal)
    assert old != new

    left = killed_everywhere(start, tmp_path / "left")

    found = [schema_of(file) for file in left]
    assert {tuple(each) for each in found} == {tuple(old), tuple(new)}
    assert len(left) > 40, "each statement of each step, and each file that moves, is a point"
    for file, schema in zip(left, found, strict=True):
        assert members(file) == ROWS
        copies = [path for path in file.parent.iterdir() if ".before-" in path.name and path.suffix != ".partial"]
        copies = [path for path in copies if ".partial" not in path.name]
        if schema == new:
            assert copies, f"{file} was changed without a copy first"
        for copy in copies:
            assert schema_of(copy) == old
            assert members(copy) == ROWS
        asyncio.run(open_store(file).close())
        assert schema_of(file) == new, "and opening again ends well"
        assert members(file) == ROWS


def test_a_first_start_killed_at_any_step_starts_the_next_time(tmp_path: Path) -> None:
    left = killed_everywhere(tmp_path / "none.db", tmp_path / "left", stride=3)
    for file in left:
        store = open_store(file)
        asyncio.run(store.save(a_workspace(), a_member("anna")))
        asyncio.run(store.close())
        assert members(file) == 1


OPEN = """
import asyncio, sys
from pathlib import Path
from bot.store.sqlite import open_store
from bot.store.sqlite.queries import named
named()
print("ready", flush=True)
sys.stdin.readline()
asyncio.run(open_store(Path(sys.argv[1])).close())
"""


def test_two_processes_that_upgrade_at_once_do_it_once(tmp_path: Path) -> None:
    file = filled(tmp_path / "pitstop.db", 1, tmp_path / "old")
    both = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, str(file)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        process.communicate("go\n", timeout=IN_THE_END)
        assert process.returncode == 0
    with closing(sqlite3.connect(file)) as connection:
        taken = [row[0] for row in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert taken == [step.stem for step in STEPS]
    assert members(file) == ROWS
    assert len([path for path in tmp_path.iterdir() if ".before-" in path.name]) == 1


@pytest.mark.parametrize("number", range(1, len(STEPS)))
def test_every_older_version_can_be_brought_up_to_date(tmp_path: Path, number: int) -> None:
    file = filled(tmp_path / "pitstop.db", number, tmp_path / "old") if number == 1 else tmp_path / "pitstop.db"
    if number > 1:
        asyncio.run(open_store(file, schema=up_to(tmp_path / "old", number)).close())
    asyncio.run(open_store(file).close())
    assert schema_of(file)


def test_a_channel_in_slack_is_called_with_its_sign_from_now_on(tmp_path: Path) -> None:
    """Whoever set up a journey before reads the same name as after."""
    file = tmp_path / "pitstop.db"
    names = [("slack", "it-managers"), ("slack", "#it"), ("slack", ""), ("teams", "it-managers")]

    async def fill() -> None:
        store = open_store(file, schema=up_to(tmp_path / "old", 4))
        for platform in ("slack", "teams"):
            await store.save(replace(a_workspace(), id=platform, external_id=platform, platform=platform))
        for number, (platform, name) in enumerate(names):
            cohort = a_cohort(f"c{number}", channel=f"C{number}")
            await store.save(replace(cohort, workspace=platform, channel_name=name))
        await store.close()

    asyncio.run(fill())
    asyncio.run(open_store(file).close())
    with closing(sqlite3.connect(file)) as connection:
        found = [row[0] for row in connection.execute("SELECT channel_name FROM cohort ORDER BY id")]
    assert found == ["#it-managers", "#it", "", "it-managers"]
