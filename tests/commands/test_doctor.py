"""The doctor looks at everything, touches nothing, and says what to do."""

import asyncio
import json
import sqlite3
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot import __version__
from bot.coaching.records.nudge import Kind, NudgeState
from bot.flows.upkeep.heartbeat import ALIVE_AT
from bot.practice.faults import Fault
from bot.store.sqlite.file.open import open_store
from tests.commands.cli import ROOT, SECRET, beside, bot, fill, port_held, run
from tests.conftest import World
from tests.store.scene import a_member, a_nudge, a_workspace, cast

Found = dict[str, tuple[str, str, str]]
NEEDED = frozenset(json.loads((ROOT / "manifest.json").read_text())["oauth_config"]["scopes"]["bot"])
WHOLE = {"version", "words", "configuration", "disk", "file", "backups", "zones", "outgoing", "incoming", "heartbeat"}


def looked(*, exit_code: int, **values: str) -> Found:
    """What the doctor says, by what it looked at: state, what, and what to do."""
    told = run("doctor", "--json", **values)
    assert told.exit_code == exit_code, told.output
    return by_what(told.output)


def by_what(output: str) -> Found:
    """The findings of a JSON output."""
    return {each["what"]: (each["state"], each["told"], each["remedy"]) for each in json.loads(output)}


def note(file: Path, name: str, value: str) -> None:
    """Note something about a file as a whole."""

    async def put() -> None:
        store = open_store(file)
        await store.set_mark(name, value)
        await store.close()

    asyncio.run(put())


def test_where_nothing_is_nothing_is_wrong_and_nothing_is_made(here: Path) -> None:
    found = looked(exit_code=0)
    assert {what: state for what, (state, _, _) in found.items()} == dict.fromkeys(
        ("version", "configuration", "words", "disk", "file"), "good"
    )
    assert list(here.iterdir()) == []


def test_a_practice_database_is_well_without_slack(here: Path) -> None:
    fill(here / "data" / "pitstop.db", a_workspace(practice=True))
    found = looked(exit_code=0)
    assert {state for state, _, _ in found.values()} == {"good"}
    assert set(found) == WHOLE


def test_a_screen_shows_each_line_with_its_state_and_what_to_do(database: Path) -> None:
    told = run("doctor")
    assert told.exit_code == 0
    assert "good       file: It is whole, " in told.output
    assert f"attention  backups: There is none.\n           → Run {sys.executable} -m bot backup." in told.output
    assert SECRET not in told.output
    assert "Anna" not in told.output


def test_what_is_not_configured_is_bad_and_the_file_is_looked_at_all_the_same(database: Path) -> None:
    told = run("doctor", PORT="0", SLACK_BOT_TOKEN="xoxp-hush")
    assert told.exit_code == 1
    assert told.output.count("bad        configuration: ") == 3
    assert "good       file: It is whole" in told.output
    assert "hush" not in told.output


# --- the file ---------------------------------------------------------------------------------------------------


def test_where_nobody_agreed_it_says_what_keeps_coaches_from_reading(here: Path) -> None:
    fill(here / "data" / "pitstop.db", a_workspace())
    state, told, remedy = looked(exit_code=0)["reading"]
    assert (state, told) == ("attention", "No coach may read in w: it is not recorded who agreed.")
    assert remedy.startswith("A Slack admin or owner")


@pytest.mark.parametrize(
    ("admins", "begins"),
    [("", "Name an admin in PITSTOP_ADMINS"), (" , ", "Name an admin"), ("7e9a", "An admin types")],
)
def test_in_teams_it_says_whether_anybody_is_an_admin(here: Path, admins: str, begins: str) -> None:
    fill(here / "data" / "pitstop.db", a_workspace(platform="teams"))
    assert looked(exit_code=0, PITSTOP_ADMINS=admins)["reading"][2].startswith(begins)


def test_where_it_is_recorded_all_is_well(database: Path) -> None:
    assert looked(exit_code=0)["reading"][0] == "good"


def test_a_damaged_file_is_bad_and_its_newest_backup_is_named(database: Path) -> None:
    run("backup")
    with database.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    before = database.read_bytes()
    found = looked(exit_code=1)
    assert found["file"][0] == "bad"
    assert "damaged" in found["file"][1]
    assert f"{sys.executable} -m bot restore data/backups/pitstop-" in found["file"][2]
    assert found["backups"][0] == "good"
    assert database.read_bytes() == before


@pytest.mark.parametrize("address", ["sqlite:///folder.db", "sqlite:///text.db", "sqlite:///:memory:"])
def test_what_is_no_database_is_bad_without_a_stack_trace(here: Path, address: str) -> None:
    (here / "folder.db").mkdir()
    (here / "text.db").write_text("not a database, but long enough to be taken for one" * 20)
    state, told, _ = looked(exit_code=1, PITSTOP_DATABASE_URL=address)["file"]
    assert state == "bad"
    assert "Traceback" not in told


def test_a_file_that_others_may_read_wants_attention(database: Path) -> None:
    database.chmod(0o644)
    assert looked(exit_code=0)["permissions"][0] == "attention"


def test_backups_grow_old(database: Path, here: Path) -> None:
    run("backup")
    assert looked(exit_code=0)["backups"][0] == "good"
    (copy,) = (here / "data" / "backups").glob("*.db")
    for days, state in ((2, "attention"), (5, "bad")):
        old = datetime.now(UTC) - timedelta(days=days)  # noqa: TID251 - the command asks the machine too
        copy = copy.rename(copy.with_name(f"pitstop-{old:%Y%m%dT%H%M%SZ}.db"))
        assert looked(exit_code=int(state == "bad"))["backups"][:2] == (
            state,
            f"The newest is {days} days old; 1 are kept.",
        )


def test_a_zone_that_nobody_knows_is_named(here: Path) -> None:
    anna = replace(a_member("anna"), zone="Europe/Amsterdam")
    bram = replace(a_member("bram"), zone="Mars/Olympus")
    fill(here / "data" / "pitstop.db", a_workspace(), anna, bram)
    state, told, _ = looked(exit_code=1)["zones"]
    assert state == "bad"
    assert "Mars/Olympus" in told
    assert "Amsterdam" not in told


def test_a_file_of_a_newer_version_is_bad(database: Path) -> None:
    with sqlite3.connect(database) as opened:
        opened.execute("UPDATE _sqlite_migrations SET name = '9999_tomorrow' WHERE name LIKE '0001%'")
    state, told, _ = looked(exit_code=1)["file"]
    assert (state, "9999_tomorrow" in told) == ("bad", True)


# --- queues -----------------------------------------------------------------------------------------------------


def test_what_could_not_be_delivered_is_told_by_kind_and_reason_with_what_to_do(here: Path) -> None:
    now = datetime.now(UTC)  # noqa: TID251
    gone = {"state": NudgeState.DEAD, "due_at": now - timedelta(hours=1), "expires_at": now}
    long_gone = {**gone, "due_at": now - timedelta(days=8)}
    fill(
        here / "data" / "pitstop.db",
        *cast(),
        a_nudge("d1", **gone, reason="not_in_channel", kind=Kind.TEAM_REFLECTION, occurrence="1"),
        a_nudge("d2", **gone, reason="TimeoutError, 8 attempts", occurrence="2"),
        a_nudge("d3", **gone, reason="TimeoutError, 8 attempts", occurrence="3"),
        a_nudge("d4", **long_gone, reason="user_not_found", occurrence="4"),
    )
    told = run("doctor").output
    assert "attention  dead: 1 × team_reflection could not be delivered: not_in_channel.\n           → Invite" in told
    assert (
        "dead: 2 × nudge could not be delivered: TimeoutError, 8 attempts.\n           → The platform could not" in told
    )
    assert "user_not_found" not in told, "a week ago"


@pytest.mark.parametrize(("minutes", "state"), [(1, "good"), (10, "attention"), (90, "bad")])
def test_what_is_due_for_long_is_said(here: Path, minutes: int, state: str) -> None:
    due = datetime.now(UTC) - timedelta(minutes=minutes)  # noqa: TID251
    waiting = a_nudge("n1", state=NudgeState.PLANNED, due_at=due, expires_at=due + timedelta(hours=4))
    fill(here / "data" / "pitstop.db", *cast(), waiting)
    assert looked(exit_code=int(state == "bad"))["outgoing"][0] == state


@pytest.mark.parametrize(
    ("seconds", "runs", "state"),
    [(5, True, "good"), (3600, True, "bad"), (3600, False, "bad"), (5, False, "bad")],  # the last one is a copy
)
def test_whether_anybody_listens_is_said(database: Path, seconds: int, runs: bool, state: str) -> None:
    note(database, ALIVE_AT, (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat())  # noqa: TID251
    running = open_store(database) if runs else None
    found = by_what(run("doctor", "--json").output)["heartbeat"]
    assert found[0] == state
    assert ("this is a copy" in found[1]) is (seconds == 5 and not runs)
    if running is not None:
        asyncio.run(running.close())


# --- the words, the version, the rights ---------------------------------------------------------------------------


def test_the_version_is_told_with_what_it_runs_on(here: Path) -> None:
    assert looked(exit_code=0)["version"][1].startswith(f"Pitstop {__version__}, Python 3.")


def test_a_journey_that_people_walk_and_that_is_gone_is_bad(database: Path) -> None:
    with sqlite3.connect(database) as opened:
        opened.execute("UPDATE cohort SET journey = 'gone'")
    state, told, _ = looked(exit_code=1)["journeys"]
    assert (state, "the journey “gone”" in told) == ("bad", True)


def test_secrets_that_others_may_read_and_lines_that_say_nothing_want_attention(here: Path) -> None:
    env = here / ".env"
    env.write_text("PITSTOP_OPERATR=IT\n")
    env.chmod(0o644)
    found = looked(exit_code=0)
    assert found["secrets"][0] == "attention"
    assert found["secrets"][2] == f"Run chmod 600 {env}."
    lines = run("doctor").output
    assert "attention  configuration: PITSTOP_OPERATR is set, and Pitstop reads no such variable." in lines
    env.chmod(0o600)
    assert looked(exit_code=0)["secrets"][0] == "good"


def test_a_folder_in_which_others_may_replace_the_file_is_bad(database: Path) -> None:
    database.parent.chmod(0o777)
    assert by_what(run("doctor", "--json").output)["folder"][0] == "bad"
    database.parent.chmod(0o700)
    assert "folder" not in by_what(run("doctor", "--json").output)


def test_a_real_database_without_any_settings_is_no_practice(here: Path) -> None:
    fill(here / "data" / "pitstop.db", a_workspace())
    state, told, _ = looked(exit_code=0)["configuration"]
    assert (state, told) == ("attention", "The database is of w, and neither Slack nor Teams is configured here.")


# --- the line to Teams ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("world", ["teams"], indirect=True)
async def test_the_registration_with_teams_is_looked_at(world: World, here: Path) -> None:
    teams = {
        "TEAMS_CLIENT_ID": "11111111-0000-4000-8000-000000000009",
        "TEAMS_CLIENT_SECRET": "hush",
        "TEAMS_TENANT_ID": "7e9a0000-0000-4000-8000-000000000001",
        "PITSTOP_DATABASE_URL": f"sqlite:///{here}/other.db",
    }
    keys = f"{world.url}/practice/teams/.well-known/openidconfiguration"
    found = by_what((await beside("doctor", "--json", **teams, TEAMS_OPENID_METADATA_URL=keys)).stdout)
    assert (found["teams"][0], found["teams keys"][0]) == ("good", "good")
    nowhere = "http://127.0.0.1:9/openid"
    found = by_what((await beside("doctor", "--json", **teams, TEAMS_OPENID_METADATA_URL=nowhere)).stdout)
    assert found["teams keys"][0] == "bad"
    assert "hush" not in str(found)


# --- the line to Slack ------------------------------------------------------------------------------------------


@pytest.fixture
def slack(world: World, here: Path) -> dict[str, str]:
    """The environment of a bot whose Slack is the practice one."""
    return {
        "SLACK_BOT_TOKEN": "xoxb-practice",
        "SLACK_SIGNING_SECRET": "practice",
        "SLACK_API_URL": f"{world.url}/practice/slack/api/",
        "PITSTOP_DATABASE_URL": f"sqlite:///{here}/other.db",
    }


async def examined(environ: dict[str, str]) -> Found:
    """What the doctor says while Slack answers from this process."""
    done = await beside("doctor", "--json", **environ)
    assert done.stderr == ""
    return by_what(done.stdout)


async def test_a_token_is_told_with_its_workspace_scopes_and_clock(world: World, slack: dict[str, str]) -> None:
    site: Any = world.practice.site
    site.scopes = NEEDED
    found = await examined(slack)
    assert found["token"][0] == "good"
    assert found["scopes"][0] == "good"
    assert "im:history" in found["scopes"][1]
    assert found["clock"] == ("good", "The machine's clock agrees with Slack's.", "")
    assert "xoxb" not in str(found)


async def test_a_token_without_a_scope_is_bad_and_one_with_more_wants_attention(
    world: World, slack: dict[str, str]
) -> None:
    site: Any = world.practice.site
    site.scopes = NEEDED | {"channels:history"}
    assert (await examined(slack))["scopes"][:1] == ("attention",)
    site.scopes = site.scopes - {"im:history"}
    state, told, remedy = (await examined(slack))["scopes"]
    assert (state, told) == ("bad", "The token lacks im:history.")
    assert "manifest.json" in remedy


@pytest.mark.parametrize("world", ["slack"], indirect=True)
async def test_a_token_of_another_workspace_than_the_database_is_named_as_that(
    world: World, here: Path, slack: dict[str, str]
) -> None:
    store = open_store(here / "other.db")
    await store.save(a_workspace())
    await store.close()
    state, told, remedy = (await examined(slack))["token"]
    assert state == "bad"
    assert told.endswith(", and this database is of w.")
    assert remedy.startswith("Set the token of that workspace")
    with port_held() as port:
        refused = await asyncio.to_thread(partial(bot, here, "serve", PORT=port, **slack))
    assert refused.returncode == 1
    assert "and this database is of w." in json.loads(refused.stderr.splitlines()[-1])["message"]


async def test_a_wrong_token_and_a_slack_that_fails_are_told_apart(
    world: World, here: Path, slack: dict[str, str]
) -> None:
    found = await examined({**slack, "SLACK_BOT_TOKEN": "xoxb-wrong"})
    assert found["token"][1:] == (
        "Slack does not let us in: invalid_auth.",
        "The token is wrong. Copy it again: api.slack.com/apps → OAuth & Permissions.",
    )
    world.line.faults["auth.test"] = [Fault(status=500)]
    assert "network" in (await examined(slack))["token"][2]
    assert "network" in (await examined({**slack, "SLACK_API_URL": "http://127.0.0.1:9/api/"}))["token"][2]
    assert not (here / "other.db").exists(), "a look leaves nothing behind"
