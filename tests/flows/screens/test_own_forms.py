"""Forms that show a person their own words: they go when the words are taken back, and what is typed stays else."""

import json
from datetime import timedelta

import pytest

from bot.coaching.records.screen import ScreenKind
from bot.practice.faults import Fault
from tests.conftest import World
from tests.driver import Driver
from tests.flows.screens.test_for_coach import IN_SLACK
from tests.flows.screens.test_log import Doomed
from tests.flows.screens.test_trouble import screens_of
from tests.flows.talk import begin, click_home
from tests.journey.forms import open_forms
from tests.remembered import remembered

TUESDAY = "2026-01-13T11:00"
WORDS = "she was never asked"
PLAN = {"first": WORDS, "second": "I ring", "day": "2026-01-14"}


async def forms(world: World) -> list[str]:
    """Return what is in each form that Sanne has before her, as it is sent to her."""
    return [each.told for each in await open_forms(world, "Sanne")]


async def shown(world: World) -> int:
    return sum(WORDS in told for told in await forms(world))


async def put_away(world: World) -> int:
    """Return how many notices stand where a form was."""
    seen = (await Driver.state(world.driver, "Sanne"))["messages"].values()
    there = [json.dumps(each, ensure_ascii=False) for posts in seen for each in posts]
    return sum(world.says("form-own-closed") in each for each in (*there, *await forms(world)))


@remembered
async def typed(world: World, scope: str = "coach") -> str:
    await begin(world, "Sanne", scope=scope)
    await world.driver.travel(TUESDAY)
    return await world.driver.say("Sanne", "dm", WORDS)


async def taken_back(world: World, said: str) -> None:
    await world.driver.delete("Sanne", "dm", said)
    await world.settle()


async def test_a_form_to_change_words_goes_when_they_are_taken_back(world: World) -> None:
    said = await typed(world)
    await world.click("Sanne", "reply.change")
    assert await shown(world) == 1
    await taken_back(world, said)
    assert (await shown(world), await put_away(world)) == (0, 1)
    assert await screens_of(world, ScreenKind.FORM) == []


async def test_a_private_note_that_is_being_read_goes_too(world: World) -> None:
    said = await typed(world, scope="private")
    await world.driver.open_home("Sanne")
    await click_home(world, "Sanne", "reply.read")
    assert await shown(world) == 1
    await taken_back(world, said)
    assert await shown(world) == 0


@pytest.mark.parametrize("button", ["nudge.plan_change", "plan.read"])
async def test_a_form_with_a_plan_goes_when_its_words_are_taken_back(world: World, button: str) -> None:
    await begin(world, "Sanne", scope="private")
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.plan")
    assert await world.fill("Sanne", **PLAN) == {}
    message = await world.latest("Sanne")
    await world.driver.click("Sanne", message, button)
    assert await shown(world) == 1
    await world.driver.click("Sanne", message, "plan.delete")
    await world.settle()
    assert await shown(world) == 0


async def test_words_that_are_changed_leave_the_form_and_what_is_typed_into_it(world: World) -> None:
    """It is told when it is sent in."""
    said = await typed(world)
    await world.click("Sanne", "reply.change")
    form = await world.form("Sanne")
    await world.driver.edit("Sanne", "dm", said, "we talked")
    await world.settle()
    assert await shown(world) == 1
    errors = await world.driver.submit("Sanne", form, world.driver.fill(form, {"text": "not at all"}))
    assert world.says("form-changed") in errors.values()


async def test_a_form_that_was_sent_in_is_no_screen_any_more(world: World) -> None:
    said = await typed(world)
    await world.click("Sanne", "reply.change")
    assert len(await screens_of(world, ScreenKind.FORM)) == 1
    assert await world.fill("Sanne", text=f"{WORDS}!") == {}
    assert await screens_of(world, ScreenKind.FORM) == []
    await taken_back(world, said)
    assert (await shown(world), await put_away(world)) == (0, 0)


async def test_no_copy_of_it_keeps_words_whenever_the_process_died(world: World) -> None:
    said = await typed(world)
    message = await world.latest("Sanne")
    doomed = Doomed(world, again=True)
    for effects in range(1, 9):
        doomed.effects = effects
        await world.driver.click("Sanne", message, "reply.change")
    doomed.effects = 99
    assert doomed.killed >= 3
    assert await shown(world) > 1
    await taken_back(world, said)
    await world.passes(timedelta(minutes=5))
    assert await shown(world) == 0


@IN_SLACK
async def test_a_form_that_cannot_be_put_away_now_is_later(world: World) -> None:
    said = await typed(world)
    await world.click("Sanne", "reply.change")
    world.line.faults["views.update"] = [Fault(status=500)] * 99
    await taken_back(world, said)
    assert await shown(world) == 1
    world.line.faults.clear()
    await world.passes(timedelta(minutes=5))
    assert await shown(world) == 0


async def test_of_who_is_erased_no_form_stays(world: World) -> None:
    await typed(world)
    await world.click("Sanne", "reply.change")
    await world.driver.command("Sanne", "dm", "forget")
    assert await world.fill("Sanne", agreed=("yes",)) == {}
    await world.passes(timedelta(minutes=5))
    assert await shown(world) == 0
