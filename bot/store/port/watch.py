"""What is known about the installation as a whole, and what was missed while nobody listened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a conversation was read: down to its oldest page first, then handled from there up."""

    until: datetime  # what was typed later belongs to the next reading
    pages: tuple[str, ...] = ("",)  # those still to be handled, by their names, the newest first
    is_down: bool = False  # the last of them is the oldest there is


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A person whose words may have been missed while nobody listened."""

    id: str
    workspace: str
    member: str
    since: datetime
    until: datetime
    attempt: int = 0
    progress: Progress | None = None  # None: not begun


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Somebody who may be answering."""

    external_id: str
    direct: str  # their conversation with us


class Watch(Protocol):
    """Marks, and gaps to be read up on."""

    async def mark(self, name: str) -> str | None:
        """Return what was noted under a name about the installation as a whole."""
        ...

    async def set_mark(self, name: str, value: str) -> None:
        """Note something about the installation as a whole; durable, so it also proves that writing works."""
        ...

    async def open_gaps(
        self, since: datetime, until: datetime, *, platform: str = "", asking: Iterable[str] = ()
    ) -> int:
        """Note that nobody listened in a span: one gap per person with a direct conversation and a run not LEFT.

        On one platform, or on all. A gap of the person that is still open is widened instead. Whom a message of a kind
        in `asking` asked something in the days before comes first. Returns how many people are concerned.
        """
        ...

    async def gaps_in(self, now: datetime) -> Sequence[str]:
        """Return the active workspaces that have a gap whose not_before has come."""
        ...

    async def is_looked_up(self, workspace: str, soon: datetime) -> bool:
        """Return whether a message to a person is in doubt there, and its next look comes by then."""
        ...

    async def asked_last(self, workspace: str, *, limit: int) -> Sequence[Asked]:
        """Return the people whose conversation had a message of ours last, newest first."""
        ...

    async def gaps(self, workspace: str, now: datetime, *, limit: int) -> Sequence[Gap]:
        """Return gaps of an active workspace whose not_before has come, the longest due first."""
        ...

    async def close_gap(self, workspace: str, member: str, *, since: datetime, until: datetime) -> None:
        """Forget a gap that begins then: it was read up to a moment. What it was widened by after that stays."""
        ...

    async def keep_progress(self, workspace: str, member: str, *, since: datetime, progress: Progress) -> None:
        """Note how far a gap that begins then was read; attempts are counted anew."""
        ...

    async def try_gap(self, workspace: str, gap: str, *, not_before: datetime) -> None:
        """Count an attempt that begins, also for who dies in it; nobody else looks before then."""
        ...

    async def put_off_gap(self, workspace: str, gap: str, *, not_before: datetime) -> None:
        """Look again later; counts no attempt."""
        ...
