"""Tells everybody who looks that there is something new to see."""

import asyncio


class Changes:
    """Counts changes up and wakes whoever waits for one."""

    def __init__(self, version: int = 1) -> None:
        """Begin at a version."""
        self.version = version
        self.is_closed = False
        self._bell = asyncio.Event()

    def ring(self) -> None:
        """Note that something changed."""
        self.version += 1
        self._wake()

    def close(self) -> None:
        """Let everybody who waits go, now and from now on."""
        self.is_closed = True
        self._wake()

    async def after(self, version: int) -> int:
        """Wait until the version is not this one any more, or until closed, and return it."""
        while self.version == version and not self.is_closed:
            await self._bell.wait()
        return self.version

    def _wake(self) -> None:
        bell, self._bell = self._bell, asyncio.Event()
        bell.set()
