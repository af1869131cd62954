"""What stands in a direct conversation, read when events may have been missed."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.chat.payload import part, text
from bot.chat.port import Heard, History, Place, Said
from bot.chat.slack.parse import parse

THREADS = timedelta(days=14)  # how much older the message may be under which somebody typed
NOT_THERE = frozenset({"thread_not_found", "message_not_found"})
_STONE = "tombstone"  # what is left of a deleted message that has answers

Json = Mapping[str, Any]
Read = Callable[[Place, datetime], AsyncIterator[Json]]  # a conversation's messages, or a thread's, since then


async def heard(read: Read, place: Place, since: datetime) -> History:
    """Return what a person typed in a conversation since then; raises Unanswered unless all of it could be read."""
    found: dict[str, Heard] = {}
    numbers: list[str] = []
    threads: list[str] = []
    async for message in read(place, since - THREADS):
        number = text(message, "ts")
        numbers.append(number)
        found |= _typed(message, place, since)
        answered = moment_of(text(message, "latest_reply"))
        if answered is not None and answered >= since:
            threads.append(number)
    for thread in threads:
        async for message in read(replace(place, thread=thread), since):
            found |= _typed(message, place, since)
    moments = [moment for number in numbers if (moment := moment_of(number)) is not None]
    return History(
        heard=tuple(found[number] for number in sorted(found, key=float)), reaches=min(moments, default=None)
    )


def is_there(message: Json, number: str) -> bool:
    """Return whether this is that message, with its words."""
    return text(message, "ts") == number and text(message, "subtype") != _STONE


def moment_of(number: str) -> datetime | None:
    """Return the moment that one of Slack's numbers for messages stands for."""
    try:
        return datetime.fromtimestamp(float(number), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def typed(message: Json, place: Place) -> Said | None:
    """Return a message as the event it would have been; None for what no person typed."""
    at = moment_of(text(message, "ts"))
    if at is None:
        return None
    event = {**message, "type": "message", "channel": place.conversation, "channel_type": "im"}
    said = parse({"type": "event_callback", "event": event}, workspace=place.workspace, at=at)
    return said if isinstance(said, Said) else None


def _typed(message: Json, place: Place, since: datetime) -> dict[str, Heard]:
    """Return a message that was typed since then, by its number; nothing for what no person typed."""
    said = typed(message, place)
    if said is None or said.at < since:
        return {}
    return {said.message: Heard(said=said, edited_at=moment_of(text(part(message, "edited"), "ts")))}
