"""An app on a socket, from the first request to the last."""

import asyncio
import gc
import logging
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from time import sleep
from typing import Any, TypeVar, cast

import click
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from bot.commands.connections import BURST, MOST, Connection, Room
from bot.doctor.start import bound, why_not
from bot.settings import NotConfigured
from bot.store.port import Held, Unusable
from bot.words.files.problem import WordsError

QUEUE = 1024  # connections that wait to be accepted; who comes beyond it tries again a second later
GRACE = 3  # seconds that open requests get when the process is told to stop
# Seconds that an idle connection stays open: longer than who uses it again keeps it (nginx and most balancers 60,
# aiohttp 15). Who closes first, while the other is just sending, loses what was sent.
IDLE = 75
# New objects until Python looks for cycles among them, and how often until among older ones. By default, (700, 10, 10),
# it looks more than once a reply, which takes a tenth of a reply's processor time; a reply leaves next to no cycles.
LOOKS_FOR_CYCLES = (20_000, 20, 20)
AGAIN = 5.0  # seconds until the file is looked at again
REFUSALS = (Unusable, NotConfigured, WordsError)  # their message says what to do

T = TypeVar("T")

log = logging.getLogger(__name__)


def listen(host: str, port: int) -> socket.socket:
    """Return the listening socket; a port in use is said before anything starts."""
    try:
        listening = bound(host, port)
        listening.listen()  # who comes before the server is up waits, instead of being refused
    except OSError as error:
        raise click.ClickException(why_not(error, host, port)) from None
    return listening


def run(make: Callable[[], Starlette], listening: socket.socket, announce: Callable[[], None]) -> None:
    """Serve until told to stop; what cannot start says so in its own words, without a stack trace."""
    try:
        app = patiently(make)
    except (*REFUSALS, ValueError) as refusal:
        raise click.ClickException(str(refusal)) from None
    gc.set_threshold(*LOOKS_FOR_CYCLES)
    gc.freeze()  # what was made until here stays: not to be looked through again and again while people wait
    refused: list[Exception] = []
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[Any]:
        try:
            async with inner(app) as state:
                announce()
                yield state
        except REFUSALS as refusal:
            refused.append(refusal)
            raise

    app.router.lifespan_context = lifespan
    logging.getLogger("uvicorn.error").addFilter(lambda _: not refused)
    server = Server(configuration(app), app.state.retire)
    # Once it has stopped, uvicorn raises the signal anew: to be told to stop is no failure.
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    hung_up = ends_on_hanging_up(lambda: signal.raise_signal(signal.SIGTERM))
    with suppress(KeyboardInterrupt, SystemExit):  # uvicorn's own way out; ours is below
        server.run(sockets=[listening])
    signal.signal(signal.SIGTERM, before)
    signal.signal(signal.SIGHUP, hung_up)
    if refused:
        raise click.ClickException(str(refused[0]))
    if not server.started:
        sys.exit(1)


def ends_on_hanging_up(stop: Callable[[], object]) -> Any:
    """End cleanly when the terminal is closed, unless that is ignored, as by nohup; return what was there before."""
    before = signal.getsignal(signal.SIGHUP)
    if before is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: stop())
    return before


def patiently(make: Callable[[], T], wait: Callable[[float], None] = sleep) -> T:
    """Return what is made; while another process holds the file, as one does that is frozen, wait for it."""
    while True:
        try:
            return make()
        except Held as held:
            log.warning("waiting for the file why=%s", held)
            wait(AGAIN)


def configuration(app: ASGIApp, *, most: int = MOST) -> uvicorn.Config:
    """Return how every app of ours is served, to so many connections at most."""
    return uvicorn.Config(
        app,
        http=cast(type[asyncio.Protocol], partial(Connection, room=Room(most))),
        backlog=BURST,
        log_config=None,
        log_level="warning",
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=IDLE,
        server_header=False,
    )


class Server(uvicorn.Server):
    """Answers until what was being sent has ended: a practice workspace is at the other end of its own line."""

    def __init__(self, config: uvicorn.Config, retire: Callable[[], Awaitable[None]]) -> None:
        """Take what ends the work; it runs while requests are still answered."""
        super().__init__(config)
        self._retire = retire

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start; let more wait for their turn than are let in in one go, which asyncio has one number for."""
        await super().startup(sockets)
        for each in sockets or ():
            each.listen(QUEUE)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the work, then let nobody in any more; asked twice, do not wait for the work."""
        retiring = asyncio.ensure_future(self._retire())
        while not retiring.done() and not self.force_exit:
            await asyncio.wait({retiring}, timeout=0.1)
        retiring.cancel()
        await asyncio.gather(retiring, return_exceptions=True)
        await super().shutdown(sockets)
