"""How many handlers run at once: first come, first served."""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext


class Admission:
    """Bounds how many handlers run at once."""

    def __init__(self, most: int) -> None:
        """Let at most so many in at a time."""
        self._room = asyncio.Semaphore(most)

    def entered(self, *, at_once: bool = False) -> AbstractAsyncContextManager[None]:
        """Hold a place inside the `async with`; wait for one in the order of asking.

        With `at_once` nothing is waited for and no place is taken: somebody waits for the answer. Cancelled while it
        waits, it takes no place and the next in order gets it.
        """
        return nullcontext() if at_once else self._room
