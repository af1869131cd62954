"""Lets only this machine's own browser and app in."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "::1")
FORBIDDEN = 403
OF_THE_DESK = "/desk/"  # whose own guard asks more of a deed: its pages tell nobody where they come from, not even it


class LoopbackOnly:
    """Refuses names that another site could point here, and deeds that another site's page asks for."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer 403."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            is_deed = scope["method"] not in ("GET", "HEAD") and not scope["path"].startswith(OF_THE_DESK)
            if error := _refused(headers, is_deed=is_deed):
                await JSONResponse({"ok": False, "error": error}, FORBIDDEN)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _refused(headers: Headers, *, is_deed: bool) -> str:
    host = headers.get("host", "")
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        name = None
    if name not in LOOPBACK:
        return "forbidden_host"
    origin = headers.get("origin")
    if is_deed and origin is not None and urlsplit(origin).netloc != host:
        return "forbidden_origin"
    if is_deed and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return "forbidden_origin"
    return ""
