"""What no honest Slack sends: unsigned, forged, broken, bent; each with what may be answered to it."""

import copy
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlencode

from bot.practice.slack import payloads
from bot.practice.slack.events import FORM_TYPE, JSON_TYPE
from bot.practice.slack.fixed import IT_MANAGERS
from bot.practice.slack.world import Post, View
from tests.faults.slack_town import SECRET, SlackTown, direct_of

LARGEST = 512 * 1024
DEEP = 5_000
Json = dict[str, Any]
Headers = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request."""

    kind: str
    body: bytes
    headers: Headers


def signature(body: bytes, stamp: str, secret: str = SECRET) -> str:
    """Return Slack's signature of a body."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()


def signed(kind: str, body: bytes, content: str, *more: tuple[str, str]) -> Request:
    """Return a request as Slack would sign it now."""
    stamp = str(int(time.time()))
    headers = [("Content-Type", content), ("X-Slack-Request-Timestamp", stamp)]
    return Request(kind=kind, body=body, headers=[*headers, ("X-Slack-Signature", signature(body, stamp)), *more])


# --- what Slack never signed ------------------------------------------------------------------------------------


def unsigned(chance: Random, honest: Sequence[Json]) -> Request:
    """Return a good body whose signature is not Slack's."""
    body, content = _written(chance.choice(honest))
    stamp = str(int(time.time()))
    good = signature(body, stamp)
    stale = str(int(time.time()) - chance.choice([301, 3_600, 10**9, -400, -(10**6)]))
    wide = "١٢٣٤٥٦٧٨٩٠"  # digits, but none that Slack writes
    forgeries: Mapping[str, Headers] = {
        "nothing": [],
        "no signature": [("X-Slack-Request-Timestamp", stamp)],
        "no timestamp": [("X-Slack-Signature", good)],
        "other secret": _pair(stamp, signature(body, stamp, "guessed")),
        "empty secret": _pair(stamp, signature(body, stamp, "")),
        "other body": _pair(stamp, signature(body + b" ", stamp)),
        "stale": _pair(stale, signature(body, stale)),
        "timestamp in words": _pair("yesterday", signature(body, "yesterday")),
        "timestamp in other digits": _pair(wide, signature(body, wide)),
        "timestamp with a sign": _pair("+" + stamp, signature(body, "+" + stamp)),
        "timestamp too long": _pair(stamp * 40, signature(body, stamp * 40)),
        "signature not in ASCII": _pair(stamp, "v0=" + "é" * 64),
        "signature cut": _pair(stamp, good[:-1]),
        "signature of another version": _pair(stamp, "v1=" + good[3:]),
        "signature doubled": [*_pair(stamp, "v0=" + "0" * 64), ("X-Slack-Signature", good)],
        "timestamp doubled": [*_pair(stamp, good), ("X-Slack-Request-Timestamp", stale)],
    }
    name = chance.choice(list(forgeries))
    return Request(kind=f"unsigned: {name}", body=body, headers=[("Content-Type", content), *forgeries[name]])


def _pair(stamp: str, given: str) -> Headers:
    return [("X-Slack-Request-Timestamp", stamp), ("X-Slack-Signature", given)]


# --- what is signed and makes no sense --------------------------------------------------------------------------


def senseless(chance: Random, honest: Sequence[Json]) -> Request:
    """Return something signed that is no payload of Slack's, or one bent out of shape."""
    makers: Mapping[str, Callable[[], tuple[bytes, str]]] = {
        "bytes": lambda: (chance.randbytes(chance.randint(0, 400)), chance.choice([JSON_TYPE, FORM_TYPE])),
        "cut": lambda: _cut(chance, *_written(chance.choice(honest))),
        "flipped": lambda: _flipped(chance, *_written(chance.choice(honest))),
        "deep": lambda: (b"[" * DEEP + b"]" * DEEP, JSON_TYPE),
        "deep inside": lambda: (b'{"type":"event_callback","event":' + b"[" * DEEP + b"]" * DEEP + b"}", JSON_TYPE),
        "value": lambda: (json.dumps(_odd(chance)).encode(), JSON_TYPE),
        "payload of a value": lambda: (urlencode({"payload": json.dumps(_odd(chance))}).encode(), FORM_TYPE),
        "many fields": lambda: ("&".join(f"f{n}={n}" for n in range(5_000)).encode(), FORM_TYPE),
        "bad escapes": lambda: (b"payload=%zz%ff%C3%28&command=%2Fcoach%00", FORM_TYPE),
        "other type": lambda: (b"<xml/>", chance.choice(["text/xml", "multipart/form-data", "", "application/json;;"])),
        "too large": lambda: (b"x" * (LARGEST + 1), JSON_TYPE),
        "bent": lambda: _written(bent(chance, chance.choice(honest))),
        "bent much": lambda: _written(_bent_much(chance, chance.choice(honest))),
    }
    weights = [30 if name.startswith("bent") else 3 for name in makers]
    (name,) = chance.choices(list(makers), weights=weights)
    body, content = makers[name]()
    return signed(f"signed: {name}", body, content)


def _cut(chance: Random, body: bytes, content: str) -> tuple[bytes, str]:
    return body[: chance.randrange(len(body))], content


def _flipped(chance: Random, body: bytes, content: str) -> tuple[bytes, str]:
    bent = bytearray(body)
    for _ in range(chance.randint(1, 8)):
        bent[chance.randrange(len(bent))] = chance.randrange(256)
    return bytes(bent), content


def bent(chance: Random, honest: Json) -> Json:
    """Return a payload in which one thing is gone or other than it should be."""
    payload = copy.deepcopy(honest)
    parent, key = chance.choice(list(_places(payload)))
    if chance.random() < 0.3:
        del parent[key]
    else:
        parent[key] = _odd(chance)
    return payload


def _bent_much(chance: Random, honest: Json) -> Json:
    for _ in range(chance.randint(2, 8)):
        if not list(_places(honest)):
            return honest
        honest = bent(chance, honest)
    return honest


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in list(pairs):
        yield node, key
        yield from _places(value)


def _odd(chance: Random) -> Any:
    return chance.choice(
        [
            None,
            True,
            0,
            -1,
            10**30,
            1.5e308,
            "",
            " ",
            "\0",
            "\ud800",
            "x" * 5_000,
            "<!channel> & </script>",
            "9" * 400,
            "NaN",
            [],
            {},
            [None],
            [[]],
            {"": ""},
            {"id": []},
            [{"value": {}}],
            "nudge.done",
            "U0P00001",
        ]
    )


# --- what is good, but leads elsewhere --------------------------------------------------------------------------


def honest(town: SlackTown, elsewhere: str) -> list[Json]:
    """Return one good payload of each kind, whose response_url leads to somebody else."""
    world, person = town.practice.world, town.people[0]
    who, site = world.people[person], town.practice.site
    post = Post(ts=site.next_ts(), channel=direct_of(person), user=person, text="Hello there")
    shown = next(iter(world.posts[direct_of(person)].values()))
    view = View(
        id="V1", user=person, body={"type": "modal", "callback_id": "plan.make", "blocks": []}, hash="h", root="V1"
    )
    action = {"type": "button", "block_id": "b", "action_id": "nudge.done", "value": "n", "action_ts": post.ts}
    state = {"text": {"text": {"type": "plain_text_input", "value": "words"}}}
    events = (
        payloads.said(world, post),
        payloads.edited(world, post, shown, post.ts),
        payloads.taken_back(world, post, post.ts),
        payloads.home_opened(who, world.conversations[direct_of(person)], "home", None, post.ts),
        payloads.person_changed(who, site.now(), post.ts),
    )
    return [
        *(payloads.callback(event, site.now()) for event in events),
        payloads.command(who, world.conversations[IT_MANAGERS], "status", trigger="1.2", response_url=elsewhere),
        payloads.pressed_message(world, who, shown, action=action, state={}, trigger="1.3", response_url=elsewhere),
        payloads.submitted(who, view, state=state, trigger="1.4"),
        payloads.closed(who, view, is_cleared=False),
    ]


def _written(payload: Json) -> tuple[bytes, str]:
    if payload.get("type") == "event_callback" or "event" in payload:
        return json.dumps(payload).encode(), JSON_TYPE
    if "command" in payload:
        flat = {key: value if isinstance(value, str) else json.dumps(value) for key, value in payload.items()}
        return urlencode(flat, errors="surrogatepass").encode(), FORM_TYPE
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM_TYPE
