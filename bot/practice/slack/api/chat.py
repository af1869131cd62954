"""chat.*"""

from dataclasses import replace
from typing import Any

from bot.practice.slack.api.arguments import Arguments
from bot.practice.slack.api.method import Method
from bot.practice.slack.api.rules import Refusal, conversation_of, person_of, writable
from bot.practice.slack.blocks import message_blocks
from bot.practice.slack.shapes import post_shape
from bot.practice.slack.site import Site
from bot.practice.slack.world import BOT_USER, Conversation, Json, Post

LONGEST_TEXT = 40_000  # cut when posted
LONGEST_UPDATE = 4_000  # refused when updated
LONGEST_METADATA = 8_000


def post_message(site: Site, arguments: Arguments) -> Json:
    """Post a message that everybody in the conversation sees."""
    conversation = writable(site.world, arguments.need("channel"))
    text, blocks = content(arguments)
    post = Post(
        ts="",
        channel=conversation.id,
        user=BOT_USER,
        text=text[:LONGEST_TEXT],
        blocks=blocks,
        thread_ts=_known_thread(site, conversation, arguments.text("thread_ts")),
        metadata=_metadata(arguments),
    )
    posted = site.world.put(replace(post, ts=site.next_ts()))
    message = post_shape(site.world, posted, metadata=True)
    return {"channel": conversation.id, "ts": posted.ts, "message": message}


def post_ephemeral(site: Site, arguments: Arguments) -> Json:
    """Show a message to one person."""
    conversation = writable(site.world, arguments.need("channel"))
    person = person_of(site.world, arguments.need("user"))
    if person.id not in conversation.members:
        raise Refusal("user_not_in_channel")
    text, blocks = content(arguments)
    post = Post(
        ts=site.next_ts(),
        channel=conversation.id,
        user=BOT_USER,
        text=text[:LONGEST_TEXT],
        blocks=blocks,
        thread_ts=_known_thread(site, conversation, arguments.text("thread_ts")),
        only_for=person.id,
    )
    return {"message_ts": site.world.put(post).ts}


def update(site: Site, arguments: Arguments) -> Json:
    """Show this instead; what is not given stays, but text without blocks takes the blocks away."""
    post = _own(site, arguments, "cant_update_message")
    if not site.policy.may_change(post.posted_at, site.now()):
        raise Refusal("edit_window_closed")
    text, blocks = content(arguments, empty_is_fine="blocks" in arguments and bool(post.text))
    if len(text) > LONGEST_UPDATE:
        raise Refusal("msg_too_long")
    metadata = _metadata(arguments) if "metadata" in arguments else post.metadata
    updated = site.world.put(replace(post, text=text or post.text, blocks=blocks, metadata=metadata or None))
    message = post_shape(site.world, updated)
    return {"channel": post.channel, "ts": post.ts, "text": updated.text, "message": message}


def delete(site: Site, arguments: Arguments) -> Json:
    """Take an own message away."""
    post = _own(site, arguments, "cant_delete_message")
    if not site.policy.may_remove:
        raise Refusal(site.policy.removal)
    take_away(site, post)
    return {"channel": post.channel, "ts": post.ts}


def permalink(site: Site, arguments: Arguments) -> Json:
    """Return the address of a message."""
    conversation = conversation_of(site.world, arguments.need("channel"))
    post = site.world.post(conversation.id, arguments.need("message_ts"))
    if post is None or post.only_for:
        raise Refusal("message_not_found")
    where = f"{arguments.base}#/archives/{conversation.id}/p{post.ts.replace('.', '')}"
    return {"channel": conversation.id, "permalink": where}


def take_away(site: Site, post: Post) -> bool:
    """Take a message away; where a thread hangs on it a tombstone stays, and this returns True."""
    if not site.world.replies(post.channel, post.ts):
        site.world.take(post)
        return False
    site.world.put(replace(post, text="", blocks=(), metadata=None, files=(), edited_ts=None, is_tombstone=True))
    return True


def content(arguments: Arguments, *, empty_is_fine: bool = False) -> tuple[str, tuple[Json, ...]]:
    """Return text and blocks of a message; raises Refusal."""
    given = arguments.json("blocks", error="invalid_blocks_format")
    blocks = message_blocks(given) if given else ()
    text = arguments.text("text")
    if not text.strip() and not blocks and not empty_is_fine:
        raise Refusal("no_text")
    return text, blocks


def _known_thread(site: Site, conversation: Conversation, thread: str) -> str | None:
    if not thread:
        return None
    parent = site.world.post(conversation.id, thread)
    if parent is None or parent.only_for:
        raise Refusal("thread_not_found")
    if parent.is_reply:
        raise Refusal("cannot_reply_to_message")
    return thread


def _metadata(arguments: Arguments) -> Json | None:
    metadata: Any = arguments.record("metadata", error="invalid_metadata_format")
    if not metadata:
        return None
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise Refusal("invalid_metadata_schema")
    if len(str(metadata)) > LONGEST_METADATA:
        raise Refusal("metadata_too_large")
    return {"event_type": metadata["event_type"], "event_payload": metadata["event_payload"]}


def _own(site: Site, arguments: Arguments, error: str) -> Post:
    conversation = conversation_of(site.world, arguments.need("channel"))
    post = site.world.post(conversation.id, arguments.need("ts"))
    if post is None or post.only_for or post.is_tombstone:
        raise Refusal("message_not_found")
    if post.user != BOT_USER:
        raise Refusal(error)
    if conversation.is_archived:
        raise Refusal("is_archived")
    return post


METHODS = {
    "chat.postMessage": Method(post_message, ("chat:write",), changes=True),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",), changes=True),
    "chat.update": Method(update, ("chat:write",), changes=True),
    "chat.delete": Method(delete, ("chat:write",), changes=True),
    "chat.getPermalink": Method(permalink),
}
