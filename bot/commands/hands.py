"""The ports of a command that shows something in Slack itself, without the bot around them."""

import random
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.chat.slack.send import SlackChat
from bot.chat.slack.settings import SlackSettings
from bot.clock import SystemClock
from bot.daysoff import OFFERED, holidays_in
from bot.flows.ports import Ports
from bot.settings import Settings
from bot.store.port import Store
from bot.words.files.locate import prompts_folder
from bot.words.files.words import FileWords


@asynccontextmanager
async def reaching_slack(store: Store, how: Settings) -> AsyncIterator[Ports]:
    """Give the ports, with the Slack of the settings."""
    chat = SlackChat(
        SlackSettings(
            bot_token=how.slack_bot_token,
            app_token=how.slack_app_token or None,
            signing_secret=how.slack_signing_secret or None,
            api_url=how.slack_api_url,
        )
    )
    try:
        yield Ports(
            store=store,
            chat=chat,
            words=FileWords(prompts_folder()),
            clock=SystemClock(),
            holidays=holidays_in,
            countries=OFFERED,
            new_id=lambda: uuid.uuid4().hex,
            chance=random.random,
            operator=how.operator,
        )
    finally:
        await chat.close()
