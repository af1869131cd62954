"""Workers and servers die in the midst of their work, on a bad line: nothing is lost, nothing is doubled.

These are short; `make faults` lets them rage, and looks for every defect in `broken.py`.
"""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.faults.incoming import Siege, besiege
from tests.faults.outgoing import Storm, rage
from tests.faults.seed import Wanted

pytestmark = pytest.mark.faults
slow = pytest.mark.skipif(os.environ.get("PITSTOP_FAULTS") != "long", reason="`make faults` runs it")

BROKEN = ("-m", "tests.faults.broken")
BRIEF: dict[str, Any] = {"lease": 2, "settle": 2, "history_lag": 1.0}


def silently(_: str) -> None:
    """Say nothing."""


async def test_nothing_is_lost_and_nothing_doubled_when_workers_die_in_a_burst(tmp_path: Path) -> None:
    wanted = Wanted(each=3, due_over=2, short=0.1, short_window=6)
    report = await rage(Storm(seed=3, people=40, wanted=wanted, kills=4, leavers=2, **BRIEF), tmp_path, silently)
    assert report.problems == []
    assert sum(report.killed.values()) == 4


async def test_what_is_acknowledged_is_in_effect_once_when_the_server_dies(tmp_path: Path) -> None:
    report = await besiege(Siege(seed=3, people=15, each=2, requests=150, kills=3), tmp_path, silently)
    assert report.problems == []
    assert report.acknowledged > 100


# What the storms are for: each of these bots works on a fine day.


async def test_the_loop_finds_what_send_then_note_doubles(tmp_path: Path) -> None:
    report = await rage(storm("send-then-note"), tmp_path, silently)
    assert report.outcome.doubled


@slow
async def test_the_loop_finds_what_a_lease_alone_doubles(tmp_path: Path) -> None:
    report = await rage(storm("never-look"), tmp_path, silently)
    assert report.outcome.doubled


@slow
async def test_the_loop_finds_what_note_then_send_loses(tmp_path: Path) -> None:
    report = await rage(storm("note-then-send"), tmp_path, silently)
    assert report.outcome.lost


@slow
async def test_the_loop_finds_who_goes_on_after_a_long_sleep(tmp_path: Path) -> None:
    report = await rage(storm("forget-the-lease", how={"STOP": 1}, kills=1), tmp_path, silently)
    assert any("posted while" in wrong for wrong in report.outcome.wrong)


@slow
async def test_the_loop_finds_a_look_that_comes_too_early(tmp_path: Path) -> None:
    report = await rage(storm(None, settle=1, history_lag=4.0), tmp_path, silently)
    assert report.outcome.doubled


@slow
async def test_the_twin_finds_what_acknowledging_first_loses(tmp_path: Path) -> None:
    entry = (*BROKEN, "acknowledge-first")
    siege = Siege(seed=5, people=15, each=1, requests=150, kills=4, how={"KILL": 1}, entry=entry, patience=5)
    report = await besiege(siege, tmp_path, silently)
    assert any(kind == "lost" for kind, _ in report.wrong)


def storm(defect: str | None, **more: Any) -> Storm:
    """Return a short storm over a bot with a defect."""
    entry = (*BROKEN, defect) if defect else ("-m", "bot")
    given: dict[str, Any] = {"kills": 2, "how": {"KILL": 1}, "patience": 4, "latency": 0.4, **BRIEF, **more}
    return Storm(seed=7, people=12, wanted=Wanted(each=6), entry=entry, workers=1, **given)
