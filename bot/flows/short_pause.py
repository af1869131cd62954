"""Trying an answer once more where the platform asks for a short pause."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.chat.port import Outcome, RetryAfter

LONGEST_PAUSE = 10.0  # seconds; nobody connects a later answer with what they did


async def patiently(show: Callable[[], Awaitable[Outcome]]) -> Outcome:
    """Show an answer, and once more after the pause the platform asks for, when that is short: nothing was shown."""
    outcome = await show()
    if not isinstance(outcome, RetryAfter) or outcome.seconds > LONGEST_PAUSE:
        return outcome
    await asyncio.sleep(outcome.seconds)
    return await show()
