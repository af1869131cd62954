"""Figures of several rounds as tables of medians, with the machine they were taken on."""

import importlib.metadata
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

HOME = Path(__file__).parents[1] / "data"
LIBRARIES = (
    "slack_bolt",
    "slack_sdk",
    "starlette",
    "uvicorn",
    "aiohttp",
    "aiosql",
    "apscheduler",
    "sqlalchemy",
    "datasette",
)


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of results, and what is to be known when reading it."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()

    def markdown(self) -> str:
        """Return it as Markdown."""
        lines = [self.columns, ["---"] * len(self.columns), *self.rows]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        return "\n\n".join([f"### {self.title}", table, *self.notes])


@dataclass
class Figures:
    """What was measured, round by round, under names."""

    taken: dict[tuple[object, ...], list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, *name: object, value: float) -> None:
        """Note one figure of this round."""
        self.taken[name].append(value)

    def __getitem__(self, name: tuple[object, ...]) -> float:
        """Return the median over the rounds."""
        return median(self.taken[name])

    def __contains__(self, name: tuple[object, ...]) -> bool:
        """Tell whether it was measured."""
        return name in self.taken


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which that share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def ms(seconds: float) -> str:
    """Return seconds as milliseconds to read."""
    return f"{seconds * 1000:.1f}" if seconds < 1 else f"{seconds * 1000:,.0f}"


def ratio(value: float, to: float) -> str:
    """Return how many times the other one it is."""
    return f"{value / to:.2f}"


def machine(folder: Path) -> Table:
    """Return what the figures were taken on; nothing that names the machine or its owner."""
    rows = [
        ("processor", _processor()),
        ("cores", str(len(os.sched_getaffinity(0)))),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("SQLite", sqlite3.sqlite_version),
        ("one durable commit", f"{_commit(folder) * 1e6:.0f} µs"),
        *((name, _version(name)) for name in LIBRARIES),
    ]
    return Table(title="The machine", columns=("", ""), rows=rows)


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _commit(folder: Path) -> float:
    connection = sqlite3.connect(folder / "commit.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE line (text TEXT)")
    taken = []
    for _ in range(200):
        began = time.perf_counter()
        connection.execute("INSERT INTO line VALUES ('word')")
        taken.append(time.perf_counter() - began)
    connection.close()
    return median(taken)


@contextmanager
def folder() -> Iterator[Path]:
    """Hold a folder that is gone afterwards, on the disk the product lives on: /tmp may be memory."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=HOME) as made:
        yield Path(made).resolve()


def alone(measure: Callable[[Path, bool], Sequence[Table]]) -> None:
    """Run one topic from the command line; with --quick, small."""
    with folder() as place:
        for table in measure(place, "--quick" in sys.argv):
            print(table.markdown(), end="\n\n")
