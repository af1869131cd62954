"""The same agenda as one APScheduler job a person, in a process of its own.

The jobs do nothing: whatever theirs would have to note about a message comes on top. Jobs are kept in SQLite by its
SQLAlchemy job store, with a write-ahead log; or in memory, where SQLAlchemy is not installed.
"""

import asyncio
import importlib.util
import json
import pickle
import sqlite3
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_REMOVED
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bench.process import resident

KEEPS = importlib.util.find_spec("sqlalchemy") is not None  # whether jobs can be kept in a file
PAST = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)
FUTURE = datetime(2099, 1, 6, 9, 0, tzinfo=UTC)
IDLE = 200
NAME = "j0000000"
DEFAULTS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


async def job() -> None:
    """Do nothing."""


def _scheduler(file: Path) -> AsyncIOScheduler:
    stores = {"default": {"type": "sqlalchemy", "url": f"sqlite:///{file}"}} if KEEPS else {}
    return AsyncIOScheduler(timezone="UTC", jobstores=stores, job_defaults=DEFAULTS)


async def fill(file: Path, people: int, due: int) -> None:
    """Make a file with a job a person by SQL: one by one it would take minutes."""
    scheduler = _scheduler(file)
    scheduler.start(paused=True)
    scheduler.add_job(job, "date", run_date=FUTURE, id=NAME)
    scheduler.shutdown()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    ((later,),) = connection.execute("SELECT job_state FROM apscheduler_jobs").fetchall()
    state = pickle.loads(later)  # noqa: S301 - written three lines above
    state["next_run_time"] = state["trigger"].run_date = PAST
    connection.execute("DELETE FROM apscheduler_jobs")
    connection.executemany(
        "INSERT INTO apscheduler_jobs (id, next_run_time, job_state) VALUES (?, ?, ?)",
        _rows(people, due, now=pickle.dumps(state, pickle.HIGHEST_PROTOCOL), later=later),
    )
    connection.commit()
    connection.close()


def _rows(people: int, due: int, *, now: bytes, later: bytes) -> Iterator[tuple[str, float, bytes]]:
    for number in range(people):
        name, is_due = f"j{number:07}", number < due
        moment = PAST if is_due else FUTURE + timedelta(seconds=number)
        yield name, moment.timestamp(), (now if is_due else later).replace(NAME.encode(), name.encode())


async def measure(file: Path, people: int, due: int) -> dict[str, float]:
    """Return what a look costs when nothing is due, and how long the due jobs take until the last one is done."""
    scheduler = _scheduler(file)
    if not KEEPS:
        for number in range(people):
            scheduler.add_job(job, "date", run_date=PAST if number < due else FUTURE)
    done, missing = asyncio.Event(), {EVENT_JOB_EXECUTED: due, EVENT_JOB_REMOVED: due}

    def note(event: Any) -> None:
        missing[event.code] -= 1
        if not any(missing.values()):
            done.set()

    scheduler.add_listener(note, EVENT_JOB_EXECUTED | EVENT_JOB_REMOVED)
    scheduler.start(paused=True)
    began = time.perf_counter()
    scheduler.resume()
    await asyncio.wait_for(done.wait(), 300)
    taken = {"due": time.perf_counter() - began}
    began = time.perf_counter()
    for _ in range(IDLE):
        scheduler._process_jobs()  # what its timer calls
    taken["idle"] = (time.perf_counter() - began) / IDLE
    taken["memory"] = resident()
    scheduler.shutdown()
    return taken


if __name__ == "__main__":
    asked: dict[str, Any] = json.load(sys.stdin)
    kept = Path(asked["file"])
    if asked.pop("fill", False):
        asyncio.run(fill(kept, asked["people"], asked["due"]))
        json.dump({}, sys.stdout)
    else:
        json.dump(asyncio.run(measure(kept, asked["people"], asked["due"])), sys.stdout)
