"""What does not come at its moment: later in another week, held while a run stands still, or never."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.coaching.calendar import local_day, next_workday, week_of
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Nudge, NudgeState
from bot.coaching.records.reading import EndedBy, ReadGrant
from bot.coaching.rules.agenda import send_window
from bot.coaching.rules.overdue import Here, behind
from bot.coaching.rules.pause import is_forsaken
from bot.coaching.words import withdrawn as taken_out
from bot.flows.context.nudge import NudgeContext, Participation, days_off, today
from bot.flows.context.person import ParticipationContext, PersonContext
from bot.flows.given import Given
from bot.store.port import Record

AWAY = "stayed away"
LEFT_FOR = ("left", AWAY)  # why nothing more comes of a run that its person left


def postponed(given: Given, scene: NudgeContext, rows: Sequence[Nudge]) -> list[Nudge]:
    """Return the row after the pause, or in the next week, and what has to stay behind it."""
    later = a_week_on(given, scene, scene.nudge)
    here = Here(now=given.now, zone=scene.zone, hours=scene.member.hours, holidays=days_off(given, scene))
    return [later, *behind(later, rows, here)]


def held_back(given: Given, about: PersonContext, course: ParticipationContext, due: Sequence[Nudge]) -> list[Record]:
    """Return what is due in a run that stands still, a week on: it gets its moment when the person lets the run go on.

    Who has stayed away for longer than any pause may last has left.
    """
    if is_forsaken(course.enrollment, today(given, course)):
        return left(given, about, course, AWAY)
    return [a_week_on(given, course, row) for row in due]


def left(given: Given, about: PersonContext, course: ParticipationContext, reason: str) -> list[Record]:
    """Return a run as left: nothing more comes of it, its coaches read no more, and its channel shows none of it."""
    now = given.now
    out = [taken_out(each, now) for each in about.shared if each.enrollment == course.enrollment.id]
    unread = ungranted(given, about, course.cohort)
    return [course.enrollment.left(now), *withdrawn(course.agenda, reason, now), *unread, *out]


def ungranted(given: Given, about: PersonContext, cohort: Cohort) -> list[ReadGrant]:
    """Return what somebody granted to the coaches of a cohort that they leave, ended."""
    return [each.ended(given.now, EndedBy.LEFT) for each in about.grants if each.cohort == cohort.id]


def withdrawn(agenda: Sequence[Nudge], reason: str, at: datetime) -> list[Nudge]:
    """Return everything of a run's agenda that is not sent yet, cancelled."""
    return [
        replace(row, state=NudgeState.CANCELLED, reason=reason, answered_at=row.answered_at or at)
        for row in agenda
        if row.state in (NudgeState.PLANNED, NudgeState.READY)
    ]


def a_week_on(given: Given, run: Participation, row: Nudge) -> Nudge:
    """Return a row on the first working day after the pause, or of the next week, at its own hour."""
    hours, is_paused = run.member.hours, run.enrollment.state is EnrollmentState.PAUSED
    if is_paused and run.enrollment.paused_until:
        earliest = run.enrollment.paused_until
    else:
        earliest = week_of(local_day(given.now, run.zone)) + timedelta(days=7)
    day = next_workday(earliest, hours.workdays, days_off(given, run))
    due_at, expires_at = send_window((day, row.local_time), run.zone, hours)
    meant_for = row.meant_for if is_paused else day
    return replace(row, local_date=day, meant_for=meant_for, due_at=due_at, expires_at=expires_at, zone=run.zone)
