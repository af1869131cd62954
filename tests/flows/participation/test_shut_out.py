"""Whoever takes the app out of their chat: nothing comes, nothing goes on by itself, and nothing is lost."""

import json
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.port import LetIn, ShutOut
from bot.coaching.calendar import local_day
from bot.coaching.language import Language
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.rules.pause import LONGEST_WEEKS
from bot.flows.participation import account
from bot.practice.faults import Fault
from tests.conftest import CHANNEL, T0, World
from tests.content import NL, said, shown, title
from tests.driver import Driver
from tests.flows.talk import (
    ask,
    ask_and_say_yes,
    begin,
    click_home,
    common,
    direct_text,
    form_text,
    home_text,
    live_on,
    member_of,
    run_of,
)
from tests.teams_driver import TeamsDriver

pytestmark = pytest.mark.parametrize("world", ["teams"], indirect=True)  # Slack knows no such thing


def refusing(code: str, status: int) -> Fault:
    body = json.dumps({"error": {"code": code, "message": "m"}}).encode()
    return Fault(status=status, headers={"Content-Type": "application/json"}, body=body)


STILL = said("status-still")
NEVER = (NudgeState.CANCELLED, NudgeState.EXPIRED, NudgeState.DEAD)


def in_teams(world: World) -> TeamsDriver:
    assert isinstance(world.driver, TeamsDriver)
    return world.driver


async def take_out(world: World, who: str = "Sanne") -> None:
    await world.driver.act("remove_app", **{"as": await world.driver.person(who)})


async def bring_back(world: World, who: str = "Sanne") -> None:
    await world.driver.act("add_app", **{"as": await world.driver.person(who)})


async def steps(world: World, who: str = "Sanne") -> list[Nudge]:
    """Return the experiments of somebody's journey, in order."""
    return await world.rows(who, Kind.NUDGE)


async def posts(world: World, who: str = "Sanne") -> int:
    """Return how much stands in somebody's chat with the bot."""
    state = await world.driver.state(who)
    return sum(world.is_bots(each) for each in state["messages"][await world.driver.channel(who, "dm")])


async def pages(world: World, who: str = "Sanne") -> int:
    """Return how many cards of somebody's own page stand in the chat."""
    seen = await Driver.state(world.driver, who)  # as Teams tells it, the page among the other cards
    return sum(
        post["summary"] == said("home-title") for post in seen["messages"][await world.driver.channel(who, "dm")]
    )


async def told_again(world: World, kind: type[LetIn] | type[ShutOut], event_id: str, who: str = "Sanne") -> None:
    """Let Teams tell of the app once more, as if it were another piece of news."""
    about = {key: value for key, value in (await common(world, who)).items() if key != "trigger"}
    where = await world.driver.channel(who, "dm")
    await world.bot.handle(kind(**{**about, "event_id": event_id}, conversation=where, is_direct=True))


async def test_nothing_comes_until_the_person_lets_it_go_on_and_then_where_it_was(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T12:00")  # the first experiment came
    await take_out(world)
    before = await posts(world)
    await world.driver.travel("2026-02-11T12:00")  # four weeks
    await bring_back(world)
    assert await posts(world) == before
    assert STILL in await home_text(world, "Sanne")
    for harmless in ("help", "status", "next"):
        await ask(world, "Sanne", harmless, "dm")
    member = await member_of(world, "Sanne")
    assert member is not None
    assert member.state is MemberState.ACTIVE
    before = await posts(world)
    await world.driver.travel("2026-03-04T12:00")  # she is back, and it stands still all the same
    assert await posts(world) == before
    assert not [row for row in await world.rows("Sanne") if row.state in NEVER]
    await click_home(world, "Sanne", "resume.now")
    assert said("resume-done") in await form_text(world, "Sanne")
    await live_on(world, "2026-04-30T12:00", "Sanne")
    sent = [row.week for row in await steps(world) if row.state is NudgeState.SENT]
    assert sent == [1, 3, 5, 7, 9]


async def test_page_status_and_next_say_that_it_stands_still_and_how_it_goes_on(world: World) -> None:
    await begin(world, "Sanne", language="nl")
    await take_out(world)
    await bring_back(world)
    how = shown("status-still", NL, day="maandag 12 januari")
    assert how in await home_text(world, "Sanne")
    assert said("next-still", NL) in await home_text(world, "Sanne")
    assert how in await ask(world, "Sanne", "status", "dm")
    assert "resume.now" in {
        world.driver.button(await world.latest("Sanne"), said("resume-now-button", NL))["action_id"]
    }
    assert how in await ask(world, "Sanne", "volgende", "dm")
    await world.click("Sanne", "resume.now")
    assert title("ask-your-partner/follow-up/also-1", NL) in await world.text("Sanne")
    assert "stil" not in await home_text(world, "Sanne")
    assert "stil" not in await ask(world, "Sanne", "status", "dm")


@pytest.mark.parametrize(("how", "weeks"), [("resume", [1, 3]), ("join", [1, 3]), ("pause 2026-02-02", [1])])
async def test_what_lets_it_go_on(world: World, how: str, weeks: list[int]) -> None:
    await begin(world, "Sanne")
    await take_out(world)
    await world.driver.travel("2026-01-15T12:00")
    await bring_back(world)
    await ask(world, "Sanne", how, CHANNEL if how == "join" else "dm")
    if how.startswith("pause"):
        await world.click("Sanne", "pause.until", "dm")
    assert not (await run_of(world, "Sanne")).stands_still
    await world.driver.travel("2026-02-05T12:00")
    assert [row.week for row in await steps(world) if row.state is NudgeState.SENT] == weeks


async def test_a_pause_with_an_end_does_not_end_by_itself_after_the_app_was_taken_out(world: World) -> None:
    await begin(world, "Sanne")
    await ask_and_say_yes(world, "Sanne", "pause 2026-01-26", "dm")
    await take_out(world)
    await bring_back(world)
    await ask(world, "Sanne", "help", "dm")
    await world.driver.travel("2026-02-12T12:00")
    assert [row.state for row in await steps(world) if row.week == 1] == [NudgeState.PLANNED]
    assert (await run_of(world, "Sanne")).stands_still


@pytest.mark.parametrize(
    ("language", "code"),
    [("en", "ConversationBlockedByUser"), ("nl", "MessageWritesBlocked"), ("en", "BotNotInConversationRoster")],
)
async def test_a_refusal_that_is_about_the_person_holds_all_until_they_write_and_says_so_then(
    world: World, language: str, code: str
) -> None:
    await begin(world, "Sanne", language=language)
    world.line.faults["chat.postMessage"] = [refusing(code, 403)]
    await world.driver.travel("2026-01-13T12:00")
    member = await member_of(world, "Sanne")
    assert member is not None
    assert member.state is MemberState.DEACTIVATED
    assert (await run_of(world, "Sanne")).stands_still
    await world.driver.travel("2026-01-20T12:00")
    assert (await steps(world))[0].state is NudgeState.PLANNED
    await world.driver.say("Sanne", "dm", "What is new with the third desk?")
    await world.settle()
    assert not (await run_of(world, "Sanne")).stands_still
    assert said("back-title", Language(language)) in await direct_text(world, "Sanne")
    await world.driver.travel("2026-01-28T12:00")
    assert (await steps(world))[0].state is NudgeState.SENT


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=403, body=b"<html>"),
        Fault(status=404, body=b"<html>"),
        refusing("InvalidBotApiHost", 403),
        refusing("SomethingNew", 403),
        refusing("ConversationNotFound", 404),
    ],
)
async def test_trouble_on_the_way_holds_nobody_and_the_message_comes_later(world: World, fault: Fault) -> None:
    await begin(world, "Sanne")
    world.line.faults["chat.postMessage"] = [fault] * 3
    await world.driver.travel("2026-01-13T12:00")
    member = await member_of(world, "Sanne")
    assert member is not None
    assert member.state is MemberState.ACTIVE
    assert not (await run_of(world, "Sanne")).stands_still
    assert (await steps(world))[0].state is NudgeState.SENT


async def test_a_chat_whose_history_was_removed_is_made_again_and_nothing_is_missed(world: World) -> None:
    await begin(world, "Sanne")
    await in_teams(world).forget_chat("Sanne")
    await world.driver.travel("2026-01-13T12:00")
    assert (await steps(world))[0].state is NudgeState.SENT
    assert not (await run_of(world, "Sanne")).stands_still
    assert await posts(world) == 1
    await world.click("Sanne", "nudge.done")
    await in_teams(world).forget_chat("Sanne")
    await in_teams(world).forget_chat("Sanne")
    await live_on(world, "2026-04-30T12:00", "Sanne")
    assert [row.week for row in await steps(world) if row.state is NudgeState.SENT] == [1, 3, 5, 7, 9]


@pytest.mark.parametrize("where", ["dm", CHANNEL])
async def test_status_and_help_are_answered_in_a_chat_that_was_made_again(world: World, where: str) -> None:
    await begin(world, "Sanne")
    await in_teams(world).forget_chat("Sanne")
    for words in ("status", "help"):
        await ask(world, "Sanne", words, where)
    seen = await Driver.state(world.driver, "Sanne")  # as Teams tells it
    chat = await world.driver.channel("Sanne", "dm")
    assert sum(each["card"] is not None for each in seen["messages"][chat]) == 2


async def test_a_chat_that_may_not_be_made_again_holds_until_the_person_writes(world: World) -> None:
    await begin(world, "Sanne")
    await in_teams(world).forget_chat("Sanne")
    world.line.faults["conversations.open"] = [refusing("ForbiddenOperationException", 403)]
    await world.driver.travel("2026-01-13T12:00")
    assert (await run_of(world, "Sanne")).stands_still
    await world.driver.say("Sanne", "dm", "Hello again, after so long")
    await world.settle()
    assert not (await run_of(world, "Sanne")).stands_still
    assert said("back-title") in await direct_text(world, "Sanne")


async def test_a_pause_that_was_asked_for_is_not_ended_by_a_refusal_and_a_word(world: World) -> None:
    await begin(world, "Sanne")
    await ask_and_say_yes(world, "Sanne", "pause 2026-02-16", "dm")
    store, member = world.bot.ports.store, await member_of(world, "Sanne")
    assert member is not None
    await account.unreachable(world.bot.ports, member)
    assert (await run_of(world, "Sanne")).stands_still
    await world.driver.say("Sanne", "dm", "Hello again, after so long")
    await world.settle()
    run = await run_of(world, "Sanne")
    assert (run.state, run.stands_still, str(run.paused_until)) == (EnrollmentState.PAUSED, False, "2026-02-16")
    assert run.silent_on is None
    assert await store.reach_to(member.workspace, member.external_id) is not None


async def test_after_an_outage_too_everything_keeps_its_place(world: World) -> None:
    await begin(world, "Sanne")
    await take_out(world)
    clock = world.practice.clock
    clock.set(clock.now() + timedelta(days=17))  # nobody was there to plan, to judge or to send
    await world.driver.travel("2026-01-30T12:00")
    assert not [row for row in await world.rows("Sanne") if row.state in NEVER and row.kind is not Kind.WELCOME]
    await bring_back(world)
    await ask(world, "Sanne", "resume", "dm")
    await world.driver.travel("2026-02-04T12:00")
    assert [row.week for row in await steps(world) if row.state is NudgeState.SENT] == [1]


async def test_who_stays_away_for_longer_than_any_pause_has_left(world: World) -> None:
    await begin(world, "Sanne")
    await take_out(world)
    await world.driver.travel((T0 + timedelta(weeks=LONGEST_WEEKS)).date().isoformat())
    assert (await run_of(world, "Sanne")).stands_still
    await world.driver.travel((T0 + timedelta(weeks=LONGEST_WEEKS + 2)).date().isoformat())
    run = await run_of(world, "Sanne")
    assert (run.state, run.ended_at is not None) == (EnrollmentState.LEFT, True)
    assert not [row for row in await world.rows("Sanne") if row.state in (NudgeState.PLANNED, NudgeState.READY)]
    await bring_back(world)
    assert said("home-join") in await home_text(world, "Sanne")


async def test_after_the_weeks_what_was_still_to_come_is_let_go(world: World) -> None:
    await begin(world, "Sanne")
    store = world.bot.ports.store
    run = await run_of(world, "Sanne")
    await store.save(replace(run, state=EnrollmentState.COMPLETED, ended_at=T0))
    await take_out(world)
    ahead = [row for row in await world.rows("Sanne") if row.state is not NudgeState.SENT]
    assert {(row.state, row.reason) for row in ahead} == {(NudgeState.CANCELLED, "shut out")}


@pytest.mark.parametrize("who", ["Sanne", "Iris"])  # one of the journey, and a stranger
async def test_being_let_in_shows_the_page_once_however_often_it_is_told(world: World, who: str) -> None:
    await begin(world, "Sanne")
    await take_out(world, who)
    before = await pages(world, who)
    await bring_back(world, who)
    assert await pages(world, who) == before + 1
    await world.driver.act("redeliver", fresh_id=True)
    await told_again(world, LetIn, "activity:another", who)
    assert await pages(world, who) == before + 1
    await take_out(world, who)
    await bring_back(world, who)
    assert await pages(world, who) == before + 2


async def test_being_shut_out_is_done_once_however_often_it_is_told(world: World) -> None:
    await begin(world, "Sanne")
    await take_out(world)
    since = (await run_of(world, "Sanne")).paused_on
    await world.driver.travel("2026-01-20T12:00")
    await told_again(world, ShutOut, "activity:another")
    run = await run_of(world, "Sanne")
    assert (run.stands_still, run.paused_on) == (True, since)


# --- whatever happens, in whatever order ----------------------------------------------------------------------------

DEEDS = ("take out", "bring back", "help", "say", "press", "resume", "wait", "wait", "wait")


def in_order(weeks: Sequence[int]) -> bool:
    """Tell whether the experiments came one after the other, each once."""
    return list(weeks) == [1, 3, 5, 7, 9][: len(weeks)]


@pytest.mark.parametrize("seed", range(5))
async def test_no_order_of_coming_and_going_sends_anything_unasked_or_loses_a_step(world: World, seed: int) -> None:
    chance = random.Random(seed)
    await begin(world, "Sanne")
    is_there, is_still = True, False
    for _ in range(18):
        deed = chance.choice(DEEDS)
        before = {row.id for row in await world.rows("Sanne") if row.state is NudgeState.SENT}
        if deed == "take out" and is_there:
            await take_out(world)
            is_there, is_still = False, True
        elif deed == "bring back":
            await bring_back(world)
            is_there = True
        elif deed == "wait":
            now = world.practice.clock.now() + timedelta(days=chance.randint(1, 9))
            await world.driver.travel(local_day(now, "Europe/Amsterdam").isoformat() + "T12:00")
        elif is_there and deed == "resume":
            await ask(world, "Sanne", "resume", "dm")
            is_still = False
        elif is_there and deed == "press":
            with suppress(LookupError):  # nothing is open
                await world.click("Sanne", "nudge.done")
        elif is_there and deed in ("help", "say"):
            await world.driver.say("Sanne", "dm", "help" if deed == "help" else "It went well, in the end.")
        await world.settle()
        sent = [row for row in await world.rows("Sanne") if row.state is NudgeState.SENT]
        if is_still:
            assert {row.id for row in sent} == before, deed
        assert in_order([row.week for row in sent if row.kind is Kind.NUDGE])
        assert (await run_of(world, "Sanne")).stands_still is is_still
        assert not [row for row in await steps(world) if row.state in NEVER]
