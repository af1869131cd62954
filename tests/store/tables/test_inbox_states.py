"""Whatever arrives, fails, dies or comes too late: each lane in its order, one at a time, each finished once."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from bot.store.port.inbox import Arrival, Receipt
from bot.store.sqlite import open_store
from tests.ready import ready
from tests.store.scene import at

T = TypeVar("T")

LEASE = 2  # minutes
LANES = ("U1", "U2", "")
PROCESSES = st.integers(0, 1)


@dataclass
class Fate:
    """What became of one arrival, as those who handle it know."""

    arrival: Arrival
    jumped: bool = False
    holder: int = 0  # the attempt that may end it; 0 when nobody may
    lease_until: float = 0
    not_before: float = 0
    handled: list[int] = field(default_factory=list)
    ended: str = ""

    def is_held(self, now: float) -> bool:
        """Whether somebody handles it."""
        return bool(self.holder) and self.lease_until > now


class Inboxes(RuleBasedStateMachine):
    """Two processes on one file, with a clock that moves on."""

    copies = Bundle("copies")  # what was ever handed out, stale or not

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.stores = [self.reopened(), self.reopened()]
        self.now = 0.0
        self.fates: dict[str, Fate] = {}

    def reopened(self) -> Any:
        return open_store(ready(Path(self.folder.name) / "pitstop.db"))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def run_now(self, begin: Callable[..., Awaitable[T]], *given: Any, **named: Any) -> T:
        """Run what begins with the call itself."""

        async def work() -> T:
            return await begin(*given, **named)

        return self.run(work())

    # --- what may happen

    @rule(target=copies, process=PROCESSES, lane=st.sampled_from(LANES), jumps=st.booleans())
    def arrives(self, process: int, lane: str, jumps: bool) -> Any:
        name = f"{len(self.fates)}"
        arrival = Arrival(id=name, workspace="w", platform="slack", lane=lane, body=f'"{name}"', at=at(self.now))
        free = not self.open_in(lane)
        receipt = self.run_now(self.stores[process].arrive, arrival, lease_until=at(self.now + LEASE), jumps=jumps)
        assert receipt is (Receipt.TAKEN if free or jumps else Receipt.WAITING)
        self.fates[name] = Fate(arrival, jumped=jumps)
        if receipt is Receipt.WAITING:
            return multiple()
        self.fates[name].holder = 1
        self.fates[name].lease_until = self.now + LEASE
        self.fates[name].handled.append(1)
        return arrival

    @rule(process=PROCESSES, number=st.integers(0, 99), jumps=st.booleans())
    def comes_again(self, process: int, number: int, jumps: bool) -> None:
        known = [each.arrival for each in self.fates.values() if each.ended != "withdrawn"]
        if known:
            again = known[number % len(known)]
            receipt = self.run_now(self.stores[process].arrive, again, lease_until=at(self.now + 99), jumps=jumps)
            assert receipt is Receipt.KNOWN

    @rule(target=copies, process=PROCESSES, copy=copies)
    def finishes(self, process: int, copy: Arrival) -> Any:
        lease = at(self.now + LEASE)
        follower = self.run_now(self.stores[process].finish, copy, at=at(self.now), lease_until=lease)
        return self.ends(copy, "done", follower)

    @rule(target=copies, process=PROCESSES, copy=consumes(copies))
    def gives_up(self, process: int, copy: Arrival) -> Any:
        work = self.stores[process].give_up(copy, at=at(self.now), reason="broken", lease_until=at(self.now + LEASE))
        return self.ends(copy, "dead", self.run(work))

    @rule(process=PROCESSES, copy=copies, wait=st.sampled_from([0, 1, 5]))
    def puts_back(self, process: int, copy: Arrival, wait: int) -> None:
        fate, may = self.fate(copy)
        until = self.now + wait
        assert self.run(self.stores[process].put_back(copy, not_before=at(until), reason="broken")) is may
        if may:
            fate.holder, fate.not_before = 0, until

    @rule(process=PROCESSES, copy=consumes(copies))
    def withdraws(self, process: int, copy: Arrival) -> None:
        fate, may = self.fate(copy)
        self.run(self.stores[process].withdraw(copy))
        if may:
            fate.holder, fate.ended = 0, "withdrawn"

    @rule(target=copies, process=PROCESSES, limit=st.integers(1, 4))
    def sweeps(self, process: int, limit: int) -> Any:
        expected = {lane for lane in LANES if self.free_head(lane)}
        lease = at(self.now + LEASE)
        found = self.run(self.stores[process].left_lying(at(self.now), lease_until=lease, limit=limit))
        assert len(found) == min(limit, len(expected)), "what may be taken is taken"
        for arrival in found:
            self.handed_out(arrival)
        return multiple(*found)

    @rule(minutes=st.sampled_from([0.5, 1, LEASE, 6]))
    def waits(self, minutes: float) -> None:
        self.now += minutes

    @rule(process=PROCESSES)
    def dies_and_starts_again(self, process: int) -> None:
        self.run(self.stores[process].close())
        self.stores[process] = self.reopened()

    # --- what must hold

    def fate(self, copy: Arrival) -> tuple[Fate, bool]:
        fate = self.fates[copy.id]
        return fate, bool(fate.holder) and fate.holder == (copy.attempt or 1)

    def open_in(self, lane: str) -> list[Fate]:
        return [each for each in self.fates.values() if each.arrival.lane == lane and not each.ended]

    def free_head(self, lane: str) -> Fate | None:
        waiting = self.open_in(lane)
        if not waiting or any(each.is_held(self.now) for each in waiting) or waiting[0].not_before > self.now:
            return None
        return waiting[0]

    def handed_out(self, arrival: Arrival) -> None:
        fate = self.free_head(arrival.lane)
        assert fate is not None, "one of a lane at a time, and none before its moment"
        assert fate.arrival.id == arrival.id, "the oldest of its lane"
        assert arrival.body == fate.arrival.body
        fate.handled.append(arrival.attempt)
        assert fate.handled == list(range(1, len(fate.handled) + 1)), "each attempt once"
        fate.holder, fate.lease_until, fate.not_before = arrival.attempt, self.now + LEASE, 0

    def ends(self, copy: Arrival, how: str, follower: Arrival | None) -> Any:
        fate, may = self.fate(copy)
        if not may:
            assert follower is None, "a stale fence moves nothing"
            return multiple()
        assert not fate.ended, "once"
        fate.holder, fate.ended = 0, how
        if follower is None:
            assert self.free_head(copy.lane) is None, "the lane goes on"
            return multiple()
        assert follower.lane == copy.lane
        self.handed_out(follower)
        return follower

    @invariant()
    def the_file_says_the_same(self) -> None:
        queue = self.run(self.stores[0].queue(at(self.now)))
        states = [each.ended for each in self.fates.values()]
        assert (queue.inbox, queue.inbox_dead) == (states.count(""), states.count("dead"))

    def teardown(self) -> None:
        """Whoever is left handles all that is left."""
        if hasattr(self, "stores"):
            self.now += 99
            while any(not each.ended for each in self.fates.values()):
                left = self.run(self.stores[0].left_lying(at(self.now), lease_until=at(self.now + LEASE), limit=99))
                assert left, "nothing lies for ever"
                for arrival in left:
                    self.handed_out(arrival)
                    self.handles_all_of(arrival)
            assert all(each.handled for each in self.fates.values()), "nothing is lost"
            for store in self.stores:
                self.run(store.close())
            self.runner.close()
            self.folder.cleanup()

    def handles_all_of(self, arrival: Arrival | None) -> None:
        while arrival is not None:
            lease = at(self.now) + timedelta(minutes=LEASE)
            follower = self.run_now(self.stores[0].finish, arrival, at=at(self.now), lease_until=lease)
            self.ends(arrival, "done", follower)
            arrival = follower


TestInboxes = Inboxes.TestCase
TestInboxes.settings = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # a story of thirty steps is short enough; shrinking it takes minutes
)
