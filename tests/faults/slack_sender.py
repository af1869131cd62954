"""Brings things to the bot as Slack does: signed, impatient, events again, all else once."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

from bot.practice.slack.events import FORM_TYPE, JSON_TYPE, PATIENCE
from tests.faults.slack_town import SECRET

RETRIES = (0.2, 1.0, 4.0, 8.0)  # seconds; Slack's own are at once, one minute and five

Json = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the bot said; status 0 when it said nothing in time."""

    status: int
    body: str = ""

    @property
    def is_good(self) -> bool:
        """Whether Slack counts it as taken."""
        return 200 <= self.status < 300

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong with a form, by field."""
        with suppress(ValueError):
            said = json.loads(self.body or "{}")
            return dict(said.get("errors") or {}) if isinstance(said, dict) else {}
        return {}


@dataclass(kw_only=True)
class SlackSender:
    """Slack's side of the line to the bot."""

    session: aiohttp.ClientSession
    address: str
    retries: Sequence[float] = RETRIES
    patience: float = PATIENCE  # seconds
    answers: Counter[int] = field(default_factory=Counter)
    good: int = 0

    async def event(self, envelope: Json) -> bool:
        """Bring an event until the bot takes it or Slack gives up; return whether it took it."""
        body = json.dumps(envelope).encode()
        answer = await self.bring(body, JSON_TYPE)
        for attempt, delay in enumerate(self.retries, start=1):
            if answer.is_good:
                break
            await asyncio.sleep(delay)
            answer = await self.bring(body, JSON_TYPE, retry=attempt)
        return answer.is_good

    async def once(self, envelope: Json) -> Answer:
        """Bring an event and do not try again."""
        return await self.bring(json.dumps(envelope).encode(), JSON_TYPE)

    async def command(self, form: dict[str, str]) -> Answer:
        """Bring a command."""
        return await self.bring(urlencode(form).encode(), FORM_TYPE)

    async def interaction(self, payload: Json) -> Answer:
        """Bring a press or a form."""
        return await self.bring(urlencode({"payload": json.dumps(payload)}).encode(), FORM_TYPE)

    async def bring(self, body: bytes, kind: str, *, retry: int = 0) -> Answer:
        """Bring something, and wait for the answer as long as Slack does."""
        answer = await self._post(body, _headers(body, kind, retry))
        self.answers[answer.status] += 1
        self.good += answer.is_good
        return answer

    async def _post(self, body: bytes, headers: dict[str, str]) -> Answer:
        timeout = aiohttp.ClientTimeout(total=self.patience)
        try:
            async with self.session.post(self.address, data=body, headers=headers, timeout=timeout) as it:
                return Answer(it.status, await it.text())
        except (TimeoutError, aiohttp.ClientError, OSError):
            return Answer(0)


def _headers(body: bytes, kind: str, retry: int) -> dict[str, str]:
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature or ""}
    if retry:
        headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_error"}
    return headers
