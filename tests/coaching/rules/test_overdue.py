"""After an outage: what still comes, when, and what behind it has to move."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.records.member import Hours
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.rules.agenda import send_window
from bot.coaching.rules.overdue import ANSWERS, OVERTAKEN, Here, answered_late, behind, caught_up, is_late, ranked
from tests.long_form import LONG

ZONE = "Europe/Amsterdam"
HOURS = Hours()
NONE: frozenset[date] = frozenset()


def local(text: str) -> datetime:
    """Return the moment at which a clock in Amsterdam shows this."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def a_row(when: str, kind: Kind = Kind.NUDGE, **changes: Any) -> Nudge:
    """Return a message planned for a local day and hour."""
    naive = datetime.fromisoformat(when)
    due_at, expires_at = send_window((naive.date(), naive.time()), ZONE, HOURS)
    row = Nudge(
        id=f"{kind}-{when}",
        workspace="w",
        cohort="c",
        enrollment="e",
        member="m",
        kind=kind,
        prompt="item/nudge",
        occurrence=when,
        item="item",
        week=1,
        local_date=naive.date(),
        local_time=naive.time(),
        zone=ZONE,
        due_at=due_at,
        expires_at=expires_at,
    )
    return replace(row, **changes)


def here(now: str, holidays: frozenset[date] = NONE, hours: Hours = HOURS) -> Here:
    """Return a moment in Amsterdam."""
    return Here(now=local(now), zone=ZONE, hours=hours, holidays=holidays)


TUESDAY = "2026-01-13T10:00"  # the nudge of week 1
THURSDAY = "2026-01-15T15:00"
SENT = NudgeState.SENT


@pytest.mark.parametrize(
    ("row", "now", "late"),
    [
        (a_row(TUESDAY), "2026-01-13T10:15", False),  # a tick or two
        (a_row(TUESDAY), "2026-01-13T10:16", True),
        (a_row(TUESDAY, state=NudgeState.READY), "2026-01-14T10:00", False),  # delivery's own
        (a_row(TUESDAY, Kind.TEAM_REFLECTION, member=None), "2026-01-14T10:00", False),  # a post has its window
        (a_row(TUESDAY, Kind.INVITATION, member=None), "2026-01-13T11:00", True),
        (a_row(TUESDAY, Kind.INVITATION, member=None), "2026-01-14T10:00", False),  # and has lost it
        (a_row(TUESDAY, Kind.WELCOME), "2026-02-14T10:00", True),
    ],
)
def test_what_nobody_sent_for_a_quarter_of_an_hour_is_late(row: Nudge, now: str, late: bool) -> None:
    assert is_late(row, local(now)) is late


@pytest.mark.parametrize(
    ("now", "comes"),
    [
        ("2026-01-13T11:00", "2026-01-13T11:00"),  # an hour late, at work: now
        ("2026-01-13T17:29", "2026-01-13T17:29"),
        ("2026-01-13T17:45", "2026-01-14T10:00"),  # too little left of the day
        ("2026-01-13T20:00", "2026-01-14T10:00"),  # in the evening: tomorrow at its own hour
        ("2026-01-14T03:00", "2026-01-14T10:00"),  # at night: this morning
        ("2026-01-14T09:00", "2026-01-14T09:00"),  # a day late, at work
        ("2026-01-17T12:00", "2026-01-19T10:00"),  # on Saturday: Monday
        ("2026-01-19T12:00", "2026-01-20T10:00"),  # a holiday
    ],
)
def test_it_comes_now_at_work_and_else_at_its_hour_on_the_next_working_day(now: str, comes: str) -> None:
    fresh = caught_up(a_row(TUESDAY), (), here(now, holidays=frozenset({date(2026, 1, 19)}) if "-19" in now else NONE))
    assert fresh is not None
    assert fresh.due_at == local(comes)
    assert fresh.local_date == datetime.fromisoformat(comes).date()
    assert fresh.due_at < fresh.expires_at <= fresh.due_at + timedelta(hours=4)


@pytest.mark.parametrize(
    ("others", "now", "comes"),
    [
        # the look back comes this afternoon: tomorrow
        ([a_row(THURSDAY, Kind.REFLECTION)], "2026-01-15T09:00", "2026-01-16T10:00"),
        # its own day, its own window: as it was planned, beside the other
        ([a_row("2026-01-13T15:00", Kind.DAY_OF)], "2026-01-13T11:00", "2026-01-13T11:00"),
        # only its own reminder, which goes
        ([a_row(THURSDAY, Kind.FOLLOW_UP)], "2026-01-15T09:00", "2026-01-15T09:00"),
        # another item's reminder stays
        ([a_row(THURSDAY, Kind.FOLLOW_UP, item="other")], "2026-01-15T09:00", "2026-01-16T10:00"),
        # something is being delivered to the person at this moment
        ([a_row("2026-01-13T09:50", Kind.DAY_OF, state=NudgeState.UNCERTAIN)], "2026-01-13T11:00", "2026-01-14T10:00"),
        # or was, since this one was due
        (
            [a_row("2026-01-13T09:50", Kind.DAY_OF, state=SENT, sent_at=local("2026-01-13T10:59"))],
            "2026-01-13T11:00",
            "2026-01-14T10:00",
        ),
        # what came before it was due is no burst
        (
            [a_row("2026-01-13T09:50", Kind.DAY_OF, state=SENT, sent_at=local("2026-01-13T09:50"))],
            "2026-01-13T11:00",
            "2026-01-13T11:00",
        ),
        # a welcome is no message of the schedule
        ([a_row("2026-01-14T09:00", Kind.WELCOME)], "2026-01-14T09:00", "2026-01-14T09:00"),
        # what was cancelled takes no day
        ([a_row(THURSDAY, Kind.REFLECTION, state=NudgeState.CANCELLED)], "2026-01-15T09:00", "2026-01-15T09:00"),
    ],
)
def test_it_meets_nothing_else_on_its_day(others: list[Nudge], now: str, comes: str) -> None:
    fresh = caught_up(a_row(TUESDAY), others, here(now))
    assert fresh is not None
    assert fresh.due_at == local(comes)


def test_where_every_day_is_taken_nothing_is_caught_up() -> None:
    days = [a_row(f"2026-01-{day}T10:00", Kind.DAY_OF) for day in range(14, 30)]
    assert caught_up(a_row(TUESDAY), days, here("2026-01-14T12:00")) is None


def test_an_experiment_does_not_crowd_the_next_one() -> None:
    """Two working days to try it, or it is left."""
    following = a_row("2026-01-27T10:00", item="other")
    assert caught_up(a_row(TUESDAY), [following], here("2026-01-23T12:00")) is not None
    assert caught_up(a_row(TUESDAY), [following], here("2026-01-26T09:00")) is None
    elsewhere = replace(following, enrollment="another run")
    assert caught_up(a_row(TUESDAY), [elsewhere], here("2026-01-26T09:00")) is not None
    assert caught_up(a_row(TUESDAY, Kind.BOOSTER), [following], here("2026-01-26T09:00")) is not None


def test_the_best_of_what_is_overdue_comes_first() -> None:
    late = [
        a_row("2026-01-20T15:00", Kind.REFLECTION),
        a_row("2026-01-20T15:00", Kind.FOLLOW_UP),
        a_row("2026-01-20T10:00", Kind.CHECK),
        a_row("2026-01-19T10:00", Kind.KEEP),
        a_row("2026-01-20T10:00", Kind.PULSE),
        a_row("2026-01-20T10:00", Kind.DEBRIEF),
        a_row("2026-01-19T15:00", Kind.DAY_OF),
        a_row("2026-01-20T10:00", occurrence="after-x"),
        a_row("2026-01-06T10:00"),
        a_row(TUESDAY),
    ]
    found = [(row.kind, row.local_date.day) for row in ranked(late, local("2026-01-20T20:00"))]
    assert found == [
        (Kind.NUDGE, 13),
        (Kind.NUDGE, 6),
        (Kind.NUDGE, 20),  # put off to that day
        (Kind.DAY_OF, 19),
        (Kind.DEBRIEF, 20),
        (Kind.PULSE, 20),
        (Kind.KEEP, 19),
        (Kind.CHECK, 20),
        (Kind.FOLLOW_UP, 20),
        (Kind.REFLECTION, 20),
    ]


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (Kind.NUDGE, 28),
        (Kind.DAY_OF, 14),
        (Kind.DEBRIEF, 14),
        (Kind.PULSE, 28),
        (Kind.BOOSTER, 28),
        (Kind.CHECK, 28),
        (Kind.FOLLOW_UP, 4),
        (Kind.REFLECTION, 0.5),  # never that of another day
    ],
)
def test_what_is_old_is_worth_no_message(kind: Kind, days: float) -> None:
    row = a_row(TUESDAY, kind)
    assert ranked([row], row.due_at + timedelta(days=days)) == [row]
    assert ranked([row], row.due_at + timedelta(days=days, seconds=1)) == []


@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_an_answer_is_nothing_to_choose_from(kind: Kind) -> None:
    assert ranked([a_row(TUESDAY, kind)], local(TUESDAY)) == []


def test_an_answer_comes_late_rather_than_never_and_not_at_night() -> None:
    welcome = a_row(TUESDAY, Kind.WELCOME, expires_at=local("2026-01-20T10:00"))
    assert answered_late(welcome, here("2026-01-14T12:00")).due_at == local("2026-01-14T12:00")
    assert answered_late(welcome, here("2026-01-14T12:00")).expires_at == welcome.expires_at
    weeks_later = answered_late(welcome, here("2026-02-14T03:00"))
    assert (weeks_later.due_at, weeks_later.expires_at) == (local("2026-02-14T08:00"), local("2026-02-14T12:00"))


# --- what follows from an experiment

UNDONE = a_row("2026-01-20T10:00", Kind.UNDONE)
FOLLOW_UP = a_row(THURSDAY, Kind.FOLLOW_UP)


@pytest.mark.parametrize(
    ("comes", "others", "expected"),
    [
        # the next day: the reminder and the debrief stay
        ("2026-01-14T10:00", [FOLLOW_UP, UNDONE], []),
        # on the reminder's day, or after it
        ("2026-01-15T10:00", [FOLLOW_UP, UNDONE], [(Kind.FOLLOW_UP, "cancelled", 15)]),
        ("2026-01-16T10:00", [FOLLOW_UP, UNDONE], [(Kind.FOLLOW_UP, "cancelled", 15)]),
        # the day before the debrief: it waits two working days
        ("2026-01-19T10:00", [UNDONE], [(Kind.UNDONE, "planned", 21)]),
        # on a day with nothing else
        ("2026-01-19T10:00", [UNDONE, a_row("2026-01-21T15:00", Kind.DAY_OF)], [(Kind.UNDONE, "planned", 22)]),
        # another item's, and what is behind us, have nothing to do with it
        ("2026-01-19T10:00", [replace(UNDONE, item="other"), replace(UNDONE, state=SENT)], []),
    ],
)
def test_what_follows_keeps_its_distance(
    comes: str, others: list[Nudge], expected: list[tuple[Kind, str, int]]
) -> None:
    changed = behind(a_row(comes), others, here(comes))
    assert [(row.kind, row.state.value, row.local_date.day) for row in changed] == expected
    assert all(row.reason == OVERTAKEN for row in changed if row.state is NudgeState.CANCELLED)
    assert all(row.due_at == local(f"{row.local_date}T10:00") for row in changed if row.kind is Kind.UNDONE)


def test_only_an_experiment_has_something_behind_it() -> None:
    assert behind(a_row(THURSDAY, Kind.UNDONE), [UNDONE], here(THURSDAY)) == []


# --- properties

kinds = st.sampled_from(sorted(set(Kind) - ANSWERS - {Kind.TEAM_REFLECTION, Kind.TEAM_SHARE, Kind.TEAM_CLOSING}))
slots = st.builds(
    lambda kind, day, hour, state: a_row(f"2026-01-{day:02}T{hour:02}:00", kind, state=state),
    kinds,
    st.integers(1, 31),
    st.integers(8, 17),
    st.sampled_from([NudgeState.PLANNED, NudgeState.PLANNED, NudgeState.CANCELLED, NudgeState.UNCERTAIN]),
)


@settings(max_examples=300 if LONG else 75, deadline=None)
@given(st.datetimes(datetime(2026, 1, 14), datetime(2026, 2, 14)), slots, st.lists(slots, max_size=12))  # noqa: DTZ001
def test_whatever_the_outage_it_comes_at_work_on_a_day_of_its_own(
    naive: datetime, row: Nudge, around: list[Nudge]
) -> None:
    now = here(naive.isoformat())
    others = [other for other in around if other.due_at > now.now or other.state is not NudgeState.PLANNED]
    row = replace(row, state=NudgeState.PLANNED)
    if row.due_at > now.now:
        return
    fresh = caught_up(row, others, now)
    if fresh is None:
        return
    clock = fresh.due_at.astimezone(ZoneInfo(ZONE))
    assert fresh.due_at >= now.now
    assert clock.date() == fresh.local_date
    assert clock.weekday() < 5 or row.local_date == fresh.local_date  # a day they picked
    assert time(8) <= clock.time() < time(18)
    assert fresh.due_at < fresh.expires_at
    changed = {each.id: each for each in behind(fresh, others, now)}
    left = [changed.get(other.id, other) for other in others]
    same_day = [other for other in left if other.state is NudgeState.PLANNED and other.local_date == fresh.local_date]
    assert not same_day or row.local_date == fresh.local_date
    assert not any(
        other.kind is Kind.UNDONE
        and other.item == fresh.item
        and other.state is NudgeState.PLANNED
        and fresh.kind is Kind.NUDGE
        and other.local_date <= fresh.local_date
        for other in left
    )
