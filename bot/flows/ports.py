"""The ports a flow works with."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.chat.port import Chat
from bot.coaching.clock import Clock
from bot.coaching.delivery import LEASE, SETTLE
from bot.store.port import Store
from bot.words.port import Words


@dataclass(frozen=True, kw_only=True)
class Ports:
    """Everything outside that a flow may touch."""

    store: Store
    chat: Chat
    words: Words
    clock: Clock
    holidays: Callable[[str | None, tuple[int, ...]], frozenset[date]]
    countries: tuple[str, ...]
    new_id: Callable[[], str]
    chance: Callable[[], float]  # uniform in [0, 1): jitter
    operator: str  # who runs this bot, as the consent card names it; empty: the workspace
    lease: timedelta = LEASE
    settle: timedelta = SETTLE
    zones_version: str = ""  # which edition of the time zones' rules is in use; empty: nobody knows
    platform_of: Callable[[str], str] | None = None  # by our workspace id; None where there is one platform only

    def at(self, workspace: str) -> "Ports":
        """Return the same ports with the words as they are said in a workspace."""
        if self.platform_of is None:
            return self
        return replace(self, words=self.words.on(self.platform_of(workspace)))
