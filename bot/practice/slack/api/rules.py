"""What Slack refuses, before it looks at what is asked."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.practice.limits import Limits
from bot.practice.slack.world import Conversation, Kind, Person, World

SCOPES = frozenset(("chat:write", "commands", "im:write", "im:history", "users:read", "files:write", "team:read"))
HISTORY_SCOPE = {Kind.CHANNEL: "channels:history", Kind.PRIVATE: "groups:history", Kind.DIRECT: "im:history"}
TOO_MANY = 429
READ_SCOPE = {Kind.CHANNEL: "channels:read", Kind.PRIVATE: "groups:read", Kind.DIRECT: "im:read"}


class Refusal(Exception):
    """Slack's answer to what it will not do."""

    def __init__(
        self,
        error: str,
        *,
        messages: Iterable[str] = (),
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **extra: object,
    ) -> None:
        """Refuse with Slack's code, and what else Slack says about it."""
        super().__init__(error)
        self.error = error
        self.messages = tuple(messages)
        self.status = status
        self.headers = dict(headers or {})
        self.extra = extra


def require_room(limits: Limits, method: str, where: str, now: datetime) -> None:
    """Refuse a call beyond what Slack allows, with the seconds until it allows the next."""
    if wait := limits.spend(method, where, now):
        raise Refusal("ratelimited", status=TOO_MANY, headers={"Retry-After": str(wait)})


def require_token(world: World, given: str | None, token: str) -> None:
    """Refuse who is not the app, or is not any more."""
    if not given:
        raise Refusal("not_authed")
    if given != token:
        raise Refusal("invalid_auth")
    if not world.is_installed:
        raise Refusal("account_inactive")
    if not world.is_token_good:
        raise Refusal("token_revoked")


def require_scope(granted: frozenset[str], *needed: str) -> None:
    """Refuse what none of these scopes allows."""
    if needed and granted.isdisjoint(needed):
        provided = ",".join(sorted(granted))
        raise Refusal("missing_scope", needed=",".join(needed), provided=provided)


def person_of(world: World, person: str) -> Person:
    """Return somebody; refuses a stranger."""
    if found := world.people.get(person):
        return found
    raise Refusal("user_not_found")


def conversation_of(world: World, channel: str) -> Conversation:
    """Return a conversation the bot can know of; refuses the others as if they did not exist."""
    found = world.conversations.get(channel)
    if found is None or not found.is_open:
        raise Refusal("channel_not_found")
    if found.kind is Kind.PRIVATE and not found.has_bot:
        raise Refusal("channel_not_found")
    return found


def writable(world: World, channel: str) -> Conversation:
    """Return the conversation in which the bot may write; a person's id means the direct conversation."""
    direct = world.direct(channel)
    if channel in world.people:
        if direct is None:
            raise Refusal("channel_not_found")
        require_active(world, direct)
        return world.open(direct)
    found = conversation_of(world, channel)
    if not found.has_bot:
        raise Refusal("not_in_channel")
    if found.is_archived:
        raise Refusal("is_archived")
    require_active(world, found)
    return found


def require_active(world: World, conversation: Conversation) -> None:
    """Refuse to write to somebody whose account is gone."""
    if conversation.kind is not Kind.DIRECT:
        return
    if any(world.people[member].deleted for member in conversation.members if member in world.people):
        raise Refusal("user_disabled")
