"""The time zone that Teams tells along with what people do: taken over, and asked for where it is not told."""

import pytest

from tests.conftest import CHANNEL, World
from tests.flows.talk import ask, begin, member_of

pytestmark = pytest.mark.parametrize("world", ["teams"], indirect=True)  # Slack tells it of everybody


async def zone_of(world: World, who: str) -> tuple[str | None, bool]:
    """Return where we think that somebody lives, and whether they said so."""
    member = await member_of(world, who)
    assert member is not None
    return member.zone, member.zone_confirmed


async def test_the_zone_told_with_the_very_first_word_stands_in_the_consent_form(world: World) -> None:
    await world.start()
    await world.driver.command("Grace", CHANNEL, "join")
    assert world.driver.preset(await world.form("Grace"), "zone") == "America/New_York"


async def test_the_zone_told_with_the_press_of_join_stands_in_the_consent_form(world: World) -> None:
    await world.start()
    await world.click("Grace", "cohort.join", CHANNEL)
    assert world.driver.preset(await world.form("Grace"), "zone") == "America/New_York"


async def test_who_was_met_without_a_zone_has_one_from_their_first_words_on(world: World) -> None:
    await world.start(by="Grace", coaches=("Marit",))  # who was named as coach, and has said nothing yet
    assert await zone_of(world, "Marit") == (None, False)
    await ask(world, "Marit", "help", "dm")
    assert await zone_of(world, "Marit") == ("Europe/Amsterdam", False)
    await world.driver.command("Marit", CHANNEL, "join")
    assert world.driver.preset(await world.form("Marit"), "zone") == "Europe/Amsterdam"


async def test_a_zone_that_nobody_told_is_asked_for(world: World) -> None:
    await begin(world)
    await world.driver.profile("Grace", tz="")
    await world.driver.command("Grace", CHANNEL, "join")
    form = await world.form("Grace")
    assert world.driver.preset(form, "zone") is None
    asked = {"scope": "coach", "language": "en"}
    assert set(await world.driver.submit("Grace", form, world.driver.fill(form, asked))) == {"zone"}
    whole = world.driver.fill(form, {**asked, "zone": "new york"})
    assert await world.driver.submit("Grace", form, whole) == {}
    await world.settle()
    assert await zone_of(world, "Grace") == ("America/New_York", True)
    assert "America/New_York" in "\n".join([world.driver.texts(each) for each in await world.direct("Grace")])
