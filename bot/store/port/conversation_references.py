"""How conversations are reached, and what stands in them for good."""

from typing import Protocol

from bot.coaching.records.conversation_reference import ConversationReference


class ConversationReferences(Protocol):
    """The addresses of conversations."""

    async def reach_of(self, workspace: str, conversation: str) -> ConversationReference | None:
        """Return how a conversation is reached; None when it was never heard of."""
        ...

    async def reach_to(self, workspace: str, person: str) -> ConversationReference | None:
        """Return how the conversation of a person and us is reached; None when there is none."""
        ...

    async def reach_any(self, workspace: str) -> ConversationReference | None:
        """Return how some conversation of a workspace is reached: where a new one is asked for."""
        ...

    async def person_of(self, workspace: str, account: str) -> str:
        """Return who goes by an account where the platform names somebody by that alone; empty for a stranger."""
        ...

    async def keep_reach(self, workspace: str, person: str, reach: ConversationReference) -> None:
        """Remember how a conversation is reached from now on; `person` is empty for one of several."""
        ...
