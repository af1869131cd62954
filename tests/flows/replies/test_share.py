"""Words and the channel: nothing stands there without its author's press on that very text, and nothing stays there."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.reply import Reply, Scope
from bot.coaching.words import Words
from bot.flows.privacy.retention import retain
from bot.flows.screens.paced_task import keep_true
from bot.practice.faults import Fault
from tests.conftest import CHANNEL, World
from tests.content import labels, said, title, whole
from tests.driver import BOT
from tests.flows.replies.test_typed import replies
from tests.flows.talk import ask, begin, click_home, home_text, live_on, member_of, press, submitted
from tests.remembered import remembered
from tests.waiting import until

WORDS = "she was never asked"
TYPED_ON = "2026-01-13T17:00"
THURSDAY = "2026-01-15T16:00"
MONDAY = "2026-01-19T12:00"
NEXT_MONDAY = "2026-01-26T12:00"


@remembered
async def typed(world: World, *people: str, scope: str = "coach") -> Reply:
    """Let Sanne type something under her first nudge, and return it."""
    await begin(world, *(people or ("Sanne",)), scope=scope)
    await world.driver.travel(TYPED_ON)
    await world.click("Sanne", "nudge.done")
    await world.do("Sanne", f"say {WORDS}")
    return (await replies(world, "Sanne"))[0]


async def own(world: World) -> Words:
    """Return the newest text of Sanne."""
    member = await member_of(world, "Sanne")
    assert member is not None
    found = await world.bot.ports.store.around_page(member.workspace, member.external_id, before=None, limit=1)
    return found.words[0]


async def channel(world: World) -> str:
    """Return everything that stands in the channel, invitation left aside."""
    posts = await world.driver.messages("Iris", CHANNEL)
    texts = [world.driver.texts(post) for post in posts if post["user"] == BOT and not post["ephemeral"]]
    return "\n".join(texts[1:])


async def shares(world: World) -> list[str]:
    """Return the states of the posts of the channel's threads."""
    (workspace,) = await world.bot.ports.store.workspaces()
    cohort = await world.bot.ports.store.cohort_in(workspace.id, await world.driver.channel("Iris", CHANNEL))
    assert cohort is not None
    return [
        row.state
        for row in await world.bot.ports.store.posts_of(cohort.workspace, cohort.id)
        if row.kind is Kind.TEAM_SHARE
    ]


# --- letting in -------------------------------------------------------------------------------------------------


async def test_nothing_typed_reaches_the_channel_without_a_press(world: World) -> None:
    await typed(world)
    assert said("words-share-button") in await world.text("Sanne")
    await world.driver.travel(NEXT_MONDAY)
    assert WORDS not in await channel(world)
    assert await shares(world) == []


async def test_a_press_at_the_receipt_lets_the_words_into_the_next_post(world: World) -> None:
    await typed(world)
    await world.click("Sanne", "words.share")
    assert said("channel-goes", day="Monday 19 January") in await world.text("Sanne")
    assert WORDS not in await channel(world)
    await world.driver.travel(MONDAY)
    assert (
        f"{whole('team-share-label', name='Sanne', about=title('people-before-systems/item'))}\n{WORDS}"
        in await channel(world)
    )
    await world.driver.open_home("Sanne")
    assert said("channel-stands") in await home_text(world, "Sanne")


async def test_pressed_twice_and_on_two_devices_it_stands_once(world: World) -> None:
    reply = await typed(world)
    await world.click("Sanne", "words.share")
    first = await own(world)
    assert first.shared_at is not None
    await press(world, "Sanne", "words.share", f"{reply.id}:0")
    assert await own(world) == first
    await world.driver.travel(NEXT_MONDAY)
    assert (await channel(world)).count(WORDS) == 1


async def test_a_line_let_in_late_goes_into_the_next_post_whichever_week(world: World) -> None:
    await typed(world)
    await world.driver.travel(MONDAY)
    assert WORDS not in await channel(world)
    await world.driver.open_home("Sanne")
    await click_home(world, "Sanne", "words.share")
    assert "Monday 26 January" in await home_text(world, "Sanne")
    await world.driver.travel(NEXT_MONDAY)
    assert (await channel(world)).count(WORDS) == 1
    await world.driver.travel("2026-02-02T12:00")
    assert (await channel(world)).count(WORDS) == 1


async def test_a_post_that_never_came_leaves_its_lines_to_the_next(world: World) -> None:
    await typed(world)
    await world.click("Sanne", "words.share")
    await world.driver.put_out(CHANNEL)
    await world.driver.travel(MONDAY)
    await world.driver.let_in(CHANNEL)
    await world.driver.travel(NEXT_MONDAY)
    assert (await channel(world)).count(WORDS) == 1


async def test_a_plan_says_that_it_is_in_the_post_once_that_stands(world: World) -> None:
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel(TYPED_ON)
    await world.click("Sanne", "nudge.plan")
    assert await world.fill("Sanne", first="the stand-up ends", second="I ask Wim", day="2026-01-23") == {}
    await world.click("Sanne", "words.share")
    (message,) = [each for each in await world.direct("Sanne") if "ask Wim" in world.driver.texts(each)]
    assert said("channel-goes", day="Monday 19 January") in world.driver.texts(message)
    await world.driver.travel(MONDAY)
    (message,) = [each for each in await world.direct("Sanne") if each["ts"] == message["ts"]]
    assert said("channel-stands") in world.driver.texts(message)


async def test_thursday_asks_line_by_line_and_silence_keeps_out(world: World) -> None:
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel(TYPED_ON)
    await world.click("Sanne", "nudge.done")
    for words in ("line one", "line two", "line three"):
        await world.do("Sanne", f"say {words}")
    await world.driver.travel(THURSDAY)
    review = await world.latest("Sanne")
    text = world.driver.texts(review)
    assert said("reflection-may") in text
    assert world.driver.labels(review) == labels("words-share-button", "words-keep_out-button") * 3
    await world.driver.click("Sanne", review, "words.share")  # the first of them
    review = await world.latest("Sanne")
    assert world.driver.labels(review)[:2] == labels("words-unshare-button", "words-share-button")
    await world.driver.click("Sanne", review, "words.keep_out")  # the second
    text = await world.text("Sanne")
    assert text.count(said("channel-goes")) == 1
    assert text.count(said("channel-kept-out")) == 1
    await world.driver.travel(MONDAY)
    posted = await channel(world)
    assert "line one" in posted
    assert "line two" not in posted
    assert "line three" not in posted


async def test_private_words_are_shared_from_a_form_and_shown_in_no_message(world: World) -> None:
    await typed(world, scope="private")
    assert said("words-share-button") not in await world.text("Sanne")
    await world.click("Sanne", "reply.change")
    form = await world.form("Sanne")
    assert WORDS in world.driver.texts(form)
    assert await world.fill("Sanne", share=("yes",)) == {}
    assert said("channel-goes") in await world.text("Sanne")
    await world.driver.travel(THURSDAY)
    for message in await world.direct("Sanne"):
        assert message["user"] != BOT or WORDS not in world.driver.texts(message)
    await world.driver.travel(MONDAY)
    assert WORDS in await channel(world)
    assert WORDS not in await ask(world, "Marit", "log", "dm")
    assert (await own(world)).scope is Scope.PRIVATE


async def test_a_share_button_of_words_that_became_private_shares_nothing(world: World) -> None:
    reply = await typed(world)
    await world.click("Sanne", "reply.change")
    assert await world.fill("Sanne", scope="private") == {}
    assert said("scope-private") in await press(world, "Sanne", "words.share", f"{reply.id}:0")
    assert (await own(world)).shared_at is None


async def test_after_the_last_post_nothing_is_offered_and_an_older_button_says_so(world: World) -> None:
    reply = await typed(world)
    await live_on(world, "2026-03-31T12:00", "Sanne")
    await world.driver.open_home("Sanne")
    assert said("words-share-button") not in await home_text(world, "Sanne")
    assert said("channel-no-post") in await press(world, "Sanne", "words.share", f"{reply.id}:0")
    assert (await own(world)).shared_at is None


# --- taking out -------------------------------------------------------------------------------------------------


async def posted(world: World, *people: str) -> Reply:
    """Let Sanne's words stand in the channel."""
    reply = await typed(world, *people)
    await world.click("Sanne", "words.share")
    await world.driver.travel(MONDAY)
    assert WORDS in await channel(world)
    return reply


@pytest.mark.parametrize("how", ["press", "narrow", "delete", "leave", "forget", "edit", "change", "reword", "untick"])
async def test_words_leave_the_channel_at_once(world: World, how: str) -> None:
    await posted(world)
    spoken = next(each for each in await world.direct("Sanne") if WORDS in world.driver.texts(each))
    if how == "press":
        await world.click("Sanne", "words.unshare")
        assert said("channel-kept-out") in world.driver.texts((await receipts(world))[-1])
    elif how == "narrow":
        await world.click("Sanne", "reply.change")
        assert await world.fill("Sanne", scope="private") == {}
    elif how == "delete":
        await world.click("Sanne", "reply.delete")
    elif how == "leave":
        await world.driver.command("Sanne", "dm", "leave")
    elif how == "forget":
        await world.driver.command("Sanne", "dm", "forget")
        assert await world.fill("Sanne", agreed=("yes",)) == {}
    elif how == "edit":
        await world.driver.edit("Sanne", "dm", spoken["ts"], "we talked")
    elif how == "change":
        await world.click("Sanne", "reply.change")
        assert await world.fill("Sanne", text="we talked", share=()) == {}
    elif how == "reword":  # the box stays as it is: that is no press for the new words
        await world.click("Sanne", "reply.change")
        assert await world.fill("Sanne", text="we talked") == {}
    else:
        await world.click("Sanne", "reply.change")
        assert await world.fill("Sanne", share=()) == {}
    posts = await channel(world)
    assert WORDS not in posts
    assert "we talked" not in posts
    assert "Sanne" not in posts
    await world.driver.travel(NEXT_MONDAY)
    assert WORDS not in await channel(world)
    assert "we talked" not in await channel(world), "nobody pressed for these"


async def receipts(world: World) -> list[dict[str, object]]:
    """Return the confirmations in Sanne's conversation."""
    return [each for each in await world.direct("Sanne") if said("card-noted") in world.driver.texts(each)]


async def test_an_edit_leaves_first_and_then_asks_again(world: World) -> None:
    await posted(world)
    spoken = next(each for each in await world.direct("Sanne") if WORDS in world.driver.texts(each))
    world.line.calls.clear()
    await world.driver.edit("Sanne", "dm", spoken["ts"], "we talked")
    where = await world.driver.channel("Iris", CHANNEL)
    shown = [call for call in world.line.calls if call[0] in ("chat.update", "update")]
    assert str(shown[0]).count(where) >= 1, "the channel comes before everything else"
    receipt = (await receipts(world))[-1]
    assert said("channel-kept-out") in world.driver.texts(receipt)
    assert said("words-share-button") in world.driver.labels(receipt)
    await world.driver.click("Sanne", receipt, "words.share")
    assert "we talked" not in await channel(world), "a new press is for the next post"
    await world.driver.travel(NEXT_MONDAY)
    assert "we talked" in await channel(world)


async def test_a_press_on_words_that_were_edited_meanwhile_shares_nothing(world: World) -> None:
    reply = await typed(world)
    spoken = next(each for each in await world.direct("Sanne") if WORDS in world.driver.texts(each))
    await world.driver.edit("Sanne", "dm", spoken["ts"], "my wife cried")
    told = await press(world, "Sanne", "words.share", f"{reply.id}:0")
    assert said("share-changed") in told
    await world.driver.travel(MONDAY)
    assert "my wife cried" not in await channel(world)
    await press(world, "Sanne", "words.share", f"{reply.id}:1")
    await world.driver.travel(NEXT_MONDAY)
    assert "my wife cried" in await channel(world)


async def test_an_older_form_does_not_share_words_that_were_edited_meanwhile(world: World) -> None:
    reply = await typed(world)
    spoken = next(each for each in await world.direct("Sanne") if WORDS in world.driver.texts(each))
    await world.driver.edit("Sanne", "dm", spoken["ts"], "my wife cried")
    form = await submitted(world, "Sanne", "reply.changed", f"{reply.id}:0", text=WORDS, share=("yes",))
    wrong = await world.bot.handle(form)
    assert wrong is not None
    assert said("form-changed") in wrong.errors["scope"]
    assert (await own(world)).shared_at is None


async def test_nobody_else_lets_words_in_or_takes_them_out(world: World) -> None:
    reply = await posted(world, "Sanne", "Grace")
    before = await own(world)
    for who in ("Grace", "Marit", "Iris"):
        for button in ("words.share", "words.unshare", "words.keep_out"):
            await press(world, who, button, f"{reply.id}:0")
    assert await own(world) == before
    assert WORDS in await channel(world)
    for value in ("", ":", reply.id, f"{reply.id}:", f"nobody:{0}", f"{reply.id}:x"):
        await press(world, "Sanne", "words.share", value)
    assert await own(world) == before


async def test_after_leaving_a_press_shares_nothing(world: World) -> None:
    reply = await typed(world)
    await world.driver.command("Sanne", "dm", "leave")
    await press(world, "Sanne", "words.share", f"{reply.id}:0")
    assert (await own(world)).shared_at is None


async def test_taken_out_while_they_are_on_their_way_into_the_post_words_do_not_stay(world: World) -> None:
    """The call that brings them is slower than the one that takes them out again."""
    reply = await typed(world)
    await world.click("Sanne", "words.share")
    await world.driver.travel("2026-01-19T09:29")
    late = asyncio.Event()
    world.line.with_words[WORDS, said("team-share-fallback")] = Fault(until=late)
    sending = asyncio.create_task(world.driver.travel("2026-01-19T09:31"))
    await until(lambda: not world.line.with_words)
    await press(world, "Sanne", "words.unshare", f"{reply.id}:0")
    late.set()
    await sending
    await world.driver.travel("2026-01-19T09:35")
    assert WORDS not in await channel(world)
    assert said("team-share-withdrawn") in await channel(world)


async def test_until_it_is_known_where_it_stands_a_post_holds_no_words(world: World) -> None:
    """A copy whose answer was lost could never be changed."""
    await typed(world)
    await world.click("Sanne", "words.share")
    await world.driver.travel("2026-01-19T09:29")
    world.line.calls.clear()
    await world.driver.travel(MONDAY)
    carried = [method for method, arguments in world.line.calls if WORDS in str(arguments)]
    assert carried
    assert set(carried) <= {"chat.update", "update"}


async def test_a_post_that_the_platform_does_not_let_us_change_is_tried_until_it_does(world: World) -> None:
    await posted(world)
    world.bot.ports = replace(world.bot.ports, chance=lambda: 0.99)  # the longest wait, however slow the machine is
    world.line.faults["chat.update"] = [Fault(status=500)] * 4
    await world.click("Sanne", "words.unshare")
    assert WORDS in await channel(world)
    world.line.faults.clear()
    assert await keep_true(world.bot.ports) == 0, "not at once: the platform is given time"
    await world.driver.travel("2026-01-19T12:05")
    assert WORDS not in await channel(world)
    assert await world.bot.ports.store.screens_due(world.bot.ports.clock.now()) == []


async def test_words_whose_retention_is_over_leave_the_channel_too(world: World) -> None:
    await posted(world)
    await world.driver.command("Sanne", "dm", "leave")
    reply = await own(world)
    store = world.bot.ports.store
    run = await store.enrollment(reply.workspace, reply.enrollment)
    assert run is not None
    assert isinstance(reply, Reply)
    now = world.bot.ports.clock.now()
    await store.save(replace(reply, shared_at=now.replace(year=2026, month=1, day=14)))  # as if it had stayed
    post = next(row for row in await store.posts_of(reply.workspace, reply.cohort) if row.kind is Kind.TEAM_SHARE)
    assert post.state is NudgeState.SENT
    await world.settle()
    assert WORDS in await channel(world)
    await store.save(replace(run, ended_at=now - timedelta(days=91)))
    await retain(world.bot.ports)
    await world.settle()
    assert WORDS not in await channel(world)
