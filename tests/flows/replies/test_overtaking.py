"""Words, changes of them and their end come in any order, or twice: the last change wins, and an end is final."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from bot.chat.port import Deleted, Edited, Incoming, Said
from bot.coaching.records.reply import Reply
from bot.flows.dispatch import receive
from tests.conftest import World
from tests.content import said
from tests.flows.replies.test_typed import TUESDAY, failing, replies, typed
from tests.flows.talk import begin
from tests.flows.test_twice import Killed, Life, Mortal
from tests.remembered import remembered

MINUTE = timedelta(minutes=1)


def edited(spoken: Said, text: str, after: timedelta) -> Edited:
    """Return a change of what was said, some time after."""
    return Edited(
        workspace=spoken.workspace,
        person=spoken.person,
        event_id=f"edited:{spoken.message}:{text}",
        at=spoken.at + after,
        conversation=spoken.conversation,
        message=spoken.message,
        text=text,
        thread=spoken.thread,
        said_at=spoken.at,
    )


def deleted(spoken: Said) -> Deleted:
    """Return the end of what was said."""
    return Deleted(
        workspace=spoken.workspace,
        person=spoken.person,
        event_id=f"deleted:{spoken.message}",
        at=spoken.at,
        conversation=spoken.conversation,
        message=spoken.message,
    )


@remembered
async def nudged(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)


async def stored(world: World, spoken: Said) -> Reply | None:
    return await world.bot.ports.store.reply_from(spoken.workspace, f"{spoken.conversation}/{spoken.message}")


async def test_in_whatever_order_the_last_change_wins(world: World) -> None:
    await nudged(world)
    for number, order in enumerate(permutations(range(3))):
        spoken = await typed(world, "Sanne", "a", f"1768294900.{number}")
        come: list[Incoming] = [spoken, edited(spoken, "b", MINUTE), edited(spoken, "c", 2 * MINUTE)]
        for place in (*order, *order):  # and all of it twice
            await receive(world.bot.ports, come[place])
        reply = await stored(world, spoken)
        assert reply is not None
        assert (reply.text, reply.edited_at) == ("c", spoken.at + 2 * MINUTE), order
    assert len(await replies(world, "Sanne")) == 6


async def test_in_whatever_order_an_end_is_final(world: World) -> None:
    await nudged(world)
    for number, order in enumerate(permutations(range(3))):
        spoken = await typed(world, "Sanne", "a", f"1768294900.{number}")
        come: list[Incoming] = [spoken, edited(spoken, "b", MINUTE), deleted(spoken)]
        for place in (*order, *order):
            await receive(world.bot.ports, come[place])
        reply = await stored(world, spoken)
        assert reply is None or reply.text is None, order
    assert await replies(world, "Sanne") == []


async def test_words_and_their_end_at_the_same_moment(world: World) -> None:
    """On two lanes, when the platform does not say whose words went."""
    await nudged(world)
    spoken = await typed(world, "Sanne", "a", "1768294900.1")
    await asyncio.gather(receive(world.bot.ports, spoken), receive(world.bot.ports, deleted(spoken)))
    assert await replies(world, "Sanne") == []


async def test_words_that_come_with_their_change_belong_where_they_were_said(world: World) -> None:
    await nudged(world)
    nudge = await world.latest("Sanne")
    spoken = replace(await typed(world, "Sanne", "a", "1768294900.1"), thread=nudge["ts"])
    await receive(world.bot.ports, edited(spoken, "b", MINUTE))
    assert said("card-noted") in await world.text("Sanne")
    before = len(await world.direct("Sanne"))
    await receive(world.bot.ports, spoken)
    assert [reply.text for reply in await replies(world, "Sanne")] == ["b"]
    assert len(await world.direct("Sanne")) == before  # confirmed once


@pytest.mark.parametrize("said_at", [None, datetime.fromisoformat("2026-01-13T07:00+00:00")])
async def test_a_change_of_what_was_said_long_ago_or_nobody_knows_when_makes_no_reply(
    world: World, said_at: datetime | None
) -> None:
    await nudged(world)
    spoken = await typed(world, "Sanne", "a", "1768294900.1")
    await receive(world.bot.ports, replace(edited(spoken, "b", MINUTE), said_at=said_at))
    assert await replies(world, "Sanne") == []


async def test_a_change_to_nothing_that_comes_first_makes_no_reply(world: World) -> None:
    await nudged(world)
    spoken = await typed(world, "Sanne", "a", "1768294900.1")
    await receive(world.bot.ports, edited(spoken, " ", MINUTE))
    assert await replies(world, "Sanne") == []


async def test_a_change_of_what_was_answered_and_not_kept_makes_no_reply(world: World) -> None:
    await nudged(world)
    ts = await world.driver.say("Sanne", "dm", "status")
    before = len(await world.direct("Sanne"))
    await world.driver.edit("Sanne", "dm", ts, "status quo")
    assert await replies(world, "Sanne") == []
    assert len(await world.direct("Sanne")) == before


async def test_what_was_cut_off_before_the_screens_showed_it_is_shown_then(world: World) -> None:
    """The words are stored as they are now; whoever handles the event again makes it seen."""
    await nudged(world)
    spoken = await typed(world, "Sanne", "a", "1768294900.1")
    await receive(world.bot.ports, spoken)
    reply = await stored(world, spoken)
    assert reply is not None
    gone = deleted(spoken)
    with pytest.raises(asyncio.CancelledError):
        await receive(failing(world, confirmed=[asyncio.CancelledError()]), gone)
    assert said("card-deleted") not in await world.text("Sanne")
    await receive(world.bot.ports, replace(gone, attempt=2))
    assert said("card-deleted") in await world.text("Sanne")


async def test_a_reply_that_was_cut_off_before_its_confirmation_is_confirmed_then_and_once(world: World) -> None:
    await nudged(world)
    spoken = await typed(world, "Sanne", "a", "1768294900.1")
    dying: Any = Mortal(world.bot.ports.store, Life(1))
    with pytest.raises(Killed):
        await receive(replace(world.bot.ports, store=dying), spoken)
    assert said("card-noted") not in await world.text("Sanne")
    for attempt in (2, 3):
        await receive(world.bot.ports, replace(spoken, attempt=attempt))
    await world.passes(timedelta(minutes=3))  # whoever died may have posted it: it is looked for first
    assert len([each for each in await world.direct("Sanne") if said("card-noted") in world.driver.texts(each)]) == 1
