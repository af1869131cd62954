"""A coach hears that somebody answered their word; what it says, the log shows to that coach alone."""

from datetime import timedelta

from bot.coaching.calendar import local_day, local_hour, out_of_quiet
from bot.coaching.member import MemberState
from bot.coaching.nudge import Kind, Nudge, NudgeState
from bot.coaching.reply import Reply, Scope
from bot.flows.ports import Ports

TOGETHER = timedelta(hours=1)  # in which several answers of one person are told of once
KEPT_FOR = timedelta(days=7)  # for which it is worth telling
AHEAD = frozenset({NudgeState.PLANNED, NudgeState.READY, NudgeState.SENDING, NudgeState.UNCERTAIN})


async def told_to_coach(ports: Ports, reply: Reply) -> list[Nudge]:
    """Return what tells a coach of an answer, for the caller to save with it; nothing when it was told a moment ago."""
    if reply.answers is None:
        return []
    word = await ports.store.reply(reply.answers)
    coach = await ports.store.member(word.author) if word else None
    cohort = await ports.store.cohort(reply.cohort)
    if coach is None or cohort is None or coach.state is not MemberState.ACTIVE:
        return []
    now, zone = ports.now, coach.zone or cohort.zone
    if await _was_told(ports, coach.id, reply):
        return []
    due_at = out_of_quiet(now, zone, coach.hours)
    return [
        Nudge(
            id=ports.new_id(),
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


async def _was_told(ports: Ports, coach: str, reply: Reply) -> bool:
    """Whether the coach heard of an answer of this person a moment ago, or is about to, that still stands."""
    since = ports.now - TOGETHER
    for row in await ports.store.told_of(reply.author):
        is_recent = row.sent_at is not None and row.sent_at >= since
        if row.member == coach and row.cohort == reply.cohort and (row.state in AHEAD or is_recent):
            earlier = await ports.store.reply(row.subject or "")
            if earlier is not None and stands(earlier):
                return True
    return False


def stands(reply: Reply | None) -> bool:
    """Whether an answer to a coach is still there for the coach to read."""
    return reply is not None and reply.text is not None and reply.scope is Scope.COACH
