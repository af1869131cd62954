"""How a conversation is reached on a platform that has more than one address."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ConversationReference:
    """Where to call for a conversation; the platform tells it anew with everything that comes in."""

    conversation: str
    address: str
    account: str = ""  # the person's account id there, in a direct conversation
