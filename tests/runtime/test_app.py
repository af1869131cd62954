"""The wiring: whose workspace it is, beginning anew, ticking, and stopping without losing anything."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.workspace import WorkspaceState
from bot.commands.by_platform import joins
from bot.practice.app import practicing
from bot.practice.faults import Fault
from bot.practice.pages.watch import Watcher
from bot.runtime.app import refuse_mixing, serving
from bot.settings import NotConfigured, Settings
from bot.store.sqlite.file.open import open_store
from tests.conftest import World, living
from tests.content import said
from tests.flows.replies.test_typed import TUESDAY, row_of
from tests.flows.talk import ask, begin
from tests.waiting import until

pytestmark = pytest.mark.slack("it is made of both homes already")


def served(world: World, tmp_path: Path) -> Settings:
    """Return how the app for the real Slack would run against the practice one."""
    return Settings(
        database_url=f"sqlite:///{tmp_path}/served.db",
        secret_keys=("k" * 43,),
        slack_bot_token="xoxb-practice",
        slack_signing_secret="practice",
        slack_api_url=f"{world.url}/practice/slack/api/",
    )


PATHS = ["/slack/events", "/healthz", "/readyz", "/metrics"]


# --- the workspace ----------------------------------------------------------------------------------------------


async def test_two_first_requests_at_once_are_one_workspace(world: World) -> None:
    slack: Any = world.bot.homes["slack"]
    both = await asyncio.gather(*(slack.workspace_of("T0PRACTICE") for _ in range(2)))
    assert len(set(both)) == 1
    assert [each.name for each in await world.bot.ports.store.workspaces()] != []
    assert await slack.workspace_of("T0SOMEBODYELSE") is None


async def test_serving_remembers_its_workspace_and_brings_it_back(world: World, tmp_path: Path) -> None:
    settings = served(world, tmp_path)

    async def lived() -> None:
        app = serving(settings, joins(settings))
        async with app.router.lifespan_context(app):
            assert [str(getattr(route, "path", "")) for route in app.routes] == PATHS

    await lived()
    store = open_store(settings.database_url, secrets=settings.secret_keys)
    (workspace,) = await store.workspaces()
    assert (workspace.external_id, workspace.practice) == ("T0PRACTICE", False)
    await store.save(replace(workspace, state=WorkspaceState.UNINSTALLED))
    await store.close()
    await lived()
    store = open_store(settings.database_url, secrets=settings.secret_keys)
    assert (await store.workspaces())[0].state is WorkspaceState.ACTIVE
    await store.close()
    world.line.faults["auth.test"] = [Fault(status=500)]
    await lived()  # Slack does not answer: it starts all the same


async def test_practice_and_real_workspaces_never_share_a_file(world: World) -> None:
    await begin(world)
    with pytest.raises(NotConfigured, match="holds a practice workspace"):
        await refuse_mixing(world.bot.ports.store, practicing=False)
    (workspace,) = await world.bot.ports.store.workspaces()
    await world.bot.ports.store.save(replace(workspace, practice=False))
    with pytest.raises(NotConfigured, match="holds a real workspace"):
        await refuse_mixing(world.bot.ports.store, practicing=True)


async def test_the_front_door_and_the_health_of_a_practicing_app(world: World) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{world.url}/") as answer:
            assert answer.url.path == "/practice"
        for path in ("/healthz", "/readyz"):
            async with session.get(f"{world.url}{path}") as answer:
                assert await answer.json() == {"ok": True}
        async with session.get(f"{world.url}/practice/api/words?language=xx") as answer:
            assert "practice-tombstone" in await answer.json()


async def test_practicing_needs_nothing_but_a_port(tmp_path: Path) -> None:
    app = practicing(Settings(database_url=f"sqlite:///{tmp_path}/pitstop.db"))
    async with app.router.lifespan_context(app):
        assert (tmp_path / "pitstop.db").exists()


# --- anew, and again --------------------------------------------------------------------------------------------


async def test_a_reset_begins_a_new_world_with_a_new_file(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.driver.reset()
    assert await world.bot.ports.store.workspaces() == []
    await begin(world, "Sanne")
    assert said("status-week", week=1, weeks=12) in await ask(world, "Sanne", "status")


async def test_a_kept_world_goes_on_where_it_stopped(tmp_path: Path) -> None:
    async with living(tmp_path, keep=True) as world:
        await begin(world, "Sanne")
        await world.driver.travel("2026-01-13T09:59:59")
        there = await world.driver.now()
    kept = json.loads((tmp_path / "pitstop.db.practice.json").read_text())
    assert kept
    async with living(tmp_path, keep=True) as world:
        assert await world.driver.now() - there < timedelta(hours=1)
        await world.driver.travel("2026-01-13T12:00")
        assert (await row_of(world, "Sanne", Kind.NUDGE)).state is NudgeState.SENT
        await world.driver.say("Sanne", "dm", "still here")
        assert said("card-noted") in await world.text("Sanne")


async def test_words_that_cannot_be_shown_do_not_end_the_watch(world: World, caplog: pytest.LogCaptureFixture) -> None:
    answers: list[object] = [()]

    def problems() -> object:
        return answers.pop()

    watching = asyncio.create_task(Watcher(world.practice, lambda: world.bot.ports, problems).watch())
    await until(lambda: "could not show the changed words" in caplog.text)
    assert not watching.done()
    watching.cancel()
