"""Calls to Teams' connector: to allowed addresses, at its pace, bounded in time; none is repeated that was heard."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from functools import cache, partial
from importlib.util import find_spec
from typing import TypeVar
from urllib.parse import quote
from zlib import crc32

import httpx
from microsoft_teams.api.clients.conversation import ConversationClient
from microsoft_teams.common import Client, ClientOptions

from bot.chat.failure import Failure
from bot.chat.port import OWN_PACE, TOO_LATE, Blame, RetryAfter, Undeliverable
from bot.chat.teams.outgoing.bearer import Bearer, NoToken, bearer
from bot.chat.teams.outgoing.outcome import failed, is_unauthorized, refused
from bot.chat.teams.outgoing.pace import Pace
from bot.chat.teams.settings import TeamsSettings
from bot.chat.teams.tls import trust

log = logging.getLogger(__name__)
# The SDK would log addresses, and on failure what it could not read. It hands its own level on to httpx.
for _sdk in ("microsoft_teams", "microsoft_teams.common.http.client"):
    logging.getLogger(_sdk).setLevel(logging.CRITICAL)

SECONDS = 10.0  # that a call may take
PATIENCE = 5.0  # seconds that a call waits for room
LINES = 8
_CONNECTIONS = 60  # on one line
_IDLE = 3.0  # seconds that a connection is kept: a shorter time than any server's, so that it is not cut on reuse
_CLIENTS = 200  # that are kept, by address and line
_RAISED = (httpx.HTTPError, httpx.InvalidURL, NoToken, OSError, ValueError, LookupError, AttributeError, TypeError)
_OK = (200, 201, 202)

if find_spec("sniffio") is None:  # httpcore asks for it several times a call, and is quick to hear that it is not there
    sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]

T = TypeVar("T")
Ask = Callable[[ConversationClient], Awaitable[T]]


@cache
def _bare() -> Client:
    """Return what lines are cloned of: a client made anew reads the certificates of the machine again."""
    return Client()


class Connector:
    """One registration's line to Teams."""

    def __init__(
        self,
        settings: TeamsSettings,
        *,
        pace: Pace | None = None,
        token: Bearer | None = None,
        seconds: float = SECONDS,
        deadline: Callable[[float], asyncio.Timeout] = asyncio.timeout,
    ) -> None:
        """Hold what is needed; connections open with the first call. A call may take `seconds` as `deadline` counts."""
        self.on_failure: Callable[[str, str], None] = lambda _method, _error: None  # told of each call that failed
        self._settings = settings
        self._pace = pace or Pace()
        self._bearer = token or bearer(settings)
        self._within = partial(deadline, seconds)
        options = ClientOptions(timeout=seconds, token=self._bearer.token)
        # What httpx spends on a call grows with the connections of its pool, so there are several small pools.
        self._lines = [_bare().clone(options, share_http=True) for _ in range(LINES)]
        for line in self._lines:
            line.http = httpx.AsyncClient(
                verify=trust(),
                timeout=httpx.Timeout(seconds, connect=seconds / 2),
                limits=httpx.Limits(max_connections=_CONNECTIONS, keepalive_expiry=_IDLE),
                trust_env=not settings.is_local,  # httpx takes the machine's proxy even for loopback
            )
        self._clients: dict[tuple[str, int], ConversationClient] = {}

    async def close(self) -> None:
        """Close the connections."""
        for line in self._lines:
            await line.http.aclose()

    async def call(
        self,
        method: str,
        workspace: str,
        conversation: str,
        address: str,
        ask: Ask[T],
        *,
        by: float | None = None,
        personal: bool = True,
    ) -> T | Failure:
        """Ask once, when there is room; with `by`, at once or not at all."""
        if not self._settings.may_call(address):
            log.warning("a service address outside the allow-list was refused workspace=%s", workspace)
            return self._noted(Undeliverable(error="address_refused", blame=Blame.MESSAGE), workspace, method)
        try:
            await self._bearer.token()
        except NoToken as error:
            return self._noted(failed(error), workspace, method)
        wait = await self._room(workspace, conversation, by)
        if wait is not None:
            return wait
        client = self._at(address, crc32(conversation.encode()) % LINES)
        answer = await self._asked(client, ask)
        if isinstance(answer, Exception) and is_unauthorized(answer):  # surely not taken: once more, by another token
            self._bearer.forget()
            answer = await self._asked(client, ask)
        if isinstance(answer, Exception):
            return self._noted(failed(answer, personal=personal), workspace, method)
        return answer

    async def upload(self, workspace: str, address: str, content: bytes) -> Failure | None:
        """Put a file where Teams said, without our token."""
        last = len(content) - 1
        headers = {"Content-Type": "application/octet-stream", "Content-Range": f"bytes 0-{last}/{len(content)}"}
        try:
            async with self._within():
                answer = await self._lines[0].http.put(address, content=content, headers=headers)
        except _RAISED as error:
            return self._noted(failed(error), workspace, "upload")
        return None if answer.status_code in _OK else self._noted(refused(answer.status_code), workspace, "upload")

    async def _room(self, workspace: str, conversation: str, by: float | None) -> RetryAfter | None:
        """Wait until a call may go, or return why it may not."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        while True:
            now = loop.time()
            if by is not None and now >= by:
                return RetryAfter(seconds=0, error=TOO_LATE)
            wait = self._pace.take(workspace, conversation, now)
            if wait <= 0:
                return None
            if by is not None or now + wait > until:
                return RetryAfter(seconds=wait, error=OWN_PACE)
            await asyncio.sleep(wait)

    async def _asked(self, client: ConversationClient, ask: Ask[T]) -> T | Exception:
        try:
            async with self._within():
                return await ask(client)
        except _RAISED as error:
            return error

    def _at(self, address: str, line: int) -> ConversationClient:
        if (address, line) not in self._clients:
            if len(self._clients) >= _CLIENTS:
                self._clients.clear()
            self._clients[address, line] = ConversationClient(address, self._lines[line])
        return self._clients[address, line]

    def _noted(self, failure: Failure, workspace: str, method: str) -> Failure:
        log.warning("teams refused %s workspace=%s error=%s", method, workspace, failure.error)
        self.on_failure(method, failure.error)
        return failure


def segment(name: str) -> str:
    """Return an id of Teams' as one piece of an address, whatever is in it."""
    return quote(name, safe=":@;=") if name.strip(".") else "-"
