"""One Chromium for all tests that look at a page: to start it takes as long as most of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.watching import started
from tests.conftest import PLATFORMS, World, lived_on


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Run a Chromium until the last of these tests is over."""
    async with started() as browser:
        yield browser


@pytest_asyncio.fixture(params=PLATFORMS, loop_scope="session")
async def world(request: pytest.FixtureRequest, tmp_path: Path, beginnings: Path) -> AsyncIterator[World]:
    """Run the practicing app for one test, on the loop that Chromium was started on."""
    async with lived_on(request, tmp_path, beginnings) as alive:
        yield alive
