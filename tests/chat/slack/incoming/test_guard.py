import asyncio
import contextlib
import hashlib
import hmac
import json
import random
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot.chat.http_guard import Headers, Refusal
from bot.chat.http_guard import headers as headers_of
from bot.chat.slack.incoming import guard
from tests.chat.slack.conftest import FORM, JSON, SECRET, T0, Reception, Serve, signed
from tests.chat.slack.incoming.test_parse import CASES, spoiled
from tests.long_form import LONG

NOW = 1_790_000_000.0
BODY = b'{"type": "event_callback", "event": {"type": "message"}}'


def head(body: bytes = BODY, *, at: str = "1790000000", secret: str = SECRET, **changes: bytes) -> Headers:
    digest = hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    plain = {
        b"x-slack-signature": f"v0={digest}".encode(),
        b"x-slack-request-timestamp": at.encode(),
        b"content-type": JSON.encode(),
    }
    return {**plain, **{name.replace("_", "-").encode(): value for name, value in changes.items()}}


@pytest.mark.parametrize("late", [0, 299, 300, -300])
def test_what_slack_signed_a_moment_ago_passes(late: int) -> None:
    assert guard.signed(head(), BODY, secret=SECRET, now=NOW + late) is None


UNSIGNED = [
    ("nothing is signed", {}, BODY, SECRET, 0),
    ("another secret", head(secret="guess"), BODY, SECRET, 0),
    ("another body", head(), BODY + b" ", SECRET, 0),
    ("a request of six minutes ago", head(), BODY, SECRET, 360),
    ("a request from the future", head(), BODY, SECRET, -301),
    ("another moment than was signed", head(x_slack_request_timestamp=b"1790000001"), BODY, SECRET, 0),
    ("no number", head(at="now"), BODY, SECRET, 0),
    ("a fraction", head(at="1790000000.5"), BODY, SECRET, 0),
    ("a sign", head(at="+1790000000"), BODY, SECRET, 0),
    ("digits of another script", head(x_slack_request_timestamp="١٧٩".encode()), BODY, SECRET, 0),
    ("a number beyond all clocks", head(at="9" * 40), BODY, SECRET, 0),
    ("an empty signature", head(x_slack_signature=b""), BODY, SECRET, 0),
    ("a signature of an older kind", head(x_slack_signature=b"v1=" + b"0" * 64), BODY, SECRET, 0),
    ("we have no secret, and an empty one signs too", head(secret=""), BODY, "", 0),
]


@pytest.mark.parametrize(
    ("headers", "body", "secret", "late"), [case[1:] for case in UNSIGNED], ids=[case[0] for case in UNSIGNED]
)
def test_what_slack_did_not_sign_is_refused(headers: Headers, body: bytes, secret: str, late: int) -> None:
    refusal = guard.signed(headers, body, secret=secret, now=NOW + late)
    assert refusal is not None
    assert refusal.status == 401


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ([(b"x-slack-signature", b"a"), (b"X-Slack-Signature", b"b")], 400),  # doubled
        ([(b"x-slack-request-timestamp", b"1"), (b"x-slack-request-timestamp", b"1")], 400),
        ([(b"x-slack-signature", "ä".encode())], 400),  # not ASCII
        ([(b"content-length", b"many")], 400),
        ([(b"content-length", b"-1")], 400),
        ([(b"content-length", b"524289")], 413),
        ([(b"content-length", b"9" * 50)], 413),
    ],
)
def test_headers_out_of_order_are_refused(raw: list[tuple[bytes, bytes]], status: int) -> None:
    refusal = headers_of(raw, guard.SlackGuard.signing)
    assert isinstance(refusal, Refusal)
    assert refusal.status == status


def test_of_the_content_type_the_media_type_is_left() -> None:
    raw = [(b"Content-Type", b" Application/JSON; charset=utf-8")]
    assert headers_of(raw, guard.SlackGuard.signing) == {b"content-type": b"application/json"}


def test_other_headers_do_not_matter() -> None:
    raw = [(b"cookie", "ä".encode()), (b"cookie", b"b"), (b"Content-Length", b"524288")]
    assert headers_of(raw, guard.SlackGuard.signing) == {b"content-length": b"524288"}


UNREADABLE = [
    (JSON, b"", 400),
    (JSON, b"[]", 400),
    (JSON, b'"type"', 400),
    (JSON, b"{", 400),
    (JSON, b"\xff\xfe", 400),
    (JSON, b"[" * 200_000, 400),  # deeper than can be read
    (JSON, b'{"type": ' + b'{"type":' * 100_000, 400),
    (JSON, b'{"event_time": ' + b"9" * 5_000 + b', "type": "x"}', 400),  # a number beyond reading
    (JSON, b'{"type": "block_actions", "actions": [{"action_id": "a"}], "user": "\\ud800"}', 400),  # half a sign
    (FORM, urlencode({"payload": '{"type": "shortcut", "user": "\\ud800"}'}).encode(), 400),  # the same in a form
    (JSON, b'{"type": "event_callback", "event": null}', 400),
    (JSON, b'{"type": "event_callback", "event": {"type": 7}}', 400),
    (JSON, b'{"type": "event_callback", "event": {"type": "message"}, "authorizations": [null]}', 400),
    (JSON, b'{"type": "block_actions", "actions": []}', 400),
    (JSON, b'{"type": "block_actions", "actions": [{}]}', 400),
    (JSON, b'{"type": "view_submission", "view": []}', 400),
    (JSON, b'{"type": "view_submission", "view": {"callback_id": "plan.make"}}', 400),  # Bolt falls over it
    (JSON, b'{"type": "url_verification"}', 400),
    (JSON, b'{"type": "block_actions", "command": "/coach", "actions": [{"action_id": "a"}]}', 400),
    (FORM, b"payload=%7B", 400),
    (FORM, b"payload=nonsense", 400),
    (FORM, b"a=%ff", 400),
    (FORM, b"a=1&" * 101, 400),
    (FORM, b"hello", 400),
    ("text/plain", BODY, 415),
    ("", BODY, 415),
]


@pytest.mark.parametrize(("kind", "body", "status"), UNREADABLE)
def test_what_is_not_in_shape_is_refused(kind: str, body: bytes, status: int) -> None:
    refusal = guard.payload({b"content-type": kind.encode()}, body)
    assert isinstance(refusal, Refusal)
    assert refusal.status == status


SENT = [payload for _, payload, _ in CASES if payload and payload.get("actions") != []]


@pytest.mark.parametrize("sent", SENT)
def test_what_slack_sends_is_in_shape(sent: dict[str, Any]) -> None:
    if "command" in sent:
        kind, body = FORM, urlencode(sent).encode()
    elif sent["type"] == "event_callback":
        kind, body = JSON, json.dumps(sent).encode()
    else:
        kind, body = FORM, urlencode({"payload": json.dumps(sent)}).encode()
    brought = guard.payload({b"content-type": kind.encode()}, body)
    assert isinstance(brought, guard.Brought)
    assert (brought.said, json.loads(brought.words)) == (sent, sent)


def test_an_emoji_may_be_written_as_a_pair() -> None:
    brought = guard.payload({b"content-type": JSON.encode()}, b'{"type": "shortcut", "text": "\\ud83c\\udfc1"}')
    assert isinstance(brought, guard.Brought)
    assert brought.said == {"type": "shortcut", "text": "🏁"}


FORMS = [
    urlencode({"payload": json.dumps({"type": "shortcut", "text": "50% = a+b & c; d\n\r\t\0 ~*'()é 🏁"})}).encode(),
    urlencode({"payload": json.dumps({"type": "shortcut", "text": "%22 %3D == =3D _"})}).encode(),
    urlencode({"payload": '{"type": "shortcut", "text": "é 🏁"}'}).encode(),
    urlencode({"payload": json.dumps({"type": "shortcut"}, indent=1)}).encode().lower(),  # "%7b"
    urlencode({"payload": '{"type": "shortcut"}', "more": "x"}).encode(),
    urlencode({"more": "x", "payload": '{"type": "shortcut"}'}).encode(),
    urlencode({"payload": '{"type": "shortcut"}'}).encode() + b"&",
    b'payload={"type":"shortcut","text":"=+&"}',  # nothing escaped: ends at the "&"
    b"payload=%7B%22type%22:%22shortcut%22,%22text%22:%22=3D%22%7D",  # not all that could be
    b"payload=%7B%22type%22%3A%22shortcut%22%2C%22text%22%3A%22%2%32%%zz%4%%%3%22%7D",  # escapes that are none
    b"payload=%7B%22type%22%3A%22shortcut%22%2C%22text%22%3A%22%FF%22%7D",  # not UTF-8
    b"payload=%7B%22type%22%3A%22shortcut%22%7D%",
    b"payload=%7B%22type%22%3A%22shortcut%22%7D%0A",
    b"payload=%7B%22type%22%3A%22shortcut%22%7D=\n",
    b"payload=%7B%22type%22%3A%22shortcut%22%7D\n",
    b"payload=",
]


@pytest.mark.parametrize("body", FORMS)
def test_a_form_says_what_the_standard_library_reads_in_it(body: bytes) -> None:
    read = guard.payload({b"content-type": FORM.encode()}, body)
    try:
        said = json.loads(dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))["payload"])
    except ValueError:
        assert isinstance(read, Refusal)
    else:
        assert isinstance(read, guard.Brought)
        assert (read.said, json.loads(read.words)) == (said, said)


# --- over HTTP, with all of Bolt behind it


async def raw(address: str, headers: list[tuple[bytes, bytes]], body: bytes) -> tuple[int, bytes]:
    """POST exactly these bytes and return status and body; 0 when the server hung up."""
    where = urlsplit(address)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    lines = [b"POST /slack/events HTTP/1.1", b"Host: x", b"Connection: close"]
    lines += [name + b": " + value for name, value in headers]
    writer.write(b"\r\n".join(lines) + b"\r\n\r\n" + body)
    answer = b""
    with contextlib.suppress(ConnectionResetError):  # the answer is there, the rest of our body was not wanted
        while part := await reader.read(65_536):
            answer += part
    writer.close()
    first, _, rest = answer.partition(b"\r\n\r\n")
    return (int(first.split()[1]) if first else 0), rest


def with_length(headers: dict[str, str], body: bytes) -> list[tuple[bytes, bytes]]:
    every = {**headers, "Content-Length": str(len(body))}
    return [(name.encode(), value.encode()) for name, value in every.items()]


REQUESTS = 10_000 if LONG else 1_000
PRIVATE = "my private words"


class Hostile:
    """Requests that are wrong in some way, or in none; the same ones every time."""

    def __init__(self, address: str) -> None:
        self._dice = random.Random(7)
        self._hook = address.replace("/slack/events", "/hook")
        self._number = 0

    def __iter__(self) -> Iterator[tuple[list[tuple[bytes, bytes]], bytes, bool]]:
        """Yield headers, body and whether Slack could have sent them."""
        for self._number in range(REQUESTS):
            kind, body = self._body()
            is_signed = self._dice.random() < 0.6
            headers = with_length(signed(body, kind), body)
            if not is_signed:
                self._dice.choice(self._forgeries())(headers)
            yield headers, body, is_signed

    def _body(self) -> tuple[str, bytes]:
        payload = self._dice.choice(CASES)[1]
        payload = self._fresh(payload) if payload else payload
        for _ in range(self._dice.randrange(3)):
            payload = spoiled(payload, self._dice.randrange(5_000), self._value())
        if not isinstance(payload, dict):
            return JSON, json.dumps(payload).encode()
        if "command" in payload and self._dice.random() < 0.8:
            return FORM, urlencode(payload, errors="replace").encode()
        if self._dice.random() < 0.5:
            return FORM, urlencode({"payload": json.dumps(payload)}).encode()
        body = json.dumps(payload).encode()
        if self._dice.random() < 0.1:
            body = body[: self._dice.randrange(len(body))] + self._dice.randbytes(5)
        return self._dice.choice([JSON, JSON, JSON, FORM, "text/plain", "application/json; charset=x"]), body

    def _fresh(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Return it as something that was not brought before, with an address to lure us to and words to keep."""
        number = str(self._number)
        fresh = {**payload, "response_url": self._hook, "trigger_id": number, "event_id": number}
        if "command" in payload:
            return {**fresh, "text": PRIVATE}
        for part, named in (("event", "ts"), ("view", "id")):
            if part in payload:
                fresh[part] = {**payload[part], named: number, "text": PRIVATE}
        return fresh

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
            "\ud800",
            "\0",
            1e99,
        ]
        return self._dice.choice(values)

    def _forgeries(self) -> list[Callable[[list[tuple[bytes, bytes]]], None]]:
        stamp = b"X-Slack-Request-Timestamp"
        signature = b"X-Slack-Signature"

        def put(name: bytes, value: bytes) -> Callable[[list[tuple[bytes, bytes]]], None]:
            def change(headers: list[tuple[bytes, bytes]]) -> None:
                headers[:] = [(each, old) for each, old in headers if each != name] + [(name, value)]

            return change

        def drop(headers: list[tuple[bytes, bytes]]) -> None:
            headers[:] = [each for each in headers if each[0] != signature]

        def double(headers: list[tuple[bytes, bytes]]) -> None:
            headers.append((self._dice.choice([stamp, signature, b"Content-Type"]), b"x"))

        return [
            drop,
            double,
            put(stamp, b"soon"),
            put(stamp, b""),
            put(stamp, "１２３".encode()),
            put(stamp, b"1e9"),
            put(stamp, b"1"),
            put(signature, "v0=ä".encode()),
            put(signature, b"v0=" + b"0" * 64),
            put(signature, b"v0=" + b"\xff" * 64),
        ]


async def test_thousands_of_hostile_requests_do_no_harm(
    address: str, reception: Reception, caplog: pytest.LogCaptureFixture
) -> None:
    """No 5xx, nothing unsigned kept or handled, no call going out, no word of any of them in a log."""
    caplog.set_level("DEBUG")
    caplog.set_level("INFO", "asyncio")
    statuses = set()
    for headers, body, is_signed in Hostile(address):
        before = len(reception.brought)
        status, answer = await raw(address, headers, body)
        statuses.add(status)
        assert status < 500, (status, headers, body)
        assert is_signed or (status in {400, 401} and len(reception.brought) == before)
        assert is_signed or PRIVATE.encode() not in answer
    assert {200, 400, 401, 415} <= statuses
    handled = len(await reception.drained())
    assert handled > REQUESTS / 20
    assert handled == len(set(reception.brought))
    queue = await reception.store.queue(T0)
    assert (queue.inbox, queue.inbox_dead) == (0, 0)
    assert reception.calls == []
    assert PRIVATE not in caplog.text


async def test_a_stale_request_is_refused_however_well_signed(address: str, reception: Reception) -> None:
    status, _ = await raw(address, with_length(signed(BODY, age=301), BODY), BODY)
    assert status == 401
    assert reception.handled == []


async def test_a_body_over_the_limit_is_refused_before_it_is_read(address: str) -> None:
    headers = [*with_length(signed(b""), b"")[:-1], (b"Content-Length", b"99999999")]
    status, _ = await raw(address, headers, b"x")
    assert status == 413


async def test_a_body_without_a_length_is_refused_when_it_gets_too_large(address: str) -> None:
    headers = [*with_length(signed(b""), b"")[:-1], (b"Transfer-Encoding", b"chunked")]
    chunk = b"20000\r\n" + b"x" * 0x20000 + b"\r\n"
    status, _ = await raw(address, headers, chunk * 5 + b"0\r\n\r\n")
    assert status == 413


async def test_a_caller_who_hangs_up_is_forgotten(address: str) -> None:
    where = urlsplit(address)
    _, writer = await asyncio.open_connection(where.hostname, where.port)
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nx")
    writer.close()
    await writer.wait_closed()
    status, _ = await raw(address, with_length(signed(BODY), BODY), BODY)
    assert status == 200


async def test_slack_may_look_at_the_certificate_unsigned(address: str, reception: Reception) -> None:
    body = b"token=x&ssl_check=1"
    status, _ = await raw(address, with_length({"Content-Type": FORM}, body), body)
    assert (status, reception.handled) == (200, [])


@pytest.mark.parametrize("body", [b"ssl_check=1&command=/coach&team_id=T1", b"ssl_check=1&payload={}"])
async def test_a_certificate_check_carries_nothing_else(address: str, reception: Reception, body: bytes) -> None:
    status, _ = await raw(address, with_length({"Content-Type": FORM}, body), body)
    assert (status, reception.handled) == (401, [])


async def test_a_refusal_repeats_nothing(address: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    body = b'{"type": "event_callback", "event": {"type": "message", "text": "my private words"}}'
    _, answer = await raw(address, with_length(signed(body, secret="guess"), body), body)
    assert b"private" not in answer
    assert "private" not in caplog.text
    assert "signature does not match" in caplog.text


async def test_a_body_that_does_not_come_is_not_waited_for(serve: Serve) -> None:
    async def never(brought: guard.Brought) -> Response:
        raise AssertionError(brought)

    door = Route("/slack/events", guard.SlackGuard(never, secret=SECRET, patience=0.05), methods=["POST"])
    address = f"{await serve(Starlette(routes=[door]))}/slack/events"
    status, _ = await raw(address, [*with_length(signed(b""), b"")[:-1], (b"Content-Length", b"9")], b"x")
    assert status == 408
