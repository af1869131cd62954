"""While nobody may read, the log says so, by whatever way it is asked for."""

from dataclasses import replace

import pytest

from bot.coaching.records.reading import Gate
from bot.flows.coach.browse import why_shut
from tests.conftest import World
from tests.content import said
from tests.flows.talk import ask, begin, member_of, press, the_log
from tests.store.scene import a_gate, at

SHUT = said("log-stopped")


@pytest.mark.parametrize(
    ("gates", "key"),
    [
        ([], "log-shut"),
        ([a_gate()], ""),
        ([a_gate(closed_at=at(1))], "log-stopped"),
        ([a_gate(closed_at=at(1)), a_gate(id="again")], ""),
    ],
)
def test_why_nobody_reads(gates: list[Gate], key: str) -> None:
    assert why_shut(gates) == key


async def shut(world: World) -> None:
    """Close the gate."""
    store, now = world.bot.ports.store, world.bot.ports.now
    (workspace,) = await store.workspaces()
    gate = await store.gate(workspace.id)
    assert gate is not None
    await store.save(replace(gate, closed_at=now, closed_by=""))


async def test_the_log_says_that_it_is_shut_and_notes_no_look(world: World) -> None:
    await begin(world, "Sanne", zone="Europe/Amsterdam")
    await world.driver.travel("2026-01-13T10:05")
    await world.driver.say("Sanne", "dm", "the queue was the problem")
    await ask(world, "Marit", "log", "dm")
    assert "the queue" in world.driver.texts(await the_log(world))
    store = world.bot.ports.store
    (workspace,) = await store.workspaces()
    sanne = await member_of(world, "Sanne")
    assert sanne is not None
    await shut(world)
    looks = await store.looks_at(workspace.id, sanne.id, limit=9)
    assert SHUT in await ask(world, "Marit", "log", "dm")
    marit = await member_of(world, "Marit")
    assert marit is not None
    (cohort,) = await store.coached_by(workspace.id, marit.id)
    (reply,) = await store.replies_of(workspace.id, sanne.id, limit=9)
    for button, value in (("log.open", cohort.id), ("heard.read", reply.id)):
        assert SHUT in await press(world, "Marit", button, value)
    assert await store.looks_at(workspace.id, sanne.id, limit=9) == looks
