"""Whatever moment an upgrade is cut short at, the file has the old schema or the new one, and nothing is lost."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.sqlite import open_store
from bot.store.sqlite.file.migrations import SCHEMA
from tests.store.scene import a_member, a_workspace
from tests.waiting import IN_THE_END, SLOWEST

ROOT = Path(__file__).parents[3]
NEXT = """
ALTER TABLE member ADD COLUMN mood TEXT;
CREATE TABLE weather (id TEXT PRIMARY KEY NOT NULL, workspace TEXT NOT NULL);
CREATE INDEX weather_workspace ON weather (workspace);
INSERT INTO weather SELECT id, workspace FROM member;
UPDATE member SET mood = 'good';
DROP INDEX coach_namer;
"""
AFTER = """
CREATE TABLE season (id TEXT PRIMARY KEY NOT NULL);
INSERT INTO season SELECT id FROM weather;
DROP TABLE weather;
"""
ROWS = 40


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """Return a folder with the schema and two steps more."""
    folder = Path(shutil.copytree(SCHEMA, tmp_path / "newer"))
    number = len(list(SCHEMA.glob("*.sql")))
    (folder / f"{number + 1:04}_mood.sql").write_text(NEXT)
    (folder / f"{number + 2:04}_season.sql").write_text(AFTER)
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


def filled(file: Path) -> Path:
    """Return a file that knows some people."""

    async def fill() -> None:
        store = open_store(file)
        await store.save(a_workspace(), *(a_member(f"m{row}") for row in range(ROWS)))
        await store.close()

    asyncio.run(fill())
    return file


def killed_everywhere(start: Path, folder: Path, schema: Path, *, stride: int = 1) -> list[Path]:
    """Upgrade a copy of a file, killed some steps later each time; return the files as they were left."""
    folder.mkdir()
    places = [str(start), str(folder), str(schema)]
    command = [sys.executable, "-m", "tests.store.file.dying", str(stride), "migrate", *places]
    subprocess.run(command, cwd=ROOT, check=True, timeout=SLOWEST)
    return [place / "pitstop.db" for place in sorted(folder.iterdir())]


def test_an_upgrade_killed_at_any_step_leaves_the_old_schema_or_the_new_one(tmp_path: Path, newer: Path) -> None:
    start = filled(tmp_path / "start.db")
    goal = tmp_path / "goal.db"
    for side in ("", ".keys", ".secret"):
        shutil.copy(f"{start}{side}", f"{goal}{side}")
    asyncio.run(open_store(goal, schema=newer).close())
    old, new = schema_of(start), schema_of(goal)
    assert old != new

    left = killed_everywhere(start, tmp_path / "left", newer)

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
        asyncio.run(open_store(file, schema=newer).close())
        assert schema_of(file) == new, "and opening again ends well"
        assert members(file) == ROWS


def test_a_first_start_killed_at_any_step_starts_the_next_time(tmp_path: Path) -> None:
    left = killed_everywhere(tmp_path / "none.db", tmp_path / "left", SCHEMA, stride=3)
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
asyncio.run(open_store(Path(sys.argv[1]), schema=Path(sys.argv[2])).close())
"""


def test_two_processes_that_upgrade_at_once_do_it_once(tmp_path: Path, newer: Path) -> None:
    file = filled(tmp_path / "pitstop.db")
    command = [sys.executable, "-c", OPEN, str(file), str(newer)]
    both = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        process.communicate("go\n", timeout=IN_THE_END)
        assert process.returncode == 0
    with closing(sqlite3.connect(file)) as connection:
        taken = [row[0] for row in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert taken == [step.stem for step in sorted(newer.glob("*.sql"))]
    assert members(file) == ROWS
    assert len([path for path in tmp_path.iterdir() if ".before-" in path.name]) == 1
