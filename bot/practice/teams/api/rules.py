"""What Teams refuses of a bot, and in which words."""

import json
from collections.abc import Mapping
from datetime import datetime

from starlette.responses import JSONResponse

from bot.practice.limits import Limits
from bot.practice.slack.api.rules import TOO_MANY, Refusal
from bot.practice.teams.world import Conversation, Json, Kind, Person, World, split

LARGEST = 100 * 1024  # bytes of an activity in UTF-16
BAD_REQUEST = 400
UNAUTHORIZED = 401
FORBIDDEN = 403
NOT_FOUND = 404
TOO_LARGE = 413

SENTENCES = {
    "ActivityNotFoundInConversation": "The activity was not found in the conversation.",
    "Authorization": "Authorization has been denied for this request.",
    "BadSyntax": "The request could not be read.",
    "BotNotInConversationRoster": "The bot is not part of the conversation roster.",
    "ConversationNotFound": "Conversation not found.",
    "ForbiddenOperationException": "Bot is not installed in user's personal scope",
    "MemberNotFoundInConversation": "The member was not found in the conversation.",
    "MessageSizeTooBig": "Message size too large.",
    "MessageWritesBlocked": "The bot may not write in this conversation.",
    "NotEnoughPermissions": "Not enough permissions to perform the operation.",
    "ServiceError": "The upload session is unknown or was used.",
    "Throttled": "Too many requests.",
}


def refuse(code: str, status: int, message: str = "", headers: Mapping[str, str] | None = None) -> Refusal:
    """Return Teams' answer to what it will not do."""
    return Refusal(code, status=status, messages=[message or SENTENCES[code]], headers=headers)


def refused(refusal: Refusal) -> JSONResponse:
    """Return a refusal as it goes over the line."""
    said = {"code": refusal.error, "message": "; ".join(refusal.messages) or refusal.error}
    return JSONResponse({"error": said}, status_code=refusal.status, headers=refusal.headers)


def require_room(limits: Limits, method: str, where: str, now: datetime) -> None:
    """Refuse a call beyond what Teams allows, with the seconds until it allows the next."""
    if wait := limits.spend(method, where, now):
        raise refuse("Throttled", TOO_MANY, headers={"Retry-After": str(wait)})


def require_size(activity: Json) -> None:
    """Refuse an activity that is too large."""
    if len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le", "surrogatepass")) > LARGEST:
        raise refuse("MessageSizeTooBig", TOO_LARGE)


def open_to_bot(world: World, name: str) -> tuple[Conversation, str | None]:
    """Return the conversation and thread that an id names, where the bot may speak; raises Refusal."""
    base, thread = split(name)
    found = world.conversations.get(base)
    if found is None or not found.is_made or (thread is not None and _root(world, found, thread) is None):
        raise refuse("ConversationNotFound", NOT_FOUND)
    if not world.has_bot(found):
        code = "BotNotInConversationRoster" if found.kind is Kind.CHANNEL else "ForbiddenOperationException"
        raise refuse(code, FORBIDDEN)
    if found.kind is Kind.PERSONAL:
        require_active(world.people[found.person])
    return found, thread


def require_active(person: Person) -> None:
    """Refuse to write to somebody whose account is gone."""
    if person.deleted:
        raise refuse("ForbiddenOperationException", FORBIDDEN, "The user account is disabled.")


def _root(world: World, conversation: Conversation, thread: str) -> object:
    post = world.post(conversation.id, thread)
    return post if conversation.kind is Kind.CHANNEL and post is not None and post.thread is None else None
