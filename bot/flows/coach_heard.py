"""A coach hears that somebody answered their word; what it says, the log shows to that coach alone."""

from datetime import timedelta

from bot.coaching.calendar import local_day, local_hour, out_of_quiet
from bot.coaching.member import MemberState
from bot.coaching.nudge import Kind, Nudge, NudgeState
from bot.coaching.reply import Reply, Scope
from bot.flows.given import Given
from bot.store.port.heard import Heard

TOGETHER = timedelta(hours=1)  # in which several answers of one person are told of once
KEPT_FOR = timedelta(days=7)  # for which it is worth telling
AHEAD = frozenset({NudgeState.PLANNED, NudgeState.READY, NudgeState.SENDING, NudgeState.UNCERTAIN})


def told_to_coach(given: Given, reply: Reply, heard: Heard) -> list[Nudge]:
    """Return what tells a coach of an answer, to be saved with it; nothing when it was told a moment ago."""
    found = heard.words.get(reply.answers or "")
    cohort = next((each for _, each in heard.runs if each.id == reply.cohort), None)
    if found is None or cohort is None or found.author.state is not MemberState.ACTIVE:
        return []
    coach = found.author
    if _was_told(given, coach.id, reply, heard):
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


def _was_told(given: Given, coach: str, reply: Reply, heard: Heard) -> bool:
    """Whether the coach heard of an answer of this person a moment ago, or is about to, that still stands."""
    since = given.now - TOGETHER
    return any(
        row.member == coach
        and row.cohort == reply.cohort
        and (row.state in AHEAD or (row.sent_at is not None and row.sent_at >= since))
        and stands(earlier)
        for row, earlier in heard.told
    )


def stands(reply: Reply | None) -> bool:
    """Whether an answer to a coach is still there for the coach to read."""
    return reply is not None and reply.text is not None and reply.scope is Scope.COACH
