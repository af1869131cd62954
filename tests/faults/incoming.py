"""The inbound twin: people talk to a bot that dies, freezes and comes back all the time."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import aiohttp

from bot.coaching.records.nudge import FINAL
from tests.faults.ledger import ASTRAY, counted
from tests.faults.people import HOW_OFTEN
from tests.faults.platforms import SLACK, Crowd, Platform
from tests.faults.process import Process, answers, start, until
from tests.faults.seed import enrolled, filled, present
from tests.faults.town import Town
from tests.faults.weather import Weather

Say = Callable[[str], None]

TIMES = {"PITSTOP_LEASE_SECONDS": "4", "PITSTOP_SETTLE_SECONDS": "2"}
AT_ONCE = 24  # people who do something at the same time
HOW = {"KILL": 65, "TERM": 25, "STOP": 10}
LONGEST_STOP = 5.0  # seconds
LONGEST_END = 12.0  # seconds: ten for what is under way, and some for a busy machine
PATIENCE = 180.0  # seconds until everything that came in must be handled
IDLE = 8.0  # seconds after which the process is killed though little comes in
BLINDLY = 0.1  # share of deeds that do not wait until the bot is up


@dataclass(frozen=True, kw_only=True)
class Siege:
    """How much people do, and how often the bot dies meanwhile."""

    seed: int
    people: int
    each: int  # debriefs and nudges that everybody can answer
    requests: int
    kills: int
    platform: Platform = SLACK
    entry: tuple[str, ...] = ("-m", "bot")
    how: Mapping[str, int] = field(default_factory=lambda: HOW)
    how_often: Mapping[str, int] = field(default_factory=lambda: HOW_OFTEN)
    latency: float = 0.0  # seconds that the platform's answers take at most
    patience: float = PATIENCE


@dataclass(kw_only=True)
class Twin:
    """One siege of one town."""

    siege: Siege
    town: Town
    people: Crowd
    session: aiohttp.ClientSession
    log: Path
    say: Say
    chance: Random = field(init=False)
    killed: Counter[str] = field(default_factory=Counter)
    done: int = 0
    up: asyncio.Event = field(default_factory=asyncio.Event)
    unclean: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Draw what happens from the siege's seed."""
        self.chance = Random(self.siege.seed)

    async def run(self) -> None:
        """Let everybody act while the bot is killed again and again, then let it handle what is left."""
        async with asyncio.TaskGroup() as crowd:
            killer = crowd.create_task(self._one_after_another())
            for number in range(min(AT_ONCE, len(self.town.people))):
                crowd.create_task(self._act(number))
        process = killer.result()
        await self.people.settled()
        if not await until(lambda: not self._waiting(), seconds=self.siege.patience, every=0.2):
            self.unclean.append(f"{self._waiting()} things were not handled in the end")
        await process.terminate()

    async def _act(self, number: int) -> None:
        mine = self.town.people[number::AT_ONCE]
        while self.done < self.siege.requests:
            self.done += 1
            if self.chance.random() > BLINDLY:
                await self.up.wait()
            await self.people.one(self.chance.choice(mine))

    def _waiting(self) -> int:
        states = ", ".join(f"'{state}'" for state in FINAL)
        inbox = self.town.ask("SELECT count(*) FROM inbox WHERE state IN ('waiting', 'taken')")[0][0]
        ahead = f"SELECT count(*) FROM nudge WHERE kind = 'coach_word' AND state NOT IN ({states})"  # noqa: S608
        return int(inbox) + int(self.town.ask(ahead)[0][0])

    # --- the bot

    async def _one_after_another(self) -> Process:
        """Start it and end it, so many times; return the last one, which stays."""
        for _ in range(self.siege.kills):
            process = await self._start()
            await self._let_it_work(process)
            self.up.clear()
            await self._end(process)
            self.say(
                f"{sum(self.killed.values())} of {self.siege.kills} kills, "
                f"{self.done} of {self.siege.requests} deeds, {self.people.sender.good} acknowledged"
            )
        return await self._start()

    async def _start(self) -> Process:
        process = await start(self.town.environment(**TIMES), "serve", log=self.log, entry=self.siege.entry)
        await answers(self.session, f"{self.town.bot_url}/healthz", process)
        self.up.set()
        return process

    async def _let_it_work(self, process: Process) -> None:
        ahead = self.siege.kills - sum(self.killed.values())
        share = max(0, self.siege.requests - self.done) * min(0.6, self.chance.uniform(0.1, 1.5) / ahead)
        enough = self.people.sender.good + max(1, round(share))
        await until(lambda: not process.is_alive or self.people.sender.good >= enough, seconds=IDLE, every=0.002)
        await asyncio.sleep(self.chance.uniform(0, 0.05))

    async def _end(self, process: Process) -> None:
        if not process.is_alive:
            self.unclean.append(f"the bot ended by itself, code {await process.ended()}")
            return
        (how,) = self.chance.choices(list(self.siege.how), weights=list(self.siege.how.values()))
        self.killed[how] += 1
        if how == "TERM":
            seconds = await process.terminate()
            if seconds > LONGEST_END:
                self.unclean.append(f"it took {seconds:.0f} s to end")
        if how == "STOP":
            self.up.set()  # the platform does not know, and goes on bringing
            await process.hold(self.chance.uniform(0.5, LONGEST_STOP))
            await asyncio.sleep(self.chance.uniform(0, 1))
            self.up.clear()
        await process.kill()


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a siege did, and what came of it."""

    siege: Siege
    deeds: int
    acknowledged: int
    answers: Mapping[int, int]
    killed: Mapping[str, int]
    wrong: tuple[tuple[str, str], ...]
    dead: int
    unclean: tuple[str, ...]
    seconds: float

    def rows(self) -> list[tuple[str, object]]:
        """Return the table, line by line."""
        wrong = counted(self.wrong)
        statuses = ", ".join(f"{status or 'none'} {count}" for status, count in sorted(self.answers.items()))
        kills = ", ".join(f"{how} {count}" for how, count in sorted(self.killed.items()))
        return [
            ("seed", self.siege.seed),
            ("deeds of people", self.deeds),
            ("requests, by status", f"{sum(self.answers.values())} ({statuses})"),
            ("kills", f"{sum(self.killed.values())} ({kills})"),
            ("deeds acknowledged", self.acknowledged),
            ("acknowledged and lost", wrong.get("lost", 0) + wrong.get("words lost", 0)),
            ("in effect twice", wrong.get("doubled", 0)),
            ("not the last edit", wrong.get("not the last edit", 0)),
            ("deleted and still there", wrong.get("not deleted", 0)),
            *([] if self.siege.platform is SLACK else self._astray(wrong)),
            ("given up by the inbox", self.dead),
            ("seconds", f"{self.seconds:.0f}"),
        ]

    @staticmethod
    def _astray(wrong: Mapping[str, int]) -> list[tuple[str, object]]:
        """Words of a client that tells no time, first heard of under another id: whose later news is, nothing says."""
        return [
            (
                "first heard of under another id, changed or brought again late, no time told",
                sum(n for it, n in wrong.items() if _strays(it)),
            ),
            ("of these deleted and still there", wrong.get(f"{ASTRAY}not deleted", 0)),
        ]

    @property
    def problems(self) -> list[str]:
        """Everything that must not be, in words; at most a few of each."""
        dead = [f"{self.dead} given up by the inbox"] if self.dead else []
        wrong = [f"{kind}: {name}" for kind, name in self.wrong if not _strays(kind)]
        return [*wrong[:15], *dead, *self.unclean[:5]]


def _strays(kind: str) -> bool:
    return kind.startswith(ASTRAY)


async def besiege(siege: Siege, folder: Path, say: Say) -> Report:
    """Let a siege pass over a new town, and report."""
    begin = time.monotonic()
    weather = Weather(chance=Random(siege.seed + 2), rate=0.0, longest=siege.latency)
    opened = siege.platform.town(folder, people=siege.people, weather=weather)
    async with opened as place, _session() as session:
        people = siege.platform.crowd(place, session, Random(siege.seed + 1), siege.how_often)
        await filled(place, enrolled(place, present()), people.sent(siege.each))
        twin = Twin(siege=siege, town=place, people=people, session=session, log=folder / "serve.log", say=say)
        await twin.run()
        twice = [("doubled", name) for name in people.twice()]
        return Report(
            siege=siege,
            deeds=twin.done,
            acknowledged=people.ledger.acknowledged(),
            answers=people.sender.answers,
            killed=twin.killed,
            wrong=(*people.ledger.problems(place), *twice),
            dead=place.ask("SELECT count(*) FROM inbox WHERE state = 'dead'")[0][0],
            unclean=tuple(twin.unclean),
            seconds=time.monotonic() - begin,
        )


@asynccontextmanager
async def _session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        yield session
