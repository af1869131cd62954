"""What is said where only a part is installed, or where nothing can run."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import unsupported
from tests.commands.cli import environment

WITHOUT = ("microsoft_teams", "httpx", "jwt", "msal")  # what the extra `teams` brings along
BLOCKED = "import sys; sys.modules |= dict.fromkeys({names!r}); from bot.__main__ import main; main({arguments!r})"
TEAMS = {
    "TEAMS_CLIENT_ID": "6e9d3f2a-1111-4222-8333-abcdefabcdef",
    "TEAMS_CLIENT_SECRET": "s",
    "TEAMS_TENANT_ID": "7e9a0000-0000-4000-8000-000000000001",
}
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": "http://127.0.0.1:9/api/"}


def without_teams(folder: Path, *arguments: str, **values: str) -> subprocess.CompletedProcess[str]:
    """Run a command where what Teams needs cannot be imported."""
    code = BLOCKED.format(names=WITHOUT, arguments=list(arguments))
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=folder, env=environment(**values), capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("command", "values", "told"),
    [
        ("serve", TEAMS, "Teams needs more than is installed here: pip install 'pitstop[teams]'"),
        ("check", TEAMS, "Teams needs more than is installed here: pip install 'pitstop[teams]'"),
        ("practice", {}, "Practice plays Teams beside Slack. Teams needs more than is installed here"),
        ("doctor", SLACK, "Slack does not let us in"),  # as far as anywhere without a network
    ],
)
def test_without_the_extra_teams_is_refused_in_a_sentence_and_slack_runs(
    here: Path, port: str, command: str, values: dict[str, str], told: str
) -> None:
    done = without_teams(here, command, PORT=port, **values)
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert told in said
    assert "Traceback" not in said


@pytest.mark.parametrize(("system", "runs"), [("linux", True), ("darwin", True), ("win32", False)])
def test_where_nothing_can_run_a_sentence_says_so(system: str, runs: bool) -> None:
    assert (unsupported(system) is None) is runs
