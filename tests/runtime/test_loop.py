"""The loop is watched: how late it runs, and by whose doing."""

import asyncio
import inspect
import logging
import threading
import time
from collections import Counter
from functools import partial
from typing import NoReturn

import pytest

from bot.runtime.loop import BLOCKED, LoopWatch
from tests.waiting import turns, until

SECRET = "nobody else's business"
BY_THE_LOOP, BY_THE_WATCHDOG = False, True


class Seconds:
    """A clock that is set by hand, and counts by whom it was asked."""

    def __init__(self) -> None:
        """Begin at nought."""
        self.now = 0.0
        self.asked: Counter[bool] = Counter()

    def __call__(self) -> float:
        """Tell the seconds."""
        self.asked[threading.current_thread().name == "loop-watchdog"] += 1
        return self.now

    def were_asked(self, by: bool, more_than: int) -> bool:
        """Tell whether they were asked more often than that."""
        return self.asked[by] > more_than


def hold_up(words: str) -> int:
    """Block the loop where everybody can see it."""
    time.sleep(BLOCKED * 4)
    return len(words)


async def test_a_loop_that_is_held_up_is_measured() -> None:
    lags: list[float] = []
    watch = LoopWatch(lags.append)
    watch.start()
    await until(lambda: lags)
    before = len(lags)
    hold_up(SECRET)
    await until(lambda: len(lags) > before)
    await watch.stop()
    assert max(lags) > BLOCKED
    assert min(lags) >= 0


async def test_what_blocks_the_loop_is_named_by_file_and_line_and_without_a_value(
    caplog: pytest.LogCaptureFixture,
) -> None:
    watch = LoopWatch(lambda _: None, names=True)

    def named() -> list[str]:
        told = [record.getMessage() for record in caplog.records if "loop blocked" in record.message]
        return [line for line in told if "hold_up" in line]

    async def held_up() -> list[str]:
        hold_up(SECRET)
        await turns()
        return named()

    watch.start()
    await until(held_up)  # the thread that watches has no turn of its own, on a slow machine
    await watch.stop()
    line = named()[0]
    sleeping = inspect.getsourcelines(hold_up)[1] + 2
    assert f"at={__file__}:{sleeping} hold_up < " in line
    assert int(line.split("ms=")[1].split()[0]) >= BLOCKED * 3 * 1000
    assert SECRET not in line


async def test_a_loop_that_turns_is_left_in_peace(caplog: pytest.LogCaptureFixture) -> None:
    seconds = Seconds()
    watch = LoopWatch(lambda _: None, names=True, steady=seconds)
    watch.start()
    for _ in range(20):  # twice as long as would be too long without a turn
        seconds.now += BLOCKED / 10
        before = seconds.asked[BY_THE_LOOP]
        await until(partial(seconds.were_asked, BY_THE_LOOP, before))
    before = seconds.asked[BY_THE_WATCHDOG]
    await until(partial(seconds.were_asked, BY_THE_WATCHDOG, before + 1))
    await watch.stop()
    await watch.stop()  # twice is no harm
    assert "loop blocked" not in caplog.text


@pytest.mark.parametrize("raised", [ValueError(SECRET), KeyError(SECRET)])
async def test_what_fails_with_nobody_waiting_is_told_without_its_words(
    caplog: pytest.LogCaptureFixture, raised: Exception
) -> None:
    def fail(words: str) -> NoReturn:
        raise raised

    watch = LoopWatch(lambda _: None)
    watch.start()
    asyncio.get_running_loop().call_soon(fail, SECRET)
    await turns()
    await watch.stop()
    (record,) = caplog.records
    assert (record.levelno, record.getMessage()) == (logging.ERROR, "left alone: Exception in")
    assert record.exc_info is not None
