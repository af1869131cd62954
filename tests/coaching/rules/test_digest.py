"""When a coach's weekly digest comes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.coaching.records.member import FRIDAY, MONDAY, SATURDAY, SUNDAY, THURSDAY, WEDNESDAY, DigestTime, Hours
from bot.coaching.records.nudge import Kind
from bot.coaching.rules.digest import caught_up, next_digest, usual
from bot.coaching.rules.overdue import Here
from tests.store.scene import a_nudge

AMSTERDAM, HOURS = "Europe/Amsterdam", Hours()
FRIDAYS = DigestTime(day=FRIDAY)
GOOD_FRIDAY = frozenset({date(2026, 4, 3), date(2026, 4, 6)})  # and Easter Monday


def moment(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reflection_day", "workdays", "day"),
    [
        (MONDAY, HOURS.workdays, FRIDAY),
        (WEDNESDAY, HOURS.workdays, MONDAY + 1),
        (MONDAY, (MONDAY, THURSDAY), THURSDAY),
        (THURSDAY, (SUNDAY, MONDAY), MONDAY),
        (MONDAY, (MONDAY,), MONDAY),  # who works one day hears on it
        (MONDAY, (), SUNDAY),
    ],
)
def test_nobody_chose_it_comes_on_the_working_day_before_the_post(
    reflection_day: int, workdays: tuple[int, ...], day: int
) -> None:
    assert usual(reflection_day, workdays) == DigestTime(day=day, hour=time(10, 0))


@pytest.mark.parametrize(
    ("wish", "now", "holidays", "comes"),
    [
        (FRIDAYS, moment(13, 9), frozenset(), (date(2026, 1, 16), time(10, 0))),
        (FRIDAYS, moment(16, 8, 59), frozenset(), (date(2026, 1, 16), time(10, 0))),
        (FRIDAYS, moment(16, 9), frozenset(), (date(2026, 1, 23), time(10, 0))),  # it has just come
        # a holiday puts it off to the next working day, and the one after it is on its own day again
        (FRIDAYS, moment(1, 9, month=4), GOOD_FRIDAY, (date(2026, 4, 7), time(10, 0))),
        (FRIDAYS, moment(5, 9, month=4), GOOD_FRIDAY, (date(2026, 4, 7), time(10, 0))),
        (FRIDAYS, moment(7, 8, month=4), GOOD_FRIDAY, (date(2026, 4, 10), time(10, 0))),
        # outside working hours and on days off it waits for the morning
        (replace(FRIDAYS, hour=time(19, 0)), moment(13, 9), frozenset(), (date(2026, 1, 19), time(8, 0))),
        (DigestTime(day=SATURDAY), moment(13, 9), frozenset(), (date(2026, 1, 19), time(10, 0))),
    ],
)
def test_the_next_one(wish: DigestTime, now: datetime, holidays: frozenset[date], comes: tuple[date, time]) -> None:
    assert next_digest(wish, now, AMSTERDAM, HOURS, holidays) == comes


def test_it_keeps_the_coachs_own_clock() -> None:
    """On a Friday evening in Auckland it is still morning in Amsterdam."""
    assert next_digest(FRIDAYS, moment(16, 9), "Pacific/Auckland", HOURS, frozenset()) == (
        date(2026, 1, 23),
        time(10, 0),
    )


@pytest.mark.parametrize(
    ("now", "due_at"),
    [
        (moment(16, 12), moment(16, 12)),  # Friday, at work: at once
        (moment(16, 20), moment(19, 7)),  # in the evening: on Monday at eight
        (moment(17, 12), moment(19, 7)),  # on a Saturday
        (moment(19, 5), moment(19, 7)),  # before work
    ],
)
def test_what_nobody_was_there_to_send_comes_in_the_coachs_working_hours(now: datetime, due_at: datetime) -> None:
    row = a_nudge("d", "carl", kind=Kind.COACH_DIGEST, due_at=moment(16, 9), expires_at=moment(16, 13))
    late = caught_up(row, Here(now=now, zone=AMSTERDAM, hours=HOURS, holidays=frozenset()))
    assert late.due_at == due_at
    assert late.expires_at > due_at
