"""Where the bot lives: in Slack, in Teams or in both, with nothing of a platform that is not configured."""

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.coaching.records.workspace import WorkspaceState
from bot.commands.by_platform import joins
from bot.commands.server import listen
from bot.practice.limits import Limits, unlimited
from bot.practice.teams.server import PracticeTeams, practice_teams
from bot.practice.teams.world import TENANT
from bot.practice.time.clock import TravelClock
from bot.runtime.app import Bot, Duty, on_duty, real, serving
from bot.settings import Settings, read_settings
from bot.store.sqlite.file.open import open_store
from tests.platforms.test_teams import Town
from tests.practice.teams.staging import CLIENT
from tests.serving import serving as serving_at
from tests.store.scene import a_workspace

ROOT = Path(__file__).parents[2]
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "SLACK_API_URL": "http://127.0.0.1:9/api/"}
TEAMS = {"TEAMS_CLIENT_ID": CLIENT, "TEAMS_CLIENT_SECRET": "s", "TEAMS_TENANT_ID": TENANT}
SLACKS = ("slack_bolt", "slack_sdk", "aiohttp", "bot.chat.slack", "bot.platforms.slack")
TEAMS_OWN = ("microsoft_teams", "msal", "httpx", "jwt", "bot.chat.teams", "bot.platforms.teams")
MADE = """
import json, os, sys
from bot.commands.serve import joins, serving
from bot.settings import read_settings
how = read_settings(os.environ, talks=True)
app = serving(how, joins(how))
print(json.dumps([sorted(sys.modules), [route.path for route in app.routes]]))
"""


def made(folder: Path, **environ: str) -> tuple[list[str], list[str]]:
    """Make the app that serves in a process of its own; return what was imported, and its addresses."""
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", MADE],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "PITSTOP_DATABASE_URL": f"sqlite:///{folder}/p.db",
            "PITSTOP_SECRET_KEY": "k" * 43,
            **environ,
        },
    )
    modules, paths = json.loads(told.stdout)
    return modules, paths


@pytest.mark.parametrize(
    ("environ", "none_of", "doors"),
    [
        (SLACK, TEAMS_OWN, {"/slack/events"}),
        (TEAMS, SLACKS, {"/api/messages"}),
        ({**SLACK, **TEAMS}, (), {"/slack/events", "/api/messages"}),
    ],
)
def test_a_platform_that_is_not_configured_is_not_loaded_and_has_no_door(
    tmp_path: Path, environ: dict[str, str], none_of: tuple[str, ...], doors: set[str]
) -> None:
    modules, paths = made(tmp_path, **environ)
    assert [each for each in modules if each.startswith(none_of or "?")] == []
    assert set(paths) == {*doors, "/healthz", "/readyz", "/metrics"}


# --- Teams alone


@asynccontextmanager
async def alone(folder: Path) -> AsyncIterator[Town]:
    """Run the bot as it serves with nothing but Teams, beside a practice Teams that is all there is of Microsoft."""
    door = listen("127.0.0.1", 0)
    base = f"http://127.0.0.1:{door.getsockname()[1]}"
    place: PracticeTeams = practice_teams(
        bot_url=f"{base}/api/messages", client_id=CLIENT, base_url=base, clock=TravelClock(), limits=Limits(unlimited)
    )
    settings = in_teams(folder, place.metadata_url)
    app = serving(settings, joins(settings))
    app.router.routes[:0] = place.app().routes
    async with serving_at(app, door) as url, aiohttp.ClientSession() as session:
        yield Town(session=session, base=url, bot=app.state.bot)
    await place.stop()


def in_teams(folder: Path, metadata_url: str = "http://127.0.0.1:9/") -> Settings:
    """Return the settings of a bot that lives in Teams alone."""
    environ = {
        **TEAMS,
        "TEAMS_OPENID_METADATA_URL": metadata_url,
        "PITSTOP_DATABASE_URL": f"sqlite:///{folder}/p.db",
        "PITSTOP_SECRET_KEY": "k" * 43,
    }
    return read_settings(environ, talks=True)


async def test_in_teams_alone_the_bot_answers_with_the_words_of_teams(tmp_path: Path) -> None:
    async with alone(tmp_path) as town:
        sanne = await town.person("Sanne")
        await town.act("say", **{"as": sanne, "channel": await town.chat(sanne), "text": "help"})
        (card,) = await town.cards(sanne)
        assert "@Pitstop start" in card
        assert [(each.platform, each.practice) for each in await town.bot.ports.store.workspaces()] == [
            ("teams", False)
        ]
        async with town.session.get(f"{town.base}/readyz") as answer:
            assert (answer.status, await answer.json()) == (200, {"ok": True})


async def test_who_only_works_knows_a_tenant_that_others_are_talked_to_by(tmp_path: Path) -> None:
    settings = in_teams(tmp_path)
    async with on_duty(real(settings, joins(settings), Duty.WORKER)) as bot:
        (workspace,) = await bot.ports.store.workspaces()
        assert (workspace.platform, workspace.external_id) == ("teams", TENANT)
        assert bot.workspaces.platform_of(workspace.id) == "teams"


# --- coming and going


async def states(folder: Path) -> dict[str, WorkspaceState]:
    """Return how the workspaces in the file are, by platform."""
    store = open_store(f"sqlite:///{folder}/p.db")
    try:
        return {each.platform: each.state for each in await store.workspaces()}
    finally:
        await store.close()


async def test_nothing_is_sent_to_a_platform_that_is_configured_no_more_until_it_is_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/p.db"
    both = read_settings({**SLACK, **TEAMS, "PITSTOP_DATABASE_URL": url, "PITSTOP_SECRET_KEY": "k" * 43}, talks=True)
    both = replace(both, teams_metadata_url="http://127.0.0.1:9/")  # on this machine no token is asked for
    only_slack = replace(both, teams_client_id="")
    store = open_store(url)
    await store.save(a_workspace(external_id="T1"))
    await store.close()
    async with on_duty(real(both, joins(both), Duty.WORKER)):
        pass
    assert await states(tmp_path) == {"slack": WorkspaceState.ACTIVE, "teams": WorkspaceState.ACTIVE}
    async with _web(only_slack):
        assert (await states(tmp_path))["teams"] is WorkspaceState.ACTIVE, "who only listens sends nothing anyway"
    async with on_duty(real(only_slack, joins(only_slack), Duty.WORKER)):
        pass
    assert await states(tmp_path) == {"slack": WorkspaceState.ACTIVE, "teams": WorkspaceState.UNINSTALLED}
    async with on_duty(real(both, joins(both), Duty.WORKER)):
        pass
    assert await states(tmp_path) == {"slack": WorkspaceState.ACTIVE, "teams": WorkspaceState.ACTIVE}


@asynccontextmanager
async def _web(settings: Settings) -> AsyncIterator[Bot]:
    app = serving(settings, joins(settings), Duty.WEB)
    async with app.router.lifespan_context(app):
        it: Any = app.state.bot
        yield it
