"""What an operator does with the keys of a file: wrap them by another secret, try them all, begin with a new file."""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.store.port import Unusable
from bot.store.sqlite.file.begin import APPLICATION
from bot.store.sqlite.file.location import OWNER_ONLY, SIDES, flush, hold, home_of
from bot.store.sqlite.file.lock import Lock, keystore_of, known_to
from bot.store.sqlite.file.open import PATIENCE, connect
from bot.store.sqlite.file.remedies import explained
from bot.store.sqlite.sealing.examine import Checked, check
from bot.store.sqlite.sealing.ring import Connection, Ring

# What goes with a file.
BESIDE = (*SIDES, ".erased", ".keys", ".keys.copy", ".secret", ".practice.json", ".practice-teams.json")


def rotate_keys(
    file: Path, *, keystore: str | Path | None, secrets: Sequence[str] | None, progress: Callable[[int, int], None]
) -> int:
    """Wrap every key of a file by the first of the secrets; return how many were not. Pitstop may run meanwhile.

    Raises Unusable, also while somebody else does the same.
    """
    with _opened(file, keystore, secrets) as connection, _alone(connection.ring.keystore.path):
        return connection.ring.keystore.rotate(progress)


def check_keys(
    file: Path, *, keystore: str | Path | None, secrets: Sequence[str] | None, progress: Callable[[int], None]
) -> Checked:
    """Open everything that is encrypted in a file, and change nothing; raises Unusable."""
    with _opened(file, keystore, secrets) as connection:
        return check(connection, progress)


def set_aside(file: Path) -> Path | None:
    """Put a file from before words were encrypted aside, with all that stood beside it; return where, or None.

    What another program made is left alone.
    """
    if not file.is_file() or not file.stat().st_size or not _is_from_before(file):
        return None
    with explained(file):
        hold(file, alone=True)()
        for side in (*BESIDE, ""):  # the file itself comes last: until then the next start goes on with it
            if (beside := Path(f"{file}{side}")).exists():
                beside.replace(Path(f"{file}.old{side}"))
        flush(file.parent)
    return Path(f"{file}.old")


def _is_from_before(file: Path) -> bool:
    address = f"{file.absolute().as_uri()}?mode=ro"
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(address, uri=True)) as it:
        (application,) = it.execute("PRAGMA application_id").fetchone()
        return application == APPLICATION and keystore_of(it) is None
    return False


@contextmanager
def _opened(file: Path, keystore: str | Path | None, secrets: Sequence[str] | None) -> Iterator[Connection]:
    with explained(file):
        if not file.is_file():
            raise Unusable(f"There is no database at {file}.")
        let_go = hold(file)
        try:
            with closing(connect(file, PATIENCE)) as connection:
                lock = Lock(home=home_of(file, keystore), secrets=secrets)
                with closing(lock.opened(known_to(file, connection))) as keys:
                    connection.use(Ring(keys))
                    yield connection
        finally:
            let_go()


@contextmanager
def _alone(keystore: Path) -> Iterator[None]:
    """Keep others from rotating meanwhile; two secrets that are newest in turn would wrap for ever."""
    descriptor = os.open(keystore.with_name(f"{keystore.name}.lock"), os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Unusable(f"{keystore} is being rotated by another process. Wait for it, and look again.") from None
    finally:
        os.close(descriptor)
