"""The log that stays in a coach's chat: one at a time, and put away when words in it are changed or taken back."""

import pytest

from bot.practice.faults import Fault
from tests.conftest import CHANNEL, World
from tests.flows.talk import ask, begin

WORDS = "she was never asked"
NUDGED = "2026-01-13T11:00"
IN_TEAMS = pytest.mark.teams("in Slack the log is seen by the coach alone, and fades")


async def read(world: World) -> None:
    """Let somebody share words with the coach, who reads them."""
    await begin(world, "Sanne")
    await world.driver.travel(NUDGED)
    await world.do("Sanne", f"say {WORDS}")
    assert WORDS in await ask(world, "Marit", "log", "dm")


async def stands(world: World, words: str) -> int:
    """Return how many messages in the coach's chat show these words."""
    return sum(words in world.driver.texts(each) for each in await world.direct("Marit"))


@IN_TEAMS
async def test_the_log_stands_once(world: World) -> None:
    await read(world)
    assert WORDS in await ask(world, "Marit", "log", "dm")
    assert await stands(world, WORDS) == 1
    assert await stands(world, "The log stands further down now.") == 1


@IN_TEAMS
async def test_turning_its_pages_moves_nothing(world: World) -> None:
    await read(world)
    await world.click("Marit", "log.show")
    assert await stands(world, WORDS) == 1
    assert await stands(world, "further down") == 0


@IN_TEAMS
@pytest.mark.parametrize("how", ["narrow", "delete", "edit", "erase"])
async def test_words_that_are_not_the_coachs_any_more_leave_their_chat_at_once(world: World, how: str) -> None:
    await read(world)
    said = (await world.direct("Sanne"))[-2]
    if how == "narrow":
        await world.click("Sanne", "reply.change")
        assert await world.fill("Sanne", scope="private") == {}
    elif how == "delete":
        await world.driver.delete("Sanne", "dm", said["ts"])
    elif how == "edit":
        await world.driver.edit("Sanne", "dm", said["ts"], "we talked")
    else:
        await world.driver.command("Sanne", "dm", "forget")
        assert await world.fill("Sanne", agreed=("yes",)) == {}
    await world.settle()
    assert await stands(world, WORDS) == 0
    assert await stands(world, "so I put it away") == 1
    await world.click("Marit", "log.open")
    assert await stands(world, "so I put it away") == 0
    assert await stands(world, "we talked") == (how == "edit")


@IN_TEAMS
async def test_an_outdated_log_that_cannot_be_put_away_is_tried_again(world: World) -> None:
    await read(world)
    said = (await world.direct("Sanne"))[-2]
    world.line.faults["chat.update"] = [Fault(status=400)] * 9
    await world.driver.edit("Sanne", "dm", said["ts"], "we talked")
    assert await stands(world, WORDS) == 1
    world.line.faults.clear()
    await world.driver.edit("Sanne", "dm", said["ts"], "we talked at length")
    assert await stands(world, WORDS) == 0


async def test_an_invitation_no_longer_names_a_coach_who_is_wiped(world: World) -> None:
    await begin(world, "Sanne")
    assert "Marit" in await invitation(world)
    await world.driver.command("Marit", "dm", "forget")
    assert await world.fill("Marit", agreed=("yes",)) == {}
    assert "Marit" not in await invitation(world)


async def invitation(world: World) -> str:
    """Return what the invitation in the channel says."""
    posts = await world.driver.messages("Iris", CHANNEL)
    (found,) = [text for text in map(world.driver.texts, posts) if "Fancy a pit stop?" in text]
    return found
