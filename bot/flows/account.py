"""What the platform tells us of people and of ourselves."""

from dataclasses import replace

from bot.chat.port import Command, Incoming, PersonChanged, Press, Removed, ShutOut, Submitted
from bot.coaching.calendar import is_zone
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.member import Member, MemberState
from bot.coaching.pause import stopped
from bot.coaching.reach import Reach
from bot.coaching.workspace import WorkspaceState
from bot.flows.hold import withdrawn
from bot.flows.plan import replanned
from bot.flows.ports import Ports
from bot.flows.scene import run_of, today
from bot.store.port import Record

BREAKABLE = (EnrollmentState.ACTIVE, EnrollmentState.PAUSED)


async def noticed(ports: Ports, incoming: Incoming) -> None:
    """Who acts is there: the account was switched on again, and the app is back in the workspace.

    How to reach them, and a time zone nobody confirmed yet, are known from now on.
    """
    if incoming.reach is not None:
        await _reached(ports, incoming, incoming.reach)
    if incoming.zone is not None:
        await _zone_told(ports, incoming, incoming.zone)
    if not isinstance(incoming, Command | Press | Submitted):  # what is typed: see `listen`
        return
    if not await ports.store.away(incoming.workspace, incoming.person):  # as good as always
        return
    records: list[Record] = []
    workspace = await ports.store.workspace(incoming.workspace)
    if workspace is not None and workspace.state is WorkspaceState.UNINSTALLED:
        records.append(replace(workspace, state=WorkspaceState.ACTIVE))
    member = await ports.store.member_of(incoming.workspace, incoming.person)
    if member is not None and member.state is MemberState.DEACTIVATED:
        records.append(replace(member, state=MemberState.ACTIVE))
    if records:
        await ports.save(*records)


async def _reached(ports: Ports, incoming: Incoming, reach: Reach) -> None:
    if await ports.store.reach_of(incoming.workspace, reach.conversation) != reach:
        await ports.store.keep_reach(incoming.workspace, incoming.person if reach.account else "", reach)


async def _zone_told(ports: Ports, incoming: Incoming, zone: str) -> None:
    member = await ports.store.member_of(incoming.workspace, incoming.person)
    if member is None or member.zone_confirmed or member.zone == zone or not is_zone(zone):
        return
    fresh = replace(member, zone=zone)
    await ports.save(fresh, *(await _moved(ports, fresh)))


async def shut_out(ports: Ports, event: ShutOut) -> None:
    """A person took the app out of their own conversation: nothing is sent, and their run stands still."""
    if not event.is_direct:
        return
    member = await ports.store.member_of(event.workspace, event.person)
    if member is not None:
        await _shut_away(ports, member)
    await ports.store.drop_page(event.workspace, event.person)


async def unreachable(ports: Ports, member: Member) -> None:
    """A person can be written to no more: where they let us in themselves, they have shut us out."""
    if await ports.store.reach_to(member.workspace, member.external_id) is None:
        await ports.save(replace(member, state=MemberState.DEACTIVATED))
        return
    await _shut_away(ports, member)
    await ports.store.drop_page(member.workspace, member.external_id)


async def _shut_away(ports: Ports, member: Member) -> None:
    """Hold all that is to come for a person: who comes back finds their place, and decides whether it goes on."""
    records: list[Record] = [replace(member, state=MemberState.DEACTIVATED, direct=None)]
    for enrollment in await ports.store.enrollments_of(member.id):
        if enrollment.state in BREAKABLE:
            run = await run_of(ports, enrollment, member)
            still = stopped(enrollment, today(ports, run))
            records += [still, *await replanned(ports, replace(run, enrollment=still))]
        elif enrollment.state is EnrollmentState.COMPLETED:
            records += await withdrawn(ports, enrollment.id, "shut out", ports.now)
    await ports.save(*records)


async def person_changed(ports: Ports, event: PersonChanged) -> None:
    """Follow a new name, a new zone nobody confirmed yet, and an account switched off or on again."""
    member = await ports.store.member_of(event.workspace, event.known.external_id)
    if member is None:
        return
    told = event.known.zone
    zone = told if told and is_zone(told) and not member.zone_confirmed else member.zone
    state = MemberState.DEACTIVATED if event.known.deactivated else MemberState.ACTIVE
    fresh = replace(member, name=event.known.name or member.name, zone=zone, state=state)
    if fresh != member:
        await ports.save(fresh, *(await _moved(ports, fresh) if zone != member.zone else ()))


async def _moved(ports: Ports, member: Member) -> list[Record]:
    """Return what moves on the agenda of a person who lives in another zone now, in every run."""
    moved: list[Record] = []
    for enrollment in await ports.store.enrollments_of(member.id):
        if enrollment.state is not EnrollmentState.LEFT:
            moved += await replanned(ports, replace(await run_of(ports, enrollment), member=member))
    return moved


async def removed(ports: Ports, event: Removed) -> None:
    """The app was taken out of the workspace: nothing is sent any more."""
    workspace = await ports.store.workspace(event.workspace)
    if workspace is not None and workspace.state is WorkspaceState.ACTIVE:
        await ports.save(replace(workspace, state=WorkspaceState.UNINSTALLED))
