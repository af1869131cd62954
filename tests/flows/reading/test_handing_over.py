"""A coach hands over, and nobody reads before each member's press."""

from bot.coaching.records.cohort import Coach, CoachState
from bot.coaching.records.nudge import Kind
from bot.flows.dispatch import receive
from tests import content
from tests.conftest import CHANNEL, World
from tests.flows.talk import ask, begin, direct_text, form_text, press, submitted, the_log
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
    (role,) = stored(world.bot.ports.store, Coach)
    for who, field, key in (("Marit", "to", "coach-hand-nobody"), ("Sanne", "how", "form-stale")):
        made_up = await submitted(world, who, "coach.left", role.cohort, how="hand", to=("U0NOBODY",))
        refused = await receive(world.bot.ports, made_up)
        assert refused is not None
        assert refused.errors == {field: world.says(key)}
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


async def test_an_admin_takes_a_role_away_and_nobody_else_does(world: World) -> None:
    await world.start(coaches=("Grace",))
    await world.coach("Grace")
    await world.join("Sanne")
    await world.driver.travel("2026-01-13T17:00")
    await world.do("Sanne", "say for Grace")
    await world.driver.command("Grace", "dm", "log")
    (role,) = stored(world.bot.ports.store, Coach)
    assert content.said("press-foreign") in await press(world, "Sanne", "coach.remove", role.id)
    assert "for Grace" in world.driver.texts(await the_log(world, who="Grace"))
    await world.driver.command("Marit", CHANNEL, "reading")
    await world.click("Marit", "coach.remove", CHANNEL)
    assert content.said("coach-removed-done", name="Grace", channel="*") in await world.text("Marit", CHANNEL)
    await world.settle()
    assert "for Grace" not in world.driver.texts(await the_log(world, who="Grace"))
    assert content.said("coach-removed-said") in await direct_text(world, "Grace")
    assert content.said("reading-gone", name="Grace") in await direct_text(world, "Sanne")


async def test_who_let_a_coach_read_is_told_when_that_coach_is_forgotten(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T10:00")
    await world.driver.command("Marit", "dm", "forget")
    form = await world.form("Marit")
    await world.driver.submit("Marit", form, world.driver.fill(form, {"agreed": ("yes",)}))
    await world.settle()
    told = await world.text("Sanne")
    assert content.said("reading-gone-nobody") in told
    assert "Marit" not in told
