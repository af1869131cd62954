"""What every part of the store stands on: one connection to read, one thread to write."""

from typing import TypeVar

from bot.store.sqlite.queries import Reading
from bot.store.sqlite.rows import TABLES
from bot.store.sqlite.writer import Writer

R = TypeVar("R")


class Part:
    """A part of the store, reading and writing the same file as the others."""

    def __init__(self, reading: Reading, writer: Writer) -> None:
        """Take over both."""
        self._reading = reading
        self._writer = writer

    def _all(self, kind: type[R], name: str, **values: object) -> list[R]:
        table = TABLES[kind]
        return [table.record(row) for row in self._reading.rows(name, **values)]

    def _one(self, kind: type[R], name: str, **values: object) -> R | None:
        return next(iter(self._all(kind, name, **values)), None)
