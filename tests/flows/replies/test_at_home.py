"""The weeks about home in every turn of a life: put off, left, joined again, restored, unheard, cut off."""

from dataclasses import replace

import pytest

from bot.chat.port import Edited
from bot.coaching.records.nudge import Kind, NudgeState
from bot.flows.replies.missed_messages import catch_up
from tests.conftest import World
from tests.content import said
from tests.flows.replies.test_missed_messages import deaf
from tests.flows.replies.test_not_kept import CRIED, HOME, NEXT, TEAMS, at_home, texts
from tests.flows.replies.test_typed import replies, row_of
from tests.flows.talk import begin, common, did_it, direct_text, run_of
from tests.flows.test_twice import cut_off

WORK = "2026-01-13T17:00"
NOTHING_KEPT = said("footer-forgets")


async def shown(world: World, message: str | None) -> str:
    """Return the words of one message as it stands now."""
    return world.driver.texts(next(each for each in await world.direct("Sanne") if each["ts"] == message))


async def test_the_next_experiments_message_does_not_say_that_nothing_is_kept(world: World) -> None:
    await at_home(world)
    assert NOTHING_KEPT in await shown(world, await world.stands(await row_of(world, "Sanne", Kind.NUDGE)))
    await world.driver.travel(NEXT)
    row = await row_of(world, "Sanne", Kind.NUDGE)
    assert row.item != "ask-your-partner"
    assert NOTHING_KEPT not in await shown(world, await world.stands(row))
    await world.do("Sanne", "say about the new one")
    assert await texts(world) == ["about the new one"]


async def test_who_did_an_earlier_experiment_is_not_invited_to_type_what_is_not_kept(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T11:00")
    await world.driver.travel(HOME)
    first = next(row for row in await world.rows("Sanne", Kind.NUDGE) if row.item == "people-before-systems")
    stands = await world.stands(first)
    message = next(each for each in await world.direct("Sanne") if each["ts"] == stands)
    await world.driver.click("Sanne", message, "nudge.done")
    assert said("nudge-done-when", times=0) not in await shown(world, stands)


async def test_a_debrief_about_home_that_was_put_off_does_not_keep_what_is_typed_to_it(world: World) -> None:
    await at_home(world)
    await did_it(world, "Sanne", at="2026-02-06T12:00")
    await world.driver.travel("2026-02-09T11:00")
    await world.click("Sanne", "debrief.tomorrow")
    await world.driver.travel(NEXT)
    assert (await row_of(world, "Sanne", Kind.NUDGE)).item != "ask-your-partner"
    debrief = await row_of(world, "Sanne", Kind.DEBRIEF, "ask-your-partner")
    await world.driver.say("Sanne", "dm", CRIED, thread_ts=await world.stands(debrief))
    assert await texts(world) == []


async def test_put_off_and_paused_it_is_still_home(world: World) -> None:
    await at_home(world)
    await world.click("Sanne", "nudge.later")
    assert await world.fill("Sanne", when="next_week") == {}
    await world.do("Sanne", f"say {CRIED}")
    await world.driver.command("Sanne", "dm", "pause")
    await world.driver.travel("2026-01-30T11:00")
    await world.do("Sanne", f"say {CRIED}")
    assert await texts(world) == []


async def test_who_joined_again_is_still_at_home_in_the_thread_of_the_run_before(world: World) -> None:
    await at_home(world)
    row = await row_of(world, "Sanne", Kind.NUDGE)
    await world.driver.command("Sanne", "dm", "leave")
    await world.join("Sanne")
    await world.driver.travel("2026-02-03T11:00")
    await world.driver.say("Sanne", "dm", CRIED, thread_ts=await world.stands(row))
    assert await texts(world) == []


async def test_it_is_home_also_where_nobody_can_tell_whether_its_message_was_sent(world: World) -> None:
    """So a restore leaves it in Teams: no attempt is known, and no history can be read."""
    await at_home(world, at="2026-01-27T09:00")
    store, run = world.bot.ports.store, await run_of(world, "Sanne")
    home = next(
        row
        for row in await store.nudges_of(run.workspace, run.id)
        if (row.kind, row.item) == (Kind.NUDGE, "ask-your-partner")
    )
    await store.save(replace(home, state=NudgeState.EXPIRED, look_since=world.bot.ports.clock.now()))
    await world.driver.travel(HOME)
    await world.do("Sanne", f"say {CRIED}")
    assert await texts(world) == []


@pytest.mark.slack("only there what was missed is read")
async def test_words_typed_and_edited_while_nobody_listened_are_not_kept(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(WORK)
    spoken = await world.driver.say("Sanne", "dm", "about work")
    await world.driver.travel(HOME)
    async with deaf(world):
        await world.driver.say("Sanne", "dm", CRIED)
        await world.driver.edit("Sanne", "dm", spoken, f"{CRIED} again")
    await world.settle()
    await catch_up(world.bot.ports)
    await world.settle()
    assert await texts(world) == []
    assert said("said-forgotten") in await direct_text(world, "Sanne")


async def test_who_edits_is_told_so_though_the_handler_died(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(WORK)
    await world.do("Sanne", "say about work")
    await world.driver.travel(HOME)
    (reply,) = await replies(world, "Sanne")
    where, _, message = (reply.source or "").partition("/")
    base = await common(world, "Sanne") | {"at": world.bot.ports.clock.now(), "event_id": "e1"}
    del base["trigger"]
    await cut_off(world, Edited(**base, conversation=where, message=message, text=CRIED))
    assert await texts(world) == []
    assert said("edited-forgotten") in await direct_text(world, "Sanne")


@TEAMS
@pytest.mark.parametrize("letter", ["a", "م", "😀", '"'])
async def test_the_longest_words_a_button_carries_are_answered_whatever_their_letters(
    world: World, letter: str
) -> None:
    await at_home(world)
    before = len(await world.direct("Sanne"))
    await world.driver.say("Sanne", "dm", letter * (8_900 // (len(letter.encode("utf-16-le")) // 2)))
    assert len(await world.direct("Sanne")) == before + 2
    assert said("said-forgotten") in await world.text("Sanne")
    assert await texts(world) == []
