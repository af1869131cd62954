"""Who is an admin of a workspace, asked of the platform each time anew; and who has its council's seat."""

from bot.chat.port import Origin, Unanswered
from bot.flows.ports import Ports


async def is_admin(ports: Ports, workspace: str, external_id: str) -> bool:
    """Return whether somebody is an admin, by the platform's id; raises Unanswered where the platform says nothing.

    Where the platform cannot tell at all, those are who `Ports.admins` names. A bot, a deactivated account and nobody
    are none, nor is who is an admin of another organization in a channel that both share.
    """
    person = await ports.chat.person(workspace, external_id)
    if person is None or person.is_bot or person.deactivated:
        return False
    if person.is_admin is None:
        return is_named(ports.admins, external_id)
    return person.is_admin and person.origin is Origin.INSIDE


def is_named(admins: frozenset[str], external_id: str) -> bool:
    """Return whether somebody is among these; neither spaces around an id nor its case count."""
    return _plain(external_id) != "" and _plain(external_id) in map(_plain, admins)


async def asked_admin(ports: Ports, workspace: str, external_id: str) -> bool | None:
    """Return the same; None where the platform could not be asked."""
    try:
        return await is_admin(ports, workspace, external_id)
    except Unanswered:
        return None


async def has_seat(ports: Ports, workspace: str, member: str) -> bool:
    """Return whether somebody, by member id, has the works council's seat."""
    return any(person.id == member for _, person in await ports.store.seats(workspace))


def _plain(external_id: str) -> str:
    return external_id.strip().casefold()
