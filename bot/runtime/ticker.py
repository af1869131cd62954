"""What makes time pass: APScheduler ticks, rows hold the agenda."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.flows.agreement.wording import ask_again
from bot.flows.due.due import plan
from bot.flows.ports import Ports
from bot.flows.privacy.retention import retain
from bot.flows.replies.held import let_go
from bot.flows.screens.paced_task import keep_true
from bot.runtime.outbox import Outbox

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Tick:
    """Something that is done again and again."""

    name: str
    run: Callable[[Ports], Awaitable[int]]  # returns how much moved
    seconds: float  # between two
    at_once: bool = False  # at the start too, not only once these seconds have passed
    by_the_clock: bool = True  # held while the machine's clock cannot be believed


AGENDA = (Tick(name="plan", run=plan, seconds=5),)
SCREENS = (Tick(name="screens", run=keep_true, seconds=1),)
HOUSEKEEPING = (
    Tick(name="let_go", run=let_go, seconds=600),
    Tick(name="retain", run=retain, seconds=3600),
    Tick(name="ask_again", run=ask_again, seconds=60),
)
SEND_EVERY = 1  # seconds
SOONEST = 0.05  # seconds from a look at the agenda until it rings, however close the next moment is
FIRST_SENDS = 0.1  # seconds that what is decided waits, at most, for the rest to be decided
MOST_ROUNDS = 100  # of settling in one go; more would mean that something moves in circles
GRACE = 10.0  # seconds that what is under way may take to end


class Ticker:
    """Runs the due work, one tick at a time, by the clock or when asked; waits for no send."""

    def __init__(
        self,
        ports: Callable[[], Ports],
        outbox: Outbox | None,
        *,
        agenda: Sequence[Tick] = AGENDA,
        housekeeping: Sequence[Tick] = HOUSEKEEPING,
        screens: Sequence[Tick] = (),
        beside: Sequence[Tick] = (),
        is_steady: Callable[[], bool] = lambda: True,
        drained: Callable[[], Awaitable[None]] | None = None,
        grace: float = GRACE,
    ) -> None:
        """Take what tells the ports of the moment and what this process is for; nothing ticks before start().

        `agenda` decides what is due, `screens` shows what changed, `housekeeping` may wait, and `beside` goes on
        whatever those do. `is_steady`
        says whether the machine's clock can be believed; `drained` waits until everything that came in is handled.
        """
        self.when_moved: Callable[[], None] = lambda: None  # told after each tick that moved something
        self._ports = ports
        self._outbox = outbox
        self._agenda = agenda
        self._housekeeping = housekeeping
        self._screens = screens
        self._beside = beside
        self._is_steady = is_steady
        self._drained = drained
        self._grace = grace
        self._one_at_a_time = asyncio.Lock()
        self._showing = asyncio.Lock()
        self._waking: asyncio.Task[None] | None = None  # asked for, and not yet begun
        self._woken: set[asyncio.Task[Any]] = set()
        self._is_over = False
        self._kept_house: dict[str, datetime] = {}
        self._sending = Tick(name="deliver", run=self._pump, seconds=SEND_EVERY)
        self._alarm: asyncio.TimerHandle | None = None
        self._is_due = False  # as of the last look ahead
        self._looking_ahead = Tick(
            name="look_ahead", run=self._look_ahead, seconds=min((tick.seconds for tick in agenda), default=0)
        )
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Begin to tick."""
        for tick in self._agenda:
            self._add(self._run_and_look_ahead, tick)
        for tick in self._housekeeping:
            self._add(self._run, tick)
        for tick in self._screens:
            self._add(self._show, tick)
        for tick in (*self._beside, self._sending):
            self._add(self._tick, tick)
        self._scheduler.start()
        for tick in (self._looking_ahead, *(each for each in self._beside if each.at_once)):
            self._begin(self._tick(tick))

    def _add(self, run: Callable[[Tick], Awaitable[int]], tick: Tick) -> None:
        self._scheduler.add_job(
            run,
            "interval",
            args=(tick,),
            seconds=tick.seconds,
            id=tick.name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    async def stop(self) -> None:
        """Begin nothing more, and let what is under way end; what takes too long is taken up at the next start."""
        self._is_over = True
        self._set_alarm(None)
        if self._scheduler.running:
            self._scheduler.pause()
        stopping = [self._rested()]
        if self._outbox is not None:
            stopping.append(self._outbox.stop(self._grace))
        await asyncio.gather(*stopping)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for task in self._woken:
            task.cancel()
        await asyncio.gather(*self._woken, return_exceptions=True)

    async def _rested(self) -> None:
        try:
            async with asyncio.timeout(self._grace), self._one_at_a_time, self._showing:
                pass
        except TimeoutError:
            log.warning("stopped in the midst of a tick")

    @asynccontextmanager
    async def resting(self) -> AsyncIterator[None]:
        """Hold while no tick runs and nothing is on its way."""
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._one_at_a_time)
            await stack.enter_async_context(self._showing)
            if self._outbox is not None:
                await stack.enter_async_context(self._outbox.resting())
            yield

    async def _run(self, tick: Tick) -> int:
        async with self._one_at_a_time:
            return await self._tick(tick)

    async def _show(self, tick: Tick) -> int:
        async with self._showing:
            return await self._tick(tick)

    async def _run_and_look_ahead(self, tick: Tick) -> int:
        moved = await self._run(tick)
        await self._tick(self._looking_ahead)
        return moved

    async def _look_ahead(self, ports: Ports) -> int:
        """Ring at the next moment, when the clock would come by later; what is overdue waits for the clock."""
        now = ports.clock.now()
        moment = await ports.store.next_moment(now)
        ahead = 0.0 if moment is None else (moment - now).total_seconds()
        self._is_due = moment is not None and ahead <= 0
        self._set_alarm(ahead if 0 < ahead < self._looking_ahead.seconds else None)
        return 0

    def _set_alarm(self, seconds: float | None) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        loop = asyncio.get_running_loop()
        self._alarm = None if seconds is None else loop.call_later(max(SOONEST, seconds), self.wake)

    async def _tick(self, tick: Tick) -> int:
        """Run one tick and return how much moved; one that fails is tried again by the clock."""
        if self._is_over or (tick.by_the_clock and not self._is_steady()):
            return 0
        try:
            moved = await tick.run(self._ports())
        except Exception:
            log.exception("tick failed tick=%s", tick.name)
            return 0
        if moved:
            self.when_moved()
        return moved

    async def _pump(self, _: Ports) -> int:
        return await self._outbox.pump() if self._outbox is not None else 0

    async def settle(self) -> None:
        """Run the agenda until nothing moves any more; on a journey through time, keep house on the way."""
        async with self._one_at_a_time:
            for _ in range(MOST_ROUNDS):
                if self._drained is not None:
                    await self._drained()
                if self._outbox is not None:
                    await self._outbox.drained()
                moved = [await self._tick(tick) for tick in (*self._agenda, self._sending)]
                moved += [await self._show(tick) for tick in self._screens]
                if not sum(moved):
                    break
            else:
                log.error("still moving after rounds=%d", MOST_ROUNDS)
            if await self._keep_house():
                for tick in self._screens:
                    await self._show(tick)

    async def _keep_house(self) -> int:
        """Do what is due of the housekeeping; return how much moved."""
        moved, now = 0, self._ports().clock.now()
        for tick in self._housekeeping:
            kept = self._kept_house.get(tick.name)
            if kept is None or now - kept >= timedelta(seconds=tick.seconds):
                self._kept_house[tick.name] = now
                moved += await self._tick(tick)
        return moved

    def wake(self) -> None:
        """Do what is due now, if anything is, without waiting for the next tick; asked again before, it looks once."""
        if self._waking is None and not self._is_over:
            self._waking = self._begin(self._wake())

    def _begin(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        task = asyncio.get_running_loop().create_task(work)
        self._woken.add(task)
        task.add_done_callback(self._woken.discard)
        return task

    async def _wake(self) -> None:
        async with self._one_at_a_time:
            self._waking = None
            await self._tick(self._looking_ahead)
            if not self._is_due:  # as good as always after somebody answered: their answer put nothing on the agenda
                return
            deciding = self._begin(self._decide())
            while not deciding.done():
                await asyncio.wait({deciding}, timeout=FIRST_SENDS)
                await self._tick(self._sending)
            await self._tick(self._looking_ahead)

    async def _decide(self) -> None:
        for tick in self._agenda:
            await self._tick(tick)
