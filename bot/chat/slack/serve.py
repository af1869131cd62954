"""The way in: Bolt behind a guard at /slack/events, or over Socket Mode, both ending in one function."""

import asyncio
import logging
import re
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.chat.port import FormErrors, Incoming
from bot.chat.slack.guard import Guard
from bot.chat.slack.outcome import failed
from bot.chat.slack.parse import parse, teams
from bot.chat.slack.payload import text
from bot.chat.slack.send import RAISED, SlackChat, quiet_logger, web_client
from bot.chat.slack.settings import SlackSettings
from bot.chat.slack.shape import in_shape, matters
from bot.coaching.clock import Clock

log = logging.getLogger(__name__)

Json = dict[str, Any]
Handle = Callable[[Incoming], Awaitable[FormErrors | None]]
WorkspaceOf = Callable[[str], Awaitable[str | None]]

PATH = "/slack/events"
_ANY = re.compile("")


class SlackError(Exception):
    """Slack does not let us in; the message is Slack's code or the name of what went wrong."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Whose token we hold."""

    team: str  # Slack's team_id
    team_name: str
    bot: str  # the bot's own person id


class Slack:
    """One Slack installation: its hands, its routes and, in Socket Mode, its open line."""

    def __init__(self, settings: SlackSettings, bolt: AsyncApp) -> None:
        """Hold the parts; nothing is opened before `start`."""
        self.chat = SlackChat(settings)
        self.routes: list[BaseRoute] = []
        self._settings = settings
        self._bolt = bolt
        self._line: _Line | None = None
        self._connecting: asyncio.Task[None] | None = None
        if not settings.app_token:
            guard = Guard(self._dispatch, secret=settings.signing_secret or "")
            self.routes.append(Route(PATH, guard, methods=["POST"]))

    async def identity(self) -> Identity:
        """Return whose token this is; raises SlackError."""
        answer = await self.chat.identity()
        if not isinstance(answer, dict):
            raise SlackError(answer.error)
        return Identity(team=text(answer, "team_id"), team_name=text(answer, "team"), bot=text(answer, "user_id"))

    async def start(self) -> None:
        """Open the line of Socket Mode, if that is how we listen; raises SlackError."""
        if not self._settings.app_token:
            return
        client = web_client(self._settings, None)
        try:
            opened = await client.apps_connections_open(app_token=self._settings.app_token)
        except RAISED as error:
            raise SlackError(failed(error).error) from None
        self._line = _Line(self._bolt, app_token=self._settings.app_token, web_client=client)
        self._line.client.wss_uri = opened["url"]
        if self._settings.is_local:
            self._line.client.proxy = None
        # It tries again and again until the line is open: nothing to wait for here.
        connecting = self._line.connect_async()  # type: ignore[no-untyped-call]
        self._connecting = asyncio.create_task(connecting)

    async def stop(self) -> None:
        """Hang up and close the connections."""
        if self._line is not None and self._connecting is not None:
            self._connecting.cancel()
            await self._line.close_async()  # type: ignore[no-untyped-call]
        await self.chat.close()

    async def _dispatch(self, said: Json) -> Response:
        if not matters(said):
            return Response()
        # Verified and read already: in this mode Bolt takes a payload as it is. Reading a form by itself, it
        # takes every command with the word "payload" in it for something else.
        return to_starlette_response(await self._bolt.async_dispatch(AsyncBoltRequest(body=said, mode="socket_mode")))


def slack(settings: SlackSettings, clock: Clock, workspace_of: WorkspaceOf, handle: Handle) -> Slack:
    """Wire Slack to what handles everything that people do; `workspace_of` takes a team_id to our id."""

    async def receive(body: Json) -> FormErrors | None:
        for team in teams(body):
            workspace = await workspace_of(team)
            if workspace is not None:
                incoming = parse(body, workspace=workspace, at=clock.now())
                return None if incoming is None else await handle(incoming)
        log.info("nothing is known of this team type=%s", text(body, "type") or "command")
        return None

    return Slack(settings, _bolt(settings, receive))


def _bolt(settings: SlackSettings, receive: Callable[[Json], Awaitable[FormErrors | None]]) -> AsyncApp:
    """Return Bolt with one listener a kind; what is acknowledged has been handled."""
    bolt = AsyncApp(
        name="pitstop",
        logger=quiet_logger(),
        client=web_client(settings, None),
        authorize=_authorize(settings),
        process_before_response=True,
        request_verification_enabled=False,  # the guard has done it, on the raw body
        ignoring_self_events_enabled=False,  # needs to know who we are; `parse` tells a bot by its message
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    async def take(ack: AsyncAck, body: Json) -> None:
        await receive(body)
        await ack()

    async def take_form(ack: AsyncAck, body: Json) -> None:
        wrong = await receive(body)
        if wrong is None or not wrong.errors:
            await ack()
        else:
            await ack(response_action="errors", errors=dict(wrong.errors))

    bolt.event(_ANY)(take)
    bolt.command(_ANY)(take)
    bolt.action(_ANY)(take)
    bolt.view_submission(_ANY)(take_form)
    bolt.error(_failed)
    return bolt


def _authorize(settings: SlackSettings) -> Callable[..., Awaitable[AuthorizeResult]]:
    # Without an answer here Bolt writes to whatever response_url the request names; left to itself it asks
    # Slack who we are with every request. Whether the workspace is ours is decided by `workspace_of`.
    ours = AuthorizeResult(enterprise_id=None, team_id=None, bot_token=settings.bot_token)

    async def authorize() -> AuthorizeResult:
        return ours

    return authorize


async def _failed(error: Exception) -> BoltResponse:
    """Note where it happened, without anybody's words, and let Slack try again."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("handling failed: %s\n%s", type(error).__name__, where)
    return BoltResponse(status=500, body="")


class _Line(AsyncSocketModeHandler):
    """Socket Mode, with the same look at the shape of what comes in."""

    async def handle(  # type: ignore[override]  # as in Bolt's own class
        self, client: SocketModeClient, req: SocketModeRequest
    ) -> None:
        """Hand on what matters; acknowledge the rest, so that it does not come again."""
        if in_shape(req.payload) and matters(req.payload):
            await super().handle(client, req)
        else:
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
