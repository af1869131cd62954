"""What the practice gives to dialogues: tiers, time that they drive, and messages that end."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.practice.time.clock import TravelClock
from tests.conftest import T0, World, living

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def standing(tmp_path: Path) -> AsyncIterator[World]:
    """Run the practicing app on a clock that stands."""
    async with living(tmp_path, clock=TravelClock(T0, runs=False)) as world:
        yield world


def updates(world: World) -> int:
    """Call chat.update as long as it is let through; return how often."""
    site, calls = world.practice.site, 0
    while calls < 1_000 and not site.limits.spend("chat.update", "", site.now()):
        calls += 1
    return calls


async def test_a_dialogue_keeps_slacks_tiers_and_a_minute_passes_when_it_says_so(standing: World) -> None:
    await standing.start()
    assert updates(standing) == 50
    await standing.passes(MINUTE - timedelta(seconds=1))
    assert updates(standing) == 0
    await standing.passes(timedelta(seconds=1))
    assert updates(standing) == 50


@pytest.mark.slack("Teams has no tiers")
@pytest.mark.without_tiers("it shows that a dialogue can ask for none")
async def test_a_dialogue_can_ask_for_no_tiers(world: World) -> None:
    assert updates(world) == 1_000


async def test_a_message_can_be_wiped_on_either_platform(world: World) -> None:
    await world.start()
    message = await world.latest("Marit")
    before = len(await world.direct("Marit"))
    await world.driver.wipe(message)
    assert len(await world.direct("Marit")) == before - 1


async def test_both_platforms_share_one_policy(world: World) -> None:
    """A question that may no longer be changed stays as it was asked."""
    await world.start()
    before = world.driver.texts(await world.latest("Marit"))
    world.practice.site.policy.edit_window = timedelta(0)
    await world.coach()
    assert before in [world.driver.texts(each) for each in await world.direct("Marit")]
