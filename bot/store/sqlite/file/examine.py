"""Looking at a file without touching it: whether it is whole, what it weighs, how old its copies are."""

import os
import re
import shutil
import sqlite3
import stat
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from bot.store.port import Unusable
from bot.store.sqlite.file.backup import RESERVE, copies_of
from bot.store.sqlite.file.begin import is_strange, refuse_remains
from bot.store.sqlite.file.companions import lost
from bot.store.sqlite.file.location import home_of, is_held
from bot.store.sqlite.file.migrations import SCHEMA, Steps
from bot.store.sqlite.file.remedies import DAMAGED, explained
from bot.store.sqlite.queries import rows

_MADE_AT = re.compile(r"-(\d{8}T\d{6}Z)")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, kw_only=True)
class Outside:
    """A file as it lies there; sizes in bytes."""

    is_there: bool
    size: int
    log_size: int  # of the write-ahead log beside it
    is_private: bool  # nobody but its owner may read it
    is_held: bool  # some process uses it now
    is_writable: bool  # for whoever asks; where it is not there: whether it could be made
    free: int  # on its disk
    reserve: int  # that must stay free
    copies: tuple[Path, ...]  # newest first
    newest_at: datetime | None  # when the newest copy was made


@dataclass(frozen=True, kw_only=True)
class UnderWay:
    """One text that a journey's people got or will get; a journey that nobody was sent anything of has none."""

    journey: str
    kind: str | None
    item: str | None
    prompt: str | None


@dataclass(frozen=True, kw_only=True)
class Inside:
    """What a file that is whole holds."""

    pending: tuple[str, ...]  # steps that a start would take
    unknown: tuple[str, ...]  # steps of a newer version
    zones: tuple[str, ...]  # that people live in
    under_way: tuple[UnderWay, ...]  # what people walk
    lost: tuple[tuple[Path, str], ...]  # what belongs beside the file and is gone: where, and what it holds
    is_strange: bool = False  # another program's


def outside(file: Path) -> Outside:
    """Return what there is to say of a file without opening it; raises Unusable."""
    with explained(file):
        is_there = file.exists()
        copies = copies_of(file, home_of(file).backups)
        above = _nearest(file.parent)
        return Outside(
            is_there=is_there,
            size=_size(file),
            log_size=_size(file.with_name(f"{file.name}-wal")),
            is_private=not (is_there and stat.S_IMODE(file.stat().st_mode) & _OTHERS),
            is_held=is_held(file),
            is_writable=above.is_dir() and all(os.access(each, os.W_OK) for each in (above, *([file] * is_there))),
            free=shutil.disk_usage(above).free,
            reserve=RESERVE,
            copies=tuple(copies),
            newest_at=_made_at(copies[0]) if copies else None,
        )


def inside(file: Path) -> Inside:
    """Return what a file holds, which is checked and only read; raises Unusable, with what to do."""
    refuse_remains(file)
    with explained(file), closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        if [row[0] for row in connection.execute("PRAGMA quick_check(1)")] != ["ok"]:
            raise Unusable(f"{file} cannot be used: {DAMAGED}")
        database = Database(connection, execute_plugins=False)
        steps = Steps(SCHEMA, database)
        strange = is_strange(database, steps)
        is_ours = not steps.pending and not steps.unknown
        zones = [row["zone"] for row in rows(connection, "zones_in_use")] if is_ours else []
        return Inside(
            pending=tuple(steps.pending),
            unknown=tuple(steps.unknown),
            zones=tuple(zones),
            under_way=_under_way(connection) if is_ours else (),
            lost=tuple((each.beside(file), each.holds) for each in lost(connection, file)),
            is_strange=strange,
        )


def _under_way(connection: sqlite3.Connection) -> tuple[UnderWay, ...]:
    return tuple(UnderWay(**row) for row in map(dict, rows(connection, "under_way")))


def _nearest(folder: Path) -> Path:
    """Return the folder, or what is there already above it."""
    here = folder.absolute()
    return next(each for each in (here, *here.parents) if each.exists())


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _made_at(copy: Path) -> datetime | None:
    found = _MADE_AT.search(copy.name)
    return datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if found else None
