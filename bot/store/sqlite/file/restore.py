"""Bringing a copy back into a stopped system, so that nothing is sent twice and nobody erased returns."""

import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from bot.coaching.rules.delivery import SETTLE
from bot.store.port import Unusable
from bot.store.sqlite.file.backup import PARTIAL, become_one_file
from bot.store.sqlite.file.companions import ERASED, known, note, packed, unpack
from bot.store.sqlite.file.erasures import Erasures
from bot.store.sqlite.file.location import OWNER_ONLY, SIDES, clear, flush, give, hold, home_of, put
from bot.store.sqlite.file.lock import Lock
from bot.store.sqlite.file.migrations import NAME, SCHEMA
from bot.store.sqlite.file.open import again, connect, opened
from bot.store.sqlite.file.remedies import NO_DATABASE, code_of, explained
from bot.store.sqlite.queries import changed, rows
from bot.store.sqlite.rows import moment
from bot.store.sqlite.sealing.examine import let_go_of_unopened, unopened

PATIENCE = 1.0  # seconds: nobody else may be using the file
LOOK_BACK = timedelta(days=1)  # before the copy's moment: clocks differ, and a platform repeats itself for hours
REASON = "due since the backup was made: it may stand there already"
RESTORED_AT = "restored_at"  # a mark
_LIST_MISSED = (
    "It says who was erased, also since the copy was made: without it they would come back. Put it there from where "
    "your copies are kept. If it is lost: --without-list goes on with the lists inside the copies; whoever was erased "
    "after the newest of them comes back."
)


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What was brought back, and what it took to make it safe."""

    made_at: datetime  # the moment the copy is of, at the earliest
    replaced: Path | None  # where the file from before is now
    looked_for: int  # messages to people that are looked for before they are sent
    expired: int  # posts in channels that may stand there already, and are not sent
    erased: int  # people who asked for it since the copy was made
    missed: int  # people whose conversations are read for what they wrote since
    lost: int  # people whose words nobody can open any more: the keystore does not know them


def restore(
    copy: Path,
    file: Path,
    at: datetime,
    *,
    schema: Path = SCHEMA,
    keystore: str | Path | None = None,
    secrets: Sequence[str] | None = None,
    without_list: bool = False,
    accepts_lost: bool = False,
) -> Restored:
    """Put a copy in the place of the file, which is kept aside; raises Unusable, and then nothing changed.

    Refused where the list of who was erased does not stand beside the file, or is another database's. `without_list`
    goes on all the same, with the lists that this copy and those beside it carry: who was erased after them returns.
    The keystore must be there. Where it is older than the copy, words of people it does not know cannot be opened: then
    it goes on only if that is accepted, and lets go of them. Cut short at any moment, it can be run again: in the
    file's place is always the old one or the new one, whole.
    """
    lock = Lock(home=home_of(file, keystore), secrets=secrets)
    with explained(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        let_go = hold(file, alone=True)
        made = file.with_name(f"{file.name}.restoring")
        try:
            _refuse(copy, file)
            _take(copy, made, file)
            _check(copy, made)
            erasures = _gathered(copy, made, file) if without_list else _own_list(made, file)
            restored = _made_safe(copy, made, lock, erasures, at, schema, accepts_lost=accepts_lost)
            replaced = _kept_aside(file, at)
            if without_list:
                put(ERASED.beside(made), ERASED.beside(file))
            put(made, file)
        finally:
            clear(made)
            ERASED.beside(made).unlink(missing_ok=True)
            let_go()
    return replace(restored, replaced=replaced)


def _refuse(copy: Path, file: Path) -> None:
    if not copy.is_file():
        raise Unusable(f"{copy} cannot be restored: there is no such file.")
    if file.exists() and copy.samefile(file):
        raise Unusable(f"{copy} cannot be restored: it is the file in use. Name one of its copies.")


def _take(copy: Path, made: Path, file: Path) -> None:
    """Put the bytes of a copy beside the file, with what an unclean stop left in its log."""
    clear(made)
    made.touch(OWNER_ONLY)
    give(made, file if file.exists() else file.parent)
    for side in ("", "-wal", "-journal"):
        if (beside := Path(f"{copy}{side}")).exists():
            shutil.copyfile(beside, f"{made}{side}")


def _check(copy: Path, made: Path) -> None:
    """Refuse what is not one of ours, and whole."""
    try:
        with closing(connect(made, PATIENCE)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
            known = connection.execute("SELECT 1 FROM _sqlite_migrations WHERE migration_set = ?", [NAME]).fetchall()
    except sqlite3.DatabaseError as error:
        if code_of(error) not in (*NO_DATABASE, sqlite3.SQLITE_ERROR):
            raise
        found, known = [str(error)], []
    if found != ["ok"] or not known:
        raise Unusable(f"{copy} cannot be restored: it is damaged, or no copy of Pitstop's database. Take another one.")


def _own_list(made: Path, file: Path) -> Erasures:
    """Return the list beside a file; refuse one that is missing, or of another database than the copy."""
    place = ERASED.beside(file)
    found = Erasures(place)
    with closing(connect(made, PATIENCE)) as connection:
        wanted = known(connection, ERASED)
    if not place.exists():
        others = sorted(each.name for each in file.parent.glob(f"*{ERASED.suffix}"))
        named = f" It takes the database's name: is it {', '.join(others)}?" if others else ""
        raise Unusable(f"{place} is missing. {_LIST_MISSED}{named}")
    if wanted is not None and found.identity() != wanted:
        raise Unusable(f"{place} is not the list of the database that this is a copy of. {_LIST_MISSED}")
    return found


def _gathered(copy: Path, made: Path, file: Path) -> Erasures:
    """Begin a list anew, for the file that is being made, out of all lists that are left."""
    lists = [content for each in sorted(copy.parent.glob(f"*{copy.suffix}")) if (content := packed(each, ERASED))]
    present = ERASED.beside(file)
    gathered = Erasures(ERASED.beside(made))
    gathered.begin(*lists, *([present.read_bytes()] if present.exists() else []))
    return gathered


def _made_safe(
    copy: Path, made: Path, lock: Lock, erasures: Erasures, at: datetime, schema: Path, *, accepts_lost: bool
) -> Restored:
    """Bring it up to date and change what cannot be known any more, before anybody can start on it."""
    try:
        connection = opened(made, schema=schema, patience=PATIENCE, lock=lock, keep_copy=False)
    except Unusable as refusal:  # it must speak of the copy
        raise Unusable(str(refusal).replace(str(made), str(copy))) from None
    with closing(connection), closing(connection.ring.keystore):
        erased = again(connection, erasures)
        lost = unopened(connection)
        if lost and not accepts_lost:
            raise Unusable(
                f"{copy} cannot be restored whole: {lock.home.keys} lacks the keys of {len(lost)} people in it, "
                "and without them nobody can open their words. Put a newer copy of the keystore there, or go on "
                "without those words: --accept-lost."
            )
        known = rows(connection, "newest_trace")[0]["at"]
        made_at = at if known is None else min(at, datetime.fromisoformat(known))
        since = moment(made_at - LOOK_BACK)
        connection.execute("BEGIN IMMEDIATE")
        let_go_of_unopened(connection)
        changed(connection, "look_for_screens", since=since, settled=moment(at + SETTLE))
        restored = Restored(
            made_at=made_at,
            replaced=None,
            looked_for=changed(connection, "look_first", since=since, now=moment(at), settled=moment(at + SETTLE)),
            expired=changed(connection, "expire_posts", now=moment(at), reason=REASON),
            erased=erased,
            missed=changed(
                connection,
                "open_gaps",
                since=since,
                until=moment(at),
                platform="",
                asking="[]",
                asked_since=moment(at),
            ),
            lost=len(lost),
        )
        changed(connection, "drop_every_sign_in")  # since the copy was made they may have been used, or ended
        changed(connection, "drop_every_session")
        connection.execute("INSERT OR REPLACE INTO installation_mark VALUES (?, ?)", [RESTORED_AT, moment(at)])
        unpack(connection)
        if (identity := erasures.identity()) is not None:
            note(connection, ERASED, identity)
        connection.execute("COMMIT")
        become_one_file(connection)  # so that one move puts it in its place
    return restored


def _kept_aside(file: Path, at: datetime) -> Path | None:
    """Copy the present file as it is, log and all; after it nothing stands beside it that could be played into another.

    Copied before SQLite looks at it: closing a broken file, SQLite throws its log away.
    """
    present = [side for side in ("-wal", "-journal", "") if Path(f"{file}{side}").exists()]
    if not present:
        return None
    aside = _free_name(file, at)
    partial = file.with_name(f"{file.name}.aside{PARTIAL}")
    clear(partial)
    try:
        for side in present:
            _copy(Path(f"{file}{side}"), Path(f"{partial}{side}"), at)
        _settle(file)
        for side in present:  # the file itself comes last: then all of it is there
            Path(f"{partial}{side}").replace(f"{aside}{side}")
        flush(file.parent)
    finally:
        clear(partial)
    for side in SIDES:
        Path(f"{file}{side}").unlink(missing_ok=True)
    return aside


def _settle(file: Path) -> None:
    """Work the file's log into it, unless it is too broken for that; raises Unusable while others use it."""
    if not file.exists() or not file.stat().st_size:
        return
    try:
        with closing(connect(file, PATIENCE)) as connection:
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.DatabaseError as error:
        if code_of(error) in NO_DATABASE:
            return
        raise
    if busy or Path(f"{file}-wal").exists():  # whoever closes it last takes it away
        raise Unusable(f"{file} cannot be used: another program has it open. Stop that program and try again.")


def _free_name(file: Path, at: datetime) -> Path:
    for seconds in count():
        stamp = at.astimezone(UTC) + timedelta(seconds=seconds)
        name = file.with_name(f"{file.name}.replaced-{stamp:%Y%m%dT%H%M%SZ}")
        if not any(Path(f"{name}{side}").exists() for side in ("", *SIDES)):
            return name
    raise AssertionError("time does not end")


def _copy(path: Path, name: Path, at: datetime) -> None:
    name.touch(OWNER_ONLY)
    give(name, path)
    shutil.copyfile(path, name)
    flush(name)
    os.utime(name, (at.timestamp(), at.timestamp()))  # it is kept so many days from now on
