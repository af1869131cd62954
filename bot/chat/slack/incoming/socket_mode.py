"""The open line of Socket Mode, with the same look at the shape of what comes in, and the same keeping."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack.incoming.guard import Brought, in_shape

Json = dict[str, Any]
Take = Callable[[Brought], Awaitable[Json | None]]


class Line(AsyncSocketModeHandler):
    """Bolt's line, on which `take` keeps what comes in and returns what is to be answered."""

    def __init__(
        self,
        bolt: AsyncApp,
        take: Take,
        note: Callable[[Exception], None],
        *,
        app_token: str,
        web_client: AsyncWebClient,
    ) -> None:
        """Open nothing yet; `note` is told what kept something from being kept."""
        super().__init__(bolt, app_token=app_token, web_client=web_client)
        self._take = take
        self._note = note

    async def handle(  # type: ignore[override]  # as in Bolt's own class
        self, client: SocketModeClient, req: SocketModeRequest
    ) -> None:
        """Acknowledge what was kept, and what does not matter; the rest comes again."""
        try:
            answer = await self._take(_brought(req.payload)) if in_shape(req.payload) else None
        except Exception as error:  # left to slack_sdk, its text would stand in the log
            self._note(error)
            return
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id, payload=answer))


def _brought(said: Json) -> Brought:
    return Brought(said, json.dumps(said, separators=(",", ":")))
