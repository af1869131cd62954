"""Whoever waits at the door goes before what is already kept: first the acknowledgements, then the handling."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

FEW = 8  # handlers that go on also while people come in
QUIET = 0.01  # seconds in which nobody came in, after which all handlers go on
LONGEST = 1.0  # seconds that a handler stands aside: a form can be opened for three


class Precedence:
    """Lets a few handlers go on while people come in, all of them when it is quiet, and each after a second."""

    def __init__(self, *, few: int = FEW, quiet: float = QUIET, longest: float = LONGEST) -> None:
        """Nobody comes in, nothing is handled."""
        self._few = few
        self._quiet = quiet
        self._longest = longest
        self._at_the_door = 0
        self._going = 0
        self._aside: deque[asyncio.Future[None]] = deque()
        self._since_the_last: asyncio.TimerHandle | None = None

    @contextmanager
    def first(self) -> Iterator[None]:
        """Come in, before the handlers."""
        self._at_the_door += 1
        if self._since_the_last is not None:
            self._since_the_last.cancel()
            self._since_the_last = None
        try:
            yield
        finally:
            self._at_the_door -= 1
            if not self._at_the_door:
                self._since_the_last = asyncio.get_running_loop().call_later(self._quiet, self._is_quiet)

    @asynccontextmanager
    async def after(self) -> AsyncIterator[None]:
        """Handle, once it is time."""
        if self._going >= self._few and (self._at_the_door or self._since_the_last is not None):
            await self._stand_aside()
        self._going += 1
        try:
            yield
        finally:
            self._going -= 1
            if self._going < self._few:
                self._call(1)

    async def _stand_aside(self) -> None:
        loop = asyncio.get_running_loop()
        called = loop.create_future()
        self._aside.append(called)
        alarm = loop.call_later(self._longest, _go, called)
        try:
            await called
        finally:
            alarm.cancel()

    def _is_quiet(self) -> None:
        self._since_the_last = None
        self._call(len(self._aside))

    def _call(self, most: int) -> None:
        """Let so many go on who still stand aside, those who came first before the others."""
        while most and self._aside:
            most -= _go(self._aside.popleft())


def _go(called: asyncio.Future[None]) -> bool:
    if called.done():  # gone on by itself, or given up
        return False
    called.set_result(None)
    return True
