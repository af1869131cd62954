"""When a coach's weekly digest comes."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.coaching.calendar import DAY, at_local, expiry, in_quiet_hours, is_workday, local_day
from bot.coaching.records.member import MONDAY, SUNDAY, DigestTime, Hours
from bot.coaching.records.nudge import Nudge
from bot.coaching.rules.agenda import When, first_fit, send_window
from bot.coaching.rules.overdue import Here

WEEK = timedelta(weeks=1)


def usual(reflection_day: int, workdays: Collection[int]) -> DigestTime:
    """Return when it comes as long as nobody chose: the working day before the team's post, at ten."""
    back = ((reflection_day - days) % 7 for days in range(1, SUNDAY - MONDAY + 2))
    return DigestTime(day=next((day for day in back if day in workdays), (reflection_day - 1) % 7))


def next_digest(wish: DigestTime, now: datetime, zone: str, hours: Hours, holidays: frozenset[date]) -> When:
    """Return the first moment after now; a holiday or quiet hours put it off to the next working hour."""
    day = local_day(now, zone) - WEEK  # what a holiday put off may still lie ahead
    day += DAY * ((wish.day - day.weekday()) % 7)
    while True:
        when = first_fit((day, wish.hour), hours, zone, holidays)
        if at_local(*when, zone) > now:
            return when
        day += WEEK


def placed(row: Nudge, when: When, zone: str, hours: Hours) -> Nudge:
    """Return the row of a digest at that day and hour."""
    due_at, expires_at = send_window(when, zone, hours)
    return replace(row, local_date=when[0], local_time=when[1], zone=zone, due_at=due_at, expires_at=expires_at)


def caught_up(row: Nudge, here: Here) -> Nudge:
    """Return a digest that nobody was there to send: now, in the coach's working hours; else when those begin."""
    today = here.today
    if is_workday(today, here.hours.workdays, here.holidays) and not in_quiet_hours(here.now, here.zone, here.hours):
        expires_at = expiry(here.now, here.zone, here.hours)
        return replace(row, local_date=today, zone=here.zone, due_at=here.now, expires_at=expires_at)
    ahead = (
        first_fit((today + DAY * days, here.hours.quiet_until), here.hours, here.zone, here.holidays) for days in (0, 1)
    )
    return placed(row, next(when for when in ahead if at_local(*when, here.zone) > here.now), here.zone, here.hours)
