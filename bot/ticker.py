"""What makes time pass: APScheduler ticks, rows hold the agenda."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.flows.deliver import deliver
from bot.flows.plan import plan
from bot.flows.ports import Ports
from bot.flows.reflect import reflect
from bot.flows.retain import retain

log = logging.getLogger(__name__)

Tick = Callable[[Ports], Awaitable[int]]

AGENDA: tuple[tuple[str, Tick, int], ...] = (
    ("plan", plan, 5),  # seconds between two ticks
    ("reflect", reflect, 5),
    ("deliver", deliver, 1),
)
HOUSEKEEPING: tuple[tuple[str, Tick, int], ...] = (("retain", retain, 3600),)
MOST_ROUNDS = 100  # of settling in one go; more would mean that something moves in circles
GRACE = 10.0  # seconds that what is under way may take to end


class Ticker:
    """Runs the due work, one tick at a time, by the clock or when asked."""

    def __init__(self, ports: Callable[[], Ports], *, grace: float = GRACE) -> None:
        """Take what tells the ports of the moment; nothing ticks before start()."""
        self.when_moved: Callable[[], None] = lambda: None  # told after each tick that moved something
        self._ports = ports
        self._grace = grace
        self._one_at_a_time = asyncio.Lock()
        self._waking: asyncio.Task[None] | None = None  # asked for, and not yet begun
        self._woken: set[asyncio.Task[None]] = set()
        self._is_over = False
        self._kept_house_at: datetime | None = None
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Begin to tick."""
        for name, tick, seconds in (*AGENDA, *HOUSEKEEPING):
            self._scheduler.add_job(
                self._run,
                "interval",
                args=(name, tick),
                seconds=seconds,
                id=name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Begin nothing more, and let what is under way end; what takes too long is taken up at the next start."""
        self._is_over = True
        if self._scheduler.running:
            self._scheduler.pause()  # its shutdown would cut off a send that is under way
        try:
            async with asyncio.timeout(self._grace), self.resting():
                pass
        except TimeoutError:
            log.warning("stopped in the midst of a tick")
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for task in self._woken:
            task.cancel()
        await asyncio.gather(*self._woken, return_exceptions=True)

    @asynccontextmanager
    async def resting(self) -> AsyncIterator[None]:
        """Hold while no tick runs."""
        async with self._one_at_a_time:
            yield

    async def _run(self, name: str, tick: Tick) -> None:
        async with self._one_at_a_time:
            await self._tick(name, tick)

    async def _tick(self, name: str, tick: Tick) -> int:
        """Run one tick and return how much moved; one that fails is tried again by the clock."""
        if self._is_over:
            return 0
        try:
            moved = await tick(self._ports())
        except Exception:
            log.exception("tick failed tick=%s", name)
            return 0
        if moved:
            self.when_moved()
        return moved

    async def settle(self) -> None:
        """Run the agenda until nothing moves any more; on a journey through time, keep house on the way."""
        async with self._one_at_a_time:
            self._waking = None
            for _ in range(MOST_ROUNDS):
                if not sum([await self._tick(name, tick) for name, tick, _ in AGENDA]):
                    break
            else:
                log.error("still moving after rounds=%d", MOST_ROUNDS)
            await self._keep_house()

    async def _keep_house(self) -> None:
        now = self._ports().clock.now()
        for name, tick, seconds in HOUSEKEEPING:
            if self._kept_house_at is None or now - self._kept_house_at >= timedelta(seconds=seconds):
                self._kept_house_at = now
                await self._tick(name, tick)

    def wake(self) -> None:
        """Run what is due now without waiting for the next tick; asked again before it begins, it runs once."""
        if self._waking is None and not self._is_over:
            self._waking = asyncio.get_running_loop().create_task(self.settle())
            self._woken.add(self._waking)
            self._waking.add_done_callback(self._woken.discard)
