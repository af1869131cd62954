"""From how a send ended to what happens next (facts: delivery). Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.coaching.nudge import NudgeState

LEASE = timedelta(seconds=60)  # how long a claimed message may stay in flight
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


def after_doubt(now: datetime, error: str) -> Next:
    """Return what follows a send whose answer was lost."""
    return Next(state=NudgeState.UNCERTAIN, not_before=now + SETTLE, reason=error)


def after_look(now: datetime, attempt: int, expires_at: datetime) -> Next:
    """Return what follows when the history was read and the message is not in it."""
    if expires_at <= now:
        return Next(state=NudgeState.EXPIRED, reason="its window closed in doubt")
    if attempt >= MOST_ATTEMPTS:
        return Next(state=NudgeState.EXPIRED, reason=f"in doubt, {attempt} attempts")
    return Next(state=NudgeState.READY, reason="not found")
