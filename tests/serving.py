"""An app on a port of this machine."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import uvicorn
from starlette.types import ASGIApp


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, listening: socket.socket) -> AsyncIterator[str]:
    """Serve an app on an open port as long as the context lasts; return its address."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, log_level="critical", timeout_graceful_shutdown=1))
    running = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        await asyncio.sleep(0.005)
        if running.done():
            running.result()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        # uvicorn's own way out takes a quarter of a second, which is most of what many tests would take.
        for open_port in server.servers:
            open_port.close()
        for connection in list(server.server_state.connections):
            connection.shutdown()
        await server.lifespan.shutdown()
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
