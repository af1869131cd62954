"""What others may read of a person's words, and the trace each look leaves."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.coaching.records.audit import OPERATOR, Action, AuditEntry, SeenText
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.reply import Reply, Scope
from bot.store.port.readers import AroundLine, LogChoices, LogEntry, LogFilter
from bot.store.sqlite import audit_chain
from bot.store.sqlite.queries import Part, rows
from bot.store.sqlite.rows import NEWEST, moment, side_by_side


class Readers(Part):
    """The reply log; what is read is noted in the same transaction."""

    async def read_log(
        self,
        workspace: str,
        reader: str,
        cohort: str,
        which: LogFilter,
        *,
        before: tuple[datetime, str] | None,
        limit: int,
        at: datetime,
        audit_id: str,
    ) -> Sequence[LogEntry]:
        """Return what an active coach may read, newest first, and write one audit row per person seen."""
        values = _page(which, before, limit) | {"workspace": workspace, "reader": reader, "cohort": cohort}

        def read(connection: sqlite3.Connection) -> list[LogEntry]:
            if not rows(connection, "may_read", workspace=workspace, reader=reader, cohort=cohort):
                return []
            lines = rows(connection, "read_log", **values)
            _note(connection, lines, actor=reader, cohort=cohort, at=at, audit_id=audit_id)
            return [_entry(line) for line in lines]

        return await self._writer.write(read)

    async def around_line(self, workspace: str, line: str) -> AroundLine | None:
        """Return a reply or a commitment by id, deleted ones included, for deciding who may see it; notes no look."""
        with self._reading.snapshot():
            reply = self._one(Reply, "reply", workspace=workspace, reply=line)
            record = reply or self._one(Commitment, "commitment", workspace=workspace, commitment=line)
            if record is None:
                return None
            around = self._reading.rows("around", workspace=workspace, enrollment=record.enrollment)
            enrollment, member, cohort = side_by_side(around[0], Enrollment, Member, Cohort)
            return AroundLine(
                record=record,
                enrollment=enrollment,
                member=member,
                cohort=cohort,
                word=self._one(Reply, "reply", workspace=workspace, reply=reply.answers)
                if reply and reply.answers
                else None,
                said=self._all(Reply, "replies_to", workspace=workspace, nudge=record.nudge),
            )

    async def readable(
        self, workspace: str, reader: str, cohort: str, lines: Collection[str]
    ) -> Mapping[str, str] | None:
        """Return by id the texts among these that a coach may read now; None for who is no active coach of it."""
        if not self._reading.rows("may_read", workspace=workspace, reader=reader, cohort=cohort):
            return None
        found = self._reading.rows(
            "readable", workspace=workspace, reader=reader, cohort=cohort, lines=json.dumps(list(lines))
        )
        return {row["id"]: row["text"] for row in found}

    async def log_choices(self, workspace: str, reader: str, cohort: str) -> LogChoices:
        """Return what the log of a cohort can be narrowed to; nothing for who is not an active coach of it."""
        found = self._reading.rows("log_choices", workspace=workspace, reader=reader, cohort=cohort)
        return LogChoices(
            people={row["member"]: row["name"] for row in found},
            items={row["item"] for row in found if row["item"] is not None},
            weeks={row["week"] for row in found},
        )

    async def operator_log(
        self,
        which: LogFilter,
        *,
        before: tuple[datetime, str] | None,
        limit: int,
        at: datetime,
        audit_id: str,
    ) -> Sequence[LogEntry]:
        """Return the same over all cohorts, audited with actor "operator"."""
        values = _page(which, before, limit)

        def read(connection: sqlite3.Connection) -> list[LogEntry]:
            lines = rows(connection, "operator_log", **values)
            _note(connection, lines, actor=OPERATOR, cohort=None, at=at, audit_id=audit_id)
            return [_entry(line) for line in lines]

        return await self._writer.write(read)


def _page(which: LogFilter, before: tuple[datetime, str] | None, limit: int) -> dict[str, object]:
    before_at, before_id = NEWEST if before is None else (moment(before[0]), before[1])
    return {
        "member": which.member,
        "item": which.item,
        "week": which.week,
        "before_at": before_at,
        "before_id": before_id,
        "limit": limit,
    }


def _note(
    connection: sqlite3.Connection,
    lines: Sequence[sqlite3.Row],
    *,
    actor: str,
    cohort: str | None,
    at: datetime,
    audit_id: str,
) -> None:
    """Note one look a person; the same look once more, cut off before it was answered, is noted already."""
    seen: defaultdict[str, defaultdict[str, list[SeenText]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        seen[line["workspace"]][line["member"]].append(SeenText(id=line["id"], edition=line["edition"]))
    for workspace, texts in seen.items():
        known = audit_chain.aliases(connection, workspace, texts)
        looks = [
            AuditEntry(
                id=f"{audit_id}-{known[member]}-{len(those)}",
                workspace=workspace,
                cohort=cohort,
                actor=actor,
                subject=member,
                action=Action.READ,
                count=len(those),
                at=at,
                seen=tuple(those),
            )
            for member, those in texts.items()
        ]
        audit_chain.append(connection, audit_chain.not_yet_noted(connection, looks))


def _entry(line: sqlite3.Row) -> LogEntry:
    return LogEntry(
        id=line["id"],
        at=datetime.fromisoformat(line["at"]),
        member=line["member"],
        name=line["name"],
        item=line["item"],
        week=line["week"],
        kind=line["kind"],
        question=line["question"],
        text=line["text"],
        scope=Scope(line["scope"]),
        nudge=line["nudge"],
        answers=line["answers"],
        word=line["word"],
    )
