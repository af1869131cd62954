"""One way of sending, in a process of its own: how long it takes until the last message is there."""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bench import engine
from bench.payloads import SECRET, direct
from bench.process import resident
from bot.chat.slack.outgoing.send import SlackChat
from bot.chat.slack.settings import SlackSettings
from bot.runtime.clock import SystemClock
from bot.runtime.outbox import Outbox

WORDS = "One small thing for this week: ask the person who helped you last what went well, and say thank you. " * 3


async def one_by_one(api: str, count: int, file: str) -> float:
    """Wait for each answer before the next message."""
    del file
    posts, began = _posts(api, count), time.monotonic()
    for post in posts:
        await post
    return time.monotonic() - began


async def all_at_once(api: str, count: int, file: str) -> float:
    """Send everything together, with the session a call that slack_sdk opens by itself."""
    del file
    posts, began = _posts(api, count), time.monotonic()
    await asyncio.gather(*posts)
    return time.monotonic() - began


async def outbox(api: str, count: int, file: str) -> float:
    """Send what is ready in a file: composed, claimed before the call, settled after it."""
    del count
    chat = SlackChat(SlackSettings(bot_token="xoxb-bench", signing_secret=SECRET, api_url=api))  # noqa: S106
    ports = engine.ports_of(Path(file), SystemClock(), chat)
    began = time.monotonic()
    await engine.sent(Outbox(lambda: ports))
    seconds = time.monotonic() - began
    await chat.close()
    await ports.store.close()
    return seconds


def _posts(api: str, count: int) -> list[Any]:
    client = AsyncWebClient(token="xoxb-bench", base_url=api)  # noqa: S106 - a stub takes any
    return [client.chat_postMessage(channel=direct(number), text=WORDS) for number in range(count)]


WAYS = {each.__name__: each for each in (one_by_one, all_at_once, outbox)}


def main(way: str, **asked: Any) -> dict[str, float]:
    """Return seconds and MiB."""
    return {"seconds": asyncio.run(WAYS[way](**asked)), "memory": resident()}


if __name__ == "__main__":
    json.dump(main(**json.load(sys.stdin)), sys.stdout)
