"""What the flows may ask of the store.

Records are frozen; each carries `version`. `save` writes any number of them in one durable transaction: version 0
inserts, anything else updates only the row that still has that version and counts it up. When one of them cannot
be written as asked, none is, and `Conflict` is raised: somebody was faster, read again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.coaching.audit import AuditEntry
from bot.coaching.cohort import Coach, Cohort
from bot.coaching.commitment import Commitment
from bot.coaching.enrollment import Enrollment, OptIn
from bot.coaching.member import Member
from bot.coaching.nudge import Nudge, NudgeState
from bot.coaching.pulse import PulseAnswer, Wave
from bot.coaching.reach import Reach
from bot.coaching.reflection import Reflection
from bot.coaching.reply import Reply, ReplyKind, Scope
from bot.coaching.workspace import Workspace

Record = (
    Workspace
    | Member
    | Cohort
    | Coach
    | Enrollment
    | OptIn
    | Nudge
    | Commitment
    | Reply
    | PulseAnswer
    | Reflection
    | AuditEntry
)


class StoreError(Exception):
    """Base of what a store can raise."""


class Conflict(StoreError):
    """Somebody else wrote first, or a record with this key exists; nothing was written."""


class Unusable(StoreError):
    """The file cannot be used; the message says what to do."""


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


@dataclass(frozen=True, kw_only=True)
class LogFilter:
    """What to show of the log; None does not filter."""

    member: str | None = None
    item: str | None = None
    week: int | None = None


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
    echo: str = ""  # what stays the same when it is brought again under another id; empty where nothing does
    echo_for: float = 0.0  # seconds for which something with the same echo is the same thing


class Receipt(StrEnum):
    """What the inbox says to something that came in; in each case it is on the disk."""

    TAKEN = "taken"  # new, and its turn: whoever brought it handles it now
    WAITING = "waiting"  # new, and something of its lane is still being handled: its turn comes
    KNOWN = "known"  # it came before


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A person whose words may have been missed while nobody listened."""

    id: str
    workspace: str
    member: str
    since: datetime
    until: datetime
    attempt: int = 0


@dataclass(frozen=True, kw_only=True)
class Queue:
    """How full the store's queues are."""

    planned: int  # PLANNED, due now or earlier
    ready: int
    sending: int
    uncertain: int
    dead: int  # of the last seven days
    oldest_due: datetime | None  # due_at of the oldest PLANNED or READY that is due
    inbox: int  # arrivals not handled yet
    inbox_oldest: datetime | None
    inbox_dead: int  # arrivals given up, kept for the operator
    gaps: int


class Store(Protocol):
    """Durable memory. Every write returns after it is on the disk."""

    # --- writing
    async def save(self, *records: Record) -> None:
        """Write all the records or none; raises Conflict."""
        ...

    # --- what comes in
    async def arrive(self, arrival: Arrival, *, lease_until: datetime, jumps: bool = False) -> Receipt:
        """Keep what came in, unless it came before, and take it when nothing of its lane is unfinished.

        With `jumps` it is taken at once whatever its lane does: somebody waits for the answer. TAKEN is attempt 1.
        """
        ...

    async def finish(self, arrival: Arrival, *, at: datetime, lease_until: datetime) -> Arrival | None:
        """Note that it was handled, let go of its body, and take and return the next of its lane.

        A stale fence (somebody took it over) changes nothing and returns None.
        """
        ...

    async def put_back(self, arrival: Arrival, *, not_before: datetime, reason: str) -> bool:
        """Let it be taken again from a moment on; its lane waits. False when the fence is stale."""
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

    # --- marks
    async def first_sight(self, event_id: str, at: datetime) -> bool:
        """Return True the first time an id is seen, and note it."""
        ...

    async def seen(self, event_id: str) -> bool:
        """Return whether an id was noted before, or came in."""
        ...

    async def mark(self, name: str) -> str | None:
        """Return what was noted under a name about this file as a whole."""
        ...

    async def set_mark(self, name: str, value: str) -> None:
        """Note something about this file as a whole; durable, so it also proves that writing works."""
        ...

    # --- what was missed
    async def open_gaps(self, since: datetime, until: datetime) -> int:
        """Note that nobody listened in a span: one gap per person with a direct conversation and a run not LEFT.

        A gap of the person that is still open is widened instead. Returns how many people are concerned.
        """
        ...

    async def gaps(self, now: datetime, *, limit: int) -> Sequence[Gap]:
        """Return gaps whose not_before has come, oldest first, of active workspaces."""
        ...

    async def close_gap(self, gap: str) -> None:
        """Forget a gap: what was missed has been read."""
        ...

    async def put_off_gap(self, gap: str, *, not_before: datetime) -> None:
        """Look again later; counts the attempt."""
        ...

    # --- workspaces and people
    async def workspace(self, workspace: str) -> Workspace | None: ...
    async def workspace_of(self, platform: str, external_id: str) -> Workspace | None: ...
    async def workspaces(self) -> Sequence[Workspace]: ...
    async def member(self, member: str) -> Member | None: ...
    async def member_of(self, workspace: str, external_id: str) -> Member | None: ...
    async def away(self, workspace: str, external_id: str) -> bool:
        """Return whether the app was taken out of the workspace, or the person's account is switched off."""
        ...

    async def members_called(self, who: str) -> Sequence[Member]:
        """Return the people with this id, platform's id or name, whatever its case; 50 at most, for the operator."""
        ...

    async def reach_of(self, workspace: str, conversation: str) -> Reach | None:
        """Return how a conversation is reached; None when it was never heard of."""
        ...

    async def reach_to(self, workspace: str, person: str) -> Reach | None:
        """Return how the conversation of a person and us is reached; None when there is none."""
        ...

    async def reach_any(self, workspace: str) -> Reach | None:
        """Return how some conversation of a workspace is reached: where a new one is asked for."""
        ...

    async def keep_reach(self, workspace: str, person: str, reach: Reach) -> None:
        """Remember how a conversation is reached from now on; `person` is empty for one of several."""
        ...

    async def cohort(self, cohort: str) -> Cohort | None: ...
    async def cohort_in(self, workspace: str, channel: str) -> Cohort | None:
        """Return the active cohort of a channel."""
        ...

    async def coach(self, cohort: str, member: str) -> Coach | None: ...
    async def coaches(self, cohort: str) -> Sequence[Coach]: ...
    async def coached_by(self, member: str) -> Sequence[Cohort]:
        """Return the cohorts in which this member is an active coach."""
        ...

    async def enrollment(self, enrollment: str) -> Enrollment | None: ...
    async def around(self, enrollment: str) -> tuple[Enrollment, Member, Cohort] | None:
        """Return an enrollment with its member and its cohort, as they stand at one moment."""
        ...

    async def enrollment_in(self, cohort: str, member: str) -> Enrollment | None:
        """Return the newest enrollment, whatever its state."""
        ...

    async def enrollments_of(self, member: str) -> Sequence[Enrollment]:
        """Return a member's enrollments, newest first, LEFT included."""
        ...

    async def enrollments_in(self, cohort: str) -> Sequence[Enrollment]: ...
    async def paused_until(self, moment: date) -> Sequence[Enrollment]:
        """Return paused enrollments whose pause ends on or before that day."""
        ...

    # --- the agenda and its messages
    async def nudge(self, nudge: str) -> Nudge | None: ...
    async def nudge_at(self, workspace: str, conversation: str, message: str) -> Nudge | None:
        """Return the nudge that was sent as this message."""
        ...

    async def nudges_of(self, enrollment: str) -> Sequence[Nudge]:
        """Return every nudge of an enrollment by due time."""
        ...

    async def posts_of(self, cohort: str) -> Sequence[Nudge]:
        """Return every post for a cohort's channel by due time (member is None)."""
        ...

    async def sent_to(self, member: str, *, limit: int) -> Sequence[Nudge]:
        """Return what was sent to a person, newest first."""
        ...

    async def count_started(self, member: str, since: datetime, until: datetime) -> int:
        """Return how many messages the schedule sent, or is sending, to a person in a span.

        Counts every kind but WELCOME, COACH_WORD and COACH_ASK, by sent_at, plus those in READY, SENDING or UNCERTAIN.
        """
        ...

    async def next_moment(self, now: datetime) -> datetime | None:
        """Return when the next tick has something to do.

        The least of: due_at of PLANNED; max(due_at, not_before) of READY; lease_until of SENDING; not_before of
        UNCERTAIN. It may lie in the past. Only active workspaces count. A READY row that another row of its
        conversation holds up has no moment of its own; one that expires before it may go has its expires_at.
        """
        ...

    async def due(self, now: datetime, *, limit: int) -> Sequence[Nudge]:
        """Return PLANNED nudges whose due_at has come, oldest first, of active workspaces."""
        ...

    async def ready_in(self, now: datetime) -> Sequence[str]:
        """Return the active workspaces that have something READY whose moments have come; cheap when there is none."""
        ...

    async def claim(self, now: datetime, *, workspace: str, lease_until: datetime, limit: int) -> Sequence[Nudge]:
        """Move READY nudges of a workspace to SENDING, attempt and fence counted up; return them as they are now.

        Only when due_at and not_before have come and expires_at has not; one row per conversation (member, or
        cohort for posts) and none where another row of it is SENDING or UNCERTAIN, or where an older one that has not
        expired is READY, also if it still waits for its not_before: a conversation keeps its order. Oldest first.
        """
        ...

    async def unwanted(self, nudge: Nudge) -> str | None:
        """Return why a claimed nudge must not go out any more, asked at the last moment; None when it may.

        "fence" (lapsed or taken over), "uninstalled", "deactivated", "left", "paused" (a member's own messages, not
        those that go out in a pause too: WELCOME, COACH_WORD, COACH_ASK), "ended" (posts of a cohort that ended).
        """
        ...

    async def ahead(self, now: datetime, *, after: str, limit: int) -> Sequence[Nudge]:
        """Return PLANNED nudges due later than now, by id, those beyond the id `after`."""
        ...

    async def dead(self, *, limit: int) -> Sequence[Nudge]:
        """Return nudges that ended DEAD, newest due first."""
        ...

    async def queue(self, now: datetime) -> Queue:
        """Return how full the queues are; a few index look-ups."""
        ...

    async def doubtful(self, now: datetime, *, limit: int) -> Sequence[Nudge]:
        """Return UNCERTAIN nudges whose not_before has come, moving SENDING ones with an expired lease there first."""
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
    ) -> bool:
        """Move a nudge on if it still has the state and fence given; False when the fence is stale.

        To SENT: writes conversation, message and sent_at=at. To any state: reason and not_before as given, lease
        cleared, version up.
        One `delivery` row is written for each settled SENDING or UNCERTAIN attempt (nudge, attempt, fence, outcome,
        reason, at).
        """
        ...

    async def doubts(self, nudge: str) -> int:
        """Return how often the sending of a nudge ended in doubt."""
        ...

    async def late(self, now: datetime, *, limit: int) -> Sequence[Nudge]:
        """Return READY nudges whose expires_at has passed."""
        ...

    # --- what people promised and said
    async def commitment(self, commitment: str) -> Commitment | None: ...
    async def commitments_of(self, member: str) -> Sequence[Commitment]:
        """Return a member's commitments, newest first."""
        ...

    async def commitments_for(self, nudge: str) -> Sequence[Commitment]:
        """Return the commitments that answer a nudge, newest first."""
        ...

    async def reply(self, reply: str) -> Reply | None: ...
    async def reply_from(self, workspace: str, source: str) -> Reply | None:
        """Return the reply that was said as "<conversation>/<message>", deleted ones included."""
        ...

    async def replies_to(self, nudge: str) -> Sequence[Reply]:
        """Return the replies that stand, oldest first; deleted ones are left out."""
        ...

    async def replies_of(self, member: str, *, limit: int, kinds: Sequence[ReplyKind] = ()) -> Sequence[Reply]:
        """Return a person's own replies, newest first; deleted ones are left out."""
        ...

    async def replies_between(self, member: str, since: datetime, until: datetime) -> Sequence[Reply]: ...
    async def shared_between(self, cohort: str, since: datetime, until: datetime) -> Sequence[Reply]:
        """Return what was shared with the team in a span (scope TEAM, standing), oldest first."""
        ...

    async def count_tried(self, cohort: str, since: datetime, until: datetime) -> int:
        """Count people, not deeds: who answered DONE to an experiment (kind NUDGE) in the span."""
        ...

    async def replies_with(self, ids: Sequence[str]) -> Sequence[Reply]:
        """Return the replies that still stand among these, in the order given."""
        ...

    async def reflection_for(self, nudge: str) -> Reflection | None:
        """Return what a reflection message was built from."""
        ...

    async def pulse_of(self, enrollment: str) -> Sequence[PulseAnswer]: ...
    async def pulse_in(self, cohort: str, wave: Wave) -> Sequence[PulseAnswer]: ...

    # --- readers
    async def read_log(
        self,
        reader: str,
        cohort: str,
        which: LogFilter,
        *,
        before: tuple[datetime, str] | None,
        limit: int,
        at: datetime,
        audit_id: str,
    ) -> Sequence[LogEntry]:
        """Return what an active coach may read, newest first by (at, id), and write one audit row per person seen.

        Shows scope COACH and TEAM, replies and commitments, never COACH-kind replies' authors' private rows and never
        deleted ones. A reader who is not an active coach of that cohort gets nothing. One transaction; `audit_id` is
        the stem of the audit rows' ids: the same look once more, under the same one, is noted once.
        """
        ...

    async def operator_log(
        self, which: LogFilter, *, before: tuple[datetime, str] | None, limit: int, at: datetime, audit_id: str
    ) -> Sequence[LogEntry]:
        """The same for the command line, over all cohorts: never a PRIVATE word; audited with actor "operator"."""
        ...

    async def audit_of(self, subject: str, *, limit: int) -> Sequence[AuditEntry]:
        """Return who looked at a person's words, newest first."""
        ...

    # --- a person's own data
    async def export(self, member: str) -> dict[str, list[dict[str, object]]]:
        """Return every row about a person, by table, as JSON-ready values."""
        ...

    async def erase(self, member: str, *, at: datetime, audit_id: str, actor: str | None = None) -> int:
        """Delete every row about a person and return how many replies went; only an audit row without words stays.

        The audit names who did it: `actor`, or else the person.
        Unsent nudges go too. The member row goes: the person may join again as a stranger.
        """
        ...

    async def fade(self, ended_before: datetime) -> int:
        """Blank the words of runs that ended before then and return how many texts went.

        Replies and commitments of enrollments COMPLETED or LEFT with ended_at before that moment, and arrivals given up
        before it; rows stay, without their words. Cheap when there is nothing to do.
        """
        ...

    async def long_gone(self, ended_before: datetime) -> Sequence[str]:
        """Return members whose every run ended before then and who coach no cohort that still travels."""
        ...

    async def forget_sights(self, before: datetime) -> int:
        """Forget what was handled, or noted, and came before then; no platform repeats it for so long."""
        ...

    # --- the file
    async def back_up(self, at: datetime, *, keep: int) -> str:
        """Keep a verified copy, let go of the oldest beyond `keep`, and return where it is; raises StoreError."""
        ...

    async def close(self) -> None:
        """Finish what was accepted and let go of the file."""
        ...
