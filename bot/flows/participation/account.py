"""What the platform tells us of people and of ourselves."""

from dataclasses import replace

from bot.chat.port import Command, Incoming, PersonChanged, Press, Removed, ShutOut, Submitted
from bot.coaching.calendar import is_zone
from bot.coaching.records.conversation_reference import ConversationReference
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import Member, MemberState, Origin
from bot.coaching.records.workspace import WorkspaceState
from bot.coaching.rules.pause import silenced, stopped
from bot.flows.agenda.postpone import withdrawn
from bot.flows.agenda.schedule import replanned
from bot.flows.coach import digest
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import today
from bot.flows.context.person import PersonContext, person_called, person_of
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.ports import Ports
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


async def _reached(ports: Ports, incoming: Incoming, reach: ConversationReference) -> None:
    if await ports.store.reach_of(incoming.workspace, reach.conversation) == reach:
        return
    await ports.store.keep_reach(incoming.workspace, incoming.person if reach.account else "", reach)
    member = await ports.store.member_of(incoming.workspace, incoming.person) if reach.account else None
    if member is not None and member.direct not in (None, reach.conversation):  # it was made anew
        await ports.save(replace(member, direct=reach.conversation))


async def _zone_told(ports: Ports, incoming: Incoming, zone: str) -> None:
    member = await ports.store.member_of(incoming.workspace, incoming.person)
    if member is None or member.zone_confirmed or member.zone == zone or not is_zone(zone):
        return
    about = await person_of(ports, incoming)
    if about.member is not None:
        await ports.save(*moved(ports.given(), about, replace(about.member, zone=zone)))


async def shut_out(ports: Ports, event: ShutOut) -> None:
    """A person took the app out of their own conversation: nothing is sent, and their run stands still."""
    if not event.is_direct:
        return
    about = await person_of(ports, event)
    await carry_out(ports, event, shut_away(ports.given(), about))
    await ports.store.drop_page(event.workspace, event.person)


async def unreachable(ports: Ports, member: Member) -> None:
    """A person can be written to no more: where they let us in themselves, all waits until they are heard of."""
    if await ports.store.reach_to(member.workspace, member.external_id) is None:
        await ports.save(replace(member, state=MemberState.DEACTIVATED))
        return
    about = await person_called(ports, member.workspace, member.id)
    await ports.save(*shut_away(ports.given(), about, until_heard=True).records)
    await ports.store.drop_page(member.workspace, member.external_id)


def shut_away(given: Given, about: PersonContext, *, until_heard: bool = False) -> Decision:
    """Hold all that is to come for a person: who comes back finds their place, and decides whether it goes on.

    With `until_heard` it goes on by itself with the next that is heard of them: then it was a refusal that held it, and
    not they. What stood still before, stands still after that, too.
    """
    if about.member is None:
        return Decision()
    hold = silenced if until_heard else stopped
    records: list[Record] = [replace(about.member, state=MemberState.DEACTIVATED, direct=None)]
    for course in about.courses:
        run = course.enrollment
        if run.state in BREAKABLE:
            still = run if until_heard and run.stands_still else hold(run, today(given, course))
            records += [still, *replanned(given, course.after(still))]
        elif run.state is EnrollmentState.COMPLETED:
            records += withdrawn(course.agenda, "shut out", given.now)
    return Decision(records=records)


async def person_changed(ports: Ports, event: PersonChanged) -> None:
    """Follow a new name, a new zone nobody confirmed yet, and an account switched off or on again."""
    about = await person_of(ports, event)
    await carry_out(ports, event, followed(ports.given(), about, event))


def followed(given: Given, about: PersonContext, event: PersonChanged) -> Decision:
    """Return the person as the platform tells of them now."""
    member = about.member
    if member is None:
        return Decision()
    told = event.known.zone
    zone = told if told and is_zone(told) and not member.zone_confirmed else member.zone
    state = MemberState.DEACTIVATED if event.known.deactivated else MemberState.ACTIVE
    origin = member.origin if member.origin is Origin.ELSEWHERE else event.known.origin  # news do not tell whose team
    fresh = replace(member, name=event.known.name or member.name, zone=zone, state=state, origin=origin)
    if fresh == member:
        return Decision()
    return Decision(records=moved(given, about, fresh) if zone != member.zone else [fresh])


def moved(given: Given, about: PersonContext, member: Member) -> list[Record]:
    """Return a person who lives in another zone now, with what moves on the agenda of every run."""
    going = [each for each in about.courses if each.enrollment.state is not EnrollmentState.LEFT]
    rows = [row for course in going for row in replanned(given, course.after(member))]
    return [member, *rows, *(digest.moved(given, about.digest, member, about.coached) if about.digest else ())]


async def removed(ports: Ports, event: Removed) -> None:
    """The app was taken out of the workspace: nothing is sent any more."""
    workspace = await ports.store.workspace(event.workspace)
    if workspace is not None and workspace.state is WorkspaceState.ACTIVE:
        await ports.save(replace(workspace, state=WorkspaceState.UNINSTALLED))
