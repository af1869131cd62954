"""What the agenda costs with more and more people: rows in a table beside an APScheduler job a person."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.jobs import KEEPS
from bench.people import Values, fill
from bench.process import run
from bench.report import Figures, Table, alone, ms, ratio
from bot.store.sqlite.rows import moment

OURS, THEIRS = "Pitstop", "APScheduler, a job a person" if KEEPS else "APScheduler, a job a person, in memory"
TUESDAY = datetime(2026, 1, 6, 10, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much of it."""

    rounds: int
    people: tuple[int, ...]
    due: int


FULL = Size(rounds=5, people=(1_000, 10_000, 100_000, 1_000_000), due=1_000)
QUICK = Size(rounds=2, people=(500,), due=100)  # a second one finds what the first left


def measure(place: Path, quick: bool) -> Sequence[Table]:
    """Measure both contenders, size by size, round by round."""
    size = QUICK if quick else FULL
    figures = Figures()
    for people in size.people:
        _measured(place, size, people, figures)
    return [_table(size, figures)]


def _measured(place: Path, size: Size, people: int, figures: Figures) -> None:
    ours, theirs, again = place / "people.db", place / "jobs.db", place / "again.db"
    apart = people // size.due

    def nudge(number: int) -> Values:
        due = TUESDAY if number % apart == 0 else TUESDAY + timedelta(days=1, seconds=number)
        return {"due_at": moment(due), "expires_at": moment(due + timedelta(hours=4))}

    fill(ours, people, TUESDAY, nudge)
    asked = {"people": people, "due": size.due}
    if KEEPS:
        run("jobs", folder=place, file=str(theirs), fill=True, **asked)
    for _ in range(size.rounds):
        rows = run("tick", folder=place, file=str(ours), now=TUESDAY.isoformat(), due=size.due)
        if KEEPS:
            shutil.copy(theirs, again)
        jobs = run("jobs", folder=place, file=str(again), **asked)
        for who, taken in ((OURS, rows), (THEIRS, jobs)):
            for what, value in taken.items():
                figures.add(who, people, what, value=value)
    figures.add(OURS, people, "file", value=ours.stat().st_size / people)
    figures.add(THEIRS, people, "file", value=theirs.stat().st_size / people if KEEPS else 0)
    for file in place.glob("*.db*"):
        file.unlink()


def _table(size: Size, figures: Figures) -> Table:
    rows = []
    for people in size.people:
        mine, jobs = ({what: figures[who, people, what] for what in (*each, *BOTH)} for who, each in PARTS.items())
        whole = mine["planned"] + mine["sent"]
        rows += [
            [
                *(f"{people:,}", OURS, f"{mine['idle'] * 1e6:,.0f}", ratio(jobs["idle"], mine["idle"])),
                *(ms(mine["claimed"]), ratio(jobs["due"], mine["claimed"])),
                *(ms(mine["planned"]), ms(mine["sent"]), ratio(jobs["due"], whole)),
                *(f"{mine['memory']:.0f}", f"{mine['file']:,.0f}"),
            ],
            [
                *(f"{people:,}", THEIRS, f"{jobs['idle'] * 1e6:,.0f}", "1.00"),
                *(ms(jobs["due"]), "1.00", "", "", "1.00"),
                *(f"{jobs['memory']:.0f}", f"{jobs['file']:,.0f}"),
            ],
        ]
    due = f"{size.due:,} due"
    return Table(
        title="The agenda",
        columns=(
            *("enrolled", "who", "idle tick µs", "times faster", f"{due}: handed over ms", "times faster"),
            *(
                "with verdict ms",
                "composed, sent, settled ms",
                "whole, times faster",
                "memory MiB",
                "file bytes a person",
            ),
        ),
        rows=rows,
        notes=(
            "*Handed over* is what both do: find what is due, take it off the agenda durably, give it to whoever sends "
            "it. APScheduler's jobs do nothing then; ours are whole nudges: a verdict on each, the words composed, "
            "three durable states each.",
        ),
    )


BOTH = ("idle", "memory", "file")
PARTS = {OURS: ("planned", "claimed", "sent"), THEIRS: ("due",)}

if __name__ == "__main__":
    alone(measure)
