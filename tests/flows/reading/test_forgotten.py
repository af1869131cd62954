"""Members are told once that a coach is gone who was erased, also where that was cut off."""

import itertools
from dataclasses import replace

from bot.coaching.records.nudge import Nudge
from bot.flows.reading.forgotten import tell_members
from tests.conftest import World
from tests.flows.talk import begin, member_of
from tests.stored import stored


async def test_what_is_handled_twice_tells_once(world: World) -> None:
    await begin(world, "Sanne")
    coach = await member_of(world, "Marit")
    assert coach is not None
    for _ in range(2):
        ids = itertools.count()  # derived from what came in: the same again
        ports = replace(world.bot.ports.at(coach.workspace), new_id=lambda ids=ids: f"told-{next(ids)}")
        await tell_members(ports, coach)
    assert len(stored(world.bot.ports.store, Nudge, kind="reading_news")) == 1
