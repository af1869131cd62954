"""The heartbeat: a silence is noticed once, and for as long as it was."""

from datetime import timedelta

from bot.flows.upkeep.heartbeat import ALIVE_AT, LATE, beat
from tests.conftest import World
from tests.flows.talk import begin
from tests.store.scene import open_gaps


async def test_a_beat_in_time_notes_that_we_listen_and_opens_nothing(world: World) -> None:
    await begin(world, "Sanne")
    ports = world.bot.ports
    before = ports.clock.now()
    assert await beat(ports) == 0  # the first ever: nobody could miss anything
    noted = await ports.store.mark(ALIVE_AT)
    assert noted is not None
    assert noted >= before.isoformat()
    world.practice.clock.leap(LATE - timedelta(seconds=30))
    assert await beat(ports) == 0
    assert (await ports.store.queue(ports.clock.now())).gaps == 0


async def test_a_late_beat_opens_a_gap_for_each_person_and_only_once(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    ports = world.bot.ports
    since = ports.clock.now()
    await beat(ports)
    world.practice.clock.leap(LATE + timedelta(seconds=1))
    opened = await beat(ports)
    assert opened >= 2
    assert await beat(ports) == 0
    gaps = await open_gaps(ports.store, ports.clock.now(), limit=10)
    assert len(gaps) == opened
    for gap in gaps:
        assert abs(gap.since - since) < timedelta(seconds=5)
        assert gap.until - gap.since > LATE


async def test_a_clock_set_back_is_no_silence(world: World) -> None:
    await begin(world, "Sanne")
    ports = world.bot.ports
    ahead = ports.clock.now() + timedelta(days=2)
    await ports.store.set_mark(ALIVE_AT, ahead.isoformat())
    assert await beat(ports) == 0
    assert await ports.store.mark(ALIVE_AT) != ahead.isoformat()
