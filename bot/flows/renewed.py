"""A lease that is renewed while the work under it goes on: a process that died renews nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from bot.store.port import StoreError


@asynccontextmanager
async def renewed(lease: timedelta, renew: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
    """Call `renew` each time half of a lease is over, as long as the block goes on, also after a StoreError."""

    async def go_on() -> None:
        while True:
            await asyncio.sleep(lease.total_seconds() / 2)
            with suppress(StoreError):
                await renew()

    renewing = asyncio.create_task(go_on())
    try:
        yield
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)
