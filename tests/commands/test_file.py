"""Backing up and bringing back, as an operator does it."""

import json
import sqlite3
import stat
from pathlib import Path

import pytest

from bot.store.sqlite.file.open import open_store
from tests.commands.cli import SECRET, fill, run
from tests.store.scene import a_reply


def copies(folder: Path) -> list[Path]:
    """The backups beside a database, newest first."""
    return sorted((folder / "data" / "backups").glob("pitstop-*.db"), reverse=True)


def test_a_backup_is_named_whole_and_its_owners_alone(database: Path, here: Path) -> None:
    told = run("backup")
    assert told.exit_code == 0, told.output
    (copy,) = copies(here)
    assert told.output.startswith(f"Backed up to {copy.relative_to(here)} (")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with sqlite3.connect(copy) as opened:
        assert opened.execute("SELECT count(*) FROM reply").fetchone() == (5,)


def test_a_backup_for_machines_and_the_number_of_copies_kept(database: Path, here: Path) -> None:
    done = json.loads(run("backup", "--json", "--keep", "1").output)
    assert done == {"copy": str(copies(here)[0].relative_to(here)), "size": copies(here)[0].stat().st_size}


def test_a_backup_is_made_while_pitstop_holds_the_file(database: Path, here: Path) -> None:
    store = open_store(database)  # as serve does
    assert run("backup").exit_code == 0
    assert len(copies(here)) == 1
    del store


def test_there_is_nothing_to_back_up_where_nothing_is(here: Path) -> None:
    told = run("backup")
    assert told.exit_code == 1
    assert told.stderr == "Error: There is no database at data/pitstop.db to back up.\n"
    assert list(here.iterdir()) == []


def test_what_was_backed_up_comes_back_and_the_file_from_before_is_kept(database: Path, here: Path) -> None:
    run("backup")
    fill(database, a_reply("later", text="said since"))
    told = run("restore", str(copies(here)[0]))
    assert told.exit_code == 0, told.output
    assert told.output.startswith(f"Restored {copies(here)[0]}, as it was at ")
    assert told.output.endswith("Start Pitstop now.\n")
    replaced = next((here / "data").glob("pitstop.db.replaced-*"))
    assert str(replaced.relative_to(here)) in told.output
    with sqlite3.connect(database) as opened:
        assert opened.execute("SELECT count(*) FROM reply WHERE id = 'later'").fetchone() == (0,)
    with sqlite3.connect(replaced) as opened:
        assert opened.execute("SELECT count(*) FROM reply WHERE id = 'later'").fetchone() == (1,)


def test_who_was_erased_since_the_backup_stays_erased(database: Path, here: Path) -> None:
    run("backup")
    assert run("erase", "anna", "--yes").exit_code == 0
    done = json.loads(run("restore", "--json", str(copies(here)[0])).output)
    assert done["erased"] == 1
    assert "Anna" not in run("log").output
    assert SECRET.encode() not in database.read_bytes()


def test_without_the_list_of_who_was_erased_nothing_is_brought_back_until_that_is_said(
    database: Path, here: Path
) -> None:
    run("backup")
    run("erase", "anna", "--yes")
    (here / "data" / "pitstop.db.erased").rename(here / "pitstop.db.erased")
    told = run("restore", str(copies(here)[0]))
    assert (told.exit_code, "Anna" in run("log").output) == (1, False)
    assert "data/pitstop.db.erased is missing." in told.stderr
    assert "--without-list" in told.stderr
    looked = {each["what"]: each for each in json.loads(run("doctor", "--json").output)}
    assert looked["companions"]["state"] == "bad"
    told = run("restore", "--without-list", str(copies(here)[0]))
    assert (told.exit_code, "--accept-lost" in told.stderr) == (1, True), "her keys are destroyed all the same"
    assert run("restore", "--without-list", "--accept-lost", str(copies(here)[0])).exit_code == 0
    assert "Anna" not in run("log").output


def test_migrate_says_what_it_did(here: Path) -> None:
    assert run("migrate").output == "Made data/pitstop.db.\n"
    assert run("migrate").output == "data/pitstop.db is up to date: there was nothing to do.\n"
    (here / "data" / "pitstop.db.erased").unlink()
    assert run("migrate").output.splitlines()[1].startswith("The list of who was erased was missing, and begins anew.")
    assert json.loads(run("migrate", "--json").output)["list_begun"] is False


def test_a_backup_is_not_brought_back_under_a_running_pitstop(database: Path, here: Path) -> None:
    run("backup")
    store = open_store(database)
    told = run("restore", str(copies(here)[0]))
    assert told.exit_code == 1
    assert "Stop every Pitstop" in told.stderr
    del store


@pytest.mark.parametrize("content", [b"", b"not a database, but long enough to be taken for one" * 20])
def test_what_is_no_backup_changes_nothing(database: Path, here: Path, content: bytes) -> None:
    before = run("log", "--json").output
    strange = here / "strange.db"
    strange.write_bytes(content)
    told = run("restore", str(strange))
    assert told.exit_code == 1
    assert told.stderr.startswith("Error: ")
    assert run("log", "--json").output == before


def test_a_file_that_is_not_there_is_wrong_usage(here: Path) -> None:
    assert run("restore", "nowhere.db").exit_code == 2


def test_migrate_tells_machines_what_it_did(here: Path) -> None:
    made = {"file": "data/pitstop.db", "made": True, "steps": [], "kept": None, "list_begun": False}
    assert json.loads(run("migrate", "--json").output) == made
    assert json.loads(run("migrate", "--json").output) == {**made, "made": False}
