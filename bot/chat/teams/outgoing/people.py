"""What Teams tells of somebody, as an entry of the members of a conversation has it."""

from microsoft_teams.api.models import TeamsChannelAccount

from bot.chat.names import shown_name
from bot.chat.port import Origin, Person

_LET_IN = frozenset({"guest", "anonymous"})  # roles of who does not belong to the tenant
_INVITED = "#ext#"  # in the user principal name of who was invited from outside


def person_of(account: TeamsChannelAccount, external_id: str, tenant: str) -> Person:
    """Return what is known of somebody; `tenant` is the one whose workspace it is, or empty where nobody tells.

    Whether they are an admin, Teams does not tell a bot.
    """
    return Person(
        external_id=external_id,
        name=shown_name(account.name or "", account.given_name or ""),
        zone=None,
        is_bot=False,
        deactivated=False,
        origin=_origin(account, tenant),
    )


def _origin(account: TeamsChannelAccount, tenant: str) -> Origin:
    theirs = _plain(account.tenant_id)
    if tenant and theirs and theirs != _plain(tenant):
        return Origin.ELSEWHERE
    is_guest = _plain(account.user_role) in _LET_IN or _INVITED in _plain(account.user_principal_name)
    return Origin.GUEST if is_guest else Origin.INSIDE


def _plain(told: str | None) -> str:
    return (told or "").strip().casefold()
