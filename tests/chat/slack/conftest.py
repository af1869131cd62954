"""Servers for the tests: real ones, on loopback."""

import asyncio
import hashlib
import hmac
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.chat.port import FormErrors, Incoming, Submitted
from bot.chat.slack.serve import Slack, slack
from bot.chat.slack.settings import SlackSettings
from bot.commands.server import listen
from bot.flows.ports import Ports
from bot.runtime.inbox import Inbox
from bot.store.port.inbox import Arrival
from bot.store.sqlite.file.open import open_store
from tests.conftest import shipped_words
from tests.ready import ready
from tests.serving import serving
from tests.waiting import IN_THE_END

T0 = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

Serve = Callable[[ASGIApp], Awaitable[str]]


SECRET = "hush"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def signed(body: bytes, kind: str = JSON, *, secret: str = SECRET, age: int = 0) -> dict[str, str]:
    """Return the headers of a request that Slack signed so many seconds ago."""
    stamp = str(int(time.time()) - age)
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


class FixedClock:
    """Stands at T0."""

    def now(self) -> datetime:
        """Return T0."""
        return T0


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still."""
    return FixedClock()


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Start an app on a free port and return its address; it stops with the test."""
    async with AsyncExitStack() as stack:

        async def start(app: ASGIApp) -> str:
            return await stack.enter_async_context(serving(app, listen("127.0.0.1", 0)))

        yield start


class Reception:
    """Everything that was handled, and every call that went out; behind the real inbox on a real file."""

    def __init__(self, file: Path) -> None:
        self.handled: list[Incoming] = []
        self.calls: list[str] = []
        self.brought: list[str] = []
        self.read: list[Any] = []
        self.answer: FormErrors | None = None
        self.failing: Exception | None = None
        self.open = asyncio.Event()  # handlers wait for it
        self.open.set()
        self.acks: list[float] = []
        self.teams: dict[str, str | Exception] = {"T1": "w1"}
        self.store = open_store(ready(file))
        self.home: Any
        self.inbox: Inbox

    def wired(self, settings: SlackSettings, clock: "FixedClock") -> Slack:
        """Return the real adapter in front of this."""
        made = slack(
            settings,
            clock,
            self.workspace_of,
            lambda arrival, awaited=False: self.accept(arrival, awaited=awaited),
            self.handle,
            self.busy,
            on_ack=self.acks.append,
        )
        ports = Ports(
            store=self.store,
            chat=made.chat,
            words=shipped_words(),
            clock=clock,
            holidays=lambda _country, _years: frozenset(),
            countries=(),
            new_id=lambda: uuid.uuid4().hex,
            chance=lambda: 0.0,
            operator="",
        )
        self.home = made
        self.inbox = Inbox(lambda: ports, made.handle, deadline=self.deadline)
        return made

    def deadline(self, _: float) -> asyncio.Timeout:
        """Wait for an answer as long as a test waits, and but a moment for handlers that hang."""
        return asyncio.timeout(IN_THE_END if self.open.is_set() else 0.05)

    async def accept(self, arrival: Arrival, *, awaited: bool = False) -> dict[str, Any] | None:
        self.brought.append(arrival.id)
        self.read.append(arrival.read)
        return await self.inbox.accept(arrival, awaited=awaited)

    async def busy(self, form: Submitted) -> FormErrors:
        return FormErrors(dict.fromkeys(form.values, "In a moment."))

    async def drained(self) -> list[Incoming]:
        """Return what was handled, all that came in by now included."""
        await self.inbox.drained()
        return self.handled

    async def handle(self, incoming: Incoming) -> FormErrors | None:
        await self.open.wait()
        if self.failing is not None:
            raise self.failing
        self.handled.append(incoming)
        return self.answer

    async def workspace_of(self, team: str) -> str | None:
        found = self.teams.get(team)
        if isinstance(found, Exception):
            raise found
        return found

    async def called(self, request: Request) -> JSONResponse:
        self.calls.append(request.url.path)
        return JSONResponse({"ok": True})


@pytest.fixture
async def reception(tmp_path: Path) -> AsyncIterator[Reception]:
    made = Reception(tmp_path / "inbox.db")
    yield made
    if hasattr(made, "inbox"):
        await made.inbox.stop(1)
    await made.store.close()


@pytest.fixture
async def address(serve: Serve, reception: Reception, clock: FixedClock) -> str:
    """The real routes with the real Bolt, whose Slack notes every call."""
    receiver = await serve(Starlette(routes=[Route("/{path:path}", reception.called, methods=["GET", "POST"])]))
    settings = SlackSettings(bot_token="xoxb-1", signing_secret=SECRET, api_url=f"{receiver}/api/")
    wired = reception.wired(settings, clock)
    return f"{await serve(Starlette(routes=wired.routes))}/slack/events"
