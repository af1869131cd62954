"""Servers for the tests: real ones, on loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

import pytest
import uvicorn
from starlette.types import ASGIApp

T0 = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

Serve = Callable[[ASGIApp], Awaitable[str]]


class FixedClock:
    """Stands at T0."""

    def now(self) -> datetime:
        """Return T0."""
        return T0


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still."""
    return FixedClock()


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Start an app on a free port and return its address; it stops with the test."""
    async with AsyncExitStack() as stack:

        async def start(app: ASGIApp) -> str:
            return await stack.enter_async_context(_running(app))

        yield start


@asynccontextmanager
async def _running(app: ASGIApp) -> AsyncIterator[str]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1))
    running = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running
