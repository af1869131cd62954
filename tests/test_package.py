"""The package as somebody installs it: a wheel that brings its words along."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120  # seconds, for a machine with a lot to do


def run(*command: str, folder: Path, **values: str) -> str:
    """Run a command in a folder and return what it said; a failure shows everything."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, **values},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    pytest.importorskip("hatchling", reason="the build backend is among the development requirements")
    folder = tmp_path_factory.mktemp("wheel")
    run("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), folder=ROOT)
    return next(folder.glob("*.whl"))


def test_the_wheel_runs_from_an_empty_folder_with_its_own_words(wheel: Path, tmp_path: Path) -> None:
    installed, empty = tmp_path / "installed", tmp_path / "empty"
    empty.mkdir()
    pip = ("-m", "pip", "install", "--no-deps", "--no-index", "--no-compile", "--quiet", "--disable-pip-version-check")
    run(*pip, "--target", str(installed), str(wheel), folder=tmp_path)
    alone = {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    where = run("-c", "import bot; print(bot.__file__)", folder=empty, **alone)
    assert Path(where.strip()).is_relative_to(installed), "the checkout must not stand in"
    assert run("-m", "bot", "check", "--content", folder=empty, **alone) == "All good.\n"
    assert list(empty.iterdir()) == []
    own = tmp_path / "own" / "phrases" / "en"
    own.mkdir(parents=True)
    (own / "help.ftl").write_text("help-title = Help, ours\n")
    laid = run("-m", "bot", "check", "--content", folder=empty, **alone, PITSTOP_PROMPTS=str(tmp_path / "own"))
    assert laid.startswith(f"Note: {own}/help.ftl replaces the shipped one.")
    assert laid.endswith("All good.\n")
    whose = {"TEAMS_CLIENT_ID": "6e9d3f2a-1111-4222-8333-abcdefabcdef", "PITSTOP_OPERATOR": "IT of Example Ltd"}
    run("-m", "bot", "teams-package", "--website", "https://example.com", folder=empty, **alone, **whose)
    assert [file.name for file in empty.iterdir()] == ["pitstop-teams.zip"]


def test_the_wheel_holds_every_word_and_nothing_of_the_checkout_alone(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    words = {f"bot/{file.relative_to(ROOT)}" for file in (ROOT / "prompts").rglob("*") if file.is_file()}
    assert words
    assert words <= names
    static = {str(file.relative_to(ROOT)) for file in (ROOT / "bot/practice/pages/static").rglob("*") if file.is_file()}
    assert static <= names
    assert {"bot/manifest.json", "bot/teams/manifest.json", "bot/store/sqlite/file/schema/0001_records.sql"} <= names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"bot", "pitstop"}
    assert not [name for name in names if "__pycache__" in name or name.startswith("bot/data")]


def test_the_wheel_carries_its_command_and_its_license(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        about = {Path(name).name: opened.read(name).decode() for name in opened.namelist() if ".dist-info/" in name}
    assert "pitstop = bot.__main__:main" in about["entry_points.txt"]
    assert "License-Expression: MIT" in about["METADATA"]
    assert about["LICENSE"].startswith("MIT License")


def test_the_wheel_carries_the_licenses_of_other_people_s_code(wheel: Path) -> None:
    theirs = list((ROOT / "bot").rglob("*.LICENSE"))
    assert theirs
    with zipfile.ZipFile(wheel) as opened:
        about = {name.partition(".dist-info/licenses/")[2]: name for name in opened.namelist()}
        for file in theirs:
            assert opened.read(about[str(file.relative_to(ROOT))]) == file.read_bytes()
