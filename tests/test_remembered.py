"""A beginning that was put there by a copy is the one that was lived, and goes on as that one does."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import World, living
from tests.flows.talk import begin


async def told(world: World) -> list[Any]:
    """Return what people see and what is planned, before and after they go on."""
    await begin(world, "Sanne", scope="coach")
    found: list[Any] = []
    for deed in (
        None,
        "travel 2026-01-13T11:00",
        "press nudge.plan",
        "send first=it rains | second=I call",
        "type next",
    ):
        if deed is not None:
            await world.do("Sanne", deed)
        found += [list((await world.screen(who)).values()) for who in ("Sanne", "Marit", "Grace")]
        found += [(row.kind, row.state, row.due_at.date()) for row in await world.rows("Sanne")]
    return found


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_a_copied_beginning_is_as_the_lived_one(tmp_path: Path, platform: str) -> None:
    kept = tmp_path / "beginnings"
    kept.mkdir()
    async with living(tmp_path / "lived", platform=platform) as world:
        lived = await told(world)
    for place in ("first", "second"):  # which lives it, and which is put there
        async with living(tmp_path / place, platform=platform, beginnings=kept) as world:
            assert await told(world) == lived
    assert len(list(kept.iterdir())) == 2, "the start, and all of it"
