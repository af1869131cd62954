"""How many may be connected, and how long a request may take to arrive.

uvicorn keeps a connection with half a request for as long as its peer likes: one machine that opens a thousand of them
takes every file descriptor, and nobody else is let in. So a request has to arrive whole within some seconds, and where
too many are connected, a newcomer takes the place of whoever has kept us waiting for the longest time.
"""

import asyncio
import logging
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEADER_WITHIN = 10.0  # seconds, from the connection or from the first byte of a further request
BODY_WITHIN = 20.0  # seconds, from the end of the header: what the platforms and people send is small
MOST = 400  # connections; with 300 calls to the platforms and the files that are open it stays below 1,024 descriptors
BURST = 64  # connections accepted in one go: only then are they counted

_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_FULL = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\nRetry-After: 1\r\n\r\n"

log = logging.getLogger(__name__)


class Room:
    """The connections of one server that wait for their peer, the longest wait first."""

    def __init__(self, most: int = MOST) -> None:
        """Take how many may be connected."""
        self.most = most
        self._waiting: dict[Connection, None] = {}

    def waits(self, connection: "Connection") -> None:
        """Note that a connection waits for its peer from now on."""
        self._waiting.pop(connection, None)
        self._waiting[connection] = None

    def waits_no_more(self, connection: "Connection") -> None:
        """Note that it is being answered, or is over."""
        self._waiting.pop(connection, None)

    def make(self) -> bool:
        """Close the connection that has waited longest; return whether there was one."""
        longest = next(iter(self._waiting), None)
        if longest is None:
            return False
        self.waits_no_more(longest)
        longest.transport.abort()
        return True


class Connection(H11Protocol):
    """One connection, on which a request has to arrive whole in time."""

    def __init__(self, *args: Any, room: Room, **how: Any) -> None:
        """Take the room that all connections of the server share."""
        super().__init__(*args, **how)
        self._room = room
        self._awaited = 0.0  # seconds that what is awaited may take; 0 when nothing of a request is
        self._too_late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Let a newcomer in, in another one's place when all are taken."""
        super().connection_made(transport)
        if len(self.connections) > self._room.most:
            made_room = self._room.make()
            log.warning("too many connections most=%d made_room=%s", self._room.most, made_room)
            if not made_room:
                self._close(_FULL)
                return
        self._look()

    def data_received(self, data: bytes) -> None:
        """Read on, and see what is still to come."""
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """Wait for a further request, or read the one that came meanwhile."""
        super().on_response_complete()
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._stop()
        self._room.waits_no_more(self)
        super().connection_lost(exc)

    def _look(self) -> None:
        """Set how long what is still to come of a request may take; an idle connection is uvicorn's to close."""
        awaited = 0.0 if self.transport.is_closing() else self._seconds()
        if awaited != self._awaited:
            self._stop()
            self._awaited = awaited
            if awaited:
                self._too_late = self.loop.call_later(awaited, self._give_up)
                self._room.waits(self)
        if not awaited and self._is_idle:
            self._room.waits(self)
        elif not awaited:
            self._room.waits_no_more(self)

    def _seconds(self) -> float:
        if self.cycle is None or (self.cycle.response_complete and not self._is_idle and not self.cycle.more_body):
            return HEADER_WITHIN
        return BODY_WITHIN if self.cycle.more_body else 0.0

    @property
    def _is_idle(self) -> bool:
        """Whether a request was answered and nothing of another one is here."""
        cycle = self.cycle
        return cycle is not None and cycle.response_complete and not (cycle.more_body or self.conn.trailing_data[0])

    def _give_up(self) -> None:
        self._close(_TOO_SLOW if self.cycle is None or self.cycle.response_complete else b"")

    def _close(self, last: bytes) -> None:
        self._stop()
        self._room.waits_no_more(self)
        if not self.transport.is_closing():
            self.transport.write(last)
            self.transport.close()

    def _stop(self) -> None:
        if self._too_late is not None:
            self._too_late.cancel()
            self._too_late = None
