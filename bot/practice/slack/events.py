"""Brings events, commands and interactions to the app as Slack does: signed, impatient, events again."""

import asyncio
import json
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

from bot.practice.carrier import Carrier, Deadline
from bot.practice.slack.world import Json

PATIENCE = 3.0  # seconds that the app has to acknowledge
RETRY_DELAYS = (0.0, 60.0, 300.0)  # seconds after the attempt before
SUCCESS = 2  # the first digit of a good status
JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Ack:
    """The app's answer."""

    status: int
    body: str
    is_json: bool = False
    wants_retry: bool = True
    reason: str = ""  # why nothing came back: http_timeout or connection_failed

    @property
    def is_good(self) -> bool:
        """Whether the app took it."""
        return not self.reason and self.status // 100 == SUCCESS

    @property
    def error(self) -> str:
        """What Slack shows to a person when it went wrong."""
        return "operation_timeout" if self.reason == "http_timeout" else "dispatch_failed"


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What is brought, whatever the attempt."""

    body: bytes
    content_type: str


class Courier(Carrier):
    """Carries things to the app's one address."""

    def __init__(
        self,
        bot_url: str,
        signing_secret: str,
        *,
        patience: float = PATIENCE,
        deadline: Deadline = asyncio.timeout,
        retry_delays: Sequence[float] = RETRY_DELAYS,
    ) -> None:
        """Bring to `bot_url`, signed with the secret."""
        super().__init__()
        self.bot_url = bot_url
        self.last: Parcel | None = None
        self._verifier = SignatureVerifier(signing_secret)
        self._answer_within = partial(deadline, patience)
        self._retry_delays = tuple(retry_delays)

    async def event(self, envelope: Json) -> bool:
        """Bring an event; return whether the app took it at once. If not, it comes again."""
        parcel = Parcel(body=json.dumps(envelope).encode(), content_type=JSON_TYPE)
        ack = await self._bring(parcel)
        if not ack.is_good and ack.wants_retry:
            self.later(self._bring_again(parcel, ack))
        return ack.is_good

    async def command(self, form: dict[str, str]) -> Ack:
        """Bring a slash command."""
        return await self._bring(Parcel(body=urlencode(form).encode(), content_type=FORM_TYPE))

    async def interaction(self, payload: Json) -> Ack:
        """Bring a press, a submission or a closing."""
        body = urlencode({"payload": json.dumps(payload)}).encode()
        return await self._bring(Parcel(body=body, content_type=FORM_TYPE))

    async def repeat(self) -> Ack | None:
        """Bring the last thing once more, as networks sometimes do."""
        return await self._bring(self.last, retry=1, reason="http_timeout") if self.last else None

    async def _bring_again(self, parcel: Parcel, ack: Ack) -> None:
        for attempt, delay in enumerate(self._retry_delays, start=1):
            await asyncio.sleep(delay)
            ack = await self._bring(parcel, retry=attempt, reason=ack.reason or "http_error")
            if ack.is_good or not ack.wants_retry:
                return
        logger.warning("event given up after %d retries", len(self._retry_delays))

    async def _bring(self, parcel: Parcel, *, retry: int = 0, reason: str = "") -> Ack:
        self.last = parcel
        headers = self._headers(parcel)
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
        try:
            async with (
                self._answer_within(),
                self.session().post(
                    self.bot_url,
                    data=parcel.body,
                    headers=headers,
                    timeout=aiohttp.ClientTimeout(),
                    allow_redirects=False,
                ) as response,
            ):
                return Ack(
                    status=response.status,
                    body=await response.text(),
                    is_json=response.content_type == JSON_TYPE,
                    wants_retry=response.headers.get("X-Slack-No-Retry") != "1",
                )
        except TimeoutError:
            return Ack(status=0, body="", reason="http_timeout")
        except (aiohttp.ClientError, OSError):
            return Ack(status=0, body="", reason="connection_failed")

    def _headers(self, parcel: Parcel) -> dict[str, str]:
        stamp = str(int(time.time()))  # not practice time: a signature is fresh or stale by the machine's own clock
        signature = self._verifier.generate_signature(timestamp=stamp, body=parcel.body)
        return {
            "Content-Type": parcel.content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature or "",
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        }
