"""Nobody listened for a while: what people typed, changed and took back is read afterwards, once."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.chat.port import Place, Said
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Kind
from bot.coaching.records.reply import Reply
from bot.flows.replies.missed_messages import SIDE_BY_SIDE, catch_up
from bot.flows.replies.read_back import LOOK_BACK, Pages
from bot.practice.faults import Fault
from bot.practice.limits import Limits
from bot.practice.slack.api.tiers import SOLD_PAGE, of_a_sold_app
from bot.store.port import Conflict
from tests.conftest import World, living
from tests.content import said
from tests.flows.replies.test_typed import NEXT_TUESDAY, TUESDAY, failing, replies
from tests.flows.talk import ask, begin, did_it, live_on, member_of
from tests.runtime.posting import Amid
from tests.store.scene import open_gaps
from tests.stored import key

pytestmark = pytest.mark.slack("no bot can read back what stands in a conversation of Teams")

NOWHERE = "http://127.0.0.1:9/slack/events"


@asynccontextmanager
async def deaf(world: World) -> AsyncIterator[None]:
    """Let nothing that people do reach the bot, also not when it is brought again; note how long that was."""
    courier, ports = world.practice.courier, world.bot.ports
    address, since = courier.bot_url, ports.clock.now()
    courier.bot_url = NOWHERE
    world.practice.clock.leap(timedelta(minutes=20))
    yield
    world.practice.clock.leap(timedelta(minutes=20))
    await courier.forget()
    courier.bot_url = address
    await ports.store.open_gaps(since, ports.clock.now())


@asynccontextmanager
async def as_ever(world: World) -> AsyncIterator[None]:
    """Let everything reach the bot."""
    world.practice.clock.leap(timedelta(minutes=20))
    yield
    world.practice.clock.leap(timedelta(minutes=20))


async def everything(world: World, who: str) -> list[tuple[object, ...]]:
    """Return what is stored of a person's words, deleted ones included, without what differs from file to file."""
    store = world.bot.ports.store
    found: list[tuple[object, ...]] = []
    for message in await world.driver.messages(who, "dm"):
        reply = await store.reply_from((await store.workspaces())[0].id, f"{message['channel']}/{message['ts']}")
        if reply is not None:
            about = await store.nudge(reply.workspace, reply.nudge)
            found.append(
                (
                    reply.text,
                    reply.kind,
                    reply.question,
                    about and about.kind,
                    await store.screen(reply.workspace, reply.id) is not None,
                )
            )
    return found


async def lived(world: World, how: object) -> tuple[list[tuple[object, ...]], list[str]]:
    """Live one evening, heard or not, and return what is stored and what is on the screen."""
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    nudge = await world.row("Sanne", Kind.NUDGE)
    kept = await world.driver.say("Sanne", "dm", "said before")
    await world.driver.travel(NEXT_TUESDAY)
    async with how(world):  # type: ignore[operator]
        await world.driver.say("Sanne", "dm", "said meanwhile")
        changed = await world.driver.say("Sanne", "dm", "changed meanwhile, first")
        await world.driver.say("Sanne", "dm", "status")
        await world.driver.say("Sanne", "dm", "in the thread meanwhile", thread_ts=await world.stands(nudge))
        await world.driver.edit("Sanne", "dm", changed, "changed meanwhile, *second* & <last>")
        await world.driver.edit("Sanne", "dm", kept, "changed later")
    await world.settle()
    await catch_up(world.bot.ports)
    await world.settle()
    return await everything(world, "Sanne"), sorted(map(_settled, (await world.screen("Sanne")).values()))


def _settled(text: str) -> str:
    """Return a confirmation as an edit leaves it: it asks no more whether the words belong elsewhere."""
    return text.replace(" There's more open; does it belong there?\nMove it elsewhere", "")


async def test_an_outage_ends_as_if_there_had_been_none(tmp_path: Path) -> None:
    """The same evening in two worlds, and in the end the same is stored and the same on the screen."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    async with living(tmp_path / "one") as world:
        stored, screen = await lived(world, as_ever)
    async with living(tmp_path / "two") as world:
        read_stored, read_screen = await lived(world, deaf)
        assert [reply.text for reply in await replies(world, "Sanne")] == [
            "in the thread meanwhile",
            "changed meanwhile, *second* & <last>",
            "said meanwhile",
            "changed later",
        ]
        await world.nowhere("said before")
    assert read_stored == stored
    assert len(stored) == 4
    assert read_screen == screen


async def test_what_was_said_and_taken_back_meanwhile_leaves_no_trace(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    before = await world.screen("Sanne")
    async with deaf(world):
        fleeting = await world.driver.say("Sanne", "dm", "forget this")
        await world.driver.delete("Sanne", "dm", fleeting)
    assert await catch_up(world.bot.ports) == 1
    assert await world.screen("Sanne") == before


async def test_reading_twice_changes_nothing(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    async with deaf(world):
        await world.driver.say("Sanne", "dm", "meanwhile")
        await world.driver.say("Sanne", "dm", "status")
    assert await catch_up(world.bot.ports) == 1
    await world.settle()
    before = await world.screen("Sanne")
    assert len([text for text in before.values() if said("card-noted") in text]) == 1
    ports = world.bot.ports
    await ports.store.open_gaps(ports.clock.now() - timedelta(days=2), ports.clock.now())
    assert await catch_up(ports) == 1
    assert await catch_up(ports) == 0
    assert await world.screen("Sanne") == before
    assert len(await replies(world, "Sanne")) == 1


async def test_what_came_in_is_not_answered_again(world: World) -> None:
    """Words that were answered and not kept are known by the name under which they came in."""
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.driver.say("Sanne", "dm", "status")
    await world.driver.say("Sanne", "dm", "kept")
    await world.settle()
    before = await world.screen("Sanne")
    ports = world.bot.ports
    await ports.store.open_gaps(ports.clock.now() - timedelta(hours=1), ports.clock.now())
    assert await catch_up(ports) == 1
    assert await world.screen("Sanne") == before


async def test_a_process_that_dies_in_the_midst_goes_on_where_it_was(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    async with deaf(world):
        for text in ("one", "two", "three"):
            await world.driver.say("Sanne", "dm", text)
    for failure in (RuntimeError("dead"), Conflict()):
        assert await catch_up(failing(world, save=[None, failure])) == 0
        world.practice.clock.leap(timedelta(minutes=6))
    assert await catch_up(world.bot.ports) == 1
    assert [reply.text for reply in await replies(world, "Sanne")] == ["three", "two", "one"]
    await world.settle()
    cards = [text for text in (await world.screen("Sanne")).values() if said("card-noted") in text]
    assert len(cards) == 3


async def test_words_belong_to_what_stood_there_when_they_were_typed(world: World) -> None:
    """The debrief came when the bot was back, before it read what was typed to the nudge."""
    await begin(world, "Sanne")
    await did_it(world, "Sanne")
    await world.driver.travel("2026-01-20T09:00")
    async with deaf(world):
        await world.driver.say("Sanne", "dm", "about the experiment")
    await world.driver.travel(NEXT_TUESDAY)
    assert (await world.row("Sanne", Kind.DEBRIEF)).question == 0
    await catch_up(world.bot.ports)
    (reply,) = await replies(world, "Sanne")
    assert reply.nudge == (await world.row("Sanne", Kind.NUDGE)).id
    assert (await world.row("Sanne", Kind.DEBRIEF)).question == 0


async def test_a_change_of_held_words_that_was_missed_is_read_anew(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    ts = await world.driver.say("Sanne", "dm", "leave me alone")
    async with deaf(world):
        await world.driver.edit("Sanne", "dm", ts, "they leave me alone with it now")
    assert await replies(world, "Sanne") == []
    await catch_up(world.bot.ports)
    assert [reply.text for reply in await replies(world, "Sanne")] == ["they leave me alone with it now"]


@pytest.mark.parametrize("words", ["a plain reply", "leave me alone"])
async def test_what_slack_says_was_deleted_meanwhile_is_taken_back(world: World, words: str) -> None:
    """Of a message with answers Slack keeps a stone that says so."""
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    ts = await world.driver.say("Sanne", "dm", words)
    await world.driver.say("Sanne", "dm", "and below it", thread_ts=ts)
    member = await member_of(world, "Sanne")
    assert member is not None
    store = world.bot.ports.store
    async with deaf(world):
        await world.driver.delete("Sanne", "dm", ts)
    assert words in repr(await store.export(member.workspace, member.id)), "nobody told us"
    await catch_up(world.bot.ports)
    assert words not in repr(await store.export(member.workspace, member.id))
    assert await store.stops_of(member.workspace, member.id) == []
    await store.open_gaps(world.bot.ports.now - timedelta(hours=1), world.bot.ports.now)
    assert await catch_up(world.bot.ports) == 1, "once more changes nothing"


@pytest.mark.parametrize(
    "goes",
    [
        lambda number, last: number <= last,
        lambda number, last: number < last,
        lambda number, last: number == last,
    ],
    ids=["the history is empty", "all but the newest", "the newest alone, and older ones stand"],
)
async def test_what_is_simply_not_in_the_history_any_more_is_kept(
    world: World, goes: Callable[[float, float], bool]
) -> None:
    """Slack can be told to keep messages for some days only: that is nobody's wish to take words back."""
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    for words in ("one", "two"):
        await world.driver.say("Sanne", "dm", words)
    direct = await world.driver.channel("Sanne", "dm")
    posts = world.practice.world.posts[direct]
    last = max(map(float, posts))
    async with deaf(world):
        for ts in [ts for ts in posts if goes(float(ts), last)]:
            del posts[ts]
    assert await catch_up(world.bot.ports) == 1
    assert [reply.text for reply in await replies(world, "Sanne")] == ["two", "one"]


async def test_words_changed_in_our_own_form_are_not_changed_back(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    ts = await world.driver.say("Sanne", "dm", "first")
    await world.driver.edit("Sanne", "dm", ts, "second")
    world.practice.clock.leap(timedelta(minutes=1))
    await world.click("Sanne", "reply.change")
    assert await world.fill("Sanne", text="third") == {}
    async with deaf(world):
        pass
    await catch_up(world.bot.ports)
    assert [reply.text for reply in await replies(world, "Sanne")] == ["third"]


async def test_a_reply_under_a_message_older_than_what_was_read_is_not_taken_for_deleted(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    nudge = await world.row("Sanne", Kind.NUDGE)
    await live_on(world, "2026-02-12T12:00", "Sanne")
    await world.driver.say("Sanne", "dm", "weeks later", thread_ts=await world.stands(nudge))
    await world.driver.travel("2026-02-13T12:00")
    async with deaf(world):
        pass
    assert await catch_up(world.bot.ports) == 1
    assert [reply.text for reply in await replies(world, "Sanne")] == ["weeks later"]


async def test_a_line_that_fails_is_tried_again_later_and_asked_no_more_for_now(world: World) -> None:
    people = ("Sanne", "Arjun", "Grace", "Iris", "Robin")
    await begin(world, *people, zone="Europe/Amsterdam")
    await world.driver.travel(TUESDAY)
    async with deaf(world):
        for who in people:
            await world.driver.say(who, "dm", "meanwhile")
    world.line.faults["conversations.history"] = [Fault(status=429, headers={"Retry-After": "60"})] * 99
    world.line.calls.clear()
    assert await catch_up(world.bot.ports) == 0
    asked = [method for method, _ in world.line.calls if method == "conversations.history"]
    assert 1 <= len(asked) <= SIDE_BY_SIDE
    del world.line.faults["conversations.history"]
    for _ in range(3):
        world.practice.clock.leap(timedelta(minutes=6))
        await catch_up(world.bot.ports)
    for who in people:
        assert [reply.text for reply in await replies(world, who)] == ["meanwhile"]


async def test_each_attempt_counts_once_and_the_wait_after_it_doubles(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    async with deaf(world):
        await world.driver.say("Sanne", "dm", "meanwhile")
    world.line.faults["conversations.history"] = [Fault(status=500)] * 99
    store, clock = world.bot.ports.store, world.practice.clock
    ports = replace(world.bot.ports, chance=lambda: 1.0)
    waits = []
    for attempt in range(5):
        [gap] = await open_gaps(store, clock.now(), limit=9)
        assert gap.attempt == attempt
        assert await catch_up(ports) == 0
        seconds = 0
        while not await open_gaps(store, clock.now() + timedelta(seconds=seconds), limit=9):
            seconds += 1
        waits.append(seconds)
        clock.leap(timedelta(seconds=seconds))
    assert [round(later / earlier) for earlier, later in pairwise(waits)] == [2, 2, 2, 2]


async def test_what_can_never_be_read_is_given_up(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    async with deaf(world):
        await world.driver.say("Sanne", "dm", "my secret")
    world.line.faults["conversations.history"] = [Fault(status=500)] * 99
    assert await catch_up(world.bot.ports) == 0
    world.practice.clock.leap(LOOK_BACK)
    assert await catch_up(world.bot.ports) == 1
    assert "given up" in caplog.text
    assert await open_gaps(world.bot.ports.store, world.bot.ports.clock.now(), limit=9) == []
    assert "my secret" not in caplog.text


async def test_nothing_is_done_for_who_left_or_is_gone(world: World) -> None:
    await begin(world, "Sanne", "Arjun")
    await world.driver.travel(TUESDAY)
    async with deaf(world):
        for who in ("Sanne", "Arjun"):
            await world.driver.say(who, "dm", "meanwhile")
    await ask(world, "Sanne", "leave", "dm")
    arjun = await member_of(world, "Arjun")
    assert arjun is not None
    await world.bot.ports.store.save(replace(arjun, state=MemberState.DEACTIVATED))
    await catch_up(world.bot.ports)
    assert await replies(world, "Arjun") == []
    assert await replies(world, "Sanne") == []
    assert await open_gaps(world.bot.ports.store, world.bot.ports.clock.now(), limit=9) == []


async def test_a_long_evening_is_read_whole(world: World) -> None:
    """More than one page of history."""
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    async with deaf(world):
        await world.driver.say("Sanne", "dm", "the first")
        direct = await world.driver.channel("Sanne", "dm")
        template = world.practice.world.posts[direct][(await world.latest("Sanne"))["ts"]]
        for number in range(230):
            ts = world.practice.site.next_ts()
            world.practice.world.put(replace(template, ts=ts, text=f"line {number}"))
    assert await catch_up(world.bot.ports) == 1
    found: list[Reply] = [*await world.bot.ports.store.replies_of(*await _sanne(world), limit=400)]
    assert [reply.text for reply in reversed(found)] == ["the first", *(f"line {number}" for number in range(230))]


async def _sanne(world: World) -> tuple[str, str]:
    member = await member_of(world, "Sanne")
    assert member is not None
    return key(member)


async def test_what_is_read_is_what_would_have_come_in(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    async with deaf(world):
        ts = await world.driver.say("Sanne", "dm", "hear me", files=2)
    ports = world.bot.ports
    gap = (await open_gaps(ports.store, ports.clock.now(), limit=1))[0]
    member = await ports.store.member(gap.workspace, gap.member)
    assert member is not None
    assert member.direct is not None
    place = Place(workspace=gap.workspace, conversation=member.direct)
    history = await ports.chat.heard(place, since=gap.since, until=gap.until)
    (heard,) = history.heard
    assert heard.said == Said(
        workspace=gap.workspace,
        person=await world.driver.person("Sanne"),
        event_id=f"said:{member.direct}:{ts}",
        at=heard.said.at,
        conversation=member.direct,
        message=ts,
        thread=None,
        text="hear me",
        files=2,
    )


def sell(world: World) -> None:
    """Make the app one that is sold beside the Marketplace: its history comes by the minute, 15 messages at a time."""
    world.practice.site.limits = Limits(of_a_sold_app)
    world.practice.site.history_page = SOLD_PAGE


@pytest.mark.parametrize("dies", [False, True], ids=["one process", "a process a page"])
async def test_a_conversation_of_500_messages_is_read_whole_at_one_page_a_minute(world: World, dies: bool) -> None:
    """Nothing is read twice, except where a process died: each page once more at most."""
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    async with deaf(world):
        await world.driver.say("Sanne", "dm", "the first")
        direct = await world.driver.channel("Sanne", "dm")
        template = world.practice.world.posts[direct][(await world.latest("Sanne"))["ts"]]
        for number in range(499):
            ts = world.practice.site.next_ts()
            world.practice.world.put(replace(template, ts=ts, text=f"line {number}"))
    sell(world)
    world.line.calls.clear()
    ports, pages, minutes, whole = world.bot.ports, Pages(), 0, 0
    while not whole:
        whole = await catch_up(ports, Pages() if dies else pages)
        minutes += 1
        assert minutes < 200
        world.practice.clock.leap(timedelta(seconds=61))
    found = await ports.store.replies_of(*await _sanne(world), limit=600)
    assert [reply.text for reply in reversed(found)] == ["the first", *(f"line {number}" for number in range(499))]
    most = 34 + 3  # pages of 15, the bot's own messages among them
    asked = sum(method == "conversations.history" for method, _ in world.line.calls)
    limits = world.practice.site.limits
    assert asked - limits.refused["conversations.history"] <= (2 * most if dies else most)
    assert limits.early["conversations.history"] == 0, "Retry-After was kept"


async def test_what_is_typed_while_a_conversation_is_read_is_read_too(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    async with deaf(world):
        for number in range(40):
            await world.driver.say("Sanne", "dm", f"line {number}")
    sell(world)
    ports, pages = world.bot.ports, Pages()
    assert await catch_up(ports, pages) == 0
    since = ports.now
    async with deaf(world):
        await world.driver.say("Sanne", "dm", "one more")
    await ports.store.open_gaps(since, ports.now)
    while (await ports.store.queue(ports.now)).gaps:
        await catch_up(ports, pages)
        world.practice.clock.leap(timedelta(seconds=61))
    found = await replies(world, "Sanne")
    assert [reply.text for reply in found] == ["one more", *(f"line {number}" for number in reversed(range(40)))]


async def test_a_message_in_doubt_is_looked_up_before_anything_is_read_back(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    async with deaf(world):
        await world.driver.say("Sanne", "dm", "meanwhile")
    ports = world.bot.ports

    async def is_looked_up(workspace: str, soon: datetime) -> bool:
        del workspace
        assert soon > ports.now
        return True

    world.line.calls.clear()
    assert await catch_up(replace(ports, store=Amid(ports.store, is_looked_up=is_looked_up))) == 0
    assert not [method for method, _ in world.line.calls if method == "conversations.history"]
    assert await catch_up(ports) == 1


async def test_a_long_thread_is_read_whole_too(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    thread = await world.stands(await world.row("Sanne", Kind.NUDGE))
    async with deaf(world):
        for number in range(SOLD_PAGE + 3):
            await world.driver.say("Sanne", "dm", f"line {number}", thread_ts=thread)
    world.practice.site.history_page = SOLD_PAGE
    assert await catch_up(world.bot.ports) == 1
    found = await replies(world, "Sanne")
    assert [reply.text for reply in reversed(found)] == [f"line {number}" for number in range(SOLD_PAGE + 3)]
