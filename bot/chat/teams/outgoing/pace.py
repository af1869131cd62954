"""How fast Teams lets a bot talk: so many calls in a window, for each conversation and for a tenant as a whole."""

from collections.abc import Sequence

from bot.chat.lanes import Lanes, Window

CONVERSATION: Sequence[Window] = ((7, 1.0), (8, 2.0), (60, 30.0), (1_800, 3_600.0))
TENANT: Sequence[Window] = ((50, 1.0),)


class Pace:
    """What was called when, as far as it still counts."""

    def __init__(self, *, conversation: Sequence[Window] = CONVERSATION, tenant: Sequence[Window] = TENANT) -> None:
        """Begin with nothing called."""
        self._conversation = Lanes(conversation)
        self._tenant = Lanes(tenant)

    def take(self, tenant: str, conversation: str, now: float) -> float:
        """Count a call and return 0, or count nothing and return the seconds until there is room."""
        lane = f"{tenant} {conversation}"
        wait = max(self._conversation.wait(lane, now), self._tenant.wait(tenant, now))
        if wait <= 0:
            self._conversation.add(lane, now)
            self._tenant.add(tenant, now)
        return wait
