"""What stands in front of everything else: only what Teams signed, for us and of our tenants, gets through.

A refusal is a 4xx, and a 503 while nothing can be told of any token; neither it nor the log says what was in it.
"""

import json
import math
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from bot.chat.http_guard import ESCAPED_SURROGATE, SECONDS, Headers, HttpGuard, Refusal
from bot.chat.payload import Json, part, text
from bot.chat.teams.incoming.keys import Keys, NoKeys
from bot.chat.teams.incoming.token import Claims, claims, key_id
from bot.chat.teams.settings import TeamsSettings

CHANNEL = "msteams"

_SIGNING = (b"authorization",)
_BEARER = re.compile(rb"bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)", re.ASCII | re.IGNORECASE)

# What an activity holds, where it is there, is of its kind.
_NEEDED = ("type", "channelId", "serviceUrl")
_TEXTS = (
    *("type", "channelId", "serviceUrl", "id", "name", "action", "text", "textFormat", "locale", "replyToId"),
    *("timestamp", "localTimestamp", "localTimezone", "timezone", "tenantId", "aadObjectId", "conversationType"),
    *("eventType", "contentType"),
)
_PARTS = ("from", "recipient", "conversation", "channelData", "tenant", "channel", "team", "mentioned")
_LISTS = ("entities", "attachments")  # of objects
_DEPTH = 4  # deeper than anybody looks
_DEEPEST = 64  # deeper than any card; what is written down again later must not exhaust the stack then

# What has a meaning for us; the rest of what Teams brings is acknowledged and forgotten.
KINDS = frozenset({"message", "messageUpdate", "messageDelete", "invoke", "installationUpdate"})


@dataclass(frozen=True)
class Brought:
    """An activity, and the JSON it came as."""

    said: dict[str, Any]
    words: str


def bearer(headers: Headers) -> str | Refusal:
    """Return the token a request bears."""
    found = _BEARER.fullmatch(headers.get(b"authorization", b""))
    return found[1].decode() if found else Refusal(401, "no token")


def activity(headers: Headers, body: bytes) -> Brought | Refusal:
    """Return what the body says, when it is in the shape in which Teams speaks."""
    if headers.get(b"content-type") != b"application/json":
        return Refusal(415, "not JSON")
    try:
        words = body.decode()
        said = json.loads(words, parse_float=_number, parse_constant=_number)
        if ESCAPED_SURROGATE.search(words):  # half a pair cannot be written down
            json.dumps(said, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return Refusal(400, "not readable")
    if not isinstance(said, dict) or not in_shape(said):
        return Refusal(400, "not in shape")
    return Brought(said, words)


def _number(written: str) -> float:
    """Return a number that can be written down again; raises ValueError."""
    number = float(written)
    if not math.isfinite(number):
        raise ValueError
    return number


def mismatch(said: Json, claimed: Claims, settings: TeamsSettings) -> Refusal | None:
    """Return None for an activity that is what its token was given out for, and of a tenant of ours."""
    address, channel = text(said, "serviceUrl"), text(said, "channelId")
    if address.rstrip("/") != claimed.service_url.rstrip("/"):
        return Refusal(403, "another service url than the token's")
    if not settings.may_call(address):
        return Refusal(403, "service url not on the list")
    if channel != CHANNEL:
        return Refusal(403, "not from Teams")
    if claimed.endorsements and channel not in claimed.endorsements:
        return Refusal(403, "the key does not speak for Teams")
    if not settings.is_ours(tenant(said)):
        return Refusal(403, "tenant not on the list")
    return None


def tenant(said: Json) -> str:
    """Return the one tenant in which something happened, and whose people did it; empty for none, or more than one."""
    told = (
        text(part(said, "from"), "tenantId"),
        text(part(said, "conversation"), "tenantId"),
        text(part(part(said, "channelData"), "tenant"), "id"),
    )
    named = {each.lower() for each in told if each}
    return named.pop() if len(named) == 1 else ""


# --- the shape in which Teams speaks


def in_shape(activity: Mapping[str, Any]) -> bool:
    """Tell whether this is an activity of some type, from some address, with its fields in order."""
    return _is_shallow(activity) and all(activity.get(name) for name in _NEEDED) and _fields_fit(activity, _DEPTH)


def matters(activity: Mapping[str, Any]) -> bool:
    """Tell whether an activity in shape is of a kind that we handle."""
    return activity["type"] in KINDS


def _is_shallow(said: Mapping[str, Any]) -> bool:
    level: list[Any] = [said]
    for _ in range(_DEEPEST):
        inside = (child for each in level for child in (each.values() if isinstance(each, dict) else each))
        level = [child for child in inside if isinstance(child, dict | list)]
    return not level


def _fields_fit(said: Mapping[str, Any], depth: int) -> bool:
    return depth == 0 or all(_fits(name, value, depth - 1) for name, value in said.items())


def _fits(name: str, value: object, depth: int) -> bool:
    if value is None:
        return True
    if name in _TEXTS:
        return isinstance(value, str)
    if name in _LISTS:
        return isinstance(value, list) and all(isinstance(each, dict) and _fields_fit(each, depth) for each in value)
    if name in _PARTS:
        return isinstance(value, dict) and _fields_fit(value, depth)
    return True


# --- what is let in


class TeamsGuard(HttpGuard[Claims]):
    """Lets through what Teams signed, for us and of our tenants, read and in shape."""

    signing = _SIGNING

    def __init__(
        self,
        then: Callable[[Brought], Awaitable[Response]],
        *,
        settings: TeamsSettings,
        keys: Keys,
        patience: float = SECONDS,
    ) -> None:
        """Guard what comes then with the keys of Teams; a body has so many seconds to arrive."""
        super().__init__(patience)
        self._then = then
        self._settings = settings
        self._keys = keys

    async def answer(self, known: Headers, body: bytes, proof: Claims | None) -> Response | Refusal:
        """Return the answer to a request that its token speaks for."""
        assert proof is not None, "it was asked for"
        brought = activity(known, body)
        if isinstance(brought, Refusal):
            return brought
        return mismatch(brought.said, proof, self._settings) or await self._then(brought)

    async def proof(self, known: Headers) -> Claims | Refusal:
        """Return what the token says, once it is proved: before anything of the body is read."""
        token = bearer(known)
        if isinstance(token, Refusal):
            return token
        audience = self._settings.client_id
        by = key_id(token, audience=audience)
        if by is None:
            return Refusal(401, "the token is not for us, or not for now")
        try:
            among = await self._keys.having(by)
        except NoKeys:
            return Refusal(503, "no keys")
        claimed = None if among is None else claims(token, among.keys[by], issuer=among.issuer, audience=audience)
        if claimed is None:
            return Refusal(401, "the token does not hold")
        return claimed if claimed.service_url else Refusal(401, "the token names no service url")
