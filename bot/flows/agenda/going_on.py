"""A run that goes on: where it was when its person left, in another team, or after a pause."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.coaching.records.cohort import Cohort
from bot.coaching.records.enrollment import EnrollmentState, is_retention_over
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import ABOUT_READING, AFTER, FINAL, Kind, Nudge, NudgeState
from bot.coaching.records.reply import Scope
from bot.coaching.rules.agenda import agenda
from bot.coaching.rules.pause import least_shift, shift_so_far
from bot.flows.agenda.postpone import LEFT_FOR
from bot.flows.agenda.schedule import replanned, rhythm_of
from bot.flows.agenda.upcoming import week_now
from bot.flows.context.nudge import days_off, today
from bot.flows.context.person import ParticipationContext, PersonContext
from bot.flows.given import Given
from bot.store.port import Record

GOING = (EnrollmentState.ACTIVE, EnrollmentState.PAUSED)
STILL_TO_COME = (NudgeState.PLANNED, NudgeState.READY, NudgeState.SENDING)  # what is not called yet is held back


def going(about: PersonContext) -> ParticipationContext | None:
    """Return the run somebody is under way in, paused ones included: there is one at most."""
    return next((each for each in about.courses if each.enrollment.state in GOING), None)


def continuable(given: Given, about: PersonContext, cohort: Cohort) -> ParticipationContext | None:
    """Return the run that can go on in a cohort: under way elsewhere, or left before its end and not forgotten yet."""
    course = going(about) or next(iter(about.courses), None)
    if course is None or course.cohort.journey != cohort.journey:
        return None
    if course.enrollment.state in GOING:
        return course if course.cohort.id != cohort.id else None
    is_forgotten = is_retention_over(course.enrollment, course.cohort.words_days, given.now)
    was_left = course.enrollment.state is EnrollmentState.LEFT and not is_forgotten
    return course if was_left and any(_of_the_weeks(course, row) for row in _dropped(course)) else None


def _dropped(course: ParticipationContext) -> list[Nudge]:
    """Return what did not come because its person left."""
    return [row for row in course.agenda if row.state is NudgeState.CANCELLED and row.reason in LEFT_FOR]


def _of_the_weeks(course: ParticipationContext, row: Nudge) -> bool:
    return row.subject is None and 0 < row.week <= course.journey.weeks


def week_of(given: Given, course: ParticipationContext) -> int:
    """Return the week in which a run is, or was when it was left."""
    if course.enrollment.state in GOING:
        return max(1, week_now(given, course))
    return max([1, *(row.week for row in course.agenda if row.state is NudgeState.SENT)])


def has_begun(about: PersonContext, cohort: Cohort) -> bool:
    """Whether somebody was welcomed to this journey before."""
    runs = (each for each in about.courses if each.cohort.journey == cohort.journey)
    return any(row.kind is Kind.WELCOME and row.sent_at is not None for each in runs for row in each.agenda)


def carried_on(
    given: Given, course: ParticipationContext, cohort: Cohort, person: Member, scope: Scope
) -> list[Record]:
    """Return a run as it goes on in a cohort, with its messages; what was written so far stays where it was written.

    A run that was left, or stood still, goes on from now; one that is paused stays so until its day.
    """
    was, now = course.enrollment, given.now
    is_back = was.state is EnrollmentState.LEFT or was.stands_still
    fresh = replace(was, cohort=cohort.id, scope=scope, pace=rhythm_of(course).pace)
    if is_back:
        fresh = replace(
            fresh,
            state=EnrollmentState.ACTIVE,
            paused_on=None,
            paused_until=None,
            paused_before=None,
            silent_on=None,
            ended_at=None,
            resumed_at=now,
        )
    rows = {row.id: row for row in course.agenda}
    rows |= {row.id: _revived(given, row) for row in _dropped(course) if _still_comes(given, course, row)}
    rows |= {row.id: _let_go(row) for row in rows.values() if _is_left_behind(row, cohort)}
    rows |= {row.id: replace(row, cohort=cohort.id) for row in rows.values() if _comes_along(row)}
    moved = replace(course, member=person, enrollment=fresh, cohort=cohort, agenda=[*rows.values()])
    if is_back:
        fresh = replace(fresh, shift_weeks=shift_from(given, moved, now))
    rows |= {row.id: row for row in replanned(given, moved.after(fresh))}
    stood = {row.id: row for row in course.agenda}
    return [fresh, *(row for row in rows.values() if row != stood[row.id])]


def _still_comes(given: Given, course: ParticipationContext, row: Nudge) -> bool:
    """Whether what did not come comes after all: the journey's steps, what was put off, and days still ahead."""
    if row.kind in ABOUT_READING:  # it was about coaches who read no more
        return False
    is_step = row.subject is None and row.occurrence.startswith(("week-", AFTER))
    return is_step or row.local_date >= today(given, course)


def _revived(given: Given, row: Nudge) -> Nudge:
    soonest = max(row.due_at, given.now + timedelta(microseconds=1))  # its moment is computed anew
    unanswered = replace(row, answered_at=None if row.answer is None else row.answered_at)
    return replace(
        unanswered, state=NudgeState.PLANNED, reason=None, card=None, not_before=None, due_at=soonest, meant_for=None
    )


def _is_left_behind(row: Nudge, cohort: Cohort) -> bool:
    """Whether a message is about who reads in another cohort, and has not come yet."""
    is_to_come = row.state in (NudgeState.PLANNED, NudgeState.READY)
    return row.kind in ABOUT_READING and is_to_come and row.cohort != cohort.id


def _let_go(row: Nudge) -> Nudge:
    return replace(row, state=NudgeState.CANCELLED, reason="moved")


def _comes_along(row: Nudge) -> bool:
    """Whether a message belongs to the cohort that its run is in; a coach's word stays between the two of them."""
    is_settled = row.state in FINAL or row.state in (NudgeState.PLANNED, NudgeState.READY)
    return is_settled and row.kind is not Kind.COACH_WORD and row.kind not in ABOUT_READING


def shift_from(given: Given, course: ParticipationContext, not_before: datetime) -> int:
    """Return the shift with which nothing of the journey that is still to come falls before the moment."""
    rhythm, holidays = rhythm_of(course), days_off(given, course)
    steps = {(step.step.prompt, step.occurrence) for step in agenda(course.journey, rhythm, holidays)}
    floor = rhythm.shift_weeks
    if course.enrollment.state is EnrollmentState.PAUSED:
        came = [row for row in course.agenda if row.state is NudgeState.SENT and (row.prompt, row.occurrence) in steps]
        floor = shift_so_far(rhythm, [(row.week, row.local_date) for row in came])
    remaining = {(row.prompt, row.occurrence) for row in course.agenda if row.state in STILL_TO_COME}
    return least_shift(course.journey, rhythm, remaining, not_before, holidays, floor=floor)
