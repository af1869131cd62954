"""Whoever waits at the door goes before what is already kept: first the acknowledgements, then the handling."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

QUIET = 0.003  # seconds in which nobody came in: then a few handlers begin, and after as many again a few more
FEW = 8  # handlers: all at once would be in the way of whoever comes in the next moment
LONGEST = 1.0  # seconds that a handler stands aside: a form can be opened for three


@dataclass(eq=False)
class _Turn:
    """A handler that stands aside until it is called."""

    called: asyncio.Future[None]
    is_overdue: bool = False


class Precedence:
    """Lets no handler begin while people come in, a few in each moment of quiet, and each after a second.

    They begin in the order in which they came, and not more than there is room for; what has begun goes on.
    """

    def __init__(self, most: int, *, few: int = FEW, quiet: float = QUIET, longest: float = LONGEST) -> None:
        """Nobody comes in, nothing is handled; there is room for `most` handlers."""
        self._most = most
        self._few = few
        self._quiet = quiet
        self._longest = longest
        self._at_the_door = 0
        self._going = 0
        self._aside: deque[_Turn] = deque()
        self._soon_quiet: asyncio.Handle | None = None

    @contextmanager
    def first(self) -> Iterator[None]:
        """Come in, before the handlers."""
        self._at_the_door += 1
        if self._soon_quiet is not None:
            self._soon_quiet.cancel()
            self._soon_quiet = None
        try:
            yield
        finally:
            self._at_the_door -= 1
            if not self._at_the_door:
                self._wait_for_quiet()

    @asynccontextmanager
    async def after(self) -> AsyncIterator[None]:
        """Handle, once it is time."""
        if self._going == self._most or not self._nobody_comes:
            await self._stand_aside()
        else:
            self._going += 1
        try:
            yield
        finally:
            self._leave()

    async def _stand_aside(self) -> None:
        """Wait until there is room, and take it."""
        loop = asyncio.get_running_loop()
        turn = _Turn(loop.create_future())
        self._aside.append(turn)
        alarm = loop.call_later(self._longest, self._is_overdue, turn)
        try:
            await turn.called
        except asyncio.CancelledError:
            if turn.called.cancelled():
                self._aside.remove(turn)
            else:  # called and gone at the same moment
                self._leave()
            raise
        finally:
            alarm.cancel()

    def _leave(self) -> None:
        self._going -= 1
        self._call(1 if self._nobody_comes else 0)  # there was no room for it when it was quiet

    def _is_overdue(self, turn: _Turn) -> None:
        turn.is_overdue = True
        self._call()

    def _wait_for_quiet(self) -> None:
        self._soon_quiet = asyncio.get_running_loop().call_later(self._quiet, self._look_once_more)

    def _look_once_more(self) -> None:
        # A loop that was busy finds the moment over and those who came in it at once: they are before us in this turn.
        self._soon_quiet = asyncio.get_running_loop().call_soon(self._is_quiet)

    def _is_quiet(self) -> None:
        self._soon_quiet = None
        self._call(self._few)
        if self._aside and self._going < self._most:
            self._wait_for_quiet()

    def _call(self, few: int = 0) -> None:
        """Let begin who has stood aside the longest: so many, and whoever is overdue, as far as there is room."""
        while self._aside and self._going < self._most and (few > 0 or self._aside[0].is_overdue):
            self._aside.popleft().called.set_result(None)
            self._going += 1
            few -= 1

    @property
    def _nobody_comes(self) -> bool:
        return not self._at_the_door and self._soon_quiet is None
