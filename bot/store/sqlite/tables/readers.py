"""What others may read of a person's words, and the trace each look leaves."""

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import itemgetter

from bot.coaching.records.audit import OPERATOR, Action
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.reading import Gate, ReadGrant, Seat
from bot.coaching.records.reply import Reply
from bot.coaching.rules.reading import Viewer, may_look, may_read
from bot.coaching.rules.who_reads import WhoReads
from bot.store.port.readers import AroundLine, FoundLines, LogChoices, LogEntry, LogFilter
from bot.store.sqlite.log_line import Line, choice_of, choices, decided_by, entry, lines_of, text_of
from bot.store.sqlite.looks import note_looks
from bot.store.sqlite.queries import rows
from bot.store.sqlite.rows import TABLES, name_in, side_by_side
from bot.store.sqlite.search import Place, page_of, sought
from bot.store.sqlite.tables.beside import Beside

Rows = Callable[..., list[sqlite3.Row]]  # a named statement by its values, on one connection


class Readers(Beside):
    """The reply log; what is read is noted in the same transaction."""

    async def viewer(self, workspace: str, person: str, at: datetime) -> Viewer:
        """Return somebody with every right to read that they have at that moment."""
        with self._reading.snapshot():
            return viewer_of(self._reading.rows, workspace, person, at)

    async def gate(self, workspace: str) -> Gate | None:
        """Return the open gate of a workspace."""
        return self._one(Gate, "gate", workspace=workspace)

    async def gates(self, workspace: str) -> Sequence[Gate]:
        """Return every gate that was recorded in a workspace, oldest first."""
        return self._all(Gate, "gates", workspace=workspace)

    async def who_reads(self, workspace: str, member: str, cohort: str) -> WhoReads:
        """Return who reads what a member shares in a cohort."""
        return self._who_reads(workspace, member, [cohort])[cohort]

    async def runs_in(self, workspace: str, cohort: str) -> Sequence[tuple[Enrollment, Member, Cohort]]:
        """Return who takes part in a cohort or has been through it, those who left it not, the first joined first."""
        return self._side_by_side((Enrollment, Member, Cohort), "runs_in", workspace=workspace, cohort=cohort)

    async def cohorts_of(self, workspace: str) -> Sequence[Cohort]:
        """Return every cohort of a workspace, those that ended included, the oldest first."""
        return self._all(Cohort, "cohorts_of", workspace=workspace)

    async def grants_in(self, workspace: str) -> Sequence[ReadGrant]:
        """Return all grants of a workspace that have not ended, oldest first."""
        return self._all(ReadGrant, "grants_open", workspace=workspace)

    async def grants_to(self, workspace: str, coach: str) -> Sequence[ReadGrant]:
        """Return what people let a coach read, as far as it has not ended, oldest first."""
        return self._all(ReadGrant, "grants_to", workspace=workspace, coach=coach)

    async def is_agreed_otherwise(self, workspace: str, wording: str) -> bool:
        """Return whether a grant that goes on was given to other texts than those of this version."""
        return bool(self._reading.rows("granted_otherwise", workspace=workspace, wording=wording))

    async def grants_of(self, workspace: str, member: str) -> Sequence[ReadGrant]:
        """Return a member's grants that have not ended, oldest first."""
        return self._all(ReadGrant, "grants_of", workspace=workspace, member=member)

    async def seat(self, workspace: str, seat: str) -> tuple[Seat, Member] | None:
        """Return a seat of the council by id, also one that ended, with whose it is or was."""
        return next(iter(self._side_by_side((Seat, Member), "seat_called", workspace=workspace, seat=seat)), None)

    async def seats(self, workspace: str) -> Sequence[tuple[Seat, Member]]:
        """Return who has the council's seat, the first named first."""
        return self._side_by_side((Seat, Member), "seat", workspace=workspace)

    async def read_log(
        self,
        workspace: str,
        reader: str,
        cohort: str,
        which: LogFilter,
        *,
        before: Place | None,
        limit: int,
        at: datetime,
        audit_id: str,
        action: Action = Action.READ,
    ) -> Sequence[LogEntry]:
        """Return what a coach may read, newest first, and write one audit row per person seen."""

        def read(connection: sqlite3.Connection) -> list[LogEntry]:
            viewer = viewer_of(_on(connection), workspace, reader, at)
            if not may_look(viewer, cohort):
                return []
            lines = _lines(connection, viewer, workspace, cohort, which, before, limit)
            note_looks(connection, lines, actor=reader, cohort=cohort, at=at, audit_id=audit_id, action=action)
            return [entry(line) for line in lines]

        return await self._writer.write(read)

    async def search_log(
        self,
        workspace: str,
        reader: str,
        cohort: str,
        which: LogFilter,
        *,
        before: Place | None,
        limit: int,
        most: int,
        at: datetime,
        audit_id: str,
        is_wanted: Callable[[LogEntry], bool],
        action: Action = Action.SEARCH,
    ) -> FoundLines:
        """Return what is wanted of what a coach may read, looking at so many lines, and note it as a look."""

        def search(connection: sqlite3.Connection) -> FoundLines:
            viewer = viewer_of(_on(connection), workspace, reader, at)
            if not may_look(viewer, cohort):
                return FoundLines(entries=[], until=None)
            found, until = sought(
                lambda below, wish: _lines(connection, viewer, workspace, cohort, which, below, wish),
                lambda line: is_wanted(entry(line)),
                before,
                limit=limit,
                most=most,
            )
            note_looks(connection, found, actor=reader, cohort=cohort, at=at, audit_id=audit_id, action=action)
            return FoundLines(entries=[entry(line) for line in found], until=until)

        return await self._writer.write(search)

    async def around_line(self, workspace: str, line: str, *, reader: str, at: datetime) -> AroundLine | None:
        """Return a reply or a commitment by id, deleted ones included, with the rights of who asks; notes no look."""
        with self._reading.snapshot():
            reply = self._one(Reply, "reply", workspace=workspace, reply=line)
            record = reply or self._one(Commitment, "commitment", workspace=workspace, commitment=line)
            if record is None:
                return None
            around = self._reading.rows("around", workspace=workspace, enrollment=record.enrollment)
            enrollment, member, cohort = side_by_side(around[0], Enrollment, Member, Cohort)
            return AroundLine(
                viewer=viewer_of(self._reading.rows, workspace, reader, at),
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
        self, workspace: str, reader: str, cohort: str, lines: Collection[str], at: datetime
    ) -> Mapping[str, str] | None:
        """Return by id the texts among these that a coach may read now; None for who may open no log of it."""
        with self._reading.snapshot():
            viewer = viewer_of(self._reading.rows, workspace, reader, at)
            if not may_look(viewer, cohort):
                return None
            found = self._reading.rows("lines_with", workspace=workspace, cohort=cohort, lines=json.dumps(list(lines)))
            lines_there = lines_of(found)
            return {line["id"]: text_of(line) for line in lines_there if may_read(viewer, decided_by(line))}

    async def log_choices(self, workspace: str, reader: str, cohort: str, at: datetime) -> LogChoices:
        """Return what the log of a cohort can be narrowed to; nothing for who may not open it."""
        with self._reading.snapshot():
            viewer = viewer_of(self._reading.rows, workspace, reader, at)
            if not may_look(viewer, cohort):
                return LogChoices(people={}, items=set(), weeks=set(), kinds=set())
            log = {"workspace": workspace, "cohort": cohort}
            newest = self._reading.rows("log_choices", **log)
            runs = json.dumps(sorted({row["enrollment"] for row in newest}))
            known = {row["id"]: row for row in self._reading.rows("runs_called", workspace=workspace, runs=runs)}
            found = choices(viewer, newest, known)
            # Whose newest line may not be read may have let older ones be read, or a single one.
            left = sorted({row["member"] for row in newest if choice_of(row) not in found})
            if left:
                every = self._reading.rows("log_choices_of", **log, people=json.dumps(left))
                found |= choices(viewer, every, known)
        names = {row["member"]: name_in(known[row["enrollment"]], workspace) for row in newest}
        return LogChoices(
            people={member: names[member] for member, *_ in found},
            items={item for _, item, *_ in found if item is not None},
            weeks={week for _, _, week, _ in found},
            kinds={kind for *_, kind in found},
        )

    async def operator_log(
        self,
        which: LogFilter,
        *,
        before: Place | None,
        limit: int,
        at: datetime,
        audit_id: str,
    ) -> Sequence[LogEntry]:
        """Return the same over all cohorts whose gate is open, audited with actor "operator"."""

        def read(connection: sqlite3.Connection) -> list[LogEntry]:
            viewer = cache(lambda workspace: viewer_of(_on(connection), workspace, OPERATOR, at))
            lines = _readable(
                lambda below: rows(connection, "operator_log", **page_of(which, below, limit)),
                lambda row: viewer(row["workspace"]),
                before,
                limit,
            )
            note_looks(connection, lines, actor=OPERATOR, cohort=None, at=at, audit_id=audit_id)
            return [entry(line) for line in lines]

        return await self._writer.write(read)


def viewer_of(find: Rows, workspace: str, person: str, at: datetime) -> Viewer:
    """Return somebody with every right to read that they have."""
    grants = (
        find("grants_open", workspace=workspace)
        if person == OPERATOR
        else find("grants_to", workspace=workspace, coach=person)
    )
    gate = find("gate", workspace=workspace)
    return Viewer(
        at=at,
        person=person,
        coaches=frozenset(row["cohort"] for row in find("coached", workspace=workspace, member=person)),
        grants=TABLES[ReadGrant].records(grants),
        gate=TABLES[Gate].record(gate[0]) if gate else None,
    )


def _on(connection: sqlite3.Connection) -> Rows:
    return lambda name, **values: rows(connection, name, **values)


def _lines(
    connection: sqlite3.Connection,
    viewer: Viewer,
    workspace: str,
    cohort: str,
    which: LogFilter,
    before: Place | None,
    limit: int,
) -> list[Line]:
    """Return so many lines of a log below a place that its viewer may read, newest first."""
    values = {"workspace": workspace, "cohort": cohort}
    return _readable(
        lambda below: rows(connection, "log_lines", **values, **page_of(which, below, limit)),
        lambda _: viewer,
        before,
        limit,
    )


def _readable(
    lines_below: Callable[[Place | None], list[sqlite3.Row]],
    viewer_for: Callable[[Line], Viewer],
    before: Place | None,
    limit: int,
) -> list[Line]:
    """Return so many lines below a place that may be read, newest first."""
    found: list[Line] = []
    while lines := sorted(lines_of(lines_below(before)), key=itemgetter("at", "id"), reverse=True):
        found += [row for row in lines if may_read(viewer_for(row), decided_by(row))]
        if len(found) >= limit or len(lines) < limit:
            break
        before = lines[-1]["at"], lines[-1]["id"]
    return found[:limit]
