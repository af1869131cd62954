"""A button that is pressed proves that its message is there: before its answer came, in doubt, and given up."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.port import MessageRef, Press
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.flows.dispatch import receive
from bot.practice.faults import Fault
from bot.store.sqlite.rows import TABLES
from tests.conftest import World
from tests.content import said
from tests.driver import Json
from tests.flows.screens.test_copies import names, screen
from tests.flows.talk import begin, common
from tests.remembered import remembered

TUESDAY = "2026-01-13T12:00"
LOST = Fault(status=500, accept=True)
in_teams = pytest.mark.parametrize("world", ["teams"], indirect=True)


async def put(world: World, row: Nudge) -> None:
    """Let a row be as it never becomes of itself: as a copy that was brought back may have it."""
    change = TABLES[Nudge].change(row)
    store: Any = world.bot.ports.store

    def work(connection: sqlite3.Connection) -> None:
        ((guard,),) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'nudge_follows'").fetchall()
        connection.execute("DROP TRIGGER nudge_follows")
        connection.execute(change.sql, change.values)
        connection.execute(guard)

    await store._writer.write(work)


async def in_doubt(world: World, row: Nudge) -> Nudge:
    """Return a message that was sent as it would stand there had its answer been lost."""
    store = world.bot.ports.store
    await put(world, replace(row, state=NudgeState.SENDING, sent_at=None, fence=row.fence + 1))
    sending = await store.nudge(row.workspace, row.id)
    assert sending is not None
    later = world.bot.ports.clock.now() + timedelta(hours=1)
    await store.settle(sending, NudgeState.UNCERTAIN, at=row.due_at, not_before=later, reason="timeout")
    doubtful = await store.nudge(row.workspace, row.id)
    assert doubtful is not None
    return doubtful


async def going_again(world: World, row: Nudge) -> None:
    """Let it be about to be sent once more."""
    later = world.bot.ports.clock.now() + timedelta(hours=1)
    await world.bot.ports.store.settle(
        await in_doubt(world, row), NudgeState.READY, at=row.due_at, not_before=later, reason="not found"
    )


async def given_up(world: World, row: Nudge) -> None:
    """Let it be let go in doubt."""
    await world.bot.ports.store.settle(await in_doubt(world, row), NudgeState.EXPIRED, at=row.due_at, reason="in doubt")


async def brought_back(world: World, row: Nudge) -> None:
    """Let a backup know nothing of its having been sent."""
    await put(
        world,
        replace(
            row,
            state=NudgeState.EXPIRED,
            sent_at=None,
            look_since=row.due_at,
            reason="restored",
        ),
    )


@remembered
async def nudged(world: World) -> tuple[Json, Nudge]:
    """Let Sanne get her experiment, and return its card and its row."""
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    (card,) = [each for each in await world.direct("Sanne") if "nudge.done" in names(world, each)]
    return card, await world.row("Sanne", Kind.NUDGE)


@pytest.mark.parametrize("doubt", [in_doubt, going_again, given_up, brought_back])
async def test_a_press_settles_it_as_sent_where_it_stands_and_is_answered(
    world: World, doubt: Callable[[World, Nudge], Awaitable[object]]
) -> None:
    card, sent = await nudged(world)
    await doubt(world, sent)
    await world.driver.click("Sanne", card, "nudge.done")
    row = await world.row("Sanne", Kind.NUDGE)
    assert (row.state, row.answer) == (NudgeState.SENT, Answer.DONE)
    came = sent.sent_at if world.driver.platform == "slack" else sent.due_at  # Slack's messages tell when they came
    assert (await world.stands(row), row.sent_at) == (card["ts"], came)
    assert said("nudge-done-when", day="Wednesday 14 January", times=0) in (await screen(world, (card, card)))[0]
    await world.driver.travel("2026-01-13T14:00")  # nothing comes of it any more
    same = [each for each in await world.direct("Sanne") if world.driver.nudge_of(each) == sent.id]
    assert len(same) == 1


@pytest.mark.parametrize("state", [NudgeState.PLANNED, NudgeState.READY, NudgeState.EXPIRED, NudgeState.DEAD])
async def test_what_never_was_in_doubt_is_not_there_whatever_is_pressed(world: World, state: NudgeState) -> None:
    _, sent = await nudged(world)
    await put(
        world,
        replace(
            sent,
            state=state,
            sent_at=None,
            not_before=sent.expires_at - timedelta(minutes=1),
        ),
    )
    await receive(world.bot.ports, await press(world, sent))
    row = await world.bot.ports.store.nudge(sent.workspace, sent.id)
    assert row is not None
    assert (row.state, row.answer) == (state, None)
    assert world.says("press-stale") in "\n".join((await world.screen("Sanne")).values())


async def test_a_press_elsewhere_or_of_somebody_else_proves_nothing(world: World) -> None:
    _, sent = await nudged(world)
    await world.join("Iris")
    await given_up(world, sent)
    mine = await press(world, sent)
    there = MessageRef(workspace=sent.workspace, conversation="C-else", message="1")
    assert mine.ref is not None
    own = replace(mine.ref, message="1", aside="x y")
    for each in (
        replace(mine, ref=there),
        replace(mine, ref=own),
        replace(mine, ref=None, at_home=True),
        replace(mine, person=await world.driver.person("Iris")),
    ):
        await receive(world.bot.ports, each)
    row = await world.bot.ports.store.nudge(sent.workspace, sent.id)
    assert row is not None
    assert (row.state, row.answer) == (NudgeState.EXPIRED, None)


async def press(world: World, sent: Nudge) -> Press:
    """Return Sanne's press of "Done already" on it."""
    stands = await world.bot.ports.store.screen(sent.workspace, sent.id)
    assert stands is not None
    return Press(
        **await common(world, "Sanne"),
        button="nudge.done",
        value=sent.id,
        ref=MessageRef(workspace=sent.workspace, conversation=stands.conversation, message=stands.message),
    )


async def test_a_press_before_the_answer_to_the_sending_is_in_time(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await begin(world, "Sanne")
    late = asyncio.Event()
    world.line.faults["chat.postMessage"] = [Fault(answered=late)]
    travelling = asyncio.create_task(world.driver.travel(TUESDAY))

    async def shown() -> Json | None:
        return next((each for each in await world.direct("Sanne") if "nudge.done" in names(world, each)), None)

    card = await world.driver.until(shown)
    assert card is not None
    (row,) = [each for each in await world.rows("Sanne", Kind.NUDGE) if each.state is NudgeState.SENDING]
    await world.driver.click("Sanne", card, "nudge.done")
    late.set()
    await travelling
    done = await world.bot.ports.store.nudge(row.workspace, row.id)
    assert done is not None
    assert (done.state, done.answer, await world.stands(done)) == (NudgeState.SENT, Answer.DONE, card["ts"])
    assert "not ours any more" not in caplog.text
    assert said("nudge-done-when", day="Wednesday 14 January", times=0) in (await screen(world, (card, card)))[0]


@in_teams
async def test_of_what_was_given_up_after_two_lost_answers_each_copy_still_works(world: World) -> None:
    await begin(world, "Sanne")
    world.line.faults["chat.postMessage"] = [LOST, LOST]
    await world.driver.travel(TUESDAY)
    copies = tuple(each for each in await world.direct("Sanne") if "nudge.done" in names(world, each))
    assert len(copies) == 2
    (row,) = [each for each in await world.rows("Sanne", Kind.NUDGE) if each.state is NudgeState.EXPIRED]
    assert row.reason == "in doubt twice, and sent twice at most"
    await world.driver.click("Sanne", copies[0], "nudge.later")
    assert await world.fill("Sanne", when="tomorrow") == {}
    later = await world.bot.ports.store.nudge(row.workspace, row.id)
    assert later is not None
    assert (later.state, later.answer, await world.stands(later)) == (NudgeState.SENT, Answer.LATER, copies[0]["ts"])
    await world.driver.click("Sanne", copies[1], "nudge.done")
    first, second = await screen(world, copies)  # type: ignore[arg-type]
    assert first == second
