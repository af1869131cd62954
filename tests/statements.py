"""Which statements the store runs, on whichever of its connections."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from bot.store.port import Store

AROUND = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "--")  # transactions, and what triggers do


@asynccontextmanager
async def counted(store: Store) -> AsyncIterator[list[str]]:
    """Collect the statements that read or write rows meanwhile, in order, from the reader and from the writer.

    What begins and ends transactions is left out, as is whatever a trigger runs.
    """
    reading: Any = store
    connection: sqlite3.Connection = reading._reading._connection
    async with written(store) as found:
        connection.set_trace_callback(found.append)
        try:
            yield found
        finally:
            connection.set_trace_callback(None)
    found[:] = [statement for statement in found if not statement.startswith(AROUND)]


@asynccontextmanager
async def written(store: Store) -> AsyncIterator[list[str]]:
    """Collect all that the writer runs meanwhile."""
    found: list[str] = []
    await trace(store, found.append)
    found.clear()  # the end of the write that began it
    try:
        yield found
    finally:
        await trace(store, None)


async def trace(store: Store, note: Callable[[str], object] | None) -> None:
    """Have the writer tell what it runs, from its own thread.

    Set from another, it waits for the connection with the interpreter's lock in hand, and a statement that begins at
    that moment waits for that lock with the connection in hand: neither ever goes on.
    """
    writing: Any = store
    await writing._writer.write(partial(_set_trace, note=note))


def _set_trace(connection: sqlite3.Connection, note: Callable[[str], object] | None) -> None:
    connection.set_trace_callback(note)
