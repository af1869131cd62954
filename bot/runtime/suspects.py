"""What was taken so often that the process may have died of it: handled alone, and noted while it is handled."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.flows.ports import Ports
from bot.store.port.inbox import Arrival

MOST_DEATHS = 3  # of processes that were handling the same thing, once it is suspect


class Deadly(Exception):
    """The process died of it, again and again, with nothing beside it that was as suspect."""


class Suspects:
    """Lets one suspect be handled at a time."""

    def __init__(self, ports: Callable[[], Ports]) -> None:
        """Take what tells the ports of the moment."""
        self.one_at_a_time = asyncio.Lock()
        self._ports = ports

    @asynccontextmanager
    async def noted(self, arrival: Arrival) -> AsyncIterator[None]:
        """Note what is being handled, so that the next process knows what this one died of; raises Deadly."""
        if await self._ports().store.note_suspect(arrival) >= MOST_DEATHS:
            raise Deadly
        yield
