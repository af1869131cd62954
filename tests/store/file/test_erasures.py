"""Who asked to be erased stays erased, whatever file is opened."""

# ruff: noqa: ASYNC221, ASYNC240 - these tests look at files

import asyncio
import json
import logging
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.port import Conflict, StoreError, Unusable
from bot.store.sqlite import open_store
from bot.store.sqlite.file.erasures import Erasures
from bot.store.sqlite.file.examine import inside
from bot.store.sqlite.file.open import begin_list_anew
from tests.store.scene import T0, Scene, a_reply, at, cast
from tests.stored import traces

ROOT = Path(__file__).parents[3]
MARK = "XYLOPHONE"


@pytest.fixture
def list_file(file: Path) -> Path:
    return file.with_name("pitstop.db.erased")


def copy_of(file: Path, copy: Path) -> None:
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


async def test_an_erasure_leaves_a_line_without_a_word(scene: Scene, list_file: Path) -> None:
    await scene.store.erase("w", "anna", at=at(5), audit_id="e")
    head, line = list_file.read_text().splitlines()
    assert head.startswith("list ")
    at_once, decided, who = line.split()
    assert (at_once, decided) == ("2026-01-06T09:05:00.000000+00:00", "erased")
    assert re.fullmatch(r"[0-9a-f]{32}", who), "a keyed hash, and no id"
    assert list_file.stat().st_mode & 0o777 == 0o600


async def test_who_was_never_there_leaves_no_line(scene: Scene, list_file: Path) -> None:
    assert await scene.store.erase("w", "nobody", at=at(5), audit_id="e") == 0
    assert Erasures(list_file).standing() == {}


async def test_a_file_from_before_the_erasure_loses_the_person_when_it_is_opened(
    scene: Scene, file: Path, tmp_path: Path
) -> None:
    await scene.add(*(a_reply(f"r{number}", text=f"{MARK} " * 300) for number in range(40)))
    old = tmp_path / "old"
    copy_of(file, old)
    await scene.store.erase("w", "anna", at=at(5), audit_id="e")
    await scene.store.close()
    shutil.move(old, file)
    again = open_store(file)
    assert await again.member("w", "anna") is None
    assert await again.member("w", "bram") is not None
    [trace] = traces(again)
    assert (trace.action, trace.count, trace.at) == ("erase", 40, at(5))
    await again.close()
    kept = b"".join(path.read_bytes() for path in file.parent.glob("pitstop.db*"))
    assert MARK.encode() not in kept
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,), "it was written anew"


async def test_opening_again_and_again_erases_once(scene: Scene, file: Path) -> None:
    await scene.store.erase("w", "anna", at=at(5), audit_id="e")
    await scene.store.close()
    again = open_store(file)
    assert [entry.id for entry in traces(again)] == ["e"]
    await again.close()


async def test_an_erasure_that_fails_is_taken_from_the_list(scene: Scene, file: Path, list_file: Path) -> None:
    """Its asker is told that nothing was erased: it must not happen weeks later, at a restart."""
    await scene.store.erase("w", "bram", at=at(4), audit_id="e")
    with pytest.raises(Conflict):
        await scene.store.erase("w", "anna", at=at(5), audit_id="e")  # the id of its trace is taken
    assert list(Erasures(list_file).standing().values()) == [at(4)], "bram's alone"
    await scene.store.close()
    again = open_store(file)
    assert await again.member("w", "anna") is not None
    await again.close()


DIES = """
import asyncio, os, signal, sys
from pathlib import Path
from bot.store.sqlite import open_store
from tests.store.scene import at

def follow(frame, event, called):
    if event == "c_call" and called.__name__ == "execute" and frame.f_code.co_name == "_commit" and noted():
        os.kill(os.getpid(), signal.SIGKILL)

def noted():
    return b" erased " in Path(sys.argv[1] + ".erased").read_bytes()

import threading
threading.setprofile(follow)
store = open_store(Path(sys.argv[1]))
asyncio.run(store.erase("w", "anna", at=at(5), audit_id="e"))
"""


async def test_a_crash_between_the_line_and_the_deed_is_made_good_at_the_next_start(
    scene: Scene, file: Path, list_file: Path
) -> None:
    await scene.store.close()
    died = subprocess.run([sys.executable, "-c", DIES, str(file)], cwd=ROOT, check=False)
    assert died.returncode == -9
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM member WHERE id = 'anna'").fetchone() == (1,)
    again = open_store(file)
    assert await again.member("w", "anna") is None
    await again.close()


@pytest.mark.parametrize(
    "line",
    [
        "2026-01-06T09:05:00+00:00 erased ann",  # the power went before its end
        "2026-01-06T09:05:00+00:00 erased",
        "garbage",
        "2026-01-06T09:05:00 erased naive",
        "yesterday erased anna",
        "\x00\x00\x00",
    ],
)
async def test_half_a_line_counts_for_nothing_and_spoils_no_other(list_file: Path, line: str) -> None:
    erasures = Erasures(list_file)
    erasures.note("bram", T0)
    with list_file.open("a") as out:
        out.write(line)
    assert erasures.standing() == {"bram": T0}
    erasures.note("carl", T0)
    assert {"bram", "carl"} <= erasures.standing().keys()
    assert "anna" not in erasures.standing()


async def test_old_lines_go_with_a_later_copy(scene: Scene, list_file: Path) -> None:
    erasures = Erasures(list_file)
    erasures.note("long-gone", T0 - timedelta(days=401))
    erasures.note("gone", T0 - timedelta(days=399))
    await scene.store.back_up(T0, keep=1)
    assert erasures.standing() == {"gone": T0 - timedelta(days=399)}
    assert list_file.stat().st_mode & 0o777 == 0o600


async def test_without_the_list_nothing_is_erased(scene: Scene, list_file: Path) -> None:
    list_file.unlink()
    list_file.mkdir()
    with pytest.raises(StoreError, match="nothing was erased: the list of erasures cannot be written"):
        await scene.store.erase("w", "anna", at=at(5), audit_id="e")
    assert await scene.store.member("w", "anna") is not None


async def test_a_list_that_cannot_be_read_is_said_before_anything_is_served(file: Path, list_file: Path) -> None:
    store = open_store(file)
    await store.save(*cast())
    await store.close()
    list_file.unlink()
    list_file.mkdir()
    with pytest.raises(Unusable, match="the list of erasures cannot be read"):
        open_store(file)


FULL = """
import asyncio, resource, sys
from pathlib import Path
from bot.store.port import StoreError
from bot.store.sqlite.file.erasures import Erasures
from tests.store.scene import T0

erasures = Erasures(Path(sys.argv[1]))
erasures.note("bram", T0)
size = Path(sys.argv[1]).stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10, resource.RLIM_INFINITY))
try:
    erasures.note("anna", T0)
except StoreError as error:
    print(error)
"""


async def test_a_full_disk_leaves_no_piece_of_a_line(list_file: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(list_file)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "nothing was erased: the list of erasures cannot be written: File too large\n"
    assert list_file.read_text() == "2026-01-06T09:00:00.000000+00:00 erased bram\n"


async def test_the_log_names_only_ids(
    scene: Scene, file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copy_of(file, tmp_path / "old")
    await scene.store.erase("w", "anna", at=at(5), audit_id="e")
    await scene.store.close()
    shutil.move(tmp_path / "old", file)
    with caplog.at_level(logging.INFO):
        await open_store(file).close()
    assert [record.getMessage() for record in caplog.records] == ["erased again member=anna"]
    assert "Anna" not in json.dumps(caplog.text)


def test_a_new_database_takes_up_the_list_that_is_there(tmp_path: Path) -> None:
    """On a new machine the list comes first, and somebody may start Pitstop before the copy is brought back."""
    list_file = tmp_path / "pitstop.db.erased"
    identity = Erasures(list_file).begin(b"2026-01-06T09:05:00+00:00 erased anna\n")
    asyncio.run(open_store(tmp_path / "pitstop.db").close())
    assert Erasures(list_file).identity() == identity
    assert Erasures(list_file).standing().keys() == {"anna"}


@pytest.mark.parametrize("how", ["gone", "another's"])
def test_a_list_that_is_gone_is_noticed_and_never_replaced_in_silence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    file, list_file = tmp_path / "pitstop.db", tmp_path / "pitstop.db.erased"
    asyncio.run(open_store(file).close())
    assert inside(file).lost == ()
    list_file.unlink()
    other = Erasures(list_file).begin() if how == "another's" else None
    asyncio.run(open_store(file).close())
    assert [record.getMessage() for record in caplog.records] == [
        "the list of erasures is gone, or another database's: run doctor"
    ]
    assert [place for place, _ in inside(file).lost] == [list_file]
    assert Erasures(list_file).identity() == other
    assert begin_list_anew(file)
    assert inside(file).lost == ()
    assert not begin_list_anew(file), "there is nothing to begin any more"
