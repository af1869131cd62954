"""Brings activities to the bot as the Bot Framework does: signed, patient, and again when nobody took them."""

import asyncio
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import aiohttp

from bot.practice.carrier import Carrier, Deadline
from bot.practice.teams import activities
from bot.practice.teams.keys import Signer
from bot.practice.teams.site import TeamsSite
from bot.practice.teams.world import Json

PATIENCE = 15.0  # seconds that the bot has to answer
SUCCESS = 2  # the first digit of a good status
SERVER_ERROR = 500

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Retry:
    """One more attempt: so many seconds after the one before, and whether as if it were another activity."""

    delay: float
    fresh_id: bool


RETRIES = (Retry(0.0, fresh_id=False), Retry(15.0, fresh_id=True))


@dataclass(frozen=True, kw_only=True)
class Ack:
    """The bot's answer."""

    status: int
    body: Json | None = None
    reason: str = ""  # why nothing came back: timeout or connection_failed

    @property
    def is_good(self) -> bool:
        """Whether the bot took it."""
        return not self.reason and self.status // 100 == SUCCESS

    @property
    def comes_again(self) -> bool:
        """Whether Teams tries once more."""
        return bool(self.reason) or self.status >= SERVER_ERROR

    @property
    def error(self) -> str:
        """What a person learns when it went wrong."""
        return "operation_timeout" if self.reason == "timeout" else "dispatch_failed"


class Courier(Carrier):
    """Carries activities to the bot's one address."""

    def __init__(
        self,
        site: TeamsSite,
        bot_url: str,
        signer: Signer,
        *,
        patience: float = PATIENCE,
        deadline: Deadline = asyncio.timeout,
        retries: Sequence[Retry] = RETRIES,
    ) -> None:
        """Bring what happens on a site to `bot_url`."""
        super().__init__()
        self.last: Json | None = None
        self._site = site
        self._bot_url = bot_url
        self._signer = signer
        self._answer_within = partial(deadline, patience)
        self._retries = tuple(retries)

    async def tell(self, activity: Json) -> bool:
        """Bring an activity; return whether the bot took it at once. If not, it comes again."""
        ack = await self._bring(activity)
        if ack.comes_again:
            self.later(self._bring_again(activity))
        return ack.is_good

    async def invoke(self, activity: Json) -> Ack:
        """Bring an invoke, once, and return the bot's answer."""
        return await self._bring(activity)

    async def repeat(self, *, fresh_id: bool = False) -> Ack | None:
        """Bring the last activity once more, as networks sometimes do; None when there was none."""
        if self.last is None:
            return None
        return await self._bring(self._anew(self.last) if fresh_id else self.last)

    async def _bring_again(self, activity: Json) -> None:
        for retry in self._retries:
            await asyncio.sleep(retry.delay)
            ack = await self._bring(self._anew(activity) if retry.fresh_id else activity)
            if not ack.comes_again:
                return
        logger.warning("activity given up after %d retries", len(self._retries))

    def _anew(self, activity: Json) -> Json:
        return activities.anew(activity, self._site.next_id(), self._site.now())

    async def _bring(self, activity: Json) -> Ack:
        self.last = activity
        token = self._signer.token(self._site.client_id, self._site.service_url)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json; charset=utf-8"}
        try:
            async with (
                self._answer_within(),
                self.session().post(
                    self._bot_url,
                    data=json.dumps(activity, ensure_ascii=False).encode(),
                    headers=headers,
                    timeout=aiohttp.ClientTimeout(),
                    allow_redirects=False,
                ) as response,
            ):
                return Ack(status=response.status, body=_object(await response.read()))
        except TimeoutError:
            return Ack(status=0, reason="timeout")
        except (aiohttp.ClientError, OSError):
            return Ack(status=0, reason="connection_failed")


def _object(body: bytes) -> Json | None:
    try:
        said = json.loads(body)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
