"""Changing and taking back what was said: from the confirmation and from Home, by the writer alone, at once."""

import sqlite3
from contextlib import closing

from bot.chat.port import FormErrors
from bot.coaching.records.nudge import Kind
from bot.coaching.records.reply import Reply, Scope
from bot.flows.dispatch import receive
from bot.practice.faults import Fault
from tests.conftest import CHANNEL, World
from tests.content import said
from tests.driver import BOT
from tests.flows.replies.test_typed import NEXT_TUESDAY, TUESDAY, replies, row_of
from tests.flows.talk import BY_MARIT, ask, begin, click_home, did_it, home_text, member_of, press, submitted
from tests.remembered import remembered


@remembered
async def begun(world: World, *, scope: str = "coach") -> Reply:
    """Let Sanne say something under her first nudge, and return it."""
    await begin(world, "Sanne", "Grace", scope=scope)
    await world.driver.travel("2026-01-13T17:00")
    await world.click("Sanne", "nudge.done")
    await world.driver.say("Sanne", "dm", "Wim was glad")
    return (await replies(world, "Sanne"))[0]


async def test_words_and_scope_change_by_form(world: World) -> None:
    reply = await begun(world)
    await world.click("Sanne", "reply.change")
    form = await world.form("Sanne")
    assert world.driver.fields(form) == ["text", "scope", "share", "nudge"]
    assert "Wim was glad" in world.driver.texts(form)
    assert await world.fill("Sanne", text="Wim was very glad", scope="coach") == {}
    (fresh,) = await replies(world, "Sanne")
    assert (fresh.text, fresh.scope) == ("Wim was very glad", Scope.COACH)
    assert fresh.edited_at is not None
    assert BY_MARIT in await world.text("Sanne")
    # sent in as it stands: nothing is an edit
    await world.click("Sanne", "reply.change")
    assert await world.fill("Sanne") == {}
    assert await replies(world, "Sanne") == [fresh]
    assert fresh.id == reply.id


async def test_another_person_can_neither_change_nor_delete(world: World) -> None:
    reply = await begun(world)
    for button in ("reply.change", "reply.move", "reply.delete"):
        assert said("press-stale") in await press(world, "Grace", button, reply.id)
        assert said("press-stale") in await press(world, "Iris", button, reply.id)
    assert await world.driver.modal("Grace") is None
    form = await submitted(world, "Grace", "reply.changed", f"{reply.id}:0:", text="mine now", scope="coach")
    wrong = await world.bot.handle(form)
    assert isinstance(wrong, FormErrors)
    assert await replies(world, "Sanne") == [reply]


async def test_what_is_deleted_stays_deleted_and_says_so(world: World) -> None:
    reply = await begun(world)
    await world.click("Sanne", "reply.delete")
    assert await world.text("Sanne") == said("card-deleted")
    form = await submitted(world, "Sanne", "reply.changed", f"{reply.id}:0:", text="after all", scope="coach")
    refused = await world.bot.handle(form)  # sent in before it was put away
    assert refused is not None
    assert said("form-stale") in refused.errors["scope"]
    assert said("press-stale") in await press(world, "Sanne", "reply.delete", reply.id)
    assert await replies(world, "Sanne") == []
    assert "Wim was glad" not in await ask(world, "Marit", "log")


async def test_home_changes_and_deletes_and_shows_it_at_once(world: World) -> None:
    await begun(world)
    await world.driver.open_home("Sanne")
    await click_home(world, "Sanne", "reply.change")
    assert await world.fill("Sanne", text="Wim smiled") == {}
    assert "Wim smiled" in await home_text(world, "Sanne")
    await click_home(world, "Sanne", "reply.delete")
    assert "Wim smiled" not in await home_text(world, "Sanne")
    assert await world.text("Sanne") == said("card-deleted")


async def test_a_reply_without_a_confirmation_says_that_it_was_deleted(world: World) -> None:
    reply = await begun(world)
    with closing(sqlite3.connect(world.database_url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("DELETE FROM screen WHERE id = ?", (reply.id,))
    await world.click("Sanne", "reply.delete")
    assert await world.text("Sanne") == said("card-deleted")


async def test_a_reply_moves_only_to_an_own_message_that_keeps_words(world: World) -> None:
    reply = await begun(world)
    await world.driver.travel("2026-01-27T12:00")  # item 2: nothing is kept there
    home = await row_of(world, "Sanne", Kind.NUDGE, "ask-your-partner")
    hers = await row_of(world, "Grace", Kind.NUDGE)
    for nudge in (home.id, hers.id, "nobody's"):
        form = await submitted(world, "Sanne", "reply.changed", f"{reply.id}:0:", scope="coach", nudge=nudge)
        wrong = await world.bot.handle(form)
        assert wrong is not None
        assert "nudge" in wrong.errors
    assert await replies(world, "Sanne") == [reply]
    await world.click("Sanne", "reply.change")
    assert "Ask your partner" not in world.driver.texts(await world.form("Sanne"))


async def test_an_earlier_answer_moves_without_asking_its_question_again(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    nudge = await row_of(world, "Sanne", Kind.NUDGE)
    await did_it(world, "Sanne")
    await world.driver.travel(NEXT_TUESDAY)
    await world.driver.say("Sanne", "dm", "one")
    await world.driver.say("Sanne", "dm", "two")
    first = (await replies(world, "Sanne"))[-1]
    form = await submitted(world, "Sanne", "reply.changed", f"{first.id}:0:", scope="coach", nudge=nudge.id)
    assert await receive(world.bot.ports, form) is None
    assert (await row_of(world, "Sanne", Kind.DEBRIEF)).question == 2
    assert (await replies(world, "Sanne"))[-1].nudge == nudge.id


async def test_narrowing_works_at_once(world: World) -> None:
    """Also after Monday's reflection was built and before it is sent, in the log, and in what was sent."""
    await begun(world)
    await world.click("Sanne", "words.share")
    await world.driver.travel("2026-01-19T09:29")
    world.line.faults["chat.postMessage"] = [fault_429()]
    await world.driver.travel("2026-01-19T09:30:30")  # built, and not sent yet
    assert not await _posts(world)
    await world.click("Sanne", "words.unshare")
    await world.driver.travel("2026-01-19T12:00")
    (post,) = await _posts(world)
    assert said("team-shared-below") not in post
    assert "Wim was glad" in await ask(world, "Marit", "log")
    await world.click("Sanne", "reply.change")
    assert await world.fill("Sanne", scope="private") == {}
    assert "Wim was glad" not in await ask(world, "Marit", "log")


async def test_narrowing_takes_the_words_out_of_the_thread_they_stand_in(world: World) -> None:
    await begun(world)
    await world.click("Sanne", "words.share")
    await world.driver.travel("2026-01-19T12:00")
    assert "Wim was glad" in "\n".join(await _posts(world))
    await world.click("Sanne", "reply.change")
    assert await world.fill("Sanne", scope="private") == {}
    assert "Wim was glad" not in "\n".join(await _posts(world))
    member = await member_of(world, "Sanne")
    assert member is not None
    await world.driver.open_home("Sanne")
    assert "Wim was glad" not in await home_text(world, "Sanne")


async def _posts(world: World) -> list[str]:
    """Return what stands in the channel after the invitation."""
    posts = await world.driver.messages("Iris", CHANNEL)
    return [world.driver.texts(post) for post in posts if post["user"] == BOT and not post["ephemeral"]][1:]


def fault_429() -> Fault:
    """Return one refusal for a minute."""
    return Fault(status=429, headers={"Retry-After": "60"})
