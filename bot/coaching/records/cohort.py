"""The people of one channel who take the journey together, and their coaches."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.coaching.language import Language
from bot.coaching.records.enrollment import WORDS_KEPT
from bot.coaching.records.member import MONDAY, Hours


class CohortState(StrEnum):
    """Whether the cohort still travels."""

    ACTIVE = "active"
    ENDED = "ended"  # nothing is posted any more; who is still under way goes on alone


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """One channel's run through one journey, with the defaults its members start from."""

    id: str
    workspace: str
    channel: str  # the conversation the cohort's posts go to
    channel_name: str
    journey: str  # slug of a folder in prompts/journeys
    language: Language
    pace: int  # calendar weeks per journey week: 1 or 2
    hours: Hours
    zone: str
    country: str | None
    reflection_day: int = MONDAY
    starts_on: date  # the Monday of journey week 1
    started_by: str  # member id
    started_at: datetime
    state: CohortState = CohortState.ACTIVE
    ended_at: datetime | None = None
    words_days: int = WORDS_KEPT.days  # after the end of a member's journey; what the consent card said, or fewer
    version: int = 0

    def has_ended(self, since: datetime | None, until: datetime) -> bool:
        """Whether it ended after a moment, or at any time, and by another one."""
        return self.ended_at is not None and (since is None or since < self.ended_at) and self.ended_at <= until


class CoachState(StrEnum):
    """Whether the coach said yes."""

    INVITED = "invited"  # named at start; reads nothing yet
    ACTIVE = "active"  # accepted: may read what members share
    DECLINED = "declined"
    LEFT = "left"  # stepped down, or handed over
    REMOVED = "removed"  # an admin took the role away


@dataclass(frozen=True, kw_only=True)
class Coach:
    """A person's role as the coach of one cohort."""

    id: str
    workspace: str
    cohort: str
    member: str
    state: CoachState = CoachState.INVITED
    named_by: str  # member id
    named_at: datetime
    answered_at: datetime | None = None
    is_line_manager: bool | None = None  # of people in the cohort, as the coach said when they accepted
    ended_at: datetime | None = None
    version: int = 0
