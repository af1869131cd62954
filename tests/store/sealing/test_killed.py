"""A process that is killed at any step of a first key, an erasure or a change of the secret."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.sqlite import open_store
from bot.store.sqlite.file.keys import check_keys, rotate_keys
from bot.store.sqlite.file.location import home_of
from tests.long_form import LONG
from tests.store.file.dying import SECRET, begin
from tests.store.sealing.test_forgotten import opened_texts
from tests.waiting import SLOWEST

ROOT = Path(__file__).parents[3]
STRIDE = "1" if LONG else "7"


def killed(deed: str, home: Path, left: Path) -> list[Path]:
    """Do something in a copy of a folder, killed some steps later each time; return the files as they were left."""
    left.mkdir()
    command = [sys.executable, "-m", "tests.store.file.dying", STRIDE, deed, str(home), str(left)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=SLOWEST)
    return [place / "pitstop.db" for place in sorted(left.iterdir())]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    asyncio.run(begin(home / "pitstop.db"))
    return home


def reopened(file: Path) -> None:
    """Start once more, and end."""
    asyncio.run(open_store(file).close())


def test_a_first_key_killed_at_any_step_leaves_nothing_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    seen = set()
    for file in killed("begin", tmp_path / "home", tmp_path / "left"):
        reopened(file)
        found = check_keys(file, keystore=None, secrets=None, progress=lambda _: None)
        assert (found.gone, found.broken) == (0, ()), "a key is on the disk before its first text"
        seen.add(len(opened_texts(file, home_of(file).keys, "first words")))
    assert seen >= {0, 2}, "nothing, or all of it"


def test_an_erasure_killed_at_any_step_is_not_begun_or_is_done_here_and_in_copies(home: Path, tmp_path: Path) -> None:
    file = home / "pitstop.db"
    copy = tmp_path / "copy.db"
    shutil.copy(file, copy)
    seen = set()
    for left in killed("forget", home, tmp_path / "left"):
        reopened(left)
        here = opened_texts(left, home_of(left).keys, "first words")
        in_copy = opened_texts(copy, home_of(left).keys, "first words")
        assert bool(here) == bool(in_copy)
        seen.add(bool(here))
    assert seen == {True, False}


def test_a_change_of_the_secret_killed_at_any_step_goes_on(home: Path, tmp_path: Path) -> None:
    shutil.copy(home / "pitstop.db.secret", tmp_path / "old")
    for file in killed("rotate", home, tmp_path / "left"):
        assert opened_texts(file, home_of(file).keys, "first words", [SECRET]), "both are known while it is changed"
        rotate_keys(file, keystore=None, secrets=[SECRET], progress=lambda *_: None)
        (file.parent / "pitstop.db.secret").unlink()
        assert opened_texts(file, home_of(file).keys, "first words", [SECRET]), "and then the new one alone"
