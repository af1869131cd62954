"""Waiting in tests for what is to happen, however slow the machine is."""

import asyncio
import contextlib
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
    """Begins deadlines that are over when a test says so, or when it gives up."""

    def __init__(self) -> None:
        """Begin none yet."""
        self.begun: list[float] = []  # how many seconds each was to last
        self._open: list[tuple[float, asyncio.Timeout]] = []

    def __call__(self, seconds: float) -> asyncio.Timeout:
        """Begin one."""
        self.begun.append(seconds)
        made = asyncio.timeout(IN_THE_END)
        self._open.append((seconds, made))
        return made

    def pass_by(self, seconds: float = IN_THE_END) -> None:
        """Let so many seconds pass at once for all that have begun."""
        now = asyncio.get_running_loop().time()
        passed = [(lasts, each) for lasts, each in self._open if lasts <= seconds]
        self._open = [(lasts, each) for lasts, each in self._open if lasts > seconds]
        for _, each in passed:
            with contextlib.suppress(RuntimeError):  # it has ended
                each.reschedule(now)


class HandLoop(asyncio.SelectorEventLoop):
    """The loop that tests run on: its steady clock can be put ahead."""

    ahead = 0.0

    def time(self) -> float:
        """Return the seconds of the steady clock."""
        return super().time() + self.ahead


def go_on(seconds: float) -> None:
    """Let so many seconds pass at once on the steady clock of the loop: what is due by then is."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, HandLoop)
    loop.ahead += seconds
