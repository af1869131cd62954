"""What the Web API and the page work on together."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.practice.changes import Changes
from bot.practice.clock import TravelClock
from bot.practice.keep import Keep
from bot.practice.rules import SCOPES, Rates
from bot.practice.triggers import Triggers
from bot.practice.world import World


@dataclass(kw_only=True)
class Upload:
    """A file that is announced, and perhaps there."""

    id: str
    name: str
    content: bytes | None = None


@dataclass(kw_only=True)
class Site:
    """The world with its clock, its limits and its doors."""

    world: World
    clock: TravelClock
    token: str
    scopes: frozenset[str] = SCOPES
    rates: Rates = field(default_factory=Rates)
    triggers: Triggers = field(default_factory=Triggers)
    changes: Changes = field(default_factory=Changes)
    uploads: dict[str, Upload] = field(default_factory=dict)
    keep: Keep | None = None
    history_lag: float = 0.0  # seconds until what was posted shows in the history

    def now(self) -> datetime:
        """Return the present moment in this world."""
        return self.clock.now()

    def next_ts(self) -> str:
        """Return the timestamp of something that happens now."""
        return self.world.next_ts(self.clock.now())

    def changed(self) -> None:
        """Tell who looks, and keep it."""
        self.changes.ring()
        if self.keep:
            self.keep.soon()
