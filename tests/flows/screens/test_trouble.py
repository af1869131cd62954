"""Screens in trouble: a handler that dies, a history that is closed, a change that is not allowed, an answer lost."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any, NoReturn

import pytest

from bot.coaching.records.screen import Screen, ScreenKind, ScreenState
from bot.flows.dispatch import receive
from bot.practice.faults import Fault
from bot.store.port.inbox import Arrival
from tests.conftest import World
from tests.content import said
from tests.driver import Driver
from tests.flows.replies.test_share import channel
from tests.flows.talk import begin, direct_text
from tests.flows.test_twice import PARSED, Killed, Life, Mortal
from tests.remembered import remembered
from tests.runtime.posting import Amid

TUESDAY = "2026-01-13T11:00"
HOME_BEGAN = "2026-01-27T11:00"
WORDS = "she was never asked"
IN_SLACK = pytest.mark.parametrize("world", ["slack"], indirect=True)
IN_TEAMS = pytest.mark.parametrize("world", ["teams"], indirect=True)


@remembered
async def typed(world: World) -> str:
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel(TUESDAY)
    return await world.driver.say("Sanne", "dm", WORDS)


async def screens_of(world: World, kind: ScreenKind) -> list[Screen]:
    store = world.bot.ports.store
    (workspace,) = await store.workspaces()
    member = await store.member_of(workspace.id, await world.driver.person("Sanne"))
    assert member is not None
    ids = [str(row["id"]) for row in (await store.export(member.workspace, member.id))["screen"] if row["kind"] == kind]
    return [screen for each in ids if (screen := await store.screen(workspace.id, each))]


async def receipts(world: World) -> int:
    return sum(said("card-noted") in world.driver.texts(each) for each in await world.direct("Sanne"))


async def passes(world: World, *, minutes: float, times: int) -> None:
    for _ in range(times):
        await world.passes(timedelta(minutes=minutes))


@IN_SLACK
async def test_a_receipt_whose_handler_died_after_posting_it_stands_once(world: World) -> None:
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel(TUESDAY)
    home: Any = world.bot.homes["slack"]
    alive = home.handle

    async def handle(arrival: Arrival) -> dict[str, Any] | None:
        incoming = PARSED["slack"](json.loads(arrival.body), workspace=arrival.workspace, at=arrival.at)
        assert incoming is not None
        ports, life = world.bot.ports, Life(2)  # the save, and the message
        store: Any = Mortal(ports.store, life)
        chat: Any = Mortal(ports.chat, life)
        with pytest.raises(Killed):
            await receive(replace(ports, store=store, chat=chat), incoming)
        answer: dict[str, Any] | None = await alive(replace(arrival, attempt=2))
        return answer

    home.handle = handle
    await world.driver.say("Sanne", "dm", WORDS)
    assert await receipts(world) == 1


async def test_once_the_home_began_no_message_says_that_typed_words_are_kept(world: World) -> None:
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel(HOME_BEGAN)
    assert said("footer-keeps") not in await direct_text(world, "Sanne")


async def test_a_page_whose_next_message_came_is_not_current(world: World) -> None:
    await begin(world, "Sanne", scope="coach")
    await world.driver.open_home("Sanne")
    await world.driver.travel(TUESDAY)
    (page,) = await screens_of(world, ScreenKind.PAGE)
    assert page.state is ScreenState.STALE


@IN_SLACK
async def test_a_receipt_survives_a_history_that_is_closed_for_a_while(world: World) -> None:
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel(TUESDAY)
    world.line.faults["chat.postMessage"] = [Fault(status=500)]
    world.line.faults["conversations.history"] = [Fault(status=500) for _ in range(60)]
    await world.driver.say("Sanne", "dm", WORDS)
    await passes(world, minutes=1, times=15)
    world.line.faults.clear()
    await passes(world, minutes=1, times=5)
    assert await receipts(world) == 1


@IN_SLACK
async def test_a_doubt_that_can_never_be_looked_up_ends(world: World) -> None:
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel(TUESDAY)
    world.line.faults["chat.postMessage"] = [Fault(status=500)]
    world.line.faults["conversations.history"] = [Fault(status=500) for _ in range(9_999)]
    await world.driver.say("Sanne", "dm", WORDS)
    await passes(world, minutes=10, times=30)
    assert [each.state for each in await screens_of(world, ScreenKind.RECEIPT)] == []


@IN_SLACK
async def test_a_screen_that_cannot_be_rendered_ends(world: World) -> None:
    await typed(world)

    async def broken(*_: object) -> NoReturn:
        raise LookupError

    amid: Any = Amid(world.bot.ports.store, confirmed=broken)
    world.bot.ports = replace(world.bot.ports, store=amid)
    await world.click("Sanne", "words.share")
    await passes(world, minutes=20, times=40)
    assert [each.state for each in await screens_of(world, ScreenKind.RECEIPT)] == [ScreenState.STUCK]


@IN_SLACK  # in Teams nothing tells why a change is refused
async def test_a_receipt_that_may_not_be_changed_stays_where_words_were_only_changed(world: World) -> None:
    spoken = await typed(world)
    world.practice.site.policy.edit_window = timedelta(0)
    await world.driver.edit("Sanne", "dm", spoken, "other words")
    await passes(world, minutes=1, times=2)
    assert await receipts(world) == 1


@IN_TEAMS
async def test_words_leave_a_page_whose_arrival_was_in_doubt(world: World) -> None:
    spoken = await typed(world)
    world.line.faults["chat.postMessage"] = [Fault(status=500, accept=True)]
    await world.driver.open_home("Sanne")
    await passes(world, minutes=1, times=2)
    await world.driver.delete("Sanne", "dm", spoken)
    await passes(world, minutes=1, times=2)
    seen = await Driver.state(world.driver, "Sanne")  # every card, the older page too
    posts = [each for all_ in seen["messages"].values() for each in all_ if each["from"] == seen["bot"]["id"]]
    assert not [each for each in posts if WORDS in json.dumps(each["card"])]


async def test_a_receipt_does_not_promise_a_post_that_is_over(world: World) -> None:
    await typed(world)
    await world.driver.travel("2026-01-17T11:00")
    await world.driver.put_out("it-managers")
    await world.click("Sanne", "words.share")
    await world.driver.travel("2026-01-19T15:00")  # its window is over
    assert WORDS not in await channel(world)
    assert "Monday 19 January" not in await direct_text(world, "Sanne")
