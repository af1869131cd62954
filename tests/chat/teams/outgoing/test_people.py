"""Whether somebody belongs to the tenant, of what Teams tells about the members of a conversation."""

import pytest
from microsoft_teams.api.models import TeamsChannelAccount

from bot.chat.port import Origin, Person
from bot.chat.teams.outgoing.people import person_of

OURS = "7E9A"


def account(**told: str) -> TeamsChannelAccount:
    """Return an entry of the members of a conversation."""
    return TeamsChannelAccount.model_validate({"id": "29:1", "name": "Sanne Bakker", **told})


@pytest.mark.parametrize(
    ("told", "tenant", "origin"),
    [
        ({}, OURS, Origin.INSIDE),  # nothing is told
        ({"tenantId": "7e9a", "userRole": "user"}, OURS, Origin.INSIDE),
        ({"tenantId": "7e9a", "userRole": "Guest"}, OURS, Origin.GUEST),
        ({"tenantId": "7e9a", "userRole": "anonymous"}, OURS, Origin.GUEST),
        ({"userPrincipalName": "sanne_example.org#EXT#@ours.example"}, OURS, Origin.GUEST),
        ({"userPrincipalName": "sanne.ext@ours.example"}, OURS, Origin.INSIDE),
        ({"tenantId": "0000", "userRole": "user"}, OURS, Origin.ELSEWHERE),
        ({"tenantId": "0000", "userRole": "guest"}, OURS, Origin.ELSEWHERE),
        ({"tenantId": "0000"}, "", Origin.INSIDE),  # nobody knows whose workspace it is
    ],
)
def test_who_is_from_outside(told: dict[str, str], tenant: str, origin: Origin) -> None:
    assert person_of(account(**told), "oid", tenant).origin is origin


def test_whether_they_are_an_admin_is_not_told() -> None:
    assert person_of(account(), "oid", OURS) == Person(
        external_id="oid", name="Sanne Bakker", zone=None, is_bot=False, deactivated=False, is_admin=None
    )
