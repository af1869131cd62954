"""Who has no right to record, stop, seat or settle anything does none of it, whatever they press or send in."""

from dataclasses import replace
from typing import Any

import pytest

from bot.chat.port import Press, Submitted
from bot.coaching.records.member import Member
from bot.coaching.records.reading import Gate, Seat
from bot.coaching.records.workspace import Workspace
from bot.flows.agreement import council, gate, workspace_rules
from bot.flows.dispatch import receive
from tests.conftest import World
from tests.flows.agreement.settled import promote, seated, shut, the_workspace
from tests.flows.talk import begin, common

PRESSES = (*gate.PRESSES, *council.PRESSES, *workspace_rules.PRESSES)
FORMS = (*gate.FORMS, *council.FORMS, *workspace_rules.FORMS)
FILLED = {"kind": "agreed", "ground": "forged", "day": "2026-01-09", "outsiders": "yes", "managers": "no"}


async def all_sent_in(world: World, about: dict[str, Any], ids: list[str], picked: str) -> None:
    """Press every button and send in every form about who reads, with every id there is."""
    ports = world.bot.ports
    for value in ids:
        for name in PRESSES:
            await receive(ports, Press(**about, button=name, value=value, ref=None))
        for name in FORMS:
            form = Submitted(**about, form=name, subject=value, values={**FILLED, "person": (picked,)})
            await receive(ports, form)


async def stands(world: World) -> tuple[Workspace, list[Gate], list[tuple[Seat, Member]]]:
    """Return all that says in the workspace whether coaches may read."""
    store, here = world.bot.ports.store, await the_workspace(world)
    return here, [*await store.gates(here.id)], [*await store.seats(here.id)]


@pytest.mark.parametrize("who", ["Sanne", "Robin", "Grace"])
async def test_who_is_no_admin_and_not_of_the_council_changes_nothing(world: World, who: str) -> None:
    """Sanne takes part, Robin is a stranger, and Grace was an admin until just now."""
    await promote(world, "Grace")
    await begin(world, "Sanne", "Grace")
    await seated(world)
    await promote(world, "Grace", is_admin=False)
    before = await stands(world)
    ids = ["", before[1][0].id, before[2][0][0].id]
    await all_sent_in(world, await common(world, who), ids, await world.driver.person("Sanne"))
    assert await stands(world) == before
    await shut(world)
    before = await stands(world)
    await all_sent_in(world, await common(world, who), ids, await world.driver.person("Sanne"))
    assert await stands(world) == before


async def test_an_admin_of_another_workspace_changes_nothing_here(world: World) -> None:
    """They are called the same there, know every id, and may do all of it at home."""
    await begin(world, "Sanne")
    await seated(world)
    home = await the_workspace(world)
    other = replace(home, id="w2", external_id="t2", name="Others", version=0)
    marit = await world.driver.person("Marit")
    store = world.bot.ports.store

    async def met(_: str) -> Workspace:
        return other

    assert await world.bot.workspaces.of(world.driver.platform, "t2", met) == "w2"
    await store.save(Member(id="m2", workspace="w2", external_id=marit, name="Marit"))
    (gate_here,), seats = await store.gates(home.id), await store.seats(home.id)
    about = {**await common(world, "Marit"), "workspace": "w2"}
    await all_sent_in(world, about, [gate_here.id, seats[0][0].id], await world.driver.person("Iris"))
    assert (await store.gates(home.id), await store.seats(home.id)) == ([gate_here], seats)
    assert await store.workspace(home.id) == home
