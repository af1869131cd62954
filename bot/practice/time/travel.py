"""Travelling in time: every due thing happens on the way, in order."""

from collections.abc import Awaitable, Callable, Set
from datetime import datetime, time, timedelta

from bot.coaching.calendar import at_local, local_day, week_of
from bot.practice.time.clock import TravelClock

ZONE = "Europe/Amsterdam"  # where a moment without a zone is meant, and where the next day begins
MORNING = time(8, 0)
STEP = timedelta(seconds=1)  # taken when something due has to wait, and doubled while it goes on waiting
LONGEST_STEP = timedelta(minutes=1)
FARTHEST = timedelta(days=400)
MOST_SILENT = 60  # moments that are passed in search of one at which something is seen


class Traveler:
    """Moves the clock from one due moment to the next until it is where one wanted to go."""

    def __init__(
        self,
        clock: TravelClock,
        settle: Callable[[], Awaitable[None]],
        next_moment: Callable[[], Awaitable[datetime | None]],
        shown: Callable[[], Set[object]] | None = None,
    ) -> None:
        """Take the clock, what runs everything due, what tells when the next thing is due, and what is on screens."""
        self._clock = clock
        self._settle = settle
        self._next_moment = next_moment
        self._shown = shown

    async def travel(self, to: str) -> None:
        """Go to "now", "event", "day", "monday" or an ISO moment; raises ValueError for anything else.

        An event is one that somebody sees: moments at which nothing new is shown are passed.
        """
        await self._settle()
        before = self._shown() if self._shown else None
        await self._go(await self._target(to))
        for _ in range(MOST_SILENT):
            is_seen = self._shown is None or before is None or self._shown() - before
            if to != "event" or is_seen or await self._next_moment() is None:
                break
            await self._go(await self._target(to))

    async def _go(self, target: datetime) -> None:
        step = STEP
        while (moment := await self._next_moment()) is not None and moment <= target:
            here = self._clock.now()
            if here >= target:
                break
            if moment > here:
                self._clock.set(moment)
                step = STEP
            else:
                self._clock.set(min(here + step, target))
                step = min(2 * step, LONGEST_STEP)
            await self._settle()
        self._clock.set(target)
        await self._settle()

    async def _target(self, to: str) -> datetime:
        now = self._clock.now()
        today = local_day(now, ZONE)
        if to == "now":
            return now
        if to == "event":
            moment = await self._next_moment()
            return now if moment is None else moment if moment > now else now + LONGEST_STEP
        if to == "day":
            return at_local(today + timedelta(days=1), MORNING, ZONE)
        if to == "monday":
            return at_local(week_of(today) + timedelta(days=7), MORNING, ZONE)
        wanted = datetime.fromisoformat(to)
        moment = wanted if wanted.tzinfo else at_local(wanted.date(), wanted.time(), ZONE)
        if moment > now + FARTHEST:
            raise ValueError(to)
        return moment
