"""A coach's one message a week, over the line."""

from bot.coaching.records.audit import Action
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from tests.conftest import CHANNEL, World
from tests.content import NL, said
from tests.driver import Json
from tests.flows.talk import ask, click_home, direct_text, home_text, member_of
from tests.remembered import remembered
from tests.stored import audit_of, stored

FRIDAY = "2026-01-16T10:00"


@remembered
async def shared(world: World, **inputs: str) -> None:
    """Let Marit coach, and Sanne share a note and a plan, and keep a note to herself."""
    await world.start(language="en")
    await world.click("Marit", "coach.accept", manager="no", **inputs)
    await world.settle()
    await world.join("Sanne")
    await world.driver.travel("2026-01-13T10:00")
    await world.do("Sanne", "say I asked before I wrote")
    await world.click("Sanne", said("nudge-plan-button"))
    assert await world.fill("Sanne", first="if the phone rings", second="listen first", day="2026-01-19") == {}


async def digests(world: World) -> list[Nudge]:
    return stored(world.bot.ports.store, Nudge, "due_at", kind="coach_digest")


async def digest(world: World, title: str = said("coach-digest-title")) -> Json:
    (found,) = [each for each in await world.direct("Marit") if title in world.driver.texts(each)]
    return found


async def test_once_a_week_in_the_coachs_language_and_taken_back_words_leave_it(world: World) -> None:
    await shared(world, coach_language="nl", coach_day="4", coach_hour="10:00")
    assert said("digest-when", NL, day="vrijdag", hour="10:00") in await direct_text(world, "Marit")
    await world.driver.travel(FRIDAY)
    await world.settle()
    told = world.driver.texts(await digest(world, said("coach-digest-title", NL)))
    assert "Sanne" in told
    assert said("digest-texts", NL, count=2) in told
    assert "listen first" in told
    assert "I asked before I wrote" not in told
    assert said("digest-post", NL, count=0, day="maandag 19 januari") in told
    sanne = await member_of(world, "Sanne")
    assert sanne is not None
    assert [(each.action, each.count) for each in audit_of(world.bot.ports.store, sanne.id)] == [(Action.DIGEST, 2)]
    await world.click("Sanne", "plan.delete")
    await world.settle()
    told = world.driver.texts(await digest(world, said("coach-digest-title", NL)))
    assert "listen first" not in told
    assert said("digest-texts", NL, count=1) in told
    await world.nowhere("listen first")
    await world.driver.travel("2026-01-23T18:00")  # a week in which nobody shared anything
    await world.settle()
    assert [(row.state, row.reason) for row in await digests(world)] == [
        (NudgeState.SENT, None),
        (NudgeState.CANCELLED, "nothing to tell"),
        (NudgeState.PLANNED, None),
    ]
    await digest(world, said("coach-digest-title", NL))


async def test_its_day_is_changed_and_it_is_switched_off_and_on(world: World) -> None:
    await shared(world)
    await world.click("Marit", "digest.open")
    assert await world.fill("Marit", day="3", hour="20:00") != {}
    assert await world.fill("Marit", day="3", hour="15:00") == {}
    assert said("digest-when", day="Thursday", hour="15:00") in await direct_text(world, "Marit")
    await world.driver.open_home("Marit")
    assert said("digest-when", day="Thursday", hour="15:00") in await home_text(world, "Marit")
    await click_home(world, "Marit", "digest.open")
    assert await world.fill("Marit", often="never") == {}
    await world.driver.travel(FRIDAY)
    await world.settle()
    assert [row.state for row in await digests(world)] == [NudgeState.CANCELLED]
    await world.driver.open_home("Marit")
    await click_home(world, "Marit", "digest.open")
    assert await world.fill("Marit", often="weekly", day="4", hour="11:00") == {}
    await world.driver.travel("2026-01-16T11:00")
    await world.settle()
    assert said("digest-texts", count=2) in world.driver.texts(await digest(world))
    await world.click("Marit", "log.open")
    assert "I asked before I wrote" in await ask(world, "Marit", "log", CHANNEL)


async def test_after_an_outage_it_comes_in_working_hours_and_once(world: World) -> None:
    await shared(world)
    async with world.bot.ticker.resting():
        world.practice.clock.set(world.practice.clock.now().replace(day=17, hour=12))
    await world.settle()
    assert said("coach-digest-title") not in await direct_text(world, "Marit")
    await world.driver.travel("2026-01-19T08:00")
    await world.settle()
    assert said("digest-texts", count=2) in world.driver.texts(await digest(world))
    assert [row.kind for row in await digests(world)] == [Kind.COACH_DIGEST] * 2
