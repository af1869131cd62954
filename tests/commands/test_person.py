"""A person's own data, asked of the operator."""

import json
import re
import sqlite3
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.coaching.records.reply import ReplyKind, Scope
from bot.practice.app import PRACTICE_CLIENT, PRACTICE_SECRET
from bot.practice.faults import Fault
from bot.practice.teams.world import TENANT
from bot.store.port.inbox import Arrival
from tests.commands.cli import SECRET, audit, beside, fill, run
from tests.conftest import CHANNEL, World
from tests.flows.privacy.test_erase import TYPED
from tests.flows.screens.test_open_forms import WORDS, before_marit, reading
from tests.flows.talk import begin, home_text
from tests.store.scene import a_member, a_reply

LEFT = "What they typed in {} stays there; the bot's own messages in their chat are taken away by the bot as it runs."


@pytest.mark.parametrize("called", ["anna", "Anna", "ANNA", "U-anna"])
def test_everything_about_a_person_comes_as_json_and_the_look_is_noted(database: Path, called: str) -> None:
    told = run("export", called)
    assert told.exit_code == 0, told.output
    rows: dict[str, Any] = json.loads(told.output)
    assert [row["name"] for row in rows["member"]] == ["Anna"]
    assert SECRET in [row["text"] for row in rows["reply"]]
    assert "for all\nof us" not in told.output, "another person's"
    assert audit(database) == [("operator", "anna", 4)]


def test_words_that_are_held_stay_with_their_author(database: Path) -> None:
    fill(database, a_reply("held", kind=ReplyKind.HELD, text="leave me alone", scope=Scope.PRIVATE))
    told = run("export", "anna")
    assert "leave me alone" not in told.output
    assert [row["text"] for row in json.loads(told.output)["reply"] if row["id"] == "held"] == [None]


def test_an_export_to_a_file_is_its_owners_alone_and_overwrites_nothing(database: Path, here: Path) -> None:
    told = run("export", "Anna", "--output", "anna.json")
    assert (told.exit_code, told.output) == (0, "")
    assert json.loads(Path("anna.json").read_text("utf-8"))["member"]
    assert stat.S_IMODE(Path("anna.json").stat().st_mode) == 0o600
    told = run("export", "Bram", "-o", "anna.json")
    assert (told.exit_code, told.stderr) == (1, "Error: anna.json cannot be written: File exists.\n")
    assert [subject for _, subject, _ in audit(database)] == ["anna"], "what was not given out was not read"


def test_an_export_that_fails_leaves_no_file(database: Path) -> None:
    assert run("export", "Nobody", "-o", "nobody.json").exit_code == 1
    assert not Path("nobody.json").exists()


def test_a_person_is_erased_for_good_and_the_operator_is_named(database: Path) -> None:
    told = run("erase", "Anna", "--yes")
    assert told.exit_code == 0, told.output
    assert told.output == f"Erased anna, with 4 replies. {LEFT.format('Slack')}\n"
    [(actor, subject, count)] = audit(database)
    assert (actor, count) == ("operator", 4)
    assert subject != "anna", "an alias that nobody can resolve"
    with sqlite3.connect(database) as opened:
        assert opened.execute("SELECT count(*) FROM member WHERE id = 'anna'").fetchone() == (0,)
        assert opened.execute("SELECT count(*) FROM reply WHERE member = 'anna'").fetchone() == (0,)
    assert run("erase", "Anna", "--yes").exit_code == 1


def test_an_erasure_for_machines(database: Path) -> None:
    erased = json.loads(run("erase", "Anna", "--yes", "--json").output)
    assert erased == {"member": "anna", "platform": "slack", "replies": 4, "still_quoted": []}


def test_nobody_is_erased_without_a_yes(database: Path) -> None:
    told = run("erase", "Anna")
    assert told.exit_code == 2
    assert "--yes" in told.stderr
    assert json.loads(run("export", "Anna").output)["reply"]


@pytest.mark.parametrize("command", [("export",), ("erase", "--yes")])
def test_a_name_of_two_people_is_refused_with_the_list(database: Path, command: tuple[str, ...]) -> None:
    fill(database, replace(a_member("other"), name="anna"))
    told = run(*command, "Anna")
    assert told.exit_code == 1
    assert told.stderr.splitlines() == [
        "Error: 2 people are called 'Anna'. Give one of these ids:",
        "  anna  U-anna  Anna",
        "  other  U-other  anna",
    ]
    assert audit(database) == []
    assert run(*command, "U-other").exit_code == 0


@pytest.mark.parametrize("command", [("export",), ("erase", "--yes")])
def test_nobody_of_that_name_is_said(database: Path, command: tuple[str, ...]) -> None:
    told = run(*command, "Zoë'; DROP TABLE member; --")
    assert told.exit_code == 1
    assert told.stderr.startswith("Error: Nobody is called ")


# --- what stands in channels


async def quoted(world: World) -> str:
    """Let a person share words with the team, and return what stands in the channel a week later."""
    await begin(world, "Sanne", "Grace", scope="coach")
    await world.driver.travel("2026-01-13T17:00")
    await world.driver.say("Sanne", "dm", "Wim was glad I called")
    await world.click("Sanne", "words.share")
    await world.driver.say("Grace", "dm", "I asked the bakery")
    await world.click("Grace", "words.share")
    await world.driver.travel("2026-01-19T12:00")
    seen = await in_the_channel(world)
    assert "Wim was glad I called" in seen
    return seen


async def in_the_channel(world: World) -> str:
    return "\n".join(map(world.driver.texts, await world.driver.messages("Iris", CHANNEL)))


async def erased(world: World, **reached: str) -> str:
    """Let the operator erase Sanne, while the bot runs; return what the command says."""
    sanne = await world.driver.person("Sanne")
    told = await beside("erase", sanne, "--yes", PITSTOP_DATABASE_URL=world.database_url, **reached)
    assert told.exit_code == 0, told.stderr
    return told.stdout


def called(world: World) -> str:
    """Return what people call the platform they are on."""
    return {"slack": "Slack", "teams": "Teams"}[world.driver.platform]


def reached(world: World) -> dict[str, str]:
    """Return the environment that leads to both practice workspaces; which of them it is, stands in the file."""
    return {
        "SLACK_API_URL": f"{world.url}/practice/slack/api/",
        "SLACK_BOT_TOKEN": "xoxb-practice",
        "SLACK_SIGNING_SECRET": "practice",
        "TEAMS_CLIENT_ID": PRACTICE_CLIENT,
        "TEAMS_CLIENT_SECRET": PRACTICE_SECRET,
        "TEAMS_TENANT_ID": TENANT,
        "TEAMS_OPENID_METADATA_URL": f"{world.url}/practice/teams/.well-known/openidconfiguration",
    }


async def test_an_erasure_takes_their_words_out_of_the_channel_and_off_their_home(world: World, here: Path) -> None:
    await quoted(world)
    await world.driver.open_home("Sanne")
    assert "Wim was glad" in await home_text(world, "Sanne")
    said = await erased(world, **reached(world))
    assert re.fullmatch(rf"Erased \w+, with 1 replies\. {re.escape(LEFT.format(called(world)))}\n", said)
    seen = await in_the_channel(world)
    assert "Wim was glad I called" not in seen
    assert "I asked the bakery" in seen
    await world.settle()  # the page is for the bot itself, as it runs
    assert "Wim was glad" not in await home_text(world, "Sanne")


@pytest.mark.parametrize("button", ["log.answer", "log.read"])
async def test_an_erasure_takes_their_words_out_of_a_coachs_form(world: World, here: Path, button: str) -> None:
    await reading(world, button)
    await erased(world, **reached(world))
    seen = await before_marit(world)
    assert WORDS not in seen
    assert world.says("form-closed") in seen


async def test_where_the_platform_is_not_configured_an_erasure_says_which_posts_still_quote_them(
    world: World, here: Path
) -> None:
    await quoted(world)
    said = await erased(world)
    posts = r"#?it-managers 2026-01-19 \d\d:\d\d UTC"
    assert re.search(rf"still quote them, delete them in {called(world)}: {posts}\.\n$", said)
    await world.driver.travel("2026-01-19T12:05")
    assert "Wim was glad I called" not in await in_the_channel(world), "the bot itself, as it runs"


async def test_a_post_that_the_platform_does_not_let_change_is_named(world: World, here: Path) -> None:
    await quoted(world)
    world.line.faults["chat.update"] = [Fault(status=500)] * 9
    assert "it-managers 2026-01-19" in await erased(world, **reached(world))


async def test_an_export_tells_what_could_not_be_handled_as_the_person_did_it(world: World, here: Path) -> None:
    await begin(world, "Sanne")
    store, now, platform = world.bot.ports.store, world.bot.ports.clock.now(), world.driver.platform
    (workspace,) = await store.workspaces()
    sanne = await world.driver.person("Sanne")
    body = json.dumps(TYPED[platform])
    typed = Arrival(id="typed", workspace=workspace.id, platform=platform, lane=sanne, body=body, at=now)
    await store.arrive(typed, lease_until=now)
    await store.give_up(typed, at=now, reason="TypeError", lease_until=now)
    told = await beside("export", sanne, PITSTOP_DATABASE_URL=world.database_url)
    assert told.exit_code == 0, told.stderr
    (row,) = json.loads(told.stdout)["inbox"]
    assert row == {"state": "dead", "received_at": row["received_at"], "did": "command", "text": "moved"}
