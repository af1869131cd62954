"""A practice Teams for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.practice.teams.staging import Stage, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Serve a practice Teams with a bot that hears of everything."""
    async with staged() as stage:
        yield stage
