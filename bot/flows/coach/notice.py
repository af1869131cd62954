"""A coach hears that somebody answered their word; what it says, the log shows to that coach alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.coaching.calendar import local_day, local_hour, out_of_quiet
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.member import Member, MemberState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.reply import Reply, Scope
from bot.flows.given import Given

TOGETHER = timedelta(hours=1)  # in which several answers of one person are told of once
KEPT_FOR = timedelta(days=7)  # for which it is worth telling
AHEAD = frozenset({NudgeState.PLANNED, NudgeState.READY, NudgeState.SENDING, NudgeState.UNCERTAIN})


def told_to_coach(
    given: Given, reply: Reply, coach: Member, cohort: Cohort, told: Sequence[tuple[Reply, Nudge | None]]
) -> list[Nudge]:
    """Return what tells a coach of an answer; `told` are the person's earlier ones, with what told of them."""
    if coach.state is not MemberState.ACTIVE or _was_told(given.now, coach, reply, told):
        return []
    zone = coach.zone or cohort.zone
    due_at = out_of_quiet(given.now, zone, coach.hours)
    return [
        Nudge(
            id=given.new_id(),
            workspace=reply.workspace,
            cohort=reply.cohort,
            member=coach.id,
            kind=Kind.COACH_HEARD,
            prompt="coach/heard",
            occurrence=reply.id,
            week=reply.week,
            subject=reply.id,
            local_date=local_day(due_at, zone),
            local_time=local_hour(due_at, zone).replace(second=0, microsecond=0),
            zone=zone,
            due_at=due_at,
            expires_at=due_at + KEPT_FOR,
        )
    ]


def _was_told(now: datetime, coach: Member, reply: Reply, told: Sequence[tuple[Reply, Nudge | None]]) -> bool:
    """Whether the coach heard of an answer of this person a moment ago, or is about to, that still stands."""
    return any(
        row is not None
        and (row.member, row.cohort) == (coach.id, reply.cohort)
        and (row.state in AHEAD or (row.sent_at is not None and row.sent_at >= now - TOGETHER))
        and stands(earlier)
        for earlier, row in told
    )


def stands(reply: Reply | None) -> bool:
    """Whether an answer to a coach is still there for the coach to read."""
    return reply is not None and reply.text is not None and reply.scope is Scope.COACH
