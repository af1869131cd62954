"""How each answer of Slack's ends: the message's state, what the next attempt does, and who or what is marked.

Real HTTP, the real SDK, a real file: the outbox sends, and the practice Slack answers as the table says.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.slack.outgoing.connector import Pace
from bot.chat.slack.outgoing.send import SlackChat
from bot.chat.slack.settings import SlackSettings
from bot.coaching.records.nudge import Nudge, NudgeState
from bot.coaching.rules.delivery import MOST_ATTEMPTS
from bot.flows.ports import Ports
from bot.practice.faults import Fault
from bot.practice.limits import Limits, unlimited
from bot.practice.slack.fixed import IT_MANAGERS, SANNE
from bot.practice.slack.server import Practice, practice
from bot.practice.time.clock import TravelClock
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
    Weather,
    marks,
    sent,
    store_with,
    to_anna,
    to_channel,
)
from tests.chat.slack.conftest import JSON, SECRET, Serve
from tests.runtime.posting import T0, HandClock, ports_of
from tests.waiting import go_on, until

TOKEN = "xoxb-1"
POST, OPEN, READ = "chat.postMessage", "conversations.open", "conversations.history"


def said(error: str, status: int = 200, **fault: Any) -> Fault:
    """Return an answer of Slack's with this error code."""
    body = json.dumps({"ok": False, "error": error}).encode()
    return Fault(status=status, body=body, headers={"Content-Type": JSON}, **fault)


@pytest.fixture
def line() -> Weather:
    return Weather()


@pytest.fixture
def slack(line: Weather) -> Practice:
    return practice(
        bot_url="http://127.0.0.1:9/slack/events",
        signing_secret=SECRET,
        bot_token=TOKEN,
        clock=TravelClock(T0),
        faults=line,
        limits=Limits(unlimited),
        retry_delays=(),
    )


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await store_with(tmp_path, person=SANNE, channel=IT_MANAGERS)
    yield opened
    await opened.close()


@pytest.fixture
async def chat(serve: Serve, slack: Practice, clock: HandClock) -> AsyncIterator[SlackChat]:
    address = f"{await serve(slack.app())}/practice/slack/api/"
    settings = SlackSettings(bot_token=TOKEN, signing_secret=SECRET, api_url=address)
    made = SlackChat(settings, pace=Pace.by(clock))
    yield made
    await made.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def ports(store: Store, chat: SlackChat, clock: HandClock) -> Ports:
    return ports_of(store, chat, clock)


def stands(slack: Practice, key: str = "n") -> int:
    """Return how often a message stands anywhere in the practice workspace."""
    posts = (post for posts in slack.world.posts.values() for post in posts.values())
    return sum(bool(post.metadata) and post.metadata["event_payload"]["nudge"] == key for post in posts)


async def cut_off(ports: Ports, line: Weather, answered: asyncio.Event) -> Nudge:
    """Send what is ready in a term that is over before the answer comes; return how it ended."""
    lease = timedelta(seconds=6)  # a call must begin in its first half, and be open for less than the client's ten
    sending = asyncio.create_task(sent(replace(ports, lease=lease)))
    await until(lambda: POST in line.calls)
    go_on(lease.total_seconds())
    row = await sending
    answered.set()
    return row


# What goes wrong with which call, how that leaves the message, the reason in its row, what is marked, and what a next
# attempt that goes well makes of it; None where there is none.
DIRECT = [
    ("ratelimited", POST, said("ratelimited", 429), READY, "ratelimited", HEALTHY, SENT),
    ("ratelimited_while_opening", OPEN, said("ratelimited", 429), READY, "ratelimited", HEALTHY, SENT),
    ("refused_for_now", POST, said("message_limit_exceeded"), READY, "message_limit_exceeded", HEALTHY, SENT),
    ("http_500", POST, Fault(status=500), UNCERTAIN, "http_500", HEALTHY, SENT),
    ("http_503_accepted", POST, Fault(status=503, accept=True), UNCERTAIN, "http_503", HEALTHY, SENT),
    ("internal_error", POST, said("internal_error", accept=True), UNCERTAIN, "internal_error", HEALTHY, SENT),
    ("timeout", POST, Fault(answered=asyncio.Event()), UNCERTAIN, "cut off", HEALTHY, SENT),
    ("timeout_accepted", POST, Fault(answered=asyncio.Event(), accept=True), UNCERTAIN, "cut off", HEALTHY, SENT),
    ("reset", POST, Fault(drop=True), UNCERTAIN, "ServerDisconnectedError", HEALTHY, SENT),
    ("reset_accepted", POST, Fault(drop=True, accept=True), UNCERTAIN, "ServerDisconnectedError", HEALTHY, SENT),
    ("cut_body", POST, Fault(status=200, body=b'{"ok": tr', accept=True), UNCERTAIN, "http_200", HEALTHY, SENT),
    ("html_body", POST, Fault(status=200, body=b"<html>"), UNCERTAIN, "http_200", HEALTHY, SENT),
    ("channel_not_found", POST, said("channel_not_found"), READY, "channel_not_found", HEALTHY, SENT),
    ("is_archived", POST, said("is_archived"), READY, "is_archived", HEALTHY, SENT),
    ("user_not_found", OPEN, said("user_not_found"), DEAD, "user_not_found", PERSON_GONE, None),
    ("user_disabled", POST, said("user_disabled"), DEAD, "user_disabled", PERSON_GONE, None),
    ("account_inactive", POST, said("account_inactive"), DEAD, "account_inactive", TOKEN_DEAD, None),
    ("token_revoked", POST, said("token_revoked"), DEAD, "token_revoked", TOKEN_DEAD, None),
    ("token_revoked_while_opening", OPEN, said("token_revoked"), DEAD, "token_revoked", TOKEN_DEAD, None),
    ("restricted_action", POST, said("restricted_action"), READY, "restricted_action", HEALTHY, SENT),
    ("msg_too_long", POST, said("msg_too_long"), DEAD, "msg_too_long", HEALTHY, None),
    ("invalid_blocks", POST, said("invalid_blocks"), DEAD, "invalid_blocks", HEALTHY, None),
    ("missing_scope", POST, said("missing_scope"), DEAD, "missing_scope", HEALTHY, None),
    ("unheard_of", POST, said("something_new"), DEAD, "something_new", HEALTHY, None),
]


@pytest.mark.parametrize(
    ("method", "fault", "state", "reason", "marked", "then"),
    [row[1:] for row in DIRECT],
    ids=[row[0] for row in DIRECT],
)
async def test_a_message_to_a_person_ends(
    ports: Ports,
    clock: HandClock,
    slack: Practice,
    line: Weather,
    method: str,
    fault: Fault,
    state: NudgeState,
    reason: str,
    marked: Marks,
    then: NudgeState | None,
) -> None:
    await ports.store.save(to_anna())
    line.faults[method] = [fault]
    row = await (cut_off(ports, line, fault.answered) if fault.answered else sent(ports))
    assert (row.state, row.reason) == (state, reason)
    assert await marks(ports.store) == marked
    if then is None:
        clock.go(hours=1)
        assert await sent(ports) == row  # and that was it
        assert line.calls.count(POST) == (method == POST)
        return
    clock.go(minutes=11)
    row = await sent(ports)
    if state is UNCERTAIN and row.state is READY:  # it was not there
        row = await sent(ports)
    assert row.state is then
    assert stands(slack) == 1


CHANNEL = [
    ("channel_not_found", said("channel_not_found"), READY, "channel_not_found", HEALTHY),  # all that can be undone
    ("is_archived", said("is_archived"), READY, "is_archived", HEALTHY),
    ("not_in_channel", said("not_in_channel"), READY, "not_in_channel", HEALTHY),
    ("restricted_action", said("restricted_action"), READY, "restricted_action", HEALTHY),
    ("token_revoked", said("token_revoked"), DEAD, "token_revoked", TOKEN_DEAD),
    ("user_not_found", said("user_not_found"), DEAD, "user_not_found", HEALTHY),  # a post is to nobody
    ("ratelimited", said("ratelimited", 429), READY, "ratelimited", HEALTHY),
    ("http_500", Fault(status=500), UNCERTAIN, "http_500", HEALTHY),
]


@pytest.mark.parametrize(
    ("fault", "state", "reason", "marked"), [row[1:] for row in CHANNEL], ids=[row[0] for row in CHANNEL]
)
async def test_a_post_in_a_channel_ends(
    ports: Ports,
    line: Weather,
    fault: Fault,
    state: NudgeState,
    reason: str,
    marked: Marks,
) -> None:
    await ports.store.save(to_channel())
    line.faults[POST] = [fault]
    row = await sent(ports)
    assert (row.state, row.reason) == (state, reason)
    assert await marks(ports.store) == marked


async def test_a_channel_that_takes_no_post_is_tried_again_until_the_posts_window_closes(
    ports: Ports, clock: HandClock, line: Weather
) -> None:
    post = to_channel()
    await ports.store.save(post)
    line.faults[POST] = [said("is_archived")] * 9  # the post, and what tells of it
    assert (await sent(ports)).state is READY
    clock.go(minutes=int((post.expires_at - clock.now()).total_seconds() // 60) - 10)
    row = await sent(ports)
    assert (row.state, row.reason, row.attempt) == (DEAD, "is_archived", 2)
    assert await marks(ports.store) == HEALTHY  # the next post is tried again


async def test_a_conversation_that_is_not_there_is_opened_anew_each_time_and_marks_nobody(
    ports: Ports, clock: HandClock, line: Weather
) -> None:
    await ports.store.save(to_anna())
    line.faults[POST] = [said("channel_not_found")] * MOST_ATTEMPTS
    for attempt in range(1, MOST_ATTEMPTS + 1):
        row = await sent(ports)
        assert (row.state, row.attempt) == (DEAD if attempt == MOST_ATTEMPTS else READY, attempt)
        clock.go(minutes=10)
    assert line.calls == [OPEN, POST] * MOST_ATTEMPTS
    person = await ports.store.member("w1", "anna")
    assert person is not None
    assert person.direct is None  # the next message opens it once more
    assert await marks(ports.store) == HEALTHY


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/api/", "https://slack.invalid/api/"],  # nobody listens there; no such name
)
async def test_a_slack_that_cannot_be_reached_has_surely_not_taken_it(
    ports: Ports, chat: SlackChat, clock: HandClock, line: Weather, address: str
) -> None:
    await ports.store.save(to_anna())
    opened = await chat.open_direct("w1", SANNE)
    assert isinstance(opened, str)
    person = await ports.store.member("w1", "anna")
    assert person is not None
    await ports.store.save(replace(person, direct=opened))
    elsewhere = SlackChat(SlackSettings(bot_token=TOKEN, signing_secret=SECRET, api_url=address))
    elsewhere._connector._client.proxy = None  # the machine's own would answer in its place
    row = await sent(replace(ports, chat=elsewhere))
    await elsewhere.close()
    assert (row.state, row.attempt) == (READY, 1)
    assert str(row.reason).startswith("ClientConnector")
    clock.go(minutes=5)
    row = await sent(ports)
    assert (row.state, line.calls.count(POST), line.calls.count(READ)) == (SENT, 1, 0)
