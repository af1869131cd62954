"""How fast Slack lets an app call: so many calls of a method in a minute and workspace, none while it asks to wait.

Source: the Facts of each method's page at docs.slack.dev, and its page on rate limits. A tier promises at least so many
a minute; a few are left for what is on its way. Posting has rules of its own: see bot/outbox.py.
"""

from collections.abc import Callable, Mapping

from bot.chat.lanes import Lanes
from bot.coaching.clock import Clock

MINUTE = 60.0  # seconds
TIER_3, TIER_4 = 48, 96  # calls a minute, of 50 and 100
UPDATE = "chat.update"
TIERS: Mapping[str, int] = {
    UPDATE: TIER_3,
    "chat.delete": TIER_3,
    "conversations.open": TIER_3,
    "conversations.history": TIER_3,
    "conversations.replies": TIER_3,
    "chat.postEphemeral": TIER_4,
    "users.info": TIER_4,
    "views.open": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
    "views.publish": TIER_4,
}


class Pace:
    """What was called when, as far as it still counts, and which methods Slack asked to leave alone until when."""

    def __init__(self, now: Callable[[], float], *, tiers: Mapping[str, int] = TIERS) -> None:
        """Take what tells the seconds of the clock; nothing is called yet."""
        self._now = now
        self._lanes = {method: Lanes(((most, MINUTE),)) for method, most in tiers.items()}
        self._held: dict[tuple[str, str], float] = {}

    @classmethod
    def by(cls, clock: Clock) -> "Pace":
        """Return Slack's own pace, by a clock."""
        return cls(lambda: clock.now().timestamp())

    def take(self, workspace: str, method: str) -> float:
        """Count a call and return 0, or count nothing and return the seconds until there is room."""
        now, lanes = self._now(), self._lanes.get(method)
        wait = max(self._held.get((workspace, method), now) - now, lanes.wait(workspace, now) if lanes else 0.0)
        if wait <= 0 and lanes is not None:
            lanes.add(workspace, now)
        return max(0.0, wait)

    def room(self, workspace: str, method: str) -> int | None:
        """Return how many calls of a method may be made now; None when it has no bound."""
        now, lanes = self._now(), self._lanes.get(method)
        if self._held.get((workspace, method), now) > now:
            return 0
        return None if lanes is None else lanes.room(workspace, now)

    def hold(self, workspace: str, method: str, seconds: float) -> None:
        """Leave a method that has a tier alone for so long: Slack refused it."""
        if method not in self._lanes:
            return
        self._held[workspace, method] = self._now() + seconds
