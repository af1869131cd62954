"""Words that are not kept pass through the file on their way: of whatever came of them, it is written anew."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.store.sqlite.file.scrub import MARK, scrub
from tests.conftest import World
from tests.flows.replies.test_not_kept import CRIED, TEAMS, at_home
from tests.flows.replies.test_share import WORDS, typed
from tests.store.file.test_scrub import Bytes
from tests.unlocked import open_plain

NOON = "2026-01-27T12:00"
NEWER = "she wept for hours"


class File:
    """The database of a running bot, as whoever copies it would read it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._path = Path(world.database_url.removeprefix("sqlite:///"))
        self._bytes = Bytes()

    def holds(self, words: str) -> bool:
        """Return whether the words stand anywhere in the file or its log, used or not."""
        return bool(self._bytes.sides(self._path, words))

    async def written_anew(self) -> None:
        """Let go of all that was deleted until now; nothing is owed after that."""
        await self._world.settle()
        with closing(sqlite3.connect(self._path, isolation_level=None)) as other, other:
            assert not scrub(other)
            other.execute("DELETE FROM installation_mark WHERE name = ?", [MARK])

    async def keeps(self, words: str) -> bool:
        """Return whether the words stay: they stand there, and nothing is owed that would take them away."""
        await self._world.settle()
        return self.holds(words) and await self._world.bot.ports.store.mark(MARK) is None

    def close(self) -> None:
        self._bytes.close()


@pytest.fixture
async def file(world: World) -> AsyncIterator[File]:
    ports = world.bot.ports
    async with world.bot.ticker.resting():  # from here on words stand there as they are said, so that they can be found
        await ports.store.close()
        world.bot.ports = replace(ports, store=open_plain(world.database_url))
    file = File(world)
    yield file
    file.close()


@TEAMS
async def test_of_words_that_a_late_button_brought_nothing_stays(world: World, file: File) -> None:
    await at_home(world)
    await world.do("Sanne", f"say {CRIED}")
    await world.driver.travel("2026-01-27T15:00")
    await file.written_anew()
    assert not file.holds(CRIED)
    await world.click("Sanne", "unkept.keep")
    assert not await file.keeps(CRIED)


async def test_of_a_change_of_words_that_were_not_kept_nothing_stays(world: World, file: File) -> None:
    await at_home(world)
    said = await world.driver.say("Sanne", "dm", CRIED)
    await world.driver.travel(NOON)
    await file.written_anew()
    assert not file.holds(CRIED)
    await world.driver.edit("Sanne", "dm", said, NEWER)
    assert not await file.keeps(NEWER)
    assert not await file.keeps(CRIED)


async def test_of_a_deletion_of_words_that_were_not_kept_nothing_stays(world: World, file: File) -> None:
    await at_home(world)
    said = await world.driver.say("Sanne", "dm", CRIED)
    await world.driver.travel(NOON)
    await file.written_anew()
    await world.driver.delete("Sanne", "dm", said)
    assert not await file.keeps(CRIED)


async def test_of_a_change_by_who_left_nothing_stays(world: World, file: File) -> None:
    await typed(world)
    await world.driver.command("Sanne", "dm", "leave")
    said = await world.driver.say("Sanne", "dm", "after all this")
    await file.written_anew()
    await world.driver.edit("Sanne", "dm", said, NEWER)
    assert not await file.keeps(NEWER)


async def test_of_words_deleted_here_and_then_in_the_chat_nothing_stays(world: World, file: File) -> None:
    await typed(world)
    said = next(each for each in await world.direct("Sanne") if WORDS in world.driver.texts(each))
    await world.click("Sanne", "reply.delete")
    await file.written_anew()
    assert not file.holds(WORDS)
    await world.driver.edit("Sanne", "dm", said["ts"], NEWER)
    await world.driver.delete("Sanne", "dm", said["ts"])
    assert not await file.keeps(NEWER)
    assert not await file.keeps(WORDS)


async def test_of_a_form_that_is_refused_after_leaving_nothing_stays(world: World, file: File) -> None:
    await typed(world)
    await world.click("Sanne", "reply.change")
    await world.driver.command("Sanne", "dm", "leave")
    await file.written_anew()
    assert await world.fill("Sanne", text=NEWER) != {}
    assert not await file.keeps(NEWER)
