"""Words that are taken back leave every screen: whatever was sent, held up, doubted, or died at that moment."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.port import Edited, Press
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.reply import Reply
from bot.flows.dispatch import receive
from bot.flows.privacy.retention import retain
from bot.practice.faults import Fault
from bot.store.port import Record
from tests.conftest import World
from tests.content import said
from tests.flows.coach.test_notice import written_to
from tests.flows.experiments.test_commitment_words import planned
from tests.flows.replies.test_share import MONDAY, NEXT_MONDAY, THURSDAY, TYPED_ON, WORDS, channel, own, posted, typed
from tests.flows.replies.test_typed import replies, row_of
from tests.flows.talk import (
    ask,
    begin,
    click_home,
    common,
    direct_text,
    form_text,
    home_text,
    member_of,
    press,
    run_of,
    submitted,
    the_log,
)
from tests.flows.test_twice import cut_off
from tests.runtime.posting import Amid
from tests.waiting import until

BEFORE_THE_POST = "2026-01-19T09:29"
AT_THE_POST = "2026-01-19T09:31"
OTHERS = "grace wrote this"


async def shared(world: World, *people: str) -> Reply:
    """Let Sanne's words wait for Monday's post, a minute before it."""
    reply = await typed(world, *people)
    await world.click("Sanne", "words.share")
    await world.driver.travel(BEFORE_THE_POST)
    return reply


async def pressed(world: World, who: str, button: str, value: str) -> Press:
    return Press(**await common(world, who), button=button, value=value, ref=None, at_home=True)


# --- posts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
async def test_taken_out_while_their_post_is_claimed_or_gets_its_words_they_do_not_stay(
    world: World, method: str
) -> None:
    """The posts are looked up before one is claimed, and the withdrawal is saved while it is on the line."""
    reply = await shared(world)
    store, sending = world.bot.ports.store, list[asyncio.Task[None]]()
    late = asyncio.Event()
    world.line.faults[method] = [Fault(), Fault(until=late)] if method == "chat.postMessage" else [Fault(until=late)]
    world.line.calls.clear()

    async def claimed_meanwhile(*records: Record, **more: Any) -> Any:
        if not sending:
            sending.append(asyncio.create_task(world.driver.travel(AT_THE_POST)))
            await until(lambda: not world.line.faults[method])
        return await store.save(*records, **more)

    store_then: Any = Amid(store, save=claimed_meanwhile)
    event = await pressed(world, "Sanne", "words.unshare", f"{reply.id}:0")
    await receive(replace(world.bot.ports, store=store_then), event)
    late.set()
    await sending[0]
    await world.driver.travel(MONDAY)
    assert (await own(world)).shared_at is None
    assert WORDS not in await channel(world)


async def test_words_leave_a_post_whose_arrival_was_in_doubt(world: World) -> None:
    """It may stand there twice: a copy nobody knows of holds no words."""
    reply = await shared(world)
    world.line.faults["chat.postMessage"] = [Fault(), Fault(status=500, accept=True)]
    await world.driver.travel("2026-01-19T18:00")
    assert (await channel(world)).count(WORDS) <= 1
    await press(world, "Sanne", "words.unshare", f"{reply.id}:0")
    await world.driver.travel(NEXT_MONDAY)
    assert WORDS not in await channel(world)


async def test_words_that_two_people_take_out_at_once_do_not_come_back(world: World) -> None:
    reply = await typed(world, "Sanne", "Grace")
    await world.click("Sanne", "words.share")
    await world.click("Grace", "nudge.done")
    await world.do("Grace", f"say {OTHERS}")
    await world.click("Grace", "words.share")
    await world.driver.travel(MONDAY)
    (hers,) = await replies(world, "Grace")
    assert OTHERS in await channel(world)
    late = asyncio.Event()
    world.line.faults["chat.update"] = [Fault(until=late)]  # Grace's comes late, and still shows what Sanne wrote
    first = asyncio.create_task(press(world, "Grace", "words.unshare", f"{hers.id}:0"))
    await until(lambda: not world.line.faults["chat.update"])
    await press(world, "Sanne", "words.unshare", f"{reply.id}:0")
    late.set()
    await first
    await world.settle()
    posts = await channel(world)
    assert WORDS not in posts
    assert OTHERS not in posts


async def test_above_a_thread_emptied_before_it_was_sent_nothing_says_that_something_is_in_it(world: World) -> None:
    reply = await shared(world)
    world.line.faults["chat.postMessage"] = [Fault(), Fault(status=429, headers={"Retry-After": "120"})]
    await world.driver.travel(AT_THE_POST)
    assert world.says("team-shared-below") in await channel(world)
    await press(world, "Sanne", "words.unshare", f"{reply.id}:0")
    await world.driver.travel(MONDAY)
    posts = await channel(world)
    assert WORDS not in posts
    assert world.says("team-shared-below") not in posts


async def test_above_a_thread_that_retention_emptied_neither(world: World) -> None:
    await posted(world)
    assert world.says("team-shared-below") in await channel(world)
    ended = world.bot.ports.clock.now() - timedelta(days=91)
    await world.bot.ports.store.save(
        replace(await run_of(world, "Sanne"), state=EnrollmentState.COMPLETED, ended_at=ended)
    )
    await retain(world.bot.ports)
    await world.settle()
    posts = await channel(world)
    assert WORDS not in posts
    assert world.says("team-shared-below") not in posts


async def test_moved_elsewhere_shared_words_stand_once(world: World) -> None:
    reply = await posted(world)
    await world.driver.travel("2026-01-20T11:00")
    to = next(row for row in await world.rows("Sanne", Kind.REFLECTION) if row.state is NudgeState.SENT)
    form = await submitted(
        world, "Sanne", "reply.changed", f"{reply.id}:0:yes", text=WORDS, scope="coach", share=("yes",), nudge=to.id
    )
    assert await world.bot.handle(form) is None
    await world.driver.travel(NEXT_MONDAY)
    assert (await channel(world)).count(WORDS) == 1


async def test_an_edit_that_comes_late_does_not_bring_back_what_a_form_changed(world: World) -> None:
    reply = await typed(world)
    where, _, message = (reply.source or "").partition("/")
    base = await common(world, "Sanne") | {"at": world.bot.ports.clock.now()}
    del base["trigger"]
    await world.driver.travel("2026-01-13T17:10")
    await world.click("Sanne", "reply.change")
    assert await world.fill("Sanne", text="the newest words", share=("yes",)) == {}
    await world.bot.handle(Edited(**base, conversation=where, message=message, text="older edit"))
    assert (await own(world)).shared_at is not None
    await world.driver.travel(MONDAY)
    posts = await channel(world)
    assert "the newest words" in posts
    assert "older edit" not in posts


async def test_a_coachs_word_is_neither_its_authors_nor_its_readers_to_share(world: World) -> None:
    await written_to(world)
    word = (await row_of(world, "Sanne", Kind.COACH_WORD)).subject
    for who in ("Marit", "Sanne"):
        await press(world, who, "words.share", f"{word}:0")
    await world.driver.travel(MONDAY)
    assert "What held you back?" not in await channel(world)


async def test_a_press_on_words_of_the_run_before_is_not_answered_with_having_left(world: World) -> None:
    reply = await typed(world)
    await world.driver.command("Sanne", "dm", "leave")
    await world.join("Sanne")
    await world.driver.travel("2026-01-21T11:00")
    assert said("press-left-words") not in await press(world, "Sanne", "words.share", f"{reply.id}:0")
    assert (await own(world)).shared_at is None


async def test_of_private_words_in_the_channel_it_is_said_that_the_channel_reads_them(world: World) -> None:
    await typed(world, scope="private")
    await world.click("Sanne", "reply.change")
    assert await world.fill("Sanne", share=("yes",)) == {}
    await world.driver.travel(MONDAY)
    assert WORDS in await channel(world)
    await world.driver.open_home("Sanne")
    page = await home_text(world, "Sanne")
    assert said("home-private-shared") in page
    assert said("channel-stands") in page
    await click_home(world, "Sanne", "reply.read")
    form = await form_text(world, "Sanne")
    assert said("home-read-shared") in form
    assert said("home-read-note") not in form


@pytest.mark.parametrize("letters", ["&", "😀", "<!channel> "])
async def test_long_words_of_awkward_letters_all_stand_in_the_post(world: World, letters: str) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TYPED_ON)
    await world.click("Sanne", "nudge.done")
    for number in range(6):
        await world.driver.say("Sanne", "dm", f"n{number} " + letters * (2_900 // len(letters)))
    for reply in await replies(world, "Sanne"):
        await press(world, "Sanne", "words.share", f"{reply.id}:0")
    world.practice.clock.leap(timedelta(minutes=1))  # one confirmation came too fast for Slack, and waits
    await world.settle()
    await world.driver.travel(THURSDAY)
    assert world.driver.labels(await world.latest("Sanne")).count(said("words-unshare-button")) == 6
    await world.driver.travel(MONDAY)
    posts = await channel(world)
    assert [number for number in range(6) if f"n{number} {letters * 9}" in posts] == list(range(6))


async def test_markup_in_words_and_names_has_no_effect_in_the_channel(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TYPED_ON)
    await world.click("Sanne", "nudge.done")
    await world.do("Sanne", "say <!channel> <@U1> *bold* `x` > quote")
    await world.click("Sanne", "words.share")
    member = await member_of(world, "Sanne")
    assert member is not None
    await world.bot.ports.store.save(replace(member, name="<!here> *S* [x](http://y)"))
    world.line.calls.clear()
    await world.driver.travel(MONDAY)
    assert "<!channel> <@U1> *bold* `x` > quote" in await channel(world)
    for _, arguments in world.line.calls:  # in rich text these are plain letters; in mrkdwn they would do something
        assert "<!" not in str([each for each in arguments.get("blocks", []) if each["type"] != "rich_text"])
        assert "<!" not in str(arguments.get("text", ""))


async def erased_by_hand(world: World, who: str) -> None:
    """Let the operator erase somebody where the platform is not configured, as `erase` of the command line does."""
    store, now, member = world.bot.ports.store, world.bot.ports.clock.now(), await member_of(world, who)
    assert member is not None
    await store.erase(member.workspace, member.id, at=now, audit_id="by-hand", actor="operator")


async def test_the_posts_that_an_erasure_by_hand_did_not_reach_are_shown_again(world: World) -> None:
    await posted(world)
    await erased_by_hand(world, "Sanne")
    await world.driver.travel("2026-01-19T12:05")
    posts = await channel(world)
    assert WORDS not in posts
    assert "Sanne" not in posts


# --- a coach's screen -------------------------------------------------------------------------------------------


async def test_a_deleted_plan_leaves_every_screen_though_the_handler_died(world: World) -> None:
    plan = await planned(world)
    await world.driver.command("Marit", "dm", "log")
    await world.click("Marit", "log.answer")
    assert "ring Purchasing" in await form_text(world, "Marit")
    await cut_off(world, await pressed(world, "Sanne", "plan.delete", plan.id))
    assert "ring Purchasing" not in await direct_text(world, "Sanne")
    modal = await world.driver.modal("Marit")
    assert modal is None or "ring Purchasing" not in world.driver.texts(modal)


async def test_a_changed_plan_is_taken_and_shown_though_the_handler_died(world: World) -> None:
    plan = await planned(world)
    row = await row_of(world, "Sanne", Kind.NUDGE)
    form = await submitted(
        world, "Sanne", "plan.make", f"{row.id}:{plan.edition}", first="other", second="words", day="2026-01-14"
    )
    assert await cut_off(world, form) is None
    shown = await direct_text(world, "Sanne")
    assert "ring Purchasing" not in shown
    assert "other" in shown


async def test_changed_words_leave_the_coachs_form_though_the_handler_died(world: World) -> None:
    reply = await typed(world)
    await world.driver.command("Marit", "dm", "log")
    await world.click("Marit", "log.answer")
    assert WORDS in await form_text(world, "Marit")
    form = await submitted(
        world, "Sanne", "reply.changed", f"{reply.id}:0:", text="other", scope="private", nudge=reply.nudge
    )
    assert await cut_off(world, form) is None, "it was done: nothing is wrong"
    modal = await world.driver.modal("Marit")
    assert modal is None or WORDS not in world.driver.texts(modal)


async def test_what_a_coach_wrote_who_is_erased_by_hand_leaves_its_readers_screen(world: World) -> None:
    await written_to(world)
    await erased_by_hand(world, "Marit")
    await world.driver.travel("2026-01-13T11:05")
    shown = await direct_text(world, "Sanne")
    assert "What held you back?" not in shown
    assert "Marit" not in shown


async def test_words_whose_retention_is_over_leave_the_coachs_open_log(world: World) -> None:
    await typed(world)
    assert WORDS in await ask(world, "Marit", "log", "dm")
    through = {"state": EnrollmentState.COMPLETED, "ended_at": world.bot.ports.clock.now() - timedelta(days=91)}
    await world.bot.ports.store.save(replace(await run_of(world, "Sanne"), **through))
    await retain(world.bot.ports)
    await world.settle()
    assert WORDS not in await direct_text(world, "Marit")
    assert world.says("log-outdated") in world.driver.texts(await the_log(world))
