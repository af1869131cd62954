"""People who reply at a fixed rate, whether or not the one before was answered: a process of its own.

An open loop: the n-th reply goes out at its own moment, n / rate seconds after the first, and everything is measured
from that moment. Requests are signed beforehand and written to plain sockets. `select` waits to the microsecond, which
asyncio does not.
"""

import json
import select
import socket
import sys
import time
from collections import deque
from typing import Any

from bench.payloads import direct, request
from bench.process import LOOPBACK

MOST = 500  # connections; with all in use, a reply waits here, and its time counts
LONGEST = 30.0  # seconds that answers may come after the last reply
LEAD = 0.2  # seconds until the first reply
END = b"\r\n\r\n"
LENGTH = b"content-length:"

Line = socket.socket


class Arrivals:
    """Sends each request at its moment and notes when its acknowledgement was there."""

    def __init__(self, port: int) -> None:
        """Talk to a server on loopback; no connection is open yet."""
        self.took: list[float] = []  # seconds from the moment until the whole 200 was there
        self.refused = 0  # answered with anything else, or not at all
        self._port = port
        self._idle: list[Line] = []
        self._busy: dict[Line, tuple[float, bytes]] = {}  # the moment of its reply, and what was read so far
        self._due: deque[tuple[float, bytes]] = deque()

    def send(self, at: float, whole: bytes) -> None:
        """Send a request whose moment has come, at once if there is a connection."""
        self._due.append((at, whole))
        self._go_on()

    def listen(self, seconds: float) -> None:
        """Read what comes within so many seconds, or at once when it is there."""
        ready, _, _ = select.select(list(self._busy), [], [], max(0.0, seconds))
        for line in ready:
            self._read(line)

    @property
    def waits(self) -> bool:
        """Tell whether an acknowledgement is missing."""
        return bool(self._busy or self._due)

    def give_up(self) -> None:
        """Count what is missing as refused."""
        self.refused += len(self._busy) + len(self._due)

    def _go_on(self) -> None:
        while self._due and (self._idle or len(self._busy) < MOST):
            at, whole = self._due.popleft()
            line = self._idle.pop() if self._idle else socket.create_connection((LOOPBACK, self._port))
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._busy[line] = at, b""
            line.sendall(whole)

    def _read(self, line: Line) -> None:
        at, before = self._busy.pop(line)
        more = line.recv(65536)
        heard = before + more
        if not more:
            self.refused += 1
            line.close()
        elif not _is_whole(heard):
            self._busy[line] = at, heard
            return
        else:
            if heard.startswith(b"HTTP/1.1 200"):
                self.took.append(time.monotonic() - at)
            else:
                self.refused += 1
            self._idle.append(line)
        self._go_on()


def _is_whole(heard: bytes) -> bool:
    end = heard.find(END)
    if end < 0:
        return False
    head = heard[:end].lower()
    at = head.find(LENGTH)
    length = int(head[at + len(LENGTH) :].split(b"\r\n", 1)[0]) if at >= 0 else 0
    return len(heard) >= end + len(END) + length


def _load(port: int, first: int, count: int, rate: float) -> dict[str, Any]:
    people = range(first, first + count)
    requests = [request("words", number) for number in people]
    arrivals = Arrivals(port)
    start = time.monotonic() + LEAD
    moments = [start + number / rate for number in range(count)]
    late = 0.0
    for at, whole in zip(moments, requests, strict=True):
        while (wait := at - time.monotonic()) > 0:
            arrivals.listen(wait)
        late = max(late, -wait)
        arrivals.send(at, whole)
        arrivals.listen(0)
    give_up = time.monotonic() + LONGEST
    while arrivals.waits and time.monotonic() < give_up:
        arrivals.listen(0.1)
    arrivals.give_up()
    began = {direct(number): at for number, at in zip(people, moments, strict=True)}
    return {"began": began, "took": arrivals.took, "refused": arrivals.refused, "late": late}


if __name__ == "__main__":
    json.dump(_load(**json.load(sys.stdin)), sys.stdout)
