"""People who type and press, as many at once as asked: a process of its own, so that it takes nothing from the server.

Requests are signed beforehand and written to plain sockets: a client library would need more time than the server.
"""

import asyncio
import json
import sys
import time
from collections import deque
from typing import Any

from bench.payloads import direct, request

END = b"\r\n\r\n"
LENGTH = b"content-length:"


async def _work(port: int, waiting: deque[tuple[str, bytes]], began: dict[str, float], took: list[float]) -> None:
    """Send one after another over one connection, until nothing waits."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while waiting:
        where, whole = waiting.popleft()
        began[where] = time.monotonic()
        writer.write(whole)
        head = (await reader.readuntil(END)).lower()
        if not head.startswith(b"http/1.1 200"):
            raise RuntimeError(head.decode())
        at = head.find(LENGTH)
        if at >= 0:
            await reader.readexactly(int(head[at + len(LENGTH) :].split(b"\r\n", 1)[0]))
        took.append(time.monotonic() - began[where])
    writer.close()


async def _load(port: int, slack: int, kind: str, first: int, count: int, at_once: int) -> dict[str, Any]:
    waiting = deque((direct(number), request(kind, number, slack)) for number in range(first, first + count))
    began: dict[str, float] = {}
    took: list[float] = []
    start = time.monotonic()
    await asyncio.gather(*(_work(port, waiting, began, took) for _ in range(at_once)))
    return {"seconds": time.monotonic() - start, "began": began, "took": took}


if __name__ == "__main__":
    json.dump(asyncio.run(_load(**json.load(sys.stdin))), sys.stdout)
