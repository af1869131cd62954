"""What makes time pass: APScheduler ticks, rows hold the agenda."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.flows.deliver import deliver
from bot.flows.plan import plan
from bot.flows.ports import Ports
from bot.flows.reflect import reflect
from bot.flows.retain import retain

log = logging.getLogger(__name__)

TICKS: tuple[tuple[str, Callable[[Ports], Awaitable[int]], int], ...] = (
    ("plan", plan, 5),  # seconds between two ticks
    ("reflect", reflect, 5),
    ("deliver", deliver, 1),
    ("retain", retain, 3600),
)
MOST_ROUNDS = 100  # of settling in one go; more would mean that something moves in circles


class Ticker:
    """Runs the due work, one tick at a time, by the clock or when asked."""

    def __init__(self, ports: Callable[[], Ports]) -> None:
        """Take what tells the ports of the moment; nothing ticks before start()."""
        self._ports = ports
        self._one_at_a_time = asyncio.Lock()
        self._woken: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Begin to tick."""
        for name, tick, seconds in TICKS:
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
        """Stop ticking and let what is under way end."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        async with self._one_at_a_time:
            pass

    async def _run(self, name: str, tick: Callable[[Ports], Awaitable[int]]) -> None:
        async with self._one_at_a_time:
            try:
                await tick(self._ports())
            except Exception:
                log.exception("tick failed tick=%s", name)

    async def settle(self) -> None:
        """Run every tick until nothing moves any more."""
        async with self._one_at_a_time:
            for _ in range(MOST_ROUNDS):
                if not sum([await tick(self._ports()) for _, tick, _ in TICKS]):
                    return
            log.error("still moving after rounds=%d", MOST_ROUNDS)

    def wake(self) -> None:
        """Run what is due now without waiting for the next tick."""
        task = asyncio.get_running_loop().create_task(self._woken_up())
        self._woken.add(task)
        task.add_done_callback(self._woken.discard)

    async def _woken_up(self) -> None:
        try:
            await self.settle()
        except Exception:
            log.exception("tick failed tick=wake")
