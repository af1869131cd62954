"""Who carries things to the bot, over one session, and some of them again later."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp

Deadline = Callable[[float], asyncio.Timeout]  # begins one of so many seconds; tests count them by a clock of their own


class Carrier:
    """Holds the session that everything goes over, and what is still to be brought again."""

    def __init__(self) -> None:
        """Begin with nothing on the way; the session opens with the first thing brought."""
        self._session: aiohttp.ClientSession | None = None
        self._again: set[asyncio.Task[None]] = set()

    async def forget(self) -> None:
        """Stop bringing things again."""
        tasks = list(self._again)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self) -> None:
        """Bring nothing more."""
        await self.forget()
        if self._session:
            await self._session.close()
            self._session = None

    def session(self) -> aiohttp.ClientSession:
        """Return the session, opened if need be."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    def later(self, bringing: Coroutine[Any, Any, None]) -> None:
        """Bring something again, while other things go on."""
        task = asyncio.create_task(bringing)
        self._again.add(task)
        task.add_done_callback(self._again.discard)
