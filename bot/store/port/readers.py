"""What others may read of a person's words, and the trace each look leaves."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.coaching.records.audit import Action
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.reading import Gate, ReadGrant, Seat
from bot.coaching.records.reply import Reply, Scope
from bot.coaching.rules.reading import Viewer
from bot.coaching.rules.who_reads import WhoReads


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """One line of the reply log, as its reader may see it."""

    id: str
    at: datetime
    member: str  # member id
    name: str
    item: str | None
    week: int
    kind: str  # ReplyKind, or "plan" and "transfer" for commitments
    question: int | None
    text: str  # for a plan or transfer: first and second joined by a line break
    scope: Scope
    nudge: str
    answers: str | None = None  # id of the reader's own word that it answers
    word: str | None = None  # what that word says; None once it is gone


ANSWER_KIND = "answer"  # among the kinds of a filter: whatever answers a coach's word


@dataclass(frozen=True, kw_only=True)
class LogFilter:
    """What to show of the log; None does not filter, nor does an empty tuple."""

    people: tuple[str, ...] = ()  # member ids
    item: str | None = None
    week: int | None = None
    kinds: tuple[str, ...] = ()  # as in LogEntry; ANSWER_KIND for what answers the reader's own word
    is_unanswered: bool = False  # only what a member wrote and no coach answered since; not for the command line


@dataclass(frozen=True, kw_only=True)
class LogChoices:
    """What the log can be narrowed to: what occurs in what members wrote and its reader may read."""

    people: Mapping[str, str]  # id to name
    items: Collection[str]
    weeks: Collection[int]
    kinds: Collection[str] = ()


@dataclass(frozen=True, kw_only=True)
class FoundLines:
    """What was found among the lines that somebody may read, newest first, and how far they were looked through."""

    entries: Sequence[LogEntry]
    until: tuple[datetime, str] | None  # the last line looked at, moment and id; None: there is nothing below


@dataclass(frozen=True, kw_only=True)
class AroundLine:
    """What a line of the log stands for, with whose it is and what who asks may read, as they stand at one moment."""

    viewer: Viewer
    record: Reply | Commitment
    enrollment: Enrollment
    member: Member
    cohort: Cohort
    word: Reply | None  # of a coach, that it answers
    said: Sequence[Reply]  # all that stands about the same message, oldest first


class Readers(Protocol):
    """Who may read, and the reply log. Of each text `may_read` decides (bot/coaching/rules/reading.py)."""

    async def viewer(self, workspace: str, person: str, at: datetime) -> Viewer:
        """Return somebody, by member id or as OPERATOR, with every right to read that they have at that moment."""
        ...

    async def gate(self, workspace: str) -> Gate | None:
        """Return the open gate of a workspace; None while no coach may read there."""
        ...

    async def gates(self, workspace: str) -> Sequence[Gate]:
        """Return every gate that was recorded in a workspace, oldest first."""
        ...

    async def who_reads(self, workspace: str, member: str, cohort: str) -> WhoReads:
        """Return who reads what a member shares in a cohort, as it stands at one moment."""
        ...

    async def runs_in(self, workspace: str, cohort: str) -> Sequence[tuple[Enrollment, Member, Cohort]]:
        """Return who takes part in a cohort or has been through it, those who left it not, the first joined first."""
        ...

    async def cohorts_of(self, workspace: str) -> Sequence[Cohort]:
        """Return every cohort of a workspace, those that ended included, the oldest first."""
        ...

    async def grants_in(self, workspace: str) -> Sequence[ReadGrant]:
        """Return all grants of a workspace that have not ended, oldest first."""
        ...

    async def grants_to(self, workspace: str, coach: str) -> Sequence[ReadGrant]:
        """Return what people let a coach, by member id, read, as far as it has not ended, oldest first."""
        ...

    async def is_agreed_otherwise(self, workspace: str, wording: str) -> bool:
        """Return whether a grant that goes on was given to other texts than those of this version."""
        ...

    async def grants_of(self, workspace: str, member: str) -> Sequence[ReadGrant]:
        """Return a member's grants that have not ended, oldest first."""
        ...

    async def seat(self, workspace: str, seat: str) -> tuple[Seat, Member] | None:
        """Return a seat of the council by id, also one that ended, with whose it is or was."""
        ...

    async def seats(self, workspace: str) -> Sequence[tuple[Seat, Member]]:
        """Return who has the council's seat, the first named first."""
        ...

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
        action: Action = Action.READ,
    ) -> Sequence[LogEntry]:
        """Return what an active coach may read, newest first by (at, id), and write one audit row per person seen.

        A reader who may not open the log of that cohort gets nothing. One transaction; `audit_id` is the stem of the
        audit rows' ids: the same look once more, under the same one, is noted once.
        """
        ...

    async def search_log(
        self,
        workspace: str,
        reader: str,
        cohort: str,
        which: LogFilter,
        *,
        before: tuple[datetime, str] | None,
        limit: int,
        most: int,
        at: datetime,
        audit_id: str,
        is_wanted: Callable[[LogEntry], bool],
        action: Action = Action.SEARCH,
    ) -> FoundLines:
        """Return of the lines that `read_log` would show those that are wanted, noted as it notes them.

        It looks at `most` lines and stops at `limit` found. What is not wanted nobody sees, and is not noted.
        `is_wanted` is asked in the transaction: it must be quick, and raise nothing.
        """
        ...

    async def around_line(self, workspace: str, line: str, *, reader: str, at: datetime) -> AroundLine | None:
        """Return a reply or a commitment by id, deleted ones included, with the rights of who asks; notes no look."""
        ...

    async def readable(
        self, workspace: str, reader: str, cohort: str, lines: Collection[str], at: datetime
    ) -> Mapping[str, str] | None:
        """Return by id the texts among these that `read_log` would show a coach now, as it would.

        None for who may not open the log of that cohort. Nobody sees them, so no look is noted.
        """
        ...

    async def log_choices(self, workspace: str, reader: str, cohort: str, at: datetime) -> LogChoices:
        """Return what the log of a cohort can be narrowed to; nothing for who may not open it.

        What coaches wrote does not count. No words are read, so no look is noted.
        """
        ...

    async def operator_log(
        self, which: LogFilter, *, before: tuple[datetime, str] | None, limit: int, at: datetime, audit_id: str
    ) -> Sequence[LogEntry]:
        """The same for the command line, over all cohorts whose gate is open, audited with actor "operator".

        Never a PRIVATE word, nor what answers one coach, nor what no coach was granted.
        """
        ...
