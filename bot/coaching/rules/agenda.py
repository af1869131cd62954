"""When each step of a journey comes to a person, or to a cohort's channel."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.coaching.calendar import (
    DAY,
    at_local,
    expiry,
    in_quiet_hours,
    is_quiet,
    is_workday,
    local_day,
    next_workday,
    out_of_quiet,
    week_of,
    working_days_after,
)
from bot.coaching.journey import Journey, Slot, Step
from bot.coaching.records.member import FRIDAY, Hours
from bot.coaching.records.nudge import Kind

TEAM_KINDS = frozenset({Kind.TEAM_REFLECTION, Kind.TEAM_CLOSING})
TEAM_TIME = time(9, 30)
CHECK_AFTER = timedelta(days=28)  # spacing: a transfer comes back four weeks later
_ONE_EXPERIMENT = frozenset({Kind.NUDGE, Kind.FOLLOW_UP, Kind.UNDONE})  # never two of these on one day

When = tuple[date, time]  # a day and an hour on the person's own clock


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """How somebody, or a cohort, goes through a journey."""

    starts_on: date  # the Monday of journey week 1
    pace: int = 1  # calendar weeks per journey week: 1 or 2
    shift_weeks: int = 0  # calendar weeks everything moved back because of pauses
    hours: Hours
    zone: str

    def monday_of(self, week: int) -> date:
        """Return the Monday of the calendar week in which that journey week begins."""
        return self.starts_on + timedelta(weeks=(week - 1) * self.pace + self.shift_weeks)


@dataclass(frozen=True, kw_only=True)
class Slotted:
    """One step with the moment at which it comes."""

    step: Step
    occurrence: str  # tells two uses of one prompt apart
    local_date: date
    local_time: time
    due_at: datetime
    expires_at: datetime


def agenda(journey: Journey, plan: Rhythm, holidays: frozenset[date]) -> tuple[Slotted, ...]:
    """Return when each of a person's steps comes, in order; what comes at joining is left out."""
    steps = (step for step in journey.steps if step.slot is not Slot.JOIN and step.kind not in TEAM_KINDS)

    def wish(step: Step) -> When:
        monday, hours = plan.monday_of(step.week), plan.hours
        if step.slot is Slot.FIRST:
            return monday + DAY * hours.first_day, hours.first_time
        return monday + DAY * hours.second_day, hours.second_time

    return _slotted(steps, wish, plan, holidays)


def team_agenda(
    journey: Journey, plan: Rhythm, holidays: frozenset[date], *, reflection_day: int, at: time = TEAM_TIME
) -> tuple[Slotted, ...]:
    """Return when each post for the cohort's channel comes, in order."""
    steps = (step for step in journey.steps if step.kind in TEAM_KINDS)
    return _slotted(steps, lambda step: (plan.monday_of(step.week) + DAY * reflection_day, at), plan, holidays)


def starts_on(now: datetime, zone: str, hours: Hours) -> date:
    """Return the Monday of week 1: of this week while its first moment is still ahead, else of the next."""
    monday = week_of(local_day(now, zone))
    ahead = at_local(monday + DAY * hours.first_day, hours.first_time, zone) > now
    return monday if ahead else monday + timedelta(weeks=1)


def send_window(when: When, zone: str, hours: Hours) -> tuple[datetime, datetime]:
    """Return from when until when something meant for that day and hour may be sent."""
    due_at = out_of_quiet(at_local(*when, zone), zone, hours)
    return due_at, expiry(due_at, zone, hours)


def first_fit(when: When, hours: Hours, zone: str, holidays: frozenset[date]) -> When:
    """Return the first day and hour from then on that is a working day, exists, and is not quiet."""
    day, hour = _after_quiet(when, hours)
    day = next_workday(day, hours.workdays, holidays)
    moment = at_local(day, hour, zone)
    if local_day(moment, zone) == day and not in_quiet_hours(moment, zone, hours):
        return day, hour
    return first_fit((day + DAY, hour), hours, zone, holidays)  # a change of the clock swallowed it


def day_of_moment(due_on: date, now: datetime, hours: Hours, zone: str, holidays: frozenset[date]) -> When:
    """Return when to ask "did you do it?": that afternoon, or else the first working morning after it."""
    if is_workday(due_on, hours.workdays, holidays):
        planned = first_fit((due_on, hours.second_time), hours, zone, holidays)
        if planned[0] == due_on and at_local(*planned, zone) > now:
            return planned
    latest = max(due_on, local_day(now, zone))
    return first_fit((latest + DAY, hours.first_time), hours, zone, holidays)


def last_day(journey: Journey, plan: Rhythm, item: str) -> date:
    """Return the Friday of the last week that an item's steps are in; what is done later has no debrief of its own."""
    return plan.monday_of(journey.last_week(item) + 1) + DAY * FRIDAY - timedelta(weeks=1)


def debrief_moment(done_on: date, hours: Hours, zone: str, holidays: frozenset[date]) -> When:
    """Return when the four questions come: the person's next working day after the experiment, at their hour."""
    return first_fit((done_on + DAY, hours.first_time), hours, zone, holidays)


def check_moment(transfer_day: date, hours: Hours, zone: str, holidays: frozenset[date]) -> When:
    """Return when to ask whether a customer noticed: four weeks after the change."""
    return first_fit((transfer_day + CHECK_AFTER, hours.first_time), hours, zone, holidays)


def snoozed(
    choice: Literal["tomorrow", "next_week"] | date,
    now: datetime,
    hours: Hours,
    zone: str,
    holidays: frozenset[date],
    *,
    at: time,
) -> When | None:
    """Return when a nudge put off comes back, at the hour it had; None when the picked moment has passed.

    A picked day is the person's own wish and stands, also on a day off.
    """
    today = local_day(now, zone)
    if choice == "tomorrow":
        return first_fit((working_days_after(today, 1, hours.workdays, holidays), at), hours, zone, holidays)
    if choice == "next_week":
        return first_fit((today + timedelta(weeks=1), at), hours, zone, holidays)
    picked = _after_quiet((choice, at), hours)
    return picked if choice >= today and at_local(*picked, zone) > now else None


def _slotted(
    steps: Iterable[Step], wish: Callable[[Step], When], plan: Rhythm, holidays: frozenset[date]
) -> tuple[Slotted, ...]:
    taken: dict[Kind, date] = {}  # the latest day of each group
    placed: list[Slotted] = []
    for step in sorted(steps, key=lambda step: (step.week, step.slot is Slot.SECOND)):
        group = Kind.NUDGE if step.kind in _ONE_EXPERIMENT else step.kind
        when = first_fit(wish(step), plan.hours, plan.zone, holidays)
        busy = max(taken.get(group, date.min), _first_of_week(step, placed, plan, holidays))
        if when[0] <= busy:
            when = first_fit((busy + DAY, wish(step)[1]), plan.hours, plan.zone, holidays)
        taken[group] = when[0]
        due_at, expires_at = send_window(when, plan.zone, plan.hours)
        placed.append(
            Slotted(
                step=step,
                occurrence=f"week-{step.week}-{step.slot}",
                local_date=when[0],
                local_time=when[1],
                due_at=due_at,
                expires_at=expires_at,
            )
        )
    return tuple(sorted(placed, key=lambda slotted: slotted.due_at))


def _first_of_week(step: Step, placed: Sequence[Slotted], plan: Rhythm, holidays: frozenset[date]) -> date:
    """Return, for a step of the second moment, the day of the first one in its week; else no day."""
    if step.slot is not Slot.SECOND or step.kind in TEAM_KINDS:
        return date.min
    natural = (plan.monday_of(step.week) + DAY * plan.hours.first_day, plan.hours.first_time)
    there = [each.local_date for each in placed if (each.step.week, each.step.slot) == (step.week, Slot.FIRST)]
    return max(there, default=first_fit(natural, plan.hours, plan.zone, holidays)[0])


def _after_quiet(when: When, hours: Hours) -> When:
    day, hour = when
    if not is_quiet(hour, hours):
        return when
    return (day + DAY if hour >= hours.quiet_until else day), hours.quiet_until
