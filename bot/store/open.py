"""The one place that knows which engines there are: from an address to a store, or to the file behind one."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from bot.store import sqlite
from bot.store.port import Store, Unusable
from bot.store.sqlite.file.companions import COMPANIONS
from bot.store.sqlite.file.examine import Inside, Outside, UnderWay, inside, outside
from bot.store.sqlite.file.keys import check_keys, rotate_keys, set_aside
from bot.store.sqlite.file.open import begin_list_anew
from bot.store.sqlite.file.restore import Restored, restore
from bot.store.sqlite.sealing.secret import fresh_secret

__all__ = [
    "COMPANIONS",
    "ENGINE",
    "Inside",
    "Outside",
    "Restored",
    "UnderWay",
    "begin_list_anew",
    "check_keys",
    "file_of",
    "fresh_secret",
    "inside",
    "open_store",
    "outside",
    "restore",
    "rotate_keys",
    "set_aside",
]


class _Engine(Protocol):
    def open_store(
        self, address: str | Path, *, checks: bool, keystore: str | Path | None, secrets: Sequence[str] | None
    ) -> Store: ...
    def file_of(self, address: str | Path) -> Path: ...


ENGINE = f"SQLite {sqlite3.sqlite_version}"
_ENGINES: dict[str, _Engine] = {"sqlite": sqlite}  # by the scheme of an address
_EMBEDDED = "sqlite"  # what a path means


def open_store(
    address: str | Path,
    *,
    checks: bool = True,
    keystore: str | Path | None = None,
    secrets: Sequence[str] | None = None,
) -> Store:
    """Return the store behind an address, made and brought up to date as needed; raises Unusable.

    With `checks` it is first read for damage as a whole: for who goes on to write for days, or to erase. The keys of
    people stand in the `keystore` (by default beside a file), wrapped by the first of the `secrets`; None: practice has
    one of its own.
    """
    return _ENGINES[_engine(address)].open_store(address, checks=checks, keystore=keystore, secrets=secrets)


def file_of(address: str | Path) -> Path:
    """Return the file behind an address of an engine that keeps one; raises Unusable."""
    return _ENGINES[_engine(address)].file_of(address)


def _engine(address: str | Path) -> str:
    scheme, separator, _ = str(address).partition(":/")
    if isinstance(address, Path) or not separator:
        return _EMBEDDED
    if scheme not in _ENGINES:
        # Only the scheme is repeated: the rest of a server's address can hold a password.
        raise Unusable(f"The address {scheme}:… is not supported. Supported are {sqlite.ADDRESSES}.")
    return scheme
