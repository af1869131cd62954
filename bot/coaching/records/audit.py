"""Who looked at whose words: append-only, without the words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

OPERATOR = "operator"  # the command line's name in the audit


class Action(StrEnum):
    """What was done with somebody's data."""

    READ = "read"  # a coach opened the log
    SEARCH = "search"  # a coach looked for a word in the log, and found it there
    DIGEST = "digest"  # a coach was told how much they shared, or of a promise of theirs
    PREVIEW = "preview"  # a coach saw it on the page of the team: on this week, or as the next post will have it
    DOWNLOAD = "download"  # a coach took what the log shows along as a file
    EXPORT = "export"  # all there is about them
    ANSWER = "answer"  # a coach wrote to the person
    ERASE = "erase"


@dataclass(frozen=True, kw_only=True)
class SeenText:
    """One text as it was seen: its id and its edition, never its words."""

    id: str
    edition: int


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One look at one person's words, one row.

    The store keeps people under a random alias, and chains each row to the one before it (ADR 26).
    """

    id: str
    workspace: str
    cohort: str | None
    actor: str  # member id, or "operator" for the command line; an alias nobody can resolve once they were erased
    subject: str | None  # member id whose words were seen
    action: Action
    count: int  # replies seen
    at: datetime
    seen: tuple[SeenText, ...] = ()  # which texts
    version: int = 0
