"""The promise of the consent card: words go 90 days after a journey ends."""

from bot.flows.retain import retain
from tests.conftest import World
from tests.flows.talk import ask, begin, home_text
from tests.flows.test_listen import TUESDAY, replies


async def test_words_vanish_ninety_days_after_the_end_and_no_sooner(world: World) -> None:
    await begin(world, "Sanne", "Grace", scope="coach")
    await world.driver.travel(TUESDAY)
    await world.driver.say("Sanne", "dm", "Wim was glad")
    await world.click("Sanne", "nudge.plan")
    await world.fill("Sanne", first="Wim calls", second="I listen")
    await world.driver.travel("2026-01-14T12:00")
    ts = await world.driver.say("Sanne", "dm", "and I smiled")
    await ask(world, "Sanne", "leave")
    await world.driver.travel("2026-04-13T12:00")  # day 89
    assert await retain(world.bot.ports) == 0
    assert {reply.text for reply in await replies(world, "Sanne")} == {"Wim was glad", "and I smiled"}
    await world.driver.travel("2026-04-14T14:00")  # day 90
    assert await replies(world, "Sanne") == []
    log = await ask(world, "Marit", "log", "dm")
    assert "glad" not in log
    assert "listen" not in log
    await world.driver.open_home("Sanne")
    assert "glad" not in await home_text(world, "Sanne")
    await world.driver.edit("Sanne", "dm", ts, "here again")  # gone is gone
    assert await replies(world, "Sanne") == []
    assert await retain(world.bot.ports) == 0


async def test_nothing_of_a_person_is_left_a_year_after_the_end(world: World) -> None:
    await begin(world, "Sanne", "Grace", scope="coach")
    await world.driver.travel(TUESDAY)
    await world.driver.say("Sanne", "dm", "Wim was glad")
    await ask(world, "Sanne", "leave")
    store = world.bot.ports.store
    (workspace,) = await store.workspaces()
    await world.driver.travel("2027-01-12T12:00")  # day 364
    assert await store.member_of(workspace.id, await world.driver.person("Sanne")) is not None
    await world.driver.travel("2027-01-14T12:00")
    assert await store.member_of(workspace.id, await world.driver.person("Sanne")) is None
    assert (
        await store.member_of(workspace.id, await world.driver.person("Marit")) is not None
    )  # the coach knows no end of the journey
    assert (
        await store.member_of(workspace.id, await world.driver.person("Grace")) is not None
    )  # her weeks ended in April
