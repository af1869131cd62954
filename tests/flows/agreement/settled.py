"""What dialogues about who may read begin with: people, their place, and a workspace where nothing is agreed."""

from dataclasses import replace

from bot.coaching.records.member import Member
from bot.coaching.records.reading import Gate
from bot.coaching.records.workspace import Workspace
from tests.conftest import World
from tests.flows.talk import member_of


async def the_workspace(world: World) -> Workspace:
    """Return the only workspace."""
    (workspace,) = await world.bot.ports.store.workspaces()
    return workspace


async def gate_of(world: World) -> Gate | None:
    """Return the open gate."""
    return await world.bot.ports.store.gate((await the_workspace(world)).id)


async def shut(world: World) -> None:
    """Close the gate that a practice workspace begins with."""
    gate = await gate_of(world)
    assert gate is not None
    await world.bot.ports.save(replace(gate, closed_at=world.bot.ports.now))


async def known(world: World, who: str) -> Member:
    """Return a member."""
    found = await member_of(world, who)
    assert found is not None
    return found


async def promote(world: World, who: str, *, is_admin: bool = True) -> None:
    """Let somebody be an admin, or none any more."""
    person, ports = await world.driver.person(who), world.bot.ports
    if world.driver.platform == "teams":
        world.bot.ports = replace(ports, admins=ports.admins | {person} if is_admin else ports.admins - {person})
        return
    known = world.practice.world.people[person]
    world.practice.world.add(replace(known, is_admin=is_admin))


async def demote(world: World, who: str) -> None:
    """Let somebody be no admin any more."""
    await promote(world, who, is_admin=False)


async def seated(world: World, who: str = "Iris") -> None:
    """Let Marit give somebody the council's seat."""
    await world.driver.command("Marit", "dm", "council")
    await world.click("Marit", "council.open")
    assert await world.fill("Marit", person=(who,)) == {}
    await world.settle()
