"""Nothing is heard of somebody: one line, silence, and going on where they were."""

from bot.coaching.records.nudge import Kind
from tests.conftest import CHANNEL, World
from tests.flows.talk import ask, begin, run_of


async def test_after_three_silent_weeks_one_line_and_then_nothing_until_they_are_back(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-02-02T12:00")
    before = len(await world.direct("Sanne"))
    channel = len(await world.driver.messages("Iris", CHANNEL))
    await world.driver.travel("2026-02-03T12:00")
    assert len(await world.direct("Sanne")) == before + 1
    assert "I'll be quiet from here on, until you want me back." in await world.text("Sanne")
    await world.driver.travel("2026-02-08T12:00")
    assert (len(await world.direct("Sanne")), len(await world.driver.messages("Iris", CHANNEL))) == (
        before + 1,
        channel,
    )
    await world.driver.travel("2026-04-20T12:00")
    assert len(await world.direct("Sanne")) == before + 1
    assert "I have been quiet since" in await ask(world, "Sanne", "status", "dm")
    await world.click("Sanne", "resume.now")
    assert not (await run_of(world, "Sanne")).stands_still
    came = len(await world.direct("Sanne"))
    await world.driver.travel("2026-04-28T12:00")
    assert len(await world.direct("Sanne")) > came
    assert len(await world.rows("Sanne", Kind.SILENCE)) == 1
