"""The loop is watched: how late it runs, and by whose doing."""

import asyncio
import inspect
import logging
import time
from typing import NoReturn

import pytest

from bot.loop import BLOCKED, LoopWatch

SECRET = "nobody else's business"


def hold_up(words: str) -> int:
    """Block the loop where everybody can see it."""
    time.sleep(BLOCKED * 4)
    return len(words)


async def test_a_loop_that_is_held_up_is_measured() -> None:
    lags: list[float] = []
    watch = LoopWatch(lags.append)
    watch.start()
    await asyncio.sleep(0.06)
    hold_up(SECRET)
    await asyncio.sleep(0.06)
    await watch.stop()
    assert max(lags) > BLOCKED
    assert min(lags) >= 0


async def test_what_blocks_the_loop_is_named_by_file_and_line_and_without_a_value(
    caplog: pytest.LogCaptureFixture,
) -> None:
    watch = LoopWatch(lambda _: None, names=True)
    watch.start()
    await asyncio.sleep(0.03)
    hold_up(SECRET)
    await asyncio.sleep(0.05)
    await watch.stop()
    (line,) = [record.getMessage() for record in caplog.records if "loop blocked" in record.message]
    sleeping = inspect.getsourcelines(hold_up)[1] + 2
    assert f"at={__file__}:{sleeping} hold_up < " in line
    assert int(line.split("ms=")[1].split()[0]) >= BLOCKED * 3 * 1000
    assert SECRET not in line


async def test_a_loop_that_turns_is_left_in_peace(caplog: pytest.LogCaptureFixture) -> None:
    watch = LoopWatch(lambda _: None, names=True)
    watch.start()
    for _ in range(10):
        await asyncio.sleep(0.01)
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
    await asyncio.sleep(0.01)
    await watch.stop()
    (record,) = caplog.records
    assert (record.levelno, record.getMessage()) == (logging.ERROR, "left alone: Exception in")
    assert record.exc_info is not None
