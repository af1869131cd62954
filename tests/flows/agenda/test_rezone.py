"""A newer edition of the zones' rules: what lies ahead keeps its hour on the clock."""

import asyncio
import zoneinfo
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path

from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.flows.agenda.rezone import PAGE, rezone
from bot.flows.due.due import plan
from bot.flows.ports import Ports
from bot.store.port import Conflict
from tests.conftest import World, living
from tests.flows.reflections.test_weekly import team_rows
from tests.flows.replies.test_typed import failing
from tests.flows.talk import begin
from tests.runtime.posting import Amid, HandClock
from tests.stored import key
from tests.waiting import until

HOUR = timedelta(hours=1)


def other_rules(row: Nudge) -> Nudge:
    """Return a row as rules would have it under which the country was an hour ahead."""
    return replace(row, due_at=row.due_at - HOUR, expires_at=row.expires_at - HOUR)


async def under_other_rules(world: World) -> tuple[Ports, list[Nudge]]:
    """Write the whole agenda down as older rules had it; return ports with newer ones, and the agenda as it was."""
    await begin(world, "Sanne", "Arjun")
    await world.bot.ticker.stop()
    store = world.bot.ports.store
    agenda = [row for who in ("Sanne", "Arjun") for row in await world.rows(who) if row.state is NudgeState.PLANNED]
    agenda += await team_rows(world)
    assert len(agenda) > 60
    await store.save(*map(other_rules, agenda))
    await store.set_mark("zones", "2025.1")
    return replace(world.bot.ports, zones_version="2026.6"), agenda


async def due(world: World, rows: list[Nudge]) -> list[tuple[datetime, datetime]]:
    """Return when these rows are due now, and until when."""
    found = [await world.bot.ports.store.nudge(row.workspace, row.id) for row in rows]
    return [(row.due_at, row.expires_at) for row in found if row is not None]


async def test_under_new_rules_everything_ahead_comes_at_its_local_hour_again(world: World) -> None:
    ports, agenda = await under_other_rules(world)
    assert await rezone(ports) == len(agenda)
    assert await due(world, agenda) == [(row.due_at, row.expires_at) for row in agenda]
    assert await rezone(ports) == 0
    assert await ports.store.mark("zones") == "2026.6"


async def test_a_zone_that_the_new_rules_do_not_know_holds_up_no_other(world: World) -> None:
    ports, agenda = await under_other_rules(world)
    [strange] = [row for row in [await ports.store.nudge(*key(agenda[0]))] if row]
    await ports.store.save(replace(strange, zone="Mars/Olympus"))
    assert await rezone(ports) == len(agenda) - 1
    assert await due(world, agenda[:1]) == [(strange.due_at, strange.expires_at)]


async def test_under_the_same_rules_nothing_is_touched(world: World) -> None:
    ports, agenda = await under_other_rules(world)
    await ports.store.set_mark("zones", "2026.6")
    assert await rezone(ports) == 0
    assert await rezone(replace(ports, zones_version="")) == 0
    assert await due(world, agenda) == [(row.due_at - HOUR, row.expires_at - HOUR) for row in agenda]


async def test_cut_off_in_the_midst_it_begins_again(world: World) -> None:
    ports, agenda = await under_other_rules(world)
    broken = replace(failing(world, set_mark=[RuntimeError("dead")]), zones_version="2026.6")
    try:
        await rezone(broken)
    except RuntimeError:
        assert await ports.store.mark("zones") == "2025.1"
    assert await rezone(ports) == 0  # all of it had moved
    assert await ports.store.mark("zones") == "2026.6"
    assert await due(world, agenda) == [(row.due_at, row.expires_at) for row in agenda]


async def test_what_somebody_changes_meanwhile_holds_up_nobody_elses(world: World) -> None:
    _, agenda = await under_other_rules(world)
    once = replace(failing(world, save=[Conflict(), Conflict()]), zones_version="2026.6")
    await rezone(once)
    moved = [now == (row.due_at, row.expires_at) for now, row in zip(await due(world, agenda), agenda, strict=True)]
    assert moved.count(False) == 1


async def test_what_is_due_what_was_sent_and_what_somebody_waits_for_stay(world: World) -> None:
    ports, agenda = await under_other_rules(world)
    nudge = next(row for row in agenda if row.kind is Kind.NUDGE)
    (welcome,) = await world.rows("Sanne", Kind.WELCOME)
    now = ports.clock.now()
    morning = replace(
        welcome,
        id="morning",
        version=0,
        occurrence="morning",
        state=NudgeState.PLANNED,
        sent_at=None,
        due_at=now + 2 * HOUR,
    )
    stored = await ports.store.nudge(nudge.workspace, nudge.id)
    assert stored is not None
    await ports.store.save(morning, replace(stored, due_at=now))
    await rezone(ports)
    assert await due(world, [morning, nudge]) == [
        (now + 2 * HOUR, morning.expires_at),
        (now, nudge.expires_at - HOUR),
    ]


async def test_the_rules_come_from_the_package_whatever_the_system_has(tmp_path: Path) -> None:
    zoneinfo.reset_tzpath(to=["/usr/share/zoneinfo"])
    async with living(tmp_path):
        assert zoneinfo.TZPATH == ()


async def test_the_bot_compares_at_its_start(tmp_path: Path) -> None:
    async with living(tmp_path) as world:
        _, agenda = await under_other_rules(world)
    async with living(tmp_path) as world:
        await until(partial(_is_done, world))
        assert await due(world, agenda) == [(row.due_at, row.expires_at) for row in agenda]
        assert await world.bot.ports.store.mark("zones") == version("tzdata")


async def _is_done(world: World) -> bool:
    return await world.bot.ports.store.mark("zones") == version("tzdata")


async def test_what_comes_due_before_it_was_computed_anew_is_not_sent_at_the_hour_of_before(world: World) -> None:
    ports, agenda = await under_other_rules(world)
    first = min((row for row in agenda if row.kind is Kind.NUDGE), key=lambda row: row.due_at)
    clock = HandClock()
    clock.at = first.due_at - HOUR
    ports = replace(ports, clock=clock)
    await plan(ports)
    kept = await ports.store.nudge(*key(first))
    assert kept is not None
    assert (kept.state, kept.due_at) == (NudgeState.PLANNED, first.due_at)
    clock.at = first.due_at
    await plan(ports)
    sent = await ports.store.nudge(*key(first))
    assert sent is not None
    assert sent.state is NudgeState.READY
    assert await ports.store.mark("zones") == "2025.1", "and all the rest is still to come"


async def test_people_are_answered_while_a_long_agenda_is_computed_anew(world: World) -> None:
    ports, agenda = await under_other_rules(world)
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(others())
    await rezone(replace(ports, store=Amid(ports.store, save=_nowhere, set_mark=_nowhere)))
    beside.cancel()
    assert turns > len(agenda) / PAGE


async def _nowhere(*_: object, **__: object) -> list[object]:
    return []
