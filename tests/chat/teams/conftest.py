"""Servers for the tests: real ones, on loopback."""

import asyncio
import json
import ssl
import uuid
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.chat.port import MessageRef
from bot.chat.teams.serve import Teams
from bot.chat.teams.settings import TeamsSettings
from bot.coaching.records.conversation_reference import ConversationReference
from bot.flows.ports import Ports
from bot.runtime.inbox import Inbox
from bot.store.port.inbox import Arrival
from tests.chat.slack.conftest import FixedClock, Serve, clock, serve
from tests.chat.slack.conftest import Reception as SlackReception
from tests.chat.teams.incoming.authority import CLIENT, TENANT, Authority, token
from tests.conftest import shipped_words

__all__ = ["clock", "serve"]

_CERTIFICATES = ssl.create_default_context()  # reading them is most of what a request takes


class Hands:
    """Notes what the way in asks of the way out."""

    def __init__(self) -> None:
        self.shown: list[tuple[MessageRef, dict[str, Any]]] = []
        self.answered: list[tuple[MessageRef, Mapping[str, Any], str]] = []
        self.free = asyncio.Event()  # calls wait for it
        self.free.set()
        self.failing: Exception | None = None
        self.names = self
        self.called = ""  # what every channel is

    async def of(self, _workspace: str, team: str, reach: ConversationReference) -> str:
        await self._called()
        return f"{self.called} {team} {reach.conversation}" if self.called else ""

    async def show(self, ref: MessageRef, card: dict[str, Any]) -> None:
        await self._called()
        self.shown.append((ref, card))

    async def answer_file(self, ref: MessageRef, value: Mapping[str, Any], locale: str) -> None:
        await self._called()
        self.answered.append((ref, value, locale))

    async def close(self) -> None:
        """Hold nothing."""

    async def _called(self) -> None:
        await self.free.wait()
        if self.failing is not None:
            raise self.failing


class Nowhere:
    """Remembers no way to anybody."""

    def __init__(self, language: str = "") -> None:
        self.language = language  # everybody's

    async def who(self, _workspace: str, _account: str) -> str:
        return ""

    async def chosen(self, _workspace: str, _person: str) -> str:
        return self.language

    async def of(self, _workspace: str, _conversation: str) -> ConversationReference | None:
        return None

    async def to(self, workspace: str, person: str) -> ConversationReference | None:
        return await self.of(workspace, person)

    async def any(self, workspace: str) -> ConversationReference | None:
        return await self.of(workspace, "")

    async def keep(self, _workspace: str, _person: str, _reach: ConversationReference) -> None:
        """Forget it."""

    async def page(self, _workspace: str, _person: str) -> str:
        return ""

    async def keep_page(self, _workspace: str, _person: str, _activity: str) -> None:
        """Forget it."""


class Reception(SlackReception):
    """Everything that was handled, behind the real inbox on a real file, with the real way in before it."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.teams = {TENANT: "w1"}
        self.nowhere = Nowhere()
        self.hands = Hands()
        self.arrivals: list[Arrival] = []
        self.home: Teams

    def received(self, settings: TeamsSettings, clock: FixedClock) -> Teams:
        """Return the real adapter in front of this."""
        self.home = Teams(
            settings,
            self.hands,
            clock=clock,
            workspace_of=self.workspace_of,
            accept=lambda arrival, awaited=False: self.accept(arrival, awaited=awaited),
            handle=self.handle,
            busy=self.busy,
            say=lambda key, locale, **_: f"{key} in {locale}",
            reaches=self.nowhere,
            on_ack=self.acks.append,
        )
        ports = Ports(
            store=self.store,
            chat=self.hands,
            words=shipped_words(),
            clock=clock,
            holidays=lambda _country, _years: frozenset(),
            countries=(),
            new_id=lambda: uuid.uuid4().hex,
            chance=lambda: 0.0,
            operator="",
        )
        self.inbox = Inbox(lambda: ports, self.home.handle, deadline=self.deadline)
        return self.home

    async def accept(self, arrival: Arrival, *, awaited: bool = False) -> dict[str, Any] | None:
        self.arrivals.append(arrival)
        return await super().accept(arrival, awaited=awaited)


@pytest.fixture
def authority() -> Authority:
    """Who signs what Teams brings."""
    return Authority()


@pytest.fixture
async def settings(serve: Serve, authority: Authority) -> TeamsSettings:
    """A registration whose tokens the authority gives out."""
    issuer = await serve(authority.app)
    return TeamsSettings(client_id=CLIENT, client_secret="hush", tenants=(TENANT,), metadata_url=f"{issuer}/openid")


@pytest.fixture
async def reception(tmp_path: Path) -> AsyncIterator[Reception]:
    made = Reception(tmp_path / "inbox.db")
    yield made
    if hasattr(made, "inbox"):
        await made.inbox.stop(1)
        await made.home.stop()
    await made.store.close()


@pytest.fixture
async def address(serve: Serve, settings: TeamsSettings, reception: Reception, clock: FixedClock) -> str:
    """The real route."""
    wired = reception.received(settings, clock)
    return f"{await serve(Starlette(routes=wired.routes))}/api/messages"


async def bring(address: str, activity: Any, **claims: Any) -> tuple[int, Any]:
    """Bring an activity as Teams does and return status and answer; claims change the token."""
    return await post(address, json.dumps(activity).encode(), {"Authorization": f"Bearer {token(**claims)}"})


async def post(address: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, Any]:
    """Bring exactly this body."""
    async with httpx.AsyncClient(trust_env=False, verify=_CERTIFICATES) as client:
        given = {"Content-Type": "application/json; charset=utf-8", **headers}
        answer = await client.post(address, content=body, headers=given)
    return answer.status_code, answer.json() if answer.content else None
