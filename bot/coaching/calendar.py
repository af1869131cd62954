"""Local days and hours: what a moment is on a person's own clock, and the other way round."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.coaching.records.member import Hours

SEND_WINDOW = timedelta(hours=4)  # how long after its due moment a message may still go out
NOBODYS_ZONE = "Factory"  # what a machine says that was never told where it is
FARTHEST = 366  # days looked ahead for a working day
DAY = timedelta(days=1)


def is_zone(name: str) -> bool:
    """Return whether somebody can live in a time zone of that name, e.g. "Europe/Amsterdam"."""
    if name == NOBODYS_ZONE:
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder such as "Europe" is an OSError
        return False
    return True


def at_local(day: date, hour: time, zone: str) -> datetime:
    """Return the moment in UTC at which a clock in the zone first shows that hour of that day.

    An hour the clock skips gives the first instant after the gap; an hour it shows twice gives the first.
    """
    local = datetime.combine(day, hour.replace(tzinfo=None, fold=0), tzinfo=ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if on_clock(moment, zone) == local.replace(tzinfo=None):
        return moment
    return _change(local.replace(fold=1).astimezone(UTC), moment, zone)


def on_clock(moment: datetime, zone: str) -> datetime:
    """Return what calendar and clock show in the zone at that moment; a naive moment raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def local_day(moment: datetime, zone: str) -> date:
    """Return the calendar day it is in the zone at that moment; a naive moment raises ValueError."""
    return on_clock(moment, zone).date()


def local_hour(moment: datetime, zone: str) -> time:
    """Return what a clock in the zone shows at that moment; a naive moment raises ValueError."""
    return on_clock(moment, zone).time()


def week_of(day: date) -> date:
    """Return the Monday of the week the day is in."""
    return day - timedelta(days=day.weekday())


def is_workday(day: date, workdays: Collection[int], holidays: frozenset[date]) -> bool:
    """Return whether somebody with these weekdays (Monday is 0) works on that day."""
    return day.weekday() in workdays and day not in holidays


def next_workday(day: date, workdays: Collection[int], holidays: frozenset[date]) -> date:
    """Return the first working day on or after the day; the day itself when a whole year has none."""
    ahead = (day + timedelta(days=days) for days in range(FARTHEST))
    return next((each for each in ahead if is_workday(each, workdays, holidays)), day)


def working_days_after(day: date, count: int, workdays: Collection[int], holidays: frozenset[date]) -> date:
    """Return the working day that comes so many working days after the day."""
    for _ in range(count):
        day = next_workday(day + DAY, workdays, holidays)
    return day


def is_quiet(hour: time, hours: Hours) -> bool:
    """Return whether the hour on the clock lies in the quiet hours; equal bounds mean there are none."""
    if hours.quiet_from <= hours.quiet_until:
        return hours.quiet_from <= hour < hours.quiet_until
    return hour >= hours.quiet_from or hour < hours.quiet_until


def in_quiet_hours(moment: datetime, zone: str, hours: Hours) -> bool:
    """Return whether nothing may be sent to the person at that moment."""
    return is_quiet(local_hour(moment, zone), hours)


def out_of_quiet(moment: datetime, zone: str, hours: Hours) -> datetime:
    """Return the moment itself, or the first one after it at which something may be sent."""
    if not in_quiet_hours(moment, zone, hours):
        return moment
    return min(
        edge
        for edge in _edges(moment, hours.quiet_until, zone)
        if edge > moment and not in_quiet_hours(edge, zone, hours)
    )


def expiry(due_at: datetime, zone: str, hours: Hours) -> datetime:
    """Return until when a message may go out: four hours, but never into quiet hours and never before due."""
    if in_quiet_hours(due_at, zone, hours):
        return due_at
    edges = _edges(due_at, hours.quiet_from, zone)
    nights = (edge for edge in edges if edge > due_at and in_quiet_hours(edge, zone, hours))
    return min((due_at + SEND_WINDOW, *nights))


def _edges(moment: datetime, hour: time, zone: str) -> set[datetime]:
    """Return the instants of the next days at which quiet hours can begin or end there.

    That is both readings of the hour each day, and a change of the clock, which can jump over it or back.
    """
    today = local_day(moment, zone)
    days = [today + DAY * ahead for ahead in range(3)]
    first = {at_local(day, hour, zone) for day in days}
    second = {datetime.combine(day, hour.replace(fold=1), tzinfo=ZoneInfo(zone)).astimezone(UTC) for day in days}
    latest = max(first)
    changes = {_change(moment, latest, zone)} if _offset(moment, zone) != _offset(latest, zone) else set()
    return first | second | changes


def _offset(moment: datetime, zone: str) -> timedelta | None:
    return moment.astimezone(ZoneInfo(zone)).utcoffset()


def _change(before: datetime, after: datetime, zone: str) -> datetime:
    """Return the first whole second at which the zone's offset is no longer what it was before."""
    old = _offset(before, zone)
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(before + timedelta(seconds=middle), zone) == old:
            low = middle
        else:
            high = middle
    return (before + timedelta(seconds=high)).replace(microsecond=0)
