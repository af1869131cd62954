"""`audit verify`: what it says of a chain that is whole, and of one that is not; and of a receipt."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.commands.cli import fill, run

HERE = "operator"


def looked(database: Path) -> None:
    fill(database)
    assert run("log").exit_code == 0


def touched(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DROP TRIGGER audit_is_never_changed")
        connection.execute("UPDATE audit SET count = count + 1")
        connection.commit()


def receipt(database: Path, place: Path, **changes: object) -> Path:
    with closing(sqlite3.connect(database)) as connection:
        [(workspace, head)] = connection.execute("SELECT workspace, hash FROM audit_head").fetchall()
        hashes = [each for (each,) in connection.execute("SELECT hash FROM audit ORDER BY seq")]
    told = {"workspace": workspace, "head": head, "looks": [{"hash": each} for each in hashes]}
    place.write_text(json.dumps(told | changes))
    return place


def test_before_anybody_looked_it_says_so(database: Path) -> None:
    fill(database)
    told = run("audit", "verify")
    assert (told.exit_code, told.stdout) == (0, "Nobody has looked at anybody's words yet.\n")


def test_a_whole_chain_is_told_with_where_it_ends(database: Path) -> None:
    looked(database)
    told = run("audit", "verify")
    assert told.exit_code == 0
    assert "each as it was noted" in told.stdout
    [plain] = json.loads(run("audit", "verify", "--json").stdout)
    assert plain["fault"] is None
    assert plain["head"] in told.stdout


def test_a_row_that_was_changed_ends_with_one_and_says_when_it_was_noted(database: Path) -> None:
    looked(database)
    touched(database)
    told = run("audit", "verify")
    assert told.exit_code == 1
    assert "its row was changed" in told.stdout
    assert json.loads(run("audit", "verify", "--json").stdout)[0]["fault"] == "changed"


def test_a_receipt_is_held_against_the_chain(database: Path, tmp_path: Path) -> None:
    looked(database)
    good = run("audit", "verify", "--receipt", str(receipt(database, tmp_path / "good.json")))
    assert (good.exit_code, "so is the end that it names" in good.stdout) == (0, True)
    run("log")
    later = run("audit", "verify", "--receipt", str(tmp_path / "good.json"))
    assert later.exit_code == 0, "what came after changes nothing"
    forged = run("audit", "verify", "--receipt", str(receipt(database, tmp_path / "f.json", looks=[{"hash": "x"}])))
    assert (forged.exit_code, "1 are NOT there" in forged.stdout) == (1, True)
    other = run("audit", "verify", "--receipt", str(receipt(database, tmp_path / "o.json", workspace="elsewhere")))
    assert other.exit_code == 1
    cut = run("audit", "verify", "--receipt", str(receipt(database, tmp_path / "c.json", head="x")), "--json")
    assert (cut.exit_code, json.loads(cut.stdout)[-1]["receipt"]["has_head"]) == (1, False)


@pytest.mark.parametrize("text", ["", "[]", '{"looks": 1}', '{"workspace": "w", "head": "h"}', "\udcff"])
def test_what_is_no_receipt_is_refused(database: Path, tmp_path: Path, text: str) -> None:
    looked(database)
    place = tmp_path / "odd.json"
    place.write_bytes(text.encode("utf-8", "surrogateescape"))
    told = run("audit", "verify", "--receipt", str(place))
    assert told.exit_code == 1
    assert "is no receipt" in told.stderr


def test_it_stands_among_the_commands() -> None:
    assert "audit" in main.commands
