"""The line of Socket Mode: opened anew whenever it ends, known to be open or not, and each envelope kept first.

1. `apps.connections.open` gives an address. A token that is refused ends the start; whatever else goes wrong is tried
   again, later each time, at Slack's Retry-After where it names one.
2. A connection counts as open from Slack's "hello" on. Pings of our own find one that died without a word.
3. Told to "disconnect", we open the next one while the old one goes on until Slack closes it.

See docs/adr/0015-catching-up.md.
"""

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.failure import Failure
from bot.chat.payload import text
from bot.chat.port import RetryAfter
from bot.chat.slack.incoming.guard import Brought, in_shape
from bot.chat.slack.outgoing.connector import RAISED, SECONDS
from bot.chat.slack.outgoing.outcome import TOKEN_REFUSED, failed

log = logging.getLogger(__name__)

PING = 10.0  # seconds of silence after which we ping; half of it without an answer, and the connection is dead
SHORTEST, LONGEST = 1.0, 60.0  # seconds between two tries; Slack grants one address a minute at least
LASTING = 30.0  # seconds after which a connection that ends is opened anew at once

Json = dict[str, Any]
Take = Callable[[Brought], Awaitable[Json | None]]


def wait_after(attempt: int, told: float, chance: float) -> float:
    """Return the seconds until the next try: as long as we were told, else longer each time, with jitter."""
    return max(SHORTEST, told, chance * min(LONGEST, 2.0**attempt))


class _Connection:
    """One WebSocket: whether it is open, and whether the next one is wanted."""

    def __init__(self) -> None:
        self.is_open = False
        self.was_open = False
        self.over = asyncio.Event()  # Slack closes it soon, or it is closed


class SocketLine:
    """The line on which `take` keeps what comes in and returns what is to be answered."""

    def __init__(
        self,
        client: AsyncWebClient,
        app_token: str,
        take: Take,
        note: Callable[[Exception], None],
        *,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Open nothing yet; `note` is told what kept something from being kept."""
        self._client = client
        self._app_token = app_token
        self._take = take
        self._note = note
        self._chance = chance
        self._session: aiohttp.ClientSession | None = None
        self._connections: set[_Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_open(self) -> bool:
        """Whether Slack reaches us now, as far as pings can tell."""
        return any(each.is_open for each in self._connections)

    async def start(self) -> Failure | None:
        """Begin to listen, now or as soon as Slack lets us; return a refusal of the token, with which nothing began."""
        address = await self._address()
        if not isinstance(address, str) and address.error in TOKEN_REFUSED:
            return address
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        self._begin(self._keep_open(address))
        return None

    async def stop(self) -> None:
        """Hang up."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _keep_open(self, address: str | Failure) -> None:
        attempt, loop = 0, asyncio.get_running_loop()
        while True:
            began = loop.time()
            if isinstance(address, str):
                connection = _Connection()
                self._begin(self._talk(connection, address))
                await connection.over.wait()
                lasted = connection.was_open and loop.time() - began >= LASTING
                attempt = 0 if lasted else attempt + 1
            else:
                attempt += 1
                log.warning("the line is not open platform=slack attempt=%d error=%s", attempt, address.error)
            if attempt:
                told = address.seconds if isinstance(address, RetryAfter) else 0.0
                await asyncio.sleep(wait_after(attempt, told, self._chance()))
            address = await self._address()

    async def _address(self) -> str | Failure:
        """Return where to connect to, or why Slack gave none."""
        try:
            opened = await self._client.apps_connections_open(app_token=self._app_token)
        except RAISED as error:
            return failed(error)
        return text(opened.data, "url") if isinstance(opened.data, dict) else ""

    async def _talk(self, connection: _Connection, address: str) -> None:
        """Listen to one connection until it ends."""
        self._connections.add(connection)
        assert self._session is not None
        try:
            async with asyncio.timeout(SECONDS) as greeting:
                async with self._session.ws_connect(address, heartbeat=PING, proxy=self._client.proxy) as line:
                    async for frame in line:
                        if frame.type is aiohttp.WSMsgType.TEXT:
                            self._heard(connection, line, frame.data)
                        if connection.is_open:
                            greeting.reschedule(None)
        except RAISED as error:
            log.warning("the line broke platform=slack error=%s", type(error).__name__)
        finally:
            if connection.is_open:
                log.warning("the line is closed platform=slack")
            self._connections.discard(connection)
            connection.is_open = False
            connection.over.set()

    def _heard(self, connection: _Connection, line: aiohttp.ClientWebSocketResponse, frame: str) -> None:
        """Understand one frame; an envelope is kept beside what comes next."""
        try:
            said = json.loads(frame)
        except (ValueError, RecursionError):
            return
        if not isinstance(said, dict):
            return
        match said.get("type"):
            case "hello":
                connection.is_open = connection.was_open = True
                log.info("the line is open platform=slack")
            case "disconnect":
                connection.over.set()
            case _ if text(said, "envelope_id"):
                self._begin(self._kept(line, said))

    async def _kept(self, line: aiohttp.ClientWebSocketResponse, envelope: Json) -> None:
        """Acknowledge what was kept, and what does not matter; the rest comes again."""
        payload = envelope.get("payload")
        try:
            answer = await self._take(_brought(payload)) if isinstance(payload, dict) and in_shape(payload) else None
        except Exception as error:  # whatever it is: not acknowledged, and its text stands in no log
            self._note(error)
            return
        told = {"envelope_id": envelope["envelope_id"]} | ({} if answer is None else {"payload": answer})
        try:
            await line.send_str(json.dumps(told))
        except (aiohttp.ClientError, OSError, RuntimeError) as error:  # it comes again on the next connection
            log.warning("not acknowledged platform=slack error=%s", type(error).__name__)

    def _begin(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _brought(said: Json) -> Brought:
    return Brought(said, json.dumps(said, separators=(",", ":")))
