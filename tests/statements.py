"""How many statements the store runs, on whichever of its connections."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.store.port import Store

AROUND = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "--")  # transactions, and what triggers do


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """Collect the statements that read or write rows meanwhile, in order, from the reader and from the writer.

    What begins and ends transactions is left out, as is whatever a trigger runs.
    """
    found: list[str] = []

    def note(statement: str) -> None:
        if not statement.startswith(AROUND):
            found.append(statement)

    connections = _connections(store)
    for connection in connections:
        connection.set_trace_callback(note)
    try:
        yield found
    finally:
        for connection in connections:
            connection.set_trace_callback(None)


def _connections(store: Any) -> list[Any]:
    """Return every connection of an SQLite store; it has one that reads and one that writes."""
    return [store._reading._connection, store._writer._connection]
