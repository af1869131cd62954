import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chat.port import (
    TOO_LATE,
    Ambiguous,
    Blame,
    Body,
    Button,
    Buttons,
    Chart,
    Form,
    Message,
    MessageRef,
    Opening,
    Option,
    Person,
    Place,
    Quote,
    RadioField,
    RetryAfter,
    Sent,
    TextField,
    Unanswered,
    Undeliverable,
)
from bot.chat.slack.outgoing.send import SlackChat
from bot.chat.slack.serve import Identity
from bot.chat.slack.settings import SlackSettings
from bot.coaching.language import Language, Markdown
from bot.practice.faults import Fault
from bot.practice.limits import Limits, unlimited
from bot.practice.slack.api import responses
from bot.practice.slack.fixed import IT_MANAGERS, LEADS, SANNE, SERVICE_DESK
from bot.practice.slack.server import Practice, practice
from bot.practice.slack.world import BOT_USER, DOMAIN, TEAM, Post
from bot.practice.time.clock import TravelClock
from tests.chat.slack.conftest import SECRET, FixedClock, Reception, Serve
from tests.waiting import IN_THE_END, a_while, until

TOKEN = "xoxb-1"
HELLO = Message(fallback="Hello", parts=(Body(Markdown("Hello **you**")),), key="n1")
SOON = datetime(2000, 1, 1, tzinfo=UTC)


class Weather:
    """What goes wrong with which method, and how many calls there are at a time."""

    def __init__(self) -> None:
        self.faults: dict[str, Fault] = {}
        self.calls: list[str] = []
        self.unknown = ""  # type of a block that this Slack does not know yet

    def __call__(self, method: str, arguments: Mapping[str, Any]) -> Fault | None:
        self.calls.append(method)
        if self.unknown and self.unknown in str(arguments.get("blocks")):
            body = json.dumps({"ok": False, "error": "invalid_blocks"}).encode()
            return Fault(status=200, body=body, headers={"Content-Type": "application/json"})
        return self.faults.get(method)


@pytest.fixture
def weather() -> Weather:
    return Weather()


@pytest.fixture
def world(weather: Weather) -> Practice:
    return practice(
        bot_url="http://127.0.0.1:9/slack/events",
        signing_secret=SECRET,
        bot_token=TOKEN,
        clock=TravelClock(),
        faults=weather,
        limits=Limits(unlimited),
        retry_delays=(),
    )


@pytest.fixture
async def address(serve: Serve, world: Practice) -> str:
    return f"{await serve(world.app())}/practice/slack/api/"


@pytest.fixture
async def chat(address: str) -> AsyncIterator[SlackChat]:
    made = SlackChat(SlackSettings(bot_token=TOKEN, signing_secret=SECRET, api_url=address), in_flight=20)
    yield made
    await made.close()


@pytest.fixture
async def direct(chat: SlackChat) -> Place:
    """Sanne's direct conversation with the bot."""
    opened = await chat.open_direct("w1", SANNE)
    assert isinstance(opened, str)
    return Place(workspace="w1", conversation=opened)


def posts(world: Practice, conversation: str) -> list[Post]:
    return list(world.world.posts.get(conversation, {}).values())


async def test_a_message_arrives_as_it_was_rendered(chat: SlackChat, direct: Place, world: Practice) -> None:
    outcome = await chat.send(direct, HELLO)
    assert isinstance(outcome, Sent)
    (post,) = posts(world, direct.conversation)
    assert outcome.ref == MessageRef(workspace="w1", conversation=direct.conversation, message=post.ts)
    assert post.text == "Hello"
    assert post.blocks[0]["text"]["text"] == "Hello *you*"
    assert post.metadata == {"event_type": "pitstop_nudge", "event_payload": {"nudge": "n1"}}


async def test_a_chart_that_slack_does_not_draw_is_sent_in_words_once(
    chat: SlackChat, direct: Place, world: Practice, weather: Weather
) -> None:
    drawn = Message(fallback="Hello", parts=(Chart("By week", (("Week 2", 5), ("Week 3", 8))),), key="n1")
    assert isinstance(await chat.send(direct, drawn), Sent)
    weather.unknown = "data_visualization"
    sent = await chat.send(direct, drawn)
    assert isinstance(sent, Sent)
    assert isinstance(await chat.update(sent.ref, drawn), Sent)
    first, second = posts(world, direct.conversation)
    assert [block["type"] for post in (first, second) for block in post.blocks] == ["data_visualization", "rich_text"]
    weather.unknown = "rich_text"
    refused = await chat.send(direct, Message(fallback="Hello", parts=(Quote("words"),)))
    assert refused == Undeliverable(error="invalid_blocks", blame=Blame.MESSAGE), "nothing else is tried again"


async def test_a_message_may_belong_in_a_thread(chat: SlackChat, direct: Place, world: Practice) -> None:
    first = await chat.send(direct, HELLO)
    assert isinstance(first, Sent)
    thread = Place(workspace="w1", conversation=direct.conversation, thread=first.ref.message)
    await chat.send(thread, Message(fallback="Under it", parts=()))
    assert posts(world, direct.conversation)[-1].thread_ts == first.ref.message


async def test_40_000_signs_of_a_person_arrive(chat: SlackChat, direct: Place) -> None:
    words = Message(fallback="🏁" * 40_000, parts=tuple(Quote("שלום 🏁 " * 5_000) for _ in range(60)))
    assert isinstance(await chat.send(direct, words), Sent)


async def test_an_update_shows_this_instead(chat: SlackChat, direct: Place, world: Practice) -> None:
    sent = await chat.send(direct, HELLO)
    assert isinstance(sent, Sent)
    assert await chat.update(sent.ref, Message(fallback="Done", parts=(), key="n1")) == sent
    (post,) = posts(world, direct.conversation)
    assert (post.text, post.blocks) == ("Done", ())
    assert post.metadata is not None


async def test_a_whisper_is_for_one_person(chat: SlackChat, world: Practice) -> None:
    place = Place(workspace="w1", conversation=IT_MANAGERS)
    outcome = await chat.whisper(place, SANNE, HELLO)
    assert isinstance(outcome, Sent)
    assert posts(world, IT_MANAGERS)[-1].only_for == SANNE


async def test_a_whisper_to_somebody_who_is_not_there_says_nothing_about_the_person(
    chat: SlackChat,
) -> None:
    outcome = await chat.whisper(Place(workspace="w1", conversation=IT_MANAGERS), "U0NOBODY", HELLO)
    assert outcome == Undeliverable(error="user_not_found", blame=Blame.PERSON)


@pytest.mark.parametrize(
    ("conversation", "error"),
    [(SERVICE_DESK, "not_in_channel"), (LEADS, "channel_not_found"), ("C0GONE", "channel_not_found")],
)
async def test_where_the_bot_is_not_nothing_arrives(chat: SlackChat, conversation: str, error: str) -> None:
    outcome = await chat.send(Place(workspace="w1", conversation=conversation), HELLO)
    assert outcome == Undeliverable(error=error, blame=Blame.CONVERSATION)


async def test_a_dead_token_is_said_so(address: str) -> None:
    chat = SlackChat(SlackSettings(bot_token="xoxb-other", signing_secret=SECRET, api_url=address))
    outcome = await chat.send(Place(workspace="w1", conversation=IT_MANAGERS), HELLO)
    assert outcome == Undeliverable(error="invalid_auth", blame=Blame.WORKSPACE)
    await chat.close()


@pytest.mark.parametrize(("left", "calls"), [(60.0, 1), (0.0, 0), (-1.0, 0)])
async def test_a_call_that_can_no_longer_begin_in_time_is_not_begun(
    chat: SlackChat, direct: Place, world: Practice, weather: Weather, left: float, calls: int
) -> None:
    outcome = await chat.send(direct, HELLO, by=asyncio.get_running_loop().time() + left)
    assert isinstance(outcome, Sent) if calls else outcome == RetryAfter(seconds=0, error=TOO_LATE)
    assert weather.calls.count(POST) == len(posts(world, direct.conversation)) == calls


async def test_who_keeps_count_of_the_calls_waits_for_nobody_elses(
    chat: SlackChat, direct: Place, weather: Weather
) -> None:
    late = asyncio.Event()
    weather.faults["users.info"] = Fault(answered=late)
    loop = asyncio.get_running_loop()
    others = [loop.create_task(chat.person("w1", SANNE)) for _ in range(30)]  # ten of them wait for the gate
    await until(lambda: weather.calls.count("users.info") == 20)
    assert isinstance(await chat.send(direct, HELLO, by=loop.time() + IN_THE_END), Sent)
    late.set()
    await asyncio.gather(*others)


# --- doubt

POST = "chat.postMessage"
BAD_WEATHER = [
    # what Slack does, what that means, whether the message is there
    (Fault(status=429, headers={"Retry-After": "9"}), RetryAfter(seconds=9, error="ratelimited"), 0),
    (Fault(drop=True), Ambiguous(error="ServerDisconnectedError"), 0),
    (Fault(drop=True, accept=True), Ambiguous(error="ServerDisconnectedError"), 1),
    (Fault(status=500, accept=True), Ambiguous(error="http_500"), 1),
    (Fault(status=503), Ambiguous(error="http_503"), 0),
    (Fault(status=200, body=b"<html>", accept=True), Ambiguous(error="http_200"), 1),
    (
        Fault(status=200, body=b"{", headers={"Content-Type": "application/json"}),
        Ambiguous(error="http_200"),
        0,
    ),
    (
        Fault(status=200, body=b"[1]", headers={"Content-Type": "application/json"}),
        Ambiguous(error="AttributeError"),
        0,
    ),
    (
        Fault(status=200, body=b'{"ok": true}', headers={"Content-Type": "application/json"}, accept=True),
        Ambiguous(error="no_ts"),
        1,
    ),
]


@pytest.mark.parametrize(("fault", "expected", "there"), BAD_WEATHER)
async def test_no_send_is_tried_twice(
    chat: SlackChat,
    direct: Place,
    world: Practice,
    weather: Weather,
    fault: Fault,
    expected: object,
    there: int,
) -> None:
    weather.faults[POST] = fault
    assert await chat.send(direct, HELLO) == expected
    assert weather.calls.count(POST) == 1
    assert len(posts(world, direct.conversation)) == there


async def test_a_refused_connection_is_no_doubt() -> None:
    settings = SlackSettings(bot_token=TOKEN, signing_secret=SECRET, api_url="http://127.0.0.1:9/api/")
    chat = SlackChat(settings)
    outcome = await chat.send(Place(workspace="w1", conversation=IT_MANAGERS), HELLO)
    assert outcome == RetryAfter(seconds=5, error="ClientConnectorError")
    await chat.close()


async def test_what_arrived_in_doubt_is_found_by_its_key(
    chat: SlackChat, direct: Place, world: Practice, weather: Weather
) -> None:
    weather.faults[POST] = Fault(drop=True, accept=True)
    since = world.clock.now()
    await chat.send(direct, HELLO)
    found = await chat.find(direct, "n1", since=since)
    assert found == MessageRef(
        workspace="w1", conversation=direct.conversation, message=posts(world, direct.conversation)[0].ts
    )
    assert await chat.find(direct, "n2", since=since) is None


async def test_the_whole_history_is_looked_through(chat: SlackChat, direct: Place, world: Practice) -> None:
    since = world.clock.now()
    await chat.send(direct, HELLO)
    for _ in range(450):
        noise = Post(ts=world.site.next_ts(), channel=direct.conversation, user=BOT_USER, text="Noise")
        world.world.put(noise)
    assert await chat.find(direct, "n1", since=since) is not None


async def test_what_is_older_is_not_looked_at(chat: SlackChat, direct: Place, world: Practice) -> None:
    await chat.send(direct, HELLO)
    world.clock.leap(timedelta(hours=1))
    assert await chat.find(direct, "n1", since=world.clock.now()) is None


async def test_a_message_in_a_thread_is_found_there(chat: SlackChat, direct: Place) -> None:
    parent = await chat.send(direct, Message(fallback="Thread", parts=()))
    assert isinstance(parent, Sent)
    thread = Place(workspace="w1", conversation=direct.conversation, thread=parent.ref.message)
    sent = await chat.send(thread, HELLO)
    assert isinstance(sent, Sent)
    assert await chat.find(thread, "n1", since=SOON) == sent.ref
    assert await chat.find(direct, "n1", since=SOON) is None


@pytest.mark.parametrize("fault", [Fault(status=429), Fault(drop=True), Fault(status=500), Fault(status=200, body=b"")])
async def test_a_look_that_failed_found_nothing_out(
    chat: SlackChat, direct: Place, weather: Weather, fault: Fault
) -> None:
    weather.faults["conversations.history"] = fault
    with pytest.raises(Unanswered):
        await chat.find(direct, "n1", since=SOON)


async def test_a_look_into_a_channel_needs_a_scope_that_we_do_not_ask_for(chat: SlackChat) -> None:
    with pytest.raises(Unanswered, match="missing_scope"):
        await chat.find(Place(workspace="w1", conversation=IT_MANAGERS), "n1", since=SOON)


# --- people, forms, Home, files


async def test_a_person_is_known(chat: SlackChat) -> None:
    assert await chat.person("w1", SANNE) == Person(
        external_id=SANNE,
        name="Sanne",
        zone="Europe/Amsterdam",
        is_bot=False,
        deactivated=False,
        language=Language.NL,
        is_admin=False,
    )


async def test_a_bot_is_known_as_one(chat: SlackChat) -> None:
    person = await chat.person("w1", BOT_USER)
    assert person is not None
    assert person.is_bot


async def test_nobody_is_none(chat: SlackChat) -> None:
    assert await chat.person("w1", "U0NOBODY") is None


async def test_no_answer_is_not_nobody(chat: SlackChat, weather: Weather) -> None:
    weather.faults["users.info"] = Fault(status=500)
    with pytest.raises(Unanswered):
        await chat.person("w1", SANNE)


async def test_a_stranger_has_no_direct_conversation(chat: SlackChat) -> None:
    assert await chat.open_direct("w1", "U0NOBODY") == Undeliverable(error="user_not_found", blame=Blame.PERSON)


async def test_opening_a_conversation_leaves_no_doubt(chat: SlackChat, weather: Weather) -> None:
    weather.faults["conversations.open"] = Fault(drop=True)
    assert await chat.open_direct("w1", SANNE) == RetryAfter(seconds=5, error="ServerDisconnectedError")


FORM = Form(
    id="plan.make",
    title="Plan",
    submit="Save",
    close="Cancel",
    parts=(
        TextField(id="if", label="If"),
        RadioField(id="scope", label="Who reads it", options=(Option(value="a", label="A"),)),
    ),
)


async def test_a_form_opens_once_with_its_trigger(chat: SlackChat, world: Practice) -> None:
    trigger = world.site.triggers.give(SANNE)
    assert isinstance(await chat.open_form("w1", trigger, FORM), Sent)
    assert await chat.open_form("w1", trigger, FORM) is Opening.TOO_LATE
    assert [view.body["callback_id"] for view in world.world.modals[SANNE]] == ["plan.make"]


async def test_a_form_too_many_has_no_room_and_slack_is_not_asked_again(
    chat: SlackChat, world: Practice, weather: Weather
) -> None:
    weather.faults["views.open"] = Fault(status=429, headers={"Retry-After": "30"})
    assert await chat.open_form("w1", world.site.triggers.give(SANNE), FORM) is Opening.NO_ROOM
    weather.faults.clear()
    assert await chat.open_form("w1", world.site.triggers.give(SANNE), FORM) is Opening.NO_ROOM
    assert world.world.modals.get(SANNE, ()) == ()


OPENED = replace(FORM, opening="o1")
NOTICE = Form(id="form.closed", title="Closed", submit=None, close="Close", parts=(Body(Markdown("Gone.")),))


async def test_an_opening_that_stands_already_is_open(chat: SlackChat, world: Practice) -> None:
    for _ in range(2):
        assert isinstance(await chat.open_form("w1", world.site.triggers.give(SANNE), OPENED), Sent)
    assert [view.body["external_id"] for view in world.world.modals[SANNE]] == ["o1"]


async def test_a_form_is_put_on_top_of_the_one_in_which_was_pressed(chat: SlackChat, world: Practice) -> None:
    assert chat.has_views("w1")
    await chat.open_form("w1", world.site.triggers.give(SANNE), OPENED)
    (below,) = world.world.modals[SANNE]
    on_top = replace(FORM, opening="o2")
    assert await chat.open_form("w1", world.site.triggers.give(SANNE), on_top, on_top=True) is Opening.TOO_LATE
    trigger = world.site.triggers.give(SANNE, below.id)
    assert isinstance(await chat.open_form("w1", trigger, on_top, on_top=True), Sent)
    assert [view.body["external_id"] for view in world.world.modals[SANNE]] == ["o1", "o2"]


async def test_another_form_takes_the_place_of_one_under_an_opening_of_its_own(
    chat: SlackChat, world: Practice
) -> None:
    await chat.open_form("w1", world.site.triggers.give(SANNE), OPENED)
    assert isinstance(await chat.close_form("w1", "o1", None, replace(NOTICE, opening="o2")), Sent)
    (view,) = world.world.modals[SANNE]
    assert (view.body["callback_id"], view.body["external_id"]) == ("form.closed", "o2")


async def test_a_form_is_closed_by_its_opening(chat: SlackChat, world: Practice) -> None:
    await chat.open_form("w1", world.site.triggers.give(SANNE), OPENED)
    assert isinstance(await chat.close_form("w1", "o1", None, NOTICE), Sent)
    (view,) = world.world.modals[SANNE]
    assert view.body["callback_id"] == "form.closed"
    assert "submit" not in view.body


async def test_a_form_that_is_closed_already_is_no_failure(chat: SlackChat, weather: Weather) -> None:
    failures: list[str] = []
    chat.on_failure = lambda _method, error: failures.append(error)
    assert isinstance(await chat.close_form("w1", "o1", None, NOTICE), Sent)
    assert failures == []
    weather.faults["views.update"] = Fault(status=429, headers={"Retry-After": "7"})
    assert await chat.close_form("w1", "o1", None, NOTICE) == RetryAfter(seconds=7, error="ratelimited")


async def test_a_form_that_cannot_be_shown_is_no_exception(chat: SlackChat, world: Practice) -> None:
    form = Form(id="x", subject="s" * 5_000, title="T", submit="S", close="C", parts=FORM.parts)
    assert await chat.open_form("w1", world.site.triggers.give(SANNE), form) is Opening.REFUSED


JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("answer", "opening"),
    [
        (Fault(status=200, headers=JSON, body=b'{"ok": false, "error": "invalid_arguments"}'), Opening.REFUSED),
        (Fault(status=200, headers=JSON, body=b'{"ok": false, "error": "missing_scope"}'), Opening.REFUSED),
        (Fault(status=200, headers=JSON, body=b'{"ok": false, "error": "expired_trigger_id"}'), Opening.TOO_LATE),
        (
            Fault(status=200, headers=JSON, body=b'{"ok": false, "error": "internal_error"}'),
            Opening.TOO_LATE,
        ),  # once more may do
        (Fault(drop=True), Opening.TOO_LATE),
    ],
)
async def test_why_a_form_did_not_open_is_told(
    chat: SlackChat, world: Practice, weather: Weather, answer: Fault, opening: Opening
) -> None:
    weather.faults["views.open"] = answer
    assert await chat.open_form("w1", world.site.triggers.give(SANNE), FORM) is opening


async def test_a_home_is_shown(chat: SlackChat, world: Practice) -> None:
    assert isinstance(await chat.show_home("w1", SANNE, HELLO, ref=None), Sent)
    assert world.world.homes[SANNE].body["blocks"][0]["text"]["text"] == "Hello *you*"
    assert await chat.show_home("w1", "U0NOBODY", HELLO, ref=None) == Undeliverable(
        error="user_not_found", blame=Blame.PERSON
    )


async def test_a_file_is_handed_over(chat: SlackChat, direct: Place, world: Practice) -> None:
    outcome = await chat.send_file(direct, "me.json", b'{"a": 1}', "All of it <!here>")
    assert isinstance(outcome, Sent)
    (post,) = posts(world, direct.conversation)
    assert post.text == "All of it &lt;!here&gt;"
    assert [world.world.files[file].name for file in post.files] == ["me.json"]


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload"])
async def test_a_file_that_nobody_saw_leaves_no_doubt(
    chat: SlackChat, direct: Place, weather: Weather, method: str
) -> None:
    weather.faults[method] = Fault(status=500)
    assert await chat.send_file(direct, "a", b"x", "c") == RetryAfter(seconds=5, error="http_500")


async def test_a_file_that_may_be_there_leaves_doubt(chat: SlackChat, direct: Place, weather: Weather) -> None:
    weather.faults["files.completeUploadExternal"] = Fault(status=500, accept=True)
    assert await chat.send_file(direct, "a", b"x", "c") == Ambiguous(error="http_500")


# --- response_url


@pytest.fixture
def chat_of_nobody() -> SlackChat:
    return SlackChat(SlackSettings(bot_token=TOKEN, signing_secret=SECRET))


def hook(address: str, world: Practice) -> str:
    made = responses.address(world.site, user=SANNE, channel=LEADS)
    return f"{address.removesuffix('api/')}response/{made.id}"


async def test_a_command_is_answered_where_the_bot_is_not(chat: SlackChat, address: str, world: Practice) -> None:
    outcome = await chat.respond("w1", hook(address, world), HELLO)
    assert isinstance(outcome, Sent)
    assert [(post.only_for, post.text) for post in posts(world, LEADS)] == [(SANNE, "Hello")]


async def test_a_response_address_wears_out(chat: SlackChat, address: str, world: Practice) -> None:
    used = hook(address, world)
    for _ in range(5):
        assert isinstance(await chat.respond("w1", used, HELLO), Sent)
    assert await chat.respond("w1", used, HELLO) == Undeliverable(error="used_url", blame=Blame.MESSAGE)


async def test_an_ephemeral_message_is_changed_and_taken_away_by_its_address(
    chat: SlackChat, address: str, world: Practice
) -> None:
    await chat.whisper(Place(workspace="w1", conversation=IT_MANAGERS), SANNE, HELLO)
    (post,) = posts(world, IT_MANAGERS)
    made = responses.address(world.site, user=SANNE, channel=IT_MANAGERS, source=post.ts)
    ref = MessageRef(
        workspace="w1",
        conversation=IT_MANAGERS,
        message=post.ts,
        aside=f"{address.removesuffix('api/')}response/{made.id}",
    )
    assert await chat.update(ref, Message(fallback="Changed", parts=())) == Sent(ref=ref)
    assert [each.text for each in posts(world, IT_MANAGERS)] == ["Changed"]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault(status=302, headers={"Location": "http://127.0.0.1:9/"}), "http_302"),
        (Fault(status=403), "http_403"),
        (
            Fault(status=200, body=b'{"ok": false, "error": "expired_url"}'),
            "expired_url",
        ),
    ],
)
async def test_a_response_that_was_not_taken_is_said_so(
    chat: SlackChat, address: str, world: Practice, weather: Weather, fault: Fault, expected: str
) -> None:
    weather.faults["response_url"] = fault
    outcome = await chat.respond("w1", hook(address, world), HELLO)
    assert outcome == Undeliverable(error=expected, blame=Blame.MESSAGE)


async def test_a_response_lost_on_the_way_leaves_doubt(
    chat: SlackChat, address: str, world: Practice, weather: Weather
) -> None:
    weather.faults["response_url"] = Fault(drop=True)
    assert await chat.respond("w1", hook(address, world), HELLO) == Ambiguous(error="ServerDisconnectedError")


ELSEWHERE = [
    "https://hooks.slack.com.evil.example/x",
    "http://hooks.slack.com/x",
    "https://hooks.slack.com:8443/x",
    "https://me@hooks.slack.com/x",
    "https://hooks.slack.com\\@evil.example/x",
    "https://evil.example/https://hooks.slack.com/",
    "http://127.0.0.1:1/x",
    "http://169.254.169.254/latest",
    "https://hooks.slacк.com/x",
    "file:///etc/passwd",
    "http://[",
    "",
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
async def test_only_slack_is_answered(chat: SlackChat, elsewhere: str) -> None:
    refused = Undeliverable(error="response_url_refused", blame=Blame.MESSAGE)
    assert await chat.respond("w1", elsewhere, HELLO) == refused


async def test_a_real_installation_answers_nobody_on_this_machine(
    chat_of_nobody: SlackChat, address: str, world: Practice
) -> None:
    refused = Undeliverable(error="response_url_refused", blame=Blame.MESSAGE)
    assert await chat_of_nobody.respond("w1", hook(address, world), HELLO) == refused


UNSHOWABLE = Message(fallback="x", parts=(Buttons((Button(id="b" * 300, label="B"),)),))


async def test_what_slack_could_never_show_is_not_sent(
    chat: SlackChat, direct: Place, address: str, world: Practice, weather: Weather
) -> None:
    refused = Undeliverable(error="invalid_blocks", blame=Blame.MESSAGE)
    weather.calls.clear()
    assert await chat.send(direct, UNSHOWABLE) == refused
    assert await chat.show_home("w1", SANNE, UNSHOWABLE, ref=None) == refused
    assert await chat.respond("w1", hook(address, world), UNSHOWABLE) == refused
    assert weather.calls == []


async def test_a_history_that_breaks_off_found_nothing_out(chat: SlackChat, direct: Place, weather: Weather) -> None:
    weather.faults["conversations.history"] = Fault(
        status=200,
        body=b'{"ok": true, "messages": [], "has_more": true}',
        headers={"Content-Type": "application/json"},
    )
    with pytest.raises(Unanswered, match="no_cursor"):
        await chat.find(direct, "n1", since=SOON)


async def test_a_file_is_known_by_the_message_that_slack_names(
    chat: SlackChat, direct: Place, weather: Weather
) -> None:
    shares = {"ims": {direct.conversation: [{"ts": "1.5"}]}}
    weather.faults["files.completeUploadExternal"] = Fault(
        status=200,
        body=json.dumps({"ok": True, "files": [{"id": "F1", "shares": shares}]}).encode(),
        headers={"Content-Type": "application/json"},
    )
    outcome = await chat.send_file(direct, "a", b"x", "c")
    assert isinstance(outcome, Sent)
    assert outcome.ref.message == "1.5"


# --- bounds


async def test_no_more_than_so_many_calls_are_in_flight_in_a_workspace(
    chat: SlackChat, direct: Place, weather: Weather
) -> None:
    late = asyncio.Event()
    weather.faults[POST] = Fault(answered=late)
    sends = [asyncio.create_task(chat.send(direct, HELLO)) for _ in range(30)]
    other = asyncio.create_task(chat.send(Place(workspace="w2", conversation=IT_MANAGERS), HELLO))
    await until(lambda: weather.calls.count(POST) >= 20 + 1)
    await a_while(0.05)
    assert weather.calls.count(POST) == 20 + 1
    late.set()
    assert all(isinstance(outcome, Sent) for outcome in await asyncio.gather(*sends, other))


async def test_who_we_are_is_known(address: str, clock: FixedClock, reception: Reception) -> None:
    settings = SlackSettings(bot_token=TOKEN, signing_secret=SECRET, api_url=address)
    wired = reception.wired(settings, clock)
    await wired.start()
    assert await wired.identity() == Identity(team=TEAM, team_name=DOMAIN.title(), bot=BOT_USER)
    await wired.stop()


async def test_buttons_of_one_name_are_taken(chat: SlackChat, direct: Place) -> None:
    row = Buttons(tuple(Button(id="reply.scope", label=scope, value=scope) for scope in "abc"))
    assert isinstance(await chat.send(direct, Message(fallback="x", parts=(row,))), Sent)
