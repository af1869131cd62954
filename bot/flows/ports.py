"""The ports a flow works with."""

from collections.abc import Callable
from dataclasses import dataclass
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
