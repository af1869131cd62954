"""A member's run through the journey."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.coaching.language import Language
from bot.coaching.records.reply import Scope

WORDS_KEPT = timedelta(days=90)  # after the journey ended or was left, at most; a team may keep them for less


class EnrollmentState(StrEnum):
    """Where the run stands."""

    ACTIVE = "active"
    PAUSED = "paused"  # everything waits until a date; without one, until the person lets it go on
    COMPLETED = "completed"  # week 12 is behind; boosters and checks may still come
    LEFT = "left"  # nothing is ever sent again, unless the person joins anew


@dataclass(frozen=True, kw_only=True)
class Enrollment:
    """One member in one cohort."""

    id: str
    workspace: str
    cohort: str
    member: str
    state: EnrollmentState = EnrollmentState.ACTIVE
    scope: Scope  # the default of this person's replies
    starts_on: date  # the Monday of this person's journey week 1
    shift_weeks: int = 0  # calendar weeks the remaining steps moved back because of pauses
    paused_on: date | None = None
    paused_until: date | None = None  # first day on which things go on
    paused_before: date | None = None  # end of the pause that stood when the run was stopped
    resumed_at: datetime | None = None  # when the latest pause was over
    silent_on: date | None = None  # it stands still since then because nothing was heard; a sign lets it go on
    joined_at: datetime
    ended_at: datetime | None = None
    pace: int | None = None  # calendar weeks per journey week, of a run that moved; None: its cohort's
    version: int = 0

    @property
    def stands_still(self) -> bool:
        """Whether nothing goes on by itself any more: the person shut us out, and has not let it go on since."""
        return self.state is EnrollmentState.PAUSED and self.paused_until is None

    def left(self, at: datetime) -> "Enrollment":
        """Return the run as left at that moment."""
        return replace(
            self,
            state=EnrollmentState.LEFT,
            paused_on=None,
            paused_until=None,
            paused_before=None,
            silent_on=None,
            ended_at=at,
        )


@dataclass(frozen=True, kw_only=True)
class OptIn:
    """A dated consent: who agreed to which wording with which scope."""

    id: str
    workspace: str
    member: str
    cohort: str
    enrollment: str
    scope: Scope
    language: Language
    wording: str  # version of the consent text that was on the screen
    at: datetime
    version: int = 0


def is_retention_over(enrollment: Enrollment, days: int, now: datetime) -> bool:
    """Whether the words of a run that ended, in a team that keeps them so many days, are to be gone by now."""
    return enrollment.ended_at is not None and enrollment.ended_at + timedelta(days=days) <= now
