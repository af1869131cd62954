"""What came in is kept before anybody is told so, and handled after: in order of each person, and until it is done."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from bot.coaching.rules.delivery import MOST_ATTEMPTS, back_off
from bot.flows.ports import Ports
from bot.runtime.suspects import Deadly, Suspects
from bot.store.port import Conflict, StoreError
from bot.store.port.inbox import Arrival, CameBefore, Receipt

log = logging.getLogger(__name__)

Json = dict[str, Any]
Handle = Callable[[Arrival], Awaitable[Json | None]]

MOST = 64  # handlers at once
GRACE = 10.0  # seconds that what is being handled may take to end
PATIENCE = 2.5  # seconds for an answer that somebody waits for; the platform gives up after three


class Stopping(StoreError):
    """Nothing more is handled: this process is about to end."""


@dataclass(kw_only=True)
class _Run:
    """One arrival that is being handled here."""

    arrival: Arrival  # its fence moves on when this process itself takes it up again after its lease
    held_since: datetime  # when its lease was begun or extended
    answer: asyncio.Future[Json | None]
    task: asyncio.Task[None] | None = None  # of its lane
    is_ending: bool = False  # what is left is to note how it ended: not to be broken off

    def fail(self, error: BaseException) -> None:
        """Let whoever waits for the answer know that there is none."""
        if not self.answer.done():
            self.answer.set_exception(error if isinstance(error, Exception) else Stopping())
            self.answer.exception()  # nobody may wait: asyncio would log it, with whatever words are in it


class Inbox:
    """Between the acknowledgement and the flows: nothing that came in is lost, and nobody waits for its handling."""

    def __init__(
        self,
        ports: Callable[[], Ports],
        handle: Handle,
        *,
        most: int = MOST,
        patience: float = PATIENCE,
        deadline: Callable[[float], asyncio.Timeout] = asyncio.timeout,
    ) -> None:
        """Hand each arrival to `handle`, which answers None, or what is wrong with what was sent in.

        Who waits for an answer waits `patience` seconds, as `deadline` counts them.
        """
        self.when_handled: Callable[[], None] = lambda: None  # told after each one that did not fail
        self._ports = ports
        self._handle = handle
        self._most = most
        self._answer_within = partial(deadline, patience)
        self._room = asyncio.Semaphore(most)  # first come, first served
        self._running: dict[str, _Run] = {}
        self._handled: dict[str, Arrival] = {}  # done, which could not be noted yet
        self._refused: dict[str, Arrival] = {}  # not accepted, which could not be withdrawn yet
        self._tasks: set[asyncio.Task[None]] = set()
        self._suspects = Suspects(ports)
        self._sweeping = asyncio.Lock()
        self._is_over = False

    async def accept(self, arrival: Arrival, *, awaited: bool = False) -> Json | None:
        """Keep what came in and see to it that it is handled; raises StoreError when it could not be kept.

        With `awaited` it is handled at once, whatever its lane does, and its answer returned; raises TimeoutError when
        that takes too long, while the handling goes on, and CameBefore when something else counts under its id.
        """
        if self._is_over and awaited:
            raise Stopping
        if refused := self._refused.get(arrival.id):
            await self._withdraw(refused)
        ports = self._ports()
        now = ports.clock.now()
        lease = now if self._is_over else now + ports.lease  # over at once: whoever runs next takes it up
        receipt = await ports.store.arrive(arrival, lease_until=lease, jumps=awaited)
        if receipt is Receipt.TAKEN:
            await self._taken(replace(arrival, attempt=1), awaited=awaited)
        if not awaited:
            return None
        answer = await self._answered(arrival)
        if answer is None and receipt is Receipt.OTHER:
            raise CameBefore
        return answer

    async def _answered(self, arrival: Arrival) -> Json | None:
        run = self._running.get(arrival.id)
        if run is None:
            return None
        async with self._answer_within():
            return await asyncio.shield(run.answer)

    async def sweep(self) -> int:
        """Take up what nobody handles and what failed and is to be tried again; return how much that was."""
        async with self._sweeping:
            if self._is_over:
                return 0
            await self._extend()
            await self._catch_up()
            free = self._most - len(self._running)
            if free <= 0:
                return 0
            store, now = self._ports().store, self._now()
            lying = await store.left_lying(now, lease_until=self._lease(), limit=free)
            return sum([self._taken_up(arrival) for arrival in lying])

    async def drained(self) -> None:
        """Wait until nothing is being handled; what waits for another attempt is not waited for."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self, grace: float) -> None:
        """Begin nothing more, let what is being handled end within so many seconds, and leave the rest for later."""
        self._is_over = True
        async with self._sweeping:  # what is being taken up at this moment
            pass
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        for run in self._running.values():
            if run.task is not None and not run.is_ending:
                run.task.cancel()
        await self.drained()

    # --- one lane

    async def _taken(self, arrival: Arrival, *, awaited: bool) -> None:
        """Handle what was taken on arrival; raises Stopping when somebody waits and it was stopped meanwhile."""
        if not self._is_over:
            self._begin(arrival, jumps=awaited)
        elif awaited:
            await self._withdraw(arrival)
            raise Stopping
        else:
            await self._put_back(arrival, self._now(), "stopped")

    def _begin(self, arrival: Arrival, *, jumps: bool = False) -> None:
        run = self._run(arrival)
        run.task = asyncio.create_task(self._lane(run, jumps=jumps))
        self._tasks.add(run.task)
        run.task.add_done_callback(self._tasks.discard)

    def _run(self, arrival: Arrival) -> _Run:
        run = _Run(arrival=arrival, held_since=self._now(), answer=asyncio.get_running_loop().create_future())
        self._running[arrival.id] = run
        return run

    async def _lane(self, run: _Run, *, jumps: bool) -> None:
        """Handle an arrival, and then what came behind it, until there is nothing more."""
        following: Arrival | None = run.arrival
        while following is not None:
            following = await self._one(run, jumps=jumps)
            if following is not None:
                task, run, jumps = run.task, self._run(following), False
                run.task = task

    async def _one(self, run: _Run, *, jumps: bool) -> Arrival | None:
        """Handle one arrival and return the next of its lane, taken."""
        try:
            is_suspect = run.arrival.attempt > MOST_ATTEMPTS
            async with (
                self._suspects.one_at_a_time if is_suspect else nullcontext(),
                nullcontext() if jumps else self._room,  # who is waited for needs no room
                self._suspects.noted(run.arrival) if is_suspect else nullcontext(),
            ):
                answer = await self._handled_now(run)
                run.is_ending = True
                self.when_handled()
            return await self._done(run) if answer is None else await self._not_accepted(run, answer)
        except (asyncio.CancelledError, Stopping) as error:
            run.is_ending = True
            run.fail(error)
            await self._put_back(run.arrival, self._now(), "stopped")
        except Exception as error:  # whatever it is, it must neither be lost nor stop the others
            run.is_ending = True
            run.fail(error)
            return await self._failed(run.arrival, error)
        finally:
            del self._running[run.arrival.id]
        return None

    async def _handled_now(self, run: _Run) -> Json | None:
        """Return what the handler answers; raises Stopping when it was stopped before."""
        if self._is_over:
            raise Stopping
        return await self._handle(run.arrival)

    async def _done(self, run: _Run) -> Arrival | None:
        run.answer.set_result(None)
        arrival = run.arrival
        ports = self._ports()
        now = ports.clock.now()
        try:
            return await ports.store.finish(arrival, at=now, lease_until=now + ports.lease)
        except StoreError as error:
            log.warning("handled, not noted yet arrival=%s error=%s", arrival.id, type(error).__name__)
            self._handled[arrival.id] = arrival
            return None

    async def _not_accepted(self, run: _Run, answer: Json) -> Arrival | None:
        """Answer once it can be sent in again, and not before: else the second time would count as a repetition."""
        try:
            await self._withdraw(run.arrival)
            run.answer.set_result(answer)
            await self.sweep()  # what came meanwhile waits behind it
        except StoreError as error:
            run.fail(error)
        return None

    async def _withdraw(self, arrival: Arrival) -> None:
        """Let it be sent in again; raises StoreError, and is done before the next of the same comes in."""
        self._refused[arrival.id] = arrival
        await self._ports().store.withdraw(arrival)
        self._refused.pop(arrival.id, None)

    async def _failed(self, arrival: Arrival, error: Exception) -> Arrival | None:
        """Try again later; what fails too often is buried, unless it is the store that fails."""
        is_ours = not isinstance(error, StoreError) or isinstance(error, Conflict)
        failures = arrival.failures + is_ours
        reason = type(error).__name__
        log.error("not handled arrival=%s failures=%d", arrival.id, failures, exc_info=error)
        if failures < MOST_ATTEMPTS and not isinstance(error, Deadly):
            wait = back_off(failures, self._ports().chance())
            await self._put_back(arrival, self._now() + wait, reason, is_failure=is_ours)
            return None
        log.error("given up arrival=%s", arrival.id)
        try:
            return await self._ports().store.give_up(arrival, at=self._now(), reason=reason, lease_until=self._lease())
        except StoreError:
            return None  # it is taken up again when its lease is over

    async def _put_back(self, arrival: Arrival, not_before: datetime, reason: str, *, is_failure: bool = False) -> None:
        try:
            await self._ports().store.put_back(arrival, not_before=not_before, reason=reason, is_failure=is_failure)
        except StoreError as error:  # it is taken up again when its lease is over
            log.warning("not put back arrival=%s error=%s", arrival.id, type(error).__name__)

    # --- what was left

    def _taken_up(self, arrival: Arrival) -> bool:
        """Handle what was taken over; what this process has in hand, or behind it, only gets its new fence."""
        if run := self._running.get(arrival.id):
            run.arrival, run.held_since = arrival, self._now()
            return False
        self._begin(arrival)
        return True

    async def _extend(self) -> None:
        """Keep what is in hand from being taken up by another process: extend all leases once one is half over.

        A process that died extends nothing, so its leases run out.
        """
        now, half = self._now(), self._ports().lease / 2
        runs = [run for run in self._running.values() if not run.is_ending]
        if not any(now - run.held_since >= half for run in runs):
            return
        await self._ports().store.extend([run.arrival for run in runs], lease_until=self._lease())
        for run in runs:
            run.held_since = now

    async def _catch_up(self) -> None:
        """Note what could not be noted when it was done; raises StoreError."""
        for arrival in list(self._refused.values()):
            await self._withdraw(arrival)
        for arrival in list(self._handled.values()):
            following = await self._ports().store.finish(arrival, at=self._now(), lease_until=self._lease())
            self._handled.pop(arrival.id, None)
            if following is not None:
                self._begin(following)

    def _now(self) -> datetime:
        return self._ports().clock.now()

    def _lease(self) -> datetime:
        ports = self._ports()
        return ports.clock.now() + ports.lease
