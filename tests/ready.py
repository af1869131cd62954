"""A database that is ready: as a new one is made, at the price of a copy."""

import tempfile
from functools import cache
from pathlib import Path

from bot.store.sqlite.file.location import OWNER_ONLY, home_of
from bot.store.sqlite.file.lock import Lock
from bot.store.sqlite.file.migrations import SCHEMA
from bot.store.sqlite.file.open import PATIENCE, opened, shut


def ready(file: Path) -> Path:
    """Put a new database where there is none yet, and return the file.

    To make one takes every step there ever was, several times as long as to copy it. What is tested about opening and
    about those steps opens its files by itself.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        for side, content in _made().items():
            beside = Path(f"{file}{side}")
            beside.touch(mode=OWNER_ONLY)
            beside.write_bytes(content)
    return file


@cache
def _made() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory(prefix="pitstop-") as folder:
        file = Path(folder) / "pitstop.db"
        file.touch(mode=OWNER_ONLY)
        shut(opened(file, schema=SCHEMA, patience=PATIENCE, lock=Lock(home=home_of(file))))
        return {each.name.removeprefix(file.name): each.read_bytes() for each in file.parent.iterdir()}
