"""A practice workspace for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.practice.staging import Stage, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Serve a practice workspace with an app that hears of everything."""
    async with staged() as stage:
        yield stage
