"""Two processes on one file: nothing is taken twice, and nothing stays behind."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

from bot.coaching.records.nudge import NudgeState
from bot.store.port import Store
from bot.store.port.inbox import Arrival
from tests.store.scene import T0, Scene, a_cohort, a_nudge, at

ROOT = Path(__file__).parents[3]
LANES = 25

WORKER = """
import asyncio, sys
from pathlib import Path
from bot.coaching.records.nudge import NudgeState
from bot.store.sqlite import open_store
from tests.store.scene import T0, at

async def main():
    store = open_store(Path(sys.argv[1]))
    print("ready", flush=True)
    sys.stdin.readline()
    while True:
        claimed = await store.claim(T0, workspaces=["w"], lease_until=at(9), free=lambda *_: 3)
        taken = list(await store.left_lying(T0, lease_until=at(9), limit=3))
        for nudge in claimed:
            print("claimed", nudge.id, nudge.fence)
            assert await store.settle(nudge, NudgeState.SENT, at=T0, conversation="C", message=nudge.id)
        for arrival in taken:
            while arrival is not None:
                print("handled", arrival.id, arrival.attempt)
                arrival = await store.finish(arrival, at=T0, lease_until=at(9))
        if not claimed and not taken:
            break
    await store.close()

asyncio.run(main())
"""


async def fill(store: Store) -> set[str]:
    """Leave two posts for each of many channels, and three arrivals in each of many lanes; say what will be done."""
    names = [f"c{number}" for number in range(LANES)]
    await store.save(*(a_cohort(name) for name in names))
    await store.save(
        *(
            a_nudge(f"{name}-{n}", None, cohort=name, state=NudgeState.READY, due_at=at(-n))
            for name in names
            for n in (2, 1)
        )
    )
    arrivals = [
        Arrival(id=f"{name}/{n}", workspace="w", platform="slack", lane=name, body="{}", at=at(-9))
        for name in names
        for n in (1, 2, 3)
    ]
    for arrival in arrivals:  # whoever brought them died
        await store.arrive(arrival, lease_until=at(-1))
    handled = {f"handled {each.id} {2 if each.id.endswith('/1') else 1}" for each in arrivals}
    return handled | {f"claimed {name}-{n} 1" for name in names for n in (1, 2)}


async def test_two_processes_share_the_work(scene: Scene, file: Path) -> None:
    expected = await fill(scene.store)
    running = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", WORKER, str(file), cwd=ROOT, stdin=PIPE, stdout=PIPE)
        for _ in range(2)
    ]
    for process in running:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    said = await asyncio.gather(*(process.communicate(b"go\n") for process in running))
    assert [process.returncode for process in running] == [0, 0]
    assert sorted(line for out, _ in said for line in out.decode().splitlines()) == sorted(expected)
    queue = await scene.store.queue(T0)
    assert (queue.ready, queue.sending, queue.inbox) == (0, 0, 0)
