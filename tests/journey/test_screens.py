"""Whatever people do, and whatever fails or dies of it: once all is quiet, every screen is true."""

import logging
from pathlib import Path

import pytest

from bot.practice.time.clock import TravelClock
from tests.conftest import T0, living
from tests.flows.talk import begin
from tests.journey.standing import check
from tests.journey.troubled import PEOPLE
from tests.journey.walk import Walk
from tests.long_form import LONG

SEEDS = range(1, 41) if LONG else (3, 8)
DEEDS = 150 if LONG else 60
TYPED_ON = "2026-01-13T11:00"  # an hour after the first experiment


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_once_quiet_every_screen_is_true(
    platform: str, seed: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    clock = TravelClock(T0, runs=False)
    async with living(tmp_path, platform=platform, tiers=False, clock=clock) as world:
        walk = Walk(world, seed)
        await begin(world, *PEOPLE, scope="coach")
        await world.driver.travel(TYPED_ON)
        await walk.go(DEEDS)
        await walk.quiet()
        wrong = await check(walk)
        assert wrong == [], f"seed {seed}, {dict(walk.books.figures)}"
        assert walk.books.figures["kills"], "somebody died"
        assert walk.books.figures["faults"], "something failed"
