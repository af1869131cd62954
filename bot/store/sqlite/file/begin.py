"""Where there is no file yet, one is begun; where there is something else, it is left as it is."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from bot.store.port import Unusable
from bot.store.sqlite.file.location import OWNER_ONLY, clear, flush, give
from bot.store.sqlite.file.migrations import Steps

APPLICATION = 0x50495453  # "PITS", for tools that tell files apart
SMALLEST = 512  # bytes of the smallest database there is; SQLite takes what is smaller for a new one
STRANGE = "it holds another program's data. Point PITSTOP_DATABASE_URL at another file."
CUT = "it was cut to nothing. Restore a backup; to begin anew without what it held, move it away."


def begin(file: Path) -> None:
    """Make the file where there is none; raises Unusable for what is too small to be one, OSError.

    It is put there as a database, whole: so what is empty later was not begun by us a moment ago, but cut.
    """
    if file.exists():
        refuse_remains(file)
        return
    made = file.with_name(f"{file.name}.begun-{os.getpid()}")
    clear(made)
    try:
        made.touch(mode=OWNER_ONLY)
        give(made, file.parent)
        with closing(sqlite3.connect(made, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
        flush(made)
        put_if_none(made, file)
    finally:
        clear(made)


def refuse_remains(file: Path) -> None:
    """Raise Unusable for a file that was cut to less than a database."""
    if file.exists() and file.stat().st_size < SMALLEST:
        raise Unusable(f"{file} cannot be used: {CUT}")


def is_strange(database: Database, steps: Steps) -> bool:
    """Whether a file is another program's; it is only read."""
    (marked,) = database.execute("PRAGMA application_id").fetchone()
    return marked not in (0, APPLICATION) or bool(database.table_names() and not steps.taken)


def put_if_none(made: Path, file: Path) -> None:
    """Put a file in its place unless another process was faster: its file may be in use already."""
    try:
        os.link(made, file)
    except FileExistsError:
        return
    flush(file.parent)
