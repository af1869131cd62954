"""What the Web API and the page work on together."""

from dataclasses import dataclass, field

from bot.practice.limits import Limits
from bot.practice.place import Place
from bot.practice.slack.api.rules import SCOPES
from bot.practice.slack.api.tiers import slack_limits
from bot.practice.slack.triggers import Triggers
from bot.practice.slack.world import World

LARGEST_PAGE = 1_000  # messages


@dataclass(kw_only=True)
class Upload:
    """A file that is announced, and perhaps there."""

    id: str
    name: str
    content: bytes | None = None


@dataclass(kw_only=True)
class Site(Place[World]):
    """The world with its clock, its limits and its interfaces."""

    token: str
    scopes: frozenset[str] = SCOPES
    limits: Limits = field(default_factory=slack_limits)
    triggers: Triggers = field(default_factory=Triggers)
    uploads: dict[str, Upload] = field(default_factory=dict)
    is_org_wide: bool = False  # the token is for an organization, not for one workspace
    history_page: int = LARGEST_PAGE  # messages in a page of the history at most
    history_lag: float = 0.0  # seconds until what was posted shows in the history

    def next_ts(self) -> str:
        """Return the timestamp of something that happens now."""
        return self.world.next_ts(self.clock.now())
