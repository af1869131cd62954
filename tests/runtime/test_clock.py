"""Whether the wall clock can be believed: held against one that nobody can set."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.runtime.clock import ClockGuard, Reading, SystemClock, read

HOUR = 3600.0
BEGIN = 1_767_600_000.0  # of the wall clock; the steady one begins at nothing

Story = list[tuple[float, float, bool]]  # steady seconds, seconds by which the wall clock is ahead, believed

STORIES: dict[str, Story] = {
    "both run on": [(1, 0, True), (HOUR, 0, True), (100 * HOUR, 0, True)],
    "a small correction, either way": [(1, 59, True), (2, -59, True), (3, 60, True), (4, -60, True)],
    "a step ahead": [(1, 0, True), (2, 61, False), (3, 61, False)],
    "a step back": [(1, 0, True), (2, -61, False)],
    "a year ahead": [(1, 365 * 24 * HOUR, False)],
    "it comes back": [(1, 3600, False), (60, 3600, False), (61, 0, True), (62, 0, True), (63, 61, False)],
    "it comes back, almost": [(1, 3600, False), (61, 45, True), (62, 106, False)],  # from where it is believed now
    "an hour in its new place": [(1, 3600, False), (HOUR, 3600, False), (HOUR + 1, 3600, True), (HOUR + 2, 0, False)],
    "the hour begins anew with each step": [
        (1, 3600, False),
        (HOUR, 7200, False),
        (HOUR + 1, 7200, False),
        (2 * HOUR - 1, 7200, False),
        (2 * HOUR, 7200, True),
    ],
    "half a minute wrong each hour": [(hour * HOUR, 30 * hour, True) for hour in range(1, 50)],
    "twice as fast": [(second, second, second <= 60) for second in range(1, 600)],
    "asked after a night": [
        (12 * HOUR, 0, True),
        (24 * HOUR, 0, True),
    ],
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_the_wall_clock_is_believed(story: Story) -> None:
    moments = iter([(0.0, 0.0, True), *story])
    steady, ahead, _ = 0.0, 0.0, True

    def reading() -> Reading:
        nonlocal steady, ahead
        steady, ahead, _ = next(moments)
        return Reading(wall=BEGIN + steady + ahead, steady=steady)

    guard = ClockGuard(reading)
    assert [guard.steady() for _ in story] == [believed for _, _, believed in story]


def test_it_is_said_once_that_a_clock_was_set_and_once_that_it_is_believed_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    apart = [0.0, 500.0, 500.0, 0.0, 0.0]
    guard = ClockGuard(lambda: Reading(wall=BEGIN + apart.pop(0), steady=0.0))
    for _ in range(4):
        guard.steady()
    said = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert [level for level, _ in said] == ["ERROR", "WARNING"]
    assert said[0][1].endswith("seconds=500")
    assert said[1][1] == "the clock is believed again"


def test_this_machines_clocks_agree() -> None:
    before = read()
    assert ClockGuard().steady()
    after = read()
    assert after.steady >= before.steady
    assert abs(after.apart - before.apart) < 1


def test_the_system_clock_tells_utc() -> None:
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert abs(now - datetime.fromtimestamp(read().wall, UTC)) < timedelta(seconds=1)
