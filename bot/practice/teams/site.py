"""What the connector and the page of the practice Teams work on together."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.practice.changes import Changes
from bot.practice.clock import TravelClock
from bot.practice.keep import Keep
from bot.practice.teams.rules import Limits
from bot.practice.teams.world import World, bot_account


@dataclass(kw_only=True)
class TeamsSite:
    """The world with its clock, its limits and its addresses."""

    world: World
    clock: TravelClock
    client_id: str
    address: str  # of the practice Teams, without a slash at the end
    token: str  # what the bot must show
    limits: Limits = field(default_factory=Limits)
    changes: Changes = field(default_factory=Changes)
    keep: Keep | None = None

    @property
    def bot(self) -> str:
        """What the bot is called in activities."""
        return bot_account(self.client_id)

    @property
    def service_url(self) -> str:
        """Where the bot is told to call."""
        return f"{self.address}/connector/"

    def now(self) -> datetime:
        """Return the present moment in this world."""
        return self.clock.now()

    def next_id(self) -> str:
        """Return the id of a message that is posted now."""
        return self.world.next_id(self.clock.now())

    def changed(self) -> None:
        """Tell who looks, and keep it."""
        self.changes.ring()
        if self.keep:
            self.keep.soon()
