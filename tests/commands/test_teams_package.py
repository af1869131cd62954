"""The app package for Teams, as an administrator makes it."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from bot.commands.teams_package import beyond_limits, filled, read, zipped
from tests.commands.cli import ROOT, bot, run

CLIENT = "6E9D3F2A-1111-4222-8333-abcdefabcdef"
SET = {"TEAMS_CLIENT_ID": CLIENT, "PITSTOP_OPERATOR": "IT of Example Ltd"}
WEBSITE = "https://intranet.example.com/pitstop"


@pytest.fixture(autouse=True)
def _without_teams(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEAMS_CLIENT_ID", raising=False)


def package(*arguments: str, **values: str) -> Result:
    return run("teams-package", "--website", WEBSITE, *arguments, **(SET | values))


def manifest_in(file: Path) -> dict[str, Any]:
    with zipfile.ZipFile(file) as opened:
        return json.loads(opened.read("manifest.json"))


def test_the_package_holds_the_manifest_its_dutch_and_two_icons_at_the_top(here: Path) -> None:
    told = package()
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.output.startswith("Wrote pitstop-teams.zip, version ")
    with zipfile.ZipFile("pitstop-teams.zip") as opened:
        assert opened.testzip() is None
        assert opened.namelist() == ["color.png", "manifest.json", "nl.json", "outline.png"]
        for name in ("color.png", "nl.json", "outline.png"):
            assert opened.read(name) == (ROOT / "teams" / name).read_bytes()


def test_the_manifest_in_it_says_whose_app_it_is_and_who_runs_it(here: Path) -> None:
    assert package("--privacy", "https://example.com/privacy", "--out", "ours.zip").exit_code == 0
    written = manifest_in(Path("ours.zip"))
    assert written["id"] == written["bots"][0]["botId"] == CLIENT.lower()
    assert written["developer"] == {
        "name": "IT of Example Ltd",
        "websiteUrl": WEBSITE,
        "privacyUrl": "https://example.com/privacy",
        "termsOfUseUrl": WEBSITE,
    }
    assert ".invalid" not in json.dumps(written)
    rest = json.loads((ROOT / "teams" / "manifest.json").read_text("utf-8"))
    assert {**written, **{name: rest[name] for name in ("id", "bots", "developer")}} == rest


def test_the_same_package_is_the_same_bytes(here: Path) -> None:
    package("--out", "one.zip")
    package("--out", "two.zip")
    assert Path("one.zip").read_bytes() == Path("two.zip").read_bytes()
    assert zipped({"b": b"2", "a": b"1"}) == zipped({"a": b"1", "b": b"2"})
    with zipfile.ZipFile("one.zip") as opened:
        assert {(each.date_time[0], each.create_system) for each in opened.infolist()} == {(1980, 3)}


def test_a_later_package_can_say_a_higher_version(here: Path) -> None:
    assert package("--app-version", "0.2.0").exit_code == 0
    assert manifest_in(Path("pitstop-teams.zip"))["version"] == "0.2.0"


def test_what_is_missing_is_told_in_one_list_with_where_to_get_it(here: Path) -> None:
    told = run("teams-package")
    assert told.exit_code == 1
    assert told.stderr.startswith("Error: The package cannot be made yet:\n")
    assert "TEAMS_CLIENT_ID is missing: entra.microsoft.com" in told.stderr
    assert "PITSTOP_OPERATOR is missing" in told.stderr
    assert "--website https://" in told.stderr
    assert list(here.iterdir()) == []


def test_it_needs_neither_secret_nor_tenant_nor_slack(here: Path) -> None:
    (here / ".env").write_text(f"TEAMS_CLIENT_ID={CLIENT}\nPITSTOP_OPERATOR=IT\n")
    assert run("teams-package", "--website", WEBSITE).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "values", "said"),
    [
        ((), {"TEAMS_CLIENT_ID": "pitstop"}, "TEAMS_CLIENT_ID is 'pitstop'"),
        ((), {"PITSTOP_OPERATOR": "I" * 33}, "PITSTOP_OPERATOR has 33 signs: Teams shows 32 at most"),
        (("--website", "http://intranet.example.com"), {}, "--website is 'http://intranet.example.com'"),
        (("--terms", "example.com/terms"), {}, "--terms is 'example.com/terms'"),
        (("--app-version", "2"), {}, "The version is '2'"),
        (("--app-version", "1.02.0"), {}, "The version is '1.02.0'"),
    ],
)
def test_what_teams_would_refuse_is_refused_here(
    here: Path, arguments: tuple[str, ...], values: dict[str, str], said: str
) -> None:
    told = package(*arguments, **values)
    assert told.exit_code == 1
    assert said in told.stderr
    assert list(here.iterdir()) == []


def test_a_file_that_cannot_be_written_is_told_without_a_stack_trace(here: Path) -> None:
    told = package("--out", str(here / "no-such-folder" / "ours.zip"))
    assert told.exit_code == 1
    assert told.stderr == f"Error: {here}/no-such-folder/ours.zip cannot be written: No such file or directory.\n"


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("manifest.json", '"short": "Pitstop"', f'"short": "{"P" * 31}"', "manifest.json: name.short has 31 signs"),
        ("manifest.json", '"title": "me"', f'"title": "{"m" * 33}"', "commands[0].title has 33 signs, 32 at most"),
        ("nl.json", '"name.short": "Pitstop"', f'"name.short": "{"P" * 31}"', "nl.json: name.short has 31 signs"),
        ("nl.json", '"name.short"', '"name.shrt"', "nl.json lacks name.short."),
        ("nl.json", '"name.short"', '"name.shrt"', "nl.json has what manifest.json has not: name.shrt."),
        ("manifest.json", '"icons": {', '"icons": {"color32x32": "color.png", ', None),
        ("manifest.json", '"color": "color.png"', '"color": "outline.png"', "outline.png must be a PNG of 192 × 192"),
    ],
)
def test_a_manifest_of_ones_own_is_held_to_teams_limits(
    tmp_path: Path, file: str, before: str, after: str, said: str | None
) -> None:
    folder = tmp_path / "teams"
    shutil.copytree(ROOT / "teams", folder)
    text = (folder / file).read_text("utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), "utf-8")
    files = read(folder)
    ready = filled(json.loads(files["manifest.json"]), CLIENT, "IT", WEBSITE)
    problems = list(beyond_limits(ready, files))
    assert (problems == []) if said is None else any(said in each for each in problems)


def test_a_menu_that_is_too_long_is_told() -> None:
    files = read(ROOT / "teams")
    ready = filled(json.loads(files["manifest.json"]), CLIENT, "IT", WEBSITE)
    ready["bots"][0]["commandLists"][0]["commands"].append({"title": "log", "description": "For coaches"})
    assert "manifest.json: commandLists[0] has 11 commands, 10 at most." in list(beyond_limits(ready, files))


def test_it_runs_as_a_process_of_its_own(tmp_path: Path) -> None:
    told = bot(tmp_path, "teams-package", "--website", WEBSITE, **SET)
    assert (told.returncode, told.stderr) == (0, "")
    assert (tmp_path / "pitstop-teams.zip").is_file()
