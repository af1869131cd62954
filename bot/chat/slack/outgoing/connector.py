"""Calls to Slack's Web API: every one bounded in time and number and at Slack's pace, none repeated.

Source of the pace: the Facts of each method's page at docs.slack.dev, and its page on rate limits. A tier promises at
least so many calls a minute; a few are left for what is on its way. Posting has rules of its own: see
bot/runtime/outbox.py.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.failure import Failure
from bot.chat.lanes import Lanes
from bot.chat.payload import text
from bot.chat.port import OWN_PACE, TOO_LATE, Ambiguous, Blame, RetryAfter, Undeliverable
from bot.chat.slack.outgoing.outcome import CLOSED, SPENT_TRIGGERS, failed, refused
from bot.chat.slack.settings import SlackSettings
from bot.coaching.clock import Clock

log = logging.getLogger(__name__)

IN_FLIGHT = 50  # calls at a time in one workspace
SECONDS = 10  # that a call may take
LIMITED = frozenset({"ratelimited", "rate_limited"})
NO_ROOM = LIMITED | {OWN_PACE}  # the errors of a call that was one too many
RAISED = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError, ValueError, AttributeError)
MINUTE = 60.0  # seconds
TIER_3, TIER_4 = 48, 96  # calls a minute, of 50 and 100
UPDATE = "chat.update"
TIERS: Mapping[str, int] = {
    UPDATE: TIER_3,
    "chat.delete": TIER_3,
    "conversations.open": TIER_3,
    "conversations.history": TIER_3,
    "conversations.replies": TIER_3,
    "chat.postEphemeral": TIER_4,
    "users.info": TIER_4,
    "views.open": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
    "views.publish": TIER_4,
}
_HOOKS = "https://hooks.slack.com"
_OK, _REFUSED = 200, 400

Json = dict[str, Any]


def quiet_logger() -> logging.Logger:
    """Return the logger for slack_sdk and Bolt: below ERROR they log whole messages."""
    logger = logging.getLogger("bot.chat.slack.vendor")
    logger.setLevel(logging.ERROR)
    return logger


def web_client(settings: SlackSettings, token: str | None) -> AsyncWebClient:
    """Return a client that tries once, in a bounded time, and logs no words."""
    client = AsyncWebClient(
        token=token, base_url=settings.api_url, timeout=SECONDS, retry_handlers=[], logger=quiet_logger()
    )
    if settings.is_local:
        client.proxy = None  # slack_sdk takes the machine's proxy even for loopback
    return client


class Pace:
    """How fast Slack lets an app call: so often a minute and workspace each method, not while it asks to wait."""

    def __init__(self, now: Callable[[], float], *, tiers: Mapping[str, int] = TIERS) -> None:
        """Take what tells the seconds of the clock; nothing is called yet."""
        self._now = now
        self._lanes = {method: Lanes(((most, MINUTE),)) for method, most in tiers.items()}  # as far as it still counts
        self._held: dict[tuple[str, str], float] = {}  # methods that Slack asked to leave alone, until when

    @classmethod
    def by(cls, clock: Clock) -> "Pace":
        """Return Slack's own pace, by a clock."""
        return cls(lambda: clock.now().timestamp())

    def take(self, workspace: str, method: str) -> float:
        """Count a call and return 0, or count nothing and return the seconds until there is room."""
        now, lanes = self._now(), self._lanes.get(method)
        wait = max(self._held.get((workspace, method), now) - now, lanes.wait(workspace, now) if lanes else 0.0)
        if wait <= 0 and lanes is not None:
            lanes.add(workspace, now)
        return max(0.0, wait)

    def room(self, workspace: str, method: str) -> int | None:
        """Return how many calls of a method may be made now; None when it has no bound."""
        now, lanes = self._now(), self._lanes.get(method)
        if self._held.get((workspace, method), now) > now:
            return 0
        return None if lanes is None else lanes.room(workspace, now)

    def hold(self, workspace: str, method: str, seconds: float) -> None:
        """Leave a method that has a tier alone for so long: Slack refused it."""
        if method not in self._lanes:
            return
        self._held[workspace, method] = self._now() + seconds


class Connector:
    """One installation's line to Slack."""

    def __init__(self, settings: SlackSettings, *, in_flight: int = IN_FLIGHT, pace: Pace | None = None) -> None:
        """Hold what is needed; connections open with the first call. Without a pace of its own it keeps Slack's."""
        self.on_failure: Callable[[str, str], None] = lambda _method, _error: None  # told of each call that failed
        self._settings = settings
        self._pace = pace or Pace(time.monotonic)
        self._in_flight = in_flight
        self._gates: dict[str, asyncio.Semaphore] = {}
        self._client = web_client(settings, settings.bot_token)

    async def close(self) -> None:
        """Close the connections."""
        if self._client.session is not None:
            await self._client.session.close()

    async def call(
        self, workspace: str, method: str, asked: Json, *, read: bool = False, by: float | None = None
    ) -> Json | Failure:
        """Ask Slack once, when its method has room; `read` is for the methods that take no JSON."""
        async with self._gate(workspace) if by is None else nullcontext():
            self._session()
            if by is not None and asyncio.get_running_loop().time() >= by:
                return RetryAfter(seconds=0, error=TOO_LATE)
            if (wait := self._pace.take(workspace, method)) > 0:
                return RetryAfter(seconds=wait, error=OWN_PACE)
            try:
                response = await self._client.api_call(
                    method,
                    http_verb="GET" if read else "POST",
                    params=asked if read else None,
                    json=None if read else asked,
                )
            except RAISED as error:
                failure = failed(error)
                if isinstance(failure, RetryAfter) and failure.error in LIMITED:
                    self._pace.hold(workspace, method, failure.seconds)
                return self._noted(failure, workspace, method)
        data = response.data
        return data if isinstance(data, dict) else self._noted(Ambiguous(error="no_json"), workspace, method)

    def room(self, workspace: str, method: str) -> int | None:
        """Return how many calls of a method may be made now; None when it has no bound."""
        return self._pace.room(workspace, method)

    async def answer(self, workspace: str, response_url: str, body: Json) -> Failure | None:
        """Post to an address that came in with a request, if it is Slack's."""
        if not self._is_slacks(response_url):
            log.warning("a response_url that is not Slack's was refused")
            return Undeliverable(error="response_url_refused", blame=Blame.MESSAGE)
        failure = await self._post(workspace, response_url, json.dumps(body).encode(), "application/json")
        return None if failure is None else self._noted(failure, workspace, "response_url")

    async def upload(self, workspace: str, address: str, content: bytes) -> Failure | None:
        """Put a file where Slack said."""
        return await self._post(workspace, address, content, "application/octet-stream")

    def _noted(self, failure: Failure, workspace: str, method: str) -> Failure:
        is_closed = (method, failure.error) == ("views.update", CLOSED)
        if failure.error not in SPENT_TRIGGERS and not is_closed:
            log.warning("slack refused %s workspace=%s error=%s", method, workspace, failure.error)
            self.on_failure(method, failure.error)
        return failure

    async def _post(self, workspace: str, address: str, content: bytes, kind: str) -> Failure | None:
        async with self._gate(workspace):
            try:
                async with self._session().post(
                    address,
                    data=content,
                    headers={"Content-Type": kind},
                    allow_redirects=False,
                    proxy=self._client.proxy,
                ) as response:
                    answer = await response.text()
            except RAISED as error:
                return failed(error)
        return _refusal(response.status, answer, response.headers.get("Retry-After"))

    def _is_slacks(self, address: str) -> bool:
        """Tell whether an address that came in with a request may be called back."""
        try:
            origin = _origin(address)
        except ValueError:
            return False
        return origin == _origin(_HOOKS) or (self._settings.is_local and origin == _origin(self._settings.api_url))

    def _session(self) -> aiohttp.ClientSession:
        if self._client.session is None:
            self._client.session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=SECONDS, connect=SECONDS / 2),
                connector=aiohttp.TCPConnector(limit=0, ttl_dns_cache=300),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._client.session

    def _gate(self, workspace: str) -> asyncio.Semaphore:
        return self._gates.setdefault(workspace, asyncio.Semaphore(self._in_flight))


def _refusal(status: int, answer: str, retry_after: str | None) -> Failure | None:
    """Return what is wrong with the answer to a plain POST, or None."""
    try:
        data = json.loads(answer)
    except (ValueError, RecursionError):
        data = None
    code = text(data, "error") if isinstance(data, dict) else ""
    if status == _OK and not code:
        return None
    if _OK <= status < _REFUSED:
        return Undeliverable(error=code or f"http_{status}", blame=Blame.MESSAGE)
    return refused(code or f"http_{status}", status=status, retry_after=retry_after)


def _origin(address: str) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port of an address; raises ValueError for one that hides where it leads."""
    where = urlsplit(address)
    if where.username is not None or where.password is not None or "\\" in address or not address.isascii():
        raise ValueError
    usual = {"https": 443, "http": 80}.get(where.scheme)
    return where.scheme, where.hostname, where.port or usual
