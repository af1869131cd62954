"""What Slack sends as one of the `Incoming` kinds, or None for what means nothing to us.

Every reading is careful: what has not the expected shape counts as absent, whoever sent it. The `event_id` says what
happened rather than how often it was brought: the same words, the same press, the same values in the same form.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from operator import itemgetter

from bot.chat.names import shown_name
from bot.chat.payload import Json, part, parts, text, texts_of
from bot.chat.port import (
    Command,
    Deleted,
    Edited,
    HomeOpened,
    Incoming,
    Origin,
    Person,
    PersonChanged,
    Removed,
    Said,
)
from bot.chat.slack.incoming.filled_in import digest, submitted
from bot.chat.slack.incoming.pressed import once, press
from bot.chat.slack.incoming.words import NOBODY, Names, as_typed, files_of, forwards_of, spoken
from bot.coaching.language import Language

Texts = Mapping[str, str]  # the texts of an object; an empty one for each that is not there

# What a person can type: plain, with files, "also send to", "/me".
_SPOKEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})
LONGEST_AWAY = timedelta(days=1)  # between what was typed and its coming
_SLACKBOT = "USLACKBOT"
_ADMINS = ("is_admin", "is_owner", "is_primary_owner")


def parse(payload: Json, *, workspace: str, at: datetime, names: Names = NOBODY) -> Incoming | None:
    """Return what somebody did in this workspace of ours, arriving at this moment.

    `names` are those of the people whom a message mentions without them.
    """
    told = texts_of(payload)
    if told["command"]:
        return _command(payload, told, workspace, at)
    match told["type"]:
        case "event_callback":
            event = part(payload, "event")
            about = texts_of(event)
            if about["type"] == "message":
                return _message(event, about, workspace, at, names, _own_id(payload))
            return _event(event, about, told["event_id"] or f"same:{digest(payload)}", workspace, at)
        case "block_actions":
            return press(payload, workspace, at)
        case "view_submission":
            return submitted(payload, workspace, at)
        case _:
            return None


def teams(payload: Json) -> list[str]:
    """Return Slack's ids of where this happened, best first; on Enterprise Grid the usual one is empty."""
    told = texts_of(payload)
    installed = [*map(texts_of, parts(payload, "authorizations"))]
    places = (
        text(part(payload, "view"), "app_installed_team_id"),
        text(part(payload, "team"), "id"),
        *map(itemgetter("team_id"), installed),
        told["team_id"],
        text(part(payload, "user"), "team_id"),
        text(part(payload, "enterprise"), "id"),
        *map(itemgetter("enterprise_id"), installed),
        told["enterprise_id"],
    )
    return [*filter(None, dict.fromkeys(places))]


def person(user: Json, team: str = "") -> Person:
    """Return what Slack tells of somebody; `team` is Slack's id of whose workspace it is, where that is known."""
    profile = part(user, "profile")
    names = (
        text(profile, "display_name"),
        text(profile, "real_name"),
        text(user, "real_name"),
        text(user, "name"),
    )
    return Person(
        external_id=text(user, "id"),
        name=shown_name(*names),
        zone=text(user, "tz") or None,
        is_bot=user.get("is_bot") is True or text(user, "id") == _SLACKBOT,
        deactivated=user.get("deleted") is True,
        language=next((each for each in Language if text(user, "locale").lower().startswith(each)), None),
        is_admin=any(user.get(right) is True for right in _ADMINS),
        origin=_origin(user, team),
    )


def _origin(user: Json, team: str) -> Origin:
    """Return whether somebody belongs to a team, or to the organization that it is a part of."""
    of_theirs = part(user, "enterprise_user")
    homes = {text(user, "team_id"), text(of_theirs, "enterprise_id"), *_listed(of_theirs)} - {""}
    if user.get("is_stranger") is True or (team and homes and team not in homes):
        return Origin.ELSEWHERE
    is_guest = any(user.get(limit) is True for limit in ("is_restricted", "is_ultra_restricted"))
    return Origin.GUEST if is_guest else Origin.INSIDE


def _listed(of_theirs: Json) -> list[str]:
    listed = of_theirs.get("teams")
    return [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []


# --- commands and events -------------------------------------------------------------------------------


def _command(payload: Json, told: Texts, workspace: str, at: datetime) -> Command:
    return Command(
        workspace=workspace,
        person=told["user_id"],
        event_id=once(payload),
        at=at,
        conversation=told["channel_id"],
        conversation_name=f"#{told['channel_name']}",
        text=as_typed(told["text"]).strip(),
        trigger=told["trigger_id"],
        is_direct=told["channel_id"].startswith("D"),
        aside=told["response_url"],
    )


def _event(event: Json, about: Texts, event_id: str, workspace: str, at: datetime) -> Incoming | None:
    match about["type"]:
        case "app_home_opened" if about["tab"] == "home":
            return HomeOpened(workspace=workspace, person=about["user"], event_id=event_id, at=at)
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


# --- messages ------------------------------------------------------------------------------------------


def _own_id(payload: Json) -> str:
    """Return the bot's own person id: a file of its own comes without a bot's id. Empty when nobody tells."""
    ours = (each for each in parts(payload, "authorizations") if each.get("is_bot") is True)
    return next((text(each, "user_id") for each in ours), "")


def _message(event: Json, about: Texts, workspace: str, at: datetime, names: Names, own: str) -> Incoming | None:
    if about["channel_type"] != "im":
        return None
    match about["subtype"]:
        case "message_changed":
            return _changed(event, workspace, at, names, own)
        case "message_deleted":
            return _deleted(event, workspace, at, own)
        case _ if _is_ours(about, own) or not about["user"]:
            return None
        case _:
            return Said(
                workspace=workspace,
                person=about["user"],
                event_id=f"said:{about['channel']}:{about['ts']}",
                at=_typed_at(about["ts"], at),
                conversation=about["channel"],
                message=about["ts"],
                thread=_answered_thread(about),
                text=spoken(event, about, names),
                files=files_of(event),
                forwards=forwards_of(event),
            )


def _typed_at(ts: str, arrived: datetime) -> datetime:
    """Return when words were typed: they may come some time after, and answer what stood there then."""
    typed = _moment(ts)
    return typed if typed is not None and arrived - LONGEST_AWAY <= typed <= arrived else arrived


def _answered_thread(message: Texts) -> str | None:
    thread = message["thread_ts"]
    return thread if thread and thread != message["ts"] else None


def _changed(event: Json, workspace: str, at: datetime, names: Names, own: str) -> Incoming | None:
    message = part(event, "message")
    about, now = texts_of(event), texts_of(message)
    # Slack keeps a deleted message that has answers as a stone, and calls that a change.
    if now["subtype"] == "tombstone":
        return _deleted(event, workspace, at, own)
    # A preview of a link, a new answer in the thread: changes, too, but none of the words; nor is what tells of none.
    if _is_ours(now, own) or "text" not in now or now["text"] == text(part(event, "previous_message"), "text"):
        return None
    # News of a change may come late, after news of a later one.
    changed = text(part(message, "edited"), "ts")
    return Edited(
        workspace=workspace,
        person=now["user"],
        event_id=f"edited:{about['channel']}:{now['ts']}:{changed or about['event_ts']}",
        at=_moment(changed) or at,
        conversation=about["channel"],
        message=now["ts"],
        text=spoken(message, now, names),
        thread=_answered_thread(now),
        said_at=_moment(now["ts"]),
    )


def _moment(ts: str) -> datetime | None:
    """Return the moment that one of Slack's numbers for messages stands for."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _deleted(event: Json, workspace: str, at: datetime, own: str) -> Incoming | None:
    about, before = texts_of(event), texts_of(part(event, "previous_message"))
    message = about["deleted_ts"] or before["ts"] or text(part(event, "message"), "ts")
    if _is_ours(before, own) or not message:
        return None
    return Deleted(
        workspace=workspace,
        person=before["user"],
        event_id=f"deleted:{about['channel']}:{message}",
        at=at,
        conversation=about["channel"],
        message=message,
    )


def _is_ours(message: Texts, own: str) -> bool:
    """Tell whether a bot, Slack itself or nobody wrote a message."""
    is_own = bool(own) and message["user"] == own
    return is_own or bool(message["bot_id"]) or message["subtype"] not in _SPOKEN or message["user"] == _SLACKBOT
