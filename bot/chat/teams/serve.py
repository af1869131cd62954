"""Receiving: what comes to /api/messages, past a guard, is kept first and acknowledged then."""

import asyncio
import json
import logging
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.chat.payload import part, text
from bot.chat.port import Command, Deleted, Incoming, LetIn, MessageRef, Press, ShutOut, Submitted, Undeleted
from bot.chat.teams.incoming.answers import instead, is_awaited, nothing, word
from bot.chat.teams.incoming.envelope import as_done_by, is_direct, nameless, reach, somebody
from bot.chat.teams.incoming.filled_in import OURS
from bot.chat.teams.incoming.guard import Brought, TeamsGuard, matters, tenant
from bot.chat.teams.incoming.keys import Keys
from bot.chat.teams.incoming.parse import action_data, echo, parse, shown, team_of
from bot.chat.teams.incoming.recent_forms import print_of
from bot.chat.teams.outgoing.pace import Pace
from bot.chat.teams.outgoing.send import TeamsChat
from bot.chat.teams.protocols import Accept, Busy, ConversationReferences, Handle, Say, Sender, TenantOf, WorkspaceOf
from bot.chat.teams.rendering.fields import ANSWERED, CLOSE, PUT_AWAY, again, closed, missing, put_away
from bot.chat.teams.settings import TeamsSettings
from bot.coaching.clock import Clock
from bot.store.port.inbox import Arrival, CameBefore

log = logging.getLogger(__name__)

Json = dict[str, Any]

PATH = "/api/messages"
PLATFORM = "teams"
NOTED = "teams-noted"  # key of what a person reads in the moment between a press and its effect
NOTED_OUTSIDE = "teams-noted-outside"  # the same where others are: what follows came to the own chat
NOTED_SLOWLY = "teams-noted-slowly"  # where it is not known yet whether it comes
BEFORE = "teams-form-before"  # of what they read when a form was sent in already, with something else in it
NAMELESS = "teams-nameless"  # and of what a channel is called when nobody tells its name

# What may come again under another id: a form may be sent in again as it is; the last of the others counts.
_AT_ITS_WORD = (Submitted, Deleted, Undeleted, LetIn, ShutOut)
_FILE_CONSENT = "fileConsent/invoke"


class Teams:
    """One registration with Teams: what speaks there, and its route."""

    platform = PLATFORM

    def __init__(
        self,
        settings: TeamsSettings,
        chat: Sender,
        *,
        clock: Clock,
        workspace_of: WorkspaceOf,
        accept: Accept,
        handle: Handle,
        busy: Busy,
        say: Say,
        reaches: ConversationReferences,
        on_ack: Callable[[float], None] = lambda _: None,
    ) -> None:
        """Hold the parts; nothing is fetched before `start`, or before somebody comes with a token."""
        self.chat = chat
        self._clock = clock
        self._workspace_of = workspace_of
        self._accept = accept
        self._handle = handle
        self._busy = busy
        self._say = say
        self._reaches = reaches
        self._on_ack = on_ack
        self._keys = Keys(settings)
        self._tasks: set[asyncio.Task[None]] = set()
        guard = TeamsGuard(self._let_in, settings=settings, keys=self._keys)
        self.routes: list[BaseRoute] = [Route(PATH, guard, methods=["POST"])]

    async def handle(self, arrival: Arrival) -> Json | None:
        """Handle what was kept; return what is wrong with a form when it was not accepted."""
        said, incoming = arrival.read or _read(json.loads(arrival.body), arrival.workspace, arrival.at)
        if isinstance(incoming, Command) and not incoming.is_direct and not incoming.conversation_name:
            name = await self.chat.names.of(incoming.workspace, team_of(said), incoming.reach) if incoming.reach else ""
            nameless = self._say(NAMELESS, await self._locale(said, incoming.workspace))
            incoming = replace(incoming, conversation_name=name or nameless)
        wrong = await self._handle(replace(incoming, attempt=arrival.attempt)) if incoming else None
        if wrong and wrong.errors:
            closed_as = {"instead": put_away(wrong.instead)} if wrong.instead else {}
            return {"errors": dict(wrong.errors), **closed_as}
        if wrong and wrong.told:
            return {"told": wrong.told}
        return None

    async def start(self) -> None:
        """Begin to fetch the keys that Teams signs with."""
        self._keys.start()

    async def stop(self) -> None:
        """Break off what is under way and close the connections."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._keys.stop()
        await self.chat.close()

    # --- what is let in

    async def _let_in(self, brought: Brought) -> Response:
        try:
            return JSONResponse(await self._answer(brought))
        except Exception:  # never a 200 for what was not kept
            log.exception("not done")
            return Response(status_code=503)

    async def _answer(self, brought: Brought) -> Json:
        """Keep what matters and return what is to be answered; raises whatever kept it from being kept."""
        began = asyncio.get_running_loop().time()
        now, said = self._clock.now(), brought.said
        workspace = await self._workspace_of(tenant(said)) if matters(said) and not _is_astray(said) else None
        if workspace and nameless(said):
            brought = await self._named(workspace, brought)
            said = brought.said
        incoming = parse(said, workspace=workspace, at=now) if workspace and not _is_ours(said) else None
        if incoming is None:
            self._later(self._noticed(said))
            return self._answered(said, workspace) if workspace and _is_ours(said) else nothing(said)
        arrival = _arrival(incoming, brought, now)
        if isinstance(incoming, Submitted):
            return await self._sent_in(said, arrival, incoming)
        if isinstance(incoming, Press) and is_awaited(said) and not is_direct(said):
            return await self._pressed_outside(said, arrival)
        await self._accept(arrival)
        self._on_ack(asyncio.get_running_loop().time() - began)
        return await self._noted(said, incoming.workspace) if isinstance(incoming, Press) else {}

    async def _named(self, workspace: str, brought: Brought) -> Brought:
        """Return what was brought with the person who did it, where Teams told no more than their account."""
        person = await self._reaches.who(workspace, nameless(brought.said))
        said = as_done_by(brought.said, person)
        return Brought(said, json.dumps(said, ensure_ascii=False)) if person else brought

    async def _noticed(self, said: Json) -> None:
        """Remember how a conversation that we know is reached now, also from what means nothing else to us."""
        told, person = reach(said), somebody(said)
        workspace = await self._workspace_of(tenant(said)) if told and person else None
        known = await self._reaches.of(workspace, told.conversation) if told and workspace else None
        if told and workspace and known and known != told:
            await self._reaches.keep(workspace, person if told.account else "", told)

    def _answered(self, said: Json, workspace: str) -> Json:
        """Answer what is the adapter's own business: a file that was wanted or not, a form that is put away."""
        if text(said, "name") == _FILE_CONSENT:
            return self._decided(said, workspace)
        return self._closed(said, workspace, closed(text(part(action_data(said), OURS), "value"), PUT_AWAY))

    async def _pressed_outside(self, said: Json, arrival: Arrival) -> Json:
        """Let a press be handled where others are, and answer whether it goes on in the own chat."""
        key, answer = NOTED_SLOWLY, None
        with suppress(CameBefore, TimeoutError):  # it was handled before, or goes on
            answer, key = await self._accept(arrival, awaited=True), NOTED_OUTSIDE
        return word((answer or {}).get("told") or self._say(key, await self._locale(said, arrival.workspace)))

    async def _sent_in(self, said: Json, arrival: Arrival, form: Submitted) -> Json:
        """Let a form be handled, and answer with the card that is to stand where it stood."""
        ours = dict(part(action_data(said), OURS))
        if left := missing(ours, form.values):
            return self._again(said, form, left)
        about = ""
        try:
            answer = await self._accept(arrival, awaited=True)
            if answer and "instead" in answer:
                return self._closed(said, form.workspace, answer["instead"])
            errors = answer["errors"] if answer else {}
        except CameBefore:
            errors, about = {}, self._say(BEFORE, await self._locale(said, form.workspace))
        except TimeoutError:  # it goes on; sent in once more, the form closes
            errors = (await self._busy(form)).errors
        if errors:
            return self._again(said, form, errors)
        return self._closed(said, form.workspace, closed(text(ours, "title"), ANSWERED, about))

    def _again(self, said: Json, form: Submitted, errors: Mapping[str, str]) -> Json:
        """Let a form stand there once more, with what was typed and what is wrong with it."""
        card = again(part(action_data(said), OURS), errors, form.values)
        return instead(card) if is_awaited(said) else self._put(said, form.workspace, card)

    def _closed(self, said: Json, workspace: str, card: Json) -> Json:
        """Let a closed card stand where the form stood: by our answer at once, and there when that is lost."""
        self._put(said, workspace, card)
        return instead(card) if is_awaited(said) else {}

    def _put(self, said: Json, workspace: str, card: Json) -> Json:
        """Show a card where the pressed one stands, by a call of our own."""
        if ref := shown(said, workspace):
            self._later(self.chat.show(ref, card))
        return {}

    def _decided(self, said: Json, workspace: str) -> Json:
        """Hand over the file that was offered, or not: nothing for the flows."""
        if ref := shown(said, workspace):
            self._later(self._hand_over(said, ref))
        return {}

    async def _hand_over(self, said: Json, ref: MessageRef) -> None:
        locale = await self._locale(said, ref.workspace)
        await self.chat.answer_file(ref, part(said, "value"), locale)

    async def _noted(self, said: Json, workspace: str) -> Json:
        return word(self._say(NOTED, await self._locale(said, workspace))) if is_awaited(said) else {}

    async def _locale(self, said: Json, workspace: str) -> str:
        """Return the language somebody chose, else their client's locale."""
        return await self._reaches.chosen(workspace, somebody(said)) or text(said, "locale")

    def _later(self, work: Coroutine[Any, Any, object]) -> None:
        """See to it that something is done while the answer goes out already."""
        task = asyncio.create_task(_done(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def teams(
    settings: TeamsSettings,
    clock: Clock,
    workspace_of: WorkspaceOf,
    accept: Accept,
    handle: Handle,
    busy: Busy,
    *,
    say: Say,
    reaches: ConversationReferences,
    tenant_of: TenantOf | None = None,
    on_ack: Callable[[float], None] = lambda _: None,
    pace: Pace | None = None,
) -> tuple[Teams, TeamsChat]:
    """Wire Teams to what keeps and to what handles everything that people do, and return it with what speaks there.

    `workspace_of` takes a tenant id to our id, `tenant_of` back; `busy` says in a form that it takes longer than
    anybody waits; `say` finds a phrase in the language of a locale; `reaches` remembers how conversations and people
    are reached; `on_ack` is told how many seconds an acknowledgement took; without a `pace` of its own
    the bot keeps Teams'.
    """
    chat = TeamsChat(settings, reaches=reaches, say=say, tenant_of=tenant_of, pace=pace)
    wired = Teams(
        settings,
        chat,
        clock=clock,
        workspace_of=workspace_of,
        accept=accept,
        handle=handle,
        busy=busy,
        say=say,
        reaches=reaches,
        on_ack=on_ack,
    )
    return wired, chat


def _read(said: Json, workspace: str, at: datetime) -> tuple[Json, Incoming | None]:
    return said, parse(said, workspace=workspace, at=at)


def _arrival(incoming: Incoming, brought: Brought, now: datetime) -> Arrival:
    sounds, seconds = ("", 0.0) if isinstance(incoming, _AT_ITS_WORD) else echo(brought.said)
    if isinstance(incoming, Submitted):
        sounds = print_of(incoming)
    return Arrival(
        id=incoming.event_id,
        workspace=incoming.workspace,
        platform=PLATFORM,
        lane=incoming.person,
        body=brought.words,
        at=now,
        echo=sounds,
        echo_for=seconds,
        read=(brought.said, incoming),
    )


def _is_ours(said: Json) -> bool:
    """Tell whether something is the adapter's own business: the flows know nothing of it."""
    return text(said, "name") == _FILE_CONSENT or text(part(action_data(said), OURS), "button") == CLOSE


def _is_astray(said: Json) -> bool:
    """Tell whether a form or a file was answered where others are: what stands there is everybody's."""
    is_form = text(part(action_data(said), OURS), "form") != ""
    return (is_form or _is_ours(said)) and not is_direct(said)


async def _done(work: Coroutine[Any, Any, object]) -> None:
    try:
        await work
    except Exception:  # nobody waits for it
        log.exception("not done")
