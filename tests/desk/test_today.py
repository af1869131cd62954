"""A coach's first page: what is new since the log was read, and whose day comes; nothing of who was silent."""

from datetime import timedelta

import pytest

from bot.coaching.records.audit import Action
from bot.coaching.records.reply import Scope
from tests.conftest import World
from tests.desk.browsing import at_the_desk, share
from tests.flows.talk import begin, member_of
from tests.stored import audit_of

pytestmark = pytest.mark.slack("a page is the same for both platforms")


async def looks(world: World, who: str) -> list[tuple[Action, int]]:
    member = await member_of(world, who)
    assert member is not None
    return [(each.action, each.count) for each in audit_of(world.bot.ports.store, member.id)]


async def test_what_is_new_is_counted_until_the_log_is_read(world: World) -> None:
    await begin(world, "Sanne", "Grace", "Arjun")
    await share(world, "Sanne", "one", "two")
    await share(world, "Grace", "kept apart", scope=Scope.PRIVATE)
    async with at_the_desk(world, "Marit") as coach:
        shown = await coach.get("/desk")
        assert "2 new texts" in shown.words
        assert "You haven't read this log yet" in shown.words
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
        assert "Since you last read the log" in shown.words
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
