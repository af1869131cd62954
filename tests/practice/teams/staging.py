"""A practice Teams on a port of its own, a bot that hears of everything, and the real SDK."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt
from microsoft_teams.api.activities import ActivityTypeAdapter, MessageActivityInput
from microsoft_teams.api.clients import ApiClient
from microsoft_teams.api.models import Attachment
from microsoft_teams.cards import ActionSet, AdaptiveCard, ExecuteAction, SubmitAction, TextBlock
from microsoft_teams.common import ClientOptions
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.commands.server import listen
from bot.practice.limits import Limits, unlimited
from bot.practice.teams.fixed import IT_MANAGERS
from bot.practice.teams.keys import ISSUER, signer
from bot.practice.teams.server import PracticeTeams, practice_teams
from bot.practice.time.clock import TravelClock
from tests.practice.staging import T0
from tests.serving import serving
from tests.waiting import IN_THE_END, unhurried

CLIENT = "11111111-0000-4000-8000-000000000009"
TOKEN = "practice-token"
ADAPTIVE = "application/vnd.microsoft.card.adaptive"

Json = dict[str, Any]


class Refused(Exception):
    """The practice Teams answered `ok: false`."""

    def __init__(self, answer: Json) -> None:
        super().__init__(str(answer))
        self.error: str = answer["error"]
        self.answer = answer


@dataclass
class App:
    """Stands where the bot stands: checks the token, notes what is brought, and answers as it is told."""

    service_url: str
    heard: list[Json] = dataclasses.field(default_factory=list)
    tokens: list[str] = dataclasses.field(default_factory=list)
    answers: list[Response] = dataclasses.field(default_factory=list)
    may_answer: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)  # set, unless a test clears it
    when_heard: Callable[[], None] = lambda: None
    _news: asyncio.Condition = dataclasses.field(default_factory=asyncio.Condition)

    def __post_init__(self) -> None:
        """Answer at once."""
        self.may_answer.set()

    def reply(self, *answers: Json | Response) -> None:
        """Answer the next ones so; afterwards with an empty 200 again."""
        self.answers = [each if isinstance(each, Response) else JSONResponse(each) for each in answers]

    @property
    def last(self) -> Json:
        """The newest of what was brought."""
        return self.heard[-1]

    async def until(self, count: int) -> None:
        """Wait until so many activities were brought."""
        async with asyncio.timeout(IN_THE_END), self._news:
            await self._news.wait_for(lambda: len(self.heard) >= count)

    async def hear(self, request: Request) -> Response:
        """Take what is brought, if the token is good and the real SDK can read it."""
        kind, _, token = request.headers["authorization"].partition(" ")
        claims = jwt.decode(token, signer().key.public_key(), algorithms=["RS256"], audience=CLIENT, issuer=ISSUER)
        activity = await request.json()
        assert (kind, claims["serviceurl"], activity["serviceUrl"]) == ("Bearer", self.service_url, self.service_url)
        ActivityTypeAdapter.validate_python(activity)
        async with self._news:
            self.heard.append(activity)
            self.tokens.append(token)
            self._news.notify_all()
        self.when_heard()
        await self.may_answer.wait()
        return self.answers.pop(0) if self.answers else Response()


@dataclass
class Stage:
    """Everything a test of the practice Teams needs."""

    practice: PracticeTeams
    app: App
    session: aiohttp.ClientSession
    url: str
    clients: dict[str, ApiClient] = dataclasses.field(default_factory=dict)

    @property
    def service_url(self) -> str:
        """Where the bot is told to call."""
        return self.practice.site.service_url

    def api(self, token: str = TOKEN) -> ApiClient:
        """Return the real SDK's client; making one reads the machine's certificates, so there is one a token."""
        if token not in self.clients:
            self.clients[token] = ApiClient(self.service_url, ClientOptions(token=token, timeout=IN_THE_END))
        return self.clients[token]

    async def act(self, action: str, **body: Any) -> Json:
        """Do what a person does; names of people stand for their ids. Raises Refused."""
        if "as_" in body:
            body["as"] = person_id(body.pop("as_"))
        address = f"{self.url}/practice/teams/api/{action}"
        async with self.session.post(address, json=body, headers={"Origin": self.url}) as response:
            answer: Json = await response.json()
        if not answer["ok"]:
            raise Refused(answer)
        return answer

    async def state(self, who: str = "Sanne", **query: str) -> Json:
        """Return what somebody sees."""
        query = {"as": person_id(who), **query}
        async with self.session.get(f"{self.url}/practice/teams/api/state", params=query) as response:
            answer: Json = await response.json()
        if response.status != 200:
            raise Refused(answer)
        return answer

    async def messages(self, channel: str = "a:1sanne", who: str = "Sanne") -> list[Json]:
        """Return what somebody sees in a conversation."""
        found: list[Json] = (await self.state(who))["messages"][channel]
        return found

    async def show(self, conversation: str = "a:1sanne", shown: AdaptiveCard | None = None) -> str:
        """Let the bot show a card, and return the message's id."""
        return (await self.api().conversations.create_activity(conversation, message(shown or card()))).id


@asynccontextmanager
async def staged(**settings: Any) -> AsyncIterator[Stage]:
    """Serve a practice Teams with these settings, together with a bot, in one process on one port."""
    door = listen("127.0.0.1", 0)
    base = f"http://127.0.0.1:{door.getsockname()[1]}"
    app = App(f"{base}/practice/teams/connector/")
    given: Json = {
        "bot_url": f"{base}/api/messages",
        "client_id": CLIENT,
        "base_url": base,
        "clock": TravelClock(T0),
        "token": TOKEN,
        "limits": Limits(unlimited),
        "deadline": unhurried,
        **settings,
    }
    place = practice_teams(**given)
    starlette = place.app()
    starlette.router.routes.append(Route("/api/messages", app.hear, methods=["POST"]))
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(serving(starlette, door))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        yield Stage(place, app, session, url)


def person_id(name: str) -> str:
    """Return the object id of somebody; anything else as it is."""
    names = ("Marit", "Sanne", "Grace", "Arjun", "Robin", "Iris")
    return f"7e9a0000-0000-4000-8000-0000000001{names.index(name) + 1:02d}" if name in names else name


def message(shown: AdaptiveCard | None = None, text: str = "") -> MessageActivityInput:
    """Return a message of the bot."""
    sent = MessageActivityInput(text=text or None)
    return sent.add_card(shown) if shown else sent


def attachment(kind: str, content: Json, **more: Any) -> MessageActivityInput:
    """Return a message with something attached."""
    return MessageActivityInput(attachments=[Attachment(content_type=kind, content=content, **more)])


def button(name: str = "nudge.done", **data: Any) -> ExecuteAction:
    """Return a button with its fallback."""
    carried = {"pitstop": {"button": name}, **data}
    return ExecuteAction(title=name, verb=name, data=carried, fallback=SubmitAction(title=name, data=carried))


def card(*elements: Any, text: str = "Hello") -> AdaptiveCard:
    """Return a card with words, these elements, and a button."""
    return AdaptiveCard(version="1.5", body=[TextBlock(text=text), *elements, ActionSet(actions=[button()])])


CHANNEL = IT_MANAGERS
PRESSED = {"data": {"pitstop": {"button": "nudge.done"}}, "verb": "nudge.done"}
