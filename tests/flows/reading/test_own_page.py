"""Who reads, said and changed by a member: on the own page, in the settings, for one text."""

from bot.coaching.records.reading import ReadGrant
from tests import content
from tests.conftest import CHANNEL, World
from tests.flows.talk import BY_MARIT, ask, begin, click_home, direct_text, form_text, home_text, the_log
from tests.stored import stored

NUDGED = "2026-01-13T10:00"
UNREAD = content.said("scope-unread-grant", names="Marit")


async def test_a_member_stops_a_coach_and_lets_them_read_again(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(NUDGED)
    await world.do("Sanne", "say said before")
    assert BY_MARIT in await direct_text(world, "Sanne")
    await world.driver.open_home("Sanne")
    assert content.said("home-readers") in await home_text(world, "Sanne")
    await world.driver.command("Marit", "dm", "log")
    assert "said before" in world.driver.texts(await the_log(world))
    await click_home(world, "Sanne", "reading.stop")
    await world.settle()
    assert content.said("reads-none", name="Marit") in await home_text(world, "Sanne")
    assert "said before" not in world.driver.texts(await the_log(world))
    told = await direct_text(world, "Sanne")
    assert UNREAD in told
    assert BY_MARIT not in told
    await click_home(world, "Sanne", "reading.let")
    await world.settle()
    await world.do("Sanne", "say said after")
    read = await ask(world, "Marit", "log")
    assert "said after" in read
    assert "said before" not in read
    await click_home(world, "Sanne", "reading.stop")
    await click_home(world, "Sanne", "reading.let-earlier")
    await world.settle()
    assert "said before" in await ask(world, "Marit", "log")


async def test_a_member_lets_one_text_be_read(world: World) -> None:
    await begin(world, "Sanne", scope="private")
    await world.driver.travel(NUDGED)
    await world.do("Sanne", "say for me alone")
    await world.do("Sanne", "say for my coach, too")
    assert content.said("status-scope") in await ask(world, "Sanne", "status")
    await world.click("Sanne", "reply.change")
    assert content.said("scope-coaches", names="Marit") in await form_text(world, "Sanne")
    assert await world.fill("Sanne", scope="coach") == {}
    await world.settle()
    assert BY_MARIT in await world.text("Sanne")
    read = await ask(world, "Marit", "log")
    assert "for my coach, too" in read
    assert "for me alone" not in read
    (grant,) = stored(world.bot.ports.store, ReadGrant)
    assert (bool(grant.text), grant.includes_earlier) == (True, True)


async def test_the_settings_let_the_coach_read_from_now_on(world: World) -> None:
    await begin(world, "Sanne", scope="private", language="nl")
    await world.driver.command("Sanne", CHANNEL, "instellingen")
    assert content.said("scope-coaches", content.NL, names="Marit") in await form_text(world, "Sanne")
    assert await world.fill("Sanne", scope="coach") == {}
    await world.driver.travel(NUDGED)
    await world.do("Sanne", "say voor mijn coach")
    assert content.said("scope-names", content.NL, names="Marit") in await world.text("Sanne")
    assert "voor mijn coach" in await ask(world, "Marit", "log")


async def test_receipts_stop_naming_who_has_left(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(NUDGED)
    await world.do("Sanne", "say read by Marit")
    assert BY_MARIT in await world.text("Sanne")
    await world.driver.command("Marit", CHANNEL, "leave")
    assert await world.fill("Marit", how="step") == {}
    await world.settle()
    told = await direct_text(world, "Sanne")
    assert BY_MARIT not in told
    assert content.said("scope-unread-coach") in told
