"""A line to an app of this very process: what is asked goes straight to it, with no socket in between.

Most of what a test costs is asking. The bot and the practice platforms talk through their port all the same, and
tests/practice, tests/browser and tests/commands ask through it too.
"""

import asyncio
import contextlib
import json as notation
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import unquote, urlencode, urlsplit

from starlette.types import ASGIApp, Message, Scope


@dataclass
class Answer:
    """What an app answered."""

    status: int = 0
    parts: list[bytes] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Tell whether it is no error."""
        return self.status < 400

    async def read(self) -> bytes:
        """Return what it holds."""
        return b"".join(self.parts)

    async def json(self) -> Any:
        """Return what it says."""
        return notation.loads(await self.read())


class Answering(Protocol):
    """An answer as a line to somewhere else gives it too."""

    status: int

    @property
    def ok(self) -> bool: ...
    async def read(self) -> bytes: ...
    async def json(self) -> Any: ...


class Asking(Protocol):
    """What asks: this line, or a session of aiohttp."""

    def get(self, url: str, *, params: Mapping[str, str] | None = None) -> AbstractAsyncContextManager[Answering]: ...
    def post(self, url: str, *, json: Any, headers: Mapping[str, str]) -> AbstractAsyncContextManager[Answering]: ...


class Within:
    """Asks an app, each time in a task of its own as a server does."""

    def __init__(self, app: ASGIApp) -> None:
        """Ask this app."""
        self._app = app

    @contextlib.asynccontextmanager
    async def get(self, url: str, *, params: Mapping[str, str] | None = None) -> AsyncIterator[Answer]:
        """Read what is at an address."""
        yield await self._asked("GET", url, b"", {}, params or {})

    @contextlib.asynccontextmanager
    async def post(self, url: str, *, json: Any, headers: Mapping[str, str]) -> AsyncIterator[Answer]:
        """Send something to an address."""
        given = {"content-type": "application/json", **headers}
        yield await self._asked("POST", url, notation.dumps(json).encode(), given, {})

    async def _asked(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str], params: Mapping[str, str]
    ) -> Answer:
        parts = urlsplit(url)
        given = {"host": parts.netloc, "content-length": str(len(body)), **headers}
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": parts.scheme,
            "path": unquote(parts.path),
            "raw_path": parts.path.encode(),
            "root_path": "",
            "query_string": "&".join(filter(None, (parts.query, urlencode(params)))).encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in given.items()],
            "client": (parts.hostname, 0),
            "server": (parts.hostname, parts.port),
            "state": {},
        }
        answer, unread = Answer(), [body]

        async def receive() -> Message:
            if unread:
                return {"type": "http.request", "body": unread.pop(), "more_body": False}
            await asyncio.Event().wait()  # nobody hangs up
            raise AssertionError

        async def send(message: Message) -> None:
            answer.status = message.get("status", answer.status)
            answer.parts.append(message.get("body", b""))

        asked = asyncio.create_task(self._app(scope, receive, send))  # type: ignore[arg-type]
        try:
            await asked
        except Exception:  # the app has answered 500 and raises it for who serves it
            if not answer.status:
                raise
        return answer
