"""What the engine says, in words that say what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store.port import Held, StoreError, Unusable

NOT_WRITABLE = "it cannot be written. Give Pitstop's user the right to write the file and its folder."
DAMAGED = "it is damaged. Stop Pitstop, keep a copy of the file, and restore a backup."
FULL = "the disk is full. Make room and start again."
NO_DATABASE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
_REMEDIES = {
    sqlite3.SQLITE_NOTADB: "it is not a database. Point PITSTOP_DATABASE_URL at another file.",
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_READONLY: NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: NOT_WRITABLE,
    sqlite3.SQLITE_PERM: NOT_WRITABLE,
    sqlite3.SQLITE_BUSY: "another program holds it. Stop that program and start again.",
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR: "the disk refuses. Look at its health, its space and its quota, and start again.",
}


def code_of(error: sqlite3.Error) -> int:
    """Return the engine's code, without the part that says where exactly."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return code


def told(error: BaseException) -> str:
    """Return what the engine says of a statement that failed, and of a damaged file what to do."""
    return DAMAGED if isinstance(error, sqlite3.Error) and code_of(error) in NO_DATABASE else str(error)


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Turn whatever is raised about a file into Unusable, with what to do."""
    try:
        yield
    except sqlite3.Error as error:
        kind = Held if code_of(error) == sqlite3.SQLITE_BUSY else Unusable
        raise kind(f"{file} cannot be used: {_REMEDIES.get(code_of(error), str(error))}") from error
    except Unusable:
        raise
    except StoreError as error:
        raise Unusable(f"{file} cannot be used: {error}") from error
    except OSError as error:
        remedy = FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else NOT_WRITABLE
        raise Unusable(f"{file} cannot be used ({error.strerror}): {remedy}") from error
