"""What the adapter asks of the bot around it: to keep and handle what came in, how to reach people, and words."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from bot.chat.port import FormErrors, Incoming, MessageRef, Submitted
from bot.coaching.records.conversation_reference import ConversationReference
from bot.store.port.inbox import Arrival

Handle = Callable[[Incoming], Awaitable[FormErrors | None]]
Busy = Callable[[Submitted], Awaitable[FormErrors]]
WorkspaceOf = Callable[[str], Awaitable[str | None]]  # takes a tenant id
TenantOf = Callable[[str], Awaitable[str | None]]  # takes our workspace id


class Accept(Protocol):
    """Keeps what came in; see bot/runtime/inbox.py."""

    def __call__(self, arrival: Arrival, *, awaited: bool = False) -> Awaitable[dict[str, Any] | None]:
        """Return the answer that was awaited; raises CameBefore, TimeoutError, or whatever kept it from being kept."""
        ...


class ConversationReferences(Protocol):
    """What remembers how conversations and people are reached, and in which language."""

    async def of(self, workspace: str, conversation: str) -> ConversationReference | None:
        """Return how a conversation is reached."""
        ...

    async def to(self, workspace: str, person: str) -> ConversationReference | None:
        """Return how a person is reached."""
        ...

    async def any(self, workspace: str) -> ConversationReference | None:
        """Return how anybody of a workspace is reached."""
        ...

    async def who(self, workspace: str, account: str) -> str:
        """Return who goes by an account; empty for a stranger."""
        ...

    async def chosen(self, workspace: str, person: str) -> str:
        """Return the language a person chose; empty when they did not."""
        ...

    async def keep(self, workspace: str, person: str, reach: ConversationReference) -> None:
        """Remember how a conversation is reached from now on; `person` is empty for one of several."""
        ...


class Say(Protocol):
    """What finds a phrase in somebody's language."""

    def __call__(self, key: str, locale: str, **values: Any) -> str:
        """Return the phrase."""
        ...


class Sender(Protocol):
    """What handling what came in asks of what speaks in Teams."""

    async def show(self, ref: MessageRef, card: dict[str, Any]) -> object:
        """Show this card instead of what is there."""
        ...

    async def answer_file(self, ref: MessageRef, value: Mapping[str, Any], locale: str) -> object:
        """Hand over a file that was offered, or not, as the person decided."""
        ...

    @property
    def names(self) -> "ChannelNames":
        """What tells how channels are called."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


class ChannelNames(Protocol):
    """What tells how channels are called."""

    async def of(self, workspace: str, team: str, reach: ConversationReference) -> str:
        """Return what people call a channel of a team, asked where it is reached; empty when nobody tells."""
        ...
