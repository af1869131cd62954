"""What checks a platform's requests before they are read: the part of it that is alike, whoever signs.

A refusal is a 4xx, and a 503 while nothing can be told of anybody; neither it nor the log says what was in the request.
"""

import asyncio
import logging
import re
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

log = logging.getLogger(__name__)

LARGEST = 512 * 1024  # bytes of a body
SECONDS = 10  # for a body to arrive
_PLAIN = (b"content-type", b"content-length")
# Half a surrogate pair, perhaps: JSON can say it, and it cannot be written down again.
ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")

Headers = Mapping[bytes, bytes]
Proof = TypeVar("Proof")


@dataclass(frozen=True)
class Refusal:
    """An HTTP status and why, in words of ours."""

    status: int
    why: str


def headers(raw: Iterable[tuple[bytes, bytes]], signing: Collection[bytes]) -> Headers | Refusal:
    """Return the headers that matter, each at most once and plain; `signing` are those the platform signs by.

    Of the content type the media type is left, in lower case.
    """
    known: dict[bytes, bytes] = {}
    for name, value in raw:
        lower = name.lower()
        if lower not in _PLAIN and lower not in signing:
            continue
        if lower in known:
            return Refusal(400, "doubled header")
        if not value.isascii():
            return Refusal(400, "header not in ASCII")
        known[lower] = value.strip()
    if b"content-type" in known:
        known[b"content-type"] = known[b"content-type"].split(b";")[0].strip().lower()
    length = known.get(b"content-length", b"0")
    if not length.isdigit():
        return Refusal(400, "bad length")
    return Refusal(413, "too large") if len(length) > len(str(LARGEST)) or int(length) > LARGEST else known


class HttpGuard(ABC, Generic[Proof]):
    """An ASGI application that lets through what a platform signed, whole and in shape, and refuses the rest."""

    signing: Collection[bytes]  # the headers that the platform signs by
    proof: Callable[[Headers], Awaitable[Proof | Refusal]] | None = None  # who speaks, where the headers tell it

    def __init__(self, patience: float) -> None:
        """Give a body so many seconds to arrive."""
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a caller who hangs up gets no answer."""
        try:
            answer = await self._answer(scope, receive)
        except ClientDisconnect:
            return
        if isinstance(answer, Refusal):
            log.info("refused status=%d why=%s", answer.status, answer.why)
            answer = JSONResponse({"error": answer.why}, status_code=answer.status)
        await answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Response | Refusal:
        known = headers(scope["headers"], self.signing)
        if isinstance(known, Refusal):
            return known
        proof = await self.proof(known) if self.proof is not None else None
        if isinstance(proof, Refusal):
            return proof
        body = await self._body(receive)
        return body if isinstance(body, Refusal) else await self.answer(known, body, proof)

    @abstractmethod
    async def answer(self, known: Headers, body: bytes, proof: Proof | None) -> Response | Refusal:
        """Return the answer to a request whose headers and body are in order."""

    async def _body(self, receive: Receive) -> bytes | Refusal:
        body = bytearray()
        try:
            async with asyncio.timeout(self._patience):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise ClientDisconnect
                    body += message.get("body", b"")
                    if len(body) > LARGEST:
                        return Refusal(413, "too large")
                    if not message.get("more_body", False):
                        return bytes(body)
        except TimeoutError:
            return Refusal(408, "too slow")
