"""From the environment to one frozen value; one error names everything that is missing, and how to get it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

DATABASE_URL = "sqlite:///data/pitstop.db"
HIGHEST_PORT = 65535
SLACK_API_URL = "https://slack.com/api/"
TEAMS_METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
UNAUTHENTICATED = "DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS"
OFF = ("", "0", "false", "no", "off")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
LEAST_KEY = 32  # characters of a secret key
NEW_KEY = "`python -m bot keys new` prints one, keep it where the database is not"
LEAST_SECONDS = 30  # a call and Slack's own history take so long; where all platforms are on this machine 1 is enough
MOST_SECONDS = 600
NOWHERE = "Neither Slack nor Teams is configured. One of the two is enough; here is what each needs."
EXAMPLE = re.compile(r"…|\.\.\.|<[^>]*>|[^\x21-\x7e]")  # what a page shows instead of a secret, and no secret has
SECRETS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "TEAMS_CLIENT_SECRET")
_ENTRA = "entra.microsoft.com → App registrations → your app"


class NotConfigured(Exception):
    """The environment lacks something; the message lists all of it."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this process runs."""

    host: str = "127.0.0.1"
    port: int = 8080
    health_port: int = 0  # where a worker answers monitoring; 0: nowhere
    database_url: str = DATABASE_URL
    prompts: str = ""  # a folder of one's own words over the shipped ones; empty: these alone
    keystore: str = ""  # where the keys of people stand; empty: beside the database
    operator: str = ""  # who runs this bot, as the consent card names it
    public_url: str = ""  # where browsers reach us, without a slash at its end; empty: there is no desk
    admins: frozenset[str] = frozenset()  # the platform's ids of who is an admin, where it does not tell by itself
    secret_keys: tuple[str, ...] = field(default=(), repr=False)  # the one in use, then those before it
    slack_bot_token: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)  # its presence means Socket Mode
    slack_signing_secret: str = field(default="", repr=False)
    slack_api_url: str = SLACK_API_URL
    teams_client_id: str = ""
    teams_client_secret: str = field(default="", repr=False)
    teams_tenants: tuple[str, ...] = ()  # whose people may talk to it
    teams_metadata_url: str = TEAMS_METADATA_URL
    lease: timedelta = timedelta(seconds=60)  # how long a claimed message may stay in flight
    settle: timedelta = timedelta(seconds=30)  # how long a lost answer may take to show in the history
    names_blockers: bool = False  # whether what blocks the event loop is logged

    @property
    def own_prompts(self) -> Path | None:
        """The folder of one's own words; None where there is none."""
        return Path(self.prompts) if self.prompts else None

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platforms that the bot is to live on."""
        there = {"slack": self.slack_bot_token, "teams": self.teams_client_id}
        return tuple(name for name, told in there.items() if told)


def read_settings(environ: Mapping[str, str], *, talks: bool) -> Settings:
    """Return the settings; who `talks` needs Slack, Teams or both, and all of what it is. Raises NotConfigured."""
    problems: list[str] = []
    api_url = environ.get("SLACK_API_URL", "").strip() or SLACK_API_URL
    metadata_url = environ.get("TEAMS_OPENID_METADATA_URL", "").strip() or TEAMS_METADATA_URL
    least = 1 if _is_all_here(environ, api_url, metadata_url) else LEAST_SECONDS
    settings = Settings(
        host=environ.get("HOST", "").strip() or "127.0.0.1",
        port=_number(environ, "PORT", 8080, 1, HIGHEST_PORT, problems),
        health_port=_number(environ, "PITSTOP_HEALTH_PORT", 0, 1, HIGHEST_PORT, problems),
        database_url=environ.get("PITSTOP_DATABASE_URL", "").strip() or DATABASE_URL,
        prompts=environ.get("PITSTOP_PROMPTS", "").strip(),
        keystore=environ.get("PITSTOP_KEYSTORE", "").strip(),
        operator=environ.get("PITSTOP_OPERATOR", "").strip(),
        public_url=environ.get("PITSTOP_PUBLIC_URL", "").strip().rstrip("/"),
        admins=frozenset(filter(None, map(str.strip, environ.get("PITSTOP_ADMINS", "").split(",")))),
        secret_keys=secret_keys_in(environ),
        slack_bot_token=environ.get("SLACK_BOT_TOKEN", "").strip(),
        slack_app_token=environ.get("SLACK_APP_TOKEN", "").strip(),
        slack_signing_secret=environ.get("SLACK_SIGNING_SECRET", "").strip(),
        slack_api_url=api_url,
        teams_client_id=environ.get("TEAMS_CLIENT_ID", "").strip(),
        teams_client_secret=environ.get("TEAMS_CLIENT_SECRET", "").strip(),
        teams_tenants=tuple(filter(None, map(str.strip, environ.get("TEAMS_TENANT_ID", "").split(",")))),
        teams_metadata_url=metadata_url,
        lease=timedelta(seconds=_number(environ, "PITSTOP_LEASE_SECONDS", 60, least, MOST_SECONDS, problems)),
        settle=timedelta(seconds=_number(environ, "PITSTOP_SETTLE_SECONDS", 30, least, MOST_SECONDS, problems)),
        names_blockers=_number(environ, "PITSTOP_DEBUG_LOOP", 0, 0, 1, problems) == 1,
    )
    if any(len(key) < LEAST_KEY for key in settings.secret_keys):
        long = f"at least {LEAST_KEY} characters"
        problems.append(f"PITSTOP_SECRET_KEY must have {long}; {NEW_KEY}.")
    if settings.public_url and not _is_origin(settings.public_url):
        problems.append(
            "PITSTOP_PUBLIC_URL must be https:// and a name, without a path, e.g. https://pitstop.example.com; "
            "http:// is taken on this machine alone."
        )
    if not settings.database_url.startswith("sqlite:///"):
        problems.append("PITSTOP_DATABASE_URL must look like sqlite:///data/pitstop.db.")
    problems += [
        f"{name} is no secret of yours: it is the example of a page, or has a sign that no secret has. Copy it anew."
        for name in SECRETS
        if EXAMPLE.search(environ.get(name, "").strip())
    ]
    problems += _homes_problems(settings, environ) if talks else []
    if problems:
        raise NotConfigured("\n".join(["Pitstop cannot start yet:", *(f"  - {each}" for each in problems)]))
    return settings


def secret_keys_in(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the secret keys, the one in use first."""
    return tuple(filter(None, map(str.strip, environ.get("PITSTOP_SECRET_KEY", "").split(","))))


def _is_all_here(environ: Mapping[str, str], api_url: str, metadata_url: str) -> bool:
    """Whether every platform that is named is on this machine; without any, Slack's address tells."""
    has_teams = environ.get("TEAMS_CLIENT_ID", "").strip() != ""
    has_slack = any(name.startswith("SLACK_") and told.strip() for name, told in environ.items()) or not has_teams
    addresses = ([api_url] if has_slack else []) + ([metadata_url] if has_teams else [])
    return all(_host(each) in LOOPBACK for each in addresses)


def _number(environ: Mapping[str, str], name: str, default: int, least: int, most: int, problems: list[str]) -> int:
    """Return a whole number within its bounds; what is none joins the problems."""
    given = environ.get(name, "").strip()
    if not given:
        return default
    if not given.isdecimal() or not least <= int(given) <= most:
        problems.append(f"{name} is {given!r}: it must be a number from {least} to {most}.")
        return default
    return int(given)


def is_to_talk(environ: Mapping[str, str]) -> bool:
    """Whether the environment names a platform at all; without one there is practice."""
    return any(name.startswith(("SLACK_", "TEAMS_")) and told.strip() for name, told in environ.items())


def _homes_problems(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    slack = (settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret)
    if not any(slack) and not settings.teams_client_id:
        return [NOWHERE, *_slack_problems(settings), *_teams_problems(settings, environ)]
    problems = _slack_problems(settings) if any(slack) else []
    return problems + (_teams_problems(settings, environ) if settings.teams_client_id else [])


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


def _teams_problems(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    problems = []
    if not settings.teams_client_id:
        problems.append(f"TEAMS_CLIENT_ID is missing: {_ENTRA} → Overview → Application (client) ID.")
    elif not GUID.fullmatch(settings.teams_client_id):
        problems.append("TEAMS_CLIENT_ID must be the application (client) id, 32 digits and letters with four dashes.")
    if not settings.teams_client_secret:
        problems.append(f"TEAMS_CLIENT_SECRET is missing: {_ENTRA} → Certificates & secrets → the secret's Value.")
    if not settings.teams_tenants:
        problems.append(f"TEAMS_TENANT_ID is missing: {_ENTRA} → Overview → Directory (tenant) ID.")
    elif not all(map(GUID.fullmatch, settings.teams_tenants)):  # Teams tells ids, never the name of a domain
        problems.append("TEAMS_TENANT_ID must be directory (tenant) ids, with commas between.")
    if not _is_safe(settings.teams_metadata_url):
        problems.append("TEAMS_OPENID_METADATA_URL must start with https://; leave it out to talk to Teams itself.")
    if environ.get(UNAUTHENTICATED, "").strip().lower() not in OFF:
        problems.append(f"{UNAUTHENTICATED} is set: with a client id that would let in anybody. Take it out.")
    return problems


def _is_safe(address: str) -> bool:
    """Whether a token may travel there."""
    host = _host(address)
    scheme = address.partition(":")[0].lower()
    return bool(host) and (scheme == "https" or (scheme == "http" and host in LOOPBACK))


def _is_origin(address: str) -> bool:
    """Whether an address is a safe one that names a host, and nothing below it."""
    return _is_safe(address) and re.fullmatch(r"https?://[^/?#@\s\\]+", address) is not None


def _host(address: str) -> str:
    """Return whom an address leads to; empty when it leads nowhere."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
