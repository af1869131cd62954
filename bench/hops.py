"""How far one typed reply travels: files of bot/, changes from file to file, SQL statements. python -m bench.hops

Counted from the signed HTTP request until everything that came of it was handled, of a member who replied before, so
that nothing is imported or remembered for the first time. A change is a call, or a coroutine that goes on, in another
file of bot/ than the last one in that thread. Aside are records (bot/coaching), ports, practice, and what ticks in the
background.
"""

import asyncio
import sys
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn

from bench.payloads import SECRET, direct, posted, request
from bench.people import Values, fill
from bench.process import LOOPBACK, ROOT, ask, free_port
from bench.reply import slack
from bench.report import Table, alone
from bot.platforms import slack as slack_platform
from bot.runtime.app import Bot, serving
from bot.runtime.clock import SystemClock
from bot.settings import read_settings
from bot.store.sqlite.rows import moment

BOT = f"{ROOT / 'bot'}/"
ASIDE = ("bot/coaching/", "bot/practice/", "bot/chat/port/", "bot/store/port/", "bot/words/port.py")
TICKS = ("Ticker.", "Outbox.", "LoopWatch.")  # tasks that go on beside
MOST_FILES, MOST_CHANGES = 30, 150
LONGEST = 20.0  # seconds


@dataclass
class Hops:
    """What was called while it counted."""

    calls: Counter[str] = field(default_factory=Counter)  # by file
    changes: Counter[str] = field(default_factory=Counter)  # into a file
    all_files: set[str] = field(default_factory=set)  # with what is aside
    all_changes: int = 0
    statements: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin nowhere."""
        self._last: dict[int, str] = {}
        self._last_of_all: dict[int, str] = {}

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        """Note a call; what `sys.setprofile` takes."""
        path = frame.f_code.co_filename
        if event != "call" or not path.startswith(BOT) or _is_beside():
            return
        name, thread = f"bot/{path.removeprefix(BOT)}", threading.get_ident()
        self.all_files.add(name)
        self.all_changes += self._last_of_all.get(thread) != name
        self._last_of_all[thread] = name
        if name.startswith(ASIDE):
            return
        self.calls[name] += 1
        self.changes[name] += self._last.get(thread) != name
        self._last[thread] = name


def _is_beside() -> bool:
    """Tell whether what runs now ticks in the background."""
    try:
        task = asyncio.current_task()
    except RuntimeError:  # the thread that writes: only for who waits for it
        return False
    coroutine = task.get_coro() if task else None
    return getattr(coroutine, "__qualname__", "").startswith(TICKS)


def measure(place: Path, _quick: bool) -> Sequence[Table]:
    """Count what one reply runs through."""
    file = place / "people.db"
    now = SystemClock().now()
    at = moment(now - timedelta(hours=1))

    def sent(number: int) -> Values:
        gone = {"state": "sent", "attempt": 1, "sent_at": at, "due_at": at}
        return gone | {"conversation": direct(number), "message": posted(number)}

    fill(file, 4, now, sent)
    with slack(place) as port:
        hops = asyncio.run(_counted(file, port))
    return [_sums(hops), _files(hops), _statements(hops)]


async def _counted(file: Path, slack_port: int) -> Hops:
    hops = Hops()
    with _profiled(hops) as switch:
        async with _served(file, slack_port) as (bot, port):
            for number in (0, 1):
                await _reply(bot, port, slack_port, number)
            async with _traced(bot.ports.store, hops.statements):
                switch(True)
                await _reply(bot, port, slack_port, 2)
                switch(False)
    return hops


@contextmanager
def _profiled(hops: Hops) -> Iterator[Callable[[bool], None]]:
    """Hold a switch for counting in this thread and in those that start meanwhile."""
    is_on = False

    def switch(to: bool) -> None:
        nonlocal is_on
        is_on = to

    def profile(frame: FrameType, event: str, given: Any) -> None:
        if is_on:
            hops(frame, event, given)

    threading.setprofile(profile)
    sys.setprofile(profile)
    try:
        yield switch
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]


@asynccontextmanager
async def _traced(store: Any, statements: list[str]) -> AsyncIterator[None]:
    reading = store._reading._connection
    reading.set_trace_callback(statements.append)
    # In its own thread: from another, SQLite's lock and the interpreter's would wait for each other, now and then.
    await store._writer.write(lambda connection: connection.set_trace_callback(statements.append))
    statements.clear()  # the end of that write
    try:
        yield
    finally:
        reading.set_trace_callback(None)
        await store._writer.write(lambda connection: connection.set_trace_callback(None))


@asynccontextmanager
async def _served(file: Path, slack_port: int) -> AsyncIterator[tuple[Bot, int]]:
    """Hold the bot, served in this process."""
    port = free_port()
    settings = read_settings(
        {
            "PITSTOP_SECRET_KEY": "k" * 43,
            "PITSTOP_DATABASE_URL": f"sqlite:///{file}",
            "SLACK_BOT_TOKEN": "xoxb-bench",
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"http://{LOOPBACK}:{slack_port}/api/",
        },
        talks=True,
    )
    app = serving(settings, [slack_platform.join])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", log_config=None))
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - nothing rings here
        await asyncio.sleep(0.01)
    try:
        yield app.state.bot, port
    finally:
        server.should_exit = True
        await running


async def _reply(bot: Bot, port: int, slack_port: int, number: int) -> None:
    """Let the n-th person reply, and wait until that is acknowledged, answered and handled."""
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    writer.write(request("words", number))
    status = await reader.readline()
    assert b"200" in status, status
    give_up = time.monotonic() + LONGEST
    while direct(number) not in (await asyncio.to_thread(ask, slack_port, "/answered"))["answered"]:
        assert time.monotonic() < give_up, "not answered"
        await asyncio.sleep(0.01)
    await bot.inbox.drained()
    writer.close()


def _sums(hops: Hops) -> Table:
    files, changes = len(hops.calls), hops.changes.total()
    rows = [
        ["files", str(files), str(len(hops.all_files)), f"at most {MOST_FILES}", _yes(files <= MOST_FILES)],
        ["changes", str(changes), str(hops.all_changes), f"at most {MOST_CHANGES}", _yes(changes <= MOST_CHANGES)],
        ["SQL statements", str(len(hops.statements)), "", "", ""],
        ["commits", str(hops.statements.count("COMMIT")), "", "", ""],
    ]
    return Table(title="One typed reply", columns=("what", "counted", "with what is aside", "aim", "met"), rows=rows)


def _files(hops: Hops) -> Table:
    lines = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in hops.calls}
    rows = [[name, str(hops.changes[name]), str(calls), str(lines[name])] for name, calls in hops.calls.most_common()]
    rows.append(["all", str(hops.changes.total()), str(hops.calls.total()), str(sum(lines.values()))])
    return Table(title="Its files", columns=("file", "changes into it", "calls", "lines"), rows=rows)


def _statements(hops: Hops) -> Table:
    counted = Counter(" ".join(line.split())[:60].replace("|", "¦") for line in hops.statements)
    rows = [[f"`{statement}`", str(number)] for statement, number in counted.most_common()]
    return Table(title="Its statements", columns=("statement", "times"), rows=rows)


def _yes(met: bool) -> str:
    return "yes" if met else "no"


if __name__ == "__main__":
    alone(measure)
