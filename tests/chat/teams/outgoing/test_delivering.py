"""How each answer of Teams' ends: the message's state, what the next attempt does, and who or what is marked.

Real HTTP, the real SDK, a real file: the outbox sends, and the practice Teams answers as the table says.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.chat.teams.outgoing.send import TeamsChat
from bot.coaching.records.nudge import NudgeState
from bot.flows.ports import Ports
from bot.practice.faults import Fault
from bot.practice.teams.fixed import IT_MANAGERS
from bot.store.port import Store
from tests.chat.both import (
    DEAD,
    HEALTHY,
    PERSON_GONE,
    READY,
    SENT,
    TOKEN_DEAD,
    UNCERTAIN,
    Marks,
    marks,
    sent,
    store_with,
    to_anna,
    to_channel,
)
from tests.chat.teams.outgoing.test_send import JSON, SANNE, SANNES, Town, chat, town
from tests.runtime.posting import HandClock, ports_of
from tests.waiting import Deadlines, until

__all__ = ["chat", "town"]


def said(status: int, code: str, **fault: Any) -> Fault:
    """Return an answer of Teams' with this error code."""
    body = json.dumps({"error": {"code": code, "message": ""}}).encode()
    return Fault(status=status, body=body, headers=JSON, **fault)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await store_with(tmp_path, person=SANNE, channel=IT_MANAGERS)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def ports(store: Store, chat: TeamsChat, clock: HandClock) -> Ports:
    return ports_of(store, chat, clock)


# What goes wrong, how that leaves the message, the reason in its row, what is marked, and whether a next attempt that
# goes well has it sent.
DIRECT = [
    (said(429, "Throttled"), READY, "Throttled", HEALTHY, True),
    (said(412, "PreconditionFailed"), READY, "PreconditionFailed", HEALTHY, True),
    (Fault(status=500), UNCERTAIN, "http_500", HEALTHY, False),
    (Fault(status=502), UNCERTAIN, "http_502", HEALTHY, False),
    (Fault(status=503, accept=True), UNCERTAIN, "http_503", HEALTHY, False),
    (Fault(status=408), UNCERTAIN, "http_408", HEALTHY, False),
    (Fault(drop=True, accept=True), UNCERTAIN, "RemoteProtocolError", HEALTHY, False),
    (Fault(status=200, body=b"<html>"), UNCERTAIN, "no_id", HEALTHY, False),
    (said(404, "ConversationNotFound"), READY, "ConversationNotFound", HEALTHY, True),
    (said(403, "ForbiddenOperationException"), DEAD, "ForbiddenOperationException", PERSON_GONE, False),
    (said(403, "ConversationBlockedByUser"), DEAD, "ConversationBlockedByUser", PERSON_GONE, False),
    (said(413, "MessageSizeTooBig"), DEAD, "MessageSizeTooBig", HEALTHY, False),
    (said(400, "BadSyntax"), DEAD, "BadSyntax", HEALTHY, False),
]


@pytest.mark.parametrize(
    ("fault", "state", "reason", "marked", "again"), DIRECT, ids=[f"{row[2]}_{row[0].accept}" for row in DIRECT]
)
async def test_a_message_to_a_person_ends(
    ports: Ports,
    clock: HandClock,
    town: Town,
    fault: Fault,
    state: NudgeState,
    reason: str,
    marked: Marks,
    again: bool,
) -> None:
    await ports.store.save(to_anna())
    town.weather.faults["send"] = [fault]
    row = await sent(ports)
    assert (row.state, row.reason) == (state, reason)
    assert await marks(ports.store) == marked
    assert len(town.posts(SANNES)) == fault.accept
    if again:
        clock.go(minutes=11)
        assert (await sent(ports)).state is SENT
        assert [post.card and post.card["id"] for post in town.posts(SANNES)] == ["n"]
    elif state is DEAD:
        clock.go(hours=1)
        assert await sent(ports) == row  # and that was it


async def test_a_connector_that_hangs_leaves_the_message_in_doubt(store: Store, clock: HandClock, town: Town) -> None:
    deadlines, late = Deadlines(), asyncio.Event()
    chat = town.chat(deadline=deadlines)
    ports = ports_of(store, chat, clock)
    await store.save(to_anna())
    town.weather.faults["send"] = [Fault(until=late)]
    sending = asyncio.create_task(sent(ports))
    await until(lambda: town.weather.calls)
    deadlines.pass_by()
    row = await sending
    late.set()
    assert (row.state, row.reason) == (UNCERTAIN, "timeout")
    assert await marks(store) == HEALTHY
    await chat.close()


async def test_a_registration_that_is_refused_stops_everything(ports: Ports, town: Town) -> None:
    await ports.store.save(to_anna())
    town.weather.faults["send"] = [said(401, "Authorization"), said(401, "Authorization")]
    row = await sent(ports)
    assert (row.state, row.reason, town.weather.calls) == (DEAD, "Authorization", ["send", "send"])
    assert await marks(ports.store) == TOKEN_DEAD


CHANNEL = [
    (said(404, "ConversationNotFound"), READY, "ConversationNotFound"),  # it may be let in again
    (said(403, "BotNotInConversationRoster"), READY, "BotNotInConversationRoster"),
    (said(413, "MessageSizeTooBig"), DEAD, "MessageSizeTooBig"),
    (said(429, "Throttled"), READY, "Throttled"),
    (Fault(status=500), UNCERTAIN, "http_500"),
    (Fault(status=502), UNCERTAIN, "http_502"),
]


@pytest.mark.parametrize(("fault", "state", "reason"), CHANNEL, ids=[row[2] for row in CHANNEL])
async def test_a_post_in_a_channel_ends(ports: Ports, town: Town, fault: Fault, state: NudgeState, reason: str) -> None:
    await ports.store.save(to_channel())
    town.weather.faults["send"] = [fault]
    row = await sent(ports)
    assert (row.state, row.reason) == (state, reason)
    assert (await marks(ports.store))[:2] == HEALTHY[:2]
