"""How each answer of Teams' ends: the message's state, what the next attempt does, and who or what is marked.

Real HTTP, the real SDK, a real file: the outbox sends, and the practice Teams answers as the table says.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.teams.send import TeamsChat
from bot.coaching.cohort import CohortState
from bot.coaching.member import MemberState
from bot.coaching.nudge import Kind, Nudge, NudgeState
from bot.coaching.workspace import WorkspaceState
from bot.flows.ports import Ports
from bot.outbox import Outbox
from bot.practice.faults import Fault
from bot.practice.teams.fixed import IT_MANAGERS
from bot.store.port import Store
from tests.chat.teams.test_send import JSON, SANNE, SANNES, Town, chat, town
from tests.posting import T0, HandClock, file_in, people, ports_of
from tests.store.scene import a_nudge

__all__ = ["chat", "town"]

READY, SENT, DEAD, UNCERTAIN = NudgeState.READY, NudgeState.SENT, NudgeState.DEAD, NudgeState.UNCERTAIN
HEALTHY = (True, True, True)  # the workspace, the person, the channel
TOKEN_DEAD = (False, True, True)
PERSON_GONE = (True, False, True)


def said(status: int, code: str, **fault: Any) -> Fault:
    """Return an answer of Teams' with this error code."""
    body = json.dumps({"error": {"code": code, "message": ""}}).encode()
    return Fault(status=status, body=body, headers=JSON, **fault)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = file_in(tmp_path)
    anna = [
        replace(each, external_id=SANNE, direct=None) if getattr(each, "id", "") == "anna" else each
        for each in people("w1", ["anna"])
        if not isinstance(each, Nudge)
    ]
    await opened.save(*anna)
    cohort = await opened.cohort("c-w1")
    assert cohort is not None
    await opened.save(replace(cohort, channel=IT_MANAGERS))
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def ports(store: Store, chat: TeamsChat, clock: HandClock) -> Ports:
    return ports_of(store, chat, clock)


async def sent(ports: Ports) -> Nudge:
    """Send what may go now once, and return how that left the row."""
    outbox = Outbox(lambda: ports)
    await outbox.pump()
    await outbox.drained()
    found = await ports.store.nudge("n")
    assert found is not None
    return found


async def marks(store: Store) -> tuple[bool, bool, bool]:
    """Return whether the workspace, the person and the channel are as good as before."""
    workspace, member, cohort = await store.workspace("w1"), await store.member("anna"), await store.cohort("c-w1")
    assert workspace is not None
    assert member is not None
    assert cohort is not None
    return (
        workspace.state is WorkspaceState.ACTIVE,
        member.state is MemberState.ACTIVE,
        cohort.state is CohortState.ACTIVE,
    )


def to_anna() -> Nudge:
    """Return a message that is ready for a person."""
    about = {"prompt": "people-before-systems/nudge", "item": "people-before-systems"}
    nudge = a_nudge("n", "anna", cohort="c-w1", state=READY, **about)
    return replace(nudge, workspace="w1", due_at=T0, expires_at=T0 + timedelta(hours=4))


def to_channel() -> Nudge:
    """Return a post that is ready for the channel."""
    return replace(to_anna(), member=None, enrollment=None, kind=Kind.INVITATION)


# What goes wrong, how that leaves the message, the reason in its row, what is marked, and whether a next attempt that
# goes well has it sent.
DIRECT = [
    (said(429, "Throttled"), READY, "Throttled", HEALTHY, True),
    (said(412, "PreconditionFailed"), READY, "PreconditionFailed", HEALTHY, True),
    (Fault(status=500), UNCERTAIN, "http_500", HEALTHY, False),
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
    marked: tuple[bool, bool, bool],
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


async def test_a_registration_that_is_refused_stops_everything(ports: Ports, town: Town) -> None:
    await ports.store.save(to_anna())
    town.weather.faults["send"] = [said(401, "Authorization"), said(401, "Authorization")]
    row = await sent(ports)
    assert (row.state, row.reason, town.weather.calls) == (DEAD, "Authorization", ["send", "send"])
    assert await marks(ports.store) == TOKEN_DEAD


CHANNEL = [
    (said(404, "ConversationNotFound"), DEAD, "ConversationNotFound"),
    (said(403, "BotNotInConversationRoster"), DEAD, "BotNotInConversationRoster"),
    (said(429, "Throttled"), READY, "Throttled"),
    (Fault(status=500), UNCERTAIN, "http_500"),
]


@pytest.mark.parametrize(("fault", "state", "reason"), CHANNEL, ids=[row[2] for row in CHANNEL])
async def test_a_post_in_a_channel_ends(ports: Ports, town: Town, fault: Fault, state: NudgeState, reason: str) -> None:
    await ports.store.save(to_channel())
    town.weather.faults["send"] = [fault]
    row = await sent(ports)
    assert (row.state, row.reason) == (state, reason)
    workspace, person, _ = await marks(ports.store)
    assert workspace
    assert person
