"""What the Slack adapter needs to be told."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, kw_only=True)
class SlackSettings:
    """One installation; raises ValueError for a combination that could not work or would not be safe."""

    bot_token: str = field(repr=False)
    app_token: str | None = field(default=None, repr=False)  # its presence means Socket Mode
    signing_secret: str | None = field(default=None, repr=False)  # needed without it
    api_url: str = "https://slack.com/api/"

    def __post_init__(self) -> None:
        if not self.app_token and not self.signing_secret:
            raise ValueError("Slack needs an app token (Socket Mode) or a signing secret (HTTP).")
        address = urlsplit(self.api_url)
        if address.scheme != "https" and not (address.scheme == "http" and self.is_local):
            raise ValueError("Slack's address must start with https://, or be on loopback.")

    @property
    def is_local(self) -> bool:
        """True when the other side is this machine: a practice Slack."""
        return urlsplit(self.api_url).hostname in LOOPBACK
