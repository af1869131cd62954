"""Who looked at whose words: read by the people themselves, checked by whoever runs the installation."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date, datetime

from bot.coaching.records.audit import OPERATOR, Action, AuditEntry
from bot.coaching.records.member import Member
from bot.store.port.audit import Chain, Checkpoint, Look, NotedLook, ReadCount
from bot.store.sqlite.audit_chain import append, checked, not_yet_noted, shorten
from bot.store.sqlite.queries import Part
from bot.store.sqlite.rows import moment, side_by_side


class Audit(Part):
    """The looks at people's words."""

    async def looked_before(self, workspace: str, reader: str, cohort: str, audit_id: str) -> datetime | None:
        """Return when a coach last read the log of a cohort, the look under that stem left aside; None: never."""
        found = self._reading.rows(
            "looked_before", workspace=workspace, reader=reader, cohort=cohort, stem=f"{audit_id}-"
        )
        return datetime.fromisoformat(found[0]["at"]) if found else None

    async def looks_at(self, workspace: str, subject: str, *, limit: int, before: str = "") -> Sequence[Look]:
        """Return who looked at a person's words, newest first, with who that is; `before` is the id of a look."""
        found = self._reading.rows("looks_at", workspace=workspace, subject=subject, limit=limit, before=before)
        return [_look(row) for row in found]

    async def read_counts(self, workspace: str, since: datetime) -> Sequence[ReadCount]:
        """Return how often words were read from a moment on, the newest month first."""
        found = self._reading.rows("read_counts", workspace=workspace, operator=OPERATOR, since=moment(since))
        return [
            ReadCount(
                month=date.fromisoformat(f"{row['month']}-01"),
                action=Action(row["action"]),
                by_operator=bool(row["by_operator"]),
                looks=row["looks"],
                texts=row["texts"],
            )
            for row in found
        ]

    async def newest_look(self, workspace: str, subject: str) -> AuditEntry | None:
        """Return the last look at a person's words."""
        return self._one(AuditEntry, "audit_of", workspace=workspace, subject=subject, limit=1)

    async def note(self, looks: Sequence[AuditEntry]) -> None:
        """Note looks in one workspace that are not noted already."""

        def work(connection: sqlite3.Connection) -> None:
            append(connection, not_yet_noted(connection, looks))

        await self._writer.write(work)

    async def is_noted(self, workspace: str, audit: str) -> bool:
        """Return whether something is noted under this id."""
        return bool(self._reading.rows("is_noted", workspace=workspace, audit=audit))

    async def looks_in_chain(self, workspace: str, subject: str) -> Sequence[NotedLook]:
        """Return every look at a person's words that is kept, oldest first, with its hash."""
        found = self._reading.rows("looks_at", workspace=workspace, subject=subject, limit=-1, before="")
        return [NotedLook(look=_look(row), hash=row["hash"]) for row in reversed(found)]

    async def audit_head(self, workspace: str) -> str:
        """Return the hash of the row written last; empty before the first."""
        found = self._reading.rows("audit_head", workspace=workspace)
        return str(found[0]["hash"]) if found else ""

    async def chains(self, is_signed: Callable[[Checkpoint], bool | None]) -> Sequence[Chain]:
        """Check the chain of every workspace from its beginning, or its checkpoint, to its end."""
        with self._reading.snapshot():
            workspaces = [row["workspace"] for row in self._reading.rows("audited")]
            return [checked(self._reading, each, is_signed) for each in workspaces]

    async def shorten_audit(self, before: datetime, at: datetime, sign: Callable[[Checkpoint], str]) -> int:
        """Let a signed checkpoint stand in place of the rows before a moment; return how many rows went."""

        def work(connection: sqlite3.Connection) -> int:
            return sum(shorten(connection, each, before, at, sign) for each in workspaces)

        workspaces = [row["workspace"] for row in self._reading.rows("audited")]
        return await self._writer.write(work) if workspaces else 0


def _look(row: sqlite3.Row) -> Look:
    entry, actor = side_by_side(row, AuditEntry, Member)
    return Look(entry=entry, actor=actor)
