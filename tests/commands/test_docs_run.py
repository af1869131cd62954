"""What the pages tell an operator to paste runs as it stands there."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.environment import as_typed
from tests.commands.cli import ROOT, run
from tests.commands.test_commands import SLACK

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "data" / "README.md"]
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
OURS = ".venv/bin/python -m bot "
STAYS = {"serve", "web", "worker", "practice"}  # go on until they are stopped: tests/commands/test_duties.py
# What a plain machine has, or what an earlier line of the same page installs or starts.
OTHERS = {"sudo", "cd", "git", "make", "rsync", "systemctl", "systemd-analyze", "podman"}
NO_SHELL = ("practice.md", "content.md", "intents.md")  # pages whose blocks show files, or what a command answers
NOWHERE = "http://127.0.0.1:9/api/"
OURSELVES = {"TEAMS_CLIENT_ID": "6e9d3f2a-1111-4222-8333-abcdefabcdef", "PITSTOP_OPERATOR": "IT of Example Ltd"}
EXTRA = {"teams-package": OURSELVES}  # what a command needs beside the rest


def blocks(language: str = "") -> Iterator[tuple[str, str]]:
    """Each block of a page, by page."""
    for page in PAGES:
        for block in BLOCK.finditer(page.read_text("utf-8")):
            if block[2] == language:
                yield page.name, re.sub(rf"^{block[1]}", "", block[3], flags=re.MULTILINE)


def pasted() -> list[tuple[str, str]]:
    """Each line that is to be pasted into a shell; what is put into a file is not."""
    lines = [(page, line) for page, block in blocks() for line in block.splitlines() if line.strip()]
    is_file = re.compile(r"[A-Z_]+=|[{}/]|    |\.\.\.")
    return [(page, line) for page, line in lines if not is_file.match(line) and page not in NO_SHELL]


def test_every_line_to_paste_begins_with_what_is_there() -> None:
    lines = pasted()
    assert len(lines) > 20
    for page, line in lines:
        assert line.startswith(OURS) or shlex.split(line)[0] in OTHERS, f"{page}: {line}"


def test_every_command_of_ours_is_called_the_same_everywhere() -> None:
    for page in PAGES:
        for line in page.read_text("utf-8").splitlines():
            assert re.findall(r"(?<!\.venv/bin/)python -m bot", line) == [], f"{page.name}: {line}"


@pytest.mark.parametrize(
    ("page", "line"),
    [each for each in dict.fromkeys(pasted()) if each[1].startswith(OURS) and each[1].split()[3] not in STAYS],
)
def test_every_command_that_ends_by_itself_runs_as_pasted(
    database: Path, here: Path, port: str, page: str, line: str
) -> None:
    run("backup")
    backups = here / "data" / "backups"
    shutil.copy(next(backups.glob("*.db")), backups / "pitstop-20260301T020000Z.db")
    with_name = shlex.split(line.removeprefix(OURS).replace("Sanne", "Anna"))
    told = run(*with_name, PORT=port, SLACK_API_URL=NOWHERE, **SLACK, **EXTRA.get(with_name[0], {}))
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    assert told.exit_code == (1 if with_name[0] == "doctor" else 0), f"{page}: {told.output}{told.stderr}"


def test_the_unit_of_the_page_lets_the_process_do_little(tmp_path: Path) -> None:
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("systemd-analyze is not installed here")
    [(_, unit)] = blocks("ini")
    (tmp_path / "pitstop.service").write_text(unit)
    rate = [tool, "security", "--offline=true", "--no-pager", str(tmp_path / "pitstop.service")]
    told = subprocess.run(rate, capture_output=True, text=True, check=False).stdout
    exposure = re.search(r"exposure level for pitstop.service: ([0-9.]+)", told)
    assert exposure is not None, told
    assert float(exposure[1]) < 3


@pytest.mark.parametrize(
    ("started_as", "python", "told"),
    [
        ("-m", ".venv/bin/python", "Run .venv/bin/python -m bot backup."),
        ("-m", "/usr/bin/python3", "Run /usr/bin/python3 -m bot backup."),
        ("/usr/local/bin/pitstop", ".venv/bin/python", "Run pitstop backup."),
    ],
)
def test_a_remedy_names_a_command_as_it_is_typed_here(here: Path, started_as: str, python: str, told: str) -> None:
    assert as_typed("Run python -m bot backup.", started_as, str(here / python)) == told
