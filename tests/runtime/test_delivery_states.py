"""Whatever happens to workers, answers and people: each message once, in its time, or an end that says why.

Three workers share one file. They are killed, frozen and woken; the platform takes messages and loses the answer,
refuses them, shows them late; people leave, pause, and come back; the app is removed and installed again.
"""

import asyncio
import random
import tempfile
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.chat.port import (
    TOO_LATE,
    Ambiguous,
    Blame,
    Message,
    MessageRef,
    Outcome,
    Place,
    RetryAfter,
    Sent,
    Unanswered,
    Undeliverable,
)
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import FINAL, Nudge, NudgeState
from bot.coaching.records.workspace import WorkspaceState
from bot.coaching.rules.delivery import MOST_ATTEMPTS, SETTLE
from bot.flows.agenda.postpone import withdrawn
from bot.flows.agenda.schedule import replanned
from bot.flows.agenda.sent_evidence import is_there, may_be_there
from bot.flows.context.person import person_called
from bot.flows.due.due import plan
from bot.runtime.outbox import Outbox
from bot.store.port import Conflict, Store
from tests.runtime.posting import HandClock, change_workspace, experiment, file_in, people, ports_of
from tests.waiting import HandLoop

WORKERS = 3
TURNS = 20  # of the loop, after which nothing moves by itself any more
NAMES = ("anna", "bram", "carl")
PUT_OFF = frozenset({NudgeState.PLANNED, NudgeState.CANCELLED})  # they paused or left since, and are told so
LATEST_SHOWN = 29  # seconds until the history shows what was taken: less than a lost answer is waited for


class Killed(Exception):
    """What a dead worker's hands meet."""


@dataclass
class Worker:
    """One process: its view of the store, which death and frost take away from it."""

    store: Store
    is_dead: bool = False
    going: asyncio.Event = field(default_factory=asyncio.Event)
    busy: int = 0
    steps: int | None = None  # until it freezes
    outbox: Outbox | None = None

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def through(*arguments: Any, **named: Any) -> Any:
            if self.steps is not None:
                self.steps -= 1
                if self.steps < 0:
                    self.steps = None
                    self.going.clear()
            await self.going.wait()
            if self.is_dead:
                raise Killed
            self.busy += 1
            try:
                return await getattr(self.store, name)(*arguments, **named)
            finally:
                self.busy -= 1

        return through


@dataclass(eq=False)
class Call:
    """One request on its way to the platform."""

    place: Place
    message: Message
    answer: asyncio.Future[Outcome]
    until: datetime  # then it is cut off, and no byte of it arrives later
    is_taken: bool = False

    @property
    def key(self) -> str:
        assert self.message.key is not None
        return self.message.key


def shown(call: Call) -> Sent:
    """Return what the platform says of a message that it took."""
    return Sent(ref=MessageRef(workspace="w", conversation=call.place.conversation, message=f"{call.key}.1"))


class World:
    """A platform that takes and answers when it is told to, and a file."""

    def __init__(self, folder: Path, fates: random.Random, clock: HandClock) -> None:
        self.clock = clock
        self.fates = fates
        self.folder = folder
        self.store = file_in(folder)
        self.calls: list[Call] = []
        self.taken: dict[str, list[datetime]] = {}  # from when on the history shows it
        self.wrong: list[str] = []
        self.is_well = False

    async def send(self, place: Place, message: Message, *, by: float | None = None) -> Outcome:
        loop = asyncio.get_running_loop()
        if by is not None and loop.time() >= by:
            return RetryAfter(seconds=0, error=TOO_LATE)
        lease_until = await self._check(str(message.key))
        call = Call(place, message, loop.create_future(), until=lease_until - SETTLE)
        if self.is_well:
            self.take(call)
            return shown(call)
        self.calls.append(call)
        try:
            return await call.answer
        except asyncio.CancelledError:  # cut off, or killed: it may have been read on the other side
            if self.fates.random() < 0.5:
                self.take(call)
            raise
        finally:
            self.calls.remove(call)

    async def _check(self, key: str) -> datetime:
        """Note what must not be so when a call begins; return how long the claim holds."""
        row, now = await self.store.nudge("w", key), self.clock.now()
        assert row is not None
        assert row.enrollment is not None
        run = await self.store.enrollment(row.workspace, row.enrollment)
        assert run is not None
        not_so = {
            "no claim on the disk": row.state is not NudgeState.SENDING,
            "before it is due": now < row.due_at,
            "beyond its window": now >= row.expires_at,
            "after an opt-out": run.state is EnrollmentState.LEFT,
            "in a pause": run.state is EnrollmentState.PAUSED,
            "too many attempts": row.attempt > MOST_ATTEMPTS,
        }
        self.wrong += [f"{key}: {what}" for what, is_so in not_so.items() if is_so]
        return row.lease_until or now

    def take(self, call: Call) -> None:
        """Let it stand there, once for each request."""
        if not call.is_taken:
            call.is_taken = True
            late = timedelta(seconds=self.fates.uniform(0, LATEST_SHOWN))
            read = min(self.clock.now(), call.until)  # time passes in leaps, beyond the moment of the cut
            self.taken.setdefault(call.key, []).append(read + late)

    def looks_back(self, workspace: str) -> bool:
        """Return that what stands there can be read."""
        del workspace
        return True

    async def find(self, place: Place, key: str, *, since: datetime) -> MessageRef | None:
        assert since <= self.clock.now()
        if not self.is_well and self.fates.random() < 0.2:
            raise Unanswered("timeout")
        if not any(moment <= self.clock.now() for moment in self.taken.get(key, ())):
            return None
        return MessageRef(workspace=place.workspace, conversation=place.conversation, message=f"{key}.1")

    def moment_of(self, ref: MessageRef) -> None:
        """Return that no id tells when a message was posted."""
        del ref

    async def open_direct(self, workspace: str, person: str, *, anew: bool = False) -> str:
        del workspace, anew
        return f"D-{person}"


class Delivery(RuleBasedStateMachine):
    """What may happen to a message on its way, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = HandLoop()
        self.temporary = tempfile.TemporaryDirectory()
        self.nudges: list[str] = []
        self.workers: list[Worker] = []
        self.pumping: set[asyncio.Task[int]] = set()

    @property
    def may_disturb(self) -> bool:
        """Whether something is on its way: else everybody has left before anything is."""
        return bool(self.workers) and (bool(self.world.calls) or any(not each.going.is_set() for each in self.workers))

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something, and then whatever follows from it without time passing."""
        result = self.loop.run_until_complete(work)
        self.loop.run_until_complete(self._quiet())
        return result

    async def _quiet(self) -> None:
        idle = 0
        while idle < TURNS:
            is_busy = any(worker.busy for worker in self.workers)
            idle = 0 if is_busy else idle + 1
            await asyncio.sleep(0.0002 if is_busy else 0)

    # From one seed: what is drawn while tasks run would depend on which of them is faster.
    @initialize(fates=st.randoms(use_true_random=True))
    def begin(self, fates: random.Random) -> None:
        self.clock = HandClock()
        self.world = World(Path(self.temporary.name), fates, self.clock)
        self.do(self.world.store.save(*(each for each in people("w", NAMES) if not isinstance(each, Nudge))))
        self.workers = [self.born() for _ in range(WORKERS)]

    def born(self) -> Worker:
        worker = Worker(self.world.store)
        worker.going.set()
        ports = ports_of(worker, self.world, self.clock)  # type: ignore[arg-type]
        worker.outbox = Outbox(lambda: ports, in_a_workspace=4)
        return worker

    @property
    def ports(self) -> Any:
        return ports_of(self.world.store, self.world, self.clock)

    # --- what happens

    @rule(
        due=st.sampled_from([0, 0, 30, 600]),
        window=st.sampled_from([60, 900, 4 * 3600]),
        state=st.sampled_from([NudgeState.READY, NudgeState.READY, NudgeState.PLANNED]),
    )
    def everybody_is_owed_a_message(self, due: float, window: float, state: NudgeState) -> None:
        due_at = self.clock.now() + timedelta(seconds=due)
        for name in NAMES:
            key = f"{name}-{len(self.nudges)}"
            row = replace(
                experiment(name, workspace="w", cohort="c-w"),
                id=key,
                occurrence=key,
                due_at=due_at,
                expires_at=due_at + timedelta(seconds=window),
                local_date=due_at.date(),
                state=state,
            )
            self.do(self.world.store.save(row))
            self.nudges.append(key)
        with suppress(Conflict):  # one row for each person, prompt and occurrence
            self.do(self.world.store.save(replace(row, id=f"{key}-again")))
            raise AssertionError("two rows under one key")

    @rule(which=st.integers(0, WORKERS - 1))
    def a_worker_pumps(self, which: int) -> None:
        worker = self.workers[which]
        if worker.going.is_set():
            self.do(self._begin(worker))

    @rule(which=st.integers(0, WORKERS - 1), steps=st.integers(0, 12))
    def a_worker_pumps_and_freezes(self, which: int, steps: int) -> None:
        worker = self.workers[which]
        if worker.going.is_set():
            worker.steps = steps
            self.do(self._begin(worker))

    async def _begin(self, worker: Worker) -> None:
        assert worker.outbox is not None
        pumping = asyncio.get_running_loop().create_task(worker.outbox.pump())
        pumping.add_done_callback(lambda task: task.cancelled() or task.exception())
        self.pumping.add(pumping)

    @rule()
    def the_agenda_ticks(self) -> None:
        self.do(plan(self.ports))

    @rule(which=st.integers(0, WORKERS - 1))
    def a_worker_is_killed(self, which: int) -> None:
        self.do(self._kill(self.workers[which]))
        self.workers[which] = self.born()

    async def _kill(self, worker: Worker) -> None:
        worker.is_dead = True
        worker.going.set()
        assert worker.outbox is not None
        await worker.outbox.stop(0)

    @rule(which=st.integers(0, WORKERS - 1))
    def a_worker_is_asked_to_stop(self, which: int) -> None:
        worker = self.workers[which]
        if worker.going.is_set() and worker.outbox is not None:
            self.do(worker.outbox.stop(0.01))
            self.workers[which] = self.born()

    @rule()
    def the_frozen_wake(self) -> None:
        for worker in self.workers:
            worker.steps = None
            worker.going.set()
        self.do(asyncio.sleep(0))

    @precondition(lambda self: self.workers and self.world.calls)
    @rule(which=st.integers(0, 100))
    def a_message_is_taken(self, which: int) -> None:
        self.world.take(self.world.calls[which % len(self.world.calls)])

    @precondition(lambda self: self.workers and self.world.calls)
    @rule(which=st.integers(0, 100), how=st.sampled_from(["well", "well", "well", "lost", "later", "never"]))
    def a_call_is_answered(self, which: int, how: str) -> None:
        call = self.world.calls[which % len(self.world.calls)]
        if how == "well":
            self.world.take(call)
        outcomes: dict[str, Outcome] = {
            "well": shown(call),
            "later": RetryAfter(seconds=3, error="ratelimited"),
            "never": Undeliverable(error="invalid_blocks", blame=Blame.MESSAGE),
        }
        lost = Ambiguous(error="timeout")  # what was taken is never refused
        if not call.answer.done():
            call.answer.set_result(outcomes.get(how, lost) if how == "well" or not call.is_taken else lost)
        self.do(asyncio.sleep(0))

    @rule(seconds=st.sampled_from([1, 12, 31, 55, 95, 95, 400]))
    def time_passes(self, seconds: float) -> None:
        self.clock.go(seconds=seconds)
        self.loop.ahead += seconds
        self.do(asyncio.sleep(0))

    @precondition(lambda self: self.may_disturb)
    @rule(name=st.sampled_from(NAMES), days=st.sampled_from([None, 1]))
    def somebody_leaves_or_pauses(self, name: str, days: int | None) -> None:
        async def step() -> None:
            enrollment = await self.world.store.enrollment("w", f"run-{name}")
            assert enrollment is not None
            if enrollment.state is not EnrollmentState.ACTIVE:
                return
            now = self.clock.now()
            if days is None:
                left = replace(enrollment, state=EnrollmentState.LEFT, ended_at=now)
                await self.world.store.save(
                    left, *withdrawn(await self.world.store.nudges_of(left.workspace, left.id), "left", now)
                )
                return
            until = (now + timedelta(days=days)).date()
            paused = replace(enrollment, state=EnrollmentState.PAUSED, paused_until=until)
            course = (await person_called(self.ports, "w", enrollment.member)).course_of(enrollment.id)
            assert course is not None
            await self.world.store.save(paused, *replanned(self.ports, course.after(paused)))

        self.do(step())

    @precondition(lambda self: self.may_disturb)
    @rule(name=st.sampled_from(NAMES))
    def an_account_is_switched(self, name: str) -> None:
        async def step() -> None:
            member = await self.world.store.member("w", name)
            assert member is not None
            is_on = member.state is MemberState.ACTIVE
            await self.world.store.save(replace(member, state=MemberState.DEACTIVATED if is_on else MemberState.ACTIVE))

        self.do(step())

    @precondition(lambda self: self.may_disturb)
    @rule(is_there=st.booleans())
    def the_app_is_removed_or_installed(self, *, is_there: bool) -> None:
        state = WorkspaceState.ACTIVE if is_there else WorkspaceState.UNINSTALLED
        self.do(change_workspace(self.world.store, "w", state=state))

    @precondition(lambda self: self.workers and self.world.taken)
    @rule(which=st.integers(0, 100))
    def somebody_presses_what_stands_there(self, which: int) -> None:
        key = list(self.world.taken)[which % len(self.world.taken)]

        async def step() -> None:
            row = await self.world.store.nudge("w", key)
            assert row is not None
            is_sent = row.state is NudgeState.SENT
            if is_sent or not may_be_there(row, await self.world.store.doubts("w", key)):
                assert is_sent or row.state in PUT_OFF, f"{key} stands there, is {row.state}, and cannot be pressed"
                return
            ref = MessageRef(workspace="w", conversation=f"D-{row.member}", message=f"{key}.1")
            settled = await is_there(self.ports, row, ref)
            assert settled is not None
            known = await self.world.store.screen("w", key)
            assert known is not None
            assert known.message == ref.message

        self.do(step())

    # --- how it ends

    def teardown(self) -> None:
        try:
            if self.workers:
                self.do(self._end())
        finally:
            self.loop.run_until_complete(asyncio.sleep(0))
            self.loop.close()
            self.temporary.cleanup()

    async def _end(self) -> None:
        for worker in self.workers:
            await self._kill(worker)
        self.world.is_well = True
        await change_workspace(self.world.store, "w", state=WorkspaceState.ACTIVE)
        await self._go_on_until_all_is_settled()
        for key in self.nudges:
            row = await self.world.store.nudge("w", key)
            assert row is not None
            came_with = row.card if row.state is NudgeState.SENT else None  # what waited for one day is one message
            stands = len(self.world.taken.get(came_with or key, ()))
            assert row.state in FINAL, f"{key} is still {row.state}"
            assert stands <= 1, f"{key} stands there {stands} times"
            assert (row.state is NudgeState.SENT) == bool(stands), f"{key} is {row.state} ({row.reason}): {stands}"
            assert row.state is NudgeState.SENT or row.reason, f"{key} ended {row.state} without a reason"
            assert row.attempt <= MOST_ATTEMPTS
        await self.world.store.close()
        assert not self.world.wrong

    async def _go_on_until_all_is_settled(self) -> None:
        last = self.born()
        self.workers = [last]
        assert last.outbox is not None
        for _ in range(500):
            await plan(self.ports)
            await last.outbox.pump()
            await last.outbox.drained()
            moment = await self.world.store.next_moment(self.clock.now())
            if moment is None:
                return
            self.clock.at = max(moment, self.clock.now() + timedelta(seconds=1))
        raise AssertionError("it never ends")


TestDelivery = Delivery.TestCase
TestDelivery.settings = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
