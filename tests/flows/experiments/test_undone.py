"""What was not done by its second week: one question, then it is let go; what was done late may be looked back on."""

from bot.coaching.records.nudge import Answer, Kind, NudgeState
from tests.conftest import World
from tests.content import NL, said, some_of, title
from tests.flows.talk import begin, click_home, did_it, home_text, press
from tests.remembered import remembered

SECOND_WEEK = "2026-01-20T10:00"
STILL_OPEN = some_of("people-before-systems/undone")
DEBRIEF = title("people-before-systems/debrief")


@remembered
async def undone(world: World, *people: str) -> None:
    """Let people do nothing until they are asked what became of it."""
    await begin(world, *people, zone="Europe/Amsterdam")
    await world.driver.travel(SECOND_WEEK)


async def test_it_is_asked_once_smaller_another_one_done_or_let_go(world: World) -> None:
    await undone(world, "Sanne", "Grace", "Arjun", "Iris")
    asked = {who: await world.row(who, Kind.UNDONE) for who in ("Sanne", "Grace", "Arjun", "Iris")}
    await world.play(
        "Sanne",
        ("press undone.smaller", said("form-plan-title")),
        (
            "send first=a call comes in | second=I ask | day=2026-01-21",
            said("promise-plan-label", day="Wednesday 21 January"),
        ),
    )
    await world.play(
        "Grace",
        (
            "press undone.another",
            some_of("people-before-systems/not-for-me"),
            title("people-before-systems/alternatives/1"),
        ),
    )
    await world.play("Arjun", ("press undone.done", said("nudge-done-when", day="Wednesday 21 January", times=0)))
    await world.play("Iris", ("press undone.drop", said("nudge-left", times=0), f"not: {STILL_OPEN}"))
    for who, row in asked.items():
        for button in ("undone.smaller", "undone.another", "undone.done", "undone.drop"):
            assert world.says("press-stale") in await press(world, who, button, row.id)
    await world.play("Arjun", ("travel 2026-01-21T10:00", DEBRIEF))
    await world.driver.travel("2026-01-26T18:00")
    for who in asked:
        assert len([row for row in await world.rows(who, Kind.UNDONE) if row.state is NudgeState.SENT]) == 1
        assert DEBRIEF not in "\n".join((await world.screen(who)).values()) or who == "Arjun"


async def test_in_dutch_too(world: World) -> None:
    await begin(world, "Sanne", language="nl")
    await world.play(
        "Sanne",
        (
            f"travel {SECOND_WEEK}",
            some_of("people-before-systems/undone", NL),
            some_of("people-before-systems/undone", NL),
            said("undone-drop-button", NL),
        ),
        ("press undone.done", said("nudge-done-when", NL, day="woensdag 21 januari", times=0)),
    )


async def test_what_was_done_too_late_is_looked_back_on_from_the_own_page(world: World) -> None:
    await begin(world, "Sanne")
    await did_it(world, "Sanne", at="2026-01-26T12:00")
    await world.driver.travel("2026-01-28T12:00")
    assert not await world.rows("Sanne", Kind.DEBRIEF)
    await world.driver.open_home("Sanne")
    assert said("home-look-back") in await home_text(world, "Sanne")
    await click_home(world, "Sanne", "debrief.open")
    await world.settle()
    assert DEBRIEF in await world.text("Sanne")
    assert said("home-look-back") not in await home_text(world, "Sanne")
    root = next(row for row in await world.rows("Sanne", Kind.NUDGE) if row.answer is Answer.DONE)
    assert world.says("press-stale") in await press(world, "Sanne", "debrief.open", root.id)
    await world.play("Sanne", ("press debrief.skip", said("debrief-count", number=2, total=4)))
