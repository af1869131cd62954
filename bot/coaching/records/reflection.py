"""The weekly look back, personal or of the cohort."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.coaching.records.nudge import Nudge
from bot.coaching.records.pulse import Tally

A_POST = 10  # texts in one message of the thread below a cohort's reflection
MOST_POSTS = 5  # messages in that thread; more would flood it


@dataclass(frozen=True, kw_only=True)
class Reflection:
    """What a reflection was built from, fixed at the moment it was made."""

    id: str
    workspace: str
    cohort: str
    member: str | None  # None for the cohort's
    nudge: str
    week: int
    tried: int  # experiments done in the span
    shared: tuple[str, ...]  # ids of the replies and commitments shown, in order
    made_at: datetime
    pulse: tuple[Tally, ...] = ()  # how answers spread then: who answers later is not told by the difference
    version: int = 0


def shown_in(post: Nudge, made: Reflection) -> Sequence[str]:
    """Return the ids of the replies and commitments that one message of the thread holds."""
    start = place_of(post) * A_POST
    return made.shared[start : start + A_POST]


def place_of(post: Nudge) -> int:
    """Return which message of the thread a post is, counted from 0."""
    return int(post.occurrence.rsplit("-", 1)[1])
