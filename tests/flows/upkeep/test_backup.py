"""A copy every night, whenever the process happens to run."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.coaching.records.workspace import Workspace
from bot.flows.ports import Ports
from bot.flows.upkeep.backup import KEPT, back_up
from bot.practice.time.clock import TravelClock
from bot.store.port import Store
from bot.store.sqlite import open_store
from tests.conftest import World

NOON = datetime(2026, 1, 12, 12, 0, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = open_store(tmp_path / "real" / "pitstop.db")
    yield opened
    await opened.close()


def ports_at(world: World, store: Store, moment: datetime) -> Ports:
    """Return the ports of a bot that works for real, at a moment."""
    return replace(world.bot.ports, store=store, clock=TravelClock(moment))


def a_workspace(*, practice: bool = False) -> Workspace:
    return Workspace(id="w", platform="slack", external_id="T", name="w", bot="B", practice=practice)


@pytest.mark.parametrize(
    ("moment", "made"),
    [
        (NOON.replace(minute=5), 0),  # the copy of today is there
        (NOON.replace(day=13, hour=1, minute=59), 0),  # the night has not come
        (NOON.replace(day=13, hour=2), 1),  # it has
        (NOON.replace(day=30), 1),  # nobody was there for weeks: one, not eighteen
        (NOON.replace(day=11), 1),  # the clock ran ahead when the last one was made
    ],
)
async def test_there_is_one_copy_a_night(world: World, store: Store, moment: datetime, made: int) -> None:
    await store.save(a_workspace())
    assert await back_up(ports_at(world, store, NOON)) == 1, "there was none yet"
    then = ports_at(world, store, moment)
    assert await back_up(then) == made
    assert await back_up(then) == 0, "once"


async def test_a_practice_workspace_and_an_empty_file_need_no_copy(world: World, store: Store, tmp_path: Path) -> None:
    assert await back_up(ports_at(world, store, NOON)) == 0
    await store.save(a_workspace(practice=True))
    assert await back_up(ports_at(world, store, NOON)) == 0
    assert not (tmp_path / "real" / "backups").exists()


async def test_two_weeks_of_copies_are_kept(world: World, store: Store, tmp_path: Path) -> None:
    await store.save(a_workspace())
    for day in range(1, 20):
        await back_up(ports_at(world, store, NOON.replace(day=day)))
    kept = sorted(path.name for path in (tmp_path / "real" / "backups").iterdir())
    assert kept == [f"pitstop-202601{day:02}T120000Z.db" for day in range(20 - KEPT, 20)]
