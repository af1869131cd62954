"""The port that every process answers on."""

import asyncio
import socket

from bot.commands.server import listen


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
