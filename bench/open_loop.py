"""What people feel: how long an answer takes while replies come at a fixed rate, ours beside Bolt's plain one."""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from bench.payloads import direct, posted
from bench.people import Values, copied, fill
from bench.process import Child, ask, run
from bench.reply import OURS, SAY, contender, slack
from bench.report import Figures, Table, alone, ms, percentile, ratio
from bot.runtime.clock import SystemClock
from bot.store.sqlite.rows import moment

SIDES = (SAY, OURS)
SLOWEST = 0.25  # seconds: with an answer p99 of more, or with anything lost, a side has broken down
OF_CAPACITY = 0.8  # up to this share of our capacity the aims hold
MOST_TIMES = 5.0  # as long as the plain app's an answer may take at p99
LEAST_CAPACITY = 0.9  # of the plain app's
FINER = 2  # times that the step in which a side broke down is halved
WARM = 60  # replies before anything is measured
WARM_RATE = 30.0  # a second
LONGEST = 20.0  # seconds that answers may trail behind


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much of it."""

    rounds: int
    rates: tuple[int, ...]  # replies a second, ascending
    seconds: float  # at each rate
    finer: int

    @property
    def people(self) -> int:
        """Everybody replies once: so many are needed, a finer look at the highest rate included."""
        steps = sum(self.rates) + self.finer * self.rates[-1]
        return int(steps * self.seconds) + WARM + len(self.rates) + self.finer


FULL = Size(
    rounds=3,
    rates=(20, 50, 100, 150, 200, 250, 300, 350, 400, 450, 500, 600, 700, 800, 900, 1000, 1200),
    seconds=4,
    finer=FINER,
)
QUICK = Size(rounds=1, rates=(20, 40), seconds=1, finer=0)


@dataclass(frozen=True, kw_only=True)
class Point:
    """How one side did at one rate."""

    rate: float
    acknowledged: tuple[float, float]  # seconds, p50 and p99
    answered: tuple[float, float]
    lost: int  # refused, or not answered
    cpu: float = 0.0  # seconds of processor time a reply

    @property
    def holds(self) -> bool:
        """Tell whether it had not broken down."""
        return self.lost == 0 and self.answered[1] < SLOWEST


def measure(place: Path, quick: bool) -> Sequence[Table]:
    """Raise the rate until each side has broken down, round by round."""
    size = QUICK if quick else FULL
    template = place / "people.db"
    now = SystemClock().now()
    fill(template, size.people, now, lambda number: _sent(number, now))
    figures = Figures()
    with slack(place) as port:
        for _ in range(size.rounds):
            _round(place, size, template, port, figures)
    return [_table(size, figures), _aims(size, figures)]


def _sent(number: int, now: datetime) -> Values:
    """Return a nudge that went out an hour ago."""
    at = moment(now - timedelta(hours=1))
    gone = {"state": "sent", "attempt": 1, "sent_at": at, "due_at": at}
    return gone | {"conversation": direct(number), "message": posted(number)}


def _round(place: Path, size: Size, template: Path, slack_port: int, figures: Figures) -> None:
    """Let both sides run and take turns at each rate until they break down; then look more finely where that was."""
    with ExitStack() as stack:
        sides = {name: _started(stack, place, name, template, slack_port) for name in SIDES}
        points: dict[str, list[Point]] = {name: [] for name in SIDES}
        for rate in size.rates:
            for name, side in sides.items():
                if all(point.holds for point in points[name]):
                    points[name].append(side.at(rate, int(rate * size.seconds)))
        for _ in range(size.finer):
            for name, side in sides.items():
                if (between := halfway(points[name])) is not None:
                    points[name].append(side.at(between, int(between * size.seconds)))
    for name in SIDES:
        _note(figures, name, points[name])


def _started(stack: ExitStack, place: Path, name: str, template: Path, slack_port: int) -> "_Side":
    """Return a side that is warm, on a file of its own; it ends with the stack."""
    file = place / f"side{SIDES.index(name)}.db"
    for beside in ("", "-wal", "-shm"):
        Path(f"{file}{beside}").unlink(missing_ok=True)
    if name == OURS:
        copied(template, file)
    port, child, _ = stack.enter_context(contender(place, name, file, slack_port))
    side = _Side(place, child, port, slack_port)
    side.at(WARM_RATE, WARM)
    return side


class _Side:
    """One server under test, with people who have not replied yet."""

    def __init__(self, place: Path, child: Child, port: int, slack_port: int) -> None:
        self._place, self._child, self._port, self._slack_port = place, child, port, slack_port
        self._next = count()

    def at(self, rate: float, replies: int) -> Point:
        """Let so many people reply at this rate, and return how that went once all is answered or given up."""
        ask(self._slack_port, "/forget")
        used = self._child.cpu()
        people = [next(self._next) for _ in range(replies)]
        load = run("arrivals", folder=self._place, port=self._port, first=people[0], count=replies, rate=rate)
        began: dict[str, float] = load["began"]
        answers = self._answers(set(began))
        took = [answers[where] - at for where, at in began.items() if where in answers]
        return Point(
            rate=rate,
            acknowledged=_both(load["took"]),
            answered=_both(took),
            lost=max(load["refused"], replies - len(took)),
            cpu=(self._child.cpu() - used) / replies,
        )

    def _answers(self, wanted: set[str]) -> dict[str, float]:
        """Return when the first message stood in each conversation; gives up after a while."""
        give_up = time.monotonic() + LONGEST
        while True:
            answers: dict[str, float] = ask(self._slack_port, "/answered")["answered"]
            if wanted <= answers.keys() or time.monotonic() > give_up:
                return answers
            time.sleep(0.05)


def _both(took: Sequence[float]) -> tuple[float, float]:
    return (percentile(took, 0.5), percentile(took, 0.99)) if took else (LONGEST, LONGEST)


def halfway(points: Sequence[Point]) -> float | None:
    """Return the rate between the highest that held and the lowest that did not; None when no side broke down."""
    broke = min((point.rate for point in points if not point.holds), default=None)
    return None if broke is None else (capacity(points) + broke) / 2


def capacity(points: Sequence[Point]) -> float:
    """Return the highest rate that held below every rate that did not; 0 when none did."""
    broke = min((point.rate for point in points if not point.holds), default=float("inf"))
    return max((point.rate for point in points if point.holds and point.rate < broke), default=0.0)


def _note(figures: Figures, name: str, points: Sequence[Point]) -> None:
    figures.add(name, "capacity", value=capacity(points))
    for point in points:
        for what, value in {
            "acknowledged p50": point.acknowledged[0],
            "acknowledged p99": point.acknowledged[1],
            "answered p50": point.answered[0],
            "answered p99": point.answered[1],
            "lost": float(point.lost),
            "cpu": point.cpu,
        }.items():
            figures.add(name, point.rate, what, value=value)


def _table(size: Size, figures: Figures) -> Table:
    rows = [
        _row(name, rate, figures) for rate in size.rates for name in SIDES if (name, rate, "answered p99") in figures
    ]
    return Table(
        title="Typed words, so many a second",
        columns=(
            *("replies/s", "who", "acknowledged p50 ms", "p99 ms"),
            *("answered p50 ms", "p99 ms", "p99 to plain Bolt", "lost", "CPU µs a reply"),
        ),
        rows=rows,
    )


def _row(name: str, rate: int, figures: Figures) -> list[str]:
    names = ("acknowledged p50", "acknowledged p99", "answered p50", "answered p99")
    plain = (SAY, rate, "answered p99")
    to_plain = ratio(figures[name, rate, "answered p99"], figures[plain]) if plain in figures else ""
    shown = [ms(figures[name, rate, each]) for each in names]
    lost, cpu = figures[name, rate, "lost"], figures[name, rate, "cpu"]
    return [str(rate), name, *shown, to_plain, f"{lost:.0f}", f"{cpu * 1e6:,.0f}"]


def _aims(size: Size, figures: Figures) -> Table:
    ours, plain = figures[OURS, "capacity"], figures[SAY, "capacity"]
    rates = [rate for rate in size.rates if rate <= OF_CAPACITY * ours and (SAY, rate, "answered p99") in figures]
    times = max((figures[OURS, rate, "answered p99"] / figures[SAY, rate, "answered p99"] for rate in rates), default=0)
    slowest = max((figures[OURS, rate, "acknowledged p99"] for rate in rates), default=0.0)
    upto = f"up to {max(rates, default=0)}/s"
    rows = [
        ["capacity, replies/s", f"{ours:.0f}", f"{plain:.0f}", "", ""],
        aim("capacity to plain Bolt", ours / plain if plain else 0.0, LEAST_CAPACITY, is_most=False),
        aim(f"answered p99 to plain Bolt, {upto}", times, MOST_TIMES, is_most=True),
        aim(f"acknowledged p99 in seconds, {upto}", slowest, SLOWEST, is_most=True),
    ]
    notes = (
        "Load, Slack and both sides share the machine; what else runs on it lowers the capacity of both, and changes "
        "the processor time that a reply takes less.",
        f"Capacity: the highest rate at which the p99 of answers stays below {SLOWEST * 1000:.0f} ms and none is lost. "
        f"The other aims hold up to {OF_CAPACITY:.0%} of ours.",
    )
    if ours >= size.rates[-1]:
        notes += ("Ours did not break down: its capacity is at least what was tried.",)
    return Table(title="The aims", columns=("what", OURS, SAY, "aim", "met"), rows=rows, notes=notes)


def aim(what: str, value: float, limit: float, *, is_most: bool) -> list[str]:
    """Return a row that says whether a figure is within its limit."""
    met = value <= limit if is_most else value >= limit
    return [what, f"{value:.2f}", "", f"{'at most' if is_most else 'at least'} {limit:g}", "yes" if met else "no"]


if __name__ == "__main__":
    alone(measure)
