"""What becomes of a planned message when its moment has come."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.coaching.commitment import Commitment
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.member import MemberState
from bot.coaching.nudge import Answer, Kind, Nudge

MOST_A_WEEK = 3  # bot-started messages to one person in a local week (PMC5387195: each reminder costs attention)

UNCOUNTED = frozenset({Kind.WELCOME, Kind.COACH_WORD, Kind.COACH_ASK})
YIELDING = frozenset({Kind.FOLLOW_UP, Kind.REFLECTION})  # dropped in a full week; the others wait for the next


class Verdict(StrEnum):
    """What to do with it."""

    SEND = "send"
    POSTPONE = "postpone"  # it waits until after the pause, or for the next week
    CANCEL = "cancel"
    EXPIRE = "expire"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known at the moment it is due."""

    now: datetime
    account: MemberState
    enrollment: EnrollmentState
    started_this_week: int
    root: Nudge | None = None  # the item's own nudge, for what follows from it
    commitment: Commitment | None = None  # what a day-of question or a check is about
    plan_ahead: bool = False  # a plan or a snooze for this item still lies ahead


def verdict(nudge: Nudge, standing: Standing) -> tuple[Verdict, str]:
    """Return what to do with a due message, and why."""
    if standing.account is MemberState.DEACTIVATED:
        return Verdict.CANCEL, "account deactivated"
    if standing.enrollment is EnrollmentState.LEFT:
        return Verdict.CANCEL, "left"
    if nudge.expires_at <= standing.now:
        return Verdict.EXPIRE, "its window closed"
    if nudge.kind in UNCOUNTED:
        return Verdict.SEND, ""
    if standing.enrollment is EnrollmentState.PAUSED:
        return Verdict.POSTPONE, "paused"
    if reason := _pointless(nudge, standing):
        return Verdict.CANCEL, reason
    if standing.started_this_week >= MOST_A_WEEK:
        if nudge.kind in YIELDING:
            return Verdict.CANCEL, "enough for one week"
        return Verdict.POSTPONE, "enough for one week"
    return Verdict.SEND, ""


def _pointless(nudge: Nudge, standing: Standing) -> str:
    """Return why there is nothing left to ask, or an empty string."""
    root, commitment = standing.root, standing.commitment
    if nudge.kind is Kind.FOLLOW_UP and (root is None or root.sent_at is None):
        return "its nudge was never sent"
    if nudge.kind is Kind.FOLLOW_UP and root is not None and (root.answer in _SETTLED or standing.plan_ahead):
        return "already answered"
    if nudge.kind is Kind.DAY_OF and (commitment is None or not commitment.is_open):
        return "the plan is closed"
    if nudge.kind is Kind.CHECK and (commitment is None or commitment.state == "dropped"):
        return "the change was dropped"
    if nudge.kind is Kind.DEBRIEF and root is not None and root.answer in (Answer.NOT_FOR_ME, Answer.SKIPPED):
        return "the experiment was not for this person"
    return ""


_SETTLED = frozenset({Answer.DONE, Answer.NOT_FOR_ME, Answer.SKIPPED})
