"""Whoever sends half a request, or opens a thousand connections, keeps nobody else out."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.commands.connections import BODY_WITHIN, HEADER_WITHIN, MOST
from bot.commands.server import listen
from tests.commands.test_listening import Leaping
from tests.serving import serving

HEADER = b"POST / HTTP/1.1\r\nHost: pitstop\r\nContent-Length: 4\r\n\r\n"
WHOLE = HEADER + b"good"
OK = b"HTTP/1.1 200 OK\r\n"

Peer = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Connecting = Callable[[bytes], Awaitable[Peer]]


async def echo(request: Request) -> Response:
    """Answer with what came."""
    return PlainTextResponse(await request.body())


@asynccontextmanager
async def connecting(most: int = MOST) -> AsyncIterator[Connecting]:
    """Serve, and return what opens a connection and sends its first bytes; all are closed in the end."""
    peers: list[Peer] = []
    app = Starlette(routes=[Route("/", echo, methods=["POST"])])
    async with serving(app, listen("127.0.0.1", 0), most=most) as url:

        async def connected(first: bytes) -> Peer:
            peer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
            peers.append(peer)
            peer[1].write(first)
            return peer

        yield connected
        for _, writer in peers:
            writer.close()


async def answer(peer: Peer) -> bytes:
    """Return the first line of an answer, of which all is read; empty when the connection was closed without."""
    reader, _ = peer
    try:
        line = await reader.readline()
        rest = await reader.readuntil(b"\r\n\r\n") if line else b""
    except ConnectionError:
        return b""
    if b"content-length: 4" in rest.lower():
        await reader.readexactly(4)
    return line


async def is_over(peer: Peer) -> bool:
    """Whether the other end closed the connection; waits until it did."""
    try:
        return await peer[0].read() == b""
    except ConnectionError:
        return True


def run(lived: Callable[[Leaping], Awaitable[None]]) -> None:
    """Live something in a loop on whose clock time goes by at once."""
    loop = Leaping()

    async def living() -> None:
        await lived(loop)

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(living())


@pytest.mark.parametrize(
    ("sent", "seconds", "said"),
    [
        (b"", HEADER_WITHIN, b"HTTP/1.1 408 Request Timeout\r\n"),  # not a byte
        (b"POST / HT", HEADER_WITHIN, b"HTTP/1.1 408 Request Timeout\r\n"),
        (HEADER[:-2], HEADER_WITHIN, b"HTTP/1.1 408 Request Timeout\r\n"),
        (HEADER + b"goo", BODY_WITHIN, b""),  # its answer had begun to be made: it is closed
        (WHOLE + HEADER[:-2], HEADER_WITHIN, b"HTTP/1.1 408 Request Timeout\r\n"),  # of a further request
    ],
)
def test_half_a_request_is_waited_for_so_long_and_no_longer(sent: bytes, seconds: float, said: bytes) -> None:
    async def lived(loop: Leaping) -> None:
        async with connecting() as connect:
            late, honest = await connect(sent), await connect(WHOLE)
            assert await answer(honest) == OK
            if sent.startswith(WHOLE):
                assert await answer(late) == OK
            loop.ahead += seconds - 1
            honest[1].write(WHOLE)
            assert await answer(honest) == OK
            assert not late[0].at_eof()
            loop.ahead += 2
            assert await answer(late) == said
            assert await is_over(late)
            honest[1].write(WHOLE)  # idle in between, which is another matter
            assert await answer(honest) == OK

    run(lived)


def test_a_byte_now_and_then_gains_no_time() -> None:
    async def lived(loop: Leaping) -> None:
        async with connecting() as connect:
            slow, honest = await connect(HEADER[:1]), await connect(WHOLE)
            assert await answer(honest) == OK
            for byte in HEADER[1:5]:
                loop.ahead += HEADER_WITHIN / 5
                slow[1].write(bytes([byte]))
                honest[1].write(WHOLE)
                assert await answer(honest) == OK
            loop.ahead += HEADER_WITHIN / 5
            assert await answer(slow) == b"HTTP/1.1 408 Request Timeout\r\n"

    run(lived)


async def test_however_many_send_half_a_request_whoever_comes_is_answered() -> None:
    async with connecting(most=8) as connect:
        halves = [await connect(HEADER[:-2]) for _ in range(40)]
        for _ in range(3):
            assert await answer(await connect(WHOLE)) == OK
        assert await is_over(halves[0]), "who came first went first"
        assert [await is_over(each) for each in halves[:30]] == [True] * 30


async def test_a_connection_in_use_is_closed_only_after_one_that_keeps_us_waiting() -> None:
    async with connecting(most=4) as connect:
        honest = await connect(WHOLE)
        assert await answer(honest) == OK
        for _ in range(20):
            await connect(HEADER[:-2])
            assert await answer(await connect(WHOLE)) == OK
            honest[1].write(WHOLE)
            assert await answer(honest) == OK, "it asked again a moment ago"


async def test_where_all_are_being_answered_a_newcomer_is_told_to_come_again() -> None:
    held, entered = asyncio.Event(), asyncio.Semaphore(0)

    async def wait(_: Request) -> Response:
        entered.release()
        await held.wait()
        return PlainTextResponse("good")

    app = Starlette(routes=[Route("/", wait, methods=["POST"])])
    async with serving(app, listen("127.0.0.1", 0), most=2) as url:
        peers = [await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2])) for _ in range(2)]
        for _, writer in peers:
            writer.write(WHOLE)
            await entered.acquire()
        newcomer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
        assert await answer(newcomer) == b"HTTP/1.1 503 Service Unavailable\r\n"
        held.set()
        assert [await answer(peer) for peer in peers] == [OK, OK]
        for _, writer in (*peers, newcomer):
            writer.close()
