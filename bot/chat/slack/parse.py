"""What Slack sends as one of the `Incoming` kinds, or None for what means nothing to us.

Every reading is careful: what has not the expected shape counts as absent, whoever sent it. The `event_id` says what
happened rather than how often it was brought: the same words, the same press, the same values in the same form.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.chat.payload import Json, part, parts, text
from bot.chat.port import (
    Command,
    Deleted,
    Edited,
    HomeOpened,
    Incoming,
    MessageRef,
    Person,
    PersonChanged,
    Press,
    Removed,
    Said,
    Submitted,
)
from bot.chat.slack.filled_in import digest, is_send, sent, submitted, values
from bot.chat.slack.typed import said, spoken

# What a person can type: plain, with files, "also send to", "/me".
_SPOKEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})
_TWIN = re.compile(r"#\d+$")  # tells buttons of one name in one row apart
_SLACKBOT = "USLACKBOT"


def parse(payload: Json, *, workspace: str, at: datetime) -> Incoming | None:
    """Return what somebody did in this workspace of ours, arriving at this moment."""
    if text(payload, "command"):
        return _command(payload, workspace, at)
    match text(payload, "type"):
        case "event_callback":
            return _event(payload, workspace, at)
        case "block_actions":
            return _press(payload, workspace, at)
        case "view_submission":
            return submitted(payload, workspace, at)
        case _:
            return None


def teams(payload: Json) -> Iterator[str]:
    """Yield Slack's ids of where this happened, best first; on Enterprise Grid the usual one is empty."""
    told: set[str] = set()
    for team in _places(payload):
        if team and team not in told:
            told.add(team)
            yield team


def _places(payload: Json) -> Iterator[str]:
    yield text(part(payload, "view"), "app_installed_team_id")
    yield text(part(payload, "team"), "id")
    yield from (text(each, "team_id") for each in parts(payload, "authorizations"))
    yield text(payload, "team_id")
    yield text(part(payload, "user"), "team_id")
    yield text(part(payload, "enterprise"), "id")
    yield from (text(each, "enterprise_id") for each in parts(payload, "authorizations"))
    yield text(payload, "enterprise_id")


def person(user: Json) -> Person:
    """Return what Slack tells of somebody."""
    profile = part(user, "profile")
    names = (
        text(profile, "display_name"),
        text(profile, "real_name"),
        text(user, "real_name"),
        text(user, "name"),
    )
    return Person(
        external_id=text(user, "id"),
        name=next((name for name in names if name), ""),
        zone=text(user, "tz") or None,
        is_bot=user.get("is_bot") is True or text(user, "id") == _SLACKBOT,
        deactivated=user.get("deleted") is True,
    )


# --- commands and interactivity ------------------------------------------------------------------------


def _command(payload: Json, workspace: str, at: datetime) -> Command:
    channel = text(payload, "channel_id")
    return Command(
        workspace=workspace,
        person=text(payload, "user_id"),
        event_id=_once(payload),
        at=at,
        conversation=channel,
        conversation_name=f"#{text(payload, 'channel_name')}",
        text=said(text(payload, "text")).strip(),
        trigger=text(payload, "trigger_id"),
        is_direct=channel.startswith("D"),
        aside=text(payload, "response_url"),
    )


def _press(payload: Json, workspace: str, at: datetime) -> Press | Submitted | None:
    action = next(parts(payload, "actions"), {})
    if is_send(action) and not part(payload, "view"):
        ref = _ref(payload, workspace)
        return sent(payload, action, ref, at) if ref is not None and ref.aside is None else None
    if text(action, "type") != "button" or _leads_away(payload, action):
        return None
    view = part(payload, "view")
    return Press(
        workspace=workspace,
        person=text(part(payload, "user"), "id"),
        event_id=_once(payload),
        at=at,
        button=_TWIN.sub("", text(action, "action_id")),
        value=text(action, "value"),
        inputs={name: value for name, value in values(payload, view) if isinstance(value, str)},
        trigger=text(payload, "trigger_id"),
        ref=None if view else _ref(payload, workspace),
        at_home=text(view, "type") == "home",
        opening=text(view, "external_id") if text(view, "type") == "modal" else "",
        route="" if view or _is_ephemeral(payload) else text(payload, "response_url"),
    )


def _leads_away(payload: Json, action: Json) -> bool:
    """Tell whether the button only opens an address: Slack reports those presses too."""
    shown = part(payload, "view") or part(payload, "message")
    return any(
        text(element, "action_id") == text(action, "action_id") and bool(text(element, "url"))
        for block in parts(shown, "blocks")
        if text(block, "block_id") == text(action, "block_id")
        for element in parts(block, "elements")
    )


def _ref(payload: Json, workspace: str) -> MessageRef | None:
    container = part(payload, "container")
    message = text(container, "message_ts") or text(part(payload, "message"), "ts")
    conversation = text(container, "channel_id") or text(part(payload, "channel"), "id")
    if not message or not conversation:
        return None
    return MessageRef(
        workspace=workspace,
        conversation=conversation,
        message=message,
        aside=(text(payload, "response_url") or None) if _is_ephemeral(payload) else None,
    )


def _is_ephemeral(payload: Json) -> bool:
    return part(payload, "container").get("is_ephemeral") is True


def _once(payload: Json) -> str:
    """Return an id for what Slack numbers only by its trigger."""
    trigger = text(payload, "trigger_id")
    return f"trigger:{trigger}" if trigger else f"same:{digest(payload)}"


# --- events --------------------------------------------------------------------------------------------


def _event(payload: Json, workspace: str, at: datetime) -> Incoming | None:
    event = part(payload, "event")
    event_id = text(payload, "event_id") or f"same:{digest(payload)}"
    match text(event, "type"):
        case "message":
            return _message(event, workspace, at)
        case "app_home_opened" if text(event, "tab") == "home":
            return HomeOpened(workspace=workspace, person=text(event, "user"), event_id=event_id, at=at)
        case "user_change":
            known = person(part(event, "user"))
            return PersonChanged(workspace=workspace, person=known.external_id, event_id=event_id, at=at, known=known)
        case "app_uninstalled":
            return Removed(workspace=workspace, person="", event_id=event_id, at=at)
        # A person who takes back a token of their own leaves us ours.
        case "tokens_revoked" if part(event, "tokens").get("bot"):
            return Removed(workspace=workspace, person="", event_id=event_id, at=at)
        case _:
            return None


def _message(event: Json, workspace: str, at: datetime) -> Incoming | None:
    if text(event, "channel_type") != "im":
        return None
    match text(event, "subtype"):
        case "message_changed":
            return _changed(event, workspace, at)
        case "message_deleted":
            return _deleted(event, workspace, at)
        case _ if _is_ours(event) or not text(event, "user"):
            return None
        case _:
            return Said(
                workspace=workspace,
                person=text(event, "user"),
                event_id=f"said:{text(event, 'channel')}:{text(event, 'ts')}",
                at=at,
                conversation=text(event, "channel"),
                message=text(event, "ts"),
                thread=_thread(event),
                text=spoken(event),
                files=len(list(parts(event, "files"))),
            )


def _thread(message: Json) -> str | None:
    thread = text(message, "thread_ts")
    return thread if thread and thread != text(message, "ts") else None


def _changed(event: Json, workspace: str, at: datetime) -> Incoming | None:
    now, before = part(event, "message"), part(event, "previous_message")
    # Slack keeps a deleted message that has answers as a stone, and calls that a change.
    if text(now, "subtype") == "tombstone":
        return _deleted(event, workspace, at)
    # A preview of a link, a new answer in the thread: changes, too, but none of the words.
    if _is_ours(now) or text(now, "text") == text(before, "text"):
        return None
    # News of a change may come late, after news of a later one.
    changed = text(part(now, "edited"), "ts")
    return Edited(
        workspace=workspace,
        person=text(now, "user"),
        event_id=f"edited:{text(event, 'channel')}:{text(now, 'ts')}:{changed or text(event, 'event_ts')}",
        at=_moment(changed) or at,
        conversation=text(event, "channel"),
        message=text(now, "ts"),
        text=spoken(now),
        thread=_thread(now),
        said_at=_moment(text(now, "ts")),
    )


def _moment(ts: str) -> datetime | None:
    """Return the moment that one of Slack's numbers for messages stands for."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _deleted(event: Json, workspace: str, at: datetime) -> Incoming | None:
    before = part(event, "previous_message")
    message = text(event, "deleted_ts") or text(before, "ts") or text(part(event, "message"), "ts")
    if _is_ours(before) or not message:
        return None
    return Deleted(
        workspace=workspace,
        person=text(before, "user"),
        event_id=f"deleted:{text(event, 'channel')}:{message}",
        at=at,
        conversation=text(event, "channel"),
        message=message,
    )


def _is_ours(message: Json) -> bool:
    """Tell whether a bot, Slack itself or nobody wrote a message."""
    return (
        bool(text(message, "bot_id")) or text(message, "subtype") not in _SPOKEN or text(message, "user") == _SLACKBOT
    )
