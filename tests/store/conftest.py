"""A real file for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.port import Store
from bot.store.sqlite import open_store
from bot.store.sqlite.sealing.cipher import Cipher
from tests.ready import ready
from tests.store.scene import Scene, cast


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pitstop.db"


@pytest.fixture
async def store(file: Path, request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    """Return an open store; a module that looks for the bytes of words says so by CIPHER = Plain."""
    opened = open_store(ready(file), cipher=getattr(request.module, "CIPHER", Cipher))
    yield opened
    await opened.close()


@pytest.fixture
async def scene(store: Store) -> Scene:
    await store.save(*cast())
    return Scene(store)
