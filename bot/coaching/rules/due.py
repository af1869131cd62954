"""What becomes of a planned message when its moment has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Answer, Kind, Nudge

# Cards to one person in a local week (PMC5387195: each reminder costs attention). What comes first is told by `rank`;
# what has no room stands in the next card.
MOST_A_WEEK = 3

UNCOUNTED = frozenset(
    {
        Kind.WELCOME,
        Kind.SILENCE,
        Kind.BACK,
        Kind.READING_ASK,
        Kind.READING_NEWS,
        Kind.COACH_WORD,
        Kind.COACH_ASK,
        Kind.COACH_HEARD,
        Kind.COACH_DIGEST,
        Kind.COACH_WANTED,
    }
)
YIELDING = frozenset({Kind.FOLLOW_UP})  # dropped in a full week: the next one asks the same; the others wait

SOONEST_LOOK, LATEST_LOOK = timedelta(seconds=30), timedelta(minutes=10)  # at what could not move


class Verdict(StrEnum):
    """What to do with it."""

    SEND = "send"
    POSTPONE = "postpone"  # it waits until after the pause, or for the next week
    CANCEL = "cancel"
    EXPIRE = "expire"


@dataclass(frozen=True, kw_only=True)
class DueContext:
    """What is known at the moment it is due."""

    now: datetime
    account: MemberState
    enrollment: EnrollmentState
    stands_still: bool = False  # the run, until the person lets it go on
    started_this_week: int  # cards
    reserved_this_week: int = 0  # days still to come this week with something that comes before it
    root: Nudge | None = None  # the item's own nudge, for what follows from it
    commitment: Commitment | None = None  # what a day-of question or a check is about
    plan_ahead: bool = False  # a plan or a snooze for this item still lies ahead


def verdict(nudge: Nudge, standing: DueContext) -> tuple[Verdict, str]:
    """Return what to do with a due message, and why: the first ruling that applies."""
    in_vain = pointless(nudge, standing)
    is_full = standing.started_this_week + standing.reserved_this_week >= MOST_A_WEEK
    rulings = (
        (standing.stands_still and nudge.kind not in UNCOUNTED, Verdict.POSTPONE, "paused"),
        (standing.account is MemberState.DEACTIVATED, Verdict.CANCEL, "account deactivated"),
        (standing.enrollment is EnrollmentState.LEFT, Verdict.CANCEL, "left"),
        (nudge.expires_at <= standing.now, Verdict.EXPIRE, "its window closed"),
        (nudge.kind in UNCOUNTED, Verdict.SEND, ""),
        (standing.enrollment is EnrollmentState.PAUSED, Verdict.POSTPONE, "paused"),
        (bool(in_vain), Verdict.CANCEL, in_vain),
        (is_full and nudge.kind in YIELDING, Verdict.CANCEL, "enough for one week"),
        (is_full, Verdict.POSTPONE, "enough for one week"),
        (True, Verdict.SEND, ""),
    )
    return next((ruling, reason) for applies, ruling, reason in rulings if applies)


def next_look(nudge: Nudge, now: datetime) -> datetime:
    """Return when a due message that could not move is looked at next: the longer it has been due, the later.

    At the end of its window it is looked at in any case: then it expires.
    """
    again = now + min(max(now - nudge.due_at, SOONEST_LOOK), LATEST_LOOK)
    return min(again, nudge.expires_at) if now < nudge.expires_at else again


def pointless(nudge: Nudge, standing: DueContext) -> str:
    """Return why there is nothing left to ask, or an empty string."""
    root, commitment, kind = standing.root, standing.commitment, nudge.kind
    reasons = (
        (kind in _AFTER_ITS_NUDGE and (root is None or root.sent_at is None), "its nudge was never sent"),
        (kind is Kind.FOLLOW_UP and (_answer(root) in _SETTLED or standing.plan_ahead), "already answered"),
        (kind is Kind.DAY_OF and (commitment is None or not commitment.is_open), "the plan is closed"),
        (kind is Kind.CHECK and (commitment is None or commitment.state == "dropped"), "the change was dropped"),
        (kind is Kind.UNDONE and (_answer(root) in _SETTLED or standing.plan_ahead), "already answered"),
        (kind is Kind.DEBRIEF and _answer(root) is not Answer.DONE, "the experiment was not done"),
    )
    return next((reason for applies, reason in reasons if applies), "")


def _answer(root: Nudge | None) -> Answer | None:
    return root.answer if root else None


_AFTER_ITS_NUDGE = frozenset({Kind.FOLLOW_UP, Kind.UNDONE, Kind.DEBRIEF})
_LEFT = frozenset({Answer.NOT_FOR_ME, Answer.SKIPPED})
_SETTLED = _LEFT | {Answer.DONE}
