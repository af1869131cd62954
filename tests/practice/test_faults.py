"""Where a test asks for it, the practice workspace answers badly."""

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.practice.faults import Fault
from tests.practice.staging import Stage, staged

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
    async with staged(faults=once(Fault(delay=0.2))) as stage:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await post(stage)
        assert await posts(stage) == 1
