"""What Slack tells the app when people do something."""

from datetime import datetime
from typing import Any

from bot.practice.slack.shapes import (
    file_shape,
    named_channel,
    person_shape,
    post_shape,
    rich_text,
    team_shape,
    user_shape,
    view_shape,
)
from bot.practice.slack.world import APP, BOT_USER, DOMAIN, TEAM, Conversation, Json, Person, Post, View, World, new_id

VERIFICATION_TOKEN = "practice"  # noqa: S105 - the retired field that Slack still sends


def callback(event: Json, now: datetime) -> Json:
    """Return an event in its envelope, with an id of its own."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(now.timestamp()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }


def said(world: World, post: Post) -> Json:
    """Return the event of a message in the direct conversation."""
    event: Json = {
        "type": "message",
        "user": post.user,
        "text": post.text,
        "ts": post.ts,
        "client_msg_id": new_id("m"),
        "team": TEAM,
        "channel": post.channel,
        "event_ts": post.ts,
        "channel_type": "im",
    }
    if post.text:
        event["blocks"] = [rich_text(post)]
    if post.files:
        files = [file_shape(world.files[file]) for file in post.files]
        event |= {"subtype": "file_share", "files": files, "upload": False}
    if post.others:
        event["attachments"] = [{"is_share": True, "is_msg_unfurl": True, "text": post.others, "fallback": post.others}]
    if post.is_reply and post.thread_ts:
        parent = world.post(post.channel, post.thread_ts)
        event |= {"thread_ts": post.thread_ts, "parent_user_id": parent.user if parent else None}
    return event


def edited(world: World, now: Post, before: Post, ts: str) -> Json:
    """Return the event of a message whose words are others now; a tombstone is one of them."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": post_shape(world, now),
        "previous_message": post_shape(world, before),
        "channel": now.channel,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
        "channel_type": "im",
    }


def taken_back(world: World, before: Post, ts: str) -> Json:
    """Return the event of a message that was deleted."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": post_shape(world, before),
        "channel": before.channel,
        "hidden": True,
        "deleted_ts": before.ts,
        "ts": ts,
        "event_ts": ts,
        "channel_type": "im",
    }


def home_opened(person: Person, conversation: Conversation, tab: str, view: View | None, ts: str) -> Json:
    """Return the event of somebody who looks at the app."""
    event: Json = {"type": "app_home_opened", "user": person.id, "channel": conversation.id, "tab": tab}
    event["event_ts"] = ts
    if view and tab == "home":
        event["view"] = view_shape(view)
    return event


def person_changed(person: Person, now: datetime, ts: str) -> Json:
    """Return the event of somebody whose account is other than it was."""
    user = person_shape(person, now, locale=True)
    return {"type": "user_change", "user": user, "cache_ts": int(now.timestamp()), "event_ts": ts}


def command(
    person: Person, conversation: Conversation, text: str, *, trigger: str, response_url: str
) -> dict[str, str]:
    """Return the form of a slash command."""
    channel = named_channel(conversation)
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM,
        "team_domain": DOMAIN,
        "channel_id": channel["id"],
        "channel_name": channel["name"],
        "user_id": person.id,
        "user_name": person.name.lower(),
        "command": "/coach",
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger,
    }


def interaction(kind: str, person: Person, **more: Any) -> Json:
    """Return what every interactive payload has, and what this one has more."""
    return {
        "type": kind,
        "user": user_shape(person),
        "api_app_id": APP,
        "token": VERIFICATION_TOKEN,
        "team": team_shape(),
        "enterprise": None,
        "is_enterprise_install": False,
        **more,
    }


def pressed_message(
    world: World, person: Person, post: Post, *, action: Json, state: Json, trigger: str, response_url: str
) -> Json:
    """Return the block_actions of something pressed on a message."""
    container = {
        "type": "message",
        "message_ts": post.ts,
        "channel_id": post.channel,
        "is_ephemeral": post.only_for is not None,
    }
    if post.is_reply:
        container["thread_ts"] = post.thread_ts
    payload = interaction(
        "block_actions",
        person,
        container=container,
        trigger_id=trigger,
        channel=named_channel(world.conversations[post.channel]),
        state={"values": state},
        response_url=response_url,
        actions=[action],
    )
    if post.only_for is None:
        payload["message"] = post_shape(world, post, metadata=True)
    return payload


def pressed_view(person: Person, view: View, *, action: Json, state: Json, trigger: str) -> Json:
    """Return the block_actions of something pressed on a modal or Home."""
    return interaction(
        "block_actions",
        person,
        container={"type": "view", "view_id": view.id},
        trigger_id=trigger,
        view=view_shape(view, state),
        actions=[action],
    )


def submitted(person: Person, view: View, *, state: Json, trigger: str) -> Json:
    """Return the view_submission of a modal."""
    return interaction("view_submission", person, trigger_id=trigger, view=view_shape(view, state), response_urls=[])


def closed(person: Person, view: View, *, is_cleared: bool) -> Json:
    """Return the view_closed of a modal."""
    return interaction("view_closed", person, view=view_shape(view), is_cleared=is_cleared)
