"""What many dialogues begin with: lived once in a run of the tests, and put there by a copy afterwards."""

import pickle
import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from functools import wraps
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from bot.store.sqlite.file.location import home_of
from bot.store.sqlite.file.open import begin_list_anew, file_of, open_store

if TYPE_CHECKING:
    from tests.conftest import World

P = ParamSpec("P")
Live = Callable[Concatenate["World", P], Awaitable[Any]]


def remembered(live: Live[P]) -> Live[P]:
    """Let a beginning be lived over HTTP the first time, and be copied where it comes again in a new world.

    Copied are the database, what the practice platforms hold, the time, what went over the line, what the driver has
    seen, and what the beginning returned. What the bot holds in memory alone is as after a start.
    """

    @wraps(live)
    async def lived(world: "World", *given: P.args, **named: P.kwargs) -> Any:
        if world.beginnings is None or not await _is_new(world):
            return await live(world, *given, **named)
        how = repr((live.__module__, live.__qualname__, world.driver.platform, given, sorted(named.items())))
        copy = world.beginnings / sha256(how.encode()).hexdigest()
        if copy.exists():
            return await _put_there(world, copy)
        answer = await live(world, *given, **named)
        await _keep(world, copy, answer)
        return answer

    return lived


async def _is_new(world: "World") -> bool:
    """Tell whether nobody did anything yet, and nothing is prepared to go another way."""
    if (
        world.driver.has_acted
        or world.bot.ports is not world.made_with
        or any(world.line.faults.values())
        or world.line.with_words
    ):
        return False
    return not await world.bot.ports.store.workspaces()


async def _keep(world: "World", copy: Path, answer: Any) -> None:
    """Write down how a world is, whole or not at all: other processes of the run look too."""
    made = Path(mkdtemp(dir=copy.parent))
    await world.bot.inbox.drained()
    async with world.bot.ticker.resting():
        file = file_of(world.database_url)
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(made / file.name)) as target:
            source.backup(target)
        for beside in _keys(file):
            shutil.copy(beside, made / beside.name)
        told = (answer, world.practice.clock.now(), [each.site.world for each in world.sides], world.driver.seen())
        (made / "told").write_bytes(pickle.dumps((*told, world.line.calls, world.url)))
    _publish(made, copy)


def _keys(file: Path) -> tuple[Path, ...]:
    """Return what opens a database."""
    home = home_of(file)
    return home.keys, home.secret


def _publish(made: Path, copy: Path) -> None:
    try:
        made.rename(copy)
    except OSError:  # another process was first
        shutil.rmtree(made)


async def _put_there(world: "World", copy: Path) -> Any:
    """Put a world in the place of one in which nothing happened; return what its beginning returned."""
    answer, now, worlds, seen, calls, url = pickle.loads((copy / "told").read_bytes())  # noqa: S301 - written above
    async with world.bot.ticker.resting():
        await world.bot.ports.store.close()
        file = file_of(world.database_url)
        for each in (file, *_keys(file)):
            shutil.copy(copy / each.name, each)
        _move(file, url, world.url)
        begin_list_anew(file)
        world.bot.ports = replace(world.bot.ports, store=open_store(world.database_url))
        await world.bot.workspaces.learn()
        world.practice.clock.set(now)
        for side, each in zip(world.sides, worlds, strict=True):
            side.site.world = each
    world.driver.take_up(seen)
    world.line.calls[:] = calls
    for side in world.sides:
        side.changed()
    return answer


def _move(file: Path, old: str, new: str) -> None:
    """Let everybody be reached where the practice platforms are now."""
    with closing(sqlite3.connect(file)) as copy, copy:
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute("UPDATE reach SET address = replace(address, ?, ?)", (old, new))
