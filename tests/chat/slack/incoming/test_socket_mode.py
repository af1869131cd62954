"""Socket Mode: the practice workspace does not speak it, so a line of Slack's own kind stands here."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.chat.port import FormErrors
from bot.chat.slack.serve import Slack, SlackError
from bot.chat.slack.settings import SlackSettings
from tests.chat.slack.conftest import FixedClock, Reception
from tests.chat.slack.incoming.test_parse import COMMAND, VIEW, event, message
from tests.waiting import IN_THE_END

Json = dict[str, Any]


class Exchange:
    """Slack's end of the line."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.refusal = ""
        self._line: asyncio.Future[web.WebSocketResponse] = asyncio.get_running_loop().create_future()
        self._answers: asyncio.Queue[Json] = asyncio.Queue()

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
        """Send an envelope."""
        line = await self._line
        await line.send_json({"envelope_id": envelope, "type": kind, "payload": payload})

    async def _opened(self, request: web.Request) -> web.Response:
        self.tokens.append(request.headers["Authorization"])
        if self.refusal:
            return web.json_response({"ok": False, "error": self.refusal})
        return web.json_response({"ok": True, "url": f"ws://{request.host}/line"})

    async def _talk(self, request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        await line.send_json({"type": "hello", "num_connections": 1})
        self._line.set_result(line)
        async for said in line:
            self._answers.put_nowait(json.loads(said.data))
        return line


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


async def test_a_wrong_app_token_is_said_so_at_the_start(wired: Slack, exchange: Exchange) -> None:
    exchange.refusal = "invalid_auth"
    with pytest.raises(SlackError, match="invalid_auth"):
        await wired.start()
