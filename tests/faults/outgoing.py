"""The loop: workers die, freeze and come back in the midst of a burst, while the line to the platform is bad."""

import asyncio
import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import FINAL, NudgeState
from bot.store.port import Store, StoreError
from bot.store.sqlite.file.open import open_store
from tests.faults.audit import Doorkeeper, Outcome, outcome
from tests.faults.platforms import SLACK, Platform
from tests.faults.process import Process, start, until
from tests.faults.seed import Wanted, agenda, enrolled, filled, present
from tests.faults.town import Town
from tests.faults.weather import RATE, Weather

LEASE, SETTLE, HISTORY_LAG = 4, 4, 2.0  # seconds
LONGEST_END = 12.0  # seconds: ten for what is under way, and some for a busy machine
PATIENCE = 240.0  # seconds until everything must have come to its end once the killing is over
NOTHING_LEFT = 3.0  # seconds until a worker with nothing to send is killed
IDLE = 20.0  # seconds after which a worker is killed though it sends nothing: a lease and a doubt may have to end first
HOW = {"KILL": 60, "TERM": 25, "STOP": 15}  # out of a hundred

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Storm:
    """How much, how bad, and with which seed."""

    seed: int
    people: int
    wanted: Wanted
    kills: int
    platform: Platform = SLACK
    leavers: int = 0
    workers: int = 2
    rate: float = RATE
    latency: float = 0.06  # seconds that a good answer takes at most
    lease: int = LEASE
    settle: int = SETTLE
    history_lag: float = HISTORY_LAG
    how: Mapping[str, int] = field(default_factory=lambda: HOW)
    entry: tuple[str, ...] = ("-m", "bot")
    patience: float = PATIENCE
    is_watched: bool = False  # by one more worker, which nobody kills
    clears_up: bool = False  # the line is good once the killing is over
    is_enough: Callable[[Town], bool] = lambda _: False  # ends it before everything came to its end


@dataclass(kw_only=True)
class Loop:
    """One storm over one town."""

    storm: Storm
    town: Town
    doorkeeper: Doorkeeper
    log: Path
    say: Say
    chance: Random = field(init=False)
    killed: Counter[str] = field(default_factory=Counter)
    begun: int = 0  # kills that are decided on
    slowest_end: float = 0.0
    turned_away: int = 0  # workers that could not open the file because one that was held had it
    held_at: float = float("-inf")
    unclean: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw what happens from the storm's seed."""
        self.chance = Random(self.storm.seed)

    async def run(self) -> None:
        """Let it rage, then let everything come to its end."""
        beside = asyncio.gather(self._let_people_leave(), self._let_chats_go())
        watcher = await self._start(self.storm.workers) if self.storm.is_watched else None
        async with asyncio.TaskGroup() as workers:
            for number in range(self.storm.workers):
                workers.create_task(self._one_after_another(number))
        await beside
        if self.storm.clears_up:
            self.town.weather.rate = 0.0
        worker = watcher or await self._start(0)
        if not await until(self._is_over, seconds=self.storm.patience, every=0.1):
            self.say("not everything came to its end")
        await self._terminate(worker)

    def _is_over(self) -> bool:
        return not self._unfinished() or self.storm.is_enough(self.town)

    def _unfinished(self) -> int:
        states = ", ".join(f"'{state}'" for state in FINAL)
        return int(self.town.ask(f"SELECT count(*) FROM nudge WHERE state NOT IN ({states})")[0][0])  # noqa: S608

    # --- workers

    async def _start(self, number: int) -> Process:
        times = {"PITSTOP_LEASE_SECONDS": str(self.storm.lease), "PITSTOP_SETTLE_SECONDS": str(self.storm.settle)}
        environment = self.town.environment(**times)
        return await start(environment, "worker", log=self.log.with_suffix(f".{number}"), entry=self.storm.entry)

    async def _one_after_another(self, number: int) -> None:
        while self.begun < self.storm.kills:
            self.begun += 1
            worker = await self._start(number)
            try:
                await self._let_it_work(worker)
                await self._end(worker)
            finally:
                if worker.is_alive:
                    await worker.kill()
            self.say(f"{sum(self.killed.values())} of {self.storm.kills} kills, {self._unfinished()} messages to go")

    async def _let_it_work(self, worker: Process) -> None:
        """Wait until it is in the midst of its work."""
        ahead = max(1, self.storm.kills - sum(self.killed.values()))
        left = self._unfinished()
        share = left * min(0.6, self.chance.uniform(0.1, 1.5) / ahead)
        calls, posting = self.town.weather.calls, self.town.posting
        enough = calls[posting] + max(1, round(share))
        await until(lambda: not worker.is_alive or calls[posting] >= enough, seconds=IDLE if left else NOTHING_LEFT)
        await asyncio.sleep(self.chance.uniform(0, 0.1))

    async def _end(self, worker: Process) -> None:
        if not worker.is_alive:
            await self._ended_by_itself(worker)
            return
        (how,) = self.chance.choices(list(self.storm.how), weights=list(self.storm.how.values()))
        self.killed[how] += 1
        if how == "TERM":
            await self._terminate(worker)
            return
        if how == "STOP":
            self.held_at = time.monotonic()
            await worker.hold(self.storm.lease + self.storm.settle + self.chance.uniform(0.5, 2))
            await asyncio.sleep(self.chance.uniform(0.2, 1.5))  # what would it do now that its lease is over?
        await worker.kill()

    async def _ended_by_itself(self, worker: Process) -> None:
        code = await worker.ended()
        if code == 1 and time.monotonic() - self.held_at < IDLE:
            self.turned_away += 1
        else:
            self.unclean.append(f"a worker ended by itself, code {code}")

    async def _terminate(self, worker: Process) -> None:
        seconds = await worker.terminate()
        self.slowest_end = max(self.slowest_end, seconds)
        if seconds > LONGEST_END:
            self.unclean.append(f"a worker took {seconds:.0f} s to end")
            await worker.kill()
        elif (code := await worker.ended()) not in (0, -signal.SIGTERM):  # told so before it could listen to it
            self.unclean.append(f"a worker that was told to end did so with code {code}")

    # --- people

    async def _let_people_leave(self) -> None:
        """Let some people leave while their messages are on the way."""
        names = self.chance.sample(self.town.people, self.storm.leavers)
        while names and self.begun < self.storm.kills:
            share = sum(self.killed.values()) / max(1, self.storm.kills)
            if len(names) > self.storm.leavers * (1 - share):
                await self._leave(names.pop())
            await asyncio.sleep(0.1)

    async def _let_chats_go(self) -> None:
        """Let chats be removed while messages are on the way to them."""
        chance = Random(self.storm.seed + 2)
        while self.begun < self.storm.kills:
            self.town.let_go(chance.choice(self.town.people))
            await asyncio.sleep(chance.uniform(0.2, 1.0))

    async def _leave(self, person: str) -> None:
        left = False
        while not left:
            # One of the rows moved on meanwhile, or a worker that is held holds the file.
            with suppress(StoreError):
                store = await asyncio.to_thread(open_store, self.town.file)
                try:
                    left = await self._left(store, person)
                finally:
                    await store.close()

    async def _left(self, store: Store, person: str) -> bool:
        (workspace,) = await store.workspaces()
        (run,) = await store.enrollments_of(workspace.id, person)
        rows = [
            replace(row, state=NudgeState.CANCELLED, reason="left")
            for row in await store.nudges_of(run.workspace, run.id)
            if row.state in (NudgeState.PLANNED, NudgeState.READY)
        ]
        await store.save(replace(run, state=EnrollmentState.LEFT, ended_at=present()), *rows)
        self.doorkeeper.left[run.id] = present()
        return True


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a storm did, and what came of it."""

    storm: Storm
    outcome: Outcome
    killed: Mapping[str, int]
    faults: Mapping[str, int]
    calls: int
    slowest_end: float  # seconds from SIGTERM to the end
    turned_away: int
    unclean: tuple[str, ...]
    seconds: float

    def rows(self) -> list[tuple[str, object]]:
        """Return the table, line by line."""
        end = self.outcome
        return [
            ("seed", self.storm.seed),
            ("messages", sum(end.states.values())),
            ("kills", _counted(self.killed)),
            ("faults", _counted(self.faults)),
            (f"calls to {self.storm.platform.name}", self.calls),
            *(self._with_a_look() if end.looks_back else self._without()),
            *((str(state), end.states.get(state, 0)) for state in ("sent", "dead", "expired", "cancelled")),
            ("most attempts", end.most_attempts),
            ("slowest end after TERM (s)", f"{self.slowest_end:.1f}"),
            ("workers that could not open a file held by a frozen one", self.turned_away),
            ("seconds", f"{self.seconds:.0f}"),
        ]

    def _with_a_look(self) -> list[tuple[str, object]]:
        end = self.outcome
        return [
            ("lost", len(end.lost)),
            ("doubled", len(end.doubled)),
            ("given up and there all the same", len(end.misjudged)),
            ("other invariants broken", len(end.wrong)),
            ("in doubt, found in the history", end.found),
            ("in doubt, sent again", end.resent),
        ]

    def _without(self) -> list[tuple[str, object]]:
        """Where nothing can be looked up, a message in doubt may stand there twice, or be given up and stand there."""
        end = self.outcome
        return [
            ("lost", len(end.lost)),
            ("there twice", len(end.twice)),
            ("of these in doubt, on the record", len(end.twice) - len(end.unexplained)),
            ("there three times or more", len(end.doubled)),
            ("given up and there all the same", len(end.misjudged)),
            ("of these twice", len(set(end.misjudged) & set(end.twice))),
            ("given up in doubt and not there", len(end.let_go)),
            ("other invariants broken", len(end.wrong)),
            ("in doubt", end.doubted),
            ("in doubt, sent again", end.resent),
        ]

    @property
    def problems(self) -> list[str]:
        """Everything that must not be, in words; at most a few of each."""
        end = self.outcome
        return [
            *(f"lost: {name}" for name in end.lost[:5]),
            *(f"more often there than may be: {name}" for name in end.doubled[:5]),
            *(f"there twice, and never in doubt: {name}" for name in end.unexplained[:5]),
            *(f"given up and there: {name}" for name in end.misjudged[:5] if end.looks_back),
            *end.wrong[:10],
            *self.unclean[:5],
        ]


def _counted(counts: Mapping[str, int]) -> str:
    each = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    return f"{sum(counts.values())} ({each})" if counts else "0"


async def rage(storm: Storm, folder: Path, say: Say) -> Report:
    """Let a storm pass over a new town, and report."""
    begin = time.monotonic()
    weather = Weather(chance=Random(storm.seed + 1), rate=storm.rate, longest=storm.latency)
    opened = storm.platform.town(folder, people=storm.people, weather=weather, history_lag=storm.history_lag)
    async with opened as place:
        weather.kinds = place.kinds(storm.lease)
        now = present()
        await filled(place, enrolled(place, now), agenda(place, storm.wanted, now))
        doorkeeper = Doorkeeper(town=place)
        weather.look = doorkeeper.look
        loop = Loop(storm=storm, town=place, doorkeeper=doorkeeper, log=folder / "worker.log", say=say)
        await loop.run()
        doorkeeper.close()
        return Report(
            storm=storm,
            outcome=outcome(place, doorkeeper),
            killed=loop.killed,
            faults=weather.seen,
            calls=sum(weather.calls.values()),
            slowest_end=loop.slowest_end,
            turned_away=loop.turned_away,
            unclean=tuple(loop.unclean),
            seconds=time.monotonic() - begin,
        )
