"""How Slack writes down people, conversations, messages, views and files."""

import html
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.practice.slack.world import (
    APP,
    BOT,
    BOT_USER,
    DOMAIN,
    TEAM,
    Conversation,
    File,
    Json,
    Person,
    Post,
    View,
    World,
)

CHANNEL_NAME = {"direct": "directmessage", "private": "privategroup"}


def person_shape(person: Person, now: datetime, *, locale: bool = False) -> Json:
    """Return a user object; who is deactivated or has set no time zone has none."""
    shape: Json = {
        "id": person.id,
        "team_id": person.team,
        "name": person.name.lower(),
        "deleted": person.deleted,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": int(now.timestamp()),
        "profile": {
            "real_name": person.real_name,
            "real_name_normalized": person.real_name,
            "display_name": "" if person.is_bot else person.name,
            "display_name_normalized": "" if person.is_bot else person.name,
            "team": person.team,
        },
    }
    if person.is_bot:
        shape["profile"] |= {"api_app_id": APP, "bot_id": BOT}
    if person.deleted:
        return shape
    shape["real_name"] = person.real_name
    shape |= {"is_admin": person.is_admin, "is_owner": False, "is_primary_owner": False}
    shape |= {"is_restricted": person.is_guest, "is_ultra_restricted": False}
    if locale:
        shape["locale"] = person.locale
    if person.tz:
        local = now.astimezone(ZoneInfo(person.tz))
        offset = local.utcoffset()
        shape["tz"] = person.tz
        shape["tz_label"] = local.tzname()
        shape["tz_offset"] = int(offset.total_seconds()) if offset else 0
    return shape


def conversation_shape(conversation: Conversation) -> Json:
    """Return a conversation object."""
    if conversation.kind == "direct":
        partner = next(member for member in conversation.members if member != BOT_USER)
        return {
            "id": conversation.id,
            "is_im": True,
            "user": partner,
            "is_archived": conversation.is_archived,
        }
    is_private = conversation.kind == "private"
    return {
        "id": conversation.id,
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": not is_private,
        "is_group": is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": is_private,
        "is_archived": conversation.is_archived,
        "is_member": conversation.has_bot,
        "num_members": len(conversation.members),
    }


def post_shape(world: World, post: Post, *, metadata: bool = False) -> Json:
    """Return a message object as history has it."""
    shape: Json = {"type": "message", "user": post.user, "text": post.text, "ts": post.ts, "team": TEAM}
    if post.is_tombstone:
        shape |= {"subtype": "tombstone", "hidden": True, "user": "USLACKBOT"}
    if post.user == BOT_USER:
        if not post.files:  # an app's own file is known by its person alone
            shape |= {"bot_id": BOT, "app_id": APP, "bot_profile": bot_profile()}
        shape["blocks"] = list(post.blocks)
    elif post.text and not post.is_tombstone:
        shape["blocks"] = [rich_text(post)]
    if post.edited_ts:
        shape["edited"] = {"user": post.user, "ts": post.edited_ts}
    if post.files:
        shape["files"] = [file_shape(world.files[file]) for file in post.files]
        shape["upload"] = False
    if metadata and post.metadata:
        shape["metadata"] = post.metadata
    return shape | thread_shape(world, post)


def thread_shape(world: World, post: Post) -> Json:
    """Return what a message says about its thread."""
    if post.is_reply and post.thread_ts:
        parent = world.post(post.channel, post.thread_ts)
        return {"thread_ts": post.thread_ts} | ({"parent_user_id": parent.user} if parent else {})
    replies = world.replies(post.channel, post.ts)
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": post.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users,
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def rich_text(post: Post) -> Json:
    """Return what Slack's own editor adds to what people type."""
    typed = {"type": "text", "text": html.unescape(post.text)}
    section = {"type": "rich_text_section", "elements": [typed]}
    return {"type": "rich_text", "block_id": f"r{post.ts[-6:]}", "elements": [section]}


def bot_profile() -> Json:
    """Return how a message names its bot."""
    return {"id": BOT, "app_id": APP, "name": "Pitstop", "deleted": False, "team_id": TEAM}


def file_shape(file: File) -> Json:
    """Return a file object."""
    kind = file.name.rpartition(".")[2].lower()
    return {
        "id": file.id,
        "name": file.name,
        "title": file.name,
        "filetype": kind,
        "user": file.user,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
    }


def view_shape(view: View, state: Json | None = None) -> Json:
    """Return a view object as answers and payloads have it."""
    body = view.body
    shape: Json = {
        "id": view.id,
        "team_id": TEAM,
        "type": body["type"],
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "state": {"values": state or {}},
        "hash": view.hash,
        "title": body.get("title"),
        "clear_on_close": bool(body.get("clear_on_close")),
        "notify_on_close": bool(body.get("notify_on_close")),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": APP,
        "external_id": body.get("external_id", ""),
        "app_installed_team_id": TEAM,
        "bot_id": BOT,
    }
    return shape


def team_shape() -> Json:
    """Return how payloads name the workspace."""
    return {"id": TEAM, "domain": DOMAIN}


def user_shape(person: Person) -> Json:
    """Return how payloads name who did it."""
    name = person.name.lower()
    return {"id": person.id, "username": name, "name": name, "team_id": TEAM}


def named_channel(conversation: Conversation) -> Json:
    """Return how payloads name the conversation."""
    return {"id": conversation.id, "name": CHANNEL_NAME.get(conversation.kind, conversation.name)}
