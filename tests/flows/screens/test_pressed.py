"""A press on a message that is out of date: it changes nothing, and the message is shown as it is."""

from datetime import timedelta

from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.records.screen import ScreenState
from tests.conftest import World
from tests.content import said
from tests.flows.talk import begin

DONE = said("nudge-done-when", day="Wednesday 14 January", times=0)


async def test_a_press_on_what_could_not_be_changed_shows_how_it_stands(world: World) -> None:
    """Done is pressed while nothing may be changed, and again, with another button, once it may."""
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel("2026-01-13T10:00")
    message = await world.latest("Sanne")
    world.practice.site.policy.edit_window = timedelta(0)
    await world.driver.click("Sanne", message, "nudge.done")
    await world.passes(timedelta(minutes=1))
    answered = await world.row("Sanne", Kind.NUDGE)
    screen = await world.bot.ports.store.screen(answered.workspace, answered.id)
    assert screen is not None
    standing = [each for each in await world.direct("Sanne") if each["ts"] == message["ts"]]
    assert (answered.answer, screen.state, len(standing)) == (Answer.DONE, ScreenState.STUCK, 1)
    assert screen.reason
    world.practice.site.policy.edit_window = None
    await world.driver.click("Sanne", message, "nudge.no")
    assert await world.row("Sanne", Kind.NUDGE) == answered
    shown = next(each for each in await world.direct("Sanne") if each["ts"] == message["ts"])
    assert DONE in world.driver.texts(shown)
    assert said("nudge-no-button") not in world.driver.labels(shown)
