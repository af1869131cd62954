"""A process that is killed again and again, each time some steps later.

Run as `python -m tests.store.file.dying STRIDE migrate|restore|delete|erase|begin|forget|rotate …`: it forks a child
for each point, and kills it there with SIGKILL: before a statement, or before a file is copied, moved or removed.
"""

import asyncio
import os
import shutil
import signal
import sqlite3
import sys
import threading
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from bot.store.port import Store
from bot.store.port.inbox import Arrival
from bot.store.sqlite import open_store as open_encrypted
from bot.store.sqlite.file.keys import rotate_keys
from bot.store.sqlite.file.restore import restore
from bot.store.sqlite.queries import named
from tests.store.scene import a_reply, cast
from tests.unlocked import open_plain as open_store

FILE_EVENTS = frozenset({"os.rename", "os.remove", "os.utime", "shutil.copyfile"})
SECRET = "n" * 40
MOMENT = datetime(2026, 1, 13, 9, 0, tzinfo=UTC)


class Fate:
    """Counts what the process does, and ends it at its point."""

    def __init__(self, point: int) -> None:
        """Take the number of the step that is never taken."""
        self._left = point

    def step(self) -> None:
        """Take one step, or die."""
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1

    def move(self, event: str, _: tuple[object, ...]) -> None:
        """Follow every file that moves."""
        if event in FILE_EVENTS:
            self.step()

    def call(self, _: FrameType, event: str, called: object) -> None:
        """Follow every statement, and every few pages that are copied."""
        if event == "c_call" and isinstance(getattr(called, "__self__", None), sqlite3.Connection):
            self.step()


def die_at(point: int, work: Callable[[], object]) -> bool:
    """Do the work in a child that dies at a point; False when it was done before it came there."""
    child = os.fork()
    if not child:
        fate = Fate(point)
        sys.addaudithook(fate.move)
        threading.setprofile(fate.call)  # the thread that writes
        sys.setprofile(fate.call)
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0, f"it failed by itself before point {point}"
    return False


def migrate(stride: int, start: Path, folder: Path, schema: Path) -> None:
    """Open a copy of a file in a folder of its own for each point."""
    point, died = 0, True
    while died:
        place = folder / f"{point:04}"
        place.mkdir()
        if start.exists():
            for side in ("", ".keys", ".secret"):
                shutil.copy(f"{start}{side}", place / f"pitstop.db{side}")
        died = die_at(point, lambda place=place: open_store(place / "pitstop.db", schema=schema))  # type: ignore[misc]
        point += stride


def bring_back(stride: int, home: Path, copy: str, folder: Path) -> None:
    """Restore in a copy of a whole folder for each point."""
    point, died = 0, True
    while died:
        place = folder / f"{point:04}"
        shutil.copytree(home, place)
        died = die_at(point, lambda place=place: restore(place / copy, place / "pitstop.db", MOMENT))  # type: ignore[misc]
        point += stride


async def delete(store: Store) -> None:
    """Delete the reply that stands in the file."""
    reply = await store.reply("w", "r")
    assert reply is not None
    await store.save(replace(reply, text=None, deleted_at=MOMENT))


async def erase(store: Store) -> None:
    """Erase who wrote it."""
    await store.erase("w", "anna", at=MOMENT, audit_id="e")


def let_go(stride: int, home: Path, folder: Path, deed: Callable[[Store], Awaitable[None]]) -> None:
    """Open a copy of a whole folder for each point, let words go, and close it, which scrubs what is still owed."""

    async def life(file: Path) -> None:
        store = open_store(file)
        await deed(store)
        await store.close()

    point, died = 0, True
    while died:
        place = folder / f"{point:04}"
        shutil.copytree(home, place)
        died = die_at(point, lambda place=place: asyncio.run(life(place / "pitstop.db")))  # type: ignore[misc]
        point += stride


async def begin(file: Path) -> None:
    """Make a file, and let somebody new say something."""
    store = open_encrypted(file)
    await store.save(*cast())
    arrival = Arrival(id="a", workspace="w", platform="slack", lane="U-anna", body="first words", at=MOMENT)
    await store.arrive(arrival, lease_until=MOMENT)
    await store.save(a_reply("r", text="first words"))
    await store.close()


async def forget(file: Path) -> None:
    """Erase whose words stand in the file."""
    store = open_encrypted(file)
    await erase(store)
    await store.close()


async def rotate(file: Path) -> None:
    """Wrap the keys by another secret, beside the one of its own."""
    rotate_keys(file, keystore=None, secrets=[SECRET], progress=lambda *_: None)


KEYS = {"begin": begin, "forget": forget, "rotate": rotate}


def keep_keys(stride: int, home: Path, folder: Path, deed: Callable[[Path], Awaitable[None]]) -> None:
    """Do something with the keys of a copy of a whole folder for each point."""
    point, died = 0, True
    while died:
        place = folder / f"{point:04}"
        shutil.copytree(home, place)
        died = die_at(point, lambda place=place: asyncio.run(deed(place / "pitstop.db")))  # type: ignore[misc]
        point += stride


if __name__ == "__main__":
    named()
    stride, what, *places = sys.argv[1:]
    if what == "migrate":
        migrate(int(stride), *map(Path, places))
    elif what == "restore":
        bring_back(int(stride), Path(places[0]), places[1], Path(places[2]))
    elif what in KEYS:
        keep_keys(int(stride), Path(places[0]), Path(places[1]), KEYS[what])
    else:
        let_go(int(stride), Path(places[0]), Path(places[1]), {"delete": delete, "erase": erase}[what])
