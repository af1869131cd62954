"""The desk over a million replies: what pages and files cost, looks noted, beside Datasette on the same file."""

import http.client
import importlib.util
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench.cohorts import Filled, coach, fill, member, name_of, token
from bench.people import WORKSPACE, count
from bench.process import LOOPBACK, PATIENCE, Child, free_port
from bench.reply import OURS, contender, slack
from bench.report import Figures, Table, alone, ms, percentile, ratio
from bot.flows.desk.log import A_PAGE
from bot.runtime.clock import SystemClock

THEIRS = "Datasette"
HAS_DATASETTE = importlib.util.find_spec("datasette") is not None
WARM = 2  # cohorts whose pages are asked for and not counted
MIDDLE = 6  # weeks ago
LINES = re.compile(r'data-line="(\w+)"')

Ask = Callable[[str], bytes]  # the answer at an address


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much of it."""

    cohorts: int
    replies: int
    measured: int  # cohorts whose pages are asked for


FULL = Size(cohorts=400, replies=1_000_000, measured=200)
QUICK = Size(cohorts=6, replies=3_600, measured=4)

PAGES = (
    "Today",
    "Today, never read before",
    "log",
    "log, from the middle",
    "log of a person",
    "log of a week",
    "conversation",
    "which lines still stand",
    "own page",
    "who read",
)
# How a line of each ends, and how many lines are no rows.
FILES = {"log as CSV": (".csv", b"\r\n", 1), "log as JSON": (".json", b"\n", 2)}


def measure(place: Path, quick: bool) -> Sequence[Table]:
    """Ask for every page of one cohort after the other, Datasette's between ours."""
    size = QUICK if quick else FULL
    file = place / "cohorts.db"
    filled = Filled(cohorts=size.cohorts, replies=size.replies, now=SystemClock().now())
    fill(file, filled)
    figures = Figures()
    here = {"PITSTOP_PUBLIC_URL": f"http://{LOOPBACK}"}
    with slack(place) as port, contender(place, OURS, file, port, **here) as ours, datasette(place, file) as theirs:
        for number in range(WARM + size.measured):
            _cohort(Figures() if number < WARM else figures, filled, number, ours[0], theirs)
    looks = count(file, "SELECT count(*) FROM audit WHERE action IN ('read', 'digest', 'download')")
    return [_pages(figures, size, looks), _files(figures)]


@contextmanager
def datasette(place: Path, file: Path) -> Iterator[int | None]:
    """Hold a Datasette on the file, with nothing on that it need not do; None where it is not installed."""
    if not HAS_DATASETTE:
        yield None
        return
    port = free_port()
    settings = ("suggest_facets", "off", "sql_time_limit_ms", "60000", "max_csv_mb", "0", "num_sql_threads", "1")
    told = [each for pair in zip(settings[::2], settings[1::2], strict=True) for each in ("--setting", *pair)]
    with Child(place, "-m", "datasette", "serve", str(file), *told, "--port", str(port)) as it:
        it.ready(port, "/-/versions.json")
        yield port


def _cohort(figures: Figures, filled: Filled, number: int, ours: int, theirs: int | None) -> None:
    """Ask for everything about one cohort."""
    with asking(ours, token(coach(number))) as ask, asking(ours, token(member(number, 0))) as own:
        today = PAGES[number % 2]  # every second coach has read before
        _timed(figures, OURS, today, ask, "/desk")
        log = {"cohort": name_of(number)}
        shown = _timed(figures, OURS, "log", ask, _to("/desk/log", log))
        lines = LINES.findall(shown.decode())
        assert len(lines) == A_PAGE, "the log shows no page"
        middle = {"before": f"{(filled.begun + (filled.now - filled.begun) / 2).isoformat()}|x"}
        _timed(figures, OURS, "log, from the middle", ask, _to("/desk/log", log | middle))
        _timed(figures, OURS, "log of a person", ask, _to("/desk/log", log | {"person": member(number, 1)}))
        _timed(figures, OURS, "log of a week", ask, _to("/desk/log", log | {"week": "3"}))
        _timed(figures, OURS, "conversation", ask, f"/desk/line/{lines[0]}")
        _timed(figures, OURS, "which lines still stand", ask, _to("/desk/still", log | {"lines": ",".join(lines)}))
        _timed(figures, OURS, "own page", own, "/desk/me")
        _timed(figures, OURS, "who read", own, "/desk/me/looks")
        for name, (ending, *_) in FILES.items():
            _rows(figures, OURS, name, ask, _to(f"/desk/log{ending}", log))
    if theirs is not None:
        with asking(theirs) as ask:
            _datasette(figures, number, ask)


def _datasette(figures: Figures, number: int, ask: Ask) -> None:
    """Ask Datasette for the same lines: by the columns of the index that our log goes along."""
    log = {"workspace": WORKSPACE, "cohort": name_of(number), "scope": "coach", "deleted_at__isnull": "1"}
    page = log | {"_sort_desc": "received_at", "_size": str(A_PAGE)}
    _timed(figures, THEIRS, "log", ask, _to("/cohorts/reply", page))
    _timed(figures, THEIRS, "log of a person", ask, _to("/cohorts/reply", page | {"member": member(number, 1)}))
    _timed(figures, THEIRS, "log of a week", ask, _to("/cohorts/reply", page | {"week": "3"}))
    _rows(figures, THEIRS, "log as CSV", ask, _to("/cohorts/reply.csv", page | {"_stream": "on", "_size": "max"}))


def _to(path: str, values: dict[str, str]) -> str:
    return f"{path}?{urlencode(values)}"


@contextmanager
def asking(port: int, cookie: str = "") -> Iterator[Ask]:
    """Hold one connection, on which one page after the other is asked for."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=PATIENCE)

    def ask(path: str) -> bytes:
        connection.request("GET", path, headers={"Cookie": f"pitstop={cookie}"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, f"{path}: {answer.status}\n{body[:500]!r}"
        return body

    try:
        yield ask
    finally:
        connection.close()


def _timed(figures: Figures, who: str, name: str, ask: Ask, path: str) -> bytes:
    began = time.perf_counter()
    shown = ask(path)
    figures.add(who, name, value=time.perf_counter() - began)
    figures.add(who, name, "bytes", value=len(shown))
    return shown


def _rows(figures: Figures, who: str, name: str, ask: Ask, path: str) -> None:
    _, end, others = FILES[name]
    began = time.perf_counter()
    rows = ask(path).count(end) - others
    figures.add(who, name, value=rows / (time.perf_counter() - began))
    figures.add(who, name, "rows", value=rows)


def _pages(figures: Figures, size: Size, looks: int) -> Table:
    rows = []
    for name in PAGES:
        for who in (OURS, THEIRS):
            if (taken := figures.taken.get((who, name))) is None:
                continue
            p50, p99 = percentile(taken, 0.5), percentile(taken, 0.99)
            than = figures.taken.get((THEIRS, name))
            times = [ratio(p50, percentile(than, 0.5)), ratio(p99, percentile(than, 0.99))] if than else ["", ""]
            bytes_ = f"{figures[who, name, 'bytes'] / 1000:.1f}"
            rows.append([name, who, ms(p50), times[0], ms(p99), times[1], bytes_])
    return Table(
        title=f"Pages of one of {size.cohorts:,} cohorts, with {size.replies:,} replies in all",
        columns=("page", "who", "p50 ms", "to Datasette", "p99 ms", "to Datasette", "kB"),
        rows=rows,
        notes=(
            f"Each page once for each of {size.measured:,} cohorts, from the request to the last byte on loopback. "
            f"Ours notes who looked at which texts before it answers: {looks:,} looks stand in the audit by then. "
            "Datasette shows the same rows of the table *reply* along the same index, without a name or a question, "
            "to whoever asks.",
        ),
    )


def _files(figures: Figures) -> Table:
    rows = [
        [
            name,
            who,
            f"{figures[who, name, 'rows']:,.0f}",
            f"{figures[who, name]:,.0f}",
            ratio(figures[who, name], figures[THEIRS, name]) if (THEIRS, name) in figures else "",
        ]
        for name in FILES
        for who in (OURS, THEIRS)
        if (who, name) in figures
    ]
    columns = ("file", "who", "rows", "rows/s", "to Datasette")
    return Table(title="The log of one cohort as a file", columns=columns, rows=rows)


if __name__ == "__main__":
    alone(measure)
