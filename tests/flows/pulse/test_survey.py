"""Eight questions: eight short questions, before and after."""

from dataclasses import replace

from bot.coaching.records.nudge import Answer, Kind, NudgeState
from bot.coaching.records.pulse import QUESTIONS, Wave
from tests.conftest import CHANNEL, World
from tests.content import NL, said, title, whole
from tests.flows.talk import begin, live_on, press, run_of, submitted
from tests.stored import pulse_of

STALE = said("press-stale")
MOVED_ON = said("form-stale")
FOREIGN = said("press-foreign")
FIRST = QUESTIONS[0].slug


async def values(world: World, who: str) -> dict[tuple[Wave, str], int]:
    """Return somebody's answers."""
    found = pulse_of(world.bot.ports.store, (await run_of(world, who)).id)
    return {(answer.wave, answer.question): answer.value for answer in found}


async def refused(world: World, who: str, subject: str, **given: str) -> dict[str, str]:
    """Send answers in that are open on another screen; return the errors."""
    answer = await world.bot.handle(await submitted(world, who, "pulse.save", subject, **given))
    return dict(answer.errors) if answer else {}


async def test_any_of_the_eight_may_be_left_out_and_all_may_be(world: World) -> None:
    await begin(world, "Sanne", "Grace", "Arjun")
    rows = {who: await world.row(who, Kind.PULSE) for who in ("Sanne", "Grace", "Arjun")}
    await world.play(
        "Sanne",
        (
            "press pulse.open",
            said("pulse-form-intro"),
            said("pulse-about-customers"),
            said("pulse-about-cooperation"),
            "10",
        ),
        ("send ", said("pulse-empty")),
        ("send promise=4 | overall=0", said("pulse-done-said"), f"not: {said('pulse-skip-button')}"),
    )
    assert await values(world, "Sanne") == {(Wave.BEFORE, "promise"): 4, (Wave.BEFORE, "overall"): 0}
    await world.play(
        "Grace", ("press pulse.skip", said("pulse-skipped-said", week=0), f"not: {said('pulse-skip-button')}")
    )
    assert await values(world, "Grace") == {}
    for who in ("Sanne", "Grace"):  # twice
        for button in ("pulse.open", "pulse.skip"):
            assert STALE in await press(world, who, button, rows[who].id)
        assert MOVED_ON in (await refused(world, who, rows[who].id, promise="1"))[FIRST]
    assert FOREIGN in await press(world, "Grace", "pulse.open", rows["Arjun"].id)
    assert FOREIGN in await press(world, "Grace", "pulse.skip", rows["Arjun"].id)
    assert FOREIGN in (await refused(world, "Grace", rows["Arjun"].id, promise="1"))[FIRST]
    await world.do("Arjun", "press pulse.open")
    await world.driver.command("Arjun", CHANNEL, "leave")
    assert said("press-left") in (await world.fill("Arjun", promise="3"))[FIRST]
    assert (await world.row("Arjun", Kind.PULSE)).answer is None
    assert (await world.row("Sanne", Kind.PULSE)).answer is Answer.DONE


async def test_the_closing_shows_before_and_after_as_dots_where_both_were_answered(world: World) -> None:
    await begin(world, "Sanne", "Arjun", language="nl")
    await world.play(
        "Sanne",
        ("press pulse.open", said("form-pulse-title", NL), said("pulse-form-intro", NL)),
        ("send promise=2 | overall=5 | talking=3", said("pulse-done-said", NL)),
    )
    await live_on(world, "2026-03-30T10:00", "Sanne", "Arjun")
    await world.play(
        "Sanne",
        ("travel 2026-03-31T10:00", title("pulse/after", NL)),
        ("press pulse.open",),
        ("send promise=4 | overall=10 | result=1", said("pulse-done-said", NL)),
        (
            "travel 2026-04-02T15:00",
            title("closing/closing", NL),
            whole("pulse-before-after", NL, before="●●○○○", after="●●●●○"),
            whole("pulse-before-after", NL, before="●●●●●○○○○○", after="●●●●●●●●●●"),
            f"not: {said('pulse-question-talking', NL)}",  # answered only before
            f"not: {said('pulse-question-result', NL)}",  # only after
        ),
    )
    assert title("closing/closing", NL) in await world.text("Arjun")
    assert "●" not in await world.text("Arjun")
    assert (Wave.AFTER, "overall") in await values(world, "Sanne")


async def test_answers_that_come_after_the_closing_stand_in_it(world: World) -> None:
    await begin(world, "Sanne")
    await world.click("Sanne", "pulse.open")
    assert await world.fill("Sanne", promise="2") == {}
    for row in await world.rows("Sanne"):
        if 0 < row.week < 12:  # only the end is lived
            await world.bot.ports.store.save(replace(row, state=NudgeState.CANCELLED))
    await world.driver.travel("2026-04-02T16:00")
    assert "●" not in await world.text("Sanne")
    closing = (await world.latest("Sanne"))["ts"]
    await world.click("Sanne", "pulse.open")
    assert await world.fill("Sanne", promise="4") == {}
    (shown,) = [each for each in await world.direct("Sanne") if each["ts"] == closing]
    text = world.driver.texts(shown)
    assert said("pulse-before-after-about") in text
    assert whole("pulse-before-after", before="●●○○○", after="●●●●○") in text
