import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.applications import Starlette

from bot.chat.port import (
    TOO_LATE,
    Ambiguous,
    Blame,
    Body,
    Button,
    Buttons,
    Form,
    Message,
    MessageRef,
    Opening,
    Outcome,
    Person,
    Place,
    Quote,
    RetryAfter,
    Sent,
    TextField,
    Unanswered,
    Undeliverable,
)
from bot.chat.teams.outgoing.bearer import Bearer
from bot.chat.teams.outgoing.connector import Connector
from bot.chat.teams.outgoing.files import HELD, Offer, Offers, may_upload
from bot.chat.teams.outgoing.pace import Pace
from bot.chat.teams.outgoing.send import TeamsChat
from bot.chat.teams.settings import TeamsSettings
from bot.coaching.language import Markdown
from bot.coaching.records.conversation_reference import ConversationReference
from bot.practice.faults import Fault
from bot.practice.limits import Limits, unlimited
from bot.practice.teams.fixed import IT_MANAGERS
from bot.practice.teams.server import PracticeTeams, practice_teams
from bot.practice.teams.world import TENANT, File, Post
from bot.practice.time.clock import TravelClock
from tests.chat.both import Weather
from tests.chat.slack.conftest import Serve
from tests.waiting import Deadlines, a_while, go_on, turns, until

CLIENT = "c11e0000-0000-4000-8000-000000000001"
HELLO = Message(fallback="Hello", parts=(Body(Markdown("Hello **you**")),), key="n1")
WIDE = ((100_000, 1.0),)
SANNE = "7e9a0000-0000-4000-8000-000000000102"
GRACE = "7e9a0000-0000-4000-8000-000000000103"
SANNES = "a:1sanne"
CHANNEL = Place(workspace="w1", conversation=IT_MANAGERS)
DIRECT = Place(workspace="w1", conversation=SANNES)


class Town:
    """A practice Teams, and how its conversations are reached."""

    def __init__(self) -> None:
        self.weather = Weather()
        self.teams: PracticeTeams
        self.reaches: dict[str, ConversationReference] = {}
        self.people: dict[str, str] = {}
        self.pages: dict[tuple[str, str], str] = {}
        self.address = ""

    async def of(self, workspace: str, conversation: str) -> ConversationReference | None:
        return self.reaches.get(conversation) if workspace == "w1" else None

    async def to(self, workspace: str, person: str) -> ConversationReference | None:
        return await self.of(workspace, self.people.get(person, ""))

    async def any(self, workspace: str) -> ConversationReference | None:
        return next(iter(self.reaches.values()), None) if workspace == "w1" else None

    async def who(self, _workspace: str, _account: str) -> str:
        return ""

    async def chosen(self, _workspace: str, _person: str) -> str:
        return ""

    async def page(self, workspace: str, person: str) -> str:
        return self.pages.get((workspace, person), "")

    async def keep_page(self, workspace: str, person: str, activity: str) -> None:
        self.pages[workspace, person] = activity

    async def keep(self, _workspace: str, person: str, reach: ConversationReference) -> None:
        self.reaches.pop(self.people.get(person, ""), None)
        self.reaches[reach.conversation], self.people[person] = reach, reach.conversation

    def let_in(self, conversation: str, person: str = "") -> None:
        self.reaches[conversation] = ConversationReference(conversation=conversation, address=self.address)
        self.people[person] = conversation

    def posts(self, conversation: str) -> list[Post]:
        return list(self.teams.world.posts[conversation].values())

    def settings(self) -> TeamsSettings:
        return TeamsSettings(
            client_id=CLIENT, client_secret="hush", tenants=(TENANT,), metadata_url=self.teams.metadata_url
        )

    def chat(self, pace: Pace | None = None, **more: Any) -> TeamsChat:
        connector = Connector(self.settings(), pace=pace or Pace(conversation=WIDE, tenant=WIDE), **more)
        return TeamsChat(
            self.settings(),
            reaches=self,
            say=say,
            connector=connector,
        )


def say(key: str, locale: str, **values: Any) -> str:
    del values
    return f"{key} {locale}"


@pytest.fixture
async def town(serve: Serve) -> Town:
    made = Town()
    app = Starlette()
    base = await serve(app)
    made.teams = practice_teams(
        bot_url="http://127.0.0.1:9/api/messages",
        client_id=CLIENT,
        base_url=base,
        clock=TravelClock(),
        token="local",
        faults=made.weather,
        limits=Limits(unlimited),
        retries=(),
    )
    app.router.routes.extend(made.teams.routes)
    made.address = made.teams.site.service_url
    made.let_in(SANNES, SANNE)
    made.let_in(IT_MANAGERS)
    return made


@pytest.fixture
async def chat(town: Town) -> AsyncIterator[TeamsChat]:
    made = town.chat()
    yield made
    await made.close()


async def sent(outcome: Any) -> MessageRef:
    """Return where it is."""
    found = await outcome
    assert isinstance(found, Sent), found
    return found.ref


# --- messages


async def test_a_message_arrives_as_it_was_rendered(chat: TeamsChat, town: Town) -> None:
    ref = await sent(chat.send(DIRECT, HELLO))
    (post,) = town.posts(SANNES)
    assert ref == MessageRef(workspace="w1", conversation=SANNES, message=post.id)
    assert (post.summary, post.text) == ("Hello", "")
    assert post.card is not None
    assert (post.card["id"], post.card["body"][0]["text"]) == ("n1", "Hello **you**")


async def test_a_message_may_belong_in_a_thread(chat: TeamsChat, town: Town) -> None:
    first = await sent(chat.send(CHANNEL, HELLO))
    thread = Place(workspace="w1", conversation=IT_MANAGERS, thread=first.message)
    second = await sent(chat.send(thread, HELLO))
    assert second.conversation == IT_MANAGERS
    assert [post.thread for post in town.posts(IT_MANAGERS)] == [None, first.message]
    assert await chat.update(second, Message(fallback="Changed", parts=())) == Sent(ref=second)
    assert town.posts(IT_MANAGERS)[1].summary == "Changed"


async def test_40_000_signs_of_a_person_arrive(chat: TeamsChat) -> None:
    words = Message(fallback="🏁" * 40_000, parts=tuple(Quote("שלום 🏁 " * 5_000) for _ in range(60)))
    await sent(chat.send(DIRECT, words))


async def test_an_update_shows_this_instead(chat: TeamsChat, town: Town) -> None:
    ref = await sent(chat.send(DIRECT, HELLO))
    assert await chat.update(ref, Message(fallback="Done", parts=(), key="n1")) == Sent(ref=ref)
    (post,) = town.posts(SANNES)
    assert (post.summary, post.id) == ("Done", ref.message)


async def test_a_card_that_is_gone_is_the_messages_own_trouble(chat: TeamsChat) -> None:
    gone = MessageRef(workspace="w1", conversation=SANNES, message="1")
    expected = Undeliverable(error="ActivityNotFoundInConversation", blame=Blame.ABSENT)
    assert await chat.update(gone, HELLO) == expected


async def test_nothing_can_be_read_back(chat: TeamsChat) -> None:
    assert not chat.looks_back("w1")
    for look in (
        chat.find(DIRECT, "n1", since=datetime(2026, 1, 1, tzinfo=UTC)),
        chat.heard(DIRECT, since=datetime(2026, 1, 1, tzinfo=UTC), until=datetime(2026, 1, 2, tzinfo=UTC)),
    ):
        with pytest.raises(Unanswered, match="no_read_back"):
            await look


# --- aside


async def test_a_whisper_goes_into_the_conversation_of_the_two_of_us(chat: TeamsChat, town: Town) -> None:
    asking = Message(fallback="Only you", parts=(Buttons((Button(id="a.b", label="B"),)),))
    ref = await sent(chat.whisper(CHANNEL, SANNE, asking))
    (post,) = town.posts(SANNES)
    assert post.card is not None
    assert post.card["body"][0]["actions"][0]["data"]["pitstop"]["aside"] is True
    aside = f"{SANNES} {ref.message}"
    answered = await sent(chat.respond("w1", aside, Message(fallback="Instead", parts=()), replace=True))
    assert answered.aside == aside
    await sent(chat.update(MessageRef(workspace="w1", conversation="", message="", aside=aside), asking))
    await sent(chat.respond("w1", aside, Message(fallback="Below", parts=())))
    assert [post.summary for post in town.posts(SANNES)] == ["Only you", "Below"]


@pytest.mark.parametrize("aside", ["", "x", f"{IT_MANAGERS} 1", " 1"])
@pytest.mark.parametrize("replace", [True, False])
async def test_an_answer_aside_never_stands_before_others(
    chat: TeamsChat, town: Town, aside: str, replace: bool
) -> None:
    expected = Undeliverable(error="not_aside", blame=Blame.MESSAGE)
    assert await chat.respond("w1", aside, HELLO, replace=replace) == expected
    assert town.weather.calls == []


# --- where the bot is not


async def test_a_person_who_took_the_app_away_is_written_to_no_more(chat: TeamsChat, town: Town) -> None:
    sanne = town.teams.world.people[SANNE]
    town.teams.world.add(type(sanne)(**{**vars(sanne), "has_app": False}))
    expected = Undeliverable(error="ForbiddenOperationException", blame=Blame.PERSON)
    assert await chat.send(DIRECT, HELLO) == expected


async def test_a_channel_that_took_the_bot_away_is_blamed_itself(chat: TeamsChat, town: Town) -> None:
    town.teams.world.has_team = False
    expected = Undeliverable(error="BotNotInConversationRoster", blame=Blame.CONVERSATION)
    assert await chat.send(CHANNEL, HELLO) == expected


async def test_a_conversation_that_is_not_there_is_said_so(chat: TeamsChat) -> None:
    expected = Undeliverable(error="ConversationNotFound", blame=Blame.CONVERSATION)
    assert await chat.send(Place(workspace="w1", conversation="a:1nobody"), HELLO) == expected


@pytest.mark.parametrize(
    "address", ["https://smba.trafficmanager.net.evil.example/", "http://10.0.0.1/", "https://smba.trafficmanager.net/"]
)
async def test_an_address_that_is_not_allowed_gets_no_call_and_no_token(
    chat: TeamsChat, town: Town, address: str
) -> None:
    town.reaches[SANNES] = ConversationReference(conversation=SANNES, address=address)
    expected = Undeliverable(error="address_refused", blame=Blame.MESSAGE)
    assert await chat.send(DIRECT, HELLO) == expected


# --- doubt

JSON = {"Content-Type": "application/json"}


def refusing(code: str, status: int) -> Fault:
    body = json.dumps({"error": {"code": code, "message": "m"}}).encode()
    return Fault(status=status, headers={"Content-Type": "application/json"}, body=body)


def gone(error: str, blame: Blame) -> Undeliverable:
    return Undeliverable(error=error, blame=blame)


BAD_WEATHER: list[tuple[Fault, Outcome, int]] = [
    # what Teams does, what that means, whether the message is there
    (Fault(status=429, headers={"Retry-After": "9"}), RetryAfter(seconds=9, error="http_429"), 0),
    (Fault(status=412), RetryAfter(seconds=5, error="http_412"), 0),
    (Fault(drop=True), Ambiguous(error="RemoteProtocolError"), 0),
    (Fault(drop=True, accept=True), Ambiguous(error="RemoteProtocolError"), 1),
    (Fault(answered=asyncio.Event()), Ambiguous(error="timeout"), 1),
    (Fault(status=408), Ambiguous(error="http_408"), 0),
    (Fault(status=500, accept=True), Ambiguous(error="http_500"), 1),
    (Fault(status=502), Ambiguous(error="http_502"), 0),
    (Fault(status=503), Ambiguous(error="http_503"), 0),
    (Fault(status=403, body=b"<html>"), RetryAfter(seconds=600, error="http_403"), 0),
    (Fault(status=404, body=b"<html>"), RetryAfter(seconds=600, error="http_404"), 0),
    (refusing("ConversationBlockedByUser", 403), gone("ConversationBlockedByUser", Blame.PERSON), 0),
    (refusing("ConversationNotFound", 404), gone("ConversationNotFound", Blame.CONVERSATION), 0),
    (Fault(status=413), Undeliverable(error="http_413", blame=Blame.MESSAGE), 0),
    (Fault(status=400), Undeliverable(error="http_400", blame=Blame.MESSAGE), 0),
    (Fault(status=307, headers={"Location": "/elsewhere"}), RetryAfter(seconds=600, error="http_307"), 0),
    (Fault(status=200, body=b"<html>", accept=True), Ambiguous(error="no_id"), 1),
    (Fault(status=201, body=b"{}", headers=JSON, accept=True), Ambiguous(error="no_id"), 1),
    (Fault(status=201, body=b'{"id": 7}', headers=JSON), Ambiguous(error="ValidationError"), 0),
    (Fault(status=201, body=b'{"id": "x', headers=JSON), Ambiguous(error="JSONDecodeError"), 0),
    (Fault(status=201, body=b"[1]", headers=JSON), Ambiguous(error="AttributeError"), 0),
]


@pytest.mark.parametrize(("fault", "expected", "there"), BAD_WEATHER)
async def test_no_send_is_tried_twice(town: Town, fault: Fault, expected: Outcome, there: int) -> None:
    deadlines = Deadlines()
    chat = town.chat(deadline=deadlines)
    town.weather.faults["send"] = [fault]
    failures: list[tuple[str, str]] = []
    chat.on_failure = lambda method, error: failures.append((method, error))
    sending = asyncio.create_task(chat.send(DIRECT, HELLO))
    if fault.answered:
        await until(lambda: town.posts(SANNES))
        deadlines.pass_by()
    assert await sending == expected
    if fault.answered:
        fault.answered.set()
    assert town.weather.calls == ["send"]
    assert len(town.posts(SANNES)) == there
    assert not isinstance(expected, Ambiguous) or expected.error == "no_id" or failures == [("send", expected.error)]
    await chat.close()


async def test_an_update_that_is_taken_needs_no_id(chat: TeamsChat, town: Town) -> None:
    ref = await sent(chat.send(DIRECT, HELLO))
    town.weather.faults["update"] = [Fault(status=200, body=b"{}", headers=JSON, accept=True)]
    assert await chat.update(ref, HELLO) == Sent(ref=ref)


async def test_a_refused_connection_is_no_doubt(chat: TeamsChat, town: Town) -> None:
    town.reaches[SANNES] = ConversationReference(conversation=SANNES, address="http://127.0.0.1:9/connector/")
    assert await chat.send(DIRECT, HELLO) == RetryAfter(seconds=5, error="ConnectError")


async def test_an_answer_that_comes_drop_by_drop_is_not_waited_for(town: Town) -> None:
    drops = 0

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal drops
        del reader
        with contextlib.suppress(OSError):
            writer.write(b"HTTP/1.1 201 Created\r\n")
            while not writer.is_closing():
                writer.write(b"X-Drop: 1\r\n")
                await writer.drain()
                drops += 1
                await a_while(0.02)

    deadlines = Deadlines()
    chat = town.chat(deadline=deadlines)
    dripping = await asyncio.start_server(drip, "127.0.0.1", 0)
    port = dripping.sockets[0].getsockname()[1]
    town.reaches[SANNES] = ConversationReference(conversation=SANNES, address=f"http://127.0.0.1:{port}/")
    sending = asyncio.create_task(chat.send(DIRECT, HELLO))
    await until(lambda: drops > 3)
    deadlines.pass_by()
    assert await sending == Ambiguous(error="timeout")
    await chat.close()
    dripping.close()


async def test_a_practice_on_this_machine_is_called_without_a_proxy(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "")
    chat = town.chat()
    await sent(chat.send(DIRECT, HELLO))
    await chat.close()


# --- the token


class Office:
    """Gives out tokens, one after another."""

    def __init__(self, *tokens: str) -> None:
        self.tokens = list(tokens)

    def asking(self) -> Any:
        async def ask() -> str:
            if not self.tokens:
                raise ValueError("invalid_client")
            return self.tokens.pop(0)

        return ask


async def test_a_token_that_is_not_taken_is_replaced_once(town: Town) -> None:
    chat = town.chat(token=Bearer(Office("old", "local").asking))
    await sent(chat.send(DIRECT, HELLO))
    await sent(chat.send(DIRECT, HELLO))
    assert len(town.posts(SANNES)) == 2
    await chat.close()


async def test_a_registration_that_is_refused_is_said_so(town: Town) -> None:
    chat = town.chat(token=Bearer(Office("old", "older", "oldest").asking))
    assert await chat.send(DIRECT, HELLO) == Undeliverable(error="Authorization", blame=Blame.WORKSPACE)
    await chat.close()


async def test_without_a_token_nothing_was_said(town: Town) -> None:
    chat = town.chat(token=Bearer(Office().asking))
    assert await chat.send(DIRECT, HELLO) == RetryAfter(seconds=60, error="no_token")
    assert town.weather.calls == []
    await chat.close()


# --- time and pace


@pytest.mark.parametrize(("left", "calls"), [(60.0, 1), (0.0, 0), (-1.0, 0)])
async def test_a_call_that_can_no_longer_begin_in_time_is_not_begun(
    chat: TeamsChat, town: Town, left: float, calls: int
) -> None:
    outcome = await chat.send(DIRECT, HELLO, by=asyncio.get_running_loop().time() + left)
    assert isinstance(outcome, Sent) if calls else outcome == RetryAfter(seconds=0, error=TOO_LATE)
    assert len(town.weather.calls) == len(town.posts(SANNES)) == calls


async def test_the_engine_is_told_when_there_is_room_and_others_wait_for_it(town: Town) -> None:
    chat = town.chat(pace=Pace(conversation=((2, 600.0),)))
    by = asyncio.get_running_loop().time() + 3_600
    for _ in range(2):
        await sent(chat.send(DIRECT, HELLO, by=by))
    outcome = await chat.send(DIRECT, HELLO, by=by)
    assert isinstance(outcome, RetryAfter)
    assert (outcome.error, 0 < outcome.seconds <= 600) == ("pace", True)
    go_on(outcome.seconds - 3)  # others wait for as long as that
    waiting = asyncio.create_task(chat.send(DIRECT, HELLO))
    await turns()
    assert not waiting.done()
    assert town.weather.calls == ["send"] * 2
    go_on(3)
    await sent(waiting)
    await chat.close()


async def test_who_would_wait_too_long_is_told_so(town: Town) -> None:
    chat = town.chat(pace=Pace(conversation=((1, 3_600.0),)))
    await sent(chat.send(DIRECT, HELLO))
    outcome = await chat.send(DIRECT, HELLO)
    assert isinstance(outcome, RetryAfter)
    assert outcome.seconds > 3_000
    await chat.close()


async def test_a_line_that_is_slow_holds_nothing_else_up(chat: TeamsChat, town: Town) -> None:
    late = asyncio.Event()
    town.weather.faults["send"] = [Fault(answered=late) for _ in range(40)]
    sending = [asyncio.create_task(sent(chat.send(DIRECT, HELLO))) for _ in range(40)]
    await until(lambda: len(town.weather.calls) == 40)  # none of which is answered
    late.set()
    await asyncio.gather(*sending)


# --- people, forms, Home


async def test_who_was_never_heard_is_found_by_opening(chat: TeamsChat, town: Town) -> None:
    assert await chat.open_direct("w1", SANNE) == SANNES
    assert town.weather.calls == []
    assert await chat.open_direct("w1", GRACE) == "a:1grace"
    await sent(chat.send(Place(workspace="w1", conversation="a:1grace"), HELLO))
    assert town.weather.calls == ["create", "send"]


async def test_where_nobody_was_ever_heard_the_general_address_is_tried(chat: TeamsChat) -> None:
    outcome = await chat.open_direct("w2", GRACE)
    assert outcome == Undeliverable(error="address_refused", blame=Blame.MESSAGE)  # which a practice must not call


async def test_who_has_not_let_us_in_cannot_be_written_to(chat: TeamsChat, town: Town) -> None:
    grace = town.teams.world.people[GRACE]
    town.teams.world.add(type(grace)(**{**vars(grace), "has_app": False}))
    gone = Undeliverable(error="ForbiddenOperationException", blame=Blame.PERSON)
    assert await chat.open_direct("w1", GRACE) == gone
    assert await chat.whisper(CHANNEL, GRACE, HELLO) == gone
    assert await chat.show_home("w1", GRACE, HELLO, ref=None) == gone
    assert await chat.open_form("w1", GRACE, FORM) is Opening.OUT_OF_REACH


async def shown(town: Town, chat: TeamsChat) -> list[str]:
    """Show Sanne one thing of each kind, and return what stands in the chat that she has now."""
    await sent(chat.whisper(CHANNEL, SANNE, HELLO))
    assert isinstance(await chat.open_form("w1", SANNE, FORM), Sent)
    await sent(chat.show_home("w1", SANNE, Message(fallback="You", parts=()), ref=None))
    personal = town.teams.world.personal(SANNE)
    assert personal is not None
    return [post.summary for post in town.posts(personal.id)]


async def test_a_chat_that_is_gone_is_made_again_and_known_from_then_on(chat: TeamsChat, town: Town) -> None:
    town.teams.world.begin_anew(SANNE)
    refused = await chat.send(DIRECT, HELLO)
    assert refused == gone("ConversationNotFound", Blame.CONVERSATION)
    assert await shown(town, chat) == ["Hello", "Plan", "You"]
    assert town.weather.calls.count("create") == 1
    assert await chat.open_direct("w1", SANNE) == "a:1sanne+1"
    town.teams.world.begin_anew(SANNE)
    assert await chat.person("w1", SANNE) is not None
    assert await chat.open_direct("w1", SANNE) == "a:1sanne+2"


async def test_a_chat_that_is_missed_by_mistake_stays_what_it_is(chat: TeamsChat, town: Town) -> None:
    town.weather.faults["send"] = [refusing("ConversationNotFound", 404)]
    assert await shown(town, chat) == ["Hello", "Plan", "You"]
    assert await chat.open_direct("w1", SANNE) == SANNES
    town.weather.faults["send"] = [refusing("ConversationNotFound", 404) for _ in range(2)]
    assert await chat.whisper(CHANNEL, SANNE, HELLO) == gone("ConversationNotFound", Blame.CONVERSATION)
    town.weather.faults["member"] = [refusing("ConversationNotFound", 404) for _ in range(2)]
    with pytest.raises(Unanswered):
        await chat.person("w1", SANNE)


@pytest.mark.parametrize("body", [b"{}", b'{"id": ""}', b'{"id": 7}', b"<html>"])
async def test_a_chat_that_was_made_without_a_name_is_none(chat: TeamsChat, town: Town, body: bytes) -> None:
    town.weather.faults["create"] = [Fault(status=201, headers=JSON, body=body)]
    assert isinstance(await chat.open_direct("w1", GRACE), RetryAfter)


async def test_doubt_about_opening_is_no_doubt(chat: TeamsChat, town: Town) -> None:
    town.weather.faults["create"] = [Fault(status=500)]
    assert await chat.open_direct("w1", GRACE) == RetryAfter(seconds=5, error="http_500")


async def test_a_person_is_known(chat: TeamsChat) -> None:
    known = Person(external_id=SANNE, name="Sanne Bakker", zone=None, is_bot=False, deactivated=False)
    assert await chat.person("w1", SANNE) == known


async def test_nobody_is_nobody_and_no_answer_is_no_answer(chat: TeamsChat, town: Town) -> None:
    nobody = refusing("MemberNotFoundInConversation", 404), refusing("BotNotInConversationRoster", 403)
    trouble = Fault(status=404), Fault(status=403), Fault(status=500), Fault(drop=True)
    town.weather.faults["member"] = [*nobody, *trouble]
    assert await chat.person("w1", SANNE) is None
    assert await chat.person("w1", SANNE) is None  # who took the app out
    for _ in trouble:
        with pytest.raises(Unanswered):
            await chat.person("w1", SANNE)


FORM = Form(
    id="plan.make", title="Plan", submit="Save", close="Cancel", parts=(TextField(id="if", label="If"),), subject="n1"
)


async def test_a_form_opens_in_the_conversation_of_the_two_of_us(chat: TeamsChat, town: Town) -> None:
    opened = await chat.open_form("w1", SANNE, FORM)
    (post,) = town.posts(SANNES)
    assert opened == Sent(ref=MessageRef(workspace="w1", conversation=SANNES, message=post.id))
    assert post.card is not None
    assert [action["verb"] for action in post.card["actions"]] == ["plan.make", "form.close"]


NOTICE = Form(id="form.closed", title="Closed", submit=None, close="Close", parts=(Body(Markdown("Gone.")),))


async def test_a_form_is_closed_where_it_stands(chat: TeamsChat, town: Town) -> None:
    opened = await chat.open_form("w1", SANNE, replace(FORM, opening="o1"))
    assert isinstance(opened, Sent)
    (post,) = town.posts(SANNES)
    assert post.card is not None
    assert post.card["actions"][0]["data"]["pitstop"]["opening"] == "o1"
    assert await chat.close_form("w1", "o1", opened.ref, NOTICE) == opened
    (post,) = town.posts(SANNES)
    assert post.card is not None
    assert "actions" not in post.card
    assert [line for line in ("Closed ✕", "Gone.") if line in json.dumps(post.card, ensure_ascii=False)] == [
        "Closed ✕",
        "Gone.",
    ]


async def test_a_form_that_is_not_there_needs_no_closing(chat: TeamsChat, town: Town) -> None:
    gone = MessageRef(workspace="w1", conversation=SANNES, message="1")
    assert await chat.close_form("w1", "o1", gone, NOTICE) == Sent(ref=gone)
    assert isinstance(await chat.close_form("w1", "o1", None, NOTICE), Undeliverable)
    town.weather.faults["update"] = [Fault(status=500)]
    assert isinstance(await chat.close_form("w1", "o1", gone, NOTICE), Ambiguous)


@pytest.mark.parametrize(
    ("fault", "opening"),
    [
        (refusing("ConversationBlockedByUser", 403), Opening.OUT_OF_REACH),
        (refusing("InvalidBotApiHost", 403), Opening.TOO_LATE),
        (Fault(status=403), Opening.TOO_LATE),
        (Fault(status=400), Opening.TOO_LATE),
        (Fault(status=429), Opening.TOO_LATE),
        (Fault(status=500), Opening.TOO_LATE),
    ],
)
async def test_a_form_that_does_not_open_says_why(chat: TeamsChat, town: Town, fault: Fault, opening: Opening) -> None:
    town.weather.faults["send"] = [fault]
    assert await chat.open_form("w1", SANNE, FORM) is opening


async def test_home_is_a_card_that_is_changed_where_it_stands(chat: TeamsChat, town: Town) -> None:
    ref = await sent(chat.show_home("w1", SANNE, Message(fallback="You", parts=()), ref=None))
    now = Message(fallback="You now", parts=())
    assert await chat.show_home("w1", SANNE, now, ref=ref) == Sent(ref=ref)
    assert [post.summary for post in town.posts(SANNES)] == ["You now"]
    await sent(chat.show_home("w1", SANNE, now, ref=None))
    assert [post.summary for post in town.posts(SANNES)] == ["You now", "You now"]


async def test_a_message_is_taken_away_once(chat: TeamsChat, town: Town) -> None:
    ref = await sent(chat.send(DIRECT, HELLO))
    assert await chat.delete(ref) == Sent(ref=ref)
    assert town.posts(SANNES) == []


# --- files


async def offered(chat: TeamsChat, town: Town, content: bytes = b'{"a": 1}') -> tuple[MessageRef, str]:
    """Return the offer of a file, and the token that its buttons carry."""
    ref = await sent(chat.send_file(DIRECT, "me.json", content, "All we know"))
    post = town.teams.world.post(SANNES, ref.message)
    assert post is not None
    assert post.file is not None
    assert (post.file["name"], post.file["size"], post.file["about"]) == ("me.json", len(content), "All we know")
    return ref, post.file["accept"]["file"]


def accepted(town: Town, token: str, name: str = "f1") -> dict[str, Any]:
    town.teams.world.files[name] = File(id=name, name="me.json", person=SANNE)
    about = {
        "uploadUrl": f"{town.teams.site.address}/upload/{name}",
        "contentUrl": f"{town.teams.site.address}/file/{name}",
        "name": "me.json",
        "uniqueId": name,
        "fileType": "json",
    }
    return {"type": "fileUpload", "action": "accept", "context": {"file": token}, "uploadInfo": about}


async def test_a_file_is_handed_over_when_the_person_says_yes(chat: TeamsChat, town: Town) -> None:
    ref, token = await offered(chat, town)
    await sent(chat.answer_file(ref, accepted(town, token), "nl-NL"))
    assert town.teams.world.files["f1"].is_there
    (post,) = town.posts(SANNES)
    await chat.answer_file(ref, accepted(town, token, "f2"), "nl-NL")  # the same answer, brought again
    assert [post] == town.posts(SANNES)
    assert post.file == {
        "kind": "info",
        "name": "me.json",
        "url": f"{town.teams.site.address}/file/f1",
    }


async def test_a_file_that_is_not_wanted_is_gone(chat: TeamsChat, town: Town) -> None:
    ref, token = await offered(chat, town)
    await chat.answer_file(ref, {"action": "decline", "context": {"file": token}}, "nl-NL")
    await chat.answer_file(ref, accepted(town, token), "nl-NL")
    assert town.posts(SANNES) == []
    assert not town.teams.world.files["f1"].is_there


async def test_a_file_that_waited_too_long_is_said_to_be_gone(chat: TeamsChat, town: Town) -> None:
    ref, _ = await offered(chat, town)
    await chat.answer_file(ref, accepted(town, "of-an-earlier-process"), "nl-NL")
    assert [post.text for post in town.posts(SANNES)] == ["teams-file-gone nl-NL"]


async def test_a_file_is_for_whom_it_was_offered_to(chat: TeamsChat, town: Town) -> None:
    _, token = await offered(chat, town)
    town.let_in("a:1grace", GRACE)
    other = await sent(chat.send(Place(workspace="w1", conversation="a:1grace"), HELLO))
    await chat.answer_file(other, accepted(town, token), "en")
    assert not town.teams.world.files["f1"].is_there
    assert [post.text for post in town.posts("a:1grace")] == ["teams-file-gone en"]


async def test_a_file_goes_to_no_address_but_theirs(chat: TeamsChat, town: Town) -> None:
    ref, token = await offered(chat, town)
    value = accepted(town, token)
    value["uploadInfo"]["uploadUrl"] = "https://evil.example/upload"
    await chat.answer_file(ref, value, "en")
    assert town.posts(SANNES)[-1].text == "teams-file-failed en"


async def test_a_file_that_did_not_get_there_can_be_asked_for_again(chat: TeamsChat, town: Town) -> None:
    ref, token = await offered(chat, town)
    town.weather.faults["upload"] = [Fault(status=503), Fault(drop=True)]
    for _ in range(2):
        await chat.answer_file(ref, accepted(town, token), "en")
        assert town.posts(SANNES)[-1].text == "teams-file-failed en"
    await sent(chat.answer_file(ref, accepted(town, token), "en"))
    assert town.teams.world.files["f1"].is_there


@pytest.mark.parametrize("value", [{}, {"action": "accept"}, {"action": "accept", "context": {"file": 7}}])
async def test_a_forged_answer_hands_nothing_over(chat: TeamsChat, town: Town, value: dict[str, Any]) -> None:
    ref, _ = await offered(chat, town)
    await chat.answer_file(ref, value, "en")
    assert not any(file.is_there for file in town.teams.world.files.values())


REMOTE = TeamsSettings(client_id="c", client_secret="s", tenants=("t",))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://contoso-my.sharepoint.com/personal/x?session=1", True),
        ("http://contoso-my.sharepoint.com/", False),
        ("https://sharepoint.com.evil.example/", False),
        ("https://evilsharepoint.com/", False),
        ("https://a@contoso.sharepoint.com/", False),
        ("https://evil.example\\.sharepoint.com/", False),
        ("https://contoso.sharepoint.com:bad/", True),  # httpx takes it for no address
        ("https://[/", False),
        ("", False),
    ],
)
def test_where_a_file_may_be_put(address: str, expected: bool) -> None:
    assert may_upload(REMOTE, address) is expected


def offer(size: int, until: float) -> Offer:
    return Offer(workspace="w", conversation="c", name="n", content=b"x" * size, until=until)


def test_an_offer_lasts_an_hour_and_not_beyond_what_memory_bears() -> None:
    offers = Offers()
    offers.put("old", offer(1, HELD), 0)
    assert offers.take("old", "w", "c", HELD) is None
    for n in range(5):
        offers.put(str(n), offer(20_000_000, HELD), 0)
    assert [offers.take(str(n), "w", "c", 1) is not None for n in range(5)] == [False, False, True, True, True]


async def test_nothing_that_was_said_is_logged(chat: TeamsChat, town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="bot")
    town.weather.faults["send"] = [Fault(status=500, body=json.dumps({"error": {"code": "S"}}).encode(), headers=JSON)]
    await chat.send(DIRECT, Message(fallback="secret", parts=(Quote("secret"),)))
    await chat.send(DIRECT, Message(fallback="secret", parts=(Quote("secret"),)))
    assert "teams refused send workspace=w1 error=S" in caplog.text
    assert "secret" not in caplog.text
    assert "HTTP Request" not in caplog.text
