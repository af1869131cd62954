"""What is on its way: claimed in a measure each workspace can take, and none of it waited for."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.chat.port import OWN_PACE, Outcome, RetryAfter, Sent
from bot.coaching.records.nudge import Nudge, NudgeState
from bot.coaching.rules.delivery import InFlight, SendDeadline, in_flight, send_deadline
from bot.flows.delivery import send, settle
from bot.flows.delivery.reconcile import look, look_later
from bot.flows.ports import Ports

log = logging.getLogger(__name__)

MOST = 300  # calls open at a time
IN_A_WORKSPACE = 100
LOOKS = 10  # open at a time in one workspace: platforms let a history be read less often than written


@dataclass(eq=False)
class _Flight:
    """One claimed message, or one that is looked up."""

    row: Nudge
    is_look: bool = False
    is_working: bool = False  # begun, and to be told to stop
    is_calling: bool = False  # from here on only the history tells


class Outbox:
    """Sends what is ready, many at a time, and settles each when its answer comes."""

    def __init__(
        self,
        ports: Callable[[], Ports],
        *,
        most: int = MOST,
        in_a_workspace: int = IN_A_WORKSPACE,
        is_steady: Callable[[], bool] = lambda: True,
        on_settled: Callable[[str], None] = lambda _state: None,
    ) -> None:
        """Take what tells the ports of the moment, and whether the clock can be believed; nothing is sent yet."""
        self.when_moved: Callable[[], None] = lambda: None  # told whenever something was settled
        self._ports = ports
        self._most = most
        self._in_a_workspace = in_a_workspace
        self._is_steady = is_steady
        self._on_settled = on_settled
        self._windows: dict[str, InFlight] = {}
        self._flights: dict[asyncio.Task[None], _Flight] = {}
        self._one_at_a_time = asyncio.Lock()
        self._going_on: asyncio.Task[None] | None = None
        self._is_asked = False
        self._is_over = False

    async def pump(self) -> int:
        """Expire what is late, look up what is in doubt, begin to send what is ready; return how much of it."""
        async with self._one_at_a_time:
            if self._is_over or not self._is_steady():
                return 0
            ports = self._ports()
            return await send.expire(ports) + await self._look_up(ports) + await self._claim(ports)

    async def drained(self) -> None:
        """Wait until nothing is on its way any more."""
        while under_way := [*self._flights, *([self._going_on] if self._going_on else [])]:
            await asyncio.wait(under_way)

    @asynccontextmanager
    async def resting(self) -> AsyncIterator[None]:
        """Hold while nothing is on its way and nothing begins."""
        async with self._one_at_a_time:
            while self._flights:
                await asyncio.wait([*self._flights])
            yield

    async def stop(self, grace: float) -> None:
        """Begin no more calls, hand back what was not called yet, and give open calls so many seconds to end.

        What is still open then stays claimed: it is looked up once its lease is over.
        """
        self._is_over = True
        try:
            async with asyncio.timeout(grace):
                async with self._one_at_a_time:  # what is being claimed at this moment
                    for task, flight in self._flights.items():
                        if flight.is_working and not flight.is_calling:
                            task.cancel()
                await self.drained()
        except TimeoutError:
            log.warning("stopped with calls still open count=%d", len(self._flights))
        left = [*self._flights, *([self._going_on] if self._going_on else [])]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    # --- beginning

    async def _look_up(self, ports: Ports) -> int:
        looked_up = {flight.row.id for flight in self._flights.values() if flight.is_look}
        open_in = Counter(flight.row.workspace for flight in self._flights.values() if flight.is_look)
        now, begun = ports.clock.now(), 0
        for workspace in await ports.store.doubtful_in(now):
            room = LOOKS - open_in[workspace]
            if room <= 0:  # what a slow platform answers holds up no other workspace
                continue
            rows = await ports.store.doubtful(workspace, now, limit=LOOKS)  # those being looked up may be among them
            for row in [row for row in rows if row.id not in looked_up][:room]:
                flight = _Flight(row=row, is_look=True)
                self._begin(flight, self._look(flight))
                begun += 1
        return begun

    async def _claim(self, ports: Ports) -> int:
        now, steady = ports.clock.now(), asyncio.get_running_loop().time()
        workspaces = await ports.store.ready_in(now)
        if not workspaces:
            return 0
        open_in = Counter(flight.row.workspace for flight in self._flights.values() if not flight.is_look)
        left = self._most - open_in.total()

        def free(workspace: str, taken: int) -> int:
            window = self._windows.get(workspace) or in_flight(self._in_a_workspace)
            return window.free(mine=open_in[workspace], all_free=left - taken, now=now)

        # Whoever finds the lease over may look at once: what was sent in it had time to show.
        lease_until = now + ports.lease + ports.settle
        rows = await ports.store.claim(now, workspaces=workspaces, lease_until=lease_until, free=free)
        for row in rows:
            flight = _Flight(row=row)
            self._begin(flight, self._carry(flight, send_deadline(now, steady, ports.lease), now))
        return len(rows)

    def _begin(self, flight: _Flight, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._flights[task] = flight
        task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._flights[task]
        self._is_asked = True
        if self._going_on is None and not self._is_over:
            self._going_on = asyncio.get_running_loop().create_task(self._go_on())

    async def _go_on(self) -> None:
        """Begin the next ones, as long as some have ended meanwhile."""
        try:
            while self._is_asked:
                self._is_asked = False
                async with self._one_at_a_time:
                    if not self._is_over and self._is_steady():
                        await self._claim(self._ports())
        except Exception:
            log.exception("cannot go on; the next tick does")
        finally:
            self._going_on = None

    # --- one message

    async def _look(self, flight: _Flight) -> None:
        flight.is_working = True
        try:
            self._tell(await self._looked_up(flight.row))
        except Exception:  # it stays in doubt, and is looked up again
            log.exception("not put off nudge=%s", flight.row.id)

    async def _looked_up(self, row: Nudge) -> NudgeState | None:
        """Look a row up and return where it went; what goes wrong with it is tried again later, not at each pump."""
        try:
            return await look(self._ports(), row)
        except Exception as error:
            log.exception("not looked up nudge=%s", row.id)
            return await look_later(self._ports(), row, f"cannot look: {type(error).__name__}")

    async def _carry(self, flight: _Flight, within: SendDeadline, began: datetime) -> None:
        ports, row = self._ports(), flight.row
        flight.is_working = True

        def begin() -> bool:
            flight.is_calling = not self._is_over
            return flight.is_calling

        try:
            is_held = self._is_over  # claimed while it was stopped
            held_back = send.Sending(outcome=send.Withheld(reason=send.HELD))
            ended = held_back if is_held else await send.send(ports, row, within, begin)
            self._measure(row, ended.outcome, began, ports.clock.now())
            state = await settle.settle(ports, row, ended.outcome, ended.rendering)
        except asyncio.CancelledError:
            if flight.is_calling:
                raise
            await settle.settle(ports, row, send.Withheld(reason=send.HELD))
        except Exception:  # it stays claimed, and is looked up when its lease is over
            log.exception("not settled nudge=%s", row.id)
        else:
            self._tell(state)

    def _measure(self, row: Nudge, outcome: Outcome | send.Withheld, began: datetime, now: datetime) -> None:
        """Note what an answer says about how much its workspace can take."""
        window = self._windows.get(row.workspace) or in_flight(self._in_a_workspace)
        if isinstance(outcome, Sent):
            self._windows[row.workspace] = window.after_success()
        elif isinstance(outcome, RetryAfter) and outcome.seconds > 0 and outcome.error != OWN_PACE:
            conversation = row.member or row.cohort
            self._windows[row.workspace] = window.after_refusal(
                conversation, wait=outcome.seconds, began=began, now=now
            )

    def _tell(self, state: NudgeState | None) -> None:
        if state is not None:
            self._on_settled(state)
            self.when_moved()
