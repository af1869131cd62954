"""What a person says they will do, and on which day."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.coaching.records.reply import Scope


class CommitmentKind(StrEnum):
    """What was promised."""

    PLAN = "plan"  # an if-then plan for the experiment
    TRANSFER = "transfer"  # one change, one owner, one date at the own service desk


class CommitmentState(StrEnum):
    """How it went."""

    OPEN = "open"
    DONE = "done"
    MOVED = "moved"  # a new date was picked; still open on that date
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """A promise of a person to themselves, with a date."""

    id: str
    workspace: str
    cohort: str
    enrollment: str
    member: str
    nudge: str  # the nudge it answers
    item: str
    week: int
    kind: CommitmentKind
    first: str  # plan: the "if"; transfer: the one change
    second: str  # plan: the "then I"; transfer: the one owner
    due_on: date  # in the member's own calendar
    state: CommitmentState = CommitmentState.OPEN
    scope: Scope
    made_at: datetime
    closed_at: datetime | None = None
    deleted_at: datetime | None = None  # when its author took the words back
    edition: int = 0  # times the words were changed: a press for the channel names the one it saw
    shared_at: datetime | None = None  # its author's press for the channel, for these very words
    kept_out_at: datetime | None = None  # when it was last kept, or taken, out of the channel
    left_out_at: datetime | None = None  # when a coach left what is let into the channel out of the post
    left_out_by: str | None = None  # member id of that coach
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether a day-of question still makes sense."""
        return self.state in (CommitmentState.OPEN, CommitmentState.MOVED)
