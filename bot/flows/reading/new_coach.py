"""A coach who begins to read, or of whom something is known since: each member concerned is asked for a press."""

from collections.abc import Sequence
from dataclasses import replace

from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.enrollment import Enrollment, EnrollmentState
from bot.coaching.records.member import Member
from bot.coaching.records.reading import ReadGrant
from bot.coaching.records.reply import Scope
from bot.flows.agenda.reading_news import NEW_COACH, asked
from bot.flows.context.nudge import within
from bot.flows.given import Given
from bot.store.port import Record

Run = tuple[Enrollment, Member, Cohort]
_UNDER_WAY = (EnrollmentState.ACTIVE, EnrollmentState.PAUSED)


def newly_asked(
    given: Given, role: Coach, runs: Sequence[Run], lets: Sequence[ReadGrant], *, since_known: bool
) -> list[Record]:
    """Return the questions to the members of a cohort whether this coach may read.

    `lets` is what people let this coach read. Asked are who shares with their coach and did not let this one. With
    `since_known` it is known only now that the coach is people's line manager: who let them read without knowing is
    asked anew, and nothing more is read until they press; of who says yes only now, nothing was read before.
    """
    found: list[Record] = []
    for enrollment, member, cohort in runs:
        if member.id == role.member:
            continue
        mine = (each for each in lets if (each.member, each.cohort) == (member.id, cohort.id) and each.is_whole)
        whole = next(mine, None)
        is_new = whole is None and enrollment.scope is Scope.COACH and enrollment.state in _UNDER_WAY
        if whole is not None and since_known:
            found.append(replace(whole, until_at=given.now if _has_read(role, given) else whole.from_at))
        elif not is_new:
            continue
        run = within(given, member, enrollment, cohort)
        found.append(asked(given, run, NEW_COACH, role.id, occurrence=f"{role.id}/{role.version}"))
    return found


def _has_read(role: Coach, given: Given) -> bool:
    """Whether a coach could read before this moment."""
    return role.answered_at is not None and role.answered_at < given.now
