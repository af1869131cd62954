"""Travelling in time: in order, past what is stuck, and nowhere that makes no sense."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.practice.time.clock import TravelClock
from bot.practice.time.travel import FARTHEST, LONGEST_STEP, Traveler

T0 = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)  # a Monday, 9:00 in Amsterdam


class Agenda:
    """Things that are due, done when their moment has come, or when the clock has gone past their end."""

    def __init__(self, clock: TravelClock, *due: datetime, stuck: timedelta = timedelta()) -> None:
        self.clock = clock
        self.due = sorted(due)
        self.stuck = stuck
        self.done: list[datetime] = []
        self.rounds = 0

    async def settle(self) -> None:
        self.rounds += 1
        while self.due and self.due[0] + self.stuck <= self.clock.now():
            self.due.pop(0)
            self.done.append(self.clock.now())

    async def next(self) -> datetime | None:
        return self.due[0] if self.due else None

    def traveler(self) -> Traveler:
        return Traveler(self.clock, self.settle, self.next)

    def watched(self, *seen: datetime) -> Traveler:
        """Return the same where only what is done at these moments is seen."""
        return Traveler(
            self.clock,
            self.settle,
            self.next,
            lambda: {done for done in self.done if any(near(done, at) for at in seen)},
        )


def near(moment: datetime, expected: datetime) -> bool:
    """Tell whether a moment is that one, give or take the real time that passes."""
    return timedelta() <= moment - expected < timedelta(seconds=2)


@pytest.mark.parametrize(
    ("to", "arrival"),
    [
        ("now", T0),
        ("event", T0 + timedelta(hours=3)),
        ("day", datetime(2026, 1, 13, 7, 0, tzinfo=UTC)),
        ("monday", datetime(2026, 1, 19, 7, 0, tzinfo=UTC)),
        ("2026-01-15", datetime(2026, 1, 14, 23, 0, tzinfo=UTC)),  # in Amsterdam
        ("2026-01-15T10:00", datetime(2026, 1, 15, 9, 0, tzinfo=UTC)),
        ("2026-01-15T10:00+00:00", datetime(2026, 1, 15, 10, 0, tzinfo=UTC)),
        ("2020-01-01", T0),  # there is no way back
    ],
)
async def test_where_one_can_go(to: str, arrival: datetime) -> None:
    clock = TravelClock(T0)
    await Agenda(clock, T0 + timedelta(hours=3)).traveler().travel(to)
    assert near(clock.now(), arrival)


@pytest.mark.parametrize("to", ["", "tomorrow-ish", (T0 + FARTHEST + timedelta(days=2)).isoformat()])
async def test_where_one_cannot_go(to: str) -> None:
    with pytest.raises(ValueError, match=r"^Invalid isoformat|^20"):
        await Agenda(TravelClock(T0)).traveler().travel(to)


async def test_every_due_thing_happens_at_its_own_moment_on_the_way() -> None:
    clock = TravelClock(T0)
    due = [T0 + timedelta(hours=hours) for hours in (1, 2, 30)]
    agenda = Agenda(clock, *due)
    await agenda.traveler().travel("day")
    assert [near(done, wanted) for done, wanted in zip(agenda.done, due[:2], strict=True)] == [True, True]
    assert agenda.due == due[2:]


async def test_what_is_stuck_is_waited_for_in_growing_steps() -> None:
    clock = TravelClock(T0)
    agenda = Agenda(clock, T0 + timedelta(hours=1), T0 + timedelta(hours=9), stuck=timedelta(hours=4))
    await agenda.traveler().travel("day")
    assert len(agenda.done) == 2
    assert agenda.rounds < 600


async def test_what_stays_stuck_does_not_hold_up_the_journey() -> None:
    clock = TravelClock(T0)
    agenda = Agenda(clock, T0, stuck=timedelta(days=30))
    await agenda.traveler().travel("event")
    assert near(clock.now(), T0 + LONGEST_STEP)
    await agenda.traveler().travel("now")
    await agenda.traveler().travel("2026-01-12T12:00")
    assert near(clock.now(), T0 + timedelta(hours=3))


async def test_the_next_event_is_one_that_is_seen() -> None:
    due = [T0 + timedelta(hours=hours) for hours in (1, 2, 30, 31)]
    clock = TravelClock(T0)
    await Agenda(clock, *due).watched(due[2]).travel("event")
    assert near(clock.now(), due[2])


async def test_when_nothing_is_seen_any_more_the_journey_ends_where_the_last_thing_is_due() -> None:
    due = [T0 + timedelta(hours=1), T0 + timedelta(hours=2)]
    clock = TravelClock(T0)
    await Agenda(clock, *due).watched().travel("event")
    assert near(clock.now(), due[-1])


async def test_without_anything_due_the_next_event_is_a_little_later() -> None:
    clock = TravelClock(T0)
    await Agenda(clock).traveler().travel("event")
    assert near(clock.now(), T0)
