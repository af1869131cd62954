"""What a coach has before them of other people's words: one log at a time, and nothing that is not theirs any more."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.port import Command, Deleted, Incoming
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.reply import Scope
from bot.coaching.records.screen import Screen, ScreenKind, log_key
from bot.flows.dispatch import receive
from bot.practice.faults import Fault
from tests.conftest import CHANNEL, World
from tests.content import said
from tests.driver import Driver
from tests.flows.replies.test_typed import replies
from tests.flows.talk import (
    ask,
    begin,
    click_home,
    common,
    form_text,
    member_of,
    press,
    run_of,
    submitted,
    the_log,
    with_trigger,
)
from tests.flows.test_twice import cut_off
from tests.remembered import remembered
from tests.runtime.posting import Amid
from tests.waiting import until

WORDS = "she was never asked"
NUDGED = "2026-01-13T11:00"
IN_SLACK = pytest.mark.slack("in Teams the log is a message")
IN_TEAMS = pytest.mark.teams("in Slack the log is a view")
HOW = ("narrow", "delete", "edit", "erase", "step down")


@remembered
async def read(world: World) -> None:
    """Let somebody share words with the coach, who reads them."""
    await begin(world, "Sanne")
    await world.driver.travel(NUDGED)
    await world.do("Sanne", f"say {WORDS}")
    assert WORDS in await ask(world, "Marit", "log", "dm")


async def before_marit(world: World) -> list[str]:
    """Return each message and each view that the coach has before them, on whatever device."""
    marit = await world.driver.person("Marit")
    seen = (await Driver.state(world.driver, marit))["messages"].values()
    views = [view.body for view in world.practice.world.open_modals() if view.user == marit]
    return [json.dumps(each, ensure_ascii=False) for each in (*(each for posts in seen for each in posts), *views)]


async def stands(world: World, words: str) -> int:
    """Return how many messages and views of the coach show these words."""
    return sum(words in each for each in await before_marit(world))


async def known(world: World) -> list[Screen]:
    """Return what is known of the coach's screens with other people's words."""
    marit = await member_of(world, "Marit")
    assert marit is not None
    channel = await world.driver.channel("Marit", CHANNEL)
    cohort = await world.bot.ports.store.cohort_in(marit.workspace, channel)
    assert cohort is not None
    found = await world.bot.ports.store.screens_showing(
        marit.workspace, [log_key(marit.workspace, marit.external_id), cohort.id]
    )
    return [each for each in found if each.kind in (ScreenKind.LOG, ScreenKind.FORM)]


async def take_back(world: World, how: str) -> None:
    """Let what the coach reads not be theirs any more."""
    spoken = next(each for each in await world.direct("Sanne") if WORDS in world.driver.texts(each))
    if how == "narrow":
        await world.click("Sanne", "reply.change")
        assert await world.fill("Sanne", scope="private") == {}
    elif how == "delete":
        await world.driver.delete("Sanne", "dm", spoken["ts"])
    elif how == "edit":
        await world.driver.edit("Sanne", "dm", spoken["ts"], "we talked")
    elif how == "erase":
        await world.driver.command("Sanne", "dm", "forget")
        assert await world.fill("Sanne", agreed=("yes",)) == {}
    else:
        await step_down(world)
    await world.settle()


async def step_down(world: World) -> None:
    """Let the coach not be one any more."""
    marit, run = await member_of(world, "Marit"), await run_of(world, "Sanne")
    assert marit is not None
    role = await world.bot.ports.store.coach(run.workspace, run.cohort, marit.id)
    assert role is not None
    await world.bot.ports.store.save(replace(role, state=CoachState.DECLINED))


# --- one at a time


async def test_the_log_stands_once(world: World) -> None:
    await read(world)
    assert WORDS in await ask(world, "Marit", "log", "dm")
    assert await stands(world, WORDS) == 1
    assert await stands(world, world.says("log-moved")) == 1
    assert len(await known(world)) == 1


async def test_turning_its_pages_moves_nothing(world: World) -> None:
    await read(world)
    world.line.calls.clear()
    for _ in range(2):
        await world.click("Marit", "log.show")
        assert await stands(world, WORDS) == 1
        assert await stands(world, world.says("log-moved")) == 0
    assert sum(method in ("views.update", "update") for method, _ in world.line.calls) == 2
    (log,) = await known(world)
    assert log.digest


async def test_a_log_that_does_not_open_leaves_the_one_before_it(world: World) -> None:
    await read(world)
    gone = Fault(status=200, body=b'{"ok": false, "error": "expired_trigger_id"}')
    world.line.faults.update({"views.open": [gone], "chat.postMessage": [Fault(status=403)]})
    await world.driver.command("Marit", "dm", "log")
    world.line.faults.clear()
    await world.settle()
    assert await stands(world, WORDS) == 1
    assert await stands(world, world.says("log-moved")) == 0


@IN_SLACK
async def test_who_is_too_late_for_the_log_is_asked_to_try_once_more(world: World) -> None:
    await begin(world, "Sanne")
    world.line.faults["views.open"] = [Fault(status=200, body=b'{"ok": false, "error": "expired_trigger_id"}')]
    assert world.says("command-again") in await ask(world, "Marit", "log", "dm")
    world.line.faults["views.open"] = [Fault(status=429, headers={"Retry-After": "30"})]
    assert world.says("command-crowded") in await ask(world, "Marit", "log", "dm")


@IN_SLACK
async def test_a_page_that_cannot_be_turned_is_told_over_the_log(world: World) -> None:
    await read(world)
    world.line.faults["views.update"] = [Fault(status=429, headers={"Retry-After": "60"})]
    await world.click("Marit", "log.show")
    assert world.says("press-again") in world.driver.texts(await the_log(world))
    assert await stands(world, WORDS) == 1
    assert len(await known(world)) == 1


@IN_SLACK
async def test_what_is_refused_in_the_log_is_said_on_top_of_it(world: World) -> None:
    await read(world)
    view = await the_log(world)
    await step_down(world)
    await world.driver.click("Marit", view, "log.show")
    assert world.says("press-stale") in world.driver.texts(await the_log(world))


@IN_SLACK
async def test_the_log_is_nothing_but_a_view_and_what_is_read_and_answered_lies_on_top(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(NUDGED)
    await world.do("Sanne", f"say {WORDS}{', not at all' * 60}")
    for where in (CHANNEL, "dm"):
        assert WORDS in await ask(world, "Marit", "log", where)
        assert WORDS not in "".join(map(world.driver.texts, await world.driver.messages("Marit", where)))
    await world.driver.open_home("Marit")
    await click_home(world, "Marit", "log.open")
    log = await the_log(world)
    world.line.calls.clear()
    for button in ("log.read", "log.answer"):
        await world.driver.click("Marit", log, button)
        assert WORDS in await form_text(world, "Marit")
        assert next(each["id"] for each in (await world.driver.state("Marit"))["modals"]) == log["id"]
        await world.driver.close("Marit", await world.form("Marit"))
    assert (await the_log(world))["id"] == log["id"]
    assert [method for method, _ in world.line.calls if method in ("views.open", "views.push")] == ["views.push"] * 2


# --- what is not the coach's any more


@pytest.mark.parametrize("how", HOW)
async def test_words_that_are_not_the_coachs_any_more_leave_it(world: World, how: str) -> None:
    await read(world)
    await take_back(world, how)
    assert await stands(world, WORDS) == 0
    assert await known(world) == []
    key = "form-closed" if how == "step down" else "log-outdated"
    assert await stands(world, world.says(key)) == 1
    if how != "step down":
        await world.click("Marit", "log.open")
        assert await stands(world, world.says(key)) == 0
        assert await stands(world, "we talked") == (how == "edit")


@pytest.mark.parametrize("button", ["log.read", "log.answer"])
@pytest.mark.parametrize("how", HOW)
async def test_they_leave_what_was_opened_from_the_log_too(world: World, how: str, button: str) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(NUDGED)
    await world.do("Sanne", f"say {WORDS}{', not at all' * 60}")
    await ask(world, "Marit", "log", "dm")
    await world.click("Marit", button)
    assert await stands(world, WORDS) == 2
    await take_back(world, how)
    assert await stands(world, WORDS) == 0
    assert await known(world) == []


async def withdrawal(world: World, how: str) -> Incoming:
    """Return how it comes in that Sanne takes words back."""
    (reply,) = await replies(world, "Sanne")
    where, _, message = (reply.source or "").partition("/")
    if how == "erase":
        return await submitted(world, "Sanne", "erase.yes", "", agreed=("yes",))
    if how == "delete":
        base = await common(world, "Sanne")
        del base["trigger"]
        return Deleted(**base, conversation=where, message=message)
    given = {"text": WORDS, "scope": "private"} if how == "narrow" else {"text": "we talked", "scope": "coach"}
    return await submitted(world, "Sanne", "reply.changed", f"{reply.id}:0:", **given, nudge=reply.nudge)


@pytest.mark.parametrize("how", ["narrow", "delete", "edit", "erase"])
async def test_they_leave_it_though_the_handler_died(world: World, how: str) -> None:
    await read(world)
    await world.click("Marit", "log.answer")
    store: Any = world.bot.ports.store
    if how == "erase":  # the one that is cut off after it erased
        store = Amid(store, held_screens=_dead)
        with pytest.raises(_Dead):
            await receive(replace(world.bot.ports, store=store), await withdrawal(world, how))
        await world.passes(timedelta(minutes=5))
    else:
        await cut_off(world, await withdrawal(world, how))

    async def are_gone() -> bool:
        return await stands(world, WORDS) == 0 and await known(world) == []

    await until(are_gone)  # the clock may have taken over what the dead handler left


class _Dead(BaseException):
    """The process ends here."""


async def _dead(*_: Any, **__: Any) -> Any:
    raise _Dead


@pytest.mark.parametrize("how", ["narrow", "delete", "edit"])
async def test_they_leave_it_though_nobody_handles_it_again(world: World, how: str) -> None:
    """The clock does, when the lease of who died is over."""
    await read(world)
    await world.click("Marit", "log.answer")
    store: Any = Amid(world.bot.ports.store, settle_screen=_dead)
    with pytest.raises(_Dead):
        await receive(replace(world.bot.ports, store=store), await withdrawal(world, how))
    await world.passes(timedelta(minutes=5))
    assert await stands(world, WORDS) == 0
    assert await known(world) == []


async def test_words_taken_back_between_the_reading_and_the_showing_do_not_stay(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(NUDGED)
    await world.do("Sanne", f"say {WORDS}")
    (reply,) = await replies(world, "Sanne")
    store, saved = world.bot.ports.store, list[bool]()

    async def and_then(*args: Any, **more: Any) -> Any:
        found = await store.log_choices(*args, **more)
        if not saved:
            saved.append(True)
            await store.save(replace(reply, scope=Scope.PRIVATE))
        return found

    amid: Any = Amid(store, log_choices=and_then)
    await receive(replace(world.bot.ports, store=amid), await typed_log(world))
    assert await stands(world, world.says("log-outdated")) == 1
    assert await stands(world, WORDS) == 0


async def typed_log(world: World) -> Command:
    """Return how it comes in that the coach types for the log."""
    person = await with_trigger(world, "Marit")
    where = await world.driver.channel("Marit", "dm")
    return Command(
        **person | {"event_id": "typed-log"},
        conversation=where,
        conversation_name="",
        text="log",
        is_direct=True,
    )


async def test_a_log_whose_handler_died_is_known_and_shown_when_it_is_handled_again(world: World) -> None:
    await read(world)
    await cut_off_after(world, "open_form" if world.driver.platform == "slack" else "whisper")
    assert await stands(world, WORDS) >= 1
    await take_back(world, "narrow")
    assert await stands(world, WORDS) == 0


async def cut_off_after(world: World, method: str) -> None:
    """Let the process die right after the log was shown, and the next one handle it again."""
    chat = world.bot.ports.chat

    async def and_die(*args: Any, **more: Any) -> Any:
        await getattr(chat, method)(*args, **more)
        raise _Dead

    ports: Any = replace(world.bot.ports, chat=Amid(chat, **{method: and_die}))  # type: ignore[arg-type]
    command = await typed_log(world)
    with pytest.raises(_Dead):
        await receive(ports, command)
    await receive(world.bot.ports, replace(command, attempt=2))


@IN_SLACK
async def test_a_log_whose_opening_was_in_doubt_keeps_no_words_either(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(NUDGED)
    await world.do("Sanne", f"say {WORDS}")
    world.line.faults["views.open"] = [Fault(status=500, accept=True)]
    await world.driver.command("Marit", "dm", "log")
    assert await stands(world, WORDS) == 1
    await take_back(world, "delete")
    assert await stands(world, WORDS) == 0


async def test_a_log_that_cannot_be_put_away_now_is_later(world: World) -> None:
    await read(world)
    world.line.faults["views.update"] = [Fault(status=500)] * 99
    await take_back(world, "edit")
    assert await stands(world, WORDS) == 1
    world.line.faults.clear()
    await world.passes(timedelta(minutes=5))
    assert await stands(world, WORDS) == 0


@IN_TEAMS
async def test_a_log_that_may_not_be_changed_is_deleted(world: World) -> None:
    await read(world)
    world.line.faults["chat.update"] = [Fault(status=400)] * 9
    await take_back(world, "edit")
    assert await stands(world, WORDS) == 0
    assert await stands(world, world.says("log-outdated")) == 0


async def test_the_name_of_who_is_erased_leaves_what_it_can_be_chosen_from(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    await world.driver.travel("2026-01-13T17:00")
    await world.do("Sanne", f"say {WORDS}")
    await world.do("Grace", "say mine")
    grace = await member_of(world, "Grace")
    assert grace is not None
    await ask(world, "Marit", "log", "dm")
    await world.click("Marit", "log.show", log_person=grace.id)
    assert await stands(world, WORDS) == 0
    await take_back(world, "erase")
    assert await stands(world, world.says("log-outdated")) == 1


async def test_what_changes_nothing_for_the_coach_leaves_the_log(world: World) -> None:
    await read(world)
    await world.click("Sanne", "nudge.done")
    await world.click("Sanne", "words.share")
    await world.do("Sanne", "say another thought")
    await world.settle()
    assert await stands(world, WORDS) == 1
    assert await stands(world, world.says("log-outdated")) == 0
    (reply, *_) = await replies(world, "Sanne")
    assert said("press-stale") in await press(world, "Iris", "log.newer", "[]")
    assert reply.text


async def test_a_coach_who_is_erased_keeps_no_log(world: World) -> None:
    await read(world)
    await world.driver.command("Marit", CHANNEL, "forget")
    assert await world.fill("Marit", agreed=("yes",)) == {}
    await world.settle()
    assert await stands(world, WORDS) == 0


async def test_an_invitation_no_longer_names_a_coach_who_is_wiped(world: World) -> None:
    await begin(world, "Sanne")
    assert "Marit" in await invitation(world)
    await world.driver.command("Marit", "dm", "forget")
    assert await world.fill("Marit", agreed=("yes",)) == {}
    assert "Marit" not in await invitation(world)


async def invitation(world: World) -> str:
    """Return what the invitation in the channel says."""
    posts = await world.driver.messages("Iris", CHANNEL)
    (found,) = [text for text in map(world.driver.texts, posts) if said("invitation-heading") in text]
    return found
