"""The coach's log, shown by a process that dies: wherever its words stand, that is known."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.port import Incoming
from bot.flows.dispatch import receive
from bot.practice.faults import Fault
from bot.store.port.inbox import Arrival
from tests.conftest import World
from tests.flows.screens.test_for_coach import IN_TEAMS, WORDS, known, read, stands, take_back
from tests.flows.talk import click_home
from tests.flows.test_twice import PARSED, Killed, Life, Mortal

MOST = 9  # effects: more than showing a page of the log has


class Doomed:
    """Lets what comes in be handled by a process that dies, and then by one that does not, or by nobody."""

    def __init__(self, world: World, *, again: bool) -> None:
        """Stand before a world that is handled here from now on."""
        self.world, self.again = world, again
        self.effects = self.killed = 0
        home: Any = world.bot.homes[world.driver.platform]
        self.alive, home.handle = home.handle, self.handle

    async def handle(self, arrival: Arrival) -> dict[str, Any] | None:
        """Handle what came in, until so many effects were had."""
        incoming: Incoming | None = PARSED[arrival.platform](
            json.loads(arrival.body), workspace=arrival.workspace, at=arrival.at
        )
        assert incoming is not None
        ports, life = self.world.bot.ports, Life(self.effects)
        store: Any = Mortal(ports.store, life)
        chat: Any = Mortal(ports.chat, life)
        try:
            await receive(replace(ports, store=store, chat=chat), incoming)
        except Killed:
            self.killed += 1
            if self.again:
                answer: dict[str, Any] | None = await self.alive(replace(arrival, attempt=2))
                return answer
        return None


async def typed(world: World) -> None:
    await world.driver.command("Marit", "dm", "log")


async def opened(world: World) -> None:
    await click_home(world, "Marit", "log.open")


async def turned(world: World) -> None:
    await world.click("Marit", "log.show")


WAYS = pytest.mark.parametrize("way", [typed, opened, turned], ids=lambda way: way.__name__)


@WAYS
@pytest.mark.parametrize("again", [True, False], ids=["handled again", "left to the clock"])
async def test_no_copy_keeps_words_whenever_the_process_died(
    world: World, way: Callable[[World], Awaitable[None]], again: bool
) -> None:
    """It dies after each of its effects in turn; then the words are taken back."""
    await read(world)
    await world.driver.open_home("Marit")
    doomed = Doomed(world, again=again)
    for effects in range(1, MOST):
        doomed.effects = effects
        await way(world)
        doomed.effects = MOST * 9
        if not again:
            await world.passes(timedelta(minutes=5))
            await typed(world)
    assert doomed.killed >= 4
    await take_back(world, "delete")
    await world.passes(timedelta(minutes=5))
    assert await stands(world, WORDS) == 0
    assert await known(world) == []


@pytest.mark.parametrize("again", [True, False], ids=["handled again", "left to the clock"])
async def test_no_copy_of_a_form_keeps_words_whenever_the_process_died(world: World, again: bool) -> None:
    await read(world)
    doomed = Doomed(world, again=again)
    for effects in range(1, MOST):
        doomed.effects = MOST * 9
        await typed(world)
        doomed.effects = effects
        await world.click("Marit", "log.answer")
        if not again:
            await world.passes(timedelta(minutes=5))
    doomed.effects = MOST * 9
    assert doomed.killed >= 3
    assert await stands(world, WORDS) > 1
    await take_back(world, "delete")
    await world.passes(timedelta(minutes=5))
    assert await stands(world, WORDS) == 0
    assert await known(world) == []


@IN_TEAMS
async def test_a_log_opened_from_the_page_whose_answer_was_lost_keeps_no_words(world: World) -> None:
    """Both that it was posted and that it was not: nobody can tell, and so it was posted without words."""
    await read(world)
    await world.driver.open_home("Marit")
    world.line.faults["chat.postMessage"] = [Fault(status=500, accept=True)] * 2
    await opened(world)
    world.line.faults.clear()
    await take_back(world, "delete")
    await world.passes(timedelta(minutes=5))
    assert await stands(world, WORDS) == 0
