"""What is known about the installation as a whole, and what was missed while nobody listened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A person whose words may have been missed while nobody listened."""

    id: str
    workspace: str
    member: str
    since: datetime
    until: datetime
    attempt: int = 0


class Watch(Protocol):
    """Marks, and gaps to be read up on."""

    async def mark(self, name: str) -> str | None:
        """Return what was noted under a name about the installation as a whole."""
        ...

    async def set_mark(self, name: str, value: str) -> None:
        """Note something about the installation as a whole; durable, so it also proves that writing works."""
        ...

    async def room(self) -> int:
        """Return how many bytes are free on the disk that the store writes to."""
        ...

    async def open_gaps(self, since: datetime, until: datetime) -> int:
        """Note that nobody listened in a span: one gap per person with a direct conversation and a run not LEFT.

        A gap of the person that is still open is widened instead. Returns how many people are concerned.
        """
        ...

    async def gaps_in(self, now: datetime) -> Sequence[str]:
        """Return the active workspaces that have a gap whose not_before has come."""
        ...

    async def gaps(self, workspace: str, now: datetime, *, limit: int) -> Sequence[Gap]:
        """Return gaps of an active workspace whose not_before has come, the longest due first."""
        ...

    async def close_gap(self, workspace: str, gap: str) -> None:
        """Forget a gap: what was missed has been read."""
        ...

    async def try_gap(self, workspace: str, gap: str, *, not_before: datetime) -> None:
        """Count an attempt that begins, also for who dies in it; nobody else looks before then."""
        ...

    async def put_off_gap(self, workspace: str, gap: str, *, not_before: datetime) -> None:
        """Look again later; counts no attempt."""
        ...
