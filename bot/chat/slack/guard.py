"""What stands in front of Bolt: only what Slack signed a moment ago, whole and in shape, gets through.

A refusal is a 4xx; neither it nor the log says what was in the request.
"""

import asyncio
import binascii
import hmac
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

log = logging.getLogger(__name__)

LARGEST = 512 * 1024  # bytes of a body
WINDOW = 5 * 60  # seconds a signature is good for, in both directions
SECONDS = 10  # for a body to arrive
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"

_MOST_FIELDS = 100
_LONGEST_CHECK = 1024
_TIMESTAMP = re.compile(rb"[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile(rb"v0=[0-9a-f]{64}", re.ASCII)
_ONCE = (b"x-slack-signature", b"x-slack-request-timestamp", b"content-type", b"content-length")
_PACKED = re.compile(rb"payload=([\w.*+%~-]*)", re.ASCII)
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")

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
Headers = Mapping[bytes, bytes]


@dataclass(frozen=True)
class Refusal:
    """An HTTP status and why, in words of ours."""

    status: int
    why: str


class Brought(NamedTuple):
    """What a body says, and the same as JSON text that can be kept as it is."""

    said: Payload
    words: str


def headers(raw: Iterable[tuple[bytes, bytes]]) -> Headers | Refusal:
    """Return a request's headers, those that matter being there at most once and plain."""
    known: dict[bytes, bytes] = {}
    for name, value in raw:
        lower = name.lower()
        if lower not in _ONCE:
            continue
        if lower in known:
            return Refusal(400, "doubled header")
        if not value.isascii():
            return Refusal(400, "header not in ASCII")
        known[lower] = value.strip()
    length = known.get(b"content-length", b"0")
    if not length.isdigit():
        return Refusal(400, "bad length")
    return Refusal(413, "too large") if len(length) > len(str(LARGEST)) or int(length) > LARGEST else known


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
    if _kind(headers) != FORM or len(body) > _LONGEST_CHECK:
        return False
    fields = dict(parse_qsl(body.decode("ascii", "replace")))
    return fields.get("ssl_check") == "1" and "payload" not in fields and "command" not in fields


def payload(headers: Headers, body: bytes) -> Brought | Refusal:
    """Return what the body says, when it is in one of the shapes that Slack sends."""
    try:
        brought = _read(_kind(headers), body)
    except (ValueError, RecursionError):
        return Refusal(400, "not readable")
    if isinstance(brought, Refusal):
        return brought
    if not isinstance(brought.said, dict) or not in_shape(brought.said):
        return Refusal(400, "not in shape")
    return brought


def _kind(headers: Headers) -> str:
    return headers.get(b"content-type", b"").split(b";")[0].strip().lower().decode()


def _read(kind: str, body: bytes) -> Brought | Refusal:
    if kind == JSON:
        return _from_json(body.decode())
    if kind != FORM:
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
    if _ESCAPED_SURROGATE.search(words):
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


# --- the door


class Guard:
    """An ASGI application that lets through what Slack signed, read and in shape, and refuses the rest."""

    def __init__(
        self, then: Callable[[Brought], Awaitable[Response]], *, secret: str, patience: float = SECONDS
    ) -> None:
        """Guard what comes then with Slack's signing secret; a body has so many seconds to arrive."""
        self._then = then
        self._secret = secret
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a caller who hangs up gets no answer."""
        try:
            answer = await self._answer(scope, receive)
        except ClientDisconnect:
            return
        await answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Response:
        known = headers(scope["headers"])
        if isinstance(known, Refusal):
            return _refuse(known)
        body = await _body(receive, self._patience)
        if isinstance(body, Refusal):
            return _refuse(body)
        if is_certificate_check(known, body):
            return Response()
        # The real time, also where the clock of the practice workspace travels: Slack signs by its own.
        refusal = signed(known, body, secret=self._secret, now=time.time())
        brought = refusal or payload(known, body)
        return _refuse(brought) if isinstance(brought, Refusal) else await self._then(brought)


async def _body(receive: Receive, patience: float) -> bytes | Refusal:
    """Return the whole body; raises ClientDisconnect."""
    body = bytearray()
    try:
        async with asyncio.timeout(patience):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnect
                body += message.get("body", b"")
                if len(body) > LARGEST:
                    return Refusal(413, "too large")
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        return Refusal(408, "too slow")


def _refuse(refusal: Refusal) -> Response:
    log.info("refused status=%d why=%s", refusal.status, refusal.why)
    return JSONResponse({"error": refusal.why}, status_code=refusal.status)
