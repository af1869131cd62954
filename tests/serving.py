"""An app on a port of this machine."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import uvicorn
from starlette.types import ASGIApp

from bot.commands.connections import MOST
from bot.commands.server import configuration


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, listening: socket.socket, *, most: int = MOST) -> AsyncIterator[str]:
    """Serve an app on an open port as long as the context lasts; return its address."""
    config = configuration(app, most=most)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listening])
    assert not server.should_exit, "it did not start: what was wrong is in the log"
    ticking = asyncio.create_task(server.main_loop())  # what tells the time in each answer
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        ticking.cancel()
        # uvicorn's own way out takes a quarter of a second, which is most of what many tests would take.
        for open_port in server.servers:
            open_port.close()
        for connection in list(server.server_state.connections):
            connection.shutdown()
        await server.lifespan.shutdown()
