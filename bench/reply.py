"""The way of a reply, from Slack's request to the confirmation: ours beside Bolt's plain one."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.payloads import KINDS, SECRET, direct, posted
from bench.people import Values, copied, count, fill
from bench.process import LOOPBACK, Child, ask, free_port, run
from bench.report import Figures, Table, alone, ms, percentile, ratio
from bot.runtime.clock import SystemClock
from bot.store.sqlite.rows import moment

OURS, ACK, INSERT, SAY = "Pitstop", "Bolt, acknowledges only", "Bolt, inserts", "Bolt, inserts and answers"
CONTENDERS = (ACK, INSERT, SAY, OURS)
PLAIN = {ACK: "ack", INSERT: "insert", SAY: "say"}
DONE = {
    (OURS, "words"): "SELECT count(*) FROM reply",
    (OURS, "click"): "SELECT count(*) FROM nudge WHERE answer = 'done'",
    (SAY, "words"): "SELECT count(*) FROM reply",
}
WARM = 60  # requests before each measured load
LONGEST = 60.0  # seconds that handling may trail behind


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much of it."""

    rounds: int
    loads: tuple[tuple[int, int], ...]  # how many at once, how many requests

    @property
    def people(self) -> int:
        """Everybody acts once: so many are needed."""
        return len(KINDS) * sum(requests + WARM for _, requests in self.loads)


FULL = Size(rounds=5, loads=((1, 300), (32, 1500), (128, 2000)))
QUICK = Size(rounds=1, loads=((8, 60),))


def measure(place: Path, quick: bool) -> Sequence[Table]:
    """Measure all contenders, round by round."""
    size = QUICK if quick else FULL
    template = place / "people.db"
    now = SystemClock().now()
    fill(template, size.people, now, lambda number: _sent(number, now))
    figures = Figures()
    with slack(place) as port:
        for _ in range(size.rounds):
            for name in CONTENDERS:
                _round(place, size, name, template, port, figures)
    return [_table(kind, size, figures) for kind in KINDS]


def _sent(number: int, now: datetime) -> Values:
    """Return a nudge that went out an hour ago."""
    at = moment(now - timedelta(hours=1))
    return {"state": "sent", "attempt": 1, "sent_at": at, "due_at": at} | {
        "conversation": direct(number),
        "message": posted(number),
    }


@contextmanager
def slack(place: Path, delay: float = 0.0) -> Iterator[int]:
    """Hold a Slack that answers after a delay."""
    port = free_port()
    with Child(place, "-m", "bench.slack", str(port), str(delay)) as it:
        it.ready(port)
        yield port


@contextmanager
def contender(place: Path, name: str, file: Path, slack_port: int, **more: str) -> Iterator[tuple[int, Child, float]]:
    """Hold a server, told `more` when it is ours: its port, the program, and how long its start took."""
    port = free_port()
    api = f"http://{LOOPBACK}:{slack_port}/api/"
    if name == OURS:
        command: tuple[str, ...] = ("-m", "bot", "serve")
        environ = {
            "PORT": str(port),
            "PITSTOP_SECRET_KEY": "k" * 43,
            "PITSTOP_DATABASE_URL": f"sqlite:///{file}",
            "SLACK_BOT_TOKEN": "xoxb-bench",
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": api,
            **more,
        }
    else:
        command = ("-m", "bench.bare", PLAIN[name], str(port))
        environ = {"SLACK_API_URL": api, "BENCH_FILE": str(file)}
    with Child(place, *command, **environ) as it:
        yield port, it, it.ready(port)


def _round(place: Path, size: Size, name: str, template: Path, slack_port: int, figures: Figures) -> None:
    file = place / "round.db"
    for side in ("", "-wal", "-shm"):
        Path(f"{file}{side}").unlink(missing_ok=True)
    if name == OURS:
        copied(template, file)
    first = 0
    with contender(place, name, file, slack_port) as (port, _, _):
        for kind in KINDS if name != SAY else ("words",):
            for at_once, requests in size.loads:
                asked = {"port": port, "slack": slack_port, "kind": kind, "at_once": at_once}
                _loaded(place, asked | {"first": first, "count": WARM}, name, file, slack_port)
                taken = _loaded(place, asked | {"first": first + WARM, "count": requests}, name, file, slack_port)
                first += WARM + requests
                for what, value in taken.items():
                    figures.add(name, kind, at_once, what, value=value)


def _loaded(place: Path, asked: dict[str, Any], name: str, file: Path, slack_port: int) -> dict[str, float]:
    """Let people act, wait until everything they said is dealt with, and return the figures."""
    ask(slack_port, "/forget")
    done = DONE.get((name, asked["kind"]))
    watch = _Watch(file, done, asked["count"]) if done else None
    load = run("load", folder=place, **asked)
    took = load["took"]
    figures = {"rate": len(took) / load["seconds"], "p50": percentile(took, 0.5), "p99": percentile(took, 0.99)}
    if watch is None:
        return figures
    began = load["began"]
    start = min(began.values())
    stored = watch.ended() - start
    shown = _shown(slack_port, set(began))
    whole = [shown[where] - at for where, at in began.items()]
    return figures | {
        "stored": len(took) / stored,
        "whole": len(took) / (max(shown[where] for where in began) - start),
        "whole p50": percentile(whole, 0.5),
        "whole p99": percentile(whole, 0.99),
    }


class _Watch:
    """Looks into the file until as many rows more are there as asked for, and tells when that was."""

    def __init__(self, file: Path, question: str, more: int) -> None:
        self._file, self._question = file, question
        self._until = count(file, question) + more
        self._at: float | None = None
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        give_up = time.monotonic() + LONGEST
        while time.monotonic() < give_up:
            if count(self._file, self._question) >= self._until:
                self._at = time.monotonic()
                return
            time.sleep(0.01)

    def ended(self) -> float:
        """Return the moment; raises RuntimeError when it did not come."""
        self._thread.join()
        if self._at is None:
            raise RuntimeError(f"{self._until - count(self._file, self._question)} rows are missing")
        return self._at


def _shown(slack_port: int, wanted: set[str]) -> dict[str, float]:
    """Return when each conversation was answered; waits for all."""
    give_up = time.monotonic() + LONGEST
    while time.monotonic() < give_up:
        shown: dict[str, float] = ask(slack_port, "/shown")["shown"]
        if wanted <= shown.keys():
            return shown
        time.sleep(0.02)
    raise RuntimeError(f"unanswered: {json.dumps(sorted(wanted - shown.keys())[:5])}")


def _table(kind: str, size: Size, figures: Figures) -> Table:
    rows = [
        [str(at_once), name, *_cells(figures, (name, kind, at_once), bare=figures[ACK, kind, at_once, "rate"])]
        for at_once, _ in size.loads
        for name in CONTENDERS
        if (name, kind, at_once, "rate") in figures
    ]
    return Table(
        title="Typed words" if kind == "words" else "Button clicks",
        columns=(
            *("at once", "who", "acknowledged /s", "to bare Bolt", "p50 ms", "p99 ms"),
            *("whole /s", "to bare Bolt", "p50 ms", "p99 ms", "stored /s", "to bare Bolt"),
        ),
        rows=rows,
    )


def _cells(figures: Figures, about: tuple[object, ...], *, bare: float) -> list[str]:
    rate = figures[*about, "rate"]
    cells = [f"{rate:,.0f}", ratio(rate, bare), ms(figures[*about, "p50"]), ms(figures[*about, "p99"])]
    if (*about, "whole") not in figures:
        return cells + [""] * 6
    whole, stored = figures[*about, "whole"], figures[*about, "stored"]
    return [
        *cells,
        *(f"{whole:,.0f}", ratio(whole, bare), ms(figures[*about, "whole p50"]), ms(figures[*about, "whole p99"])),
        *(f"{stored:,.0f}", ratio(stored, bare)),
    ]


if __name__ == "__main__":
    alone(measure)
