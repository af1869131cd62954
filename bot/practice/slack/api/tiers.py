"""Slack's rate limits, a row a method: per method, app and workspace.

Source: the Facts of each method's page, https://docs.slack.dev/reference/methods/<method>, and
https://docs.slack.dev/apis/web-api/rate-limits. A tier promises "at least" so many a minute and welcomes bursts
without saying how large: here it is exactly so many in any sixty seconds, the least that Slack promises.
conversations.history and .replies are at the tier of an app that a customer builds for itself or that is in the
Marketplace; for others they are at one a minute, with 15 messages: `of_a_sold_app`.
"""

from collections.abc import Mapping, Sequence

from bot.practice.limits import Bucket, Limits, RateWindow, Rule

MINUTE = 60.0  # seconds

TIER_2 = RateWindow(20, MINUTE)
TIER_3 = RateWindow(50, MINUTE)
TIER_4 = RateWindow(100, MINUTE)
# "Special" on their pages; in words "several hundred" a minute: we take that for three.
HUNDREDS = RateWindow(300, MINUTE)
# "1 per second per channel", "short bursts" tolerated: we take those for five.
PER_CHANNEL = Bucket(5, 1.0)

ONE_A_MINUTE = RateWindow(1, MINUTE)  # and SOLD_PAGE messages in a page
SOLD_PAGE = 15
HISTORIES = frozenset({"conversations.history", "conversations.replies"})

POST = "chat.postMessage"

TIERS: Mapping[str, RateWindow] = {
    "auth.test": HUNDREDS,
    POST: HUNDREDS,  # in the workspace; and PER_CHANNEL
    "chat.postEphemeral": TIER_4,
    "chat.update": TIER_3,
    "chat.delete": TIER_3,
    "chat.getPermalink": HUNDREDS,
    "conversations.open": TIER_3,
    "conversations.info": TIER_3,
    "conversations.members": TIER_4,
    "conversations.history": TIER_3,
    "conversations.replies": TIER_3,
    "files.getUploadURLExternal": TIER_4,
    "files.completeUploadExternal": TIER_4,
    "team.info": TIER_3,
    "users.info": TIER_4,
    "users.list": TIER_2,
    "views.open": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
    "views.publish": TIER_4,
}


def tiers(method: str, where: str) -> Mapping[str, Sequence[Rule]]:
    """Return what Slack allows of a method; posting also counts in its conversation."""
    rules: dict[str, Sequence[Rule]] = {method: (TIERS[method],)}
    if method == POST:
        rules[f"{POST} {where}"] = (PER_CHANNEL,)
    return rules


def of_a_sold_app(method: str, where: str) -> Mapping[str, Sequence[Rule]]:
    """Return what Slack allows an app that is sold beside the Marketplace."""
    return {method: (ONE_A_MINUTE,)} if method in HISTORIES else tiers(method, where)


def slack_limits() -> Limits:
    """Return Slack's limits with nothing called yet."""
    return Limits(tiers)
