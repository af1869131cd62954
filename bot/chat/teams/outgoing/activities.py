"""What stands in a conversation: posted, shown anew, and taken away."""

from collections.abc import Awaitable, Callable
from typing import Any

from microsoft_teams.api.activities import MessageActivityInput, SentActivity
from microsoft_teams.api.clients.conversation import ConversationClient

from bot.chat.failure import Failure
from bot.chat.port import Ambiguous, MessageRef, Outcome, Place, Sent
from bot.chat.teams.outgoing.addresses import Addresses
from bot.chat.teams.outgoing.connector import Connector, segment

_NO_ID = "DO_NOT_USE_PLACEHOLDER_ID"  # what the SDK makes of an answer without an id

Json = dict[str, Any]


class Activities:
    """One registration's messages, wherever they are."""

    def __init__(self, connector: Connector, addresses: Addresses) -> None:
        """Take the line to Teams and where conversations are reached."""
        self._connector = connector
        self._addresses = addresses

    async def post(self, place: Place, shown: Json, *, by: float | None = None) -> Outcome:
        """Post a message; with `by`, at once or not at all."""
        activity = MessageActivityInput.model_validate(shown)
        personal = is_personal(place.conversation)
        thread = "" if personal or place.thread is None else f";messageid={place.thread}"

        async def post(conversations: ConversationClient) -> SentActivity:
            return await conversations.create_activity(segment(place.conversation + thread), activity)

        address = await self._addresses.of(place.workspace, place.conversation)
        sent = await self._connector.call(
            "send", place.workspace, place.conversation, address, post, by=by, personal=personal
        )
        if not isinstance(sent, SentActivity):
            return sent
        if not sent.id or sent.id == _NO_ID:
            return Ambiguous(error="no_id")
        return Sent(ref=MessageRef(workspace=place.workspace, conversation=place.conversation, message=sent.id))

    async def put(self, ref: MessageRef, shown: Json) -> Outcome:
        """Show this instead of what is there."""
        activity = MessageActivityInput.model_validate(shown)

        async def put(conversations: ConversationClient) -> bool:
            try:
                await conversations.update_activity(segment(ref.conversation), segment(ref.message), activity)
            except KeyError:  # taken, and answered without the id that we know already
                return True
            return True

        return await self._changed("update", ref, put)

    async def remove(self, ref: MessageRef) -> Outcome:
        """Take a message away."""

        async def remove(conversations: ConversationClient) -> bool:
            await conversations.activities_client.delete(segment(ref.conversation), segment(ref.message))
            return True

        return await self._changed("delete", ref, remove)

    async def _changed(
        self, method: str, ref: MessageRef, change: Callable[[ConversationClient], Awaitable[bool]]
    ) -> Outcome:
        address = await self._addresses.of(ref.workspace, ref.conversation)
        personal = is_personal(ref.conversation)
        done: bool | Failure = await self._connector.call(
            method, ref.workspace, ref.conversation, address, change, personal=personal
        )
        return Sent(ref=ref) if isinstance(done, bool) else done


def is_personal(conversation: str) -> bool:
    """Tell whether a conversation is one person's: the ids of all others begin with 19."""
    return not conversation.startswith("19:")
