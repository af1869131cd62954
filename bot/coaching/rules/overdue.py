"""After an outage: which one of a person's overdue messages still comes, and when. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.coaching.calendar import (
    DAY,
    at_local,
    expiry,
    is_workday,
    local_day,
    out_of_quiet,
    working_days_after,
)
from bot.coaching.records.member import Hours
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.rules.agenda import When, first_fit, send_window

LATE = timedelta(minutes=15)  # later than that nobody was there to send it
MISSED = "missed while Pitstop was away"
OVERTAKEN = "its nudge came late"
# Somebody waits for these.
ANSWERS = frozenset(
    {
        Kind.WELCOME,
        Kind.READING_ASK,
        Kind.READING_NEWS,
        Kind.COACH_WORD,
        Kind.COACH_ASK,
        Kind.COACH_HEARD,
        Kind.COACH_WANTED,
        Kind.INVITATION,
    }
)
ROOM = timedelta(minutes=30)  # what a day must still hold for a message that comes on it at once
FARTHEST = timedelta(days=7)  # how far ahead room is looked for
TIME_TO_TRY = 2  # working days between an experiment and the question what became of it, or the next experiment

# The best first, and how old it may be to be worth a message. An experiment outlives its fortnight only where nothing
# newer came; a question about a day, a reminder and a look back are about a moment that passes.
_WORTH: tuple[tuple[frozenset[Kind], timedelta], ...] = (
    (frozenset({Kind.NUDGE}), timedelta(days=28)),
    (frozenset({Kind.DAY_OF}), timedelta(days=14)),  # and whatever else a person put on a day
    (frozenset({Kind.DEBRIEF}), timedelta(days=14)),
    (frozenset({Kind.PULSE, Kind.KEEP, Kind.CLOSING, Kind.BOOSTER}), timedelta(days=28)),
    (frozenset({Kind.CHECK}), timedelta(days=28)),
    (frozenset({Kind.FOLLOW_UP, Kind.UNDONE}), timedelta(days=4)),
    (frozenset({Kind.REFLECTION}), timedelta(hours=12)),
)
_PROMISED = 1
_RANK: Mapping[Kind, int] = {kind: rank for rank, (kinds, _) in enumerate(_WORTH) for kind in kinds}
_UNDER_WAY = frozenset({NudgeState.READY, NudgeState.SENDING, NudgeState.UNCERTAIN})


@dataclass(frozen=True, kw_only=True)
class Here:
    """The present moment, and a person's own days."""

    now: datetime
    zone: str
    hours: Hours
    holidays: frozenset[date]

    @property
    def today(self) -> date:
        """The person's own date."""
        return local_day(self.now, self.zone)


def is_late(row: Nudge, now: datetime) -> bool:
    """Return whether a planned message was overlooked for longer than a tick can take; a post has only its window."""
    if row.state is not NudgeState.PLANNED or now - row.due_at <= LATE:
        return False
    return row.member is not None or (row.kind in ANSWERS and now < row.expires_at)


def ranked(late: Iterable[Nudge], now: datetime) -> list[Nudge]:
    """Return what is still worth a message, the best first and of the like the newest."""
    worth = [row for row in late if row.kind in _RANK and now - row.due_at <= _WORTH[_rank(row)][1]]
    return sorted(worth, key=lambda row: (_rank(row), now - row.due_at))


def answered_late(row: Nudge, here: Here) -> Nudge:
    """Return what somebody waits for, due now, or when the night is over."""
    due_at = out_of_quiet(here.now, here.zone, here.hours)
    return replace(row, due_at=due_at, expires_at=max(row.expires_at, expiry(due_at, here.zone, here.hours)))


def caught_up(row: Nudge, others: Collection[Nudge], here: Here) -> Nudge | None:
    """Return an overdue message at the moment it still comes; None when the days ahead have no room for it.

    `others` is all that is planned for the person, on its way or sent, without what else is overdue. Now, when that
    lies in the person's working hours; else at its own hour on the first working day on which nothing else comes.
    """
    planned = {other.local_date for other in others if _is_ahead(other, row)}
    busy = {day for other in others if (day := _came_on(other, row, here)) is not None}
    if _fits_now(row, planned, busy, here):
        expires_at = expiry(here.now, here.zone, here.hours)
        fresh = replace(row, local_date=here.today, zone=here.zone, due_at=here.now, expires_at=expires_at)
    elif (when := _free_moment(row, planned | busy, here)) is not None:
        fresh = _placed(row, when, here)
    else:
        return None
    return None if crowds(fresh, others, here) else fresh


def behind(fresh: Nudge, others: Collection[Nudge], here: Here) -> list[Nudge]:
    """Return what changes behind an experiment that comes late: no reminder that day, time to try before it
    is asked about.

    `others` is what `caught_up` takes.
    """
    if fresh.kind is not Kind.NUDGE:
        return []
    earliest = working_days_after(fresh.local_date, TIME_TO_TRY, here.hours.workdays, here.holidays)
    changed: list[Nudge] = []
    for row in others:
        if not _follows(row, fresh):
            continue
        if row.kind is Kind.FOLLOW_UP and row.local_date <= fresh.local_date:
            changed.append(replace(row, state=NudgeState.CANCELLED, reason=OVERTAKEN))
        elif row.kind is Kind.UNDONE and row.local_date < earliest:
            taken = {other.local_date for other in others if other.state is NudgeState.PLANNED and other.id != row.id}
            day = earliest
            while day in taken:
                day = working_days_after(day, 1, here.hours.workdays, here.holidays)
            changed.append(_placed(row, (day, row.local_time), here))
    return changed


def _rank(row: Nudge) -> int:
    """An experiment of the journey comes before one that was put off."""
    return _PROMISED if row.is_promised else _RANK[row.kind]


def _follows(other: Nudge, row: Nudge) -> bool:
    """Whether a planned message only makes sense after an experiment."""
    return (
        other.kind in (Kind.FOLLOW_UP, Kind.UNDONE)
        and other.state is NudgeState.PLANNED
        and (other.enrollment, other.item) == (row.enrollment, row.item)
    )


def _is_ahead(other: Nudge, row: Nudge) -> bool:
    """Whether another message is planned that has its day, whatever becomes of this one."""
    if other.kind in ANSWERS or (row.kind is Kind.NUDGE and _follows(other, row)):
        return False
    return other.state is NudgeState.PLANNED


def _came_on(other: Nudge, row: Nudge, here: Here) -> date | None:
    """Return the day of a message that is on its way, or came after this one should have."""
    if other.kind in ANSWERS:
        return None
    if other.state in _UNDER_WAY:
        return here.today
    came = other.state is NudgeState.SENT and other.sent_at is not None and other.sent_at > row.due_at
    return local_day(other.sent_at, here.zone) if came and other.sent_at else None


def _fits_now(row: Nudge, planned: Collection[date], busy: Collection[date], here: Here) -> bool:
    """Whether it may come at this moment: at work, with nothing else that day unless the day was its own."""
    if here.today in busy or expiry(here.now, here.zone, here.hours) - here.now < ROOM:
        return False
    if row.local_date == here.today and here.now < row.expires_at:
        return True
    return is_workday(here.today, here.hours.workdays, here.holidays) and here.today not in planned


def _free_moment(row: Nudge, taken: Collection[date], here: Here) -> When | None:
    """Return the first day with nothing else, at the hour the message had."""
    day, last = here.today, here.today + FARTHEST
    while day <= last:
        day, hour = first_fit((day, row.local_time), here.hours, here.zone, here.holidays)
        if day <= last and day not in taken and at_local(day, hour, here.zone) > here.now:
            return day, hour
        day += DAY
    return None


def _placed(row: Nudge, when: When, here: Here) -> Nudge:
    due_at, expires_at = send_window(when, here.zone, here.hours)
    placed = replace(row, local_date=when[0], local_time=when[1], zone=here.zone, due_at=due_at, expires_at=expires_at)
    return replace(placed, meant_for=when[0])


def crowds(fresh: Nudge, others: Collection[Nudge], here: Here) -> bool:
    """Whether the next experiment comes before there was time to try this one."""
    if fresh.kind is not Kind.NUDGE:
        return False
    until = working_days_after(fresh.local_date, TIME_TO_TRY, here.hours.workdays, here.holidays)
    return any(
        other.kind is Kind.NUDGE
        and other.state is NudgeState.PLANNED
        and other.enrollment == fresh.enrollment
        and other.local_date < until
        for other in others
    )
