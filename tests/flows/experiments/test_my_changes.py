"""A change on the own page and in Thursday's review: moved, then begun."""

from bot.coaching.records.commitment import CommitmentState
from bot.coaching.records.nudge import Kind
from tests.conftest import World
from tests.content import said
from tests.flows.experiments.test_plan import CHANGE, debriefed
from tests.flows.talk import click_home, home_text, member_of
from tests.stored import commitments_of


async def test_a_change_is_in_sight_until_it_has_begun(world: World) -> None:
    await debriefed(world)
    await world.play("Sanne", ("press transfer.make",), (CHANGE,))
    await world.play("Sanne", ("travel 2026-01-22T15:00", said("reflection-changes"), "We call back"))
    await world.driver.open_home("Sanne")
    assert said("home-changes") in await home_text(world, "Sanne")
    await click_home(world, "Sanne", "change.move")
    assert said("day-past") in (await world.fill("Sanne", day="2026-01-21"))["day"]
    assert await world.fill("Sanne", day="2026-01-27") == {}
    await world.settle()
    assert "Tuesday 27 January" in await home_text(world, "Sanne")
    await world.driver.travel("2026-01-27T15:00")
    asked = await world.row("Sanne", Kind.DAY_OF)
    assert asked.local_date.isoformat() == "2026-01-27"
    assert said("transfer-day-1") in await world.text("Sanne")
    await click_home(world, "Sanne", "change.done")
    await world.settle()
    assert said("home-changes") not in await home_text(world, "Sanne")
    assert said("transfer-day-done-said", times=0) in await world.text(
        "Sanne"
    )  # the question of the day is answered with it
    member = await member_of(world, "Sanne")
    assert member is not None
    assert [each.state for each in commitments_of(world.bot.ports.store, member.id)] == [CommitmentState.DONE]
