"""The line to Slack: the token, what it may do, and the two clocks."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.chat.slack.examine import Token
from bot.doctor.finding import Finding, attention, bad, good

TOLERATED = timedelta(seconds=5)  # Slack's header counts whole seconds, and the call takes some time
TOO_FAR = timedelta(seconds=60)
_REFUSED = {
    "invalid_auth": "The token is wrong. Copy it again: api.slack.com/apps → OAuth & Permissions.",
    "not_authed": "The token is empty. Set SLACK_BOT_TOKEN.",
    "token_revoked": "The app was removed. Install it to the workspace again and set the new token.",
    "token_expired": "The token has run out. Turn token rotation off for the app, and install it again.",
    "account_inactive": "The app or its workspace was switched off. Install it again, or ask the admin.",
    "ratelimited": "Slack asks for patience. Try again in a minute.",
}
_NETWORK = "Look at the network, the proxy and SLACK_API_URL, then try again."


def refused(error: str) -> Finding:
    """Return what it means that Slack did not answer, or refused."""
    return bad("token", f"Slack does not let us in: {error}.", _REFUSED.get(error, _NETWORK))


def line(token: Token, needed: frozenset[str], now: datetime) -> Iterator[Finding]:
    """Yield what there is to say of a token that works."""
    yield _token(token)
    yield _scopes(token.scopes, needed)
    yield _clock(token.at, now)


def _token(token: Token) -> Finding:
    if token.is_org_wide:
        return bad(
            "token",
            "It is for a whole organization. Pitstop works in one workspace.",
            "Turn off org-wide deployment for the app, install it to one workspace, and set that token.",
        )
    return good("token", f"It is for the workspace {token.team}.")


def _scopes(granted: frozenset[str], needed: frozenset[str]) -> Finding:
    missing, beyond = sorted(needed - granted), sorted(granted - needed)
    if not granted:
        return attention("scopes", "Slack does not say what the token may do.", "Compare with manifest.json by hand.")
    if missing:
        return bad(
            "scopes",
            f"The token lacks {', '.join(missing)}.",
            "Paste manifest.json into the app at api.slack.com/apps → App Manifest, and install the app again.",
        )
    if beyond:
        return attention(
            "scopes",
            f"The token may do more than Pitstop needs: {', '.join(beyond)}.",
            "Take these away at api.slack.com/apps → OAuth & Permissions, and install the app again.",
        )
    return good("scopes", f"The token may do what Pitstop needs: {', '.join(sorted(needed))}.")


def _clock(theirs: datetime | None, now: datetime) -> Finding:
    if theirs is None:
        return attention("clock", "Slack did not say what time it is.", "Compare the machine's clock by hand.")
    apart = abs(now - theirs)
    told = f"The machine's clock and Slack's are {apart.total_seconds():.0f} seconds apart."
    remedy = "Turn on time synchronization (NTP). Nudges come at the machine's time, and Slack's requests age by it."
    if apart > TOO_FAR:
        return bad("clock", told, remedy)
    if apart > TOLERATED:
        return attention("clock", told, remedy)
    return good("clock", "The machine's clock agrees with Slack's.")
