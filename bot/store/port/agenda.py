"""The agenda and its messages: what is planned, what is on its way, and how it ended."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.coaching.records.nudge import Nudge, NudgeState


@dataclass(frozen=True, kw_only=True)
class Queue:
    """How full the store's queues are."""

    planned: int  # PLANNED, due now or earlier
    put_off: int  # of these, could not move when they were looked at
    ready: int
    sending: int
    uncertain: int
    dead: int  # of the last seven days
    oldest_due: datetime | None  # due_at of the oldest PLANNED or READY that is due
    inbox: int  # arrivals not handled yet
    inbox_oldest: datetime | None
    inbox_dead: int  # arrivals given up, kept for the operator
    gaps: int


@dataclass(frozen=True, kw_only=True)
class CutOff:
    """A workspace that we are not connected to: its app was removed, or its platform is not configured any more."""

    platform: str
    name: str
    messages: int  # due, ready or in doubt; they wait


# How many nudges of a workspace may be claimed, once so many were claimed for those before it in the same claim; asked
# inside the transaction, on another thread.
Free = Callable[[str, int], int]


class Agenda(Protocol):
    """Nudges, from planned to settled."""

    async def nudge(self, workspace: str, nudge: str) -> Nudge | None: ...

    async def nudges_of(self, workspace: str, enrollment: str) -> Sequence[Nudge]:
        """Return every nudge of an enrollment by due time."""
        ...

    async def posts_of(self, workspace: str, cohort: str) -> Sequence[Nudge]:
        """Return every post for a cohort's channel by due time (member is None)."""
        ...

    async def last_of_weeks(self, workspace: str, cohort: str, weeks: int) -> date | None:
        """Return the last day for which the runs of a cohort have something planned of the journey's own weeks.

        Runs that stand still until their person comes back are left out. None: nobody is under way.
        """
        ...

    async def sent_to(self, workspace: str, member: str, *, limit: int) -> Sequence[Nudge]:
        """Return what was sent to a person, newest first."""
        ...

    async def count_tried(self, workspace: str, cohort: str, since: datetime, until: datetime) -> int:
        """Count people, not deeds: who answered DONE to an experiment (kind NUDGE) in the span."""
        ...

    async def next_moment(self, now: datetime) -> datetime | None:
        """Return when the next tick has something to do.

        The least of: max(due_at, not_before) of PLANNED and of READY; lease_until of SENDING; not_before of
        UNCERTAIN. It may lie in the past. Only active workspaces count. A READY row that another row of its
        conversation holds up has no moment of its own; one that expires before it may go has its expires_at.
        """
        ...

    async def due_in(self, now: datetime) -> Sequence[str]:
        """Return the active workspaces that have something PLANNED whose due_at and not_before have come."""
        ...

    async def due(self, workspace: str, now: datetime, *, limit: int) -> Sequence[Nudge]:
        """Return PLANNED nudges of an active workspace whose due_at and not_before have come, the longest due first.

        Nothing that the bot starts by itself is due for who seems to have asked for no more, until they answer that.
        """
        ...

    async def put_off(self, rows: Sequence[Nudge]) -> int:
        """Look at PLANNED nudges again no sooner than their not_before; return how many nobody changed meanwhile.

        They are looked at at once when `settle` moves a nudge of the same member, or of the same channel for posts.
        """
        ...

    async def ready_in(self, now: datetime) -> Sequence[str]:
        """Return the active workspaces that have something READY whose moments have come; cheap when there is none."""
        ...

    async def claim(
        self, now: datetime, *, workspaces: Sequence[str], lease_until: datetime, free: Free
    ) -> Sequence[Nudge]:
        """Move READY nudges of workspaces to SENDING, attempt and fence counted up; return them as they are now.

        One transaction for all of them, one workspace after the other in the order given: `free` is asked before each.

        Only when due_at and not_before have come and expires_at has not; one row per conversation (member, or
        cohort for posts) and none where another row of it is SENDING or UNCERTAIN, or where an older one that has not
        expired is READY, also if it still waits for its not_before: a conversation keeps its order. Oldest first.
        """
        ...

    async def unwanted(self, nudge: Nudge) -> str | None:
        """Return why a claimed nudge must not go out any more, asked at the last moment; None when it may.

        "fence" (lapsed or taken over), "uninstalled", "deactivated", "left" (also a digest to who coaches nobody any
        more, and a question about a coach who is none any more), "paused" (a member's own messages, also of who seems
        to have asked for no more; not those that go out all the same: WELCOME, READING_ASK, READING_NEWS, COACH_WORD,
        COACH_ASK, COACH_HEARD, COACH_WANTED), "ended" (posts of a cohort that ended).
        """
        ...

    async def ahead(self, now: datetime, *, after: str, limit: int) -> Sequence[Nudge]:
        """Return PLANNED nudges due later than now, by id, those beyond the id `after`."""
        ...

    async def dead(self, *, limit: int) -> Sequence[Nudge]:
        """Return nudges that ended DEAD, newest due first."""
        ...

    async def refused_so_far(self) -> Mapping[str, int]:
        """Return why messages that are tried again were not taken, with how many each."""
        ...

    async def queue(self, now: datetime) -> Queue:
        """Return how full the queues are; a few index look-ups."""
        ...

    async def cut_off(self, now: datetime) -> Sequence[CutOff]:
        """Return the workspaces that are not active, with what waits in them; not for a process that serves."""
        ...

    async def doubtful_in(self, now: datetime) -> Sequence[str]:
        """Return the active workspaces that have something UNCERTAIN whose not_before has come.

        SENDING ones whose lease has expired are moved there first, in every workspace.
        """
        ...

    async def doubtful(self, workspace: str, now: datetime, *, limit: int) -> Sequence[Nudge]:
        """Return UNCERTAIN nudges of an active workspace whose not_before has come."""
        ...

    async def settle(
        self,
        nudge: Nudge,
        to: NudgeState,
        *,
        at: datetime,
        conversation: str | None = None,
        message: str | None = None,
        not_before: datetime | None = None,
        reason: str | None = None,
        digest: str = "",
        shows: Collection[str] = (),
    ) -> bool:
        """Move a nudge on if it still has the state and fence given; False when the fence is stale.

        To SENT: writes sent_at=at, and its screen with conversation and message: with the `digest` of what was sent it
        is CURRENT, else STALE. `shows` are its subjects beyond those that the nudge itself tells. To any state: reason
        and not_before as given, lease cleared, version up; what was put off in its conversation is looked at at once.
        One `delivery` row is written for each settled SENDING or UNCERTAIN attempt (nudge, attempt, fence, outcome,
        reason, at).
        """
        ...

    async def doubts(self, workspace: str, nudge: str) -> int:
        """Return how often the sending of a nudge ended in doubt."""
        ...

    async def late(self, now: datetime, *, limit: int) -> Sequence[Nudge]:
        """Return READY nudges whose expires_at has passed."""
        ...
