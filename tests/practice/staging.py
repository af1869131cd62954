"""A practice workspace on a port of its own, an app that hears of everything, and the real SDK."""

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import parse_qs

import aiohttp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.commands.server import listen
from bot.practice.limits import Limits, unlimited
from bot.practice.slack.server import Practice, practice
from bot.practice.slack.triggers import Triggers
from bot.practice.time.clock import TravelClock
from tests.driver import Driver
from tests.serving import serving
from tests.waiting import IN_THE_END, unhurried

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

    heard: list[Heard] = dataclasses.field(default_factory=list)
    answers: list[Response] = dataclasses.field(default_factory=list)
    may_answer: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)  # set, unless a test clears it
    when_heard: Callable[[], None] = lambda: None
    _news: asyncio.Condition = dataclasses.field(default_factory=asyncio.Condition)

    def __post_init__(self) -> None:
        """Answer at once."""
        self.may_answer.set()

    def reply(self, *answers: Response) -> None:
        """Answer the next ones so; afterwards 200 again."""
        self.answers = list(answers)

    @property
    def last(self) -> Heard:
        """The newest of what was brought."""
        return self.heard[-1]

    async def until(self, count: int) -> None:
        """Wait until so many things were brought."""
        async with asyncio.timeout(IN_THE_END), self._news:
            await self._news.wait_for(lambda: len(self.heard) >= count)

    async def hear(self, request: Request) -> Response:
        """Take what is brought."""
        body = await request.body()
        assert SignatureVerifier(SECRET).is_valid_request(body, dict(request.headers))
        async with self._news:
            self.heard.append(_heard(body, dict(request.headers)))
            self._news.notify_all()
        self.when_heard()
        await self.may_answer.wait()
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
    door, app = listen("127.0.0.1", 0), App()
    given: Json = {
        "bot_url": f"http://127.0.0.1:{door.getsockname()[1]}/slack/events",
        "signing_secret": SECRET,
        "bot_token": TOKEN,
        "clock": TravelClock(T0),
        "limits": Limits(unlimited),
        "deadline": unhurried,
        "triggers": Triggers(steady=lambda: 0.0),
        **settings,
    }
    place = practice(**given)
    starlette = place.app()
    starlette.router.routes.append(Route("/slack/events", app.hear, methods=["POST"]))
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(serving(starlette, door))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        slack = AsyncWebClient(TOKEN, base_url=f"{url}/practice/slack/api/", session=session, retry_handlers=[])
        yield Stage(place, app, slack, Driver(session, url), session, url)


async def direct(stage: Stage, person: str = "U0SANNE") -> str:
    """Open the direct conversation with a person and return its id."""
    opened = await stage.slack.conversations_open(users=person)
    return str(opened["channel"]["id"])


def section(text: str = "Hello") -> Json:
    """Return a block with words."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(label: str = "Done", action: str = "nudge.done", value: str = "n1") -> Json:
    """Return a button."""
    return {"type": "button", "text": plain(label), "action_id": action, "value": value}


def actions(*elements: Json) -> Json:
    """Return a row of things to press."""
    return {"type": "actions", "block_id": "row", "elements": list(elements)}


def plain(text: str) -> Json:
    """Return a plain text object."""
    return {"type": "plain_text", "text": text}


def option(value: str) -> Json:
    """Return something to choose."""
    return {"text": plain(value.title()), "value": value}


def field(name: str, element: Json, **more: Any) -> Json:
    """Return an input block whose element has the field's name."""
    block = {"type": "input", "block_id": name, "label": plain(name), "element": {**element, "action_id": name}}
    return {**block, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    """Return a modal."""
    view = {"type": "modal", "title": plain("A form"), "submit": plain("Send"), "close": plain("Close")}
    return {**view, "callback_id": "plan.make", "private_metadata": "n1", "blocks": list(blocks), **more}
