"""The audit: who looked at whose words, kept as a chain that anybody can check."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.coaching.records.audit import Action, AuditEntry
from bot.coaching.records.member import Member


@dataclass(frozen=True, kw_only=True)
class Look:
    """Somebody's look at a person's words, with who that is; None for the command line, and for who is gone."""

    entry: AuditEntry
    actor: Member | None


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """What stands in place of a workspace's oldest rows: how many they were, and the hash of the last of them."""

    workspace: str
    until_seq: int
    rows: int
    hash: str
    made_at: datetime
    signature: str


class Fault(StrEnum):
    """What is wrong with a chain, at the first row at which it shows."""

    CHANGED = "changed"  # a row does not have the hash it was written with
    MISSING = "missing"  # the row before it is not there, or stands elsewhere
    CUT_OFF = "cut_off"  # the last row is not the one that was written last
    SIGNATURE = "signature"  # the checkpoint is not the one that was made


@dataclass(frozen=True, kw_only=True)
class Chain:
    """How checking a workspace's chain ended."""

    workspace: str
    rows: int  # that are as they were written, from the first or the checkpoint on
    before: Checkpoint | None  # in place of older ones
    fault: Fault | None
    at: datetime | None  # of the row at which it shows; None where no row does
    head: str  # the hash of the last good row; empty before the first
    hashes: frozenset[str]  # of all good rows


@dataclass(frozen=True, kw_only=True)
class ReadCount:
    """How often words were read in one month by readers of one kind; neither who read nor whose words."""

    month: date  # its first day, in UTC
    action: Action  # READ, or DIGEST
    by_operator: bool  # else by a coach
    looks: int
    texts: int


@dataclass(frozen=True, kw_only=True)
class NotedLook:
    """A look at a person's words with its place in the chain."""

    look: Look
    hash: str


class Audit(Protocol):
    """Who looked at whose words."""

    async def looked_before(self, workspace: str, reader: str, cohort: str, audit_id: str) -> datetime | None:
        """Return when a coach last read the log of a cohort, the look under that stem left aside; None: never."""
        ...

    async def looks_at(self, workspace: str, subject: str, *, limit: int, before: str = "") -> Sequence[Look]:
        """Return who looked at a person's words, newest first, with who that is; `before` is the id of a look."""
        ...

    async def read_counts(self, workspace: str, since: datetime) -> Sequence[ReadCount]:
        """Return how often words were read from a moment on, the newest month first."""
        ...

    async def newest_look(self, workspace: str, subject: str) -> AuditEntry | None:
        """Return the last look at a person's words."""
        ...

    async def note(self, looks: Sequence[AuditEntry]) -> None:
        """Note looks in one workspace; those that their reader has noted under the same ids are noted already."""
        ...

    async def is_noted(self, workspace: str, audit: str) -> bool:
        """Return whether something is noted under this id."""
        ...

    async def looks_in_chain(self, workspace: str, subject: str) -> Sequence[NotedLook]:
        """Return every look at a person's words that is kept, oldest first, with its hash."""
        ...

    async def audit_head(self, workspace: str) -> str:
        """Return the hash of the row written last; empty before the first."""
        ...

    async def chains(self, is_signed: Callable[[Checkpoint], bool | None]) -> Sequence[Chain]:
        """Check the chain of every workspace from its beginning, or its checkpoint, to its end.

        `is_signed` tells whether a checkpoint's signature is ours; None when nobody can tell, for want of a key.
        """
        ...

    async def shorten_audit(self, before: datetime, at: datetime, sign: Callable[[Checkpoint], str]) -> int:
        """Let a signed checkpoint stand in place of the rows before a moment; return how many rows went."""
        ...
