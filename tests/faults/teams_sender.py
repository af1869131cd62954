"""Brings things to the bot as Teams does: signed, again when nobody took them, and then under another id."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.practice.teams import activities
from bot.practice.teams.courier import Ack, Courier, Retry
from bot.practice.teams.site import TeamsSite

RETRIES = (  # Teams' own are the first two, at once and after 15 seconds
    Retry(0.2, fresh_id=False),
    Retry(2.5, fresh_id=True),
    Retry(4.0, fresh_id=True),
    Retry(8.0, fresh_id=True),
)

Json = dict[str, Any]


@dataclass(kw_only=True)
class TeamsSender:
    """Teams' side of the line to the bot."""

    courier: Courier
    site: TeamsSite
    retries: Sequence[Retry] = RETRIES
    answers: Counter[int] = field(default_factory=Counter)
    good: int = 0
    names: dict[str, str] = field(default_factory=dict)  # where words stand, by where a repetition says they do

    async def event(self, event: Json) -> bool:
        """Bring an activity until the bot takes it or Teams gives up; return whether it took it."""
        ack = await self.once(event)
        for retry in self.retries:
            if not ack.comes_again:
                break
            await asyncio.sleep(retry.delay)
            ack = await self.once(self.anew(event) if retry.fresh_id else event)
        return ack.is_good

    async def once(self, activity: Json) -> Ack:
        """Bring an activity and do not try again."""
        ack = await self.courier.invoke(activity)
        self.answers[ack.status] += 1
        self.good += ack.is_good
        return ack

    def anew(self, activity: Json) -> Json:
        """Return an activity as the second layer of retries brings it."""
        fresh = activities.anew(activity, self.site.next_id(), self.site.now())
        self.names[_source(fresh)] = _source(activity)
        return fresh


def _source(activity: Json) -> str:
    return f"{activity['conversation']['id']}/{activity['id']}"
