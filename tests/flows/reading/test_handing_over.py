"""A coach hands over, and nobody reads before each member's press."""

from bot.coaching.records.cohort import Coach, CoachState
from bot.coaching.records.nudge import Kind
from tests import content
from tests.conftest import CHANNEL, World
from tests.flows.talk import ask, begin, direct_text, form_text, the_log
from tests.stored import stored


async def test_a_coach_hands_over_and_a_member_decides(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T10:00")
    await world.do("Sanne", "say for my first coach")
    await world.driver.command("Marit", "dm", "log")
    assert "for my first coach" in world.driver.texts(await the_log(world))
    await world.driver.command("Marit", CHANNEL, "leave")
    assert content.said("coach-stop-step") in await form_text(world, "Marit")
    errors = await world.fill("Marit", how="hand", to=("Marit",))
    assert content.said("coach-hand-self") in str(errors)
    assert await world.fill("Marit", how="hand", to=("Grace",)) == {}
    await world.settle()
    assert "for my first coach" not in world.driver.texts(await the_log(world))
    assert content.said("reading-gone", name="Marit") in await direct_text(world, "Sanne")
    await world.coach("Grace")
    await world.settle()
    assert "for my first coach" not in await ask(world, "Grace", "log")
    await world.play("Sanne", ("press reading.earlier", content.said("reads-earlier-too", name="Grace")))
    assert "for my first coach" in await ask(world, "Grace", "log")
    await world.play("Sanne", ("press reading.change", content.said("reading-ask-about")))
    await world.play("Sanne", ("press reading.no", content.said("reads-none", name="Grace")))
    assert "for my first coach" not in world.driver.texts(await the_log(world, CHANNEL, "Grace"))
    await world.click("Sanne", "reading.change")
    await world.play("Sanne", ("press reading.yes", "Grace"))
    assert "for my first coach" not in await ask(world, "Grace", "log")


async def test_a_coach_steps_down_who_takes_part(world: World) -> None:
    await begin(world, "Marit", "Sanne")
    await world.driver.command("Marit", CHANNEL, "leave")
    await world.click("Marit", "coach.leave", CHANNEL)
    assert await world.fill("Marit", how="step") == {}
    await world.settle()
    assert content.said("coach-left-done") in await world.text("Marit") + await world.text("Marit", CHANNEL)
    (role,) = stored(world.bot.ports.store, Coach)
    assert role.state is CoachState.LEFT
    assert (await world.row("Sanne", Kind.READING_NEWS)).sent_at is not None
    await world.driver.command("Marit", CHANNEL, "leave")
    assert content.said("leave-done") in await world.text("Marit", CHANNEL)
