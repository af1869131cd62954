"""What stands in a conversation, read when events may have been missed, or when somebody asks."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.chat.payload import part, parts, text
from bot.chat.port import Heard, History, MessageRef, Place, Said, Unanswered
from bot.chat.slack.incoming.parse import parse
from bot.chat.slack.incoming.words import unnamed
from bot.chat.slack.outgoing.connector import Connector
from bot.chat.slack.outgoing.names import Names
from bot.chat.slack.rendering import render

_PAGE = 200
# Slack's clock numbers the messages, ours says since when: they may differ by this much.
_SKEW = timedelta(minutes=2)
THREADS = timedelta(days=14)  # how much older the message may be under which somebody typed
_NOT_THERE = frozenset({"thread_not_found", "message_not_found"})
_STONE = "tombstone"  # what is left of a deleted message that has answers

Json = Mapping[str, Any]


async def find(connector: Connector, place: Place, key: str, since: datetime) -> MessageRef | None:
    """Return the message that carries the key; raises Unanswered unless all of it could be read."""
    async for found in _messages(connector, place, since - _SKEW):
        if render.carries(found, key):
            return MessageRef(workspace=place.workspace, conversation=place.conversation, message=text(found, "ts"))
    return None


async def stands(connector: Connector, ref: MessageRef) -> bool:
    """Return whether a message is still there; raises Unanswered."""
    asked = {"channel": ref.conversation, "ts": ref.message, "limit": 1}
    answer = await connector.call(ref.workspace, "conversations.replies", asked, read=True)
    if isinstance(answer, dict):
        return any(_is_there(message, ref.message) for message in parts(answer, "messages"))
    if answer.error in _NOT_THERE:
        return False
    raise Unanswered(answer.error)


async def read(connector: Connector, names: Names, ref: MessageRef, thread: str | None) -> Said | None:
    """Return what a person typed in one message, as it stands now; raises Unanswered."""
    asked: dict[str, Any] = {
        "channel": ref.conversation,
        "oldest": ref.message,
        "latest": ref.message,
        "inclusive": True,
        "limit": 2,  # a thread answers with its first message too
    }
    method = "conversations.history" if thread is None else "conversations.replies"
    if thread is not None:
        asked["ts"] = thread
    answer = await connector.call(ref.workspace, method, asked, read=True)
    if not isinstance(answer, dict):
        if answer.error in _NOT_THERE:
            return None
        raise Unanswered(answer.error)
    place = Place(workspace=ref.workspace, conversation=ref.conversation)
    there = (each for each in parts(answer, "messages") if text(each, "ts") == ref.message)
    return await _said(names, next(there, {}), place)


async def heard(connector: Connector, names: Names, place: Place, since: datetime) -> History:
    """Return what a person typed in a conversation since then; raises Unanswered unless all of it could be read."""
    since -= _SKEW
    found: dict[str, Heard] = {}
    numbers: list[str] = []
    threads: list[str] = []
    async for message in _messages(connector, place, since - THREADS):
        number = text(message, "ts")
        numbers.append(number)
        found |= await _typed_by_people(names, message, place, since)
        answered = moment_of(text(message, "latest_reply"))
        if answered is not None and answered >= since:
            threads.append(number)
    for thread in threads:
        async for message in _messages(connector, replace(place, thread=thread), since):
            found |= await _typed_by_people(names, message, place, since)
    moments = [moment for number in numbers if (moment := moment_of(number)) is not None]
    return History(
        heard=tuple(found[number] for number in sorted(found, key=float)), reaches=min(moments, default=None)
    )


async def _messages(connector: Connector, place: Place, since: datetime) -> AsyncIterator[Json]:
    """Yield a conversation's messages, or a thread's, since then; raises Unanswered."""
    method = "conversations.replies" if place.thread else "conversations.history"
    asked: dict[str, Any] = {
        "channel": place.conversation,
        "oldest": f"{since.timestamp():.6f}",
        "include_all_metadata": True,
        "limit": _PAGE,
    }
    if place.thread:
        asked["ts"] = place.thread
    while True:
        answer = await connector.call(place.workspace, method, asked, read=True)
        if not isinstance(answer, dict):
            raise Unanswered(answer.error)
        for message in parts(answer, "messages"):
            yield message
        cursor = text(part(answer, "response_metadata"), "next_cursor")
        if not cursor:
            if answer.get("has_more") is True:
                raise Unanswered("no_cursor")
            return
        asked["cursor"] = cursor


def _is_there(message: Json, number: str) -> bool:
    """Return whether this is that message, with its words."""
    return text(message, "ts") == number and text(message, "subtype") != _STONE


def moment_of(number: str) -> datetime | None:
    """Return the moment that one of Slack's numbers for messages stands for."""
    try:
        return datetime.fromtimestamp(float(number), UTC)
    except (ValueError, OverflowError, OSError):
        return None


async def _said(names: Names, message: Json, place: Place) -> Said | None:
    """Return a message as the event it would have been; None for what no person typed."""
    at = moment_of(text(message, "ts"))
    if at is None:
        return None
    event = {**message, "type": "message", "channel": place.conversation, "channel_type": "im"}
    payload = {"type": "event_callback", "event": event}
    told = await names.of(place.workspace, unnamed(payload))
    said = parse(payload, workspace=place.workspace, at=at, names=told)
    return said if isinstance(said, Said) else None


async def _typed_by_people(names: Names, message: Json, place: Place, since: datetime) -> dict[str, Heard]:
    """Return a message that was typed since then, by its number; nothing for what no person typed."""
    said = await _said(names, message, place)
    if said is None or said.at < since:
        return {}
    return {said.message: Heard(said=said, edited_at=moment_of(text(part(message, "edited"), "ts")))}
