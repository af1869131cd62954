"""The `Chat` port on Slack's Web API."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackObjectFormationError

from bot.chat.failure import Failure, not_yet
from bot.chat.payload import part, parts, text
from bot.chat.port import (
    Ambiguous,
    Blame,
    Form,
    History,
    Message,
    MessageRef,
    Opening,
    Outcome,
    Person,
    Place,
    RetryAfter,
    Said,
    Sent,
    Unanswered,
    Undeliverable,
)
from bot.chat.slack.incoming.export_view import export_view
from bot.chat.slack.incoming.parse import person as person_of
from bot.chat.slack.outgoing import history
from bot.chat.slack.outgoing.connector import IN_FLIGHT, NO_ROOM, UPDATE, Connector, Pace
from bot.chat.slack.outgoing.names import Names
from bot.chat.slack.outgoing.outcome import CLOSED, GONE, NOT_DRAWN, OPEN_ALREADY, SPENT_TRIGGERS, failed
from bot.chat.slack.rendering import render
from bot.chat.slack.rendering.text import escape
from bot.chat.slack.settings import SlackSettings

log = logging.getLogger(__name__)

_EPHEMERAL = "chat.postEphemeral"

Json = dict[str, Any]
TeamOf = Callable[[str], Awaitable[str | None]]  # our id of a workspace to Slack's team_id


class SlackChat:
    """The `Chat` port on Slack, for the one installation of its settings."""

    def __init__(
        self,
        settings: SlackSettings,
        *,
        in_flight: int = IN_FLIGHT,
        pace: Pace | None = None,
        team_of: TeamOf | None = None,
    ) -> None:
        """Hold what is needed; connections open with the first call.

        `team_of` takes our id of a workspace to Slack's; without it nobody is told apart from people of elsewhere.
        """
        self._team_of = team_of
        self.on_failure: Callable[[str, str], None] = lambda _method, _error: None  # told of each call that failed
        self._connector = Connector(settings, in_flight=in_flight, pace=pace)
        self._connector.on_failure = self._failed
        self._finder = history.Finder(self._connector)
        self.names = Names(self._connector)

    async def close(self) -> None:
        """Close the connections."""
        await self._connector.close()

    async def identity(self) -> Json | Failure:
        """Return what Slack says about our token: team_id, team, user_id, bot_id."""
        return await self._connector.call("", "auth.test", {})

    async def send(self, place: Place, message: Message, *, by: float | None = None) -> Outcome:
        """Post a message; with `by`, at once or not at all: whoever says so keeps count of the calls."""
        where = {"channel": place.conversation, "unfurl_links": False, "unfurl_media": False}
        return await self._show("chat.postMessage", place.workspace, where | _thread_argument(place), message, by=by)

    def looks_back(self, workspace: str) -> bool:
        """Return that Slack lets us read what stands in a direct conversation."""
        del workspace
        return True

    async def find(self, place: Place, key: str, *, since: datetime) -> MessageRef | None:
        """Return the message that carries the key; raises Unanswered unless all of it could be read.

        Asked again after a refusal, it goes on at the page that was refused.
        """
        return await self._finder.find(place, key, since)

    def moment_of(self, ref: MessageRef) -> datetime | None:
        """Return when a message was posted: Slack numbers messages by the moment."""
        return history.moment_of(ref.message)

    async def heard(self, place: Place, *, since: datetime, until: datetime, page: str = "") -> History:
        """Return a page of what people typed between two moments; raises Unanswered."""
        return await history.heard(self._connector, self.names, place, since=since, until=until, page=page)

    def told(self, workspace: str, body: str) -> Mapping[str, object]:
        """Return what a person did, of what Slack sent: the kind, and their own words and values; no more."""
        del workspace
        return export_view(body)

    async def read(self, ref: MessageRef, *, thread: str | None) -> Said | None:
        """Return what a person typed in one message, as it stands now; raises Unanswered."""
        return await history.read(self._connector, self.names, ref, thread)

    async def whisper(self, place: Place, person: str, message: Message) -> Outcome:
        """Show a message to one person only."""
        where = {"channel": place.conversation, "user": person}
        return await self._show(_EPHEMERAL, place.workspace, where | _thread_argument(place), message)

    async def respond(self, workspace: str, aside: str, message: Message, *, replace: bool = False) -> Outcome:
        """Answer a command or an ephemeral message privately."""
        ref = MessageRef(workspace=workspace, conversation="", message="", aside=aside)
        return await self._respond(ref, aside, message, replace=replace)

    async def update(self, ref: MessageRef, message: Message, *, route: str = "") -> Outcome:
        """Show this instead of what is there; beyond the pace of chat.update, by the route of a press on it."""
        if ref.aside is not None:
            return await self._respond(ref, ref.aside, message, replace=True)
        where = {"channel": ref.conversation, "ts": ref.message}
        shown = await self._show(UPDATE, ref.workspace, where, message)
        if route and isinstance(shown, RetryAfter):
            by_route = await self._respond(ref, route, message, replace=True)
            return by_route if isinstance(by_route, Sent) else shown
        return shown

    async def delete(self, ref: MessageRef) -> Outcome:
        """Take a message of ours away."""
        asked = {"channel": ref.conversation, "ts": ref.message}
        answer = await self._connector.call(ref.workspace, "chat.delete", asked)
        return Sent(ref=ref) if isinstance(answer, dict) else answer

    def room(self, workspace: str) -> int | None:
        """Return how many messages may be updated now."""
        return self._connector.room(workspace, UPDATE)

    async def open_direct(self, workspace: str, person: str, *, anew: bool = False) -> str | Undeliverable | RetryAfter:
        """Return the conversation between the bot and a person; Slack is asked each time."""
        del anew
        answer = await self._connector.call(workspace, "conversations.open", {"users": person})
        if not isinstance(answer, dict):
            return not_yet(answer)
        return text(part(answer, "channel"), "id") or not_yet(Ambiguous(error="no_channel"))

    def has_views(self, workspace: str) -> bool:
        """Return that a form is a view in Slack."""
        del workspace
        return True

    async def open_form(self, workspace: str, trigger: str, form: Form, *, on_top: bool = False) -> Sent | Opening:
        """Open a form in a modal; `on_top` of the one that the trigger is from."""
        try:
            view = render.modal(form)
        except SlackObjectFormationError:
            log.exception("form refused form=%s", form.id)
            return Opening.REFUSED
        method = "views.push" if on_top else "views.open"
        answer = await self._connector.call(workspace, method, {"trigger_id": trigger, "view": view})
        if not isinstance(answer, dict) and answer.error != OPEN_ALREADY:
            return _not_opened(answer)
        return _view_shown(answer, workspace)

    async def fill_form(self, ref: MessageRef, form: Form) -> Outcome:
        """Refuse: a form is a view here, and no message stands for it."""
        del ref, form
        return Undeliverable(error="no_message", blame=Blame.MESSAGE)

    async def close_form(self, workspace: str, opening: str, ref: MessageRef | None, notice: Form) -> Outcome:
        """Show another form in the modal of this opening; closed already is as good."""
        del ref
        try:
            view = render.modal(notice)
        except SlackObjectFormationError as error:
            return failed(error)
        asked = {"external_id": opening, "view": view}
        answer = await self._connector.call(workspace, "views.update", asked)
        if not isinstance(answer, dict) and answer.error != CLOSED:
            return answer
        return _view_shown(answer, workspace)

    async def show_home(self, workspace: str, person: str, message: Message, *, ref: MessageRef | None) -> Outcome:
        """Show the person's own page; Slack keeps it where it is."""
        del ref
        try:
            view = render.home(message)
        except SlackObjectFormationError as error:
            return failed(error)
        answer = await self._connector.call(workspace, "views.publish", {"user_id": person, "view": view})
        if not isinstance(answer, dict):
            return answer
        return Sent(ref=MessageRef(workspace=workspace, conversation="", message=""))

    async def person(self, workspace: str, person: str) -> Person | None:
        """Return what Slack knows of somebody, or None for nobody; raises Unanswered."""
        asked = {"user": person, "include_locale": "true"}
        answer = await self._connector.call(workspace, "users.info", asked, read=True)
        if isinstance(answer, dict):
            team = await self._team_of(workspace) if self._team_of else None
            return person_of(part(answer, "user"), team or "")
        if answer.error in GONE:
            return None
        raise Unanswered(answer.error)

    async def send_file(self, place: Place, name: str, content: bytes, comment: str) -> Outcome:
        """Hand over a file in a conversation."""
        about = {"filename": name, "length": len(content)}
        asked = await self._connector.call(place.workspace, "files.getUploadURLExternal", about, read=True)
        if not isinstance(asked, dict):
            return not_yet(asked)
        failure = await self._connector.upload(place.workspace, text(asked, "upload_url"), content)
        if failure is not None:
            return not_yet(failure)
        shared = {
            "files": [{"id": text(asked, "file_id"), "title": name}],
            "channel_id": place.conversation,
            "initial_comment": escape(comment),
            **_thread_argument(place),
        }
        answer = await self._connector.call(place.workspace, "files.completeUploadExternal", shared)
        if not isinstance(answer, dict):
            return answer
        message = _shared_as(answer, place.conversation)
        return Sent(ref=MessageRef(workspace=place.workspace, conversation=place.conversation, message=message))

    def _failed(self, method: str, error: str) -> None:
        self.on_failure(method, error)

    async def _show(
        self, method: str, workspace: str, where: Json, message: Message, *, by: float | None = None
    ) -> Outcome:
        try:
            shown = render.message(message)
        except SlackObjectFormationError as error:
            return failed(error)
        what: Json = {"text": shown.text, "blocks": shown.blocks}
        if shown.metadata is not None and method != _EPHEMERAL:
            what["metadata"] = shown.metadata
        answer = await self._connector.call(workspace, method, where | what, by=by)
        said = render.in_words(message)
        if isinstance(answer, Undeliverable) and answer.error == NOT_DRAWN and said != message:
            return await self._show(method, workspace, where, said, by=by)  # nothing was posted
        if not isinstance(answer, dict):
            return answer
        number, stands_in = answer.get("message_ts" if method == _EPHEMERAL else "ts"), answer.get("channel")
        if not isinstance(number, str) or not number:
            return Ambiguous(error="no_ts")
        # Posted to a person, it stands in the conversation that Slack names.
        conversation = stands_in if isinstance(stands_in, str) and stands_in else where["channel"]
        return Sent(ref=MessageRef(workspace=workspace, conversation=conversation, message=number))

    async def _respond(self, ref: MessageRef, response_url: str, message: Message, *, replace: bool) -> Outcome:
        try:
            shown = render.message(message)
        except SlackObjectFormationError as error:
            return failed(error)
        body: Json = {
            "response_type": "ephemeral",
            "replace_original": replace,
            "text": shown.text,
            "blocks": shown.blocks,
        }
        is_its_message = ref.message != "" and ref.aside is None  # shown by the route of a press
        if is_its_message and shown.metadata is not None:
            body["metadata"] = shown.metadata
        failure = await self._connector.answer(ref.workspace, response_url, body)
        return Sent(ref=ref) if failure is None else failure


def _thread_argument(place: Place) -> Json:
    return {} if place.thread is None else {"thread_ts": place.thread}


def _not_opened(failure: Failure) -> Opening:
    """Return why a form did not open."""
    if failure.error in NO_ROOM:
        return Opening.NO_ROOM
    is_final = isinstance(failure, Undeliverable) and failure.error not in SPENT_TRIGGERS
    return Opening.REFUSED if is_final else Opening.TOO_LATE


def _view_shown(answer: Json | Failure, workspace: str) -> Sent:
    """Return that a view is as it is to be; no conversation holds it."""
    shown = text(part(answer, "view"), "id") if isinstance(answer, dict) else ""
    return Sent(ref=MessageRef(workspace=workspace, conversation="", message=shown))


def _shared_as(answer: Json, conversation: str) -> str:
    """Return the message a file was shared in, when Slack says it already."""
    for file in parts(answer, "files"):
        for shares in part(file, "shares").values():
            for share in parts(shares, conversation) if isinstance(shares, dict) else ():
                return text(share, "ts")
    return ""
