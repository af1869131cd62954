"""Who looked at whose words: append-only, without the words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Action(StrEnum):
    """What was done with somebody's data."""

    READ = "read"  # a coach opened the log
    DIGEST = "digest"  # a coach was told how much they shared, or of a promise of theirs
    EXPORT = "export"
    ANSWER = "answer"  # a coach wrote to the person
    ERASE = "erase"


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One look, one row."""

    id: str
    workspace: str
    cohort: str | None
    actor: str  # member id, or "operator" for the command line
    subject: str | None  # member id whose words were seen
    action: Action
    count: int  # replies seen
    at: datetime
    version: int = 0
