"""What is kept, and what goes when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.coaching.records.cohort import Cohort


@dataclass(frozen=True, kw_only=True)
class Away:
    """Whom we may write to no more."""

    workspace: str
    member: str | None  # None: the workspace itself, which took the app out
    since: datetime  # when that was noticed


@dataclass(frozen=True, kw_only=True)
class Ended:
    """Runs of one team that ended on one day."""

    workspace: str  # its name
    channel: str
    ended_at: datetime
    words_days: int  # that the team keeps words after it
    runs: int


class Retention(Protocol):
    """Letting go of what was kept long enough."""

    async def note_away(self, at: datetime) -> None:
        """Note since when accounts are switched off and the app is removed; who is back is forgotten there."""
        ...

    async def away_since(self, before: datetime) -> Sequence[Away]:
        """Return who has been away since before a moment, the longest first."""
        ...

    async def never_joined(self, met_before: datetime) -> Sequence[tuple[str, str]]:
        """Return, by workspace and id, who was met before, took part in nothing and has not been heard since."""
        ...

    async def purge(self, workspace: str, *, at: datetime) -> int:
        """Delete everything of a workspace but that it was there; return how many people went.

        It leaves the file and its log within a minute.
        """
        ...

    async def teams(self) -> Sequence[Cohort]:
        """Return the teams of all workspaces, the oldest first."""
        ...

    async def ended(self) -> Sequence[Ended]:
        """Return the runs that ended, by team and day, the oldest first."""
        ...
