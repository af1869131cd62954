"""How often Teams lets a bot call: in each conversation, and in the tenant as a whole.

Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit: "per bot per thread" for sending to
a conversation, which we take for changing and deleting too; "per app per tenant" for every request, rosters included.
"""

from collections.abc import Mapping, Sequence

from bot.practice.limits import Limits, RateWindow, Rule

PER_CONVERSATION = (RateWindow(7, 1.0), RateWindow(8, 2.0), RateWindow(60, 30.0), RateWindow(1_800, 3_600.0))
PER_TENANT = (RateWindow(50, 1.0),)
IN_A_CONVERSATION = ("send", "update", "delete")  # what counts there; the rest in the tenant alone


def rates(method: str, where: str) -> Mapping[str, Sequence[Rule]]:
    """Return what Teams allows of a call about a conversation."""
    tenant: dict[str, Sequence[Rule]] = {"": PER_TENANT}
    return {**tenant, where: PER_CONVERSATION} if method in IN_A_CONVERSATION else tenant


def teams_limits() -> Limits:
    """Return Teams' limits with nothing called yet."""
    return Limits(rates)
