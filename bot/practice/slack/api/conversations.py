"""conversations.*"""

import base64
from collections.abc import Sequence
from typing import TypeVar

from bot.practice.slack.api.arguments import Arguments
from bot.practice.slack.api.method import Method
from bot.practice.slack.api.rules import HISTORY_SCOPE, READ_SCOPE, Refusal, conversation_of, person_of, require_scope
from bot.practice.slack.shapes import conversation_shape, post_shape
from bot.practice.slack.site import Site
from bot.practice.slack.world import BOT_USER, Conversation, Json, Post

Thing = TypeVar("Thing")

PAGE = 100
LARGEST_PAGE = 999


def open_direct(site: Site, arguments: Arguments) -> Json:
    """Open the direct conversation with one person."""
    if channel := arguments.text("channel"):
        conversation = conversation_of(site.world, channel)
        return {"no_op": True, "already_open": True, "channel": conversation_shape(conversation)}
    people = [name for name in arguments.text("users").split(",") if name]
    if not people:
        raise Refusal("users_list_not_supplied")
    if len(people) > 1:
        require_scope(site.scopes, "mpim:write")
    person = person_of(site.world, people[0])
    direct = site.world.direct(person.id)
    if direct is None or person.is_bot:
        raise Refusal("cannot_dm_bot")
    if person.deleted:
        raise Refusal("user_disabled")
    opened = site.world.open(direct)
    shape = conversation_shape(opened) if arguments.flag("return_im") else {"id": opened.id}
    return {"no_op": direct.is_open, "already_open": direct.is_open, "channel": shape}


def info(site: Site, arguments: Arguments) -> Json:
    """Describe a conversation."""
    require_scope(site.scopes, *READ_SCOPE.values())
    conversation = conversation_of(site.world, arguments.need("channel"))
    require_scope(site.scopes, READ_SCOPE[conversation.kind])
    return {"channel": conversation_shape(conversation)}


def members(site: Site, arguments: Arguments) -> Json:
    """Return who is in a conversation."""
    require_scope(site.scopes, *READ_SCOPE.values())
    conversation = conversation_of(site.world, arguments.need("channel"))
    require_scope(site.scopes, READ_SCOPE[conversation.kind])
    page, cursor = _page(conversation.members, arguments)
    return {"members": list(page), "response_metadata": {"next_cursor": cursor}}


def history(site: Site, arguments: Arguments) -> Json:
    """Return what was posted, newest first, without what stands in threads."""
    conversation = _readable(site, arguments)
    posts = [post for post in site.world.posts[conversation.id].values() if not post.is_reply]
    return _messages(site, arguments, [*reversed(_within(site, posts, arguments))])


def replies(site: Site, arguments: Arguments) -> Json:
    """Return a thread, oldest first."""
    conversation = _readable(site, arguments)
    parent = site.world.post(conversation.id, arguments.need("ts"))
    if parent is None or parent.only_for:
        raise Refusal("thread_not_found")
    thread = [parent] if parent.is_reply else [parent, *site.world.replies(conversation.id, parent.ts)]
    return _messages(site, arguments, _within(site, thread, arguments))


def _readable(site: Site, arguments: Arguments) -> Conversation:
    require_scope(site.scopes, *HISTORY_SCOPE.values())
    channel = arguments.need("channel")
    known = site.world.conversations.get(channel)
    if known is not None and known.is_open:
        require_scope(site.scopes, HISTORY_SCOPE[known.kind])
    conversation = conversation_of(site.world, channel)
    if BOT_USER not in conversation.members:
        raise Refusal("not_in_channel")
    return conversation


def _within(site: Site, posts: list[Post], arguments: Arguments) -> list[Post]:
    known = site.now().timestamp() - site.history_lag if site.history_lag else float("inf")
    oldest, latest = _moment(arguments, "oldest", 0.0), _moment(arguments, "latest", float("inf"))
    inclusive = arguments.flag("inclusive")

    def is_within(post: Post) -> bool:
        at = float(post.ts)
        return at <= known and (oldest < at < latest or (inclusive and at in (oldest, latest)))

    return [post for post in posts if post.only_for is None and is_within(post)]


def _moment(arguments: Arguments, name: str, default: float) -> float:
    try:
        return float(arguments.text(name) or default)
    except ValueError:
        raise Refusal(f"invalid_ts_{name}") from None


def _messages(site: Site, arguments: Arguments, posts: list[Post]) -> Json:
    page, cursor = _older(posts, arguments, most=site.history_page)
    metadata = arguments.flag("include_all_metadata")
    return {
        "messages": [post_shape(site.world, post, metadata=metadata) for post in page],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def _older(posts: Sequence[Post], arguments: Arguments, *, most: int) -> tuple[Sequence[Post], str]:
    """Return a page of messages, and the name of the next: in Slack it is the moment of that page's first message."""
    limit = min(_limit(arguments), most)
    numbers = [post.ts for post in posts]
    begin = 0
    if cursor := arguments.text("cursor"):
        try:
            named = base64.b64decode(cursor, validate=True).decode().removeprefix("next_ts:")
        except ValueError:
            raise Refusal("invalid_cursor") from None
        is_rising = numbers == sorted(numbers)
        begin = next((at for at, ts in enumerate(numbers) if (ts >= named if is_rising else ts <= named)), len(posts))
    end = begin + limit
    following = base64.b64encode(f"next_ts:{numbers[end]}".encode()).decode() if end < len(posts) else ""
    return posts[begin:end], following


def _page(things: Sequence[Thing], arguments: Arguments) -> tuple[Sequence[Thing], str]:
    limit = _limit(arguments)
    cursor = arguments.text("cursor")
    if cursor and not cursor.isdecimal():
        raise Refusal("invalid_cursor")
    begin = int(cursor or 0)
    end = begin + limit
    return things[begin:end], str(end) if end < len(things) else ""


def _limit(arguments: Arguments) -> int:
    limit = arguments.number("limit", PAGE)
    if not 1 <= limit <= LARGEST_PAGE + 1:
        raise Refusal("invalid_limit")
    return limit


METHODS = {
    "conversations.open": Method(open_direct, ("im:write",), changes=True),
    "conversations.info": Method(info),
    "conversations.members": Method(members),
    "conversations.history": Method(history),
    "conversations.replies": Method(replies),
}
