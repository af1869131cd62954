"""A practice workspace on a port of its own, an app that hears of everything, and the real SDK."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import parse_qs

import aiohttp
import pytest
import uvicorn
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.practice.clock import TravelClock
from bot.practice.rules import Rates
from bot.practice.server import Practice, practice
from tests.driver import Driver

SECRET = "practice-signing-secret"
TOKEN = "xoxb-practice"
T0 = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

Json = dict[str, Any]


@dataclass(frozen=True)
class Heard:
    """One thing that was brought to the app, signature checked."""

    kind: str  # the event's, command's or interaction's own type
    data: Json
    headers: dict[str, str]


@dataclass
class App:
    """Stands where the bot stands: notes what is brought, and answers as it is told."""

    heard: list[Heard] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)
    delay: float = 0.0

    def reply(self, *answers: Response) -> None:
        """Answer the next ones so; afterwards 200 again."""
        self.answers = list(answers)

    @property
    def last(self) -> Heard:
        """The newest of what was brought."""
        return self.heard[-1]

    async def hear(self, request: Request) -> Response:
        body = await request.body()
        assert SignatureVerifier(SECRET).is_valid_request(body, dict(request.headers))
        self.heard.append(_heard(body, dict(request.headers)))
        if self.delay:
            await asyncio.sleep(self.delay)
        return self.answers.pop(0) if self.answers else Response()


def _heard(body: bytes, headers: dict[str, str]) -> Heard:
    if headers["content-type"] == "application/json":
        envelope = json.loads(body)
        return Heard(envelope["event"]["type"], envelope, headers)
    form = {key: values[0] for key, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    if "payload" in form:
        payload = json.loads(form["payload"])
        return Heard(payload["type"], payload, headers)
    return Heard("command", cast("Json", form), headers)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@asynccontextmanager
async def served(app: Starlette, port: int) -> AsyncIterator[str]:
    config = uvicorn.Config(app, port=port, log_level="error", lifespan="on", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(5):
        while not server.started:
            await asyncio.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


@dataclass
class Stage:
    """Everything a test of the practice workspace needs."""

    practice: Practice
    app: App
    slack: AsyncWebClient
    driver: Driver
    session: aiohttp.ClientSession
    url: str


@asynccontextmanager
async def staged(**settings: Any) -> AsyncIterator[Stage]:
    """Serve a practice workspace with these settings, together with an app, in one process on one port."""
    port = _free_port()
    app = App()
    given: Json = {
        "bot_url": f"http://127.0.0.1:{port}/slack/events",
        "signing_secret": SECRET,
        "bot_token": TOKEN,
        "clock": TravelClock(T0),
        "rates": Rates(burst=1000),
        **settings,
    }
    place = practice(**given)
    starlette = place.app()
    starlette.router.routes.append(Route("/slack/events", app.hear, methods=["POST"]))
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(served(starlette, port))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        slack = AsyncWebClient(
            TOKEN, base_url=f"{url}/practice/slack/api/", session=session, retry_handlers=[]
        )
        yield Stage(place, app, slack, Driver(session, url), session, url)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as stage:
        yield stage


@pytest.fixture
def ok() -> Callable[[Json], Response]:
    return JSONResponse
