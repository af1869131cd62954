"""When each step comes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.journey import Journey, Slot, Step
from bot.coaching.language import Language
from bot.coaching.records.member import FRIDAY, MONDAY, THURSDAY, TUESDAY, Hours
from bot.coaching.records.nudge import Kind
from bot.coaching.rules.agenda import (
    Rhythm,
    Slotted,
    agenda,
    check_moment,
    day_of_moment,
    send_window,
    snoozed,
    starts_on,
    team_agenda,
)

ZONES = [
    "Europe/Amsterdam",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kolkata",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "America/Havana",
]
HERE = "Europe/Amsterdam"
NONE: frozenset[date] = frozenset()
MONDAY_OF_WEEK_1 = date(2026, 11, 23)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # Tuesday 10:00 in Amsterdam


def step(week: int, slot: Slot, kind: Kind) -> Step:
    return Step(week=week, slot=slot, kind=kind, item="item", prompt=f"item/{kind}")


def journey(*steps: Step) -> Journey:
    words = dict.fromkeys(Language, "x")
    return Journey(
        slug="short",
        name=words,
        about=words,
        weeks=12,
        steps=steps,
        items={},
        texts={},
        reflections=(),
        quiet=(),
        team_reflections=(),
        team_quiet=(),
    )


FOUR_WEEKS = journey(
    step(0, Slot.JOIN, Kind.WELCOME),
    *(
        each
        for week in (1, 3)
        for each in (
            step(week, Slot.FIRST, Kind.NUDGE),
            step(week, Slot.SECOND, Kind.FOLLOW_UP),
            step(week + 1, Slot.FIRST, Kind.UNDONE),
            step(week + 1, Slot.SECOND, Kind.REFLECTION),
        )
    ),
    step(2, Slot.FIRST, Kind.TEAM_REFLECTION),
    step(3, Slot.FIRST, Kind.TEAM_REFLECTION),
    step(5, Slot.FIRST, Kind.TEAM_CLOSING),
)


def rhythm(**changes: object) -> Rhythm:
    plain = Rhythm(starts_on=MONDAY_OF_WEEK_1, hours=Hours(), zone=HERE)
    return replace(plain, **changes)  # type: ignore[arg-type]


def local(slots: tuple[Slotted, ...]) -> list[tuple[str, str]]:
    return [(each.step.kind.value, f"{each.local_date} {each.local_time:%H:%M}") for each in slots]


def test_four_weeks_come_on_tuesdays_and_thursdays() -> None:
    """What comes at joining and what goes to the channel is not in it."""
    assert local(agenda(FOUR_WEEKS, rhythm(), NONE)) == [
        ("nudge", "2026-11-24 10:00"),
        ("follow_up", "2026-11-26 15:00"),
        ("undone", "2026-12-01 10:00"),
        ("reflection", "2026-12-03 15:00"),
        ("nudge", "2026-12-08 10:00"),
        ("follow_up", "2026-12-10 15:00"),
        ("undone", "2026-12-15 10:00"),
        ("reflection", "2026-12-17 15:00"),
    ]


def test_a_slot_carries_its_moment_and_what_tells_it_apart() -> None:
    first = agenda(FOUR_WEEKS, rhythm(), NONE)[0]
    assert first.occurrence == "week-1-first"
    assert first.due_at == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert first.expires_at == datetime(2026, 11, 24, 13, 0, tzinfo=UTC)


def test_half_pace_takes_two_calendar_weeks_for_each() -> None:
    first_days = [each.local_date for each in agenda(FOUR_WEEKS, rhythm(pace=2), NONE)][::2]
    assert first_days == [date(2026, 11, 24) + timedelta(weeks=2 * count) for count in range(4)]


def test_a_pause_moves_everything_by_whole_weeks() -> None:
    unmoved = agenda(FOUR_WEEKS, rhythm(), NONE)
    moved = agenda(FOUR_WEEKS, rhythm(shift_weeks=3), NONE)
    assert [each.local_date - timedelta(weeks=3) for each in moved] == [each.local_date for each in unmoved]
    assert [each.occurrence for each in moved] == [each.occurrence for each in unmoved]


def test_a_holiday_moves_a_step_to_the_next_working_day() -> None:
    holidays = frozenset({date(2026, 11, 24), date(2026, 11, 25)})
    slots = agenda(FOUR_WEEKS, rhythm(), holidays)
    assert local(slots)[:2] == [("nudge", "2026-11-26 10:00"), ("follow_up", "2026-11-27 15:00")]


def test_a_closed_fortnight_keeps_experiments_apart_and_in_order() -> None:
    """Three experiment messages would all land on the first day back."""
    closed = frozenset(date(2026, 11, 23) + timedelta(days=count) for count in range(12))
    assert local(agenda(FOUR_WEEKS, rhythm(), closed))[:5] == [
        ("nudge", "2026-12-07 10:00"),
        ("follow_up", "2026-12-08 15:00"),
        ("undone", "2026-12-09 10:00"),
        ("nudge", "2026-12-10 10:00"),
        ("reflection", "2026-12-10 15:00"),
    ]


def test_a_second_day_before_the_first_comes_the_day_after_it() -> None:
    hours = Hours(first_day=THURSDAY, second_day=TUESDAY)
    assert local(agenda(FOUR_WEEKS, rhythm(hours=hours), NONE))[:2] == [
        ("nudge", "2026-11-26 10:00"),
        ("follow_up", "2026-11-27 15:00"),
    ]


def test_a_second_moment_alone_in_its_week_still_waits_for_the_first_day() -> None:
    alone = journey(step(1, Slot.SECOND, Kind.REFLECTION))
    hours = Hours(first_day=FRIDAY, second_day=FRIDAY)
    assert local(agenda(alone, rhythm(hours=hours), NONE)) == [("reflection", "2026-11-30 15:00")]


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        (time(20), "2026-11-25 08:00"),  # in the evening: the next morning
        (time(6), "2026-11-24 08:00"),  # early: when quiet ends
        (time(8), "2026-11-24 08:00"),
        (time(17, 59), "2026-11-24 17:59"),
    ],
)
def test_quiet_hours_are_kept(hour: time, expected: str) -> None:
    slots = agenda(FOUR_WEEKS, rhythm(hours=Hours(first_time=hour)), NONE)
    assert local(slots)[0] == ("nudge", expected)


def test_a_day_the_zone_never_had_is_stepped_over() -> None:
    """Samoa went from Thursday 29 to Saturday 31 December 2011."""
    plan = Rhythm(starts_on=date(2011, 12, 26), hours=Hours(first_day=FRIDAY), zone="Pacific/Apia")
    slots = agenda(journey(step(1, Slot.FIRST, Kind.NUDGE)), plan, NONE)
    assert local(slots) == [("nudge", "2012-01-02 10:00")]


def test_the_channel_hears_on_its_reflection_day() -> None:
    slots = team_agenda(FOUR_WEEKS, rhythm(), frozenset({date(2026, 12, 7)}), reflection_day=MONDAY)
    assert local(slots) == [
        ("team_reflection", "2026-11-30 09:30"),
        ("team_reflection", "2026-12-08 09:30"),
        ("team_closing", "2026-12-21 09:30"),
    ]


# --- properties

hours_of_day = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
all_hours = st.builds(
    Hours,
    first_day=st.integers(0, 6),
    first_time=hours_of_day,
    second_day=st.integers(0, 6),
    second_time=hours_of_day,
    workdays=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    quiet_from=hours_of_day,
    quiet_until=hours_of_day,
)
rhythms = st.builds(
    Rhythm,
    starts_on=st.sampled_from([date(2026, 3, 2), date(2026, 3, 23), date(2026, 9, 21), date(2026, 10, 19)]),
    pace=st.sampled_from([1, 2]),
    shift_weeks=st.integers(0, 3),
    hours=all_hours,
    zone=st.sampled_from(ZONES),
)
some_holidays = st.frozensets(st.integers(0, 90).map(lambda days: date(2026, 3, 1) + timedelta(days=days)))


@settings(max_examples=100, deadline=None)
@given(rhythms, some_holidays)
def test_every_agenda_keeps_the_promises(plan: Rhythm, holidays: frozenset[date]) -> None:
    """Never before the intent, on working days, in order, apart, and not at night."""
    slots = agenda(FOUR_WEEKS, plan, holidays)
    assert len(slots) == 8
    assert [each.due_at for each in slots] == sorted(each.due_at for each in slots)
    for each in slots:
        first = each.step.slot is Slot.FIRST
        day, hour = (
            (plan.hours.first_day, plan.hours.first_time) if first else (plan.hours.second_day, plan.hours.second_time)
        )
        weeks = (each.step.week - 1) * plan.pace + plan.shift_weeks
        wish = datetime.combine(plan.starts_on + timedelta(weeks=weeks, days=day), hour)
        clock = each.due_at.astimezone(ZoneInfo(plan.zone)).replace(tzinfo=None)
        assert clock >= wish
        assert clock.date() == each.local_date
        assert each.local_date.weekday() in plan.hours.workdays
        assert each.local_date not in holidays
        assert not quiet_by_hand(clock.time(), plan.hours)
        assert each.due_at < each.expires_at <= each.due_at + timedelta(hours=4)
    experiments = [each for each in slots if each.step.kind is not Kind.REFLECTION]
    assert all(one.local_date < other.local_date for one, other in pairwise(experiments))
    assert [each.step.week for each in experiments] == [1, 1, 2, 3, 3, 4]
    for week in (1, 2, 3, 4):
        one, other = (each.local_date for each in slots if each.step.week == week)
        assert one < other


def quiet_by_hand(hour: time, hours: Hours) -> bool:
    minute, begin, end = (each.hour * 60 + each.minute for each in (hour, hours.quiet_from, hours.quiet_until))
    return (minute - begin) % 1440 < (end - begin) % 1440


@settings(max_examples=100, deadline=None)
@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)), st.sampled_from(ZONES), all_hours)  # noqa: DTZ001
def test_week_1_begins_while_its_first_moment_is_ahead(naive: datetime, zone: str, hours: Hours) -> None:
    now = naive.replace(tzinfo=UTC)
    monday = starts_on(now, zone, hours)
    first = agenda(
        journey(step(1, Slot.FIRST, Kind.NUDGE)),
        Rhythm(starts_on=monday, hours=hours, zone=zone),
        NONE,
    )
    today = now.astimezone(ZoneInfo(zone)).date()
    assert monday.weekday() == 0
    assert -7 < (monday - today).days <= 7
    assert first[0].due_at > now


# --- single moments


@pytest.mark.parametrize(
    ("due_on", "now", "asked"),
    [
        # that same afternoon
        ("2026-11-26", NOW, "2026-11-26 15:00"),
        # today, the afternoon still ahead
        ("2026-11-24", NOW, "2026-11-24 15:00"),
        # today at 17:00: tomorrow morning
        ("2026-11-24", NOW + timedelta(hours=7), "2026-11-25 10:00"),
        # a Saturday: Monday morning
        ("2026-11-28", NOW, "2026-11-30 10:00"),
        # long ago: tomorrow morning
        ("2026-11-02", NOW, "2026-11-25 10:00"),
        # a holiday
        ("2026-12-25", NOW, "2026-12-28 10:00"),
    ],
)
def test_did_you_do_it_is_asked_on_the_day_or_the_next_morning(due_on: str, now: datetime, asked: str) -> None:
    holidays = frozenset({date(2026, 12, 25)})
    day, hour = day_of_moment(date.fromisoformat(due_on), now, Hours(), HERE, holidays)
    assert f"{day} {hour:%H:%M}" == asked


def test_an_evening_question_waits_for_the_next_morning() -> None:
    """The second hour lies in the quiet hours, so the day itself has no moment for it."""
    hours = Hours(second_time=time(21))
    assert day_of_moment(date(2026, 11, 26), NOW, hours, HERE, NONE) == (date(2026, 11, 27), time(10))


def test_a_customer_may_have_noticed_after_four_weeks() -> None:
    assert check_moment(date(2026, 11, 27), Hours(), HERE, frozenset({date(2026, 12, 25)})) == (
        date(2026, 12, 28),
        time(10),
    )


@pytest.mark.parametrize(
    ("choice", "back"),
    [
        ("tomorrow", "2026-11-25 10:00"),
        ("next_week", "2026-12-01 10:00"),
        (date(2026, 11, 28), "2026-11-28 10:00"),  # a Saturday they picked themselves
        (date(2027, 1, 5), "2027-01-05 10:00"),
    ],
)
def test_later_comes_back_when_asked(choice: object, back: str) -> None:
    when = snoozed(choice, NOW, Hours(), HERE, NONE, at=time(10))  # type: ignore[arg-type]
    assert when is not None
    assert f"{when[0]} {when[1]:%H:%M}" == back


def test_tomorrow_on_a_friday_is_monday_and_next_week_steps_over_a_holiday() -> None:
    friday = datetime(2026, 12, 18, 9, 0, tzinfo=UTC)
    holidays = frozenset({date(2026, 12, 25)})
    assert snoozed("tomorrow", friday, Hours(), HERE, holidays, at=time(10)) == (date(2026, 12, 21), time(10))
    assert snoozed("next_week", friday, Hours(), HERE, holidays, at=time(10)) == (
        date(2026, 12, 28),
        time(10),
    )


@pytest.mark.parametrize("picked", [date(2026, 11, 23), date(2026, 11, 24), date(1999, 1, 1)])
def test_a_picked_moment_that_has_passed_is_refused(picked: date) -> None:
    assert snoozed(picked, NOW, Hours(), HERE, NONE, at=time(10)) is None


def test_a_day_before_today_is_past_even_when_quiet_hours_would_carry_it_over() -> None:
    early = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    assert snoozed(date(2026, 11, 23), early, Hours(), HERE, NONE, at=time(21)) is None
    assert snoozed(date(2026, 11, 24), early, Hours(), HERE, NONE, at=time(21)) == (
        date(2026, 11, 25),
        time(8),
    )


def test_a_window_never_opens_at_night() -> None:
    due_at, expires_at = send_window((date(2026, 11, 24), time(22)), HERE, Hours())
    assert due_at == datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
    assert expires_at == due_at + timedelta(hours=4)
