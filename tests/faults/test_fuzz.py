"""Thousands of requests that no honest Slack sends: none breaks the process, none is taken that is not signed."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import aiohttp
import pytest

from tests.faults.hostile import Request, honest, senseless, unsigned
from tests.faults.process import answers, running, until
from tests.faults.seed import enrolled, filled, present
from tests.faults.slack_people import SlackPeople
from tests.faults.slack_sender import SlackSender
from tests.faults.slack_town import slack_town
from tests.faults.town import Town
from tests.faults.weather import calm
from tests.long_form import LONG

pytestmark = pytest.mark.faults

REQUESTS = 10_000 if LONG else 600
AT_ONCE = 32
PATIENCE = aiohttp.ClientTimeout(total=20)
SEED = int(os.environ.get("PITSTOP_SEED", "11"))


async def test_whatever_is_sent_nothing_breaks_and_nothing_unsigned_is_taken(tmp_path: Path) -> None:
    chance = Random(SEED)
    async with served(tmp_path, chance) as (people, session), trap() as (elsewhere, caught):
        place, good = people.town, honest(people.town, elsewhere)
        calls = place.weather.calls.total()

        forged = await fire(session, place, [unsigned(chance, good) for _ in range(REQUESTS // 3)])
        assert {answer for answer in forged if not 400 <= answer[1] < 500} == set()
        assert place.ask("SELECT 1 FROM inbox") == []
        assert place.weather.calls.total() == calls

        odd = await fire(session, place, [senseless(chance, good) for _ in range(REQUESTS - REQUESTS // 3)])
        assert {answer for answer in odd if not 200 <= answer[1] < 500} == set()
        assert {answer[1] for answer in odd} >= {200, 400}
        await nothing_waits(place)
        assert caught == []

        await people.one(place.people[1])
        await people.settled()
        await nothing_waits(place)
        assert people.sender.good == 1
        assert list(people.ledger.problems(place)) == []


@asynccontextmanager
async def served(folder: Path, chance: Random) -> AsyncIterator[tuple[SlackPeople, aiohttp.ClientSession]]:
    """Serve a bot that knows a few people."""
    async with slack_town(folder, people=3, weather=calm()) as place, aiohttp.ClientSession() as session:
        sender = SlackSender(session=session, address=f"{place.bot_url}/slack/events", retries=())
        people = SlackPeople(town=place, sender=sender, chance=chance, how_often={"say": 1})
        await filled(place, enrolled(place, present()), people.sent(1))
        async with running(place.environment(), "serve", log=folder / "serve.log") as process:
            await answers(session, f"{place.bot_url}/readyz", process)
            yield people, session
            assert process.is_alive


async def nothing_waits(place: Town) -> None:
    """Check that everything that was taken is handled, and nothing of it failed."""
    waiting = "SELECT id, reason FROM inbox WHERE state <> 'done'"
    await until(lambda: not place.ask(waiting), seconds=20, every=0.1)
    assert [tuple(row) for row in place.ask(waiting)] == []


async def fire(session: aiohttp.ClientSession, place: Town, requests: Sequence[Request]) -> Counter[tuple[str, int]]:
    """Send everything, many at once; return how each kind was answered. A connection that is closed counts as 400."""
    room, answered = asyncio.Semaphore(AT_ONCE), Counter[tuple[str, int]]()

    async def one(request: Request) -> None:
        async with room:
            answered[request.kind, await _status(session, place, request)] += 1

    await asyncio.gather(*(one(request) for request in requests))
    return answered


async def _status(session: aiohttp.ClientSession, place: Town, request: Request) -> int:
    try:
        async with session.post(
            f"{place.bot_url}/slack/events", data=request.body, headers=request.headers, timeout=PATIENCE
        ) as response:
            return response.status
    except (aiohttp.ClientConnectionError, aiohttp.ClientOSError):
        return 400


@asynccontextmanager
async def trap() -> AsyncIterator[tuple[str, list[bytes]]]:
    """Listen where nobody has any business, and note who comes."""
    caught: list[bytes] = []

    async def catch(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        caught.append(await reader.readline())
        writer.close()

    server = await asyncio.start_server(catch, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/commands/1/2/3", caught
    finally:
        server.close()
        await server.wait_closed()
