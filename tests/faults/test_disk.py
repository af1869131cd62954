"""A disk that is full, and a file that somebody else holds: a real process says so, loses nothing, and recovers."""

import asyncio
import resource
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import aiohttp
import pytest

from tests.faults.process import Process, answers, running, until
from tests.faults.seed import enrolled, filled, present
from tests.faults.slack_people import SlackPeople
from tests.faults.slack_sender import SlackSender
from tests.faults.slack_town import slack_town
from tests.faults.town import Town
from tests.faults.weather import calm
from tests.long_form import LONG

pytestmark = pytest.mark.faults

UNBOUND = resource.RLIM_INFINITY
SOON = 15.0  # seconds
WRITES_WAIT = 10.0  # seconds, for another process
HELD = 12.0 if LONG else 4.0


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A serving bot on a file, and somebody who speaks to it."""

    town: Town
    people: SlackPeople
    process: Process
    session: aiohttp.ClientSession
    texts: list[str] = field(default_factory=list)

    async def say(self) -> bool:
        """Say something new once; return whether it was acknowledged."""
        before = self.people.sender.good
        await self.people.one("U0P00000")
        await self.people.settled()
        return self.people.sender.good > before

    async def becomes(self, status: int) -> None:
        """Wait until /readyz has a status."""
        await answers(self.session, f"{self.town.bot_url}/readyz", self.process, status=status)

    async def all_is_well(self) -> None:
        """Check that everything acknowledged is there once, that nothing waits, and that the file is whole."""
        waiting = "SELECT 1 FROM inbox WHERE state IN ('waiting', 'taken')"
        assert await until(lambda: not self.town.ask(waiting), seconds=SOON, every=0.1)
        assert list(self.people.ledger.problems(self.town)) == []
        assert [tuple(row) for row in self.town.ask("PRAGMA integrity_check")] == [("ok",)]
        assert self.town.ask("PRAGMA foreign_key_check") == []


@asynccontextmanager
async def desk(folder: Path, file: Path | None = None) -> AsyncIterator[Desk]:
    """Serve a bot whose file is here, or there."""
    weather = calm()
    async with slack_town(folder, people=3, weather=weather, file=file) as place, aiohttp.ClientSession() as session:
        sender = SlackSender(session=session, address=f"{place.bot_url}/slack/events", retries=())
        people = SlackPeople(town=place, sender=sender, chance=Random(1), how_often={"say": 1})
        await filled(place, enrolled(place, present()), people.sent(1))
        async with running(place.environment(), "serve", log=folder / "serve.log") as process:
            await answers(session, f"{place.bot_url}/readyz", process)
            yield Desk(town=place, people=people, process=process, session=session)


async def no_word_is_taken_until(desk: Desk, there_is_room: Callable[[], None]) -> None:
    """While writing fails nothing is acknowledged and nothing is ready; once there is room, all goes on by itself."""
    assert [await desk.say() for _ in range(3)] == [False, False, False]
    await desk.becomes(503)
    assert desk.process.is_alive
    there_is_room()
    await desk.becomes(200)
    assert await desk.say()
    await desk.all_is_well()


async def test_a_file_that_cannot_grow_is_never_answered_with_200_and_recovers(tmp_path: Path) -> None:
    async with desk(tmp_path) as it:
        assert await it.say()
        await it.all_is_well()
        soft_and_hard = resource.prlimit(it.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(it.process.pid, resource.RLIMIT_FSIZE, (0, UNBOUND))
        await no_word_is_taken_until(
            it, lambda: void(resource.prlimit(it.process.pid, resource.RLIMIT_FSIZE, soft_and_hard))
        )


async def test_a_full_disk_is_never_answered_with_200_and_recovers(tmp_path: Path) -> None:
    with tiny_disk(tmp_path / "disk") as disk:
        async with desk(tmp_path, file=disk / "pitstop.db") as it:
            assert await it.say()
            await it.all_is_well()
            ballast = disk / "ballast"
            fill(ballast)
            while await it.say():  # what is free inside the write-ahead log is used up first
                fill(ballast)
            await no_word_is_taken_until(it, ballast.unlink)


async def test_a_file_that_another_process_holds_is_never_answered_with_200_and_recovers(tmp_path: Path) -> None:
    async with desk(tmp_path) as it:
        assert await it.say()
        with closing(sqlite3.connect(it.town.file, isolation_level=None, timeout=SOON)) as other:
            other.execute("BEGIN IMMEDIATE")
            it.people.sender.patience = 3 * HELD  # so that we hear it, though Slack would not
            held = asyncio.create_task(asyncio.sleep(HELD))
            while not held.done():
                assert not await it.say()
            other.execute("ROLLBACK")
        assert HELD < WRITES_WAIT or it.people.sender.answers[503]
        await it.becomes(200)
        assert await it.say()
        await it.all_is_well()


class tiny_disk:  # noqa: N801  # reads as a function
    """A disk of sixteen megabytes, mounted as long as the context lasts; skips where one may not mount."""

    def __init__(self, place: Path) -> None:
        """Mount it here."""
        self._place = place

    def __enter__(self) -> Path:
        """Mount it."""
        self._place.mkdir()
        asked = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(self._place)]
        try:
            mounted = subprocess.run(asked, capture_output=True, check=False).returncode == 0
        except OSError:
            mounted = False
        if not mounted:
            pytest.skip("this user may not mount a disk")
        return self._place

    def __exit__(self, *_: object) -> None:
        """Take it away."""
        subprocess.run(["umount", "--lazy", str(self._place)], capture_output=True, check=False)


def fill(ballast: Path) -> None:
    """Put something on the disk until it is full."""
    with ballast.open("ab", buffering=0) as file:
        for size in (65_536, 4_096, 512, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue


def void(_: object) -> None:
    """Let go of a value."""
