"""Nothing is heard of somebody: one line, silence, and going on where they were."""

import pytest

from bot.chat.port import HomeOpened
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, NudgeState
from tests.conftest import CHANNEL, World
from tests.content import said, whole
from tests.flows.talk import ask, begin, common, direct_text, press, run_of
from tests.remembered import remembered


@remembered
async def silent(world: World) -> None:
    """Let Sanne do nothing until the line came."""
    await begin(world, "Sanne")
    await world.driver.travel("2026-02-03T12:00")


async def test_after_three_silent_weeks_one_line_and_then_nothing(world: World) -> None:
    await silent(world)
    assert said("silence-line") in await world.text("Sanne")
    direct, channel = len(await world.direct("Sanne")), len(await world.driver.messages("Iris", CHANNEL))
    rows = await world.rows("Sanne")
    await world.driver.travel("2026-02-24T12:00")
    assert len(await world.direct("Sanne")) == direct
    assert len(await world.rows("Sanne")) == len(rows)
    for who in ("Iris", "Marit"):  # the channel hears of Mondays, and nobody of her
        spoken = [world.driver.texts(each) for each in (await world.driver.messages(who, CHANNEL))[channel:]]
        assert not [each for each in spoken if "Sanne" in each]
    assert "Sanne" not in await direct_text(world, "Marit")


async def test_to_look_at_the_own_page_is_a_sign_that_postpones_and_does_not_begin_anew(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-20T12:00")
    who = {name: value for name, value in (await common(world, "Sanne")).items() if name != "trigger"}
    await world.bot.handle(HomeOpened(**who))
    await world.driver.travel("2026-02-05T12:00")
    assert (await run_of(world, "Sanne")).silent_on is None
    await world.driver.travel("2026-02-24T12:00")
    assert (await run_of(world, "Sanne")).silent_on is not None
    await world.bot.handle(HomeOpened(**who))
    assert (await run_of(world, "Sanne")).silent_on is not None


@pytest.mark.parametrize("how", ["words", "press", "status", "resume"])
async def test_whatever_they_do_they_are_back_and_told_so_once(world: World, how: str) -> None:
    await silent(world)
    await world.driver.travel("2026-02-10T12:00")
    match how:
        case "words":
            await world.driver.say("Sanne", "dm", "here I am")
        case "press":
            await press(world, "Sanne", "nudge.done", (await world.row("Sanne", Kind.NUDGE)).id)
        case _:
            assert said("status-silent") not in await ask(world, "Sanne", how)
    await world.driver.travel("2026-02-10T12:02")
    run = await run_of(world, "Sanne")
    assert (run.state, run.silent_on) == (EnrollmentState.ACTIVE, None)
    told = await direct_text(world, "Sanne") + await world.text("Sanne", CHANNEL)
    assert told.count(said("back")) + told.count(said("resume-done")) == 1
    day = "Wednesday 11 February" if how == "press" else "Tuesday 17 February"
    assert whole("next-moment", day=day, time="10:00") in told  # what was done, first


async def test_who_is_back_after_the_last_week_finds_the_closing(world: World) -> None:
    await silent(world)
    await world.driver.travel("2026-05-11T11:00")
    await world.driver.say("Sanne", "dm", "I was away")
    await world.driver.travel("2026-05-11T11:10")
    text = await direct_text(world, "Sanne")
    assert said("back-closing") in text
    closing = await world.row("Sanne", Kind.CLOSING)
    assert closing.state is NudgeState.SENT
    assert (await run_of(world, "Sanne")).state is EnrollmentState.COMPLETED
    came = len(await world.direct("Sanne"))
    await world.driver.travel("2026-06-20T11:00")
    assert len(await world.direct("Sanne")) == came


async def test_who_is_held_and_leaves_is_not_welcomed(world: World) -> None:
    await silent(world)
    await ask(world, "Sanne", "leave")
    assert (await run_of(world, "Sanne")).state is EnrollmentState.LEFT
    assert said("back") not in await direct_text(world, "Sanne")
