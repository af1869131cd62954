"""Where tests let the practice workspace answer badly."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send


@dataclass(frozen=True, kw_only=True)
class Fault:
    """How one call goes wrong. With neither status nor drop it only comes late."""

    accept: bool = False  # what was asked is done all the same
    hold: float = 0.0  # seconds before what was asked is done, also when nobody waits for the answer any more
    until: asyncio.Event | None = None  # set before what was asked is done, in place of seconds
    delay: float = 0.0  # seconds before the answer
    answered: asyncio.Event | None = None  # set before the answer, in place of seconds
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    drop: bool = False  # the connection breaks instead of an answer

    @property
    def is_late_only(self) -> bool:
        """Whether the real answer comes in the end."""
        return self.status is None and not self.drop

    async def held(self) -> None:
        """Wait until what was asked may be done."""
        if self.until is not None:
            await self.until.wait()
        await asyncio.sleep(self.hold)

    async def delayed(self) -> None:
        """Wait until the answer may go."""
        if self.answered is not None:
            await self.answered.wait()
        await asyncio.sleep(self.delay)


Faults = Callable[[str, Mapping[str, Any]], Fault | None]


def none(method: str, arguments: Mapping[str, Any]) -> Fault | None:
    """Let everything go well."""
    del method, arguments
    return None


async def spoil(fault: Fault, answer: Response) -> Response:
    """Return what goes over the line instead of the answer."""
    await fault.delayed()
    if fault.drop:
        return Broken()
    if fault.status is not None:
        return Response(fault.body, status_code=fault.status, headers=dict(fault.headers))
    return answer


class Broken(Response):
    """Breaks the connection; where the server does not let us, it stops in the middle of the answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with nothing."""
        del scope
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        if transport is not None:
            transport.abort()
            return
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"9999")]})
        await send({"type": "http.response.body", "body": b"{"})
