"""How soon a start can be relied on, and the memory of a process at rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.people import fill
from bench.reply import ACK, OURS, contender, slack
from bench.report import Figures, Table, alone, ratio
from bot.store.sqlite.rows import moment

BOTH = f"{OURS} in Slack and Teams, 100 enrolled"
TEAMS = {
    "TEAMS_CLIENT_ID": "00000000-0000-4000-8000-000000000001",
    "TEAMS_CLIENT_SECRET": "bench",
    "TEAMS_TENANT_ID": "00000000-0000-4000-8000-000000000002",
    "TEAMS_OPENID_METADATA_URL": "http://127.0.0.1:9/",  # nobody is there: keys are fetched beside the start
}
FUTURE = datetime(2099, 1, 6, 10, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much of it."""

    rounds: int
    people: tuple[int, ...]


FULL = Size(rounds=5, people=(100, 100_000))
QUICK = Size(rounds=1, people=(100,))


def measure(place: Path, quick: bool) -> Sequence[Table]:
    """Start each, round by round; what Teams adds is paid by who lives there."""
    size = QUICK if quick else FULL
    figures = Figures()
    files = {f"{OURS}, {people:,} enrolled": place / f"{people}.db" for people in size.people}
    for people, file in zip(size.people, files.values(), strict=True):
        later = {"due_at": moment(FUTURE), "expires_at": moment(FUTURE + timedelta(hours=4))}
        fill(file, people, datetime(2026, 1, 6, 10, 0, tzinfo=UTC), lambda _, later=later: later)  # type: ignore[misc]
    with slack(place) as port:
        for _ in range(size.rounds):
            for name, file in {ACK: place / "none.db", **files, BOTH: place / "100.db"}.items():
                more = TEAMS if name == BOTH else {}
                with contender(place, name if name == ACK else OURS, file, port, **more) as (_, it, seconds):
                    figures.add(name, "seconds", value=seconds)
                    figures.add(name, "memory", value=it.memory())
    rows = [
        [
            name,
            *(f"{figures[name, 'seconds']:.2f}", ratio(figures[name, "seconds"], figures[ACK, "seconds"])),
            *(f"{figures[name, 'memory']:.0f}", ratio(figures[name, "memory"], figures[ACK, "memory"])),
        ]
        for name in (ACK, *files, BOTH)
    ]
    columns = ("who", "ready after s", "to bare Bolt", "memory MiB", "to bare Bolt")
    return [Table(title="Starting", columns=columns, rows=rows)]


if __name__ == "__main__":
    alone(measure)
