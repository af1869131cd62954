"""Waiting in tests for what is to happen, however slow the machine is."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable

IN_THE_END = 120.0  # seconds after which a test gives up; nothing is ever asserted to be faster
SLOWEST = 900.0  # seconds, for what makes hundreds of processes


async def until(look: Callable[[], Awaitable[object] | object], *, within: float = IN_THE_END) -> None:
    """Let others work until `look` returns something true; for what rings no bell. Raises TimeoutError in the end."""
    async with asyncio.timeout(within):
        while True:
            found = look()
            if await found if inspect.isawaitable(found) else found:
                return
            await asyncio.sleep(0.002)


async def happens(event: asyncio.Event) -> None:
    """Wait for an event; raises TimeoutError in the end."""
    async with asyncio.timeout(IN_THE_END):
        await event.wait()


async def a_while(seconds: float) -> None:
    """Wait for what must not happen: on a slow machine such a test sees less, and never turns red for it."""
    await asyncio.sleep(seconds)


async def turns(count: int = 20) -> None:
    """Let everything go on that needs nothing but the event loop: no thread, no socket, no time."""
    for _ in range(count):
        await asyncio.sleep(0)


def unhurried(seconds: float) -> asyncio.Timeout:
    """Begin a deadline in a world whose time stands while the bot works: it is over when the test gives up."""
    del seconds
    return asyncio.timeout(IN_THE_END)


class Deadlines:
    """Begins deadlines; the last one is over when a test says so."""

    def __init__(self) -> None:
        """Begin none yet."""
        self.begun: list[float] = []  # how many seconds each was to last
        self._last = asyncio.timeout(None)

    def __call__(self, seconds: float) -> asyncio.Timeout:
        """Begin one that does not end by itself."""
        self.begun.append(seconds)
        self._last = asyncio.timeout(None)
        return self._last

    def pass_by(self) -> None:
        """Let the time of the last one be over."""
        self._last.reschedule(asyncio.get_running_loop().time())
