"""The `Chat` port on Teams' connector: every call bounded in time and pace, none repeated that was heard."""

import asyncio
import logging
import uuid
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from microsoft_teams.api.activities import MessageActivityInput, SentActivity
from microsoft_teams.api.clients.conversation import ConversationClient, CreateConversationParams
from microsoft_teams.api.models import Account, ConversationResource, TeamsChannelAccount

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
    Sent,
    Unanswered,
    Undeliverable,
)
from bot.chat.teams import fields, files, render
from bot.chat.teams.connector import Connector, segment
from bot.chat.teams.files import Offer, Offers, answer_of, may_upload
from bot.chat.teams.outcome import Failure, not_yet
from bot.chat.teams.pace import Pace
from bot.chat.teams.payload import text
from bot.chat.teams.settings import TeamsSettings
from bot.chat.teams.text import cut
from bot.chat.teams.told import told
from bot.coaching.reach import Reach

log = logging.getLogger(__name__)

ADDRESS = "https://smba.trafficmanager.net/teams/"  # of a workspace from which nothing has come in yet
_CREATING = "+"  # the lane in which conversations are made
_KNOWN = 10_000  # homes and conversations that are remembered
_NO_ID = "DO_NOT_USE_PLACEHOLDER_ID"  # what the SDK makes of an answer without an id
_GONE = {"http_404", "MemberNotFoundInConversation", "ConversationNotFound"}

Json = dict[str, Any]
ReachOf = Callable[[str, str], Awaitable[Reach | None]]


class Say(Protocol):
    """What finds a phrase in somebody's language."""

    def __call__(self, key: str, locale: str, **values: Any) -> str:
        """Return the phrase."""
        ...


class TeamsChat:
    """Teams' hands, for the one registration of its settings."""

    def __init__(
        self,
        settings: TeamsSettings,
        *,
        reach_of: ReachOf,
        reach_to: ReachOf,
        say: Say,
        reach_any: Callable[[str], Awaitable[Reach | None]] | None = None,
        tenant_of: Callable[[str], Awaitable[str | None]] | None = None,
        pace: Pace | None = None,
        connector: Connector | None = None,
    ) -> None:
        """Take how conversations and people are reached; connections open with the first call."""
        self.on_failure: Callable[[str, str], None] = lambda _method, _error: None  # told of each call that failed
        self._settings = settings
        self._reach_of = reach_of
        self._reach_to = reach_to
        self._say = say
        self._reach_any = reach_any
        self._tenant_of = tenant_of
        self._connector = connector or Connector(settings, pace=pace)
        self._connector.on_failure = self._failed
        self._offers = Offers()
        self._homes: OrderedDict[tuple[str, str], MessageRef] = OrderedDict()
        self._opened: OrderedDict[tuple[str, str], str] = OrderedDict()  # addresses, until something comes in
        self._latest: dict[str, str] = {}  # by workspace, the address that was used last

    async def close(self) -> None:
        """Close the connections."""
        await self._connector.close()

    async def send(self, place: Place, message: Message, *, by: float | None = None) -> Outcome:
        """Post a message; with `by`, at once or not at all."""
        return await self._post(place, render.message(message), by=by)

    def looks_back(self, workspace: str) -> bool:
        """Return that Teams lets no bot read what stands in a conversation."""
        del workspace
        return False

    async def find(self, place: Place, key: str, *, since: datetime) -> MessageRef | None:
        """Raise Unanswered: there is no looking back."""
        del place, key, since
        raise Unanswered("no_read_back")

    async def heard(self, place: Place, *, since: datetime) -> History:
        """Raise Unanswered: there is no looking back."""
        del place, since
        raise Unanswered("no_read_back")

    def told(self, workspace: str, body: str) -> Mapping[str, object]:
        """Return what a person did, of what Teams sent: the kind, and their own words and values; no more."""
        del workspace
        return told(body)

    async def stands(self, ref: MessageRef) -> bool:
        """Raise Unanswered: there is no looking back."""
        del ref
        raise Unanswered("no_read_back")

    async def whisper(self, place: Place, person: str, message: Message) -> Outcome:
        """Show a message to one person only, in the conversation of the two of us."""
        direct = await self.open_direct(place.workspace, person)
        if not isinstance(direct, str):
            return direct
        return await self._post(
            Place(workspace=place.workspace, conversation=direct), render.message(message, aside=True)
        )

    async def respond(self, workspace: str, aside: str, message: Message, *, replace: bool = False) -> Outcome:
        """Answer a message that one person sees, below it or in its stead."""
        conversation, _, name = aside.partition(" ")
        if not conversation or not name or not _is_personal(conversation):
            log.warning("an answer aside to what is not aside was refused workspace=%s", workspace)
            return Undeliverable(error="not_aside", blame=Blame.MESSAGE)
        shown = render.message(message, aside=True)
        if replace:
            ref = MessageRef(workspace=workspace, conversation=conversation, message=name, aside=aside)
            return await self._put(ref, shown)
        return await self._post(Place(workspace=workspace, conversation=conversation), shown)

    async def update(self, ref: MessageRef, message: Message) -> Outcome:
        """Show this instead of what is there."""
        if ref.aside is not None:
            return await self.respond(ref.workspace, ref.aside, message, replace=True)
        return await self._put(ref, render.message(message))

    async def show(self, ref: MessageRef, card: Json) -> Outcome:
        """Show a card of the adapter's own instead of what is there."""
        return await self._put(ref, render.activity(card, ""))

    async def open_direct(self, workspace: str, person: str) -> str | Undeliverable | RetryAfter:
        """Return the conversation between the bot and a person."""
        known = await self._reach_to(workspace, person)
        if known is not None:
            return known.conversation
        tenant = await self._tenant(workspace)
        address = await self._any_address(workspace)
        asked = CreateConversationParams(
            members=[Account(id=person)], tenant_id=tenant, channel_data={"tenant": {"id": tenant}}
        )

        async def create(conversations: ConversationClient) -> ConversationResource:
            return await conversations.create(asked)

        made = await self._connector.call("create", workspace, _CREATING, address, create)
        if not isinstance(made, ConversationResource):
            return not_yet(made)
        self._remember(self._opened, (workspace, made.id), made.service_url or address)
        return made.id

    async def open_form(self, workspace: str, trigger: str, form: Form) -> Opening:
        """Show a form to the person who asked for it, in the conversation of the two of us."""
        direct = await self.open_direct(workspace, trigger)
        if isinstance(direct, RetryAfter):
            return Opening.TOO_LATE
        if isinstance(direct, Undeliverable):
            return Opening.OUT_OF_REACH
        card = render.activity(fields.form(form), cut(form.title, 200))
        outcome = await self._post(Place(workspace=workspace, conversation=direct), card)
        if isinstance(outcome, Sent):
            return Opening.OPEN
        gone = isinstance(outcome, Undeliverable) and outcome.blame in {Blame.PERSON, Blame.CONVERSATION}
        return Opening.OUT_OF_REACH if gone else Opening.TOO_LATE

    async def show_home(self, workspace: str, person: str, message: Message, *, anew: bool = False) -> Outcome:
        """Show the person's own page: a card below all others when asked for, else where it was shown last."""
        shown = render.message(message, home=True)
        known = self._homes.get((workspace, person))
        if not anew:
            if known is None:
                return Sent(ref=MessageRef(workspace=workspace, conversation="", message=""))
            changed = await self._put(known, shown)
            if isinstance(changed, Undeliverable):
                self._homes.pop((workspace, person), None)
            return changed
        direct = await self.open_direct(workspace, person)
        if not isinstance(direct, str):
            return direct
        outcome = await self._post(Place(workspace=workspace, conversation=direct), shown)
        if isinstance(outcome, Sent):
            self._remember(self._homes, (workspace, person), outcome.ref)
        return outcome

    async def person(self, workspace: str, person: str) -> Person | None:
        """Return what Teams knows of somebody, or None for nobody; raises Unanswered."""
        direct = await self.open_direct(workspace, person)
        if not isinstance(direct, str):
            raise Unanswered(direct.error)

        async def look(conversations: ConversationClient) -> TeamsChannelAccount:
            return await conversations.members_client.get_by_id(segment(direct), segment(person))

        address = await self._address(workspace, direct)
        found = await self._connector.call("member", workspace, direct, address, look)
        if isinstance(found, TeamsChannelAccount):
            name = found.name or found.given_name or ""
            return Person(external_id=person, name=name, zone=None, is_bot=False, deactivated=False)
        if found.error in _GONE:
            return None
        raise Unanswered(found.error)

    async def send_file(self, place: Place, name: str, content: bytes, comment: str) -> Outcome:
        """Offer a file in a conversation; it is handed over when the person says yes."""
        token = uuid.uuid4().hex
        outcome = await self._post(place, files.offered(token, name, len(content), comment))
        if isinstance(outcome, Sent):
            now = asyncio.get_running_loop().time()
            conversation = place.conversation
            offer = Offer(
                workspace=place.workspace,
                conversation=conversation,
                name=name,
                content=content,
                until=now + files.HELD,
            )
            self._offers.put(token, offer, now)
        return outcome

    async def answer_file(self, ref: MessageRef, value: Mapping[str, Any], locale: str) -> Outcome:
        """Hand over an offered file, or let it go, by what the invoke of that card says; the card goes away."""
        token, wanted, upload = answer_of(value)
        now = asyncio.get_running_loop().time()
        if self._offers.was_taken(token):  # the same answer, brought again
            return Sent(ref=ref)
        offer = self._offers.take(token, ref.workspace, ref.conversation, now)
        if not wanted:
            return await self._remove(ref)
        place = Place(workspace=ref.workspace, conversation=ref.conversation)
        if offer is None:
            await self._remove(ref)
            return await self._tell(place, "teams-file-gone", locale)
        address = text(upload, "uploadUrl")
        if not may_upload(self._settings, address):
            log.warning("an upload address outside the allow-list was refused workspace=%s", ref.workspace)
            return await self._tell(place, "teams-file-failed", locale)
        if await self._connector.upload(ref.workspace, address, offer.content) is not None:
            self._offers.put(token, offer, now)
            return await self._tell(place, "teams-file-failed", locale)
        await self._remove(ref)
        return await self._post(place, files.handed_over(upload, offer.name))

    # --- calls

    def _failed(self, method: str, error: str) -> None:
        self.on_failure(method, error)

    async def _tell(self, place: Place, key: str, locale: str) -> Outcome:
        words = self._say(key, locale)
        return await self._post(place, {"type": "message", "text": words, "textFormat": "plain"})

    async def _post(self, place: Place, shown: Json, *, by: float | None = None) -> Outcome:
        activity = MessageActivityInput.model_validate(shown)
        personal = _is_personal(place.conversation)
        thread = "" if personal or place.thread is None else f";messageid={place.thread}"

        async def post(conversations: ConversationClient) -> SentActivity:
            return await conversations.create_activity(segment(place.conversation + thread), activity)

        address = await self._address(place.workspace, place.conversation)
        sent = await self._connector.call(
            "send", place.workspace, place.conversation, address, post, by=by, personal=personal
        )
        if not isinstance(sent, SentActivity):
            return sent
        if not sent.id or sent.id == _NO_ID:
            return Ambiguous(error="no_id")
        return Sent(ref=MessageRef(workspace=place.workspace, conversation=place.conversation, message=sent.id))

    async def _put(self, ref: MessageRef, shown: Json) -> Outcome:
        activity = MessageActivityInput.model_validate(shown)

        async def put(conversations: ConversationClient) -> bool:
            try:
                await conversations.update_activity(segment(ref.conversation), segment(ref.message), activity)
            except KeyError:  # taken, and answered without the id that we know already
                return True
            return True

        return await self._changed("update", ref, put)

    async def _remove(self, ref: MessageRef) -> Outcome:
        async def remove(conversations: ConversationClient) -> bool:
            await conversations.activities_client.delete(segment(ref.conversation), segment(ref.message))
            return True

        return await self._changed("delete", ref, remove)

    async def _changed(
        self, method: str, ref: MessageRef, change: Callable[[ConversationClient], Awaitable[bool]]
    ) -> Outcome:
        address = await self._address(ref.workspace, ref.conversation)
        personal = _is_personal(ref.conversation)
        done: bool | Failure = await self._connector.call(
            method, ref.workspace, ref.conversation, address, change, personal=personal
        )
        return Sent(ref=ref) if isinstance(done, bool) else done

    async def _address(self, workspace: str, conversation: str) -> str:
        known = await self._reach_of(workspace, conversation)
        if known is not None:
            self._latest[workspace] = known.address
            return known.address
        return self._opened.get((workspace, conversation)) or await self._any_address(workspace)

    async def _any_address(self, workspace: str) -> str:
        """Return where a tenant is reached, when of a conversation nothing is known yet."""
        if workspace not in self._latest and self._reach_any is not None:
            known = await self._reach_any(workspace)
            if known is not None:
                self._latest[workspace] = known.address
        return self._latest.get(workspace, ADDRESS)

    async def _tenant(self, workspace: str) -> str:
        known = await self._tenant_of(workspace) if self._tenant_of is not None else None
        return known or self._settings.tenants[0].strip()

    @staticmethod
    def _remember(memory: OrderedDict[tuple[str, str], Any], key: tuple[str, str], value: object) -> None:
        memory[key] = value
        memory.move_to_end(key)
        if len(memory) > _KNOWN:
            memory.popitem(last=False)


def _is_personal(conversation: str) -> bool:
    """Tell whether a conversation is one person's: the ids of all others begin with 19."""
    return not conversation.startswith("19:")
