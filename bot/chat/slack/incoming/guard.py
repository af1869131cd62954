"""What stands in front of Bolt: only what Slack signed a moment ago, whole and in shape, gets through.

A refusal is a 4xx; neither it nor the log says what was in the request.
"""

import binascii
import hmac
import json
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from starlette.responses import Response

from bot.chat.http_guard import ESCAPED_SURROGATE, SECONDS, Headers, HttpGuard, Refusal

WINDOW = 5 * 60  # seconds a signature is good for, in both directions
FORM = b"application/x-www-form-urlencoded"
JSON = b"application/json"

_MOST_FIELDS = 100
_LONGEST_CHECK = 1024
_TIMESTAMP = re.compile(rb"[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile(rb"v0=[0-9a-f]{64}", re.ASCII)
_SIGNING = (b"x-slack-signature", b"x-slack-request-timestamp")
_PACKED = re.compile(rb"payload=([\w.*+%~-]*)", re.ASCII)

# What Bolt and we look into must be there and be of its kind: Bolt reads these fields without a doubt, before any code
# of ours, and falls over what is not as it expects.
_TEXTS = (
    *("type", "subtype", "command", "callback_id", "private_metadata", "trigger_id", "response_url"),
    *("event_id", "team_id", "enterprise_id", "user_id", "channel_id", "channel_name", "channel_type"),
    *("ts", "thread_ts", "deleted_ts", "message_ts", "bot_id", "app_installed_team_id", "user_team"),
    *("tab", "tz", "challenge", "bot_access_token", "function_execution_id"),
)
_PARTS = (
    *("event", "view", "message", "previous_message", "assistant_thread", "function_data"),
    *("container", "state"),
)
_EITHER = ("team", "enterprise", "user", "channel", "item")  # an id, or an object
_LISTS = ("authorizations", "actions", "response_urls")  # of objects
_NEVER_NULL = frozenset({"type", "command", "event", "actions", "view", "response_urls", "challenge"})
_DEPTH = 6  # deeper than anybody looks

# What has a meaning for us beside commands; the rest of what Slack signs is acknowledged and forgotten.
KINDS = frozenset({"event_callback", "block_actions", "view_submission", "url_verification"})

Payload = dict[str, Any]


class Brought(NamedTuple):
    """What a body says, and the same as JSON text that can be kept as it is."""

    said: Payload
    words: str


def signed(headers: Headers, body: bytes, *, secret: str, now: float) -> Refusal | None:
    """Return None for a body that Slack signed within the window around now (seconds since 1970)."""
    timestamp = headers.get(b"x-slack-request-timestamp", b"")
    signature = headers.get(b"x-slack-signature", b"")
    if not secret or not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
        return Refusal(401, "not signed")
    if abs(now - int(timestamp)) > WINDOW:
        return Refusal(401, "stale")
    expected = _keyed(secret).copy()
    expected.update(b"v0:" + timestamp + b":" + body)
    if not hmac.compare_digest(b"v0=" + expected.hexdigest().encode(), signature):
        return Refusal(401, "signature does not match")
    return None


@lru_cache(maxsize=1)
def _keyed(secret: str) -> hmac.HMAC:
    return hmac.new(secret.encode(), digestmod="sha256")


def is_certificate_check(headers: Headers, body: bytes) -> bool:
    """Tell whether this is only Slack looking whether our certificate is good; that is not signed."""
    if headers.get(b"content-type") != FORM or len(body) > _LONGEST_CHECK:
        return False
    fields = dict(parse_qsl(body.decode("ascii", "replace")))
    return fields.get("ssl_check") == "1" and "payload" not in fields and "command" not in fields


def payload(headers: Headers, body: bytes) -> Brought | Refusal:
    """Return what the body says, when it is in one of the shapes that Slack sends."""
    try:
        brought = _read(headers.get(b"content-type", b""), body)
    except (ValueError, RecursionError):
        return Refusal(400, "not readable")
    if isinstance(brought, Refusal):
        return brought
    if not isinstance(brought.said, dict) or not in_shape(brought.said):
        return Refusal(400, "not in shape")
    return brought


def _read(media: bytes, body: bytes) -> Brought | Refusal:
    if media == JSON:
        return _from_json(body.decode())
    if media != FORM:
        return Refusal(415, "neither form nor JSON")
    packed = _unpacked(body)
    if packed is not None:
        return _from_json(packed)
    fields = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"))
    return _from_json(fields["payload"]) if "payload" in fields else Brought(fields, json.dumps(fields))


def _unpacked(body: bytes) -> str | None:
    """Return the payload of a form of nothing else, as parse_qsl would; None when it is not so, or not well-formed."""
    found = _PACKED.fullmatch(body)
    if found is None:
        return None
    # Quoted-printable writes "=" for "%", and is read in C: parse_qsl takes a third of an acknowledgement's time.
    packed = found[1]
    plain = binascii.a2b_qp(packed.replace(b"+", b" ").replace(b"%", b"="))
    is_well_formed = len(plain) == len(packed) - 2 * packed.count(b"%")
    return plain.decode() if is_well_formed else None


def _from_json(words: str) -> Brought:
    """Return what the words say; raises ValueError for what cannot be written down: half a surrogate pair cannot."""
    said = json.loads(words)
    if ESCAPED_SURROGATE.search(words):
        json.dumps(said, ensure_ascii=False).encode()
    return Brought(said, words)


# --- the shapes in which Slack speaks


def in_shape(said: Mapping[str, Any]) -> bool:
    """Tell whether this is a command, or a payload of some type, with its fields in order."""
    return ("command" in said) != ("type" in said) and _fields_fit(said, _DEPTH) and _is_whole(said)


def _is_whole(said: Mapping[str, Any]) -> bool:
    """Tell whether what makes a payload of this type is there."""
    match said.get("type"):
        case "event_callback":
            return isinstance(said.get("event", {}).get("type"), str)
        case "block_actions":
            actions = said.get("actions", [])
            return bool(actions) and all(isinstance(action.get("action_id"), str) for action in actions)
        case "view_submission":
            view = said.get("view", {})
            return isinstance(view.get("callback_id"), str) and isinstance(view.get("type"), str)
        case "url_verification":
            return "challenge" in said
        case _:
            return True


def _fields_fit(said: Mapping[str, Any], depth: int) -> bool:
    # Every request comes through here: a plain loop, and most fields are nobody's business.
    if depth:
        for name, value in said.items():
            fits = _FITS.get(name)
            if fits is not None and not (name not in _NEVER_NULL if value is None else fits(value, depth - 1)):
                return False
    return True


def _is_text(value: object, _: int) -> bool:
    return isinstance(value, str)


def _is_part(value: object, depth: int) -> bool:
    return isinstance(value, dict) and _fields_fit(value, depth)


def _is_either(value: object, depth: int) -> bool:
    return isinstance(value, str) or _is_part(value, depth)


def _is_list(value: object, depth: int) -> bool:
    return isinstance(value, list) and all(_is_part(each, depth) for each in value)


_FITS: dict[str, Callable[[object, int], bool]] = {
    **dict.fromkeys(_TEXTS, _is_text),
    **dict.fromkeys(_PARTS, _is_part),
    **dict.fromkeys(_EITHER, _is_either),
    **dict.fromkeys(_LISTS, _is_list),
}


# --- what is let in


class SlackGuard(HttpGuard[None]):
    """Lets through what Slack signed, read and in shape."""

    signing = _SIGNING

    def __init__(
        self, then: Callable[[Brought], Awaitable[Response]], *, secret: str, patience: float = SECONDS
    ) -> None:
        """Guard what comes then with Slack's signing secret; a body has so many seconds to arrive."""
        super().__init__(patience)
        self._then = then
        self._secret = secret

    async def answer(self, known: Headers, body: bytes, proof: None) -> Response | Refusal:
        """Return the answer to a request; a look at our certificate is not signed."""
        del proof
        if is_certificate_check(known, body):
            return Response()
        # The real time, also where the clock of the practice workspace travels: Slack signs by its own.
        refusal = signed(known, body, secret=self._secret, now=time.time())
        brought = refusal or payload(known, body)
        return brought if isinstance(brought, Refusal) else await self._then(brought)
