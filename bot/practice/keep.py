"""Keeps the world in a file beside the database, so that a restart finds everything again."""

import asyncio
import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.practice.slack.world import Conversation, File, Json, Kind, Person, Post, ReplyAddress, View, World

FORMAT = 1
DEBOUNCE = 0.5  # seconds


class UnreadableError(Exception):
    """The file is not a practice world of this version."""


class Keep:
    """Writes at most once in a while, and always the whole world or nothing."""

    def __init__(self, path: Path, snapshot: Callable[[], Json]) -> None:
        """Keep what `snapshot` returns in a file."""
        self._path = path
        self._snapshot = snapshot
        self._task: asyncio.Task[None] | None = None
        self._is_new = False  # something is not written yet
        self._hurry = asyncio.Event()

    def load(self) -> Json | None:
        """Return what was kept, or None when nothing was; raises UnreadableError."""
        if not self._path.exists():
            return None
        try:
            kept: Json = json.loads(self._path.read_text("utf-8"))
            if kept["format"] != FORMAT:
                raise UnreadableError(f"{self._path} is of another version: remove it to begin anew.")
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableError(f"{self._path} is not a practice world: remove it to begin anew.") from error
        return kept

    def soon(self) -> None:
        """Write within a moment."""
        self._is_new = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._later())

    async def at_once(self) -> None:
        """Write now what is not written yet."""
        self._hurry.set()
        self.soon()
        if self._task is not None:
            await self._task
        self._hurry.clear()

    async def _later(self) -> None:
        while self._is_new:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(DEBOUNCE):
                    await self._hurry.wait()
            self._is_new = False
            await asyncio.to_thread(_write, self._path, self._snapshot())


def _write(path: Path, kept: Json) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(kept, file, ensure_ascii=False, separators=(",", ":"))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def to_json(world: World, *, ahead: timedelta, version: int) -> Json:
    """Return the world as values that JSON knows, without copying what never changes."""
    return {
        "format": FORMAT,
        "ahead": ahead.total_seconds(),
        "version": version,
        "last_micros": world.last_micros,
        "is_installed": world.is_installed,
        "is_token_good": world.is_token_good,
        "people": [values_of(person) for person in world.people.values()],
        "conversations": [values_of(conversation) for conversation in world.conversations.values()],
        "posts": [values_of(post) for posts in world.posts.values() for post in posts.values()],
        "files": [values_of(file) for file in world.files.values()],
        "homes": [values_of(view) for view in world.homes.values()],
        "modals": [values_of(view) for stack in world.modals.values() for view in stack],
        "elsewhere": [values_of(view) for stack in world.elsewhere.values() for view in stack],
        "addresses": [values_of(address) for address in world.addresses.values()],
        "read": {person: dict(read) for person, read in world.read.items()},
    }


def from_json(kept: Json) -> World:
    """Return the world that was kept; raises UnreadableError."""
    try:
        return _world(kept)
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableError("What was kept is not a practice world: remove it to begin anew.") from error


def _world(kept: Json) -> World:
    world = World()
    world.last_micros = kept["last_micros"]
    world.is_installed = kept["is_installed"]
    world.is_token_good = kept["is_token_good"]
    world.read = kept["read"]
    world.add(*(Person(**row) for row in kept["people"]))
    for row in kept["conversations"]:
        world.add(Conversation(**{**row, "kind": Kind(row["kind"]), "members": tuple(row["members"])}))
    for row in kept["posts"]:
        world.put(Post(**{**row, "blocks": tuple(row["blocks"]), "files": tuple(row["files"])}))
    world.files = {row["id"]: File(**row) for row in kept["files"]}
    world.homes = {row["user"]: View(**row) for row in kept["homes"]}
    for row in kept["modals"]:
        world.modals[row["user"]] = (*world.modals.get(row["user"], ()), View(**row))
    for row in kept.get("elsewhere", ()):
        world.elsewhere[row["user"]] = (*world.elsewhere.get(row["user"], ()), View(**row))
    world.addresses = {row["id"]: ReplyAddress(**row) for row in kept["addresses"]}
    return world


def values_of(record: Any) -> Json:
    """Return a record's values by name."""
    return {each.name: getattr(record, each.name) for each in fields(record)}
