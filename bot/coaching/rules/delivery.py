"""From how a send ended to what happens next (facts: delivery). Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.coaching.records.nudge import NudgeState

LEASE = timedelta(seconds=60)  # how long a claimed message may stay in flight
CALL = timedelta(seconds=10)  # the longest a call takes: one that may not take so long any more is not begun
SETTLE = timedelta(seconds=30)  # how long a lost answer may take to show in the history
MOST_ATTEMPTS = 8
LONGEST_WAIT = 300.0  # seconds
BASE_WAIT = 2.0  # seconds


@dataclass(frozen=True, kw_only=True)
class Next:
    """The state to move to."""

    state: NudgeState
    not_before: datetime | None = None
    reason: str | None = None


def back_off(attempt: int, chance: float) -> timedelta:
    """Return the full-jitter wait after a number of attempts; chance is uniform in [0, 1)."""
    return timedelta(seconds=chance * min(LONGEST_WAIT, BASE_WAIT * 2**attempt))


def after_refusal(now: datetime, attempt: int, wait: float, chance: float, error: str) -> Next:
    """Return what follows a send that was surely not accepted; wait is what the platform asked, in seconds."""
    if attempt >= MOST_ATTEMPTS:
        return Next(state=NudgeState.DEAD, reason=f"{error}, {attempt} attempts")
    pause = timedelta(seconds=wait) + back_off(attempt, chance)
    return Next(state=NudgeState.READY, not_before=now + pause, reason=error)


def after_doubt(now: datetime, error: str, settle: timedelta = SETTLE) -> Next:
    """Return what follows a send whose answer was lost."""
    return Next(state=NudgeState.UNCERTAIN, not_before=now + settle, reason=error)


def after_look(now: datetime, attempt: int, expires_at: datetime) -> Next:
    """Return what follows when the history was read and the message is not in it."""
    if expires_at <= now:
        return Next(state=NudgeState.EXPIRED, reason="its window closed in doubt")
    if attempt >= MOST_ATTEMPTS:
        return Next(state=NudgeState.EXPIRED, reason=f"in doubt, {attempt} attempts")
    return Next(state=NudgeState.READY, reason="not found")


@dataclass(frozen=True, kw_only=True)
class SendDeadline:
    """How long a claimed message may be worked on, by the wall clock and by one that nobody can set."""

    by: datetime  # no call begins later
    steady_by: float  # the same, in seconds of the steady clock
    steady_until: float  # a call that is still open then is cut off


def send_deadline(now: datetime, steady: float, lease: timedelta) -> SendDeadline:
    """Return the term of what is claimed at this moment of both clocks: every call ends before the lease does."""
    begin = lease - min(CALL, lease / 2)
    return SendDeadline(
        by=now + begin, steady_by=steady + begin.total_seconds(), steady_until=steady + lease.total_seconds()
    )


@dataclass(frozen=True, kw_only=True)
class InFlight:
    """How many calls one workspace may have open: one more for each round that goes well, half after a refusal."""

    most: int
    size: float
    halved_at: datetime | None = None
    refused: str | None = None  # the conversation refused last, with no success since
    rests_until: datetime | None = None

    def after_success(self) -> "InFlight":
        """Return the window once a message was taken."""
        return replace(self, size=min(self.most, self.size + 1 / self.size), refused=None)

    def after_refusal(self, conversation: str, *, wait: float, began: datetime, now: datetime) -> "InFlight":
        """Return the window once a call that began then was refused for so many seconds.

        One conversation that is refused has a limit of its own. When a second one is, with no success in between, the
        workspace has: it rests. Calls that were open when the window was halved do not halve it once more.
        """
        rests_until = self.rests_until
        if self.refused not in (None, conversation):
            rests_until = max(now + timedelta(seconds=wait), rests_until or now)
        if self.halved_at is not None and began < self.halved_at:
            return replace(self, refused=conversation, rests_until=rests_until)
        return replace(self, size=max(1.0, self.size / 2), halved_at=now, refused=conversation, rests_until=rests_until)

    def free(self, *, mine: int, all_free: int, now: datetime) -> int:
        """Return how many more calls may begin, with `mine` open in this workspace and `all_free` left for all.

        Nobody takes more than is left for the others then, so that a workspace that answers slowly never holds all.
        """
        if self.rests_until is not None and now < self.rests_until:
            return 0
        return max(0, min(int(self.size) - mine, (all_free - mine + 1) // 2, all_free))


def in_flight(most: int) -> InFlight:
    """Return the window of a workspace nothing is known of yet."""
    return InFlight(most=most, size=most)
