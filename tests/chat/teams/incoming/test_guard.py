import asyncio
import contextlib
import json
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from bot.chat.http_guard import LARGEST, Refusal
from bot.chat.http_guard import headers as headers_of
from bot.chat.teams.incoming import guard
from bot.chat.teams.incoming.keys import Keys
from bot.chat.teams.incoming.token import Claims
from bot.chat.teams.settings import TeamsSettings
from bot.store.port.inbox import Arrival
from tests.chat.slack.conftest import T0, FixedClock, Serve
from tests.chat.teams.conftest import Reception, bring, post
from tests.chat.teams.incoming.authority import (
    CLIENT,
    OTHER,
    SERVICE,
    TENANT,
    Authority,
    claimed,
    forged,
    published,
    token,
)
from tests.chat.teams.incoming.test_parse import CASES, acted, message, spoiled
from tests.long_form import LONG

REQUESTS = 10_000 if LONG else 1_000
ORDINARY = 10_000  # characters: what is longer has a test of its own
PRIVATE = "my private words"
JSON = {b"content-type": b"application/json"}
HEADER = {"alg": "RS256", "kid": "k1", "typ": "JWT"}
HEARD = Claims(service_url=SERVICE, endorsements=frozenset({"msteams"}))
LOCAL = TeamsSettings(client_id=CLIENT, client_secret="s", tenants=(TENANT,), metadata_url="http://127.0.0.1:9/openid")


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ([(b"authorization", b"a"), (b"Authorization", b"a")], 400),  # doubled
        ([(b"authorization", "ä".encode())], 400),  # not ASCII
        ([(b"content-length", b"many")], 400),
        ([(b"content-length", b"-1")], 400),
        ([(b"content-length", b"524289")], 413),
        ([(b"content-length", b"9" * 50)], 413),
    ],
)
def test_headers_out_of_order_are_refused(raw: list[tuple[bytes, bytes]], status: int) -> None:
    refusal = headers_of(raw, guard.TeamsGuard.signing)
    assert isinstance(refusal, Refusal)
    assert refusal.status == status


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"Bearer",
        b"Bearer ",
        b"Bearer x",
        b"Bearer a.b",
        b"Basic a.b.c",
        b"a.b.c",
        b"Bearer a.b.c d",
        b"Bearer a.b.c.d",
    ],
)
def test_a_request_bears_a_token_or_is_refused(given: bytes) -> None:
    assert guard.bearer({b"authorization": given}) == Refusal(401, "no token")


def test_a_token_is_read_however_it_is_introduced() -> None:
    assert guard.bearer({b"authorization": b"bearer  a-_.b.c"}) == "a-_.b.c"


UNREADABLE = [
    (b"application/json", b"", 400),
    (b"application/json", b"[]", 400),
    (b"application/json", b'"type"', 400),
    (b"application/json", b"{", 400),
    (b"application/json", b"\xff\xfe", 400),
    (b"application/json", b"[" * 200_000, 400),  # deeper than can be read
    (b"application/json", b'{"value": ' * 50_000, 400),
    (b"application/json", json.dumps(message()).encode()[:-1] + b', "value": ' + b"[" * 500 + b"]" * 500 + b"}", 400),
    (b"application/json", b'{"type": ' + b"9" * 5_000 + b"}", 400),  # a number beyond reading
    (b"application/json", json.dumps(message(value=float("nan"))).encode(), 400),  # what no answer could hold
    (b"application/json", json.dumps(message(value=[float("-inf")])).encode(), 400),
    (b"application/json", json.dumps(message(value="x")).encode()[:-4] + b"1e999}", 400),
    (b"application/json", json.dumps(message(text="\ud800")).encode(), 400),  # half a sign
    (b"application/json", json.dumps(message(value={"pitstop": {"button": "\udfff"}})).encode(), 400),
    (b"application/json", b"{}", 400),
    (b"application/json", json.dumps(message(conversation=[])).encode(), 400),
    (b"text/plain", json.dumps(message()).encode(), 415),
    (b"", json.dumps(message()).encode(), 415),
]


@pytest.mark.parametrize(("kind", "body", "status"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_is_not_in_shape_is_refused(kind: bytes, body: bytes, status: int) -> None:
    refusal = guard.activity({b"content-type": kind}, body)
    assert isinstance(refusal, Refusal)
    assert refusal.status == status


def test_what_came_is_kept_as_it_came() -> None:
    words = json.dumps(message(text="🏁"))
    brought = guard.activity(JSON, words.encode())
    assert brought == guard.Brought(message(text="🏁"), words)


MISMATCHES = [
    ("another address", {"serviceUrl": "http://127.0.0.1:10/connector/"}, HEARD),
    ("an address of its own", {"serviceUrl": "http://127.0.0.1:9/connector/x"}, HEARD),
    (
        "an address off the list",
        {"serviceUrl": "https://evil.example/"},
        Claims(service_url="https://evil.example/", endorsements=frozenset()),
    ),
    (
        "Teams itself, which a practice does not speak for",
        {"serviceUrl": "https://smba.trafficmanager.net/teams/"},
        Claims(service_url="https://smba.trafficmanager.net/teams/", endorsements=frozenset()),
    ),
    ("another channel", {"channelId": "webchat"}, HEARD),
    (
        "another channel, of a key for all",
        {"channelId": "emulator"},
        Claims(service_url=SERVICE, endorsements=frozenset()),
    ),
    ("a key for another channel", {}, Claims(service_url=SERVICE, endorsements=frozenset({"webchat"}))),
    ("no tenant", {"conversation": {"id": "a:1"}, "channelData": {}}, HEARD),
    ("another tenant", {"conversation": {"id": "a:1"}, "channelData": {"tenant": {"id": "t9"}}}, HEARD),
    ("a conversation of another tenant", {"conversation": {"id": "a:1", "tenantId": "t9"}}, HEARD),
    ("another tenant's channel", {"channelData": {"tenant": {"id": "t9"}}}, HEARD),
    ("another tenant's person in a channel of ours", {"from": {"id": "29:1", "tenantId": "t9"}}, HEARD),
]


@pytest.mark.parametrize(("changes", "claims"), [case[1:] for case in MISMATCHES], ids=[case[0] for case in MISMATCHES])
def test_what_its_token_was_not_given_out_for_is_refused(changes: dict[str, Any], claims: Claims) -> None:
    refusal = guard.mismatch(message(**changes), claims, LOCAL)
    assert refusal is not None
    assert refusal.status == 403


@pytest.mark.parametrize(
    ("changes", "claims"),
    [
        ({}, HEARD),
        ({}, Claims(service_url=SERVICE, endorsements=frozenset())),
        ({"serviceUrl": SERVICE.rstrip("/")}, HEARD),  # with or without the slash
        ({}, Claims(service_url=SERVICE.rstrip("/"), endorsements=frozenset({"msteams", "skype"}))),
        ({"channelData": None}, HEARD),
        ({"conversation": {"id": "a:1"}}, HEARD),
        ({"conversation": {"id": "a:1", "tenantId": TENANT.upper()}}, HEARD),
        ({"from": {"id": "29:1", "tenantId": TENANT.upper()}}, HEARD),
    ],
    ids=range(8),
)
def test_what_its_token_was_given_out_for_passes(changes: dict[str, Any], claims: Claims) -> None:
    assert guard.mismatch(message(**changes), claims, LOCAL) is None


# --- over HTTP


async def raw(address: str, headers: Mapping[str, str | bytes], body: bytes) -> tuple[int, bytes]:
    """POST exactly these bytes and return status and body; 0 when the server hung up."""
    where = urlsplit(address)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    length = {} if "Transfer-Encoding" in headers else {"Content-Length": str(len(body))}
    given = {"Content-Type": "application/json", **length, **headers}
    lines = [b"POST /api/messages HTTP/1.1", b"Host: x", b"Connection: close"]
    lines += [
        name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()) for name, value in given.items()
    ]
    writer.write(b"\r\n".join(lines) + b"\r\n\r\n" + body)
    answer = b""
    with contextlib.suppress(ConnectionResetError):  # the answer is there, the rest of our body was not wanted
        while part := await reader.read(65_536):
            answer += part
    writer.close()
    first, _, rest = answer.partition(b"\r\n\r\n")
    return (int(first.split()[1]) if first else 0), rest


WRONG: list[tuple[str, Callable[[], str], int]] = [
    ("nothing", lambda: "x", 401),
    ("nobody signed it", lambda: forged({**HEADER, "alg": "none"}, claimed(), b""), 401),
    ("a signature out of thin air", lambda: forged(HEADER, claimed(), b"\0" * 256), 401),
    ("the name of our key on another", lambda: token(OTHER), 401),
    ("an unknown key", lambda: token(OTHER, kid="k9"), 401),
    ("expired", lambda: token(exp=int(time.time()) - 400), 401),
    ("without an end", lambda: token(exp=None), 401),
    ("not yet good", lambda: token(nbf=int(time.time()) + 600), 401),
    ("another bot's", lambda: token(aud="another"), 401),
    ("from somebody else", lambda: token(iss="https://sts.windows.net/t1/"), 401),
    ("no service url", lambda: token(serviceurl=None), 401),
    ("an empty service url", lambda: token(serviceurl=""), 401),
    ("another service url", lambda: token(serviceurl="http://127.0.0.1:10/"), 403),
]


@pytest.mark.parametrize(("made", "status"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
async def test_a_wrong_token_changes_nothing(
    address: str, reception: Reception, caplog: pytest.LogCaptureFixture, made: Callable[[], str], status: int
) -> None:
    caplog.set_level("DEBUG")
    body = json.dumps(message(text=PRIVATE)).encode()
    assert (await post(address, body, {"Authorization": f"Bearer {made()}"}))[0] == status
    assert reception.arrivals == []
    assert PRIVATE not in caplog.text


async def test_the_right_token_lets_in(address: str, reception: Reception) -> None:
    assert await bring(address, message()) == (200, {})
    assert len(reception.arrivals) == 1


async def test_each_key_proves_its_own_tokens(address: str, authority: Authority) -> None:
    authority.keys = {"keys": [published(), published(OTHER, "k2")]}
    made = token(OTHER, kid="k2")
    assert (await post(address, json.dumps(message()).encode(), {"Authorization": f"Bearer {made}"}))[0] == 200


async def test_another_tenants_people_are_refused(address: str, reception: Reception) -> None:
    other = message(conversation={"id": "a:1", "tenantId": "t9"}, channelData={"tenant": {"id": "t9"}})
    reception.teams["t9"] = "w9"  # even where somebody once wrote it down
    assert (await bring(address, other))[0] == 403
    assert reception.arrivals == []


async def test_a_key_of_another_channel_does_not_speak_for_teams(
    address: str, reception: Reception, authority: Authority
) -> None:
    authority.keys = {"keys": [published(endorsements=["webchat"])]}
    assert (await bring(address, message()))[0] == 403
    assert reception.arrivals == []


async def test_a_flood_without_a_good_token_fetches_no_keys(address: str, authority: Authority) -> None:
    """Nor does it get as far as having its body read."""
    tokens = [made() for _, made, _ in WRONG[:2]] + [
        forged({**HEADER, "kid": f"k{number}"}, claimed(aud="another")) for number in range(100)
    ]
    for each in tokens:
        assert (await raw(address, {"Authorization": f"Bearer {each}"}, b""))[0] == 401
    assert (await raw(address, {}, b""))[0] == 401
    assert authority.asked == []


async def test_a_flood_of_unknown_keys_fetches_them_once(address: str, authority: Authority) -> None:
    for number in range(200):
        made = forged({**HEADER, "kid": f"k{number + 2}"}, claimed())
        assert (await raw(address, {"Authorization": f"Bearer {made}"}, b""))[0] == 401
    assert authority.asked == ["metadata", "keys"]


async def test_without_keys_nobody_is_let_in_and_teams_is_to_try_again(
    address: str, reception: Reception, authority: Authority
) -> None:
    authority.status = 500
    assert (await bring(address, message()))[0] == 503
    assert reception.arrivals == []
    authority.status = 200
    assert (await bring(address, message()))[0] == 200


async def test_a_body_over_the_limit_is_refused_before_it_is_read(address: str) -> None:
    status, _ = await raw(address, {"Authorization": f"Bearer {token()}", "Content-Length": "99999999"}, b"x")
    assert status == 413


async def test_a_body_without_a_length_is_refused_when_it_gets_too_large(address: str) -> None:
    chunk = b"20000\r\n" + b"x" * 0x20000 + b"\r\n"
    headers = {"Authorization": f"Bearer {token()}", "Transfer-Encoding": "chunked"}
    status, _ = await raw(address, headers, chunk * 5 + b"0\r\n\r\n")
    assert status == 413


async def test_one_byte_too_many_is_too_many(address: str, reception: Reception) -> None:
    bearing = {"Authorization": f"Bearer {token()}"}
    longest = json.dumps(message(text="x")).encode()
    whole = longest + b" " * (LARGEST - len(longest))
    assert (await raw(address, bearing, whole + b" "))[0] == 413
    assert (await raw(address, {**bearing, "Transfer-Encoding": "chunked"}, chunked(whole + b" ")))[0] == 413
    assert reception.arrivals == []
    assert (await raw(address, bearing, whole))[0] == 200


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


async def test_two_tokens_are_none(address: str, reception: Reception) -> None:
    both = {"Authorization": f"Bearer {token()}", "authorization": f"Bearer {token()}"}
    assert (await raw(address, both, json.dumps(message()).encode()))[0] == 400
    assert reception.arrivals == []


async def test_a_body_that_never_ends_is_not_waited_for(
    serve: Serve, settings: TeamsSettings, reception: Reception, clock: FixedClock
) -> None:
    wired = reception.received(settings, clock)
    keys = Keys(settings)
    door = guard.TeamsGuard(wired._let_in, settings=settings, keys=keys, patience=0.2)
    where = f"{await serve(Starlette(routes=[Route('/api/messages', door, methods=['POST'])]))}/api/messages"
    bearing = {"Authorization": f"Bearer {token()}", "Content-Length": "1000"}
    assert (await raw(where, bearing, json.dumps(message()).encode()[:100]))[0] == 408
    assert reception.arrivals == []
    await keys.stop()


async def test_only_posting_is_possible(address: str) -> None:
    where = urlsplit(address)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    writer.write(b"GET /api/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert b" 405 " in await reader.readline()
    writer.close()


async def test_a_caller_who_hangs_up_is_forgotten(address: str) -> None:
    where = urlsplit(address)
    _, writer = await asyncio.open_connection(where.hostname, where.port)
    head = f"POST /api/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token()}\r\nContent-Length: 10\r\n\r\nx"
    writer.write(head.encode())
    writer.close()
    await writer.wait_closed()
    assert (await bring(address, message()))[0] == 200


async def test_a_long_text_is_taken(address: str, reception: Reception) -> None:
    assert await bring(address, message(text="ש" * 50_000)) == (200, {})
    assert len(reception.arrivals) == 1


class Hostile:
    """Requests that are wrong in some way, or in none; the same ones every time."""

    def __init__(self) -> None:
        self._dice = random.Random(7)
        self._number = 0
        self._cases = [case[1] for case in CASES if len(str(case[1])) < ORDINARY]
        self._signed = token()
        self._wrong = [made() for _, made, _ in WRONG]

    def __iter__(self) -> Iterator[tuple[dict[str, str | bytes], bytes, bool]]:
        """Yield headers, body and whether Teams could have sent them."""
        for self._number in range(REQUESTS):
            body = self._body()
            is_signed = self._dice.random() < 0.6
            bearer = self._signed if is_signed else self._dice.choice(self._forgeries())
            headers = {"Authorization": bearer if isinstance(bearer, bytes) else f"Bearer {bearer}"}
            yield headers, body, is_signed

    def _body(self) -> bytes:
        activity = self._fresh(self._dice.choice(self._cases))
        for _ in range(self._dice.randrange(4)):
            activity = spoiled(activity, self._dice.randrange(5_000), self._value())
        body = json.dumps(activity).encode()
        if self._dice.random() < 0.1:
            body = body[: self._dice.randrange(len(body))] + self._dice.randbytes(5)
        return body

    def _fresh(self, activity: dict[str, Any]) -> dict[str, Any]:
        """Return it as something that was not brought before, with words to keep."""
        number = str(self._number)
        fresh = {**activity, "id": number if activity["id"] else None, "replyToId": number}
        return {**fresh, "text": f"{activity['text']} {PRIVATE}"} if activity.get("text") else fresh

    def _value(self) -> Any:
        values = [
            PRIVATE,
            None,
            0,
            -1,
            True,
            "",
            "x",
            [],
            {},
            [None],
            [[]],
            {"type": {}},
            {"id": 7},
            {"pitstop": {"form": "x", "body": [{"type": "Input.Text", "id": []}, {"id": {}}, 7]}},
            {"pitstop": {"button": "form.close", "value": ["x"]}},
            "\ud800",
            "\0",
            1e99,
            float("nan"),
            "message",
            "invoke",
            "adaptiveCard/action",
            "fileConsent/invoke",
            "personal",
        ]
        return self._dice.choice(values)

    def _forgeries(self) -> list[str | bytes]:
        return [
            b"",
            b"Bearer",
            "ä".encode(),
            b"\xff" * 50,
            "x" * 20_000,
            forged({**HEADER, "alg": "none"}, claimed(), b""),
            forged({**HEADER, "alg": "HS256"}, claimed(), b"\0" * 32),
            forged(HEADER, claimed(), b"\0" * 256),
            forged({**HEADER, "kid": f"k{self._number}"}, claimed()),
            forged({**HEADER, "kid": self._value()}, claimed()),
            forged("[" * 3_000, claimed()),
            forged(HEADER, claimed(**{self._dice.choice(["exp", "nbf", "iat", "aud", "iss"]): self._value()})),
            *self._wrong,
        ]


def distinct(arrivals: Iterable[Arrival]) -> list[Arrival]:
    """Return what came in without what came before: under the same name, or sounding the same under another."""
    found: list[Arrival] = []
    known: set[str] = set()
    for each in arrivals:
        names = {each.id, f"echo:{each.echo}"} if each.echo else {each.id}
        if known.isdisjoint(names):
            found.append(each)
            known |= names
    return found


async def test_thousands_of_hostile_requests_do_no_harm(
    address: str, reception: Reception, authority: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    """No 5xx, nothing unsigned kept, handled or called, no word of any of them in a log, and keys fetched once."""
    caplog.set_level("DEBUG")
    caplog.set_level("INFO", "asyncio")
    statuses = set()
    for headers, body, is_signed in Hostile():
        before = len(reception.arrivals), len(reception.hands.shown), len(reception.hands.answered)
        status, answer = await raw(address, headers, body)
        statuses.add(status)
        assert status < 500, (status, headers, body)
        after = len(reception.arrivals), len(reception.hands.shown), len(reception.hands.answered)
        assert is_signed or (status in {400, 401, 403, 413} and after == before), (status, headers, body)
        assert is_signed or PRIVATE.encode() not in answer
    assert {200, 400, 401, 403} <= statuses
    handled = len(await reception.drained())
    assert handled > REQUESTS / 10
    assert handled == len(distinct(reception.arrivals))
    queue = await reception.store.queue(T0)
    assert (queue.inbox, queue.inbox_dead) == (0, 0)
    assert authority.asked == ["metadata", "keys"]
    assert PRIVATE not in caplog.text


FORGED_IDS = ["", "x" * 10_000, "../../v3/conversations", "a:1;messageid=1;messageid=2", "\0", "19:", ";messageid="]


@pytest.mark.parametrize("name", FORGED_IDS, ids=range(len(FORGED_IDS)))
async def test_an_id_that_is_none_does_no_harm(address: str, reception: Reception, name: str) -> None:
    conversation = {"id": name, "tenantId": TENANT}
    for each in (
        message(id=name),
        message(conversation=conversation),
        message(**{"from": {"id": name, "aadObjectId": name}}),
        acted({"pitstop": {"form": name, "subject": name}}, replyToId=name, conversation=conversation),
        acted({"pitstop": {"button": name, "value": name}}, replyToId=name),
    ):
        assert (await bring(address, each))[0] == 200
    await reception.drained()
    queue = await reception.store.queue(T0)
    assert (queue.inbox, queue.inbox_dead) == (0, 0)
