"""What the Teams adapter needs to be told."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
LOOPBACK = ("127.0.0.1", "[::1]", "localhost")
HOSTS = (  # where Teams of the public cloud and of GCC may say that we can reach it
    "smba.trafficmanager.net",
    "smba.onyx.prod.teams.trafficmanager.net",
    "smba.infra.gcc.teams.microsoft.com",
)

# Stricter than any client's own reading of an address, so that all of them read it alike.
_ADDRESS = re.compile(r"(https?)://([a-z0-9.-]+|\[::1\])(:[0-9]{1,5})?(/[A-Za-z0-9._~%/-]*)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class TeamsSettings:
    """One registration; raises ValueError for a combination that could not work or would not be safe."""

    client_id: str
    client_secret: str = field(repr=False)
    tenants: tuple[str, ...]  # whose people may talk to us
    metadata_url: str = METADATA_URL  # says where the keys are that Teams signs with

    def __post_init__(self) -> None:
        if not self.client_id or not self.client_secret:
            raise ValueError("Teams needs a client id and its secret.")
        if not self.tenants or not all(tenant.strip() for tenant in self.tenants):
            raise ValueError("Teams needs the id of each tenant that may use the bot.")
        if urlsplit(self.metadata_url).scheme != "https" and not self.is_local:
            raise ValueError("The address of Teams' metadata must start with https://, or be on loopback.")

    @property
    def is_local(self) -> bool:
        """True when the other side is this machine: a practice Teams."""
        return _host(self.metadata_url) in LOOPBACK

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """The hosts to which a call with our token may go."""
        return LOOPBACK if self.is_local else HOSTS

    def may_call(self, address: str) -> bool:
        """Whether a call with our token may go to this address."""
        found = _ADDRESS.fullmatch(address)
        is_safe = found is not None and (found[1].lower() == "https" or self.is_local)
        return is_safe and _host(address) in self.allowed_hosts

    def is_ours(self, tenant: str) -> bool:
        """Whether the people of this tenant may talk to us."""
        return tenant.lower() in {each.strip().lower() for each in self.tenants}


def _host(address: str) -> str:
    found = _ADDRESS.match(address)
    return found[2].lower() if found else ""
