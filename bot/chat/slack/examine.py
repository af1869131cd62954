"""Looking at a token: whose it is, what it may do, and what time Slack thinks it is."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from bot.chat.payload import text
from bot.chat.slack.outgoing.connector import RAISED, web_client
from bot.chat.slack.outgoing.outcome import failed
from bot.chat.slack.serve import SlackError
from bot.chat.slack.settings import SlackSettings


@dataclass(frozen=True, kw_only=True)
class Token:
    """What Slack says of a token."""

    team: str  # the workspace's name
    scopes: frozenset[str]  # empty when Slack does not say
    is_org_wide: bool = False  # for a whole organization, in which one workspace's people are not told apart
    at: datetime | None  # Slack's clock, to the second


async def examine(settings: SlackSettings) -> Token:
    """Return what Slack says of our token; raises SlackError."""
    client = web_client(settings, settings.bot_token)
    try:
        answer = await client.auth_test()
    except RAISED as error:
        raise SlackError(failed(error)) from None
    headers = {name.lower(): str(value) for name, value in answer.headers.items()}
    granted = headers.get("x-oauth-scopes", "").split(",")
    data = answer.data if isinstance(answer.data, dict) else {}
    return Token(
        team=text(data, "team"),
        is_org_wide=data.get("is_enterprise_install") is True,
        scopes=frozenset(each.strip() for each in granted if each.strip()),
        at=_moment(headers.get("date", "")),
    )


def _moment(date: str) -> datetime | None:
    try:
        return parsedate_to_datetime(date)
    except ValueError:
        return None
