"""Alive, ready, and why not."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.coaching.rules.line import Line
from bot.flows.ports import Ports
from bot.flows.upkeep.lines import note_line
from bot.runtime.health import FRESH, READY_AT, Health
from bot.store.port import StoreError
from tests.conftest import World, living
from tests.waiting import Deadlines, turns, until

pytestmark = pytest.mark.slack("one answer for both platforms")


class Marking:
    """A store that only takes marks, slowly or not at all when told to."""

    def __init__(self) -> None:
        """Begin well."""
        self.marks: list[str] = []
        self.trouble: Exception | None = None
        self.hangs = False

    async def set_mark(self, name: str, value: str) -> None:  # noqa: ARG002
        """Note it."""
        if self.hangs:
            await asyncio.Event().wait()
        if self.trouble is not None:
            raise self.trouble
        self.marks.append(name)


@pytest.fixture
async def ports(tmp_path: Path) -> AsyncIterator[Ports]:
    """The ports of a real bot."""
    async with living(tmp_path) as world:
        yield world.bot.ports


def health(ports: Ports, store: Any, *, held: bool = False, **counted: Any) -> Health:
    """Return the health of a bot with this store."""
    return Health(lambda: replace(ports, store=store), held=lambda: held, **counted)


async def test_ready_is_proven_by_a_write_and_at_most_one_a_second(ports: Ports) -> None:
    store, seconds = Marking(), 0.0
    asked = health(ports, store, steady=lambda: seconds)
    assert await asyncio.gather(*(asked.wrong() for _ in range(50))) == [None] * 50
    assert store.marks == [READY_AT]
    seconds = FRESH + 0.001
    assert await asked.wrong() is None
    assert store.marks == [READY_AT] * 2


async def test_a_store_that_fails_is_said_and_comes_back_by_itself(ports: Ports) -> None:
    store, seconds = Marking(), 0.0
    store.trouble = StoreError("nothing was written: disk full")
    asked = health(ports, store, steady=lambda: seconds)
    assert await asked.wrong() == "store"
    store.trouble = None
    assert await asked.wrong() == "store", "for a second"
    seconds = FRESH + 0.001
    assert await asked.wrong() is None


async def test_a_store_that_hangs_is_not_waited_for(ports: Ports) -> None:
    store, deadlines = Marking(), Deadlines()
    store.hangs = True
    asked = asyncio.create_task(health(ports, store, deadline=deadlines).wrong())
    await turns()
    assert not asked.done()
    deadlines.pass_by()
    assert await asked == "store_slow"
    assert deadlines.begun == [2.0]


async def test_a_clock_that_is_not_trusted_and_a_process_that_stops_are_said_without_a_write(ports: Ports) -> None:
    store = Marking()
    assert await health(ports, store, held=True).wrong() == "clock"
    asked = health(ports, store)
    asked.stopping()
    assert await asked.wrong() == "stopping"
    assert store.marks == []


async def test_over_http_a_bot_that_cannot_write_lives_and_is_not_ready(world: World) -> None:
    async with aiohttp.ClientSession() as session:

        async def got(path: str) -> tuple[int, Any]:
            async with session.get(f"{world.url}{path}") as answer:
                return answer.status, await answer.json()

        async def is_told(status: int) -> bool:
            return (await got("/readyz"))[0] == status

        assert await got("/readyz") == (200, {"ok": True})
        await world.bot.ports.store.close()
        await until(partial(is_told, 503))
        assert await got("/readyz") == (503, {"ok": False, "reason": "store"})
        assert await got("/healthz") == (200, {"ok": True})


async def test_metrics_are_a_page_of_prometheus_and_hold_no_name(world: World) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{world.url}/metrics") as answer:
            page = await answer.text()
            assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        assert 'pitstop_nudges{state="due"} 0.0' in page
        assert "pitstop_queue_read 1.0" in page
        assert "Marit" not in page
        await world.bot.ports.store.close()
        async with session.get(f"{world.url}/metrics") as answer:
            assert (answer.status, "pitstop_queue_read 0.0" in await answer.text()) == (200, True)


LONG = timedelta(minutes=6)


@pytest.mark.parametrize(
    ("silent", "tells", "deaf", "status", "state"),
    [
        (timedelta(0), True, False, 200, "open"),
        (LONG, True, False, 503, "down"),  # Socket Mode: nobody reaches us
        (LONG, False, True, 200, "down"),  # a request that does come is as good as ever
    ],
)
async def test_over_http_the_line_is_told_with_since_when(
    world: World, silent: timedelta, tells: bool, deaf: bool, status: int, state: str
) -> None:
    now = world.bot.ports.now
    line = Line(carried_at=now - silent, open_since=now - LONG, tells=tells, deaf_at=now if deaf else None)
    await note_line(world.bot.ports.store, "slack", line)
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{world.url}/readyz") as answer:
            told = await answer.json()
        assert answer.status == status
        assert told["lines"]["slack"] == {
            "state": state,
            "since": (now - LONG).isoformat(timespec="seconds"),
        }
        assert told.get("reason") == (None if status == 200 else "line")
        async with session.get(f"{world.url}/metrics") as answer:
            assert f'pitstop_line{{platform="slack",state="{state}"}} 1.0' in await answer.text()
