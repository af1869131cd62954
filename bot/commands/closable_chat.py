"""The ports of a command that shows something on a platform itself, without the bot around them."""

import random
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.commands.by_platform import chat_on
from bot.flows.ports import Ports
from bot.runtime.clock import SystemClock
from bot.runtime.public_holidays import COUNTRIES, holidays_in
from bot.settings import Settings
from bot.store.port import Store
from bot.words.files.locate import prompts_folder
from bot.words.files.words import FileWords


@asynccontextmanager
async def reaching(platform: str, store: Store, how: Settings) -> AsyncIterator[Ports]:
    """Give the ports, with the chat of one platform and its words."""
    words = FileWords(prompts_folder(), own=how.own_prompts)
    chat = chat_on(platform)(how, store, words)
    try:
        yield Ports(
            store=store,
            chat=chat,
            words=words,
            clock=SystemClock(),
            holidays=holidays_in,
            countries=COUNTRIES,
            new_id=lambda: uuid.uuid4().hex,
            chance=random.random,
            operator=how.operator,
            platform_of=lambda _: platform,
        )
    finally:
        await chat.close()
