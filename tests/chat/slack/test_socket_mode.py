"""Socket Mode: the practice workspace does not speak it, so a line of Slack's own kind stands here."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from socket import socket
from typing import Any

import pytest
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from bot.chat.port import FormErrors
from bot.chat.slack.outgoing.connector import SECONDS
from bot.chat.slack.outgoing.outcome import TOKEN_REFUSED
from bot.chat.slack.serve import Slack, SlackError
from bot.chat.slack.settings import SlackSettings
from bot.chat.slack.socket_mode import LASTING, PING, SHORTEST
from tests.chat.slack.conftest import FixedClock, Reception
from tests.chat.slack.incoming.test_parse import COMMAND, VIEW, event, message
from tests.waiting import IN_THE_END, go_on, turns, until

Json = dict[str, Any]


class Exchange:
    """Slack's end of the line."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.answers: list[web.Response | None] = []  # to those who ask for an address, before it is given; None hangs
        self.lines: list[web.WebSocketResponse] = []  # that were opened, newest last
        self.is_greeting = True
        self.answers_pings = True
        self._opened_anew = asyncio.Event()
        self._answers: asyncio.Queue[Json] = asyncio.Queue()
        self._hanging = asyncio.Event()

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes([web.post("/api/apps.connections.open", self._opened), web.get("/line", self._talk)])
        return app

    async def bring(self, kind: str, payload: Json, *, envelope: str = "e1") -> Json:
        """Send an envelope and return what is answered."""
        async with asyncio.timeout(IN_THE_END):
            await self.send(kind, payload, envelope=envelope)
            return await self._answers.get()

    async def send(self, kind: str, payload: Json, *, envelope: str) -> None:
        """Send an envelope over the newest connection."""
        await until(lambda: self.lines)
        await self.lines[-1].send_json({"envelope_id": envelope, "type": kind, "payload": payload})

    async def _opened(self, request: web.Request) -> web.Response:
        self.tokens.append(request.headers["Authorization"])
        answer = self.answers.pop(0) if self.answers else self.address(request)
        if answer is None:
            await self._hanging.wait()
        return answer or web.Response(status=500)

    @staticmethod
    def address(request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "url": f"ws://{request.host}/line"})

    async def _talk(self, request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse(autoping=self.answers_pings)
        await line.prepare(request)
        if self.is_greeting:
            await line.send_json({"type": "hello", "num_connections": 1})
        self.lines.append(line)
        async for said in line:
            if said.type is WSMsgType.TEXT:
                self._answers.put_nowait(json.loads(said.data))
        return line


def refusal(code: str, status: int = 200, **headers: str) -> web.Response:
    return web.json_response({"ok": False, "error": code}, status=status, headers=headers)


@pytest.fixture
async def exchange() -> Exchange:
    return Exchange()


@pytest.fixture
async def wired(exchange: Exchange, clock: FixedClock, reception: Reception) -> AsyncIterator[Slack]:
    async with TestServer(exchange.app()) as server:
        settings = SlackSettings(bot_token="xoxb-1", app_token="xapp-1", api_url=str(server.make_url("/api/")))
        made = reception.wired(settings, clock)
        yield made
        await made.stop()


async def test_what_comes_over_the_line_is_handled_and_acknowledged(
    wired: Slack, exchange: Exchange, reception: Reception
) -> None:
    await wired.start()
    assert await exchange.bring("events_api", event(message())) == {"envelope_id": "e1"}
    assert await exchange.bring("slash_commands", COMMAND) == {"envelope_id": "e1"}
    assert len(await reception.drained()) == 2
    assert exchange.tokens == ["Bearer xapp-1"]


async def test_form_errors_go_back_over_the_line(wired: Slack, exchange: Exchange, reception: Reception) -> None:
    reception.answer = FormErrors({"on": "No."})
    await wired.start()
    answer = await exchange.bring("interactive", VIEW)
    assert answer["payload"] == {"response_action": "errors", "errors": {"on": "No."}}


async def test_a_handler_that_hangs_delays_no_acknowledgement(
    wired: Slack, exchange: Exchange, reception: Reception
) -> None:
    reception.open.clear()
    await wired.start()
    assert await exchange.bring("events_api", event(message())) == {"envelope_id": "e1"}
    assert await exchange.bring("events_api", event(message(ts="1.2")), envelope="e2") == {"envelope_id": "e2"}
    assert reception.handled == []
    answer = await exchange.bring("interactive", VIEW, envelope="e3")
    assert answer["payload"]["errors"]["on"] == "In a moment."
    reception.open.set()
    assert len(await reception.drained()) == 3


async def test_what_could_not_be_kept_is_not_acknowledged_and_not_logged(
    wired: Slack, exchange: Exchange, reception: Reception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await wired.start()
    reception.teams["T1"] = RuntimeError("my private words")
    await exchange.send("events_api", event(message(text="my private words")), envelope="lost")
    assert await exchange.bring("events_api", {"type": "hello"}, envelope="e2") == {"envelope_id": "e2"}
    reception.teams["T1"] = "w1"
    await exchange.bring("events_api", event(message(text="my private words")))
    assert len(await reception.drained()) == 1
    assert "not kept" in caplog.text
    assert "RuntimeError at " in caplog.text
    assert "private" not in caplog.text


async def test_what_is_out_of_shape_is_acknowledged_and_forgotten(
    wired: Slack, exchange: Exchange, reception: Reception
) -> None:
    await wired.start()
    assert await exchange.bring("events_api", {"type": "event_callback", "event": None}) == {"envelope_id": "e1"}
    assert reception.handled == []


async def test_there_is_no_address_beside_the_line(wired: Slack) -> None:
    assert wired.routes == []


@pytest.mark.parametrize("code", sorted(TOKEN_REFUSED))
async def test_a_token_that_is_refused_is_said_so_at_the_start(wired: Slack, exchange: Exchange, code: str) -> None:
    exchange.answers = [refusal(code)]
    with pytest.raises(SlackError, match=code) as raised:
        await wired.start()
    assert raised.value.is_final
    assert not wired.is_open


PASSING: dict[str, Callable[[], web.Response]] = {
    "Slack's own trouble": lambda: refusal("internal_error"),
    "more of it": lambda: refusal("fatal_error"),
    "too many": lambda: refusal("ratelimited", 429, **{"Retry-After": "7"}),
    "not there": lambda: web.Response(status=503, text="upstream"),
    "a page of a proxy": lambda: web.Response(text="<html>", content_type="text/html"),
    "half an answer": lambda: web.Response(text="{", content_type="application/json"),
    "no address in it": lambda: web.json_response({"ok": True}),
    "a code that nobody knows": lambda: refusal("what_is_this"),
}


@pytest.mark.parametrize("passing", PASSING)
async def test_what_passes_does_not_end_the_start(
    wired: Slack, exchange: Exchange, caplog: pytest.LogCaptureFixture, passing: str
) -> None:
    exchange.answers = [PASSING[passing]() for _ in range(3)]
    await wired.start()
    assert wired.is_open is False
    await opened(wired)
    assert len(exchange.tokens) == 4
    assert await exchange.bring("events_api", event(message())) == {"envelope_id": "e1"}
    assert "my private words" not in caplog.text


async def test_an_answer_that_does_not_come_at_the_start_is_not_waited_for(wired: Slack, exchange: Exchange) -> None:
    exchange.answers = [None]
    starting = asyncio.create_task(wired.start())
    await until(lambda: exchange.tokens)
    go_on(SECONDS + 1)
    await starting
    assert wired.is_open is False
    await opened(wired)


async def test_without_a_network_the_start_goes_on_and_the_line_opens_when_it_is_there(
    exchange: Exchange, clock: FixedClock, reception: Reception
) -> None:
    with socket() as held:
        held.bind(("127.0.0.1", 0))  # refuses whoever connects, until somebody listens
        port = held.getsockname()[1]
        made = reception.wired(
            SlackSettings(bot_token="xoxb-1", app_token="xapp-1", api_url=f"http://127.0.0.1:{port}/api/"), clock
        )
        await made.start()
        assert made.is_open is False
    async with TestServer(exchange.app(), port=port):
        await opened(made)
        await made.stop()


async def test_slack_is_asked_no_sooner_than_it_says(wired: Slack, exchange: Exchange) -> None:
    exchange.answers = [refusal("ratelimited", 429, **{"Retry-After": "600"})]
    await wired.start()
    await turns()  # it begins to wait
    go_on(598)
    await turns()
    assert len(exchange.tokens) == 1
    await opened(wired)
    assert len(exchange.tokens) == 2


async def test_a_line_that_slack_closes_is_opened_anew(wired: Slack, exchange: Exchange) -> None:
    await wired.start()
    await opened(wired)
    await exchange.lines[0].close()
    await until(lambda: not wired.is_open)
    await opened(wired)
    assert await exchange.bring("events_api", event(message())) == {"envelope_id": "e1"}


async def test_a_line_that_died_without_a_word_is_found_by_a_ping(
    wired: Slack, exchange: Exchange, caplog: pytest.LogCaptureFixture
) -> None:
    exchange.answers_pings = False
    await wired.start()
    await opened(wired)
    exchange.answers_pings = True

    async def found() -> bool:
        go_on(PING)
        await turns()
        return len(exchange.lines) > 1

    await until(found)
    await opened(wired)
    assert "the line is closed" in caplog.text


async def test_a_line_without_a_greeting_counts_as_closed_and_is_given_up(wired: Slack, exchange: Exchange) -> None:
    exchange.is_greeting = False
    await wired.start()
    await until(lambda: exchange.lines)
    assert wired.is_open is False
    exchange.is_greeting = True
    await opened(wired)
    assert len(exchange.lines) > 1


async def test_told_that_it_ends_soon_the_next_line_is_open_before_the_old_one_closes(
    wired: Slack, exchange: Exchange, reception: Reception
) -> None:
    await wired.start()
    await opened(wired)
    go_on(LASTING)
    await exchange.lines[0].send_json({"type": "disconnect", "reason": "warning"})
    await until(lambda: len(exchange.lines) == 2)
    old, _ = exchange.lines
    await old.send_json({"envelope_id": "late", "type": "events_api", "payload": event(message())})
    await until(reception.drained)
    await old.close()
    assert wired.is_open


async def opened(wired: Slack) -> None:
    """Let time pass until the line is open."""

    async def is_open() -> bool:
        if not wired.is_open:
            go_on(SHORTEST)
            await turns()
        return wired.is_open is True

    await until(is_open)
