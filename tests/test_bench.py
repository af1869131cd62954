"""The benchmarks run: their figures are for `make bench`, here they only must not rot."""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bench import agenda, desk, hops, open_loop, reply, sealing, sending, starting
from bench.open_loop import Point, aim, capacity, halfway
from bench.report import Figures, Table, machine, percentile
from tests.long_form import only_long

LONG = (reply, open_loop, sealing, sending, desk, starting)
TOPICS = [hops, agenda, *(pytest.param(each, marks=only_long) for each in LONG)]


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.__name__)
def test_each_topic_measures_every_contender(topic: ModuleType, tmp_path: Path) -> None:
    tables = topic.measure(tmp_path, True)
    assert tables
    for table in tables:
        assert len(table.rows) > 1
        assert all(len(row) == len(table.columns) for row in table.rows), table.title
        assert "nan" not in table.markdown()


def test_a_figure_is_the_median_of_its_rounds() -> None:
    figures = Figures()
    for value in (9.0, 1.0, 2.0):
        figures.add("who", "rate", value=value)
    assert figures["who", "rate"] == 2.0


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3.0


def test_a_table_is_markdown() -> None:
    table = Table(title="T", columns=("a", "b"), rows=[("1", "2")], notes=("Mind it.",))
    assert table.markdown() == "### T\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\nMind it."


def test_the_machine_is_described_without_its_name_or_paths(tmp_path: Path) -> None:
    described = machine(tmp_path).markdown()
    assert "slack_bolt" in described
    assert "/" not in described.replace("µs/", "")


def point(rate: float, answered: float = 0.01, lost: int = 0) -> Point:
    return Point(rate=rate, acknowledged=(0.001, 0.002), answered=(0.001, answered), lost=lost)


@pytest.mark.parametrize(
    ("points", "highest", "between"),
    [
        ([], 0, None),
        ([point(20), point(50)], 50, None),  # it never broke down
        ([point(20, 0.3)], 0, 10),  # at once
        ([point(20), point(50), point(100, 0.25)], 50, 75),  # as slow as the limit is too slow
        ([point(20), point(50, lost=1)], 20, 35),  # fast, and one is missing
        ([point(20), point(100, 2.0), point(60)], 60, 80),  # a finer look
        ([point(20), point(100, 2.0), point(60, 2.0), point(40)], 40, 50),
        ([point(20), point(50, 0.3), point(100)], 20, 35),  # what held after a lower one had not does not count
    ],
)
def test_capacity_is_the_highest_rate_that_held(points: list[Point], highest: float, between: float | None) -> None:
    assert capacity(points) == highest
    assert halfway(points) == between


def test_an_aim_is_met_or_not() -> None:
    assert aim("a", 0.9, 0.9, is_most=False) == ["a", "0.90", "", "at least 0.9", "yes"]
    assert aim("a", 0.89, 0.9, is_most=False)[-1] == "no"
    assert aim("a", 5.0, 5.0, is_most=True) == ["a", "5.00", "", "at most 5", "yes"]
    assert aim("a", 5.1, 5.0, is_most=True)[-1] == "no"


def test_hops_are_calls_into_another_file_and_leave_records_and_ports_aside() -> None:
    """Two files of bot/ in turn; what runs outside of it, between them, is no change."""
    counted = hops.Hops()

    def call(path: str) -> None:
        code = compile("import sys; frame = sys._getframe()", path, "exec")
        space: dict[str, Any] = {}
        exec(code, space)  # noqa: S102 - a frame of that file
        counted(space["frame"], "call", None)

    bot = hops.BOT
    inbox, app = "runtime/inbox.py", "runtime/app.py"
    for path in (inbox, inbox, app, "coaching/records/nudge.py", app, "store/port/inbox.py", inbox):
        call(bot + path)
        call("/usr/lib/python3/asyncio/tasks.py")
    assert counted.calls == {"bot/runtime/inbox.py": 3, "bot/runtime/app.py": 2}
    assert counted.changes == {"bot/runtime/inbox.py": 2, "bot/runtime/app.py": 1}
    assert (len(counted.all_files), counted.all_changes) == (4, 6)
