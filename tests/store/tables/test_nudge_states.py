"""Whatever workers do, in whatever order, with whatever old copies: the invariants of delivery that the store keeps."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import FINAL, Nudge, NudgeState
from bot.coaching.rules.delivery import MOST_ATTEMPTS
from bot.store.port import Conflict
from bot.store.sqlite import open_store
from tests.ready import ready
from tests.store.scene import a_nudge, at, cast, in_doubt

T = TypeVar("T")

PLANNED, READY, SENDING = NudgeState.PLANNED, NudgeState.READY, NudgeState.SENDING
UNCERTAIN, SENT, DEAD = NudgeState.UNCERTAIN, NudgeState.SENT, NudgeState.DEAD
CANCELLED, EXPIRED = NudgeState.CANCELLED, NudgeState.EXPIRED

LEASE = 1  # minutes
PLACES = ("anna", "bram", None)  # two people, and a channel
WORKERS = st.integers(0, 1)
NUMBERS = st.integers(0, 99)
ANSWERS = st.sampled_from(["ok", "refused", "lost", "not accepted, lost", "died"])


class Deliveries(RuleBasedStateMachine):
    """Two workers on one file, and a platform that shows what it accepted."""

    copies = Bundle("copies")  # what was ever claimed or looked up, stale or not

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.stores = [open_store(ready(Path(self.folder.name) / "pitstop.db")) for _ in range(2)]
        self.run(self.stores[0].save(*cast()))
        self.now = 0.0
        self.names: list[str] = []
        self.claims: Counter[str] = Counter()
        self.visible: Counter[str] = Counter()
        self.left: set[str] = set()
        self.called: set[tuple[str, int]] = set()  # who claims calls once
        for place in PLACES:
            for due in (-2, -1, 0):
                self.adds(place, due, 120, READY)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def fresh(self, name: str) -> Nudge:
        found: Nudge | None = self.run(self.stores[0].nudge("w", name))
        assert found is not None
        return found

    # --- what may happen

    @rule(place=st.sampled_from(PLACES), due=st.sampled_from([0, 1, 5]), window=st.sampled_from([2, 120]))
    def is_planned(self, place: str | None, due: int, window: int) -> None:
        nudge = self.adds(place, due, window, PLANNED)
        with pytest.raises(Conflict):  # I1: another worker plans the same
            self.run(self.stores[1].save(replace(nudge, id=f"{nudge.id}-again")))

    def adds(self, place: str | None, due: int, window: int, state: NudgeState) -> Nudge:
        moments = {"due_at": at(self.now + due), "expires_at": at(self.now + due + window)}
        nudge = a_nudge(f"{place}{len(self.names)}", place, state=state, **moments)
        self.run(self.stores[0].save(nudge))
        self.names.append(nudge.id)
        return nudge

    @rule(worker=WORKERS)
    def what_is_due_gets_ready(self, worker: int) -> None:
        for row in self.run(self.stores[worker].due("w", at(self.now), limit=3)):
            to = CANCELLED if row.member in self.left else READY
            assert self.run(self.stores[worker].settle(row, to, at=at(self.now)))

    @rule(target=copies, worker=WORKERS, limit=st.integers(1, 3))
    def claims_some(self, worker: int, limit: int) -> Any:
        return multiple(*self.claim(worker, limit))

    def claim(self, worker: int, limit: int) -> list[Nudge]:
        now = at(self.now)
        until = at(self.now + LEASE)
        work = self.stores[worker].claim(now, workspaces=["w"], lease_until=until, free=lambda *_: limit)
        claimed: list[Nudge] = list(self.run(work))
        for nudge in claimed:
            self.claims[nudge.id] += 1
            assert (nudge.state, nudge.attempt, nudge.fence) == (SENDING, *[self.claims[nudge.id]] * 2)
            assert nudge.due_at <= now < nudge.expires_at, "I6"
            assert nudge.not_before is None or nudge.not_before <= now
        return claimed

    @rule(target=copies, worker=WORKERS, limit=st.integers(1, 3), answer=ANSWERS)
    def claims_and_calls(self, worker: int, limit: int, answer: str) -> Any:
        claimed = self.claim(worker, limit)
        for nudge in claimed:
            self.calls(nudge, worker, answer)
        return multiple(*claimed)

    @rule(copy=copies, worker=WORKERS, answer=ANSWERS)
    def calls_at_last(self, copy: Nudge, worker: int, answer: str) -> None:
        """A worker may have slept since it claimed."""
        self.calls(copy, worker, answer)

    def calls(self, copy: Nudge, worker: int, answer: str) -> None:
        """Ask at the last moment, and call only when it may."""
        store = self.stores[worker]
        stands = self.fresh(copy.id)
        unwanted = self.run(store.unwanted(copy))
        if copy.state is not SENDING or (stands.state, stands.fence) != (SENDING, copy.fence):
            assert unwanted == "fence", "I3"
            return
        assert unwanted == ("left" if copy.member in self.left else None), "I7"
        is_over = copy.lease_until is not None and copy.lease_until <= at(self.now)
        if unwanted or is_over or (copy.id, copy.fence) in self.called:
            return
        self.called.add((copy.id, copy.fence))
        self.visible[copy.id] += answer in ("ok", "lost", "died")
        to = {"ok": SENT, "refused": READY, "lost": UNCERTAIN, "not accepted, lost": UNCERTAIN}.get(answer)
        if to is not None:
            self.settles(worker, copy, DEAD if to is READY and copy.attempt >= MOST_ATTEMPTS else to)

    @rule(copy=copies, worker=WORKERS, to=st.sampled_from([SENT, READY, UNCERTAIN, DEAD, CANCELLED]))
    def a_stale_copy_moves_nothing(self, copy: Nudge, worker: int, to: NudgeState) -> None:
        stands = self.fresh(copy.id)
        if (stands.state, stands.fence) == (copy.state, copy.fence):
            return
        moved = self.run(self.stores[worker].settle(copy, to, at=at(self.now), conversation="X", message="X"))
        assert not moved, "I8"
        assert self.fresh(copy.id) == stands, "I8"

    @rule(target=copies, worker=WORKERS, limit=st.integers(1, 3))
    def doubts_are_looked_up(self, worker: int, limit: int) -> Any:
        doubtful = self.run(in_doubt(self.stores[worker], at(self.now), limit=limit))
        for nudge in doubtful:
            found = SENT if self.visible[nudge.id] else EXPIRED if nudge.expires_at <= at(self.now) else READY
            self.settles(worker, nudge, EXPIRED if found is READY and nudge.attempt >= MOST_ATTEMPTS else found)
        return multiple(*doubtful)

    def settles(self, worker: int, nudge: Nudge, to: NudgeState) -> None:
        later = at(self.now + 0.5) if to in (READY, UNCERTAIN) else None
        message = nudge.id if to is SENT else None
        work = self.stores[worker].settle(
            nudge, to, at=at(self.now), conversation=message, message=message, not_before=later
        )
        assert self.run(work)

    @rule(worker=WORKERS)
    def what_is_late_expires(self, worker: int) -> None:
        for row in self.run(self.stores[worker].late(at(self.now), limit=9)):
            self.settles(worker, row, EXPIRED)

    @rule(number=NUMBERS, worker=WORKERS)
    def is_cancelled(self, number: int, worker: int) -> None:
        """Somebody cancels what they read before another worker claimed it."""
        if not self.names:
            return
        read = self.fresh(self.names[number % len(self.names)])
        claimed = self.claim(worker, 1)
        if read.state in (PLANNED, READY):
            is_free = read.id not in {nudge.id for nudge in claimed}
            assert self.run(self.stores[worker].settle(read, CANCELLED, at=at(self.now), reason="left")) is is_free

    @rule(member=st.sampled_from(["anna", "bram"]))
    def leaves(self, member: str) -> None:
        run = self.run(self.stores[0].enrollment("w", f"run-{member}"))
        assert run is not None
        self.run(self.stores[0].save(replace(run, state=EnrollmentState.LEFT)))
        self.left.add(member)

    @rule(minutes=st.sampled_from([0.5, LEASE, 5]))
    def waits(self, minutes: float) -> None:
        self.now += minutes

    # --- what must hold

    @invariant()
    def each_conversation_has_one_on_its_way(self) -> None:
        all_of_them = [self.fresh(name) for name in getattr(self, "names", [])]
        busy = Counter(each.member for each in all_of_them if each.state in (SENDING, UNCERTAIN))
        assert all(count == 1 for count in busy.values())
        assert all(each.attempt == self.claims[each.id] <= MOST_ATTEMPTS for each in all_of_them), "I10"
        assert all(self.visible[each.id] == 1 for each in all_of_them if each.state is SENT), "I4 and I5"
        assert not any(self.visible[each.id] for each in all_of_them if each.state in (PLANNED, READY)), "I5"

    def teardown(self) -> None:
        """Every row ends."""
        if hasattr(self, "stores"):
            self.now += 130  # every window has closed
            for _ in range(len(self.names)):
                self.what_is_due_gets_ready(0)
                self.what_is_late_expires(0)
                self.now += 1
                self.doubts_are_looked_up(0, 99)
            ends = {name: self.fresh(name).state for name in self.names}
            assert set(ends.values()) <= FINAL, "I2"
            assert all(ends[name] is SENT for name in self.names if self.visible[name]), "I5"
            for store in self.stores:
                self.run(store.close())
            self.runner.close()
            self.folder.cleanup()


TestDeliveries = Deliveries.TestCase
TestDeliveries.settings = settings(
    max_examples=30,
    stateful_step_count=30,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # a story of thirty steps is short enough; shrinking it takes minutes
)
