"""Where the marks of a chart go: plain numbers for a template that draws SVG.

The pulse has one dot a person. All who gave the same answer at the same time are one line whose dashes are the dots, so
that a chart of a large team is as small as one of a few.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.flows.desk.cohort.figures import PulseRow

WIDTH, HEIGHT = 240, 124  # of a chart of the pulse, in its own units
LEFT, TOP, BOTTOM = 26, 10, 22  # room for the values at its side, and for the moments below it
APART, LARGEST, SMALLEST = 9.0, 7.0, 1.6  # from one dot to the next; how wide a dot is
BAR, BAR_ROOM, TALLEST = 30, 58, 100  # a bar, a bar with the space around it, and the tallest one


@dataclass(frozen=True, kw_only=True)
class Dots:
    """All who gave one answer at one time."""

    x: float  # of the first dot
    y: float
    length: float  # from the first to the last
    step: float
    size: float


@dataclass(frozen=True, kw_only=True)
class Rung:
    """A value of the scale."""

    y: float
    value: int
    is_named: bool


@dataclass(frozen=True, kw_only=True)
class PulseChart:
    """The answers to one question over time."""

    rungs: Sequence[Rung]
    times: Sequence[tuple[float, str]]  # the middle of each column, and its wave
    dots: Sequence[Dots]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """How many tried in one week."""

    x: float
    y: float
    height: float
    week: int
    people: int


def pulse_chart(row: PulseRow) -> PulseChart:
    """Return the chart of one question: a column for each time it was asked, a rung for each value."""
    lowest, highest = row.question.lowest, row.question.highest
    rung = (HEIGHT - TOP - BOTTOM) / (highest - lowest)
    column = (WIDTH - LEFT) / len(row.spreads)

    def y_of(value: int) -> float:
        return round(TOP + (highest - value) * rung, 1)

    middles = [LEFT + column * (number + 0.5) for number in range(len(row.spreads))]
    return PulseChart(
        rungs=[
            Rung(y=y_of(value), value=value, is_named=value in (lowest, highest))
            for value in range(lowest, highest + 1)
        ],
        times=[(round(middle, 1), spread.wave) for middle, spread in zip(middles, row.spreads, strict=True)],
        dots=[
            _dots(middle, y_of(value), people, column, rung)
            for middle, spread in zip(middles, row.spreads, strict=True)
            for value, people in sorted(spread.people.items())
        ],
    )


def _dots(middle: float, y: float, people: int, column: float, rung: float) -> Dots:
    step = min(APART, (column - APART) / people)
    size = max(SMALLEST, min(LARGEST, step - 1, rung - 1))
    length = step * (people - 1)
    return Dots(x=round(middle - length / 2, 2), y=y, length=round(length, 2), step=round(step, 2), size=round(size, 2))


def bars(figures: Sequence[tuple[int, int]]) -> list[Bar]:
    """Return a bar for each week of which the channel was told how many tried."""
    most = max((people for _, people in figures), default=1)
    return [
        Bar(
            x=BAR_ROOM * number + (BAR_ROOM - BAR) / 2,
            y=round(TALLEST * (1 - people / most), 1),
            height=round(TALLEST * people / most, 1),
            week=week,
            people=people,
        )
        for number, (week, people) in enumerate(figures)
    ]
