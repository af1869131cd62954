"""The benchmarks run: their figures are for `make bench`, here they only must not rot."""

from pathlib import Path
from types import ModuleType

import pytest

from bench import agenda, reply, sending, starting
from bench.report import Figures, Table, machine, percentile


@pytest.mark.parametrize("topic", [reply, agenda, sending, starting], ids=lambda topic: topic.__name__)
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
