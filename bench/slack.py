"""A Slack that answers at once, or so much later, and remembers: python -m bench.slack <port> <seconds>.

As little as possible, so that what is measured is the other side. It refuses nothing and keeps no words.
"""

import asyncio
import itertools
import json
import sys
import time
from typing import Any
from urllib.parse import parse_qs

TEAM = "T0BENCH"
HEAD_END = b"\r\n\r\n"
ROUTES = "routes"  # what stands before a conversation in the address at which a press of it is answered
SHOWS = ("chat.postMessage", "chat.update")

Json = dict[str, Any]


class Record:
    """What it was handed: when, in which conversation."""

    def __init__(self) -> None:
        """Begin empty."""
        self.shown: dict[str, float] = {}  # by conversation, the last time
        self.answered: dict[str, float] = {}  # by conversation, the first time of a new message
        self._numbers = itertools.count(1)

    def answer(self, method: str, said: Json) -> Json:
        """Return what Slack would say."""
        return {"ok": True} | self._told(method, said)

    def _told(self, method: str, said: Json) -> Json:
        channel = str(said.get("channel", ""))
        match method:
            case "chat.postMessage" | "chat.update":
                self.shown[channel] = now = time.monotonic()
                if method == "chat.postMessage":
                    self.answered.setdefault(channel, now)
                told: Json = {"channel": channel, "ts": f"1800000000.{next(self._numbers):06}"}
            case "auth.test":
                told = {"team_id": TEAM, "team": "Bench", "user_id": "UBOT", "bot_id": "BBOT"}
            case "conversations.open":
                told = {"channel": {"id": f"D{said['users']}"}}
            case "users.info":
                told = {"user": {"id": said.get("user", ""), "name": "somebody"}}
            case "conversations.history" | "conversations.replies":
                told = {"messages": [], "has_more": False}
            case "shown":  # ours to ask
                told = {"shown": self.shown}
            case "answered":  # ours to ask
                told = {"answered": self.answered}
            case "forget":
                self.shown, self.answered, told = {}, {}, {}
            case _:
                told = {}
        return told


class Line(asyncio.Protocol):
    """One keep-alive connection."""

    def __init__(self, record: Record, delay: float) -> None:
        """Answer from the record, that much later."""
        self._record = record
        self._delay = delay
        self._heard = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        self._heard += data
        while (end := self._heard.find(HEAD_END)) >= 0:
            head = self._heard[:end].decode("latin-1")
            begins = end + len(HEAD_END)
            ends = begins + _length(head)
            if len(self._heard) < ends:
                return
            body, self._heard = self._heard[begins:ends], self._heard[ends:]
            self._answer(head, body)

    def _answer(self, head: str, body: bytes) -> None:
        path, _, query = head.split(" ", 2)[1].partition("?")
        *_, room, method = path.split("/")
        said = _said(query, body)
        if room == ROUTES:  # a press is answered: the conversation stands in its address
            method, said = "chat.update", said | {"channel": method}
        told = json.dumps(self._record.answer(method, said)).encode()
        whole = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(told), told)
        if self._delay and method in SHOWS:
            asyncio.get_running_loop().call_later(self._delay, self._transport.write, whole)
        else:
            self._transport.write(whole)


def _length(head: str) -> int:
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
    return 0


def _said(query: str, body: bytes) -> Json:
    if body.startswith(b"{"):
        said: Json = json.loads(body)
        return said
    return {name: values[0] for name, values in parse_qs(query or body.decode()).items()}


async def _serve(port: int, delay: float) -> None:
    record = Record()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(record, delay), "127.0.0.1", port, backlog=2000)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2])))
