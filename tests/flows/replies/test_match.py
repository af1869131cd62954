"""Words that come first under another id than news of them are the same words, and no others."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from bot.chat.port import Deleted, Edited, Incoming, Said
from bot.flows.dispatch import receive
from tests.conftest import World, living
from tests.flows.replies.test_overtaking import deleted, edited
from tests.flows.replies.test_typed import TUESDAY, replies, typed
from tests.flows.talk import begin

MINUTE = timedelta(minutes=1)
TYPED = datetime(2026, 1, 13, 9, 5, tzinfo=UTC)
NAMED = timedelta(seconds=0.4)  # the platform names a message so long after it was typed
CLOSE = (("a", timedelta()), ("b", timedelta(seconds=4)))


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A bot where a message may come under another id; Sanne has a nudge."""
    async with living(tmp_path, platform="teams") as alive:
        await begin(alive, "Sanne")
        await alive.driver.travel(TUESDAY)
        yield alive


async def renamed(world: World, text: str, at: datetime) -> tuple[Said, Said]:
    """Return words as they should come, and as they do come in the end."""
    own = replace(await typed(world, "Sanne", text, f"own-{at:%M%S%f}"), at=at)
    return own, replace(own, message=f"later-{at:%M%S%f}", event_id=f"later{at}", said_at=at, at=at + MINUTE / 2)


def change(own: Said, text: str, after: timedelta = MINUTE) -> Edited:
    return replace(edited(own, text, after), named_at=own.at + NAMED, asked_as=f"activity:{own.message}")


def end(own: Said) -> Deleted:
    return replace(deleted(own), named_at=own.at + NAMED, asked_as=f"activity:{own.message}")


async def texts(world: World) -> list[str | None]:
    return [reply.text for reply in await replies(world, "Sanne")]


async def test_a_change_finds_them_and_the_last_one_wins(world: World) -> None:
    for number, order in enumerate(permutations(range(3))):
        own, heard = await renamed(world, "a", TYPED + number * MINUTE)
        come: list[Incoming] = [heard, change(own, "b"), change(own, "c", 2 * MINUTE)]
        for place in (*order, *order):
            await receive(world.bot.ports, come[place])
        assert await texts(world) == ["c"] * (number + 1), order


async def test_their_end_finds_them_and_is_final(world: World) -> None:
    for number, order in enumerate(permutations(range(3))):
        own, heard = await renamed(world, "a", TYPED + number * MINUTE)
        come: list[Incoming] = [heard, change(own, "b"), end(own)]
        for place in (*order, *order):
            await receive(world.bot.ports, come[place])
        assert await texts(world) == [], order


@pytest.mark.parametrize("apart", [timedelta(seconds=2.5), timedelta(seconds=1)])
async def test_of_words_typed_close_together_the_right_ones_change_and_go(world: World, apart: timedelta) -> None:
    close = [await renamed(world, text, TYPED + place * apart) for place, text in enumerate("abc")]
    for _, heard in close:
        await receive(world.bot.ports, heard)
    await receive(world.bot.ports, change(close[1][0], "B"))
    await receive(world.bot.ports, end(close[2][0]))
    assert await texts(world) == ["B", "a"]


async def test_words_close_to_others_that_were_taken_back_early_are_kept(world: World) -> None:
    (own, heard), (_, near) = [await renamed(world, text, TYPED + after) for text, after in CLOSE]
    for event in (end(own), heard, near):
        await receive(world.bot.ports, event)
    assert await texts(world) == ["b"]


@pytest.mark.parametrize("kept", [True, False])
async def test_news_of_what_came_under_its_own_id_changes_nothing_near_it(world: World, kept: bool) -> None:
    """Of a command as little as of words that were answered and not kept."""
    own = replace(await typed(world, "Sanne", "status" if kept else " ", "own"), at=TYPED)
    if kept:
        await world.bot.ports.store.first_sight(
            own.workspace, own.person, "activity:own", TYPED
        )  # came in as a command
    else:
        await receive(world.bot.ports, own)
    _, near = await renamed(world, "near", TYPED + timedelta(seconds=1))
    await receive(world.bot.ports, near)
    for event in (change(own, "changed"), end(own)):
        await receive(world.bot.ports, event)
    assert await texts(world) == ["near"]
    _, nearer = await renamed(world, "nearer", TYPED + timedelta(seconds=1.5))
    await receive(world.bot.ports, nearer)
    assert await texts(world) == ["nearer", "near"]


async def test_nobody_elses_words_are_taken_for_them(world: World) -> None:
    await world.join("Iris")
    own, heard = await renamed(world, "a", TYPED)
    await receive(world.bot.ports, heard)
    there = await world.driver.channel("Iris", "dm")
    iris = await world.driver.person("Iris")
    for event in (change(own, "b"), end(own)):
        await receive(world.bot.ports, replace(event, conversation=there, person=iris))
        await receive(world.bot.ports, replace(event, person=iris))
    assert await texts(world) == ["a"]
