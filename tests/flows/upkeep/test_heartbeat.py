"""The heartbeat: that a line carries is noted, a break is noticed, and what was typed in it is read back."""

from datetime import timedelta

import pytest

from bot.coaching.rules.line import HTTP_LATE, QUIET, SOCKET_LATE, LineState, Sign
from bot.flows.replies.missed_messages import catch_up
from bot.flows.upkeep.heartbeat import A_DAY, ALIVE_AT, beat, sweep
from bot.flows.upkeep.lines import LOOK_EVERY, line_of, look_at_the_quiet
from bot.practice.faults import Fault
from tests.conftest import World
from tests.flows.replies.test_missed_messages import NOWHERE
from tests.flows.replies.test_typed import TUESDAY, replies
from tests.flows.talk import begin
from tests.store.scene import open_gaps

OPEN, CLOSED, UNTOLD = Sign(carries=True), Sign(carries=False), Sign(carries=None)


async def felt(world: World, sign: Sign) -> int:
    """Let the heart beat once, on the platform people are on."""
    return await beat(world.bot.ports, {world.driver.platform: sign})


async def state(world: World) -> LineState:
    """Return how the line is."""
    line = await line_of(world.bot.ports.store, world.driver.platform)
    assert line is not None
    return line.state(world.bot.ports.now)


async def passes(world: World, span: timedelta, sign: Sign) -> int:
    """Let time pass, with a beat every ten seconds; return for how many people gaps were opened."""
    step, opened = timedelta(seconds=10), 0
    for _ in range(round(span / step)):
        world.practice.clock.leap(step)
        opened += await felt(world, sign)
    return opened


async def test_a_beat_in_time_notes_that_we_listen_and_opens_nothing(world: World) -> None:
    await begin(world, "Sanne")
    ports = world.bot.ports
    before = ports.clock.now()
    assert await felt(world, UNTOLD) == 0  # the first ever: nobody could miss anything
    noted = await ports.store.mark(ALIVE_AT)
    assert noted is not None
    assert noted >= before.isoformat()
    world.practice.clock.leap(HTTP_LATE - timedelta(seconds=30))
    assert await felt(world, UNTOLD) == 0
    assert (await ports.store.queue(ports.clock.now())).gaps == 0


async def test_a_late_beat_opens_a_gap_for_each_person_and_only_once(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    ports = world.bot.ports
    since = ports.clock.now()
    await felt(world, UNTOLD)
    world.practice.clock.leap(HTTP_LATE + timedelta(seconds=1))
    opened = await felt(world, UNTOLD)
    assert opened >= 2
    assert await felt(world, UNTOLD) == 0
    gaps = await open_gaps(ports.store, ports.clock.now(), limit=10)
    assert len(gaps) == opened
    for gap in gaps:
        assert abs(gap.since - since) < timedelta(seconds=5)
        assert gap.until - gap.since > HTTP_LATE


async def test_a_clock_set_back_is_no_silence(world: World) -> None:
    await begin(world, "Sanne")
    await felt(world, UNTOLD)
    world.practice.clock.leap(-timedelta(days=2))
    assert await felt(world, UNTOLD) == 0
    assert await state(world) is not LineState.DOWN


@pytest.mark.slack("no bot can read back what stands in a conversation of Teams")
async def test_a_socket_that_is_dead_for_six_minutes_loses_no_word(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """The process lives all the time."""
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await felt(world, OPEN)
    await world.driver.say("Sanne", "dm", "before")
    address, world.practice.courier.bot_url = world.practice.courier.bot_url, NOWHERE
    assert await passes(world, SOCKET_LATE - timedelta(seconds=10), CLOSED) == 0
    assert await state(world) is LineState.OPEN
    await world.driver.say("Sanne", "dm", "my secret words")
    assert await passes(world, timedelta(minutes=3), CLOSED) > 0, "it is read back while it is down"
    assert await state(world) is LineState.DOWN
    assert await catch_up(world.bot.ports) > 0
    assert [reply.text for reply in await replies(world, "Sanne")] == ["my secret words", "before"]
    await world.driver.say("Sanne", "dm", "later in it")
    await passes(world, timedelta(minutes=3), CLOSED)
    await world.practice.courier.forget()
    world.practice.courier.bot_url = address
    assert await passes(world, timedelta(seconds=10), OPEN) > 0
    assert await state(world) is LineState.OPEN
    await world.driver.say("Sanne", "dm", "after")
    await world.settle()
    assert await catch_up(world.bot.ports) > 0
    texts = [reply.text for reply in await replies(world, "Sanne")]
    assert sorted(filter(None, texts)) == ["after", "before", "later in it", "my secret words"]
    assert await passes(world, timedelta(minutes=1), OPEN) == 0
    assert "may have been missed platform=slack line=down" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.slack("no bot can read back what stands in a conversation of Teams")
async def test_over_http_words_that_never_came_in_show_that_the_line_is_down(world: World) -> None:
    """Nobody can tell that Slack does not reach us; that nothing comes while people type can be looked up."""
    await begin(world, "Sanne", "Grace")
    await world.driver.travel(TUESDAY)
    ports = world.bot.ports
    await felt(world, Sign(carries=None, heard_at=ports.now))
    assert await look_at_the_quiet(ports) == 0, "something came just now"
    address, world.practice.courier.bot_url = world.practice.courier.bot_url, NOWHERE
    world.practice.clock.leap(timedelta(minutes=1))
    await world.driver.say("Sanne", "dm", "hear me")
    await passes(world, timedelta(minutes=6), UNTOLD)
    assert await state(world) is LineState.OPEN
    world.line.calls.clear()
    assert await passes(world, QUIET, UNTOLD) == 0
    assert await state(world) is LineState.QUIET
    assert await look_at_the_quiet(ports) == 1
    assert await state(world) is LineState.DOWN
    asked = sum(method == "conversations.history" for method, _ in world.line.calls)
    assert await look_at_the_quiet(ports) == 0, "now it is known"
    assert sum(method == "conversations.history" for method, _ in world.line.calls) == asked
    assert await passes(world, timedelta(seconds=10), UNTOLD) == 2
    assert await catch_up(ports) == 2
    assert [reply.text for reply in await replies(world, "Sanne")] == ["hear me"]
    assert await state(world) is LineState.DOWN, "it was read back, and Slack reaches us no more than before"
    await world.practice.courier.forget()
    world.practice.courier.bot_url = address
    await felt(world, Sign(carries=None, heard_at=ports.now))
    assert await state(world) is LineState.OPEN


@pytest.mark.slack("no bot can read back what stands in a conversation of Teams")
async def test_a_quiet_weekend_is_no_break_and_is_looked_into_now_and_then(world: World) -> None:
    await begin(world, "Sanne", "Arjun", "Grace", "Iris", "Robin", zone="Europe/Amsterdam")
    await world.driver.travel(TUESDAY)
    ports = world.bot.ports
    await felt(world, Sign(carries=None, heard_at=ports.now))
    world.practice.clock.leap(timedelta(minutes=1))
    await world.driver.say("Sanne", "dm", "at another process, which did not say so yet")
    world.practice.clock.leap(QUIET)
    await felt(world, UNTOLD)
    world.line.calls.clear()
    for _ in range(3):
        assert await look_at_the_quiet(ports) == 0
    assert sum(method == "conversations.history" for method, _ in world.line.calls) == 3
    await passes(world, LOOK_EVERY, UNTOLD)
    assert await look_at_the_quiet(ports) == 0
    assert sum(method == "conversations.history" for method, _ in world.line.calls) == 6


@pytest.mark.teams("Slack lets conversations be read")
async def test_where_nothing_can_be_read_quiet_is_all_that_is_known(world: World) -> None:
    await begin(world, "Sanne")
    await felt(world, UNTOLD)
    await passes(world, QUIET + timedelta(minutes=1), UNTOLD)
    assert await state(world) is LineState.QUIET
    assert await look_at_the_quiet(world.bot.ports) == 0


async def test_once_a_night_every_conversation_is_read_back(world: World) -> None:
    await begin(world, "Sanne")
    ports = world.bot.ports
    assert await sweep(ports) == 0, "it is day"
    await world.driver.travel("2026-01-13T02:30+00:00")
    assert await sweep(ports) > 0
    [*gaps] = await open_gaps(ports.store, ports.now)
    assert all(gap.until - gap.since >= A_DAY for gap in gaps)
    assert await sweep(ports) == 0, "once"
    await catch_up(ports)
    await world.driver.travel("2026-01-14T02:00+00:00")
    assert await sweep(ports) > 0


@pytest.mark.slack("no bot can read back what stands in a conversation of Teams")
async def test_a_look_that_is_refused_says_nothing_about_the_line(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await begin(world, "Sanne", "Grace")
    await world.driver.travel(TUESDAY)
    ports = world.bot.ports
    await felt(world, Sign(carries=None, heard_at=ports.now))
    await passes(world, QUIET + timedelta(minutes=1), UNTOLD)
    world.line.faults["conversations.history"] = [Fault(status=500)] * 9
    caplog.set_level("INFO")
    assert await look_at_the_quiet(ports) == 0
    assert await state(world) is LineState.QUIET
    assert len(world.line.faults["conversations.history"]) == 8, "the others there are not asked either"
    assert "not looked" in caplog.text
