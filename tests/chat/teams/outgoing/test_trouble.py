"""What people meet while Teams' connector is in trouble: Teams is thanked, nothing is doubled, no word leaks."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.practice.faults import Fault
from tests.conftest import World, living
from tests.content import said
from tests.waiting import until

WORDS = "zeppelin in my private words"

TROUBLE = {
    "429": Fault(status=429, headers={"Retry-After": "3600"}),
    "502": Fault(status=502),
    "502 although it was taken": Fault(status=502, accept=True),
    "403": Fault(status=403),
    "413": Fault(status=413),
    "cut": Fault(drop=True),
}
THERE = {"502 although it was taken"}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A bot that lives in Teams."""
    async with living(tmp_path, platform="teams") as alive:
        yield alive


async def helped(world: World, who: str) -> int:
    """Return how many of a person's messages from the bot are the help."""
    words = said("help-intro", platform=world.driver.platform)
    told = [world.driver.texts(each) for each in await world.direct(who) if world.is_bots(each)]
    return sum(words in text for text in told)


@pytest.mark.parametrize("name", TROUBLE)
async def test_an_answer_that_meets_trouble_is_not_doubled_and_can_be_asked_for_again(
    world: World, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    world.line.faults["chat.postMessage"] = [TROUBLE[name]]
    await world.driver.command("Sanne", "dm", "help")
    assert await helped(world, "Sanne") == (name in THERE)
    assert (await world.bot.ports.store.queue(world.bot.ports.clock.now())).inbox == 0
    await world.driver.command("Sanne", "dm", "help")
    assert await helped(world, "Sanne") == 1 + (name in THERE)
    assert "not handled" not in caplog.text


@pytest.mark.parametrize("name", TROUBLE)
async def test_words_said_in_trouble_are_kept_once_and_stand_in_no_log(
    world: World, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    await world.start()
    await world.join("Sanne")
    await world.driver.travel("2026-01-13T10:00")
    world.line.faults["chat.postMessage"] = [TROUBLE[name]] * 2
    await world.driver.say("Sanne", "dm", WORDS)
    await world.driver.act("redeliver", fresh_id=True)
    store = world.bot.ports.store
    (workspace,) = await store.workspaces()
    member = await store.member_of(workspace.id, await world.driver.person("Sanne"))
    assert member is not None
    assert [reply.text for reply in await store.replies_of(member.workspace, member.id, limit=9)] == [WORDS]
    assert "zeppelin" not in caplog.text


async def test_a_connector_that_hangs_holds_up_neither_teams_nor_anybody_else(world: World) -> None:
    late = asyncio.Event()
    hanging = world.line.faults["chat.postMessage"] = [Fault(until=late)]
    driver = world.driver
    settled, driver.settled = driver.settled, _at_once
    await driver.say("Sanne", "dm", "help")  # nobody is thanked before it is kept, and nobody waits for its answer
    await until(lambda: not hanging)  # the call that hangs is hers
    await driver.say("Grace", "dm", "help")
    await driver.until(lambda: helped(world, "Grace"))
    assert await helped(world, "Sanne") == 0
    late.set()
    driver.settled = settled


async def _at_once() -> None:
    """Wait for nothing."""
