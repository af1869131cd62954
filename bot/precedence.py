"""Whoever waits at the door goes before what is already kept: first the acknowledgements, then the handling."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

FEW = 4  # handlers that go on also while somebody waits at the door
LONGEST = 1.0  # seconds that a handler stands aside; a person's trigger is good for three


class Precedence:
    """Lets handlers begin when nobody waits at the door, a few at a time otherwise, and each after a second."""

    def __init__(self, *, few: int = FEW, longest: float = LONGEST) -> None:
        """Nobody waits, nothing is handled."""
        self._few = few
        self._longest = longest
        self._at_the_door = 0
        self._going = 0
        self._aside: deque[asyncio.Future[None]] = deque()

    @contextmanager
    def first(self) -> Iterator[None]:
        """Hold the handlers back for as long as somebody waits at the door."""
        self._at_the_door += 1
        try:
            yield
        finally:
            self._at_the_door -= 1
            if not self._at_the_door:
                self._call(len(self._aside))

    @asynccontextmanager
    async def after(self) -> AsyncIterator[None]:
        """Begin when it is time."""
        if self._at_the_door and self._going >= self._few:
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
        alarm = loop.call_later(self._longest, _wake, called)
        try:
            await called
        finally:
            alarm.cancel()

    def _call(self, most: int) -> None:
        while most and self._aside:
            called = self._aside.popleft()
            if not called.done():
                called.set_result(None)
                most -= 1


def _wake(called: asyncio.Future[None]) -> None:
    if not called.done():
        called.set_result(None)
