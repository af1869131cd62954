"""What the platform tells us of people and of ourselves."""

from dataclasses import replace

from bot.chat.port import PersonChanged, Removed
from bot.coaching.calendar import is_zone
from bot.coaching.member import MemberState
from bot.coaching.workspace import WorkspaceState
from bot.flows.plan import replanned
from bot.flows.ports import Ports
from bot.flows.scene import Run, current_run
from bot.store.port import Record


async def person_changed(ports: Ports, event: PersonChanged) -> None:
    """Follow a new name, a new zone nobody confirmed yet, and an account switched off or on again."""
    member = await ports.store.member_of(event.workspace, event.known.external_id)
    if member is None:
        return
    told = event.known.zone
    zone = told if told and is_zone(told) and not member.zone_confirmed else member.zone
    state = MemberState.DEACTIVATED if event.known.deactivated else MemberState.ACTIVE
    fresh = replace(member, name=event.known.name or member.name, zone=zone, state=state)
    if fresh == member:
        return
    moved: tuple[Record, ...] = ()
    run = await current_run(ports, member)
    if run is not None and zone != member.zone:
        moved = await replanned(
            ports, Run(member=fresh, enrollment=run.enrollment, cohort=run.cohort, journey=run.journey)
        )
    await ports.store.save(fresh, *moved)


async def removed(ports: Ports, event: Removed) -> None:
    """The app was taken out of the workspace: nothing is sent any more."""
    workspace = await ports.store.workspace(event.workspace)
    if workspace is not None and workspace.state is WorkspaceState.ACTIVE:
        await ports.store.save(replace(workspace, state=WorkspaceState.UNINSTALLED))
