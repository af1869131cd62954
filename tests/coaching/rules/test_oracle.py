"""When something comes, checked against a walk along the minutes of UTC.

The oracle knows one thing only: what a clock in a zone shows at a minute of UTC. It adds no hours to local days and
asks for no offset; it walks, and looks at the clock.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.coaching.calendar import at_local, expiry, in_quiet_hours, out_of_quiet
from bot.coaching.journey import Journey, Slot
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Hours, Member
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.reply import Scope
from bot.coaching.rules.agenda import Rhythm, agenda, send_window, snoozed
from bot.coaching.rules.overdue import Here, behind, caught_up
from bot.flows.agenda.schedule import replanned
from bot.flows.context.person import ParticipationContext
from tests.coaching.rules.test_agenda import FOUR_WEEKS, journey, step
from tests.long_form import LONG
from tests.store.scene import a_cohort, an_enrollment

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NONE: frozenset[date] = frozenset()

ZONES = [
    "Europe/Amsterdam",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Africa/Casablanca",  # back for Ramadan
    "Asia/Gaza",  # back for Ramadan, and another rule each few years
    "Pacific/Apia",  # a date that never was
    "America/Sao_Paulo",  # midnight was skipped, until the rule went
    "Asia/Kolkata",  # nothing ever changes, half an hour off
    "Pacific/Chatham",  # three quarters off
    "Asia/Kathmandu",
    "Africa/Cairo",  # summer time came back in 2023, at midnight
    "America/Santiago",
    "Asia/Tehran",  # abolished in 2022, at midnight before
    "Australia/Adelaide",
    "America/St_Johns",  # at one minute past midnight, once
    "Antarctica/Troll",  # two hours
    "Atlantic/Azores",  # midnight on a Sunday
    "Pacific/Honolulu",
    "America/Havana",  # midnight comes twice
    "America/Caracas",  # half an hour, by decree
    "Asia/Pyongyang",
    "Europe/Istanbul",
    "Europe/Volgograd",
    "Pacific/Kiritimati",  # fourteen hours ahead
    "Pacific/Pago_Pago",  # eleven behind
    "UTC",
]
FIRST, LAST = date(2007, 1, 1), date(2038, 1, 1)


# --- the oracle -------------------------------------------------------------------------------------------------


def clock(moment: datetime, zone: str) -> datetime:
    """Return what a clock on the wall shows."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def minutes(since: datetime) -> Iterator[datetime]:
    """Walk."""
    while True:
        yield since
        since += MINUTE


def is_quiet(shown: datetime, hours: Hours) -> bool:
    """Whether the minute is one of those counted off from the beginning of the quiet hours to their end."""
    minute, begin, end = (each.hour * 60 + each.minute for each in (shown, hours.quiet_from, hours.quiet_until))
    return (minute - begin) % 1440 < (end - begin) % 1440


def first_at(day: date, hour: time, zone: str) -> datetime:
    """Return the first minute at which the clock shows that reading, or has gone past it."""
    wanted = datetime.combine(day, hour)
    nowhere_yet = wanted.replace(tzinfo=UTC) - 15 * HOUR  # no clock is further ahead than fourteen
    return next(minute for minute in minutes(nowhere_yet) if clock(minute, zone) >= wanted)


def first_loud(since: datetime, zone: str, hours: Hours) -> datetime:
    """Return the first minute that is not quiet."""
    return next(minute for minute in minutes(since) if not is_quiet(clock(minute, zone), hours))


def closing(due_at: datetime, zone: str, hours: Hours) -> datetime:
    """Return the first quiet minute after it, four hours later at most."""
    walk = (minute for minute in minutes(due_at) if is_quiet(clock(minute, zone), hours) or minute >= due_at + 4 * HOUR)
    return next(walk)


@dataclass(frozen=True)
class Place:
    """A zone, and a day around which something is odd with its clock."""

    zone: str
    day: date


@cache
def odd_days(zone: str) -> tuple[date, ...]:
    """Return the days after which noon comes at another hour of UTC; a few others where it never does."""
    days = [FIRST + DAY * count for count in range((LAST - FIRST).days)]
    noons = [clock(datetime.combine(day, time(12), tzinfo=UTC), zone).time() for day in days]
    shifts = [clock(datetime.combine(day, time(12), tzinfo=UTC), zone).date() - day for day in days]
    odd = [day for day, *pairs in zip(days[1:], noons, noons[1:], shifts, shifts[1:], strict=False) if _differ(*pairs)]
    return tuple(odd) or (date(2026, 3, 1), date(2028, 2, 29))


def _differ(noon: time, next_noon: time, shift: timedelta, next_shift: timedelta) -> bool:
    return (noon, shift) != (next_noon, next_shift)


places = st.sampled_from(ZONES).flatmap(
    lambda zone: st.builds(
        lambda day, away: Place(zone, day + DAY * away), st.sampled_from(odd_days(zone)), st.integers(-2, 2)
    )
)
hours_of_day = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 45, 59]))
nights = st.builds(lambda begin, end: Hours(quiet_from=begin, quiet_until=end), hours_of_day, hours_of_day)
TWICE = Place("Europe/Amsterdam", date(2026, 10, 25))  # at 01:00 UTC the clock goes from 03:00 back to 02:00

SKIPPED = Place("Europe/Amsterdam", date(2026, 3, 29))  # at 01:00 UTC it goes from 02:00 to 03:00


def test_the_oracle_knows_odd_days_of_every_kind() -> None:
    """Gaps, overlaps, changed rules, Ramadan, midnights, and a date that never was."""
    assert {date(2026, 3, 29), date(2026, 10, 25)} <= set(odd_days("Europe/Amsterdam"))
    assert {date(2026, 2, 15), date(2026, 3, 22)} <= set(odd_days("Africa/Casablanca"))
    assert date(2011, 12, 30) in odd_days("Pacific/Apia") or date(2011, 12, 31) in odd_days("Pacific/Apia")
    assert max(odd_days("America/Sao_Paulo")).year == 2019
    assert len(odd_days("Asia/Gaza")) > 60
    assert sum(len(odd_days(zone)) for zone in ZONES) > 800


# --- single moments ---------------------------------------------------------------------------------------------


@settings(max_examples=700 if LONG else 150, deadline=None)
@given(places, hours_of_day, nights)
def test_a_day_and_an_hour_become_a_window(place: Place, hour: time, hours: Hours) -> None:
    """The first minute at which the clock shows it or more, then out of the night, then until the next night."""
    first = first_at(place.day, hour, place.zone)
    assert at_local(place.day, hour, place.zone) == first
    due_at = first_loud(first, place.zone, hours)
    assert send_window((place.day, hour), place.zone, hours) == (due_at, closing(due_at, place.zone, hours))


@settings(max_examples=300 if LONG else 75, deadline=None)
@given(places, st.integers(0, 24 * 60 - 1), nights)
@example(TWICE, 70, Hours(quiet_from=time(23), quiet_until=time(2, 45)))  # it ends at the second 02:45
@example(TWICE, 45, Hours(quiet_from=time(2, 30), quiet_until=time(3, 30)))  # it ends because the clock goes back
@example(TWICE, 30, Hours(quiet_from=time(2, 10), quiet_until=time(2, 20)))  # it begins at the second 02:10
@example(TWICE, 30, Hours(quiet_from=time(1, 30), quiet_until=time(2, 20)))  # it begins because the clock goes back
def test_a_night_ends_and_a_window_closes_at_the_first_minute_that_says_so(
    place: Place, minute: int, hours: Hours
) -> None:
    moment = datetime.combine(place.day, time(0), tzinfo=UTC) + MINUTE * minute
    quiet = is_quiet(clock(moment, place.zone), hours)
    assert in_quiet_hours(moment, place.zone, hours) is quiet
    assert out_of_quiet(moment, place.zone, hours) == first_loud(moment, place.zone, hours)
    assert expiry(moment, place.zone, hours) == (moment if quiet else closing(moment, place.zone, hours))


# --- days at work -----------------------------------------------------------------------------------------------

workdays = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
lives = st.builds(
    Hours,
    first_day=st.integers(0, 6),
    first_time=hours_of_day,
    second_day=st.integers(0, 6),
    second_time=hours_of_day,
    workdays=workdays,
    quiet_from=hours_of_day,
    quiet_until=hours_of_day,
)
days_off = st.sets(st.integers(0, 20), max_size=8)


def first_working(day: date, hour: time, zone: str, hours: Hours, holidays: frozenset[date]) -> datetime:
    """Return the first minute from that reading on at which the hour begins on a day at work.

    A wish in the night stands for its end. A day on which the clock never shows the hour, or only at night, is none.
    """
    if is_quiet(datetime.combine(day, hour), hours):
        while is_quiet(shown := datetime.combine(day, hour), hours):
            day, hour = (shown + MINUTE).date(), (shown + MINUTE).time()
    while True:
        if day.weekday() in hours.workdays and day not in holidays:
            found = first_at(day, hour, zone)
            shown = clock(found, zone)
            if shown.date() == day and not is_quiet(shown, hours):
                return found
        day += DAY


@settings(max_examples=150 if LONG else 50, deadline=None)
@given(places, lives, days_off)
@example(Place("Pacific/Apia", date(2011, 12, 30)), Hours(workdays=(4,)), set())  # the only Friday that never was
@example(
    Place("Europe/Amsterdam", date(2026, 3, 29)), Hours(first_time=time(2), quiet_from=time(3), workdays=(6,)), set()
)
def test_a_step_comes_at_its_hour_on_the_first_day_at_work(place: Place, hours: Hours, off: set[int]) -> None:
    monday, hours = place.day - DAY * place.day.weekday(), replace(hours, first_day=place.day.weekday())
    holidays = frozenset(monday + DAY * count for count in off)
    (slot,) = agenda(
        journey(step(1, Slot.FIRST, Kind.NUDGE)), Rhythm(starts_on=monday, hours=hours, zone=place.zone), holidays
    )
    wished = monday + DAY * hours.first_day
    assert slot.due_at == first_working(wished, hours.first_time, place.zone, hours, holidays)
    assert slot.expires_at == closing(slot.due_at, place.zone, hours)
    assert slot.local_date == clock(slot.due_at, place.zone).date()


@settings(max_examples=100, deadline=None)
@given(places, st.integers(0, 24 * 60 - 1), lives, hours_of_day, days_off)
def test_what_is_put_off_to_next_week_comes_a_week_later_at_its_hour(
    place: Place, minute: int, hours: Hours, hour: time, off: set[int]
) -> None:
    now = datetime.combine(place.day, time(0), tzinfo=UTC) + MINUTE * minute
    holidays = frozenset(place.day + DAY * count for count in off)
    when = snoozed("next_week", now, hours, place.zone, holidays, at=hour)
    assert when is not None
    due_at, _ = send_window(when, place.zone, hours)
    today = clock(now, place.zone).date()
    assert due_at == first_working(today + 7 * DAY, hour, place.zone, hours, holidays)


# --- after an outage --------------------------------------------------------------------------------------------


def a_row(kind: Kind, when: tuple[date, time], zone: str, hours: Hours, name: str = "row", **changes: Any) -> Nudge:
    """Return something planned."""
    due_at, expires_at = send_window(when, zone, hours)
    row = Nudge(
        id=name,
        workspace="w",
        cohort="c",
        enrollment="e",
        member="m",
        kind=kind,
        prompt=f"item/{kind}",
        occurrence=name,
        item="item",
        week=1,
        local_date=when[0],
        local_time=when[1],
        zone=zone,
        due_at=due_at,
        expires_at=expires_at,
    )
    return replace(row, **changes)


@settings(max_examples=150 if LONG else 50, deadline=None)
@given(places, lives, hours_of_day, st.integers(16, 40 * 24 * 60), st.sets(st.integers(0, 50), max_size=20))
def test_what_is_caught_up_comes_at_work_on_a_day_of_its_own(
    place: Place, hours: Hours, hour: time, late: int, busy: set[int]
) -> None:
    row = a_row(Kind.NUDGE, (place.day, hour), place.zone, hours)
    now = row.due_at + MINUTE * late
    others = [
        a_row(Kind.DAY_OF, (place.day + DAY * count, time(15)), place.zone, hours, f"busy-{count}") for count in busy
    ]
    others.append(a_row(Kind.UNDONE, (clock(now, place.zone).date() + DAY, time(10)), place.zone, hours, "asked"))
    ahead = [other for other in others if other.due_at > now]
    here = Here(now=now, zone=place.zone, hours=hours, holidays=NONE)
    fresh = caught_up(row, ahead, here)
    if fresh is None:
        return
    shown = clock(fresh.due_at, place.zone)
    assert now <= fresh.due_at
    assert not is_quiet(shown, hours)
    assert shown.date() == fresh.local_date
    assert fresh.expires_at == closing(fresh.due_at, place.zone, hours)
    was_its_day = clock(now, place.zone).date() == row.local_date and fresh.due_at == now < row.expires_at
    assert was_its_day or fresh.local_date.weekday() in hours.workdays
    assert was_its_day or fresh.local_date not in {other.local_date for other in ahead if other.kind is Kind.DAY_OF}
    left = {other.id: other for other in ahead} | {other.id: other for other in behind(fresh, ahead, here)}
    if (asked := left.get("asked")) is not None:
        between = [fresh.local_date + DAY * count for count in range(1, (asked.local_date - fresh.local_date).days)]
        assert sum(day.weekday() in hours.workdays for day in between) >= 1


# --- people who travel ------------------------------------------------------------------------------------------


class Person:
    """Somebody on the way, whose messages go out the minute they are due."""

    def __init__(self, taken: Journey, hours: Hours, zone: str, starts_on: date) -> None:
        self.journey, self.hours, self.zone = taken, hours, zone
        self.now = datetime.combine(starts_on - 2 * DAY, time(0), tzinfo=UTC)
        self.enrollment: Enrollment = an_enrollment("anna", starts_on=starts_on, scope=Scope.COACH)
        rhythm = Rhythm(starts_on=starts_on, hours=hours, zone=zone)
        self.rows = {
            f"{each.step.kind}-{each.occurrence}": a_row(
                each.step.kind,
                (each.local_date, each.local_time),
                zone,
                hours,
                f"{each.step.kind}-{each.occurrence}",
                prompt=each.step.prompt,
                occurrence=each.occurrence,
            )
            for each in agenda(taken, rhythm, NONE)
        }
        self.sent: list[tuple[Nudge, datetime]] = []  # with what the person's own clock showed

    def live(self, until: datetime) -> None:
        """Let everything due go out."""
        for row in sorted(self.rows.values(), key=lambda row: row.due_at):
            if row.state is NudgeState.PLANNED and row.due_at <= until:
                at = max(row.due_at, self.now)
                self.rows[row.id] = replace(row, state=NudgeState.SENT, sent_at=at)
                self.sent.append((row, clock(at, self.zone)))
        self.now = until

    def move(self, zone: str) -> None:
        """Arrive somewhere else; the product plans anew."""
        self.zone = zone
        member = Member(id="anna", workspace="w", external_id="U1", name="Anna", zone=zone, hours=self.hours)
        course = ParticipationContext(
            member=member,
            enrollment=self.enrollment,
            cohort=a_cohort(),
            journey=self.journey,
            agenda=sorted(self.rows.values(), key=lambda row: row.due_at),
            others=(),
            promises=(),
        )
        here: Any = SimpleNamespace(now=self.now, holidays=lambda _country, _years: NONE)
        for row in replanned(here, course):
            self.rows[row.id] = row


trips = st.lists(st.tuples(st.integers(1, 9 * 24 * 60), st.sampled_from(ZONES)), max_size=6)


@settings(max_examples=150 if LONG else 50, deadline=None)
@given(places, lives, trips)
def test_wherever_somebody_goes_each_message_comes_once_by_the_clock_on_the_wall(
    place: Place, hours: Hours, legs: list[tuple[int, str]]
) -> None:
    """Also over the date line and back, in the night the clock changes, and on the day the rule does."""
    person = Person(FOUR_WEEKS, hours, place.zone, place.day - DAY * place.day.weekday())
    planned = set(person.rows)
    for minutes_later, zone in legs:
        person.live(person.now + MINUTE * minutes_later)
        person.move(zone)
    person.live(person.now + 400 * DAY)
    assert {row.id for row, _ in person.sent} == planned
    assert len(person.sent) == len(planned)
    for row, shown in person.sent:
        assert not is_quiet(shown, hours)
        assert shown.date().weekday() in hours.workdays
        assert shown >= datetime.combine(row.local_date, row.local_time)  # never before its hour
    for kind, days in _days(person).items():
        assert max(days.values()) == 1, kind


def _days(person: Person) -> dict[Kind, Counter[date]]:
    found: dict[Kind, Counter[date]] = {}
    for row, shown in person.sent:
        found.setdefault(row.kind, Counter())[shown.date()] += 1
    return found
