"""Whether Slack would draw a chart: its block stands in messages alone, and slack_sdk has no model of it."""

from collections.abc import Iterator
from typing import Any

from bot.practice.slack.world import Json

CHART = "data_visualization"
MOST_IN_A_MESSAGE = 2
TITLE, LABEL = 50, 20  # characters
MOST_SERIES, MOST_POINTS = 6, 20
DRAWN = {"bar", "line", "area"}  # a pie has segments, which we have no use for


def too_many_charts(blocks: list[Json], *, most: int = MOST_IN_A_MESSAGE) -> list[str]:
    """Return what Slack says of more charts than it draws."""
    found = [index for index, block in enumerate(blocks) if block.get("type") == CHART]
    return [f"[ERROR] unsupported type: {CHART} [json-pointer:/blocks/{index}/type]" for index in found[most:]]


def chart_problems(block: Json, at: str) -> Iterator[str]:
    """Yield what is wrong with the block of a chart."""
    chart = block.get("chart")
    if not _is_text(block.get("title"), TITLE):
        yield f"[ERROR] title must have 1 to {TITLE} characters [json-pointer:{at}/title]"
    if not isinstance(chart, dict) or chart.get("type") not in DRAWN:
        yield f"[ERROR] unsupported chart [json-pointer:{at}/chart/type]"
        return
    config = chart.get("axis_config")
    labels = config.get("categories") if isinstance(config, dict) else None
    if not isinstance(labels, list) or not 1 <= len(labels) <= MOST_POINTS or len({*map(str, labels)}) != len(labels):
        yield f"[ERROR] 1 to {MOST_POINTS} categories, each once [json-pointer:{at}/chart/axis_config]"
        return
    series = chart.get("series")
    if not isinstance(series, list) or not 1 <= len(series) <= MOST_SERIES:
        yield f"[ERROR] 1 to {MOST_SERIES} series [json-pointer:{at}/chart/series]"
        return
    yield from (f"[ERROR] too long [json-pointer:{at}/chart]" for label in labels if not _is_text(label, LABEL))
    for index, each in enumerate(series):
        if not _is_series(each, labels):
            yield f"[ERROR] a name and a number for each category [json-pointer:{at}/chart/series/{index}]"


def _is_series(series: Any, labels: list[Any]) -> bool:
    points = series.get("data") if isinstance(series, dict) else None
    if not isinstance(points, list) or not _is_text(series.get("name"), LABEL):
        return False
    is_whole = all(isinstance(each, dict) and isinstance(each.get("value"), int | float) for each in points)
    return is_whole and [each.get("label") for each in points] == labels


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= longest
