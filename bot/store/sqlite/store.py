"""The store as one whole: the parts by noun, saving, and a person's own data."""

import asyncio
import shutil
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from bot.coaching.records.audit import AuditEntry
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.reply import Reply
from bot.coaching.records.screen import Hold, Screen, touched
from bot.coaching.records.workspace import Workspace
from bot.store.port import Conflict, Record, StoreError
from bot.store.sqlite import audit_chain
from bot.store.sqlite.audit import Audit
from bot.store.sqlite.erase import AT_ONCE, erase_person, keys_of, purge
from bot.store.sqlite.file.backup import back_up
from bot.store.sqlite.file.erasures import Erasures
from bot.store.sqlite.file.location import Location
from bot.store.sqlite.queries import Reading, rows
from bot.store.sqlite.rows import TABLES, Change, changes, moment
from bot.store.sqlite.sealing.ring import MEMBER, Ring, ring_of
from bot.store.sqlite.sealing.sealed import owners
from bot.store.sqlite.tables.agenda import Agenda
from bot.store.sqlite.tables.around import Around
from bot.store.sqlite.tables.conversation_references import ConversationReferences
from bot.store.sqlite.tables.desk import Desk
from bot.store.sqlite.tables.forms import Forms
from bot.store.sqlite.tables.heard import Listening
from bot.store.sqlite.tables.inbox import Inbox, opened
from bot.store.sqlite.tables.people import People
from bot.store.sqlite.tables.readers import Readers
from bot.store.sqlite.tables.retention import Retention
from bot.store.sqlite.tables.screens import Screens, keep_subjects, mark
from bot.store.sqlite.tables.shown import Shown
from bot.store.sqlite.tables.watch import Watch
from bot.store.sqlite.tables.words import Words
from bot.store.sqlite.writer import Writer

ERASURES_KEPT = timedelta(days=400)  # longer than any copy that somebody may bring back
COPIED_AT = "copied_at"  # marks: when the newest copy was begun, so that it knows its own moment
BACKED_UP_AT = "backed_up_at"  # and of which moment the newest whole copy is

# What a constraint says when somebody was faster: the key is taken, or what is referred to is gone.
_FASTER = frozenset(
    {
        sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
        sqlite3.SQLITE_CONSTRAINT_UNIQUE,
        sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY,
    }
)
_PERSONAL = {table.name: table for kind, table in TABLES.items() if kind not in (Workspace, Cohort, Screen)}
_TYPED = {"reply": ("text",), "commitment": ("first", "second")}  # what holds typed words


class SqliteStore(
    People,
    ConversationReferences,
    Forms,
    Desk,
    Screens,
    Agenda,
    Around,
    Shown,
    Words,
    Listening,
    Readers,
    Audit,
    Inbox,
    Retention,
    Watch,
):
    """Durable memory in one SQLite file; implements bot.store.port.Store."""

    def __init__(
        self,
        reading: Reading,
        writer: Writer,
        *,
        ring: Ring,
        home: Location,
        erasures: Erasures,
        let_go: Callable[[], None],
    ) -> None:
        """Take over the connections, the keys and the hold on the file."""
        super().__init__(reading, writer)
        self._ring = ring
        # Not among the copies of the database: those are kept in generations.
        self._copy_of_keys = home.keys.with_name(f"{home.keys.name}.copy")
        self._home = home
        self._erasures = erasures
        self._let_go = let_go
        self._is_over = threading.Event()

    async def save(
        self,
        *records: Record,
        hold: Hold | None = None,
        withdraws: bool = False,
        pages: bool = False,
        also: Collection[str] = (),
        unless: str = "",
    ) -> Sequence[Screen]:
        """Write all the records or none, and mark the screens that show them; return what the holder holds."""
        screens = [record for record in records if isinstance(record, Screen)]
        subjects = touched(records).union(also)
        hold = hold or AT_ONCE
        looks = [record for record in records if isinstance(record, AuditEntry)]
        wanted = changes(record for record in records if not isinstance(record, AuditEntry))
        if also and not wanted:
            raise ValueError("what is saved marks screens; without records, mark_screens does")
        places = sorted({each.id if isinstance(each, Workspace) else each.workspace for each in records})

        def work(connection: sqlite3.Connection) -> list[Screen]:
            if unless and any(rows(connection, "seen", workspace=each, id=unless) for each in places):
                raise Conflict("it was noted meanwhile")
            if _apply(connection, wanted, ring_of(connection)):
                self._writer.owe_scrub()
            audit_chain.append(connection, looks)
            keep_subjects(connection, screens)
            held = [
                screen
                for each in places
                for screen in mark(connection, each, subjects, hold, withdraws=withdraws, pages=pages)
            ]
            known = {screen.id for screen in held}
            return [*held, *_new(connection, hold, [each for each in screens if each.id not in known])]

        return await self._writer.write(work) if wanted or looks else []

    async def room(self) -> int:
        """Return how many bytes are free on the disk of the file."""
        return (await asyncio.to_thread(shutil.disk_usage, self._home.file.parent)).free

    async def export(self, workspace: str, member: str) -> dict[str, list[dict[str, object]]]:
        """Return every row about a person, by table, as JSON-ready values."""
        names = {
            name: f"{name}_of_person"
            for name in (*_PERSONAL, "delivery", "inbox", "gap", "away", "reach", "open_form", "screen")
        }
        found = self._reading.together(names, workspace=workspace, member=member)
        return {name: [_ready(name, row) for row in about] for name, about in found.items()}

    async def erase(
        self,
        workspace: str,
        member: str,
        *,
        at: datetime,
        audit_id: str,
        actor: str | None = None,
        hold: Hold | None = None,
        waits: bool = True,
    ) -> int:
        """Delete every row about a person, leaving no word in the file; return how many replies went."""

        def work(connection: sqlite3.Connection) -> int:
            if rows(connection, "member", workspace=workspace, member=member):
                name = self._ring.name(workspace, MEMBER, member)
                self._erasures.note(name, at)  # before it: a copy that is brought back must not undo it
            if not waits:
                self._writer.owe_scrub()
            return erase_person(connection, workspace, member, at, audit_id, actor=actor, hold=hold)

        try:
            went = await self._writer.write(work, erases=waits)
        except Exception:
            # Once the keys are gone it goes on at the next start: what stands there nobody can open any more.
            if self._ring.knows(workspace, owners(MEMBER, member)):
                with suppress(StoreError):
                    name = self._ring.name(workspace, MEMBER, member)
                    await self._writer.write(lambda _: self._erasures.withdraw(name, at))
            raise
        await asyncio.to_thread(self._renew_copy_of_keys)
        return went

    async def purge(self, workspace: str, *, at: datetime) -> int:
        """Delete everything of a workspace but that it was there; return how many people went."""

        def work(connection: sqlite3.Connection) -> int:
            people = rows(connection, "people_of", workspace=workspace)
            for row in people:  # before it: a copy that is brought back must not undo it
                self._erasures.note(self._ring.name(workspace, MEMBER, row["id"]), at)
            purge(connection, workspace)
            self._writer.owe_scrub()
            self._ring.forget(workspace, [key for row in people for key in keys_of(row["id"], row["external_id"])])
            return len(people)

        went = await self._writer.write(work)
        await asyncio.to_thread(self._renew_copy_of_keys)
        return went

    async def scrub_soon(self) -> None:
        """See to it that no word dropped by now, or in the next seconds, is in the file or its log in a minute."""
        await self._writer.write(lambda _: self._writer.owe_scrub())

    async def back_up(self, at: datetime, *, keep: int) -> str:
        """Keep a verified copy, let go of the oldest beyond `keep`, and return where it is; raises StoreError."""
        await self.set_mark(COPIED_AT, moment(at))
        copy = await asyncio.to_thread(
            back_up, self._home.file, self._home.backups, at, keep, stopped=self._is_over.is_set
        )
        await asyncio.to_thread(self._copy_keys)
        await self.set_mark(BACKED_UP_AT, moment(at))
        await self._writer.write(lambda _: self._erasures.forget(at - ERASURES_KEPT))
        return str(copy)

    def _copy_keys(self) -> None:
        """Put the one copy of the keys in the place of the one before: in an older one, keys outlive their people."""
        try:
            self._ring.keystore.copy(self._copy_of_keys)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"the keystore was not copied: {error}") from error

    def _renew_copy_of_keys(self) -> None:
        """Let the copy lack the keys that were destroyed; where that cannot be, there is none until the next night."""
        if self._copy_of_keys.exists():
            try:
                self._copy_keys()
            except StoreError:
                self._copy_of_keys.unlink(missing_ok=True)

    async def close(self) -> None:
        """Finish what was accepted and let go of the file."""
        self._is_over.set()
        await self._writer.close()
        self._reading.close()
        self._ring.keystore.close()
        self._let_go()


def _apply(connection: sqlite3.Connection, wanted: Iterable[Change], ring: Ring) -> bool:
    """Write everything or raise; return whether words that stood there do not any more."""
    went = False
    for change in wanted:
        went = _lets_go(connection, change) or went
        _add_coach(connection, change)
        try:
            written = connection.execute(change.sql, change.stored(ring)).rowcount
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode in _FASTER:
                raise Conflict(f"{change.table.name} {change.values['id']}: {error}") from error
            raise
        if written != 1:
            raise Conflict(f"{change.table.name} {change.values['id']}: not at version {change.values['version']}")
    return went


def _add_coach(connection: sqlite3.Connection, change: Change) -> None:
    """Say of an answer to a coach's word whose that was: it needs the key of both."""
    values = change.values
    if change.table.kind is Reply and values["answers"] is not None:
        found = rows(connection, "reply_author", workspace=values["workspace"], reply=values["answers"])
        values["also"] = found[0]["author"] if found else None


def _new(connection: sqlite3.Connection, hold: Hold, screens: Iterable[Screen]) -> list[Screen]:
    """Return those of the new screens that the holder holds."""
    found = [row for each in screens for row in rows(connection, "screen", workspace=each.workspace, screen=each.id)]
    return [TABLES[Screen].record(row) for row in found if hold.holder and row["holder"] == hold.holder]


def _lets_go(connection: sqlite3.Connection, change: Change) -> bool:
    """Return whether words that stand there would not stand there after it."""
    columns = () if change.is_new else _TYPED.get(change.table.name, ())
    name, values = change.table.name, change.values
    found = rows(connection, name, workspace=values["workspace"], **{name: values["id"]}) if columns else []
    stands = [getattr(change.table.record(row), column) for row in found for column in columns]
    return any(words and words != values[column] for words, column in zip(stands, columns * len(found), strict=True))


def _ready(name: str, row: sqlite3.Row) -> dict[str, object]:
    if table := _PERSONAL.get(name):
        return table.plain(table.record(row))
    if name == "inbox":
        told = {column: row[column] for column in ("id", "state", "received_at")}
        return {**told, "body": opened(row, row["body"])}
    return {column: row[column] for column in row.keys() if column != "seq"}  # noqa: SIM118 - a Row iterates over values
