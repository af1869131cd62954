"""What kills the process each time it is handled ends after some deaths, and takes nothing else with it."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.coaching.rules.delivery import MOST_ATTEMPTS
from bot.runtime.suspects import MOST_DEATHS
from bot.store.port.inbox import Arrival
from bot.store.sqlite import open_store

ROOT = Path(__file__).parents[2]
T0 = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)
DEATH = 9  # the exit code of a process that died of it
DEATHS = MOST_ATTEMPTS - 1 + MOST_DEATHS  # the first attempt was whoever brought it

# Processes, an hour between two: each takes up what lies there, and dies of what is deadly.
PROCESSES = f"""
import asyncio, os, sys
from datetime import timedelta
from pathlib import Path
from bot.runtime.inbox import Inbox
from bot.store.sqlite import open_store
from bot.store.sqlite.queries import named
from tests.conftest import shipped_words
from tests.runtime.posting import T0, FakeChat, HandClock, ports_of

async def handle(arrival):
    await asyncio.sleep(0)
    if arrival.id == "deadly":
        os._exit({DEATH})

async def live(hour):
    clock = HandClock(at=T0 + timedelta(hours=hour))
    store = open_store(Path(sys.argv[1]))
    ports = ports_of(store, FakeChat(clock), clock)
    inbox = Inbox(lambda: ports, handle)
    await inbox.sweep()
    await inbox.drained()
    await store.close()

named(), shipped_words()  # read once, not by each of them
for hour in range(int(sys.argv[2])):
    child = os.fork()
    if not child:
        asyncio.run(live(hour + 1))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def an_arrival(name: str, lane: str) -> Arrival:
    return Arrival(id=name, workspace="w", platform="slack", lane=lane, body="{}", at=T0)


@pytest.mark.faults
async def test_what_is_deadly_is_given_up_after_some_deaths_and_all_else_is_handled(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"
    store = open_store(file)
    for lane, name in (("U1", "before"), ("U2", "deadly"), ("U3", "behind"), ("U2", "after it, by the same person")):
        await store.arrive(an_arrival(name, lane), lease_until=T0)
    await store.close()
    ran = subprocess.run(  # noqa: ASYNC221 - nothing else goes on
        [sys.executable, "-c", PROCESSES, str(file), str(DEATHS + 1)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == [str(DEATH)] * DEATHS + ["0"]
    store = open_store(file)
    queue = await store.queue(T0)
    assert (queue.inbox, queue.inbox_dead) == (0, 1), "one is kept for the operator, and nothing waits"
    await store.close()
