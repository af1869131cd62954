"""Where a test asks for it, the practice workspace answers badly."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.practice.faults import Fault
from bot.practice.slack.world import BOT_USER, Conversation, Kind, Person
from tests.practice.staging import Stage, direct, staged
from tests.waiting import happens, turns

LOST = (aiohttp.ClientError, ConnectionError)


def once(fault: Fault) -> Any:
    left = [fault]

    def find(method: str, arguments: Mapping[str, Any]) -> Fault | None:
        wanted = method == "chat.postMessage" and arguments["channel"] == "C0ITMANAGERS"
        return left.pop() if left and wanted else None

    return find


async def posts(stage: Stage) -> int:
    return len(await stage.driver.messages("Sanne", "it-managers"))


async def post(stage: Stage) -> None:
    await stage.slack.chat_postMessage(channel="C0ITMANAGERS", text="Hi")


async def test_a_call_can_be_lost_before_it_is_accepted() -> None:
    async with staged(faults=once(Fault(drop=True))) as stage:
        with pytest.raises(LOST):
            await post(stage)
        assert await posts(stage) == 0
        await post(stage)
        assert await posts(stage) == 1


async def test_an_answer_can_be_lost_after_the_call_was_accepted() -> None:
    async with staged(faults=once(Fault(drop=True, accept=True))) as stage:
        with pytest.raises(LOST):
            await post(stage)
        assert await posts(stage) == 1


async def test_an_answer_can_be_anything() -> None:
    fault = Fault(status=503, body=b"<html>", headers={"Retry-After": "7"})
    async with staged(faults=once(fault)) as stage:
        with pytest.raises(SlackApiError) as refused:
            await post(stage)
        assert refused.value.response.status_code == 503
        assert await posts(stage) == 0


async def test_an_answer_can_come_too_late() -> None:
    late = asyncio.Event()
    async with staged(faults=once(Fault(answered=late))) as stage:
        waiting = asyncio.create_task(post(stage))
        assert await stage.driver.until(lambda: posts(stage))
        await turns()
        assert not waiting.done()
        late.set()
        await waiting
        assert await posts(stage) == 1


async def test_a_call_can_be_done_when_nobody_waits_for_it_any_more() -> None:
    asked, late = asyncio.Event(), asyncio.Event()
    find = once(Fault(until=late, accept=True, drop=True))

    def noted(method: str, arguments: Mapping[str, Any]) -> Fault | None:
        asked.set()
        return find(method, arguments)

    async with staged(faults=noted) as stage:
        waiting = asyncio.create_task(post(stage))
        await happens(asked)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert await posts(stage) == 0
        late.set()
        assert await stage.driver.until(lambda: stage.driver.last("Sanne", "it-managers"))
        assert await posts(stage) == 1


async def test_what_was_posted_can_show_late_in_the_history(stage: Stage) -> None:
    stage.practice.site.history_lag = 2.0
    channel = await direct(stage)
    await stage.slack.chat_postMessage(channel=channel, text="Hi")
    assert (await stage.slack.conversations_history(channel=channel))["messages"] == []
    stage.practice.clock.leap(timedelta(seconds=2))
    (shown,) = (await stage.slack.conversations_history(channel=channel))["messages"]
    assert shown["text"] == "Hi"


async def test_the_conversation_of_each_of_many_people_is_found(stage: Stage) -> None:
    world = stage.practice.world
    for number in range(500):
        name, place = f"U{number}", f"D{number}"
        world.add(
            Person(id=name, name=name, real_name=name),
            Conversation(id=place, name=name, kind=Kind.DIRECT, members=(name, BOT_USER), is_open=False),
        )
    assert await direct(stage, "U499") == "D499"
    assert (await stage.slack.chat_postMessage(channel="U250", text="Hi"))["channel"] == "D250"
    assert world.direct(BOT_USER) is None
