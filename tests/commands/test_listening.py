"""The port that every process answers on."""

import asyncio
import socket
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot.commands.server import AGAIN, listen, patiently
from bot.store.open import open_store
from bot.store.port import Held, Unusable
from tests.serving import serving

MINUTE = 60.0  # seconds that a proxy or a balancer keeps an idle connection for its next request
REQUEST = b"GET / HTTP/1.1\r\nHost: pitstop\r\n\r\n"


class Leaping(asyncio.SelectorEventLoop):
    """A loop on whose clock time goes by at once."""

    ahead = 0.0

    def time(self) -> float:
        """Return the moment in seconds."""
        return super().time() + self.ahead


async def test_no_part_of_an_answer_waits_for_the_one_before_it() -> None:
    at_once: asyncio.Queue[int] = asyncio.Queue()

    async def answered(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = writer.get_extra_info("socket")
        at_once.put_nowait(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    listening = listen("127.0.0.1", 0)
    server = await asyncio.start_server(answered, sock=listening)
    async with server:
        _, writer = await asyncio.open_connection(*listening.getsockname()[:2])
        assert await at_once.get()
        writer.close()


def test_a_connection_that_was_idle_as_long_as_a_proxy_keeps_it_takes_another_request() -> None:
    loop = Leaping()

    async def asked_twice() -> list[bytes]:
        app = Starlette(routes=[Route("/", lambda _: Response())])
        answers = []
        async with serving(app, listen("127.0.0.1", 0)) as url:
            reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
            for _ in range(2):
                writer.write(REQUEST)
                answers.append(await reader.readuntil(b"\r\n"))
                await reader.readuntil(b"\r\n\r\n")
                loop.ahead += MINUTE
                await asyncio.sleep(0)  # what is due by now comes first
            writer.close()
        return answers

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        assert runner.run(asked_twice()) == [b"HTTP/1.1 200 OK\r\n"] * 2


def test_a_file_that_another_process_holds_is_waited_for(tmp_path: Path) -> None:
    held, waited = iter([True, True, False]), []

    def make() -> str:
        if next(held):
            raise Held("pitstop.db cannot be used: another program holds it.")
        return "made"

    assert patiently(make, waited.append) == "made"
    assert waited == [AGAIN] * 2
    with pytest.raises(Unusable):
        patiently(lambda: open_store(tmp_path), waited.append)
    assert waited == [AGAIN] * 2, "what does not pass is not waited for"
