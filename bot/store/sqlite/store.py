"""The store as one whole: the parts by noun, saving, and a person's own data."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.coaching.audit import Action, AuditEntry
from bot.coaching.cohort import Cohort
from bot.coaching.member import Member
from bot.coaching.workspace import Workspace
from bot.store.port import Conflict, Record
from bot.store.sqlite.agenda import Agenda
from bot.store.sqlite.people import People
from bot.store.sqlite.queries import changed, rows
from bot.store.sqlite.readers import Readers
from bot.store.sqlite.rows import TABLES, Change, changes, moment
from bot.store.sqlite.words import Words

# What a constraint says when somebody was faster: the key is taken, or what is referred to is gone.
_FASTER = frozenset(
    {
        sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
        sqlite3.SQLITE_CONSTRAINT_UNIQUE,
        sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY,
    }
)
_PERSONAL = {table.name: table for kind, table in TABLES.items() if kind not in (Workspace, Cohort)}
_ERASED = (  # what refers to a row goes before it
    "erase_delivery",
    "erase_commitment",
    "erase_reflection",
    "erase_pulse",
    "erase_nudge",
    "erase_opt_in",
    "erase_enrollment",
    "erase_coach",
    "erase_member",
)


class SqliteStore(People, Agenda, Words, Readers):
    """Durable memory in one SQLite file; implements bot.store.port.Store."""

    async def save(self, *records: Record) -> None:
        """Write all the records or none; raises Conflict."""
        wanted = changes(records)
        if wanted:
            await self._writer.write(lambda connection: _apply(connection, wanted))

    async def first_sight(self, event_id: str, at: datetime) -> bool:
        """Return True the first time an inbound event id is seen, and note it."""
        seen_at = moment(at)
        return await self._writer.write(
            lambda connection: changed(connection, "see", event_id=event_id, seen_at=seen_at) == 1
        )

    async def seen(self, event_id: str) -> bool:
        """Return whether an inbound event id was noted before."""
        return bool(self._reading.rows("seen", event_id=event_id))

    async def forget_sight(self, event_id: str) -> None:
        """Let a retry of this event be handled again, because handling it failed."""
        await self._writer.write(lambda connection: changed(connection, "forget", event_id=event_id))

    async def export(self, member: str) -> dict[str, list[dict[str, object]]]:
        """Return every row about a person, by table, as JSON-ready values."""
        names = {name: f"{name}_of_person" for name in (*_PERSONAL, "delivery")}
        found = self._reading.together(names, member=member)
        return {name: [_ready(name, row) for row in about] for name, about in found.items()}

    async def erase(self, member: str, *, at: datetime, audit_id: str) -> int:
        """Delete every row about a person, leaving no word in the file; return how many replies went."""
        return await self._writer.write(lambda connection: _erase(connection, member, at, audit_id), erases=True)

    async def fade(self, ended_before: datetime) -> int:
        """Blank the words of runs that ended before then; return how many replies and plans lost them."""
        at = moment(ended_before)
        if not self._reading.rows("anything_to_fade", ended_before=at):
            return 0
        return await self._writer.write(lambda connection: _fade(connection, at), erases=True)

    async def long_gone(self, ended_before: datetime) -> Sequence[str]:
        """Return members whose every run ended before then and who coach no cohort that still travels."""
        return [row["member"] for row in self._reading.rows("long_gone", ended_before=moment(ended_before))]

    async def forget_sights(self, before: datetime) -> int:
        """Forget inbound event ids seen before then; no platform repeats an event for so long."""
        at = moment(before)
        return await self._writer.write(lambda connection: changed(connection, "forget_before", seen_before=at))

    async def close(self) -> None:
        """Finish what was accepted and let go of the file."""
        await self._writer.close()
        self._reading.close()


def _apply(connection: sqlite3.Connection, wanted: Iterable[Change]) -> None:
    for change in wanted:
        try:
            written = connection.execute(change.sql, change.values).rowcount
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode in _FASTER:
                raise Conflict(f"{change.table} {change.values['id']}: {error}") from error
            raise
        if written != 1:
            raise Conflict(f"{change.table} {change.values['id']}: not at version {change.values['version']}")


def _ready(name: str, row: sqlite3.Row) -> dict[str, object]:
    if table := _PERSONAL.get(name):
        return table.plain(table.record(row))
    return {column: row[column] for column in row.keys() if column != "bucket"}  # noqa: SIM118 - a Row iterates over values


def _erase(connection: sqlite3.Connection, member: str, at: datetime, audit_id: str) -> int:
    person = [TABLES[Member].record(row) for row in rows(connection, "member", member=member)]
    if not person:
        return 0
    changed(connection, "cancel_words_of_person", member=member)
    replies = changed(connection, "erase_reply", member=member)
    for name in _ERASED:
        changed(connection, name, member=member)
    trace = AuditEntry(
        id=audit_id,
        workspace=person[0].workspace,
        cohort=None,
        actor=member,
        subject=member,
        action=Action.ERASE,
        count=replies,
        at=at,
    )
    _apply(connection, changes([trace]))
    return replies


def _fade(connection: sqlite3.Connection, ended_before: str) -> int:
    replies = changed(connection, "fade_replies", ended_before=ended_before)
    return replies + changed(connection, "fade_commitments", ended_before=ended_before)
