"""A coach hears that somebody answered their word; what it says, the log shows to that coach alone."""

from datetime import timedelta

from bot.coaching.calendar import local_day, local_hour, out_of_quiet
from bot.coaching.member import MemberState
from bot.coaching.nudge import Kind, Nudge
from bot.coaching.reply import Reply
from bot.flows.ports import Ports

TOGETHER = timedelta(hours=1)  # in which several answers of one person are told of once
KEPT_FOR = timedelta(days=7)  # for which it is worth telling
LOOKED_THROUGH = 20  # messages to the coach among which an earlier one is looked for


async def told_to_coach(ports: Ports, reply: Reply) -> list[Nudge]:
    """Return what tells a coach of an answer, for the caller to save with it; nothing when it was told a moment ago."""
    if reply.answers is None:
        return []
    word = await ports.store.reply(reply.answers)
    coach = await ports.store.member(word.author) if word else None
    cohort = await ports.store.cohort(reply.cohort)
    if coach is None or cohort is None or coach.state is not MemberState.ACTIVE:
        return []
    now, zone = ports.clock.now(), coach.zone or cohort.zone
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
    """Whether the coach heard of an answer of this person a moment ago."""
    since = ports.clock.now() - TOGETHER
    for row in await ports.store.sent_to(coach, limit=LOOKED_THROUGH):
        if row.kind is Kind.COACH_HEARD and row.sent_at is not None and row.sent_at >= since:
            earlier = await ports.store.reply(row.subject or "")
            if earlier is not None and earlier.member == reply.member:
                return True
    return False
