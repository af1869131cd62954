"""Receiving: what comes to /slack/events, past a guard, or over Socket Mode is kept first and acknowledged then.

Bolt stands behind the inbox: it leads what was kept to the one function that handles everything.
"""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.chat.failure import Failure
from bot.chat.payload import text
from bot.chat.port import Edited, FormErrors, Incoming, RetryAfter, Said, Submitted
from bot.chat.slack.incoming.guard import KINDS, Brought, SlackGuard
from bot.chat.slack.incoming.parse import parse, teams
from bot.chat.slack.incoming.words import unnamed
from bot.chat.slack.outgoing.connector import Pace, quiet_logger, web_client
from bot.chat.slack.outgoing.outcome import TOKEN_REFUSED
from bot.chat.slack.outgoing.send import SlackChat, TeamOf
from bot.chat.slack.rendering.render import modal
from bot.chat.slack.settings import SlackSettings
from bot.chat.slack.socket_mode import SocketLine
from bot.coaching.clock import Clock
from bot.store.port.inbox import Arrival

log = logging.getLogger(__name__)

Json = dict[str, Any]
Handle = Callable[[Incoming], Awaitable[FormErrors | None]]
Busy = Callable[[Submitted], Awaitable[FormErrors]]
WorkspaceOf = Callable[[str], Awaitable[str | None]]


class Accept(Protocol):
    """Keeps what came in; see bot/runtime/inbox.py."""

    def __call__(self, arrival: Arrival, *, awaited: bool = False) -> Awaitable[Json | None]:
        """Return the answer that was awaited; raises TimeoutError, or whatever kept it from being kept."""
        ...


PATH = "/slack/events"
PLATFORM = "slack"
_OK = 200
_ANY = re.compile("")


class SlackError(Exception):
    """Slack does not let us in; the message is Slack's code or the name of what went wrong."""

    def __init__(self, failure: Failure) -> None:
        """Take what Slack answered, or how it did not."""
        super().__init__(failure.error)
        self.is_final = failure.error in TOKEN_REFUSED  # no later try helps
        self.seconds = failure.seconds if isinstance(failure, RetryAfter) else 0.0  # until the next try


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Whose token we hold."""

    team: str  # Slack's team_id
    team_name: str
    bot: str  # the bot's own person id


class Slack:
    """One Slack installation: what speaks there, its routes and, in Socket Mode, its open line."""

    def __init__(
        self, settings: SlackSettings, bolt: AsyncApp, intake: "_Intake", pace: Pace, team_of: TeamOf | None
    ) -> None:
        """Hold the parts; nothing is opened before `start`."""
        self.chat = SlackChat(settings, pace=pace, team_of=team_of)
        self.routes: list[BaseRoute] = []
        self._settings = settings
        self._bolt = bolt
        self._intake = intake
        self._line: SocketLine | None = None
        if not settings.app_token:
            guard = SlackGuard(self._let_in, secret=settings.signing_secret or "")
            self.routes.append(Route(PATH, guard, methods=["POST"]))

    async def identity(self) -> Identity:
        """Return whose token this is; raises SlackError."""
        answer = await self.chat.identity()
        if not isinstance(answer, dict):
            raise SlackError(answer)
        return Identity(team=text(answer, "team_id"), team_name=text(answer, "team"), bot=text(answer, "user_id"))

    async def handle(self, arrival: Arrival) -> Json | None:
        """Handle what was kept; return what a form is to show when it was not accepted."""
        said, incoming = arrival.read or _read_again(arrival)
        if isinstance(incoming, Said | Edited) and (people := unnamed(said)):
            names = await self.chat.names.of(arrival.workspace, people)
            incoming = parse(said, workspace=arrival.workspace, at=arrival.at, names=names)
        return await self._dispatched(said, incoming=incoming, attempt=arrival.attempt)

    @property
    def is_open(self) -> bool | None:
        """Whether the line of Socket Mode is open; None over HTTP, where nobody can tell."""
        return self._line.is_open if self._line is not None else False if self._settings.app_token else None

    async def start(self) -> None:
        """Open the line of Socket Mode, if that is how we listen; raises SlackError for a token that is refused."""
        if not self._settings.app_token:
            return
        client = web_client(self._settings, None)
        line = SocketLine(client, self._settings.app_token, self._intake.take, _note)
        if (refusal := await line.start()) is not None:
            raise SlackError(refusal)
        self._line = line

    async def stop(self) -> None:
        """Hang up and close the connections."""
        if self._line is not None:
            await self._line.stop()
        await self.chat.close()

    async def _let_in(self, brought: Brought) -> Response:
        if brought.said.get("type") == "url_verification":
            return JSONResponse({"challenge": text(brought.said, "challenge")})
        try:
            answer = await self._intake.take(brought)
        except Exception as error:  # never a 200 for what was not kept
            _note(error)
            return Response(status_code=503)
        return Response() if answer is None else JSONResponse(answer)

    async def _dispatched(self, said: Json, **context: Any) -> Json | None:
        # Verified and read already: in this mode Bolt takes a payload as it is. Reading a form by itself, it
        # takes every command with the word "payload" in it for something else.
        request = AsyncBoltRequest(body=said, mode="socket_mode", context=context)
        answer = await self._bolt.async_dispatch(request)
        if answer.status != _OK:
            raise LookupError(f"Bolt leads it nowhere, status {answer.status}")
        return json.loads(answer.body) if answer.body else None


def _read_again(arrival: Arrival) -> tuple[Json, Incoming | None]:
    """Return a body that was kept, and what was done by it; None for what means nothing to us."""
    said = json.loads(arrival.body)
    return said, parse(said, workspace=arrival.workspace, at=arrival.at)


class _Intake:
    """Takes what Slack brought, whichever way it came."""

    def __init__(
        self, clock: Clock, workspace_of: WorkspaceOf, accept: Accept, busy: Busy, on_ack: Callable[[float], None]
    ) -> None:
        self._clock = clock
        self._workspace_of = workspace_of
        self._accept = accept
        self._busy = busy
        self._on_ack = on_ack

    async def take(self, brought: Brought) -> Json | None:
        """Keep what matters and return what is to be answered; raises whatever kept it from being kept."""
        began = asyncio.get_running_loop().time()
        now = self._clock.now()
        said = brought.said
        matters = "command" in said or said["type"] in KINDS
        incoming = await self._understood(said, now) if matters else None
        if incoming is None:
            return None
        arrival = Arrival(
            id=incoming.event_id,
            workspace=incoming.workspace,
            platform=PLATFORM,
            lane=incoming.person,
            body=brought.words,
            at=now,
            read=(said, incoming),
        )
        if isinstance(incoming, Submitted) and incoming.ref is None:
            return await self._answered(arrival, incoming)
        await self._accept(arrival)
        self._on_ack(asyncio.get_running_loop().time() - began)
        return None

    async def _answered(self, arrival: Arrival, form: Submitted) -> Json | None:
        try:
            return await self._accept(arrival, awaited=True)
        except TimeoutError:  # it goes on; sent in once more, the form closes
            wrong = await self._busy(form)
            return _errors(wrong) if wrong.errors else None

    async def _understood(self, said: Json, now: datetime) -> Incoming | None:
        for team in teams(said):
            workspace = await self._workspace_of(team)
            if workspace is not None:
                return parse(said, workspace=workspace, at=now)
        log.info("nothing is known of this team type=%s", text(said, "type") or "command")
        return None


def slack(
    settings: SlackSettings,
    clock: Clock,
    workspace_of: WorkspaceOf,
    accept: Accept,
    handle: Handle,
    busy: Busy,
    *,
    on_ack: Callable[[float], None] = lambda _: None,
    pace: Pace | None = None,
    team_of: TeamOf | None = None,
) -> Slack:
    """Wire Slack to what keeps and to what handles everything that people do.

    `workspace_of` takes a team_id to our id, `team_of` back; `busy` says in a form that it takes longer than anybody
    waits; `on_ack` is told how many seconds an acknowledgement took; without a `pace` of its own the bot keeps Slack's,
    by the clock.
    """
    intake = _Intake(clock, workspace_of, accept, busy, on_ack)
    return Slack(settings, _bolt(settings, handle), intake, pace or Pace.by(clock), team_of)


def _bolt(settings: SlackSettings, handle: Handle) -> AsyncApp:
    """Return Bolt with one listener a kind; what goes wrong in one comes out of it as it is."""
    bolt = AsyncApp(
        name="pitstop",
        logger=quiet_logger(),
        client=web_client(settings, None),
        authorize=_authorize(settings),
        process_before_response=True,
        request_verification_enabled=False,  # the guard has done it, on the raw body
        ssl_check_enabled=False,  # and this
        url_verification_enabled=False,  # answered by the guard
        ignoring_self_events_enabled=False,  # needs to know who we are; `parse` tells a bot by its message
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    async def dispatched(ack: AsyncAck, context: AsyncBoltContext) -> None:
        incoming: Incoming | None = context["incoming"]
        attempt: int = context["attempt"]
        if incoming is not None and attempt > 1:
            incoming = replace(incoming, attempt=attempt)
        wrong = await handle(incoming) if incoming else None
        if wrong is None or not wrong.errors:
            await ack()
        else:
            await ack(**_errors(wrong))

    bolt.event(_ANY)(dispatched)
    bolt.command(_ANY)(dispatched)
    bolt.action(_ANY)(dispatched)
    bolt.view_submission(_ANY)(dispatched)
    bolt.error(_failed)
    return bolt


def _errors(wrong: FormErrors) -> Json:
    if wrong.instead is not None:
        return {"response_action": "update", "view": modal(wrong.instead)}
    return {"response_action": "errors", "errors": dict(wrong.errors)}


def _authorize(settings: SlackSettings) -> Callable[..., Awaitable[AuthorizeResult]]:
    # Without an answer here Bolt writes to whatever response_url the request names; left to itself it asks
    # Slack who we are with every request. Whether the workspace is ours is decided by `workspace_of`.
    ours = AuthorizeResult(enterprise_id=None, team_id=None, bot_token=settings.bot_token)

    async def authorize() -> AuthorizeResult:
        return ours

    return authorize


async def _failed(error: Exception) -> None:
    raise error  # the inbox knows what to do about it


def _note(error: Exception) -> None:
    log.error("not kept", exc_info=error)
