"""Where a store lives: its file, what stands beside it, and who holds it."""

import fcntl
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.store.port import Unusable

SIDES = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file
LOOK = 0.05  # seconds: longer than `is_held` takes
OWNER_ONLY = 0o600  # other users of the machine read no words
OWNERS_FOLDER = 0o700


@dataclass(frozen=True, kw_only=True)
class Location:
    """The paths of one store."""

    file: Path
    erased: Path  # who asked to be erased, for copies that are brought back
    keys: Path  # the keystore
    secret: Path  # what wraps it in practice; elsewhere PITSTOP_SECRET_KEY does
    backups: Path  # a folder


def home_of(file: Path, keystore: str | Path | None = None) -> Location:
    """Return where everything stands that belongs to a file; its keystore may stand elsewhere."""
    keys = Path(keystore) if keystore else file.with_name(f"{file.name}.keys")
    return Location(
        file=file,
        erased=file.with_name(f"{file.name}.erased"),
        keys=keys,
        secret=keys.with_name(f"{keys.name.removesuffix('.keys')}.secret"),
        backups=file.parent / "backups",
    )


def hold(file: Path, *, alone: bool = False) -> Callable[[], None]:
    """Hold the file beside others, or alone, until what is returned is called; raises Unusable, or OSError.

    Held through a file of its own, which is never removed: whoever removes a lock lets two in.
    """
    lock = file.with_name(f"{file.name}.lock")
    held = os.fdopen(os.open(lock, os.O_RDWR | os.O_CREAT, OWNER_ONLY), "rb")
    try:
        give(lock, file if file.exists() else file.parent)
        _take(held.fileno(), (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        reason = (
            "Pitstop is running on it. Stop every Pitstop that uses it, then try again."
            if alone
            else "a backup is being restored into it. Start again when that is done."
        )
        raise Unusable(f"{file} cannot be used: {reason}") from None
    except BaseException:
        held.close()
        raise
    return held.close


def _take(descriptor: int, how: int) -> None:
    """Take a lock; once more a moment later, for somebody may only look whether it is held."""
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        time.sleep(LOOK)
        fcntl.flock(descriptor, how)


def is_held(file: Path) -> bool:
    """Return whether any process uses a file now; what would use it is not held up for longer than this look."""
    try:
        descriptor = os.open(file.with_name(f"{file.name}.lock"), os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def give(path: Path, like: Path) -> None:
    """Give a path to whom another one belongs: what root makes, the service must be able to use."""
    if os.geteuid() == 0:
        owner = like.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def put(made: Path, place: Path) -> None:
    """Move a finished file to its place, whole or not at all, also when the power goes."""
    flush(made)
    made.replace(place)
    flush(place.parent)


def flush(path: Path) -> None:
    """Wait until a file, or what a folder lists, is on the disk. Never for a database that is open.

    Closing any descriptor of a file lets go of the locks that SQLite holds on it in the same process.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def clear(file: Path) -> None:
    """Remove a file and what SQLite kept beside it, if there is any."""
    for side in ("", *SIDES):
        Path(f"{file}{side}").unlink(missing_ok=True)
