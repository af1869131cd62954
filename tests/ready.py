"""A database that is ready: as a new one is made, at the price of a copy."""

import tempfile
from functools import cache
from pathlib import Path

from bot.store.sqlite.file.location import OWNER_ONLY
from bot.store.sqlite.file.migrations import SCHEMA
from bot.store.sqlite.file.open import PATIENCE, opened


def ready(file: Path) -> Path:
    """Put a new database where there is none yet, and return the file.

    To make one takes every step there ever was, several times as long as to copy it. What is tested about opening and
    about those steps opens its files by itself.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=OWNER_ONLY)
        file.write_bytes(_made())
    return file


@cache
def _made() -> bytes:
    with tempfile.TemporaryDirectory(prefix="pitstop-") as folder:
        file = Path(folder) / "pitstop.db"
        file.touch(mode=OWNER_ONLY)
        opened(file, schema=SCHEMA, patience=PATIENCE).close()
        return file.read_bytes()
