"""A line of the log with what came before it: who may read it, answer it, and what goes meanwhile."""

from dataclasses import replace
from typing import Any, cast

import pytest

from bot.coaching.language import Language
from bot.coaching.records.audit import Action
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.flows.coach.answer import LONGEST
from bot.flows.desk.conversation import Wrong, answer
from bot.flows.desk.entry import recognized
from bot.store.port import Conflict, Store
from tests.conftest import World
from tests.content import said
from tests.desk.browsing import at_the_desk, looks, share
from tests.flows.talk import begin, member_of, run_of
from tests.stored import stored

pytestmark = pytest.mark.slack("a page is the same for both platforms")


async def test_ids_of_others_open_nothing_for_a_coach(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    (private,) = await share(world, "Sanne", "keep out", scope=Scope.PRIVATE)
    (deleted,) = await share(world, "Sanne", "gone", text=None, deleted_at=world.bot.ports.now)
    (held,) = await share(world, "Sanne", "not filed", kind=ReplyKind.HELD, scope=Scope.PRIVATE)
    run = await run_of(world, "Sanne")
    odd = [private.id, deleted.id, held.id, run.id, run.member, "nothing", "%00", "x" * 5000, "é"]
    async with at_the_desk(world, "Marit") as coach:
        for each in odd:
            shown = await coach.get(f"/desk/line/{each}")
            assert shown.status == 404, each
            assert "keep out" not in shown.text
            refused = await coach.post(f"/desk/line/{each}", text="my own words")
            assert refused.status in (404, 422), each
            assert "my own words" in refused.text, "what was typed is not lost"
        assert (await coach.get(f"/desk/log?cohort={run.id}")).status == 404
    assert await looks(world, "Sanne") == []
    assert not [each for each in stored(world.bot.ports.store, Reply) if each.kind is ReplyKind.COACH]


async def test_an_answer_arrives_in_chat_once(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T17:00")
    (reply,) = await share(world, "Sanne", "I did it")
    path = f"/desk/line/{reply.id}"
    async with at_the_desk(world, "Marit") as coach:
        await coach.get(path)
        for wrong in ("", "   ", "x" * (LONGEST + 1)):
            refused = await coach.post(path, text=wrong)
            assert refused.status == 422
            assert 'role="alert"' in refused.text
        assert (await coach.post(path, text="x" * 200_000)).status == 413
        words = "Well done <b>Sanne</b> *really*"
        for _ in range(2):  # sent in twice, as by the back button
            assert said("desk-answer-sent") in (await coach.post(path, text=words)).words
        await world.settle()
        arrived = "\n".join(world.driver.texts(each) for each in await world.direct("Sanne"))
        assert arrived.count(words) == 1
        assert words in (await coach.get(path)).words, "it is there, below what it answers"
    assert [each for each in await looks(world, "Sanne") if each[0] is Action.ANSWER] == [(Action.ANSWER, 1)]


async def test_words_that_go_while_a_page_is_open_are_gone_from_the_next(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    (kept,), (erased,) = await share(world, "Sanne", "narrow me"), await share(world, "Grace", "erase me")
    ports = world.bot.ports
    async with at_the_desk(world, "Marit") as coach:
        assert "narrow me" in (await coach.get(f"/desk/line/{kept.id}")).text
        fresh = await ports.store.reply(kept.workspace, kept.id)
        assert fresh is not None
        await ports.save(replace(fresh, scope=Scope.PRIVATE), withdraws=True)
        refused = await coach.post(f"/desk/line/{kept.id}", text="what I typed")
        assert "narrow me" not in refused.text
        assert "what I typed" in refused.text
        await ports.store.erase(erased.workspace, erased.member, at=ports.now, audit_id="gone")
        shown = await coach.get(f"/desk/log?person={erased.member}")
        assert (shown.status, "erase me" in shown.text, "Grace" in shown.text) == (200, False, False)


async def test_a_conversation_shows_what_came_before_and_nothing_that_is_not_the_coachs(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    (earlier,) = await share(world, "Sanne", "the first word")
    await share(world, "Sanne", "apart", scope=Scope.PRIVATE)
    (reply,) = await share(world, "Sanne", "the second word")
    marit = await member_of(world, "Marit")
    grace = await member_of(world, "Grace")
    assert marit is not None
    assert grace is not None
    await share(world, "Sanne", "a word of mine", kind=ReplyKind.COACH, author=marit.id)
    await share(world, "Sanne", "a word of another", kind=ReplyKind.COACH, author=grace.id)
    async with at_the_desk(world, "Marit") as coach:
        shown = await coach.get(f"/desk/line/{reply.id}")
        assert shown.quotes == ["the first word", "the second word", "a word of mine", "a word of another"]
        assert "Another coach" in shown.words
        assert earlier.id in shown.text
        log = await coach.get("/desk/log")
        assert log.words.count("Open and answer") == 2, "a coach's word is nothing to answer"
    assert (Action.READ, 3) in await looks(world, "Sanne"), "their own word is not one they looked at"


async def test_who_has_left_cannot_be_answered_and_can_be_read(world: World) -> None:
    await begin(world, "Sanne")
    (reply,) = await share(world, "Sanne", "before I left")
    ports, run = world.bot.ports, await run_of(world, "Sanne")
    async with at_the_desk(world, "Marit") as coach:
        await coach.get(f"/desk/line/{reply.id}")
        await ports.save(replace(run, state=EnrollmentState.LEFT, ended_at=ports.now))
        shown = await coach.get(f"/desk/line/{reply.id}")
        assert "<textarea" not in shown.text
        assert "Sanne has left" in shown.words
        assert (await coach.post(f"/desk/line/{reply.id}", text="hello")).status == 422


class Faster:
    """A store into which somebody else wrote first."""

    def __init__(self, store: Store) -> None:
        """Read as this one does."""
        self._store = store

    def __getattr__(self, name: str) -> Any:
        """Do everything else as that one does."""
        return getattr(self._store, name)

    async def save(self, *_: Any, **__: Any) -> None:
        """Be too late."""
        raise Conflict


async def test_an_answer_to_somebody_who_is_gone_meanwhile_is_given_back(world: World) -> None:
    await begin(world, "Sanne")
    (reply,) = await share(world, "Sanne", "I did it")
    ports = world.bot.ports
    async with at_the_desk(world, "Marit") as coach:
        visitor = await recognized(ports, coach.cookie)
    assert visitor is not None
    wrong = await answer(replace(ports, store=cast(Store, Faster(ports.store))), visitor, reply.id, "Well done")
    assert wrong == Wrong(told=ports.words.say("log-gone", Language.EN), typed="Well done")
