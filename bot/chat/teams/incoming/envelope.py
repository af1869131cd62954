"""What every activity carries around what was done: who, where, when, in which language, and how they are reached."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.chat.payload import Json, part, parts, text
from bot.coaching.calendar import is_zone
from bot.coaching.language import Language
from bot.coaching.records.conversation_reference import ConversationReference

NAMED_WITHIN = timedelta(seconds=2)  # after the moment it was typed a message's id stands for, unless it is not its own
_MILLISECONDS = 1_000
_THREAD = ";messageid="


def somebody(activity: Json) -> str:
    """Return the person who acted, by the directory's id as it writes it; empty for a bot."""
    actor = part(activity, "from")
    is_bot = text(actor, "role") in {"bot", "skill"} or text(actor, "id").startswith("28:")
    return "" if is_bot else text(actor, "aadObjectId").lower()


def nameless(activity: Json) -> str:
    """Return the account of somebody whom the directory's id does not tell; empty where it does, and for a bot."""
    actor = part(activity, "from")
    is_person = text(actor, "role") not in {"bot", "skill"} and text(actor, "id").startswith("29:")
    return text(actor, "id") if is_person and not somebody(activity) else ""


def as_done_by(activity: Json, person: str) -> dict[str, Any]:
    """Return an activity that names the person who acted."""
    return {**activity, "from": {**part(activity, "from"), "aadObjectId": person}}


def reach(activity: Json) -> ConversationReference | None:
    """Return how the conversation in which something happened is reached; None when nothing tells."""
    address = text(activity, "serviceUrl")
    if not address:
        return None
    account = text(part(activity, "from"), "id") if is_direct(activity) else ""
    return ConversationReference(conversation=conversation_of(activity), address=address, account=account)


def is_direct(activity: Json) -> bool:
    """Tell whether something happened between one person and us."""
    conversation = part(activity, "conversation")
    kind = text(conversation, "conversationType")
    return kind == "personal" if kind else not text(conversation, "id").startswith("19:")


def conversation_of(activity: Json) -> str:
    """Return the conversation something happened in, without the thread; empty when nothing tells."""
    return text(part(activity, "conversation"), "id").partition(_THREAD)[0]


def thread_of(activity: Json) -> str | None:
    """Return the message whose thread it happened in; None outside of threads."""
    return text(part(activity, "conversation"), "id").partition(_THREAD)[2] or None


def zone_of(activity: Json) -> str | None:
    """Return the person's time zone, where it is told and one that we know."""
    client = next((each for each in parts(activity, "entities") if text(each, "type") == "clientInfo"), {})
    told = (text(activity, "localTimezone"), text(client, "timezone"))
    return next((zone for zone in told if zone and is_zone(zone)), None)


def language_of(activity: Json) -> Language | None:
    """Return the language of the person's client, where it is one that we speak."""
    told = text(activity, "locale").partition("-")[0].lower()
    return next((language for language in Language if language == told), None)


def moment(stamp: str) -> datetime | None:
    """Return the moment that a message's number, or a time as Teams writes it, stands for."""
    try:
        if stamp.isascii() and stamp.isdecimal():
            return datetime.fromtimestamp(int(stamp) / _MILLISECONDS, UTC)
        told = datetime.fromisoformat(stamp)
        return told.astimezone(UTC) if told.tzinfo else None
    except (ValueError, OverflowError, OSError):
        return None


def made_at(activity: Json) -> datetime | None:
    """Return when something was done; brought again as if it were new, it has a later time, but the same local one."""
    brought, local = moment(text(activity, "timestamp")), moment(text(activity, "localTimestamp"))
    return min(brought, local) if brought and local else brought


def typed_at(activity: Json) -> datetime | None:
    """Return the moment that the own id of words stands for, where they come under another one; None under their own.

    A message's id stands for a moment somewhat later than its time, and so it is taken to have been at first.
    """
    named, local = moment(text(activity, "id")), moment(text(activity, "localTimestamp"))
    if not named or not local or named - local <= NAMED_WITHIN:
        return None
    brought = moment(text(activity, "timestamp"))
    later = named - brought if brought else timedelta()
    return local + later if timedelta() < later <= NAMED_WITHIN else local
