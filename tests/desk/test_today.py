"""A coach's first page: what is new since the log was read, and whose day comes; nothing of who was silent."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.coaching.intents import Intent
from bot.coaching.records.audit import Action
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from tests.conftest import World
from tests.content import said
from tests.desk.browsing import at_the_desk, looks, share
from tests.flows.talk import begin, member_of, run_of

pytestmark = pytest.mark.slack("a page is the same for both platforms")


async def test_what_is_new_is_counted_until_the_log_is_read(world: World) -> None:
    await begin(world, "Sanne", "Grace", "Arjun")
    await share(world, "Sanne", "one", "two")
    await share(world, "Grace", "kept apart", scope=Scope.PRIVATE)
    async with at_the_desk(world, "Marit") as coach:
        shown = await coach.get("/desk")
        assert "2 new texts" in shown.words
        assert said("desk-since-never") in shown.words
        for silent in ("Grace", "Arjun", "kept apart"):
            assert silent not in shown.text
        assert await looks(world, "Sanne") == [(Action.DIGEST, 2)]
        assert "2 new texts" in (await coach.get("/desk")).words
        assert await looks(world, "Sanne") == [(Action.DIGEST, 2)], "the same page is the same look"
        (way,) = [each for each in shown.links if "person=" in each]
        assert "two" in (await coach.get(way)).text
        await world.passes(timedelta(minutes=10))
        shown = await coach.get("/desk")
        assert "Nothing new." in shown.words
        assert said("desk-since") in shown.words
        await share(world, "Sanne", "three")
        assert "1 new text" in (await coach.get("/desk")).words
        assert await looks(world, "Sanne") == [(Action.DIGEST, 1), (Action.READ, 2), (Action.DIGEST, 2)]


async def test_a_promise_is_shown_in_its_week_with_a_way_to_answer(world: World) -> None:
    await begin(world, "Grace")
    await world.driver.travel("2026-01-13T17:00")
    await world.click("Grace", "I'll do it")
    await world.fill("Grace", first="a customer calls", second="listen")
    async with at_the_desk(world, "Marit") as coach:
        shown = await coach.get("/desk")
        assert "If a customer calls" in shown.words
        (way,) = [each for each in shown.links if "/desk/line/" in each]
        assert "Your answer to Grace" in (await coach.get(way)).words
    await world.passes(timedelta(days=8))
    async with at_the_desk(world, "Marit") as coach:
        assert "If a customer calls" not in (await coach.get("/desk")).words


async def test_who_coaches_nobody_comes_to_their_own_page(world: World) -> None:
    await begin(world, "Sanne")
    async with at_the_desk(world, "Sanne") as mine:
        assert "Everything about you" in (await mine.get("/desk")).words


async def wish(world: World, who: str) -> Reply:
    """Let somebody have asked for a word with their coach."""
    (asked,) = await share(
        world, who, "", text=None, kind=ReplyKind.REQUEST, intent=Intent.COACH, deleted_at=world.bot.ports.now
    )
    return asked


async def test_who_asked_for_a_word_is_there_until_a_coach_takes_it_whatever_the_gate(world: World) -> None:
    await begin(world, "Sanne", "Grace", "Arjun")
    asked, other, gone = [await wish(world, who) for who in ("Sanne", "Grace", "Arjun")]
    ports = world.bot.ports
    run = await run_of(world, "Arjun")
    await ports.save(replace(run, state=EnrollmentState.LEFT, ended_at=ports.now))
    gate = await ports.store.gate(asked.workspace)
    assert gate is not None
    await ports.save(replace(gate, closed_at=ports.now, closed_by=asked.member))
    async with at_the_desk(world, "Marit") as coach:
        shown = await coach.get("/desk")
        assert said("desk-word") in shown.words
        assert said("desk-shut-title") in shown.words
        assert [each in shown.text for each in (asked.id, other.id, gone.id)] == [True, True, False]
        shown = await coach.post(f"/desk/word/{asked.id}")
        assert (asked.id in shown.text, other.id in shown.text) == (False, True)
        marit = await member_of(world, "Marit")
        kept = await ports.store.reply(asked.workspace, asked.id)
        assert marit is not None
        assert kept is not None
        assert kept.taken_by == marit.id
        for late in (asked.id, "nothing"):
            assert "Another coach was faster" in (await coach.post(f"/desk/word/{late}")).words


async def test_a_request_is_taken_by_its_coaches_alone_and_by_one(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    asked, (said,) = await wish(world, "Sanne"), await share(world, "Sanne", "no request")
    async with at_the_desk(world, "Grace") as other, at_the_desk(world, "Marit") as coach:
        assert (await other.post(f"/desk/word/{asked.id}")).status == 404
        assert "Another coach was faster" in (await coach.post(f"/desk/word/{said.id}")).words
        answers = await asyncio.gather(*(coach.post(f"/desk/word/{asked.id}") for _ in range(3)))
        assert sorted("Another coach was faster" in each.words for each in answers) == [False, True, True]
