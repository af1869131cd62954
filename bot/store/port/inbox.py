"""What comes in: kept until it is handled, one at a time in each lane, once."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What came in, as the platform sent it, kept until it is handled."""

    id: str  # what happened, the same whenever it is sent again: "said:D1/17.2", a trigger, an event's own id
    workspace: str  # our workspace id
    platform: str  # who can read the body
    lane: str  # one at a time, in order: the platform's id of the person who acted
    body: str  # JSON; gone once it is handled
    at: datetime
    attempt: int = 0  # times it was taken, this time included; also the fence
    failures: int = 0  # times its handling failed, whoever handled it
    echo: str = ""  # what stays the same when it is brought again under another id; empty where nothing does
    echo_for: float = 0.0  # seconds for which something with the same echo is the same thing
    read: Any = field(default=None, compare=False, repr=False)  # the body as its adapter read it; None from the file


class Receipt(StrEnum):
    """What the inbox says to something that came in; in each case it is on the disk."""

    TAKEN = "taken"  # new, and its turn: whoever brought it handles it now
    WAITING = "waiting"  # new, and something of its lane is still being handled: its turn comes
    KNOWN = "known"  # it came before
    OTHER = "other"  # something with another echo came before under the same id, and counts


class CameBefore(Exception):
    """Something else came in before under the same id, and counts."""


class Inbox(Protocol):
    """What is still to be handled, and the ids of what was."""

    # Every one that came in waits for these: a coroutine that only hands on would be entered anew each time.

    def arrive(self, arrival: Arrival, *, lease_until: datetime, jumps: bool = False) -> Awaitable[Receipt]:
        """Keep what came in, unless it came before, and take it when nothing of its lane is unfinished.

        With `jumps` it is taken at once whatever its lane does: somebody waits for the answer. TAKEN is attempt 1.
        """
        ...

    async def extend(self, arrivals: Sequence[Arrival], *, lease_until: datetime) -> int:
        """Extend the leases of what is still being handled, in one write; return of how many.

        What has a stale fence, or is not taken any more, stays as it is.
        """
        ...

    def finish(self, arrival: Arrival, *, at: datetime, lease_until: datetime) -> Awaitable[Arrival | None]:
        """Note that it was handled, let go of its body, and take and return the next of its lane.

        A stale fence (somebody took it over) changes nothing and returns None.
        """
        ...

    async def put_back(self, arrival: Arrival, *, not_before: datetime, reason: str, is_failure: bool = False) -> bool:
        """Let it be taken again from a moment on; its lane waits. False when the fence is stale.

        With `is_failure` it counts as one more failure of its handling.
        """
        ...

    async def note_suspect(self, arrival: Arrival) -> int:
        """Count that this process may be about to die of it; return how many, in a row, may have died of it before.

        What is put back was survived. 0 when the fence is stale.
        """
        ...

    async def give_up(self, arrival: Arrival, *, at: datetime, reason: str, lease_until: datetime) -> Arrival | None:
        """Bury what cannot be handled, body kept for the operator; take and return the next of its lane."""
        ...

    async def withdraw(self, arrival: Arrival) -> None:
        """Forget that it came: it was not accepted, and may be sent in again."""
        ...

    async def left_lying(self, now: datetime, *, lease_until: datetime, limit: int) -> Sequence[Arrival]:
        """Take what nobody handles: the head of each lane, if it waits or its taker's lease is over; oldest first."""
        ...

    async def first_sight(self, workspace: str, person: str, event_id: str, at: datetime) -> bool:
        """Return True the first time an id is seen, and note it; it goes when the person (external id) is erased."""
        ...

    async def seen(self, workspace: str, event_id: str) -> bool:
        """Return whether an id was noted before, or came in."""
        ...

    async def forget_sights(self, before: datetime) -> int:
        """Forget what was handled, or noted, and came before then; no platform repeats it for so long."""
        ...
