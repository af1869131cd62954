"""Who is erased is in no table any more, under no id: everything they did before is looked for, row by row."""

from contextlib import closing
from pathlib import Path

import pytest

from bot.chat.port import Deleted
from bot.flows.dispatch import receive
from tests.conftest import World
from tests.flows.talk import ask, begin, member_of
from tests.unlocked import plainly

HOME = "2026-01-27T11:00"


def found(world: World, *ids: str) -> list[tuple[str, str]]:
    """Return in which tables one of these stands, with the row."""
    hits = []
    with closing(plainly(Path(world.database_url.removeprefix("sqlite:///")))) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of our own tables
            hits += [(table, repr(row)) for row in rows if any(each in str(value) for value in row for each in ids)]
    return hits


async def lived(world: World) -> None:
    """Let Sanne do of everything that leaves a row."""
    await begin(world, "Sanne")
    driver = world.driver
    await driver.travel("2026-01-13T11:00")
    await world.do("Sanne", "say we talked")
    await world.do("Sanne", "say pause")  # answered, not kept
    await receive(world.bot.ports, await taken_back(world))  # of words that never came
    await ask(world, "Marit", "log", "dm")
    await world.click("Sanne", "nudge.done")
    await world.do("Sanne", "say this goes again")
    await driver.open_home("Sanne")
    await driver.travel(HOME)
    await world.do("Sanne", "say at home it was quiet")  # not kept
    await world.click("Sanne", "unkept.no")
    await driver.let_in("service-desk")
    await driver.command("Sanne", "service-desk", "start")  # asked, and nothing more
    await world.settle()


async def taken_back(world: World) -> Deleted:
    """Return news that words were taken back that nobody heard of, and not by whom."""
    member = await member_of(world, "Sanne")
    assert member is not None
    return Deleted(
        workspace=member.workspace,
        person="",
        event_id="taken-back",
        at=world.bot.ports.now,
        conversation=member.direct or "",
        message="1768294900.1",
    )


@pytest.mark.parametrize("who", ["Sanne", "Marit"])
async def test_who_is_erased_is_in_no_table(world: World, who: str) -> None:
    await lived(world)
    member = await member_of(world, who)
    assert member is not None
    ids = (member.id, member.external_id, member.direct or "no conversation")
    assert {table for table, _ in found(world, *ids)} >= {"member", "nudge", "inbox", "screen"}
    if who == "Sanne":  # what was noted of her messages, too
        noted = "\n".join(row for _, row in found(world, *ids))
        assert all(each in noted for each in ("start:", "unkept:", "gone:"))
    await forgets(world, who)
    assert await member_of(world, who) is None
    assert found(world, *ids) == []


async def forgets(world: World, who: str) -> None:
    """Wipe everything, and let what stands in the chat be taken away."""
    await world.driver.command(who, "dm", "forget")
    assert await world.fill(who, agreed=("yes",)) == {}
    await world.driver.travel("2026-01-28T11:00")
