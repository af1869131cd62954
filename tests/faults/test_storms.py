"""Workers and servers die in the midst of their work, on a bad line: nothing is lost, nothing is doubled.

These are short; `make faults` lets them rage, and looks for every defect in `broken.py`.
"""

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.faults.incoming import Report as Incoming
from tests.faults.incoming import Siege, besiege
from tests.faults.outgoing import Report as Outgoing
from tests.faults.outgoing import Storm, rage
from tests.faults.platforms import TEAMS
from tests.faults.seed import Wanted
from tests.faults.town import Town
from tests.long_form import only_long

pytestmark = pytest.mark.faults

BROKEN = ("-m", "tests.faults.broken")
BRIEF: dict[str, Any] = {"lease": 2, "settle": 2, "history_lag": 1.0}


def silently(_: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, kw_only=True)
class Short:
    """What came of the short storms."""

    out: Outgoing
    back: Incoming
    naive: Outgoing
    teams_out: Outgoing


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Short:
    """Let the short storms rage at the same time: most of it is waiting."""
    wanted = Wanted(each=3, due_over=2, short=0.1, short_window=8)
    burst = Storm(seed=3, people=40, wanted=wanted, kills=3, leavers=2, clears_up=True, **BRIEF)
    siege = Siege(seed=3, people=15, each=2, requests=150, kills=3)
    naive = storm("send-then-note", is_enough=shows_something_too_often)
    teams_burst = replace(burst, seed=5, people=15, kills=1, leavers=1, workers=1, how={"KILL": 1}, platform=TEAMS)

    async def at_once() -> Short:
        async with asyncio.TaskGroup() as storms:
            out = storms.create_task(rage(burst, tmp_path_factory.mktemp("out"), silently))
            back = storms.create_task(besiege(siege, tmp_path_factory.mktemp("back"), silently))
            doubling = storms.create_task(rage(naive, tmp_path_factory.mktemp("naive"), silently))
            teams_out = storms.create_task(rage(teams_burst, tmp_path_factory.mktemp("teams-out"), silently))
        return Short(
            out=out.result(),
            back=back.result(),
            naive=doubling.result(),
            teams_out=teams_out.result(),
        )

    return asyncio.run(at_once())


def test_nothing_is_lost_and_nothing_doubled_when_workers_die_in_a_burst(short: Short) -> None:
    assert short.out.problems == []
    assert sum(short.out.killed.values()) == 3


def test_what_is_acknowledged_is_in_effect_once_when_the_server_dies(short: Short) -> None:
    assert short.back.problems == []
    assert short.back.acknowledged > 100


def test_in_teams_nothing_is_lost_and_nothing_stands_there_three_times_when_workers_die(short: Short) -> None:
    assert short.teams_out.problems == []
    assert sum(short.teams_out.killed.values()) == 1


@only_long
async def test_in_teams_what_is_acknowledged_is_in_effect_once_when_the_server_dies(tmp_path: Path) -> None:
    siege = Siege(seed=3, people=15, each=2, requests=150, kills=3, platform=TEAMS)
    report = await besiege(siege, tmp_path, silently)
    assert report.problems == []
    assert report.acknowledged > 100


# What the storms are for: each of these bots works on a fine day.


def test_the_loop_finds_what_send_then_note_doubles(short: Short) -> None:
    """Doubled already, or posted while its row says that it still has to go out, when the storm is over."""
    assert short.naive.outcome.doubled or short.naive.outcome.wrong


@only_long
async def test_the_loop_finds_what_a_lease_alone_doubles(tmp_path: Path) -> None:
    report = await rage(storm("never-look", is_enough=shows_something_too_often), tmp_path, silently)
    assert report.outcome.doubled


@only_long
async def test_the_loop_finds_what_note_then_send_loses(tmp_path: Path) -> None:
    report = await rage(storm("note-then-send"), tmp_path, silently)
    assert report.outcome.lost


@only_long
async def test_the_loop_finds_who_goes_on_after_a_long_sleep(tmp_path: Path) -> None:
    report = await rage(storm("forget-the-lease", how={"STOP": 1}, is_watched=True), tmp_path, silently)
    assert any("posted while" in wrong for wrong in report.outcome.wrong)


@only_long
async def test_who_wakes_after_a_long_sleep_sends_nothing_that_another_may_have_sent(tmp_path: Path) -> None:
    report = await rage(storm("be-slow", how={"STOP": 1}, is_watched=True, lease=4), tmp_path, silently)
    assert report.problems == []


@only_long
async def test_the_loop_finds_a_look_that_comes_too_early(tmp_path: Path) -> None:
    report = await rage(storm(None, settle=1, history_lag=4.0, is_enough=shows_something_too_often), tmp_path, silently)
    assert report.outcome.doubled


@only_long
async def test_the_twin_finds_what_acknowledging_first_loses(tmp_path: Path) -> None:
    entry = (*BROKEN, "acknowledge-first")
    siege = Siege(seed=5, people=15, each=1, requests=150, kills=4, how={"KILL": 1}, entry=entry, patience=5)
    report = await besiege(siege, tmp_path, silently)
    assert any(kind == "lost" for kind, _ in report.wrong)


@only_long
async def test_the_twin_finds_what_numbering_anew_doubles(tmp_path: Path) -> None:
    siege = Siege(
        seed=5,
        people=15,
        each=1,
        requests=100,
        kills=4,
        how={"KILL": 1},
        how_often={"coach": 1},
        latency=0.4,
        entry=(*BROKEN, "number-anew"),
    )
    report = await besiege(siege, tmp_path, silently)
    assert any(kind == "doubled" for kind, _ in report.wrong)


@only_long
async def test_the_loop_finds_what_stands_there_three_times_in_teams(tmp_path: Path) -> None:
    bad = storm("never-let-go", rate=0.7, platform=TEAMS, is_enough=shows_something_too_often)
    report = await rage(bad, tmp_path, silently)
    assert report.outcome.doubled


@only_long
async def test_the_loop_finds_what_stands_there_twice_and_never_was_in_doubt_in_teams(tmp_path: Path) -> None:
    report = await rage(storm("send-then-note", platform=TEAMS, patience=30), tmp_path, silently)
    assert report.outcome.unexplained


@only_long
async def test_the_twin_finds_what_counts_twice_under_another_id_in_teams(tmp_path: Path) -> None:
    entry = (*BROKEN, "hear-no-echo")
    often = {"say": 1}
    siege = Siege(seed=5, people=15, each=1, requests=100, kills=2, how_often=often, entry=entry, platform=TEAMS)
    report = await besiege(siege, tmp_path, silently)
    assert any(kind == "doubled" for kind, _ in report.wrong)


def shows_something_too_often(place: Town) -> bool:
    """Whether somebody sees a message more often than may be."""
    return any(len(posts) > place.copies for posts in place.visible().values())


def storm(defect: str | None, **more: Any) -> Storm:
    """Return a short storm over a bot with a defect."""
    entry = (*BROKEN, defect) if defect else ("-m", "bot")
    given: dict[str, Any] = {
        "workers": 1,
        "kills": 2,
        "how": {"KILL": 1},
        "patience": 60,
        "latency": 0.8,
        **BRIEF,
        **more,
    }
    return Storm(seed=7, people=30, wanted=Wanted(each=3), entry=entry, **given)
