"""What stands in a conversation, read when events may have been missed, or when somebody asks."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.chat.failure import Failure
from bot.chat.payload import part, parts, text
from bot.chat.port import Heard, History, MessageRef, Place, RetryAfter, Said, Unanswered
from bot.chat.slack.incoming.parse import parse
from bot.chat.slack.incoming.words import unnamed
from bot.chat.slack.outgoing.connector import Connector
from bot.chat.slack.outgoing.names import Names
from bot.chat.slack.rendering import render

_PAGE = 200  # messages; some apps get 15
_MOST_LOOKS = 1_000  # that are remembered
# Slack's clock numbers the messages, ours says since when: they may differ by this much.
_SKEW = timedelta(minutes=2)
THREADS = timedelta(days=14)  # how much older the message may be under which somebody typed
_NOT_THERE = frozenset({"thread_not_found", "message_not_found"})
_STONE = "tombstone"  # what is left of a deleted message that has answers

Json = Mapping[str, Any]


class Finder:
    """Looks for single messages, and remembers where a look that was refused goes on."""

    def __init__(self, connector: Connector) -> None:
        """Remember nothing yet."""
        self._connector = connector
        self._goes_on: dict[tuple[Place, str], str] = {}  # the page that was refused

    async def find(self, place: Place, key: str, since: datetime) -> MessageRef | None:
        """Return the message that carries the key; raises Unanswered unless all of it could be read."""
        look = (place, key)
        page = self._goes_on.pop(look, "")
        while True:
            answer = await _asked(self._connector, place, since - _SKEW, page)
            if not isinstance(answer, dict):
                if page and isinstance(answer, RetryAfter) and len(self._goes_on) < _MOST_LOOKS:
                    self._goes_on[look] = page
                raise _unanswered(answer)
            for found in parts(answer, "messages"):
                if render.carries(found, key):
                    ts = text(found, "ts")
                    return MessageRef(workspace=place.workspace, conversation=place.conversation, message=ts)
            page = _older(answer)
            if not page:
                return None


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
        raise _unanswered(answer)
    place = Place(workspace=ref.workspace, conversation=ref.conversation)
    there = (each for each in parts(answer, "messages") if text(each, "ts") == ref.message)
    return await _said(names, next(there, {}), place)


async def heard(
    connector: Connector, names: Names, place: Place, *, since: datetime, until: datetime, page: str
) -> History:
    """Return a page of what people typed between two moments; raises Unanswered.

    In a conversation also older messages are looked at, for what was typed below them.
    """
    since -= _SKEW
    oldest = since if place.thread else since - THREADS
    answer = await _asked(connector, place, oldest, page, latest=until + _SKEW)
    if not isinstance(answer, dict):
        raise _unanswered(answer)
    found: list[Heard] = []
    deleted: list[str] = []
    threads: list[str] = []
    for message in sorted(parts(answer, "messages"), key=lambda each: text(each, "ts")):
        if text(message, "subtype") == _STONE:
            deleted.append(text(message, "ts"))
        answered = moment_of(text(message, "latest_reply"))
        if not place.thread and answered is not None and answered >= since:
            threads.append(text(message, "ts"))
        said = await _said(names, message, place)
        if said is not None and said.at >= since:
            found.append(Heard(said=said, edited_at=moment_of(text(part(message, "edited"), "ts"))))
    return History(heard=tuple(found), deleted=tuple(deleted), threads=tuple(threads), older=_older(answer))


async def _asked(
    connector: Connector, place: Place, oldest: datetime, page: str, *, latest: datetime | None = None
) -> dict[str, Any] | Failure:
    """Ask for a page of a conversation, or of a thread."""
    asked: dict[str, Any] = {
        "channel": place.conversation,
        "oldest": f"{oldest.timestamp():.6f}",
        "include_all_metadata": True,
        "limit": _PAGE,
    }
    if latest is not None:
        asked["latest"] = f"{latest.timestamp():.6f}"
    if place.thread:
        asked["ts"] = place.thread
    if page:
        asked["cursor"] = page
    method = "conversations.replies" if place.thread else "conversations.history"
    return await connector.call(place.workspace, method, asked, read=True)


def _older(answer: Json) -> str:
    """Return the cursor of the next page; raises Unanswered when there is one without a name."""
    cursor = text(part(answer, "response_metadata"), "next_cursor")
    if not cursor and answer.get("has_more") is True:
        raise Unanswered("no_cursor")
    return cursor


def _unanswered(failure: Failure) -> Unanswered:
    return Unanswered(failure.error, seconds=failure.seconds if isinstance(failure, RetryAfter) else 0.0)


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
