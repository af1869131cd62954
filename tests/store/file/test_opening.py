"""From an address to a usable file, or one sentence that says what to do."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.store import open as engines
from bot.store.port import Held, Store, Unusable
from bot.store.sqlite import open_store
from bot.store.sqlite.file.begin import SMALLEST, begin, put_if_none
from bot.store.sqlite.file.examine import inside
from bot.store.sqlite.file.migrations import SCHEMA
from tests.store.scene import a_workspace
from tests.waiting import IN_THE_END

NOBODY = 65534
ROOT = Path(__file__).parents[3]


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    """Return a copy of the steps, to add to."""
    return Path(shutil.copytree(SCHEMA, tmp_path / "schema"))


def close(store: Store) -> None:
    asyncio.run(store.close())


def fill(file: Path) -> None:
    store = open_store(file)
    asyncio.run(store.save(a_workspace()))
    close(store)


def names(file: Path) -> list[str]:
    connection = sqlite3.connect(file)
    found = [workspace for (workspace,) in connection.execute("SELECT id FROM workspace")]
    connection.close()
    return found


# --- addresses


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("sqlite:///data/pitstop.db", Path("data/pitstop.db")),
        ("sqlite:////var/lib/pitstop.db", Path("/var/lib/pitstop.db")),
        ("data/pitstop.db", Path("data/pitstop.db")),  # a path will do
        (Path("pitstop.db"), Path("pitstop.db")),
    ],
)
def test_an_address_means_a_file(address: str | Path, file: Path) -> None:
    assert engines.file_of(address) == file


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://anna:secret@db/pitstop",
        "postgresql:/anna:secret@db/pitstop",
        "sqlite://pitstop.db",
        "sqlite:pitstop.db",
        "sqlite:///",
        "sqlite:///:memory:",
    ],
)
@pytest.mark.parametrize("ask", [engines.open_store, engines.file_of])
def test_another_address_is_refused_with_those_that_work_and_no_password(
    address: str, ask: Callable[[str], object]
) -> None:
    with pytest.raises(Unusable, match=r"sqlite:///relative.db and sqlite:////absolute.db") as refusal:
        ask(address)
    assert "secret" not in str(refusal.value)


def test_the_folder_is_made_and_the_file_is_the_owners_only(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "pitstop.db"
    close(open_store(f"sqlite:///{file}"))
    assert file.stat().st_mode & 0o077 == 0


def test_the_file_is_set_for_durability_and_secrecy(tmp_path: Path) -> None:
    store = open_store(tmp_path / "pitstop.db")
    writer = store._writer._connection  # type: ignore[attr-defined]
    settings = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout", "temp_store")
    found = {name: writer.execute(f"PRAGMA {name}").fetchone()[0] for name in settings}
    close(store)
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 10000,
        "temp_store": 2,
    }


# --- files that cannot be used


def test_what_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database at all\n" * 99)
    with pytest.raises(Unusable, match=r"it is not a database. Point PITSTOP_DATABASE_URL at another file"):
        open_store(file)
    assert file.read_text() == "not a database at all\n" * 99


@pytest.mark.parametrize("statement", ["CREATE TABLE recipe (id)", "PRAGMA application_id = 7"])
def test_another_programs_database_is_left_alone(tmp_path: Path, statement: str) -> None:
    file = tmp_path / "other.db"
    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.close()
    before = snapshot(tmp_path)
    assert inside(file).is_strange
    with pytest.raises(Unusable, match="another program's data"):
        open_store(file)
    assert snapshot(tmp_path) == before, "not even how it keeps its log is changed"


@pytest.mark.parametrize("left", [0, 1, 99])
def test_a_file_that_was_cut_to_nothing_is_not_begun_anew(tmp_path: Path, left: int) -> None:
    file = tmp_path / "pitstop.db"
    fill(file)
    file.write_bytes(file.read_bytes()[:left])
    for look in (open_store, inside):
        with pytest.raises(Unusable, match=r"it was cut to nothing. Restore a backup"):
            look(file)
    assert file.stat().st_size == left


def test_where_another_process_was_faster_its_file_is_left_in_place(tmp_path: Path) -> None:
    file, made = tmp_path / "pitstop.db", tmp_path / "made"
    fill(file)
    made.write_bytes(b"late")
    put_if_none(made, file)
    assert names(file) == ["w"]


def test_what_is_begun_is_a_database_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"
    begin(file)
    assert file.stat().st_size >= SMALLEST
    assert file.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [file]
    fill(file)
    begin(file)
    assert names(file) == ["w"]


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"
    fill(file)
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 9] = os.urandom(4096 * 6)
    file.write_bytes(content)
    with pytest.raises(Unusable, match=r"it is damaged. .* restore a backup"):
        open_store(file)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file there is, but for the one that is only ever locked."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}


def page(file: Path, table: str) -> int:
    """Return where the first page of a table begins."""
    connection = sqlite3.connect(file)
    (number,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
    connection.close()
    return (int(number) - 1) * 4096


DAMAGES = [
    ("flipped page", lambda content, start: content[:start] + bytes(4096) + content[start + 4096 :]),
    ("flipped byte in a page's header", lambda content, start: content[:start] + b"\xff" + content[start + 1 :]),
    ("truncated", lambda content, _: content[: len(content) // 2]),
    ("cut within a page", lambda content, _: content[:-5000]),
    ("wrong header", lambda content, _: b"SQLite format 4" + content[15:]),
    ("wrong page size", lambda content, _: content[:16] + b"\x03\x00" + content[18:]),
    ("encrypted by somebody", lambda content, _: bytes(byte ^ 0x5A for byte in content)),
]


@pytest.mark.parametrize(("kind", "damage"), DAMAGES, ids=[kind for kind, _ in DAMAGES])
def test_each_kind_of_damage_is_refused_with_what_to_do_and_nothing_is_overwritten(
    tmp_path: Path, kind: str, damage: Callable[[bytes, int], bytes]
) -> None:
    file = tmp_path / "pitstop.db"
    fill(file)
    file.write_bytes(damage(file.read_bytes(), page(file, "workspace")))
    before = snapshot(tmp_path)
    with pytest.raises(Unusable, match=r"(it is damaged. .* restore a backup|it is not a database. Point)"):
        open_store(file)
    assert snapshot(tmp_path) == before


def test_a_log_of_garbage_is_left_out_and_what_was_written_stands(tmp_path: Path) -> None:
    """SQLite checks each page of its log: what was never whole there was never acknowledged either."""
    file = tmp_path / "pitstop.db"
    fill(file)
    Path(f"{file}-wal").write_bytes(os.urandom(4096 * 9))
    close(open_store(file))
    assert names(file) == ["w"]


UNCLEAN = """
import asyncio, os, sys
from pathlib import Path
from bot.store.sqlite import open_store
from tests.store.scene import a_workspace

async def main():
    store = open_store(Path(sys.argv[1]))
    for name in ("one", "two", "three"):
        await store.save(a_workspace(name))
    os._exit(9)

asyncio.run(main())
"""


@pytest.mark.parametrize("cut", [1, 2000, 4096 * 2 + 7])
def test_a_log_that_ends_halfway_gives_all_that_is_whole_in_it(tmp_path: Path, cut: int) -> None:
    file = tmp_path / "pitstop.db"
    subprocess.run([sys.executable, "-c", UNCLEAN, str(file)], cwd=ROOT, check=False)
    log = Path(f"{file}-wal")
    log.write_bytes(log.read_bytes()[:-cut])
    Path(f"{file}-shm").unlink()  # as after a power cut
    close(open_store(file))
    assert sorted(names(file)) in (["one"], ["one", "two"])


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="it is a folder"):
        open_store(tmp_path)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unusable, match="Give Pitstop's user the right to write"):
        open_store(tmp_path / "file" / "pitstop.db")


def test_a_file_another_program_holds_is_said(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"
    fill(file)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("PRAGMA journal_mode = DELETE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Held, match="another program holds it"):
        open_store(file, patience=0.05)
    other.close()


def test_a_file_whose_writer_is_frozen_in_the_midst_is_said_to_be_held(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"
    fill(file)
    frozen = sqlite3.connect(file, isolation_level=None)
    frozen.execute("BEGIN IMMEDIATE")
    with pytest.raises(Held):
        open_store(file, patience=0.05)
    frozen.execute("ROLLBACK")
    close(open_store(file))
    frozen.close()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that another user of the machine can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


AS_NOBODY = f"""
import os, sys
from pathlib import Path
from bot.store.port import Unusable
from bot.store.sqlite import open_store

if os.geteuid() == 0:  # root has every right
    os.setuid({NOBODY})
try:
    open_store(Path(sys.argv[1]))
except Unusable as refusal:
    print(refusal)
else:
    print("opened")
"""


def said_to_another_user(file: Path) -> str:
    """Open the file as a user without rights and return what is said."""
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(file)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def test_a_read_only_file_is_said(open_folder: Path) -> None:
    file = open_folder / "pitstop.db"
    fill(file)
    file.chmod(0o444)
    if os.geteuid() == 0:
        for path in open_folder.iterdir():
            os.chown(path, NOBODY, NOBODY)
    assert said_to_another_user(file) == (
        f"{file} cannot be used: it cannot be written. "
        "Give Pitstop's user the right to write the file and its folder.\n"
    )


def test_another_users_file_is_said(open_folder: Path) -> None:
    file = open_folder / "pitstop.db"
    fill(file)
    if os.geteuid() != 0:
        file.chmod(0o000)
    assert "(Permission denied): it cannot be written. Give" in said_to_another_user(file)


def test_a_read_only_folder_is_said(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    said = said_to_another_user(open_folder / "pitstop.db")
    open_folder.chmod(0o755)
    assert "it cannot be written. Give Pitstop's user the right" in said


# --- steps


def test_opening_again_keeps_everything_and_makes_no_copy(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"
    fill(file)
    close(open_store(file))
    assert names(file) == ["w"]
    assert {path.name for path in tmp_path.iterdir()} == {
        f"pitstop.db{side}" for side in ("", ".lock", ".erased", ".keys", ".secret")
    }


def test_a_new_step_is_taken_after_a_copy(tmp_path: Path, schema: Path) -> None:
    file = tmp_path / "pitstop.db"
    fill(file)
    (schema / "0002_mood.sql").write_text(
        "ALTER TABLE workspace ADD COLUMN mood TEXT;\nUPDATE workspace SET mood = 'good';"
    )
    store = open_store(file, schema=schema)
    assert asyncio.run(store.workspaces()) == [a_workspace(version=1)]
    close(store)
    copy = tmp_path / "pitstop.db.before-0002_mood"
    assert names(copy) == ["w"]
    assert copy.stat().st_mode & 0o077 == 0
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT mood FROM workspace").fetchall() == [("good",)]
    connection.close()


def test_a_failing_step_changes_nothing(tmp_path: Path, schema: Path) -> None:
    file = tmp_path / "pitstop.db"
    fill(file)
    (schema / "0002_half.sql").write_text("DELETE FROM workspace;\nDROP TABLE member;\nINSERT INTO nowhere VALUES (1);")
    with pytest.raises(Unusable, match="no such table: nowhere"):
        open_store(file, schema=schema)
    store = open_store(file)
    assert asyncio.run(store.workspaces()) == [a_workspace(version=1)]
    assert asyncio.run(store.member("w", "anna")) is None
    close(store)


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path, schema: Path) -> None:
    file = tmp_path / "pitstop.db"
    (schema / "0002_mood.sql").write_text("CREATE TABLE mood (id TEXT);")
    close(open_store(file, schema=schema))
    with pytest.raises(Unusable, match=r"a newer Pitstop wrote it \(0002_mood\). Install that version"):
        open_store(file)


def test_steps_are_numbered_without_gaps() -> None:
    numbers = [int(file.name[:4]) for file in sorted(SCHEMA.glob("*.sql"))]
    assert numbers == list(range(1, len(numbers) + 1))


# --- two processes


WRITER = """
import asyncio, sys
from pathlib import Path
from bot.store.sqlite import open_store
from tests.store.scene import T0, a_workspace

async def main():
    store = open_store(Path(sys.argv[1]))
    for number in range(30):
        await store.save(a_workspace(f"{sys.argv[2]}-{number}"))
        assert await store.workspace(f"{sys.argv[2]}-{number}")
    print(await store.first_sight("w", "U-anna", "Ev1", T0))
    await store.close()

asyncio.run(main())
"""


def test_two_processes_start_and_write_on_one_new_file(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(file), name], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    said = sorted(process.communicate(timeout=IN_THE_END)[0].strip() for process in running)
    assert said == ["False", "True"], "only one of them sees an event first"
    assert len(names(file)) == 60
