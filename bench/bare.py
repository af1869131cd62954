"""The plain way with Bolt, as its documentation advises: python -m bench.bare <what it does> <port>.

`ack` acknowledges and does nothing; `insert` first stores what came, durably; `say` stores, then answers in the chat.
Bolt's slower defaults are switched off: it answers at once when the listener is done, and asks Slack nothing.
"""

import os
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncSay
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bench.payloads import PATH, SECRET
from bench.slack import TEAM

TOKEN = "xoxb-bench"  # noqa: S105 - a stub takes any
TABLE = "CREATE TABLE IF NOT EXISTS reply (id TEXT PRIMARY KEY, person TEXT, text TEXT, at TEXT)"


def _stored(file: str) -> Callable[[str, str, str], None]:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(TABLE)

    def store(key: str, person: str, text: str) -> None:
        connection.execute("INSERT INTO reply VALUES (?, ?, ?, datetime('now'))", (key, person, text))

    return store


def _bolt(what: str) -> AsyncApp:
    token = AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token=TOKEN, bot_id="BBOT", bot_user_id="UBOT")

    async def authorize() -> AuthorizeResult:
        return token

    app = AsyncApp(
        signing_secret=SECRET,
        authorize=authorize,
        process_before_response=True,
        client=AsyncWebClient(base_url=os.environ.get("SLACK_API_URL", "https://slack.com/api/")),
    )
    store = _stored(os.environ["BENCH_FILE"]) if what != "ack" else None

    @app.event("message")
    async def message(event: dict[str, Any], say: AsyncSay) -> None:
        if store:
            store(event["client_msg_id"], event["user"], event["text"])
        if what == "say":
            await say("Noted.")

    @app.action("nudge.done")
    async def done(ack: AsyncAck, body: dict[str, Any]) -> None:
        if store:
            store(body["trigger_id"], body["user"]["id"], body["actions"][0]["value"])
        await ack()

    return app


def _app(what: str) -> Starlette:
    handler = AsyncSlackRequestHandler(_bolt(what))

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    async def healthz(_: Request) -> Response:
        return JSONResponse({"ok": True})

    endpoints: tuple[tuple[str, Callable[[Request], Awaitable[Response]], str], ...] = (
        (PATH, events, "POST"),
        ("/healthz", healthz, "GET"),
    )
    return Starlette(routes=[Route(path, endpoint, methods=[verb]) for path, endpoint, verb in endpoints])


if __name__ == "__main__":
    uvicorn.run(_app(sys.argv[1]), port=int(sys.argv[2]), log_level="warning", server_header=False)
