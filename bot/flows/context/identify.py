"""Getting to know a person: from the platform's id to our member."""

from contextlib import suppress
from dataclasses import replace

from bot.chat.port import Incoming
from bot.coaching.calendar import is_zone
from bot.coaching.language import Language
from bot.coaching.records.member import Member, MemberState
from bot.flows.ports import Ports
from bot.store.port import Conflict


async def known(ports: Ports, incoming: Incoming) -> Member | None:
    """Return the member who acted, or None for a stranger."""
    return await ports.store.member_of(incoming.workspace, incoming.person)


async def introduced(ports: Ports, incoming: Incoming) -> Member | None:
    """Return who acts as a member, as `met` does; what arrived may tell their time zone."""
    return await met(ports, incoming.workspace, incoming.person, zone=incoming.zone)


async def met(ports: Ports, workspace: str, external_id: str, *, zone: str | None = None) -> Member | None:
    """Return the member, remembered from now on; None for bots, the deactivated and nobody.

    Knowing somebody is not enrolling them: nothing is ever sent because of it.
    """
    member = await ports.store.member_of(workspace, external_id)
    if member is not None and member.state is MemberState.ACTIVE:
        return member
    person = await ports.chat.person(workspace, external_id)
    if person is None or person.is_bot or person.deactivated:
        return None
    if member is None:
        member = Member(
            id=ports.new_id(),
            workspace=workspace,
            external_id=external_id,
            name=person.name or external_id,
            zone=person.zone or (zone if zone and is_zone(zone) else None),
            met_at=ports.now,
            origin=person.origin,
        )
    with suppress(Conflict):  # two of this person's clicks met here at once
        await ports.save(replace(member, state=MemberState.ACTIVE))
    return await ports.store.member_of(workspace, external_id)


async def language_of(ports: Ports, incoming: Incoming, conversation: str | None, heard: Language | None) -> Language:
    """Return the language to answer in: the person's own, else the one just typed, the channel's, or the client's.

    A coach without one of their own is answered as the first of their teams is.
    """
    member = await known(ports, incoming)
    if member is not None and member.language:
        return member.language
    if heard is not None:
        return heard
    cohort = await ports.store.cohort_in(incoming.workspace, conversation) if conversation else None
    if cohort is None and member is not None:
        cohort = next(iter(await ports.store.coached_by(member.workspace, member.id)), None)
    return cohort.language if cohort else incoming.language or Language.EN
