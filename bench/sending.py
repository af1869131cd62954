"""Sending to a Slack that takes its time to answer: ours beside slack_sdk's client used plainly."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench.people import Values, copied, fill
from bench.process import LOOPBACK, ask, run
from bench.reply import OURS, contender, slack
from bench.report import Figures, Table, alone, ratio
from bot.runtime.clock import SystemClock
from bot.store.sqlite.rows import moment

LOOP, GATHER = "slack_sdk, one by one", "slack_sdk, all at once"
WAYS = {LOOP: "one_by_one", GATHER: "all_at_once", OURS: "outbox"}
WINDOW = 100  # calls in flight to one workspace
LONGEST = 120.0  # seconds


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much of it."""

    rounds: int
    delay: float  # seconds that Slack takes to answer
    nudges: int
    by_loop: int  # of them, for the one that takes so long
    ahead: timedelta  # until something becomes due: the server should be up by then


FULL = Size(rounds=5, delay=0.1, nudges=1_000, by_loop=50, ahead=timedelta(seconds=6))
QUICK = Size(rounds=1, delay=0.1, nudges=40, by_loop=3, ahead=timedelta(seconds=2))


def measure(place: Path, quick: bool) -> Sequence[Table]:
    """Measure all ways, round by round, then the whole way from due to there."""
    size = QUICK if quick else FULL
    figures = Figures()
    ready, copy = place / "ready.db", place / "copy.db"
    fill(ready, size.nudges, SystemClock().now(), lambda _: {"state": "ready"})
    for _ in range(size.rounds):
        for name, way in WAYS.items():
            copied(ready, copy)
            count = size.by_loop if name == LOOP else size.nudges
            with slack(place, size.delay) as port:
                api = f"http://{LOOPBACK}:{port}/api/"
                taken = run("senders", folder=place, way=way, api=api, count=count, file=str(copy))
                arrived = len(ask(port, "/shown")["shown"])
            assert arrived == count, f"{name}: {arrived} of {count} arrived"
            figures.add(name, "rate", value=count / taken["seconds"])
            figures.add(name, "memory", value=taken["memory"])
        _due(place, size, figures)
    return [_table(size, figures), _due_table(size, figures)]


def _due(place: Path, size: Size, figures: Figures) -> None:
    """Note how long after their moment nudges are there, by the product as it runs."""
    file = place / "due.db"
    file.unlink(missing_ok=True)
    now = SystemClock().now()
    due = now + size.ahead

    def nudge(_: int) -> Values:
        return {"due_at": moment(due), "expires_at": moment(due + timedelta(hours=4))}

    fill(file, size.nudges, now, nudge)
    with slack(place, size.delay) as port, contender(place, OURS, file, port):
        ahead = (due - SystemClock().now()).total_seconds()
        moment_due = time.monotonic() + max(0.0, ahead)  # a server that is late is not late with its nudges
        shown = sorted(_shown(port, size.nudges).values())
    figures.add(OURS, "first", value=shown[0] - moment_due)
    figures.add(OURS, "half", value=shown[len(shown) // 2] - moment_due)
    figures.add(OURS, "last", value=shown[-1] - moment_due)


def _shown(port: int, count: int) -> dict[str, float]:
    give_up = time.monotonic() + LONGEST
    shown: dict[str, float] = {}
    while len(shown) < count:
        if time.monotonic() > give_up:
            raise RuntimeError(f"{len(shown)} of {count} arrived")
        time.sleep(0.2)
        shown = ask(port, "/shown")["shown"]
    return shown


def _table(size: Size, figures: Figures) -> Table:
    plain = figures[LOOP, "rate"]
    rows = [
        [name, f"{figures[name, 'rate']:,.0f}", ratio(figures[name, "rate"], plain), f"{figures[name, 'memory']:.0f}"]
        for name in WAYS
    ]
    return Table(
        title=f"Sending to a Slack that answers in {size.delay * 1000:.0f} ms",
        columns=("who", "messages /s", "to one by one", "memory MiB"),
        rows=rows,
        notes=(
            "slack_sdk sends a ready text and notes nothing; Pitstop composes each nudge, commits its claim before "
            "the call and how it ended after.",
        ),
    )


def _due_table(size: Size, figures: Figures) -> Table:
    bound = size.nudges * size.delay / WINDOW
    return Table(
        title=f"{size.nudges:,} nudges due at one moment, through `serve`",
        columns=("", "seconds after that moment"),
        rows=[
            ("the first is there", f"{figures[OURS, 'first']:.2f}"),
            ("half are there", f"{figures[OURS, 'half']:.2f}"),
            ("the last is there", f"{figures[OURS, 'last']:.2f}"),
            (f"the least that {WINDOW} calls at a time allow", f"{bound:.2f}"),
        ],
        notes=(
            "Slack allows one message a second in each conversation; these are as many conversations as nudges, so "
            "that rule alone would let them all go in one second.",
        ),
    )


if __name__ == "__main__":
    alone(measure)
