"""Three weeks without a sign: one line, then a run stands still until its person is back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.coaching.calendar import SEND_WINDOW, expiry, local_hour, out_of_quiet
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.rules.agenda import agenda
from bot.coaching.rules.card import is_card
from bot.coaching.rules.due import UNCOUNTED
from bot.coaching.rules.pause import is_silent, silenced
from bot.flows.agenda.schedule import planned, rhythm_of
from bot.flows.agenda.upcoming import week_now
from bot.flows.context.nudge import days_off, today
from bot.flows.context.person import ParticipationContext
from bot.flows.given import Given
from bot.store.port import Record

OVER = "its weeks are over"
BEFORE = timedelta(microseconds=1)  # what is said of a return comes before what comes of it


def is_quiet(given: Given, course: ParticipationContext, due: Iterable[Nudge]) -> bool:
    """Whether a run is to stand still because nothing was heard of its person; `due` is what comes on this day.

    After its weeks it never is, nor on the day of the closing: with that the messages end by themselves.
    """
    if course.enrollment.state is not EnrollmentState.ACTIVE or any(row.kind is Kind.CLOSING for row in due):
        return False
    return is_silent(last_sign(course), _cards(course.agenda), given.now, course.zone)


def last_sign(course: ParticipationContext) -> datetime:
    """Return when a person last did anything; joining, and the end of a pause they asked for, count as that."""
    run = course.enrollment
    moments = (run.joined_at, run.resumed_at, course.member.heard_at)
    return max(moment for moment in moments if moment is not None)


def put_on_hold(given: Given, course: ParticipationContext) -> list[Record]:
    """Return a run that stands still, with the line that says so to its person; nobody else is told."""
    return [silenced(course.enrollment, today(given, course)), said(given, course, Kind.SILENCE, "silence")]


def said(given: Given, course: ParticipationContext, kind: Kind, prompt: str) -> Nudge:
    """Return one line to a person that goes out at once, before what is due at the same moment."""
    row = planned(
        given,
        course,
        kind=kind,
        prompt=prompt,
        occurrence=f"{kind}-{today(given, course)}",
        item=None,
        week=week_now(given, course),
        day=today(given, course),
        hour=local_hour(given.now, course.zone).replace(second=0, microsecond=0),
    )
    return replace(row, state=NudgeState.READY, due_at=given.now - BEFORE, expires_at=given.now + SEND_WINDOW)


def due_in(course: ParticipationContext, now: datetime) -> list[Nudge]:
    """Return what is due in a run, and was not ruled on yet."""
    return [
        row
        for row in course.agenda
        if row.state is NudgeState.PLANNED and row.kind not in UNCOUNTED and row.due_at <= now
    ]


def at_its_end(given: Given, course: ParticipationContext) -> list[Nudge]:
    """Return what becomes of a run's steps after its last day: the closing comes now, or when the night is over.

    What its weeks still held does not come. Nothing while some of its weeks are ahead, and once its closing was sent.
    """
    slots = {
        (each.step.prompt, each.occurrence): each
        for each in agenda(course.journey, rhythm_of(course), days_off(given, course))
    }
    last = max((each.due_at for each in slots.values() if each.step.week <= course.journey.weeks), default=given.now)
    left = [row for row in course.agenda if row.state is NudgeState.PLANNED and (row.prompt, row.occurrence) in slots]
    closing = next((row for row in left if row.kind is Kind.CLOSING), None)
    if closing is None or last > given.now:
        return []
    gone = [row for row in left if row != closing and slots[row.prompt, row.occurrence].due_at <= given.now]
    return [_now(given, course, closing), *(replace(row, state=NudgeState.CANCELLED, reason=OVER) for row in gone)]


def _now(given: Given, course: ParticipationContext, row: Nudge) -> Nudge:
    hours = course.member.hours
    due_at = out_of_quiet(given.now, course.zone, hours)
    expires_at = expiry(due_at, course.zone, hours)
    placed = replace(row, local_date=today(given, course), zone=course.zone, due_at=due_at, expires_at=expires_at)
    return replace(placed, card=None, not_before=None)


def _cards(rows: Iterable[Nudge]) -> list[datetime]:
    return [row.sent_at for row in rows if row.sent_at and row.kind not in UNCOUNTED and is_card(row)]
