"""What the connector and the page of the practice Teams work on together."""

from dataclasses import dataclass, field

from bot.practice.limits import Limits
from bot.practice.place import Place
from bot.practice.teams.api.rates import teams_limits
from bot.practice.teams.world import World, bot_account


@dataclass(kw_only=True)
class TeamsSite(Place[World]):
    """The world with its clock, its limits and its addresses."""

    client_id: str
    address: str  # of the practice Teams, without a slash at the end
    token: str  # what the bot must show
    limits: Limits = field(default_factory=teams_limits)

    @property
    def bot(self) -> str:
        """What the bot is called in activities."""
        return bot_account(self.client_id)

    @property
    def service_url(self) -> str:
        """Where the bot is told to call."""
        return f"{self.address}/connector/"

    def next_id(self) -> str:
        """Return the id of a message that is posted now."""
        return self.world.next_id(self.clock.now())
