"""Whether the process lives, whether it can be trusted with a request, and what monitoring may know."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.coaching.rules.line import Line, LineState
from bot.flows.ports import Ports
from bot.flows.upkeep.lines import lines_of
from bot.runtime.metrics import CONTENT_TYPE, Metrics
from bot.store.port import StoreError

log = logging.getLogger(__name__)

READY_AT = "ready_at"  # the mark that proves that writing works
PATIENCE = 2.0  # seconds a write may take
FRESH = 1.0  # seconds one proof is good for: being asked often must not cost a write each time


class Health:
    """Says whether this process is ready, and if not why, in one word."""

    def __init__(
        self,
        ports: Callable[[], Ports],
        *,
        held: Callable[[], bool],
        deadline: Callable[[float], asyncio.Timeout] = asyncio.timeout,
        steady: Callable[[], float] = monotonic,
    ) -> None:
        """Take what tells the ports of the moment, and what tells whether the clock is not trusted.

        `deadline` counts how long a write may take, and `steady` tells the seconds that one proof is good for.
        """
        self.held = held
        self._ports = ports
        self._written_within = partial(deadline, PATIENCE)
        self._steady = steady
        self._is_stopping = False
        self._one_at_a_time = asyncio.Lock()
        self._proven: tuple[float, str | None] | None = None  # when, by the steady clock, and what came of it

    def stopping(self) -> None:
        """Be ready no more: what comes now is better taken elsewhere."""
        self._is_stopping = True

    async def wrong(self) -> str | None:
        """Return why this process is not ready: stopping, clock, store or store_slow; None when it is."""
        if self._is_stopping:
            return "stopping"
        if self.held():
            return "clock"
        async with self._one_at_a_time:
            if self._proven is None or self._steady() - self._proven[0] > FRESH:
                came_of_it = await self._prove()
                self._proven = (self._steady(), came_of_it)
            return self._proven[1]

    async def _prove(self) -> str | None:
        ports = self._ports()
        try:
            async with self._written_within():
                await ports.store.set_mark(READY_AT, ports.clock.now().isoformat())
        except TimeoutError:
            log.error("not ready why=%s", "store_slow")  # noqa: TRY400 - nothing was raised where it hangs
            return "store_slow"
        except Exception:  # whatever it is, a request had better not be taken
            log.exception("not ready why=%s", "store")
            return "store"
        return None


async def _lines(ports: Ports, platforms: Iterable[str]) -> Mapping[str, Line]:
    """Return what is noted of the lines; nothing while the store does not answer."""
    with suppress(StoreError):
        return await lines_of(ports.store, platforms)
    return {}


def health_routes(
    ports: Callable[[], Ports], health: Health, metrics: Metrics, platforms: Callable[[], Iterable[str]]
) -> Sequence[BaseRoute]:
    """Return /healthz, /readyz and /metrics; none of them says anything about a person."""

    async def healthz(_: Request) -> Response:
        return JSONResponse({"ok": True})

    async def readyz(_: Request) -> Response:
        wrong, lines = await health.wrong(), await _lines(ports(), platforms())
        now = ports().clock.now()
        if wrong is None and lines and all(line.tells and line.state(now) is LineState.DOWN for line in lines.values()):
            wrong = "line"  # nobody reaches us; where it is HTTP, a request that comes is as good as ever
        told: dict[str, object] = {"ok": wrong is None} | ({"reason": wrong} if wrong is not None else {})
        if lines:
            told["lines"] = {
                platform: {"state": line.state(now), "since": line.since(now).isoformat(timespec="seconds")}
                for platform, line in lines.items()
            }
        return JSONResponse(told, status_code=200 if wrong is None else 503)

    async def page(_: Request) -> Response:
        now, queue = ports().clock.now(), None
        with suppress(StoreError):
            queue = await ports().store.queue(now)
        lines = await _lines(ports(), platforms())
        return Response(metrics.page(queue, lines, now=now, held=health.held()), media_type=CONTENT_TYPE)

    return (Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", page))
