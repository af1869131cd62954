"""From the environment to one frozen value; one error names everything that is missing, and how to get it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

DATABASE_URL = "sqlite:///data/pitstop.db"
HIGHEST_PORT = 65535
SLACK_API_URL = "https://slack.com/api/"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class NotConfigured(Exception):
    """The environment lacks something; the message lists all of it."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this process runs."""

    host: str = "127.0.0.1"
    port: int = 8080
    database_url: str = DATABASE_URL
    operator: str = ""  # who runs this bot, as the consent card names it
    slack_bot_token: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)  # its presence means Socket Mode
    slack_signing_secret: str = field(default="", repr=False)
    slack_api_url: str = SLACK_API_URL


def read_settings(environ: Mapping[str, str], *, slack: bool) -> Settings:
    """Return the settings; with `slack`, what talking to Slack needs must be there too. Raises NotConfigured."""
    problems = []
    port = environ.get("PORT", "").strip() or "8080"
    if not port.isdecimal() or not 0 < int(port) <= HIGHEST_PORT:
        problems.append(f"PORT is {port!r}: it must be a number from 1 to 65535.")
    settings = Settings(
        host=environ.get("HOST", "").strip() or "127.0.0.1",
        port=int(port) if port.isdecimal() else 0,
        database_url=environ.get("PITSTOP_DATABASE_URL", "").strip() or DATABASE_URL,
        operator=environ.get("PITSTOP_OPERATOR", "").strip(),
        slack_bot_token=environ.get("SLACK_BOT_TOKEN", "").strip(),
        slack_app_token=environ.get("SLACK_APP_TOKEN", "").strip(),
        slack_signing_secret=environ.get("SLACK_SIGNING_SECRET", "").strip(),
        slack_api_url=environ.get("SLACK_API_URL", "").strip() or SLACK_API_URL,
    )
    if not settings.database_url.startswith("sqlite:///"):
        problems.append("PITSTOP_DATABASE_URL must look like sqlite:///data/pitstop.db.")
    problems += _slack_problems(settings) if slack else []
    if problems:
        raise NotConfigured("\n".join(["Pitstop cannot start yet:", *(f"  - {each}" for each in problems)]))
    return settings


def _slack_problems(settings: Settings) -> list[str]:
    problems = []
    if not settings.slack_bot_token:
        problems.append(
            "SLACK_BOT_TOKEN is missing: "
            "api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token (xoxb-…)."
        )
    elif not settings.slack_bot_token.startswith("xoxb-"):
        problems.append("SLACK_BOT_TOKEN must be the bot token, which starts with xoxb-.")
    if settings.slack_app_token and not settings.slack_app_token.startswith("xapp-"):
        problems.append("SLACK_APP_TOKEN must be an app-level token, which starts with xapp-.")
    if not settings.slack_app_token and not settings.slack_signing_secret:
        problems.append(
            "SLACK_SIGNING_SECRET is missing: api.slack.com/apps → your app → Basic Information → Signing Secret. "
            "Or set SLACK_APP_TOKEN (same page → App-Level Tokens, scope connections:write) for Socket Mode."
        )
    if not _is_safe(settings.slack_api_url):
        problems.append(
            "SLACK_API_URL must start with https://, or be on this machine; leave it out to talk to Slack itself."
        )
    return problems


def _is_safe(address: str) -> bool:
    """Whether a token may travel there."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))
