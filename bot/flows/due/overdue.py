"""After an outage: one of a person's overdue messages still comes, at a good moment; the rest expired."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import Hours, MemberState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.rules.due import Verdict, verdict
from bot.coaching.rules.overdue import ANSWERS, MISSED, Here, answered_late, behind, caught_up, is_late, ranked
from bot.flows.agenda.due_context import UNDER_WAY, completed, due_context
from bot.flows.agenda.postpone import held_back
from bot.flows.coach import digest
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import Participation, days_off
from bot.flows.context.person import ParticipationContext, PersonContext, person_called
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.store.port import Record

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """One of a person's runs, what of it is overdue, and what is not."""

    run: ParticipationContext
    rows: Sequence[Nudge]
    late: Sequence[Nudge]
    held: Sequence[Nudge]  # late too, in a run that stands still: it keeps its place


async def recover(ports: Ports, row: Nudge) -> bool:
    """Settle all that is overdue for the person of a row, in one go; what still comes stands planned.

    Nothing is sent here: what still comes gets its verdict at its moment, as everything does.
    """
    if row.kind is Kind.COACH_DIGEST:
        await ports.save(await digest.recovered(ports, row))
        return True
    if row.member is None or row.enrollment is None:
        await ports.save(answered_late(row, await _here_of_one(ports, row)))
        return True
    records = recovered(ports.given(), await person_called(ports, row.workspace, row.member)).records
    if not records:  # another worker was faster
        return False
    await ports.save(*records)
    log.info("recovered member=%s rows=%d", row.member, len(records))
    return True


def recovered(given: Given, about: PersonContext) -> Decision:
    """Return what becomes of all that is overdue for a person: one of it still comes, the rest expired."""
    agendas = [_agenda(given, course) for course in about.courses]
    going = [each for each in agendas if _gone(each.run) is None]
    records: list[Record] = [late for each in agendas if each not in going for late in _withdrawn(each)]
    for each in agendas:
        records += held_back(given, about, each.run, each.held) if each.held else []
    records += _answers(given, going)
    comes = _one_that_comes(given, going)
    if comes is not None:
        records += [comes, *behind(comes, _others(going), _here(given, _of(going, comes).run))]
    for each in going:
        records += _missed(given, each, comes)
    return Decision(records=records)


def _agenda(given: Given, course: ParticipationContext) -> Agenda:
    leads = {row.id for row in course.agenda if row.state in UNDER_WAY}  # what stands below one comes with it
    late = [row for row in course.agenda if is_late(row, given.now) and (row.card == row.id or row.card not in leads)]
    waiting = [row for row in late if course.enrollment.stands_still and row.kind not in ANSWERS]
    return Agenda(
        run=course,
        rows=[row for row in course.agenda if row not in late],
        late=[row for row in late if row not in waiting],
        held=waiting,
    )


def _gone(run: Participation) -> str | None:
    """Return why nothing goes to this person in this run any more."""
    if run.member.state is MemberState.DEACTIVATED:
        return "account deactivated"
    return "left" if run.enrollment.state is EnrollmentState.LEFT else None


def _withdrawn(agenda: Agenda) -> list[Nudge]:
    reason = _gone(agenda.run)
    return [replace(row, state=NudgeState.CANCELLED, reason=reason) for row in agenda.late]


def _answers(given: Given, going: Sequence[Agenda]) -> list[Nudge]:
    """Return what the person waits for, in the order in which it was due."""
    waiting = [(each.run, row) for each in going for row in each.late if row.kind in ANSWERS]
    return [answered_late(row, _here(given, run, after=place)) for place, (run, row) in enumerate(waiting)]


def _one_that_comes(given: Given, going: Sequence[Agenda]) -> Nudge | None:
    """Return the best of what is overdue at the moment it comes; None when none is worth it."""
    others = _others(going)
    for row in ranked((row for each in going for row in each.late), given.now):
        own = _of(going, row)
        fresh = caught_up(row, others, _here(given, own.run, after=len(own.late)))
        if fresh is None:
            continue
        ruling, _ = verdict(fresh, due_context(given, replace(own.run, agenda=own.rows), fresh))
        if ruling in (Verdict.SEND, Verdict.POSTPONE):
            return fresh
    return None


def _missed(given: Given, agenda: Agenda, comes: Nudge | None) -> list[Record]:
    """Return what of a run came to nothing, and the run itself when that was the last of its weeks."""
    kept = comes.id if comes else None
    missed = [
        replace(row, state=NudgeState.EXPIRED, reason=MISSED)
        for row in agenda.late
        if row.kind not in ANSWERS and row.id != kept
    ]
    left = [*agenda.rows, *(row for row in agenda.late if row.id == kept)]
    ended = (completed(given, agenda.run, row, left) for row in missed)
    return [*missed, *[run for run in ended if run is not None][:1]]


def _others(going: Sequence[Agenda]) -> list[Nudge]:
    return [row for each in going for row in each.rows]


def _of(going: Sequence[Agenda], row: Nudge) -> Agenda:
    return next(each for each in going if each.run.enrollment.id == row.enrollment)


def _here(given: Given, run: Participation, *, after: int = 0) -> Here:
    """Return the present in a person's life; `after` keeps several messages in order."""
    now = given.now + timedelta(microseconds=after)
    return Here(now=now, zone=run.zone, hours=run.member.hours, holidays=days_off(given, run))


async def _here_of_one(ports: Ports, row: Nudge) -> Here:
    """Return the present where a message goes that belongs to no run: to a coach, or to a channel."""
    member = await ports.store.member(row.workspace, row.member) if row.member else None
    cohort = await ports.store.cohort(row.workspace, row.cohort)
    hours = member.hours if member else cohort.hours if cohort else Hours()
    zone = (member.zone if member else None) or row.zone
    return Here(now=ports.now, zone=zone, hours=hours, holidays=frozenset())
