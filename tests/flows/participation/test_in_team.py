"""Added to a team: one introduction, nobody is written to, and nothing twice."""

import pytest

from bot.chat.port import LetIn
from tests.conftest import CHANNEL, World
from tests.content import NL, said
from tests.flows.talk import common, direct_text

pytestmark = pytest.mark.parametrize("world", ["teams"], indirect=True)

HELLO = said("team-introduction", platform="teams")


async def told(world: World, event_id: str) -> None:
    about = {name: value for name, value in (await common(world, "Sanne")).items() if name != "trigger"}
    where = await world.driver.channel("Sanne", CHANNEL)
    await world.bot.handle(LetIn(**{**about, "event_id": event_id}, conversation=where, is_direct=False))


async def test_the_team_hears_once_what_this_is_and_its_people_nothing(world: World) -> None:
    await world.driver.put_out(CHANNEL)
    await world.driver.let_in(CHANNEL)
    await world.driver.act("redeliver", fresh_id=True)
    await told(world, "activity:another")
    seen = await world.driver.state("Sanne")
    posts = seen["messages"][await world.driver.channel("Sanne", CHANNEL)]
    assert sum(HELLO in world.driver.texts(each) for each in posts) == 1
    for who in ("Marit", "Sanne", "Grace"):
        assert await direct_text(world, who) == ""


async def test_in_a_channel_with_a_journey_nothing_is_introduced(world: World) -> None:
    await world.start()
    await world.driver.put_out(CHANNEL)
    await world.driver.let_in(CHANNEL)
    assert HELLO not in await world.text("Sanne", CHANNEL)


async def test_it_is_said_in_the_language_of_who_added_it(world: World) -> None:
    marit = await world.driver.person("Marit")
    await world.driver.act("profile", **{"as": marit}, locale="nl-NL")
    await world.driver.put_out(CHANNEL)
    await world.driver.let_in(CHANNEL)
    assert said("team-introduction", NL, "teams") in await world.text("Sanne", CHANNEL)
