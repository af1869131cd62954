"""The `Chat` port on Teams' connector: every call bounded in time and pace, none repeated that was heard."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from microsoft_teams.api.clients.conversation import ConversationClient, CreateConversationParams
from microsoft_teams.api.models import Account, ConversationResource, TeamsChannelAccount

from bot.chat.failure import UNREACHED, Failure, not_yet
from bot.chat.port import (
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
from bot.chat.teams.incoming.export_view import export_view
from bot.chat.teams.outgoing.activities import Activities, is_personal
from bot.chat.teams.outgoing.addresses import Addresses
from bot.chat.teams.outgoing.connector import Connector, segment
from bot.chat.teams.outgoing.files import Handover
from bot.chat.teams.outgoing.names import Names
from bot.chat.teams.outgoing.outcome import GONE
from bot.chat.teams.outgoing.pace import Pace
from bot.chat.teams.outgoing.people import person_of
from bot.chat.teams.protocols import ConversationReferences, Say, TenantOf
from bot.chat.teams.rendering import fields, render
from bot.chat.teams.rendering.text import cut
from bot.chat.teams.settings import TeamsSettings

log = logging.getLogger(__name__)

_CREATING = "+"  # the lane in which conversations are made

Json = dict[str, Any]


class TeamsChat:
    """The `Chat` port on Teams, for the one registration of its settings."""

    def __init__(
        self,
        settings: TeamsSettings,
        *,
        reaches: ConversationReferences,
        say: Say,
        tenant_of: TenantOf | None = None,
        pace: Pace | None = None,
        connector: Connector | None = None,
    ) -> None:
        """Take how conversations and people are reached; connections open with the first call."""
        self.on_failure: Callable[[str, str], None] = lambda _method, _error: None  # told of each call that failed
        self._settings = settings
        self._reaches = reaches
        self._tenant_of = tenant_of
        self._connector = connector or Connector(settings, pace=pace)
        self._connector.on_failure = self._failed
        self._addresses = Addresses(reaches)
        self._activities = Activities(self._connector, self._addresses)
        self._files = Handover(settings, self._connector, self._activities, say)
        self.names = Names(self._connector)

    async def close(self) -> None:
        """Close the connections."""
        await self._connector.close()

    async def send(self, place: Place, message: Message, *, by: float | None = None) -> Outcome:
        """Post a message; with `by`, at once or not at all."""
        return await self._activities.post(place, render.message(message), by=by)

    def looks_back(self, workspace: str) -> bool:
        """Return that Teams lets no bot read what stands in a conversation."""
        del workspace
        return False

    async def find(self, place: Place, key: str, *, since: datetime) -> MessageRef | None:
        """Raise Unanswered: there is no looking back."""
        del place, key, since
        raise Unanswered("no_read_back")

    def moment_of(self, ref: MessageRef) -> datetime | None:
        """Return None: the id of a message tells nothing."""
        del ref
        return None

    async def heard(self, place: Place, *, since: datetime, until: datetime, page: str = "") -> History:
        """Raise Unanswered: there is no looking back."""
        del place, since, until, page
        raise Unanswered("no_read_back")

    def told(self, workspace: str, body: str) -> Mapping[str, object]:
        """Return what a person did, of what Teams sent: the kind, and their own words and values; no more."""
        del workspace
        return export_view(body)

    async def read(self, ref: MessageRef, *, thread: str | None) -> Said | None:
        """Raise Unanswered: there is no looking back."""
        del ref, thread
        raise Unanswered("no_read_back")

    async def whisper(self, place: Place, person: str, message: Message) -> Outcome:
        """Show a message to one person only, in the conversation of the two of us."""
        return _aside(await self._to(place.workspace, person, render.message(message, aside=True)))

    async def respond(self, workspace: str, aside: str, message: Message, *, replace: bool = False) -> Outcome:
        """Answer a message that one person sees, below it or in its stead."""
        conversation, _, name = aside.partition(" ")
        if not conversation or not name or not is_personal(conversation):
            log.warning("an answer aside to what is not aside was refused workspace=%s", workspace)
            return Undeliverable(error="not_aside", blame=Blame.MESSAGE)
        shown = render.message(message, aside=True)
        if replace:
            ref = MessageRef(workspace=workspace, conversation=conversation, message=name, aside=aside)
            return await self._activities.put(ref, shown)
        return _aside(await self._activities.post(Place(workspace=workspace, conversation=conversation), shown))

    async def update(self, ref: MessageRef, message: Message, *, route: str = "") -> Outcome:
        """Show this instead of what is there."""
        del route
        if ref.aside is not None:
            return await self.respond(ref.workspace, ref.aside, message, replace=True)
        return await self._activities.put(ref, render.message(message))

    async def show(self, ref: MessageRef, card: Json) -> Outcome:
        """Show a card of the adapter's own instead of what is there."""
        return await self._activities.put(ref, render.activity(card, ""))

    async def delete(self, ref: MessageRef) -> Outcome:
        """Take a message of ours away."""
        return await self._activities.remove(ref)

    def room(self, workspace: str) -> int | None:
        """Return that Teams counts by conversation: what waits in one does not hold up another."""
        del workspace
        return None

    async def open_direct(self, workspace: str, person: str, *, anew: bool = False) -> str | Undeliverable | RetryAfter:
        """Return the conversation between the bot and a person.

        One whose history was removed is not there until it is made `anew`, by the directory's id of the person.
        """
        known = await self._reaches.to(workspace, person)
        if known is not None and not anew:
            return known.conversation
        tenant = await self._tenant(workspace)
        address = known.address if known is not None else await self._addresses.any(workspace)
        asked = CreateConversationParams(
            members=[Account(id=person)], tenant_id=tenant, channel_data={"tenant": {"id": tenant}}
        )

        async def create(conversations: ConversationClient) -> ConversationResource:
            return await conversations.create(asked)

        made = await self._connector.call("create", workspace, _CREATING, address, create)
        if not isinstance(made, ConversationResource):
            return not_yet(made)
        if not made.id:
            return RetryAfter(seconds=UNREACHED, error="no_id")
        self._addresses.opened(workspace, made.id, made.service_url or address)
        if known is not None and known.conversation != made.id:
            found = replace(known, conversation=made.id, address=made.service_url or address)
            await self._reaches.keep(workspace, person, found)
        return made.id

    async def _to(self, workspace: str, person: str, shown: Json) -> Outcome:
        """Show something to a person in the conversation of the two of us, made anew where it is not there."""
        outcome: Outcome | None = None
        for anew in (False, True):
            direct = await self.open_direct(workspace, person, anew=anew)
            if not isinstance(direct, str):
                return direct
            outcome = await self._activities.post(Place(workspace=workspace, conversation=direct), shown)
            if not _is_gone(outcome):
                break
        assert outcome is not None, "it was tried"
        return outcome

    def has_views(self, workspace: str) -> bool:
        """Return that a form is a message in Teams."""
        del workspace
        return False

    async def open_form(self, workspace: str, trigger: str, form: Form, *, on_top: bool = False) -> Sent | Opening:
        """Show a form to the person who asked for it, in the conversation of the two of us."""
        del on_top
        outcome = await self._to(workspace, trigger, render.activity(fields.form(form), cut(form.title, 200)))
        if isinstance(outcome, Sent):
            return outcome
        is_shut_out = isinstance(outcome, Undeliverable) and outcome.blame is Blame.PERSON
        return Opening.OUT_OF_REACH if is_shut_out else Opening.TOO_LATE

    async def fill_form(self, ref: MessageRef, form: Form) -> Outcome:
        """Show a form in its card."""
        return await self._activities.put(ref, render.activity(fields.form(form), cut(form.title, 200)))

    async def close_form(self, workspace: str, opening: str, ref: MessageRef | None, notice: Form) -> Outcome:
        """Show a notice instead of a form's card; a card that is gone is as good."""
        if ref is None:
            log.warning("nobody knows where a form stands workspace=%s opening=%s", workspace, opening)
            return Undeliverable(error="no_card", blame=Blame.MESSAGE)
        outcome = await self.show(ref, fields.put_away(notice))
        is_gone = isinstance(outcome, Undeliverable) and outcome.error == GONE
        return Sent(ref=ref) if is_gone else outcome

    async def show_home(self, workspace: str, person: str, message: Message, *, ref: MessageRef | None) -> Outcome:
        """Show the person's own page: a card where it stands, or below all others."""
        shown = render.message(message, home=True)
        if ref is not None:
            return await self._activities.put(ref, shown)
        return await self._to(workspace, person, shown)

    async def person(self, workspace: str, person: str) -> Person | None:
        """Return what Teams knows of somebody, or None for nobody; raises Unanswered."""
        found: TeamsChannelAccount | Failure | None = None
        for anew in (False, True):
            direct = await self.open_direct(workspace, person, anew=anew)
            if not isinstance(direct, str):
                found = direct
                break
            found = await self._look(workspace, direct, person)
            if not _is_gone(found):
                break
        if isinstance(found, TeamsChannelAccount):
            tenant = await self._tenant_of(workspace) if self._tenant_of else None
            return person_of(found, person, tenant or "")
        if isinstance(found, Undeliverable) and found.blame is Blame.PERSON:
            return None  # nobody of the tenant, or somebody who has not added us: to us the same
        raise Unanswered(found.error if found else "")

    async def _look(self, workspace: str, direct: str, person: str) -> TeamsChannelAccount | Failure:
        async def look(conversations: ConversationClient) -> TeamsChannelAccount:
            return await conversations.members_client.get_by_id(segment(direct), segment(person))

        address = await self._addresses.of(workspace, direct)
        return await self._connector.call("member", workspace, direct, address, look)

    async def send_file(self, place: Place, name: str, content: bytes, comment: str) -> Outcome:
        """Offer a file in a conversation; it is handed over when the person says yes."""
        return await self._files.offer(place, name, content, comment)

    async def answer_file(self, ref: MessageRef, value: Mapping[str, Any], locale: str) -> Outcome:
        """Hand over an offered file, or let it go, by what the invoke of that card says; the card goes away."""
        return await self._files.answer(ref, value, locale)

    def _failed(self, method: str, error: str) -> None:
        self.on_failure(method, error)

    async def _tenant(self, workspace: str) -> str:
        known = await self._tenant_of(workspace) if self._tenant_of is not None else None
        return known or self._settings.tenants[0].strip()


def _is_gone(outcome: object) -> bool:
    """Return whether the conversation that was called is not there."""
    return isinstance(outcome, Undeliverable) and outcome.blame is Blame.CONVERSATION


def _aside(outcome: Outcome) -> Outcome:
    """Return what became of a message that one person sees, with the way to change it."""
    if not isinstance(outcome, Sent):
        return outcome
    return Sent(ref=replace(outcome.ref, aside=f"{outcome.ref.conversation} {outcome.ref.message}"))
