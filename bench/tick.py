"""Our agenda, in a process of its own: what an idle tick costs, and a round of due nudges."""

import asyncio
import json
import sqlite3
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench import engine
from bench.people import WORKSPACE
from bench.process import resident
from bot.runtime.outbox import Outbox
from bot.store.sqlite.rows import moment

IDLE = 200  # ticks
BEFORE = """
UPDATE nudge SET state = 'planned', attempt = 0, fence = 0, lease_until = NULL, sent_at = NULL
WHERE id IN (SELECT nudge FROM delivery);
DELETE FROM delivery;
DELETE FROM screen;
"""
UNCLAIMED = "UPDATE nudge SET state = 'ready', attempt = 0, fence = 0, lease_until = NULL WHERE state = 'sending'"


def _again(file: Path, script: str) -> None:
    """Put nudges back to where they were, which the file itself lets nobody do."""
    connection = sqlite3.connect(file)
    (guard,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'nudge_follows'").fetchone()
    connection.executescript(f"DROP TRIGGER nudge_follows; {script}; {guard};")
    connection.close()


async def _measure(file: Path, now: datetime, due: int) -> dict[str, float]:
    clock = engine.StillClock(now - timedelta(minutes=1))
    ports = engine.ports_of(file, clock, engine.InstantChat())
    outbox = Outbox(lambda: ports)
    taken: dict[str, float] = {}

    await engine.tick(ports, outbox)
    began = time.perf_counter()
    for _ in range(IDLE):
        await engine.tick(ports, outbox)
    taken["idle"] = (time.perf_counter() - began) / IDLE

    clock.at = now
    began = time.perf_counter()
    await engine.planned(ports)
    taken["planned"] = time.perf_counter() - began

    began = time.perf_counter()
    lease = now + timedelta(seconds=60)
    workspaces = await ports.store.ready_in(now)
    claimed = await ports.store.claim(now, workspaces=workspaces, lease_until=lease, free=lambda *_: due)
    taken["claimed"] = time.perf_counter() - began
    assert len(claimed) == due, f"{len(claimed)} of {due} in {WORKSPACE}"
    _again(file, UNCLAIMED)

    began = time.perf_counter()
    await engine.sent(outbox)
    taken["sent"] = time.perf_counter() - began
    taken["memory"] = resident()
    await ports.store.close()
    return taken


def main(file: str, now: str, due: int) -> dict[str, float]:
    """Return seconds and MiB; the file is as before when it is measured again."""
    _again(Path(file), BEFORE)
    taken = asyncio.run(_measure(Path(file), datetime.fromisoformat(now), due))
    connection = sqlite3.connect(file)
    (arrived,) = connection.execute(
        "SELECT count(*) FROM nudge WHERE state = 'sent' AND due_at = ?", (moment(datetime.fromisoformat(now)),)
    ).fetchone()
    connection.close()
    assert arrived == due, f"{arrived} of {due} were sent"
    return taken


if __name__ == "__main__":
    asked: dict[str, Any] = json.load(sys.stdin)
    json.dump(main(**asked), sys.stdout)
