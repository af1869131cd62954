"""What came in is kept, handled once and in order of each person; whoever brought it never waits for that."""

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.coaching.rules.delivery import MOST_ATTEMPTS
from bot.flows.ports import Ports
from bot.runtime.inbox import GRACE, Inbox, Stopping
from bot.store.port import Conflict, StoreError
from bot.store.port.inbox import Arrival
from bot.store.sqlite.file.open import open_store
from tests.conftest import shipped_words
from tests.flows.replies.test_typed import Failing
from tests.ready import ready
from tests.waiting import IN_THE_END, go_on, turns, until

T0 = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)
LONG = timedelta(hours=1)
WRONG = {"response_action": "errors", "errors": {"on": "This day has passed."}}


def arrival(name: str, lane: str = "U1") -> Arrival:
    return Arrival(id=name, workspace="w1", platform="slack", lane=lane, body=f'"{name}"', at=T0)


class Handler:
    """Notes what it is handed; what is closed hangs, what is told fails, what is told so answers."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.attempts: list[int] = []
        self.failures: dict[str, list[Exception]] = {}
        self.answers: dict[str, list[Any]] = {}
        self._closed: dict[str, asyncio.Event] = {}
        self._moved = asyncio.Condition()

    def close(self, *names: str) -> None:
        self._closed |= {name: asyncio.Event() for name in names}

    def open(self, *names: str) -> None:
        for name in names:
            self._closed[name].set()

    async def __call__(self, came: Arrival) -> dict[str, Any] | None:
        self.begun.append(came.id)
        self.attempts.append(came.attempt)
        async with self._moved:
            self._moved.notify_all()
        if came.id in self._closed:
            await self._closed[came.id].wait()
        if failures := self.failures.get(came.id):
            raise failures.pop(0)
        self.ended.append(came.id)
        answers = self.answers.get(came.id)
        return answers.pop(0) if answers else None

    async def has_begun(self, *names: str) -> None:
        async with asyncio.timeout(IN_THE_END), self._moved:
            await self._moved.wait_for(lambda: set(names) <= set(self.begun))


class Held:
    """A store whose one question is carried out, and its answer held until it may go on."""

    def __init__(self, store: Any, held: str) -> None:
        self.is_reached, self.go_on = asyncio.Event(), asyncio.Event()
        self._store, self._held = store, held

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._store, name)

        async def hold(*given: Any, **named: Any) -> Any:
            answer = await asked(*given, **named)
            self.is_reached.set()
            await self.go_on.wait()
            return answer

        return hold if name == self._held else asked


class Counting:
    """A store that notes what one question was asked with."""

    def __init__(self, store: Any, counted: str) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self._store, self._counted = store, counted

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._store, name)

        def note(*given: Any, **named: Any) -> Any:
            self.asked.append(given)
            return asked(*given, **named)

        return note if name == self._counted else asked


class Stage:
    """An inbox on a file, with a clock that is set by hand."""

    def __init__(self, file: Path) -> None:
        self.time = T0
        self.handler = Handler()
        self.store = open_store(ready(file))
        self.failures: dict[str, list[BaseException | None]] = {}
        store: Any = Failing(self.store, self.failures)
        chat: Any = None
        self.ports = Ports(
            store=store,
            chat=chat,
            words=shipped_words(),
            clock=self,
            holidays=lambda _country, _years: frozenset(),
            countries=(),
            new_id=lambda: uuid.uuid4().hex,
            chance=lambda: 1.0,
            operator="",
            lease=LEASE,
        )
        self.inbox = self.another()

    def another(self, **more: Any) -> Inbox:
        """Return another process's inbox on the same file."""
        return Inbox(lambda: self.ports, self.handler, **more)

    def put(self, store: Any) -> None:
        """Let the inbox speak to this store from now on."""
        self.ports = replace(self.ports, store=store)

    def now(self) -> datetime:
        return self.time

    async def bring(self, *names: str, lane: str = "U1") -> None:
        for name in names:
            assert await self.inbox.accept(arrival(name, lane)) is None

    async def left(self) -> int:
        return (await self.store.queue(self.time)).inbox

    async def later(self, wait: timedelta = LONG) -> int:
        """Let time pass, sweep, and return how much was taken up; what was begun has ended then."""
        self.time += wait
        taken = await self.inbox.sweep()
        await self.inbox.drained()
        return taken


@asynccontextmanager
async def staged(file: Path) -> AsyncIterator[Stage]:
    made = Stage(file)
    yield made
    await made.inbox.stop(0)
    await made.store.close()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path / "inbox.db") as made:
        yield made


# --- once, in order, and nobody waits ---------------------------------------------------------------------------


async def test_it_is_kept_before_it_is_handled_and_let_go_after(stage: Stage) -> None:
    stage.handler.close("a")
    await stage.bring("a")
    assert await stage.left() == 1
    await stage.handler.has_begun("a")
    stage.handler.open("a")
    await stage.inbox.drained()
    assert stage.handler.ended == ["a"]
    assert await stage.left() == 0


async def test_a_handler_that_hangs_delays_its_own_lane_and_no_acknowledgement(stage: Stage) -> None:
    stage.handler.close("a")
    await stage.bring("a", "b", "c")  # each was acknowledged while "a" hangs
    await stage.bring("other", lane="U2")
    await stage.handler.has_begun("a", "other")
    assert stage.handler.begun == ["a", "other"]
    stage.handler.open("a")
    await stage.inbox.drained()
    assert stage.handler.ended == ["other", "a", "b", "c"]
    assert await stage.left() == 0


async def test_the_same_is_handled_once_however_often_it_comes(stage: Stage) -> None:
    stage.handler.close("a")
    await asyncio.gather(*(stage.inbox.accept(arrival("a")) for _ in range(10)))
    stage.handler.open("a")
    await stage.inbox.drained()
    await stage.bring("a")
    await stage.inbox.drained()
    assert stage.handler.begun == ["a"]


async def test_so_many_are_handled_at_once_and_no_more(stage: Stage) -> None:
    stage.inbox = stage.another(most=2)
    stage.handler.close("a", "b", "c")
    for name in ("a", "b", "c"):
        await stage.bring(name, lane=name)
    await stage.handler.has_begun("a", "b")
    assert await stage.inbox.sweep() == 0
    assert stage.handler.begun == ["a", "b"]
    stage.handler.open("a", "b", "c")
    await stage.inbox.drained()
    assert sorted(stage.handler.ended) == ["a", "b", "c"]


async def test_what_could_not_be_kept_is_not_handled(stage: Stage) -> None:
    stage.failures["arrive"] = [StoreError("disk full")]
    with pytest.raises(StoreError):
        await stage.bring("a")
    await stage.inbox.drained()
    assert stage.handler.begun == []
    await stage.bring("a")
    await stage.inbox.drained()
    assert stage.handler.ended == ["a"]


# --- forms: somebody waits --------------------------------------------------------------------------------------


async def test_a_form_is_answered_while_its_lane_hangs(stage: Stage) -> None:
    stage.handler.close("a")
    await stage.bring("a", "b")
    stage.handler.answers["form"] = [WRONG]
    assert await stage.inbox.accept(arrival("form"), awaited=True) == WRONG
    assert stage.handler.ended == ["form"]
    stage.handler.open("a")
    await stage.inbox.drained()
    assert stage.handler.ended == ["form", "a", "b"]


async def test_a_form_needs_no_room(stage: Stage) -> None:
    stage.inbox = stage.another(most=1)
    stage.handler.close("a")
    await stage.bring("a")
    await stage.handler.has_begun("a")
    assert await stage.inbox.accept(arrival("form", "U2"), awaited=True) is None


async def test_a_form_with_errors_may_be_sent_in_again_and_one_without_is_done(stage: Stage) -> None:
    stage.handler.answers["form"] = [WRONG, None]
    assert await stage.inbox.accept(arrival("form"), awaited=True) == WRONG
    assert await stage.inbox.accept(arrival("form"), awaited=True) is None
    assert await stage.inbox.accept(arrival("form"), awaited=True) is None
    assert stage.handler.ended == ["form", "form"]


async def test_a_form_sent_in_twice_at_once_is_handled_once_and_both_get_the_answer(stage: Stage) -> None:
    stage.handler.close("form")
    stage.handler.answers["form"] = [WRONG]
    both = asyncio.gather(*(stage.inbox.accept(arrival("form"), awaited=True) for _ in range(2)))
    await stage.handler.has_begun("form")
    stage.handler.open("form")
    assert await both == [WRONG, WRONG]
    assert stage.handler.begun == ["form"]


async def test_a_form_that_takes_too_long_goes_on_and_closes_the_second_time(stage: Stage) -> None:
    stage.inbox = stage.another(patience=0.01)
    stage.handler.close("form")
    for _ in range(2):
        with pytest.raises(TimeoutError):
            await stage.inbox.accept(arrival("form"), awaited=True)
    stage.handler.open("form")
    await stage.inbox.drained()
    assert await stage.inbox.accept(arrival("form"), awaited=True) is None
    assert stage.handler.ended == ["form"]


async def test_what_came_behind_a_form_with_errors_is_handled_right_after_it(stage: Stage) -> None:
    stage.handler.close("form")
    stage.handler.answers["form"] = [WRONG]
    form = asyncio.create_task(stage.inbox.accept(arrival("form"), awaited=True))
    await stage.handler.has_begun("form")
    await stage.bring("a")
    stage.handler.open("form")
    assert await form == WRONG
    await stage.inbox.drained()
    assert stage.handler.ended == ["form", "a"]


async def test_an_answer_whose_form_cannot_be_let_in_again_is_not_given(stage: Stage) -> None:
    stage.handler.answers["form"] = [WRONG, None]
    stage.failures["withdraw"] = [StoreError("disk full")]
    with pytest.raises(StoreError):
        await stage.inbox.accept(arrival("form"), awaited=True)
    assert await stage.inbox.accept(arrival("form"), awaited=True) is None
    assert stage.handler.ended == ["form", "form"]


async def test_a_form_that_could_not_be_let_in_again_is_once_the_store_is_well(stage: Stage) -> None:
    stage.handler.answers["form"] = [WRONG]
    stage.failures["withdraw"] = [StoreError("disk full")]
    with pytest.raises(StoreError):
        await stage.inbox.accept(arrival("form"), awaited=True)
    await stage.inbox.sweep()
    assert await stage.left() == 0


# --- what goes wrong --------------------------------------------------------------------------------------------


async def test_what_fails_is_tried_again_later_and_then_what_came_behind_it(stage: Stage) -> None:
    stage.handler.failures["a"] = [RuntimeError(), Conflict()]
    await stage.bring("a", "b")
    await stage.inbox.drained()
    assert await stage.later(timedelta(seconds=1)) == 0  # it waits a while
    assert await stage.later() == 1
    assert await stage.later() == 1
    assert stage.handler.ended == ["a", "b"]
    assert stage.handler.begun == ["a", "a", "a", "b"]
    assert stage.handler.attempts == [1, 2, 3, 1]


async def test_what_fails_too_often_is_given_up_and_kept_and_the_others_go_on(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.handler.failures["a"] = [RuntimeError("my private words") for _ in range(100)]
    await stage.bring("a", "b")
    await stage.inbox.drained()
    for _ in range(20):
        await stage.later()
    assert stage.handler.begun == ["a"] * MOST_ATTEMPTS + ["b"]
    queue = await stage.store.queue(stage.time)
    assert (queue.inbox, queue.inbox_dead) == (0, 1)
    assert "given up arrival=a" in caplog.text
    assert "RuntimeError" in caplog.text
    assert "private" not in caplog.text


async def test_failures_are_counted_whichever_process_they_were_of(stage: Stage) -> None:
    stage.handler.failures["a"] = [RuntimeError() for _ in range(100)]
    await stage.bring("a")
    await stage.inbox.drained()
    for _ in range(MOST_ATTEMPTS):
        stage.time += LONG
        other = stage.another()  # each time another one takes it up
        await other.sweep()
        await other.drained()
    assert stage.handler.begun == ["a"] * MOST_ATTEMPTS
    assert (await stage.store.queue(stage.time)).inbox_dead == 1


async def test_a_store_that_is_down_counts_against_nobody(stage: Stage) -> None:
    stage.handler.failures["a"] = [StoreError("disk full") for _ in range(3 * MOST_ATTEMPTS)]
    await stage.bring("a")
    await stage.inbox.drained()
    for _ in range(3 * MOST_ATTEMPTS):
        await stage.later()
    assert stage.handler.ended == ["a"]


async def test_what_could_neither_be_handled_nor_put_back_is_taken_up_when_its_lease_is_over(stage: Stage) -> None:
    stage.handler.failures["a"] = [StoreError("disk full"), RuntimeError()]
    stage.failures["put_back"] = [StoreError("disk full")]
    await stage.bring("a")
    await stage.inbox.drained()
    assert await stage.later(LEASE - timedelta(seconds=1)) == 0
    assert await stage.later(timedelta(seconds=2)) == 1
    assert await stage.later() == 1
    assert stage.handler.ended == ["a"]


async def test_what_could_not_be_buried_is_taken_up_again(stage: Stage) -> None:
    stage.handler.failures["a"] = [RuntimeError() for _ in range(MOST_ATTEMPTS)]
    stage.failures["give_up"] = [StoreError("disk full")]
    await stage.bring("a")
    for _ in range(MOST_ATTEMPTS):
        await stage.inbox.drained()
        await stage.later()
    assert stage.handler.ended == ["a"]


async def test_what_was_handled_and_could_not_be_noted_is_not_handled_again(stage: Stage) -> None:
    stage.failures["finish"] = [StoreError("disk full"), StoreError("disk full")]
    await stage.bring("a", "b")
    await stage.inbox.drained()
    assert await stage.left() == 2
    with pytest.raises(StoreError):
        await stage.inbox.sweep()
    await stage.later(2 * LEASE)
    assert stage.handler.begun == ["a", "b"]
    assert await stage.left() == 0


async def test_what_was_handled_last_and_could_not_be_noted_is_noted_by_the_next_sweep(stage: Stage) -> None:
    stage.failures["finish"] = [StoreError("disk full")]
    await stage.bring("a")
    await stage.inbox.drained()
    assert await stage.later(timedelta(0)) == 0
    assert stage.handler.begun == ["a"]
    assert await stage.left() == 0


async def test_nobody_who_waits_hears_of_a_failure_in_words(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.handler.failures["form"] = [RuntimeError("my private words")]
    with pytest.raises(RuntimeError):
        await stage.inbox.accept(arrival("form"), awaited=True)
    stage.handler.failures["a"] = [RuntimeError("my private words")]
    await stage.bring("a")
    await stage.inbox.drained()
    assert "private" not in caplog.text


# --- processes that end -----------------------------------------------------------------------------------------


async def test_what_a_dead_process_left_is_taken_up_in_order(stage: Stage) -> None:
    for name in ("a", "b", "c"):
        await stage.store.arrive(arrival(name), lease_until=T0 + LEASE)
    await stage.store.arrive(arrival("other", "U2"), lease_until=T0 + LEASE)
    assert await stage.later(timedelta(seconds=59)) == 0  # perhaps it lives
    assert await stage.later(timedelta(seconds=2)) == 2
    assert stage.handler.attempts[0] == 2
    assert [name for name in stage.handler.ended if name != "other"] == ["a", "b", "c"]
    assert len(stage.handler.ended) == 4


async def test_a_handler_that_outlives_its_lease_is_not_joined_by_another(stage: Stage) -> None:
    stage.handler.close("a")
    await stage.bring("a", "b")
    await stage.handler.has_begun("a")
    for _ in range(3):
        stage.time += LONG
        assert await stage.inbox.sweep() == 0
    stage.handler.open("a")
    await stage.inbox.drained()
    assert stage.handler.begun == ["a", "b"]
    assert await stage.left() == 0


async def test_two_processes_share_the_work_and_do_it_once(stage: Stage) -> None:
    second = stage.another()
    for name in map(str, range(20)):
        await stage.store.arrive(arrival(name, f"U{int(name) % 5}"), lease_until=T0)
    await asyncio.gather(stage.inbox.sweep(), second.sweep())
    await asyncio.gather(stage.inbox.drained(), second.drained())
    assert sorted(map(int, stage.handler.ended)) == list(range(20))
    for lane in range(5):
        assert [int(each) for each in stage.handler.ended if int(each) % 5 == lane] == list(range(lane, 20, 5))


async def test_stopping_lets_end_what_was_begun_and_leaves_the_rest(stage: Stage) -> None:
    stage.handler.close("ends", "hangs")
    await stage.bring("ends", "behind", lane="U1")
    await stage.bring("hangs", lane="U2")
    await stage.handler.has_begun("ends", "hangs")
    stopping = asyncio.create_task(stage.inbox.stop(GRACE))
    await turns(1)
    stage.handler.open("ends")
    await until(lambda: stage.handler.ended == ["ends"])
    await turns()
    assert not stopping.done()
    go_on(GRACE)
    await stopping
    assert stage.handler.ended == ["ends"]
    assert "behind" not in stage.handler.begun
    await stage.bring("late")  # kept, and left for whoever runs next
    with pytest.raises(Stopping):
        await stage.inbox.accept(arrival("form"), awaited=True)
    assert await stage.inbox.sweep() == 0
    assert await stage.left() == 3
    stage.handler.open("hangs")
    stage.inbox = stage.another()
    assert await stage.later(timedelta(0)) == 2  # at once: no lease of the process before is in the way
    await stage.later(timedelta(0))
    assert stage.handler.ended[0] == "ends"
    assert sorted(stage.handler.ended) == ["behind", "ends", "hangs", "late"]
    assert stage.handler.ended.index("behind") < stage.handler.ended.index("late")
    assert await stage.left() == 0


async def test_whoever_waits_for_a_form_while_it_is_stopped_is_told_that_it_was_not_taken(stage: Stage) -> None:
    stage.handler.close("form")
    form = asyncio.create_task(stage.inbox.accept(arrival("form"), awaited=True))
    await stage.handler.has_begun("form")
    await stage.inbox.stop(0)
    with pytest.raises(Stopping):
        await form


async def test_nothing_is_lost_when_stopping_meets_a_store_that_is_down(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    stage.handler.close("a")
    stage.failures["put_back"] = [StoreError("disk full")]
    await stage.bring("a")
    await stage.handler.has_begun("a")
    await stage.inbox.stop(0)
    assert "not put back arrival=a" in caplog.text
    stage.handler.open("a")
    stage.inbox = stage.another()
    assert await stage.later() == 1
    assert stage.handler.ended == ["a"]


async def test_stopping_counts_as_nobodys_failure(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """Not of what is handled, and not of what waits for room."""
    stage.inbox = stage.another(most=1)
    stage.handler.close("a", "b", "c")
    for name in ("a", "b", "c"):
        await stage.bring(name, lane=name)
    await stage.handler.has_begun("a")
    await stage.inbox.stop(0)
    assert caplog.messages == []
    stage.inbox = stage.another()
    for name in ("a", "b", "c"):
        stage.handler.open(name)
    assert await stage.later(timedelta(0)) == 3
    assert sorted(stage.handler.ended) == ["a", "b", "c"]


async def test_what_was_handled_while_it_was_stopped_is_noted_and_what_is_behind_it_is_left_free(stage: Stage) -> None:
    held = Held(stage.store, "finish")
    stage.put(held)
    await stage.bring("a", "b")
    await held.is_reached.wait()
    stopping = asyncio.create_task(stage.inbox.stop(0))
    await turns()
    held.go_on.set()
    await stopping
    stage.inbox = stage.another()
    assert await stage.later(timedelta(0)) == 1
    assert stage.handler.begun == ["a", "b"]


async def test_what_comes_while_it_is_stopped_is_left_free(stage: Stage) -> None:
    held = Held(stage.store, "arrive")
    stage.put(held)
    bringing = asyncio.create_task(stage.bring("a"))
    await held.is_reached.wait()
    await stage.inbox.stop(0)
    held.go_on.set()
    await bringing
    assert stage.handler.begun == []
    stage.inbox = stage.another()
    assert await stage.later(timedelta(0)) == 1
    assert stage.handler.ended == ["a"]


async def test_a_form_that_comes_while_it_is_stopped_was_not_taken_and_may_come_again(stage: Stage) -> None:
    held = Held(stage.store, "arrive")
    stage.put(held)
    form = asyncio.create_task(stage.inbox.accept(arrival("form"), awaited=True))
    await held.is_reached.wait()
    await stage.inbox.stop(0)
    held.go_on.set()
    with pytest.raises(Stopping):
        await form
    stage.inbox = stage.another()
    assert await stage.inbox.accept(arrival("form"), awaited=True) is None
    assert stage.handler.ended == ["form"]


async def test_what_is_taken_up_while_it_is_stopped_is_left_free(stage: Stage) -> None:
    await stage.store.arrive(arrival("a"), lease_until=T0)
    held = Held(stage.store, "left_lying")
    stage.put(held)
    sweeping = asyncio.create_task(stage.inbox.sweep())
    await held.is_reached.wait()
    stopping = asyncio.create_task(stage.inbox.stop(0))
    await turns()
    held.go_on.set()
    await asyncio.gather(sweeping, stopping)
    assert stage.handler.begun == []
    stage.inbox = stage.another()
    assert await stage.later(timedelta(0)) == 1
    assert stage.handler.ended == ["a"]


# --- longer than a lease


async def test_what_takes_longer_than_its_lease_is_left_alone_by_another_process(stage: Stage) -> None:
    second = stage.another()
    stage.handler.close("a")
    await stage.bring("a", "b")
    await stage.handler.has_begun("a")
    for _ in range(5):
        stage.time += LEASE * 0.6
        assert await second.sweep() == 0
        assert await stage.inbox.sweep() == 0
    stage.handler.open("a")
    await stage.inbox.drained()
    assert stage.handler.begun == ["a", "b"]
    assert stage.handler.attempts == [1, 1]
    assert await stage.left() == 0


async def test_what_waits_for_room_longer_than_its_lease_is_left_alone_too(stage: Stage) -> None:
    stage.inbox, second = stage.another(most=1), stage.another()
    stage.handler.close("a")
    await stage.bring("a")
    await stage.bring("waits", lane="U2")
    for _ in range(3):
        stage.time += LEASE * 0.6
        assert await stage.inbox.sweep() + await second.sweep() == 0
    stage.handler.open("a")
    await stage.inbox.drained()
    assert stage.handler.begun == ["a", "waits"]


async def test_what_a_process_had_in_hand_when_it_died_is_taken_up_one_lease_after_its_last_sign(stage: Stage) -> None:
    second = stage.another()
    stage.handler.close("a")
    await stage.bring("a")
    stage.time += LEASE / 2
    await stage.inbox.sweep()  # its last sign
    stage.time += LEASE - timedelta(seconds=1)
    assert await second.sweep() == 0
    stage.time += timedelta(seconds=1)
    assert await second.sweep() == 1
    stage.handler.open("a")
    await second.drained()


async def test_leases_are_extended_together_and_only_when_one_is_half_over(stage: Stage) -> None:
    counting = Counting(stage.store, "extend")
    stage.put(counting)
    stage.handler.close("a", "b")
    await stage.bring("a")
    await stage.bring("b", lane="U2")
    stage.time += LEASE * 0.4
    await stage.inbox.sweep()
    assert counting.asked == []
    stage.time += LEASE * 0.1
    await stage.inbox.sweep()
    await stage.inbox.sweep()
    assert [[arrival.id for arrival in given[0]] for given in counting.asked] == [["a", "b"]]
    stage.handler.open("a", "b")
    await stage.inbox.drained()
    stage.time += LEASE
    await stage.inbox.sweep()
    assert len(counting.asked) == 1
