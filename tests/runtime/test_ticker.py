"""What makes time pass: ticks that wait for no send, hold nobody up, and end when they are told to."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.flows.ports import Ports
from bot.practice.faults import Fault
from bot.practice.time.clock import TravelClock
from bot.runtime.outbox import Outbox
from bot.runtime.ticker import AGENDA, HOUSEKEEPING, MOST_ROUNDS, SOONEST, Tick, Ticker
from tests.conftest import T0, World, living
from tests.content import said
from tests.flows.replies.test_typed import row_of
from tests.flows.talk import begin
from tests.runtime.posting import Amid
from tests.stored import key
from tests.waiting import a_while, turns, until

pytestmark = pytest.mark.slack("one ticker serves both platforms")


def ticker_of(ports: Ports, **settings: Any) -> Ticker:
    """Return a ticker with an outbox of its own."""
    return Ticker(lambda: ports, Outbox(lambda: ports), **settings)


async def until_sent(world: World, nudge: Nudge) -> None:
    """Wait until a nudge was sent."""

    async def is_sent() -> bool:
        row = await world.bot.ports.store.nudge(*key(nudge))
        return row is not None and row.state is NudgeState.SENT

    await until(is_sent)


async def until_asked(world: World, words: str) -> None:
    """Wait until the platform was asked to show something."""
    await until(lambda: any(words in str(call) for call in world.line.calls))


async def test_time_alone_sends_what_is_due(world: World) -> None:
    await begin(world, "Sanne")
    world.practice.clock.leap(timedelta(hours=25, seconds=1))  # and nobody does anything

    async def sent() -> bool:
        return said("nudge-plan-button") in world.driver.labels(await world.latest("Sanne"))

    assert await world.driver.until(sent)


async def test_a_tick_that_fails_is_noted_and_the_others_run(world: World, caplog: pytest.LogCaptureFixture) -> None:
    class Nothing:
        def __getattr__(self, name: str) -> Any:
            raise RuntimeError(name)

    ticker = ticker_of(replace(world.bot.ports, store=Nothing()))
    await ticker.settle()
    assert caplog.text.count("tick failed") == len(AGENDA) + 1 + len(HOUSEKEEPING)  # and sending
    await ticker.stop()
    ticker.wake()
    await turns()
    assert caplog.text.count("tick failed") == len(AGENDA) + 1 + len(HOUSEKEEPING)


async def test_what_moves_in_circles_is_noticed(world: World, caplog: pytest.LogCaptureFixture) -> None:
    async def endless(_: Ports) -> int:
        return 1

    await ticker_of(world.bot.ports, agenda=(Tick(name="endless", run=endless, seconds=1),)).settle()
    assert f"still moving after rounds={MOST_ROUNDS}" in caplog.text


async def test_woken_twice_before_it_begins_it_runs_once(world: World) -> None:
    count = 0

    async def counting(_: Ports) -> int:
        nonlocal count
        count += 1
        return 0

    await begin(world, "Sanne")
    await world.bot.ticker.stop()
    world.practice.clock.leap(timedelta(hours=25, seconds=1))
    ticker = ticker_of(world.bot.ports, agenda=(Tick(name="count", run=counting, seconds=1),))
    async with ticker.resting():
        for _ in range(5):
            ticker.wake()
        await turns()
        assert count == 0
    await ticker.settle()
    assert count == 2  # woken once, settled once
    await ticker.stop()


async def test_woken_while_nothing_is_due_it_decides_nothing(world: World) -> None:
    decided = 0

    async def decide(_: Ports) -> int:
        nonlocal decided
        decided += 1
        return 0

    await begin(world, "Sanne")
    await world.bot.ticker.stop()
    ticker = ticker_of(world.bot.ports, agenda=(Tick(name="decide", run=decide, seconds=1),))
    for lies_ahead, times in ((timedelta(), 0), (timedelta(hours=25, seconds=1), 1)):
        world.practice.clock.leap(lies_ahead)
        ticker.wake()
        await turns(1)
        async with ticker.resting():
            assert decided == times
    await ticker.stop()


async def test_no_tick_waits_for_a_send(world: World) -> None:
    await begin(world, "Sanne")
    await world.bot.ticker.stop()
    looks = 0

    async def look(_: Ports) -> int:
        nonlocal looks
        looks += 1
        return 0

    ticker = ticker_of(world.bot.ports, agenda=(*AGENDA, Tick(name="look", run=look, seconds=0.01)))
    late = asyncio.Event()
    world.line.faults["chat.postMessage"] = [Fault(answered=late)]
    world.practice.clock.leap(timedelta(hours=25, seconds=1))
    ticker.start()
    ticker.wake()
    await until_asked(world, said("nudge-plan-button"))
    before = looks
    await until(lambda: looks >= before + 3)
    (row,) = [row for row in await world.rows("Sanne", Kind.NUDGE) if row.week == 1]
    assert row.state is NudgeState.SENDING
    late.set()
    await ticker.settle()
    assert (await row_of(world, "Sanne", Kind.NUDGE)).state is NudgeState.SENT
    await ticker.stop()


async def test_stopping_lets_a_send_under_way_end(world: World) -> None:
    await begin(world, "Sanne")
    late = asyncio.Event()
    world.line.faults["chat.postMessage"] = [Fault(answered=late)]
    world.practice.clock.leap(timedelta(hours=25, seconds=1))
    world.bot.ticker.wake()
    await until_asked(world, said("nudge-plan-button"))
    stopping = asyncio.create_task(world.bot.ticker.stop())
    await turns()
    assert not stopping.done()
    late.set()
    await stopping
    assert (await row_of(world, "Sanne", Kind.NUDGE)).state is NudgeState.SENT


async def test_stopping_does_not_wait_for_ever(world: World, caplog: pytest.LogCaptureFixture) -> None:
    ticker = ticker_of(world.bot.ports, grace=0.05)
    async with ticker.resting():
        ticker.wake()
        await ticker.stop()
    assert "stopped in the midst of a tick" in caplog.text


async def test_a_clock_that_is_not_believed_holds_all_but_what_goes_on_beside(world: World) -> None:
    ran: list[str] = []

    def tick(name: str, *, by_the_clock: bool = True) -> Tick:
        async def run(_: Ports) -> int:
            ran.append(name)
            return 0

        return Tick(name=name, run=run, seconds=0.01, by_the_clock=by_the_clock)

    ticker = ticker_of(
        world.bot.ports,
        agenda=(tick("agenda"),),
        housekeeping=(tick("house"),),
        beside=(tick("inbox", by_the_clock=False), tick("beat")),
        is_steady=lambda: False,
    )
    ticker.start()
    await until(lambda: ran.count("inbox") >= 3)
    await ticker.settle()
    await ticker.stop()
    assert set(ran) == {"inbox"}


async def test_what_came_in_is_handled_before_the_agenda_settles(world: World) -> None:
    order: list[str] = []

    async def plan(_: Ports) -> int:
        order.append("plan")
        return 0

    async def drained() -> None:
        order.append("drained")

    await ticker_of(world.bot.ports, agenda=(Tick(name="plan", run=plan, seconds=1),), drained=drained).settle()
    assert order == ["drained", "plan"]


async def test_without_an_outbox_nothing_is_sent(world: World) -> None:
    ran: list[str] = []

    async def sweep(_: Ports) -> int:
        ran.append("inbox")
        return 0

    beside = (Tick(name="inbox", run=sweep, seconds=0.01),)
    ticker = Ticker(lambda: world.bot.ports, None, agenda=(), housekeeping=(), beside=beside)
    ticker.start()
    ticker.wake()
    await until(lambda: ran)
    async with ticker.resting():
        pass
    await ticker.settle()
    await ticker.stop()


async def test_what_becomes_due_between_two_looks_at_the_clock_is_sent_at_its_moment(tmp_path: Path) -> None:
    async with living(tmp_path, clock=TravelClock(T0, runs=False)) as world:
        await begin(world, "Sanne")
        await world.passes(timedelta(minutes=1))  # what was planned for just after is sent
        await world.bot.ticker.stop()
        (row,) = [row for row in await world.rows("Sanne", Kind.NUDGE) if row.week == 1]
        store, looks = world.bot.ports.store, 0

        async def next_moment(now: datetime) -> datetime | None:
            nonlocal looks
            looks += 1
            return await store.next_moment(now)

        world.practice.clock.set(row.due_at - timedelta(seconds=0.1))
        hourly = tuple(replace(tick, seconds=3600) for tick in AGENDA)
        amid: Any = Amid(store, next_moment=next_moment)
        ticker = ticker_of(replace(world.bot.ports, store=amid), agenda=hourly)
        ticker.start()
        await until(lambda: looks)
        world.practice.clock.set(row.due_at)
        await until_sent(world, row)
        sent = await row_of(world, "Sanne", Kind.NUDGE)
        assert sent.sent_at is not None
        assert sent.sent_at >= sent.due_at
        await ticker.stop()


async def test_what_is_overdue_and_cannot_be_decided_yet_rings_no_alarm(world: World) -> None:
    looks = 0

    class Overdue:
        async def next_moment(self, now: datetime) -> datetime:
            return now - timedelta(seconds=1)

    async def look(_: Ports) -> int:
        nonlocal looks
        looks += 1
        return 0

    ports = replace(world.bot.ports, store=Overdue())
    ticker = Ticker(lambda: ports, None, agenda=(Tick(name="look", run=look, seconds=3600),), housekeeping=())
    ticker.start()
    ticker.wake()
    await until(lambda: looks)
    await a_while(2 * SOONEST)
    assert looks == 1  # the one that was asked for
    await ticker.stop()


async def test_what_is_decided_first_is_sent_while_the_rest_is_being_decided(world: World) -> None:
    await begin(world, "Sanne")
    await world.bot.ticker.stop()
    (row,) = [row for row in await world.rows("Sanne", Kind.NUDGE) if row.week == 1]
    decided = asyncio.Event()

    async def endless(_: Ports) -> int:
        await decided.wait()
        return 0

    ticker = ticker_of(world.bot.ports, agenda=(*AGENDA, Tick(name="endless", run=endless, seconds=3600)))
    world.practice.clock.leap(timedelta(hours=25, seconds=1))
    ticker.wake()
    await until_sent(world, row)
    decided.set()
    await ticker.stop()


async def test_what_is_to_be_done_at_the_start_too_does_not_wait_for_its_time(world: World) -> None:
    ran: list[str] = []

    def noting(name: str) -> Any:
        async def run(_: Ports) -> int:
            ran.append(name)
            return 0

        return run

    beside = (
        Tick(name="back_up", run=noting("back_up"), seconds=3600, at_once=True),
        Tick(name="catch_up", run=noting("catch_up"), seconds=3600),
    )
    ticker = Ticker(lambda: world.bot.ports, None, agenda=(), housekeeping=(), beside=beside)
    ticker.start()
    await until(lambda: bool(ran))
    await ticker.stop()
    assert ran == ["back_up"]
