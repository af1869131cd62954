"""A real file for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.port import Store
from bot.store.sqlite import open_store
from tests.ready import ready
from tests.store.scene import Scene, cast


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pitstop.db"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[Store]:
    opened = open_store(ready(file))
    yield opened
    await opened.close()


@pytest.fixture
async def scene(store: Store) -> Scene:
    await store.save(*cast())
    return Scene(store)
