"""How late the event loop runs, and what holds it up."""

import asyncio
import logging
import sys
import threading
from collections.abc import Callable
from time import monotonic
from traceback import walk_stack
from types import FrameType
from typing import Any

log = logging.getLogger(__name__)

PROBE = 0.05  # seconds between two looks at how late the loop is
BLOCKED = 0.05  # seconds without a turn of the loop: somebody holds it up
BEAT = 0.01  # seconds between two turns that the watchdog expects
DEEPEST = 12  # positions named, innermost first


class LoopWatch:
    """Measures the running loop, and names what blocks it when asked to."""

    def __init__(
        self, lagged: Callable[[float], None], *, names: bool = False, steady: Callable[[], float] = monotonic
    ) -> None:
        """Take who is told each lag in seconds; with `names`, what blocks the loop is logged, by a steady clock."""
        self._lagged = lagged
        self._names = names
        self._steady = steady
        self._probing: asyncio.Task[None] | None = None
        self._watchdog: _Watchdog | None = None

    def start(self) -> None:
        """Begin to look."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(_noted)
        self._probing = loop.create_task(self._probe())
        if self._names:
            self._watchdog = _Watchdog(self._steady)
            self._watchdog.start(loop)

    async def stop(self) -> None:
        """Look no more."""
        if self._watchdog is not None:
            self._watchdog.stop()
            self._watchdog = None
        if self._probing is not None:
            self._probing.cancel()
            await asyncio.gather(self._probing, return_exceptions=True)
            self._probing = None

    async def _probe(self) -> None:
        while True:
            wanted = monotonic() + PROBE
            await asyncio.sleep(PROBE)
            self._lagged(max(0.0, monotonic() - wanted))


class _Watchdog:
    """A thread that looks where the loop stands when it has not turned for too long."""

    def __init__(self, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._turned_at = steady()
        self._over = threading.Event()
        self._beating: asyncio.TimerHandle | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._beat(loop)
        watched = threading.get_ident()
        threading.Thread(target=self._watch, args=(watched,), name="loop-watchdog", daemon=True).start()

    def stop(self) -> None:
        self._over.set()
        if self._beating is not None:
            self._beating.cancel()

    def _beat(self, loop: asyncio.AbstractEventLoop) -> None:
        self._turned_at = self._steady()
        self._beating = loop.call_later(BEAT, self._beat, loop)

    def _watch(self, watched: int) -> None:
        while not self._over.wait(BEAT):
            since = self._turned_at
            if self._steady() - since < BLOCKED:
                continue
            where = _positions(sys._current_frames().get(watched))
            while self._turned_at == since and not self._over.wait(BEAT):
                pass
            if self._over.is_set():  # nobody turns it any more
                return
            log.warning("loop blocked ms=%d at=%s", (self._turned_at - since) * 1000, where)


def _positions(frame: FrameType | None) -> str:
    """Return where a stack stands, innermost first: file, line and name, and no value of anything."""
    found = [f"{each.f_code.co_filename}:{line} {each.f_code.co_name}" for each, line in walk_stack(frame)]
    return " < ".join(found[:DEEPEST])


def _noted(_: asyncio.AbstractEventLoop, trouble: dict[str, Any]) -> None:
    """Say what nobody awaited; asyncio's own words would name the arguments of a callback."""
    said = str(trouble.get("message", "")).partition(" callback ")
    log.error("left alone: %s", said[0], exc_info=trouble.get("exception"))
