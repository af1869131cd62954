"""A message that was sent twice, because nobody could tell whether it had arrived: both copies are one."""

import pytest

from bot.coaching.records.nudge import Answer, Kind, NudgeState
from bot.practice.faults import Fault
from tests.conftest import World
from tests.content import said, title
from tests.driver import Json
from tests.flows.replies.test_typed import replies
from tests.flows.talk import begin
from tests.stored import commitments_for

pytestmark = pytest.mark.parametrize("world", ["teams"], indirect=True)  # in Slack the first copy is found and counts


@pytest.fixture
async def copies(world: World) -> tuple[Json, Json]:
    """Let an experiment arrive twice, and return both copies."""
    await begin(world, "Sanne")
    world.line.faults["chat.postMessage"] = [Fault(status=500, accept=True)]
    await world.driver.travel("2026-01-13T12:00")
    first, second = [each for each in await world.direct("Sanne") if "nudge.done" in names(world, each)]
    assert world.driver.texts(first) == world.driver.texts(second)
    assert await world.stands(await world.row("Sanne", Kind.NUDGE)) == second["ts"]
    return first, second


def names(world: World, message: Json) -> list[str]:
    return [world.driver.button(message, label)["action_id"] for label in world.driver.labels(message)]


async def screen(world: World, copies: tuple[Json, Json]) -> list[str]:
    """Return what both copies say now."""
    seen = {each["ts"]: world.driver.texts(each) for each in await world.direct("Sanne")}
    return [seen[copy["ts"]] for copy in copies]


async def standing(world: World, copy: Json) -> Json:
    """Return a copy as it stands now."""
    return next(each for each in await world.direct("Sanne") if each["ts"] == copy["ts"])


async def test_an_answer_on_the_first_copy_changes_both(world: World, copies: tuple[Json, Json]) -> None:
    await world.driver.click("Sanne", copies[0], "nudge.done")
    first, second = await screen(world, copies)
    assert first == second
    assert said("nudge-done-when", day="Wednesday 14 January", times=0) in first
    (row,) = [each for each in await world.rows("Sanne", Kind.NUDGE) if each.state is NudgeState.SENT]
    assert (row.answer, await world.stands(row)) == (Answer.DONE, copies[1]["ts"])


async def test_after_an_answer_on_the_second_copy_the_first_one_changes_nothing(
    world: World, copies: tuple[Json, Json]
) -> None:
    await world.driver.click("Sanne", copies[1], "nudge.done")
    answered = await world.row("Sanne", Kind.NUDGE)
    await world.driver.click("Sanne", copies[0], "nudge.no")
    assert await world.row("Sanne", Kind.NUDGE) == answered
    first, second = await screen(world, copies)
    assert first == second
    assert said("nudge-done-when", day="Wednesday 14 January", times=0) in first


async def test_words_under_both_copies_belong_to_one_message(world: World, copies: tuple[Json, Json]) -> None:
    row = await world.row("Sanne", Kind.NUDGE)
    where = await world.driver.channel("Sanne", "dm")
    for copy, words in zip(copies, ("said below the first", "said below the second"), strict=True):
        await world.driver.say("Sanne", where, words, thread_ts=copy["ts"])
    assert [(each.nudge, each.text) for each in await replies(world, "Sanne")] == [
        (row.id, "said below the second"),
        (row.id, "said below the first"),
    ]


async def test_a_plan_made_on_the_first_copy_is_asked_about_once(world: World, copies: tuple[Json, Json]) -> None:
    for button, again in (("nudge.plan", "they begin"), ("nudge.plan_change", "they end")):
        await world.driver.click("Sanne", await standing(world, copies[0]), button)
        await world.fill("Sanne", first=again, second="I listen", day="2026-01-14")
    row = await world.row("Sanne", Kind.NUDGE)
    (plan,) = [each for each in commitments_for(world.bot.ports.store, row.id) if each.is_open]
    assert plan.first == "they end"
    (asked,) = [each for each in await world.rows("Sanne", Kind.DAY_OF) if each.state is NudgeState.PLANNED]
    assert asked.subject == plan.id


async def test_a_copy_whose_answer_was_lost_holds_no_words(world: World) -> None:
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel("2026-01-13T12:00")
    await world.driver.click("Sanne", await world.latest("Sanne"), "nudge.plan")
    await world.fill("Sanne", first="the queue is long", second="I listen", day="2026-01-14")
    world.line.faults["chat.postMessage"] = [Fault(status=500, accept=True)]
    await world.driver.travel("2026-01-14T16:00")
    asked = await world.row("Sanne", Kind.DAY_OF)
    lost, known = [each for each in await world.direct("Sanne") if world.driver.nudge_of(each) == asked.id]
    assert title("people-before-systems/day-of") in world.driver.texts(lost)
    assert "the queue is long" not in world.driver.texts(lost)
    assert world.driver.labels(lost) == []
    assert "the queue is long" in world.driver.texts(known)
    assert await world.stands(asked) == known["ts"]
