"""Who comes from outside: guests, and people of another organization. Whether they may join is settled by a rule."""

from dataclasses import replace

from bot.chat.port import Unanswered
from bot.coaching.records.member import Member, Origin
from bot.coaching.records.workspace import Workspace
from bot.flows.context.person import PersonContext
from bot.flows.ports import Ports


def shuts_out(member: Member, workspace: Workspace) -> bool:
    """Whether somebody may not join, because they come from outside."""
    return member.origin is not Origin.INSIDE and not workspace.lets_outsiders_join


async def looked_up(ports: Ports, about: PersonContext, workspace: Workspace) -> PersonContext:
    """Return somebody as they stand to the organization now, where that would keep them out; else as they are known.

    Of people the platform does not always tell when they become colleagues. Without an answer it stays as it is.
    """
    member = about.member
    if member is None or not shuts_out(member, workspace):
        return about
    try:
        person = await ports.chat.person(member.workspace, member.external_id)
    except Unanswered:
        return about
    if person is None or person.origin is member.origin:
        return about
    await ports.save(replace(member, origin=person.origin))
    fresh = await ports.store.member(member.workspace, member.id)
    return replace(about, member=fresh)
