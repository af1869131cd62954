"""A platform at the port, whose history says what really stands there, and people who are owed a message."""

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, cast

from bot.chat.port import (
    TOO_LATE,
    Message,
    MessageRef,
    Outcome,
    Place,
    RetryAfter,
    Sent,
    Undeliverable,
)
from bot.coaching.records.nudge import Nudge, NudgeState
from bot.coaching.records.workspace import Workspace
from bot.flows.ports import Ports
from bot.runtime.public_holidays import holidays_in
from bot.store.port import Record, Store
from bot.store.sqlite import open_store
from tests.conftest import shipped_words
from tests.store.scene import a_cohort, a_member, a_nudge, a_workspace, an_enrollment

T0 = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)  # a Tuesday, ten in Amsterdam


@dataclass
class HandClock:
    """A clock that stands where it was put."""

    at: datetime = T0

    def now(self) -> datetime:
        """Return where it stands."""
        return self.at

    def go(self, **span: float) -> datetime:
        """Go on by a span."""
        self.at += timedelta(**span)
        return self.at


@dataclass
class FakeChat:
    """Takes messages as it is told to, and remembers which really stand where."""

    clock: HandClock
    answer: Callable[[Place, Message], Awaitable[Outcome | None]] | None = None  # None: it takes it
    opening: Callable[[], Awaitable[None]] | None = None  # what happens while a conversation is opened
    looking: Callable[[], Awaitable[None]] | None = None  # and while a history is read
    shown: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # conversation to keys
    calls: list[str] = field(default_factory=list)  # the key of each message it was asked to post
    open_calls: Counter[str] = field(default_factory=Counter)  # by workspace
    most_open: Counter[str] = field(default_factory=Counter)
    can_look: bool = True
    looks: int = 0
    most_looks: int = 0
    numbers: Any = field(default_factory=lambda: count(1))

    async def send(self, place: Place, message: Message, *, by: float | None = None) -> Outcome:
        """Post a message, or whatever it was told to do."""
        if by is not None and asyncio.get_running_loop().time() >= by:
            return RetryAfter(seconds=0, error=TOO_LATE)
        assert message.key is not None
        self.calls.append(message.key)
        self.open_calls[place.workspace] += 1
        self.most_open[place.workspace] = max(self.most_open[place.workspace], self.open_calls[place.workspace])
        self.most_open["all"] = max(self.most_open["all"], self.open_calls.total())
        try:
            outcome = await self.answer(place, message) if self.answer else None
        finally:
            self.open_calls[place.workspace] -= 1
        return self.take(place, message) if outcome is None else outcome

    def take(self, place: Place, message: Message) -> Sent:
        """Let it stand there."""
        assert message.key is not None
        self.shown[place.conversation].append(message.key)
        ref = MessageRef(
            workspace=place.workspace, conversation=place.conversation, message=f"{message.key}.{next(self.numbers)}"
        )
        return Sent(ref=ref)

    def looks_back(self, workspace: str) -> bool:
        """Return whether what stands somewhere can be read."""
        del workspace
        return self.can_look

    async def find(self, place: Place, key: str, *, since: datetime) -> MessageRef | None:
        """Look into what stands there."""
        del since
        self.looks += 1
        self.most_looks = max(self.most_looks, self.looks)
        try:
            if self.looking:
                await self.looking()
        finally:
            self.looks -= 1
        if key not in self.shown[place.conversation]:
            return None
        return MessageRef(workspace=place.workspace, conversation=place.conversation, message=f"{key}.found")

    def moment_of(self, ref: MessageRef) -> None:
        """Return that no id tells when a message was posted."""
        del ref

    async def open_direct(self, workspace: str, person: str, *, anew: bool = False) -> str | Undeliverable | RetryAfter:
        """Return the conversation with a person."""
        del workspace, anew
        if self.opening:
            await self.opening()
        return f"D-{person}"

    def times(self, key: str) -> int:
        """Return how often a message stands anywhere."""
        return sum(keys.count(key) for keys in self.shown.values())


class Amid:
    """The store, in the midst of whose answers something else happens."""

    def __init__(self, store: Store, **instead: Callable[..., Awaitable[Any]]) -> None:
        """Let some of its questions be answered by something else."""
        self._store = store
        self._instead = instead

    def __getattr__(self, name: str) -> Any:
        return self._instead.get(name) or getattr(self._store, name)


def ports_of(store: Store | Amid, chat: Any, clock: HandClock, **changes: Any) -> Ports:
    """Return the real ports around a fake platform."""
    numbers = count(1)
    ports = Ports(
        store=cast(Store, store),
        chat=chat,
        words=shipped_words(),
        clock=clock,
        holidays=holidays_in,
        countries=(),
        new_id=lambda: f"new-{next(numbers)}",
        chance=random.Random(1).random,
        operator="",
    )
    return replace(ports, **changes)


def people(workspace: str, names: Sequence[str], **changes: Any) -> list[Record]:
    """Return a workspace with a cohort of these people, each of whom an experiment is ready for."""
    records: list[Record] = [
        a_workspace(workspace),
        a_cohort(f"c-{workspace}", workspace=workspace, journey="twelve-weeks", started_by=names[0]),
    ]
    for name in names:
        run = {"workspace": workspace, "cohort": f"c-{workspace}"}
        records.append(a_member(name, workspace=workspace, direct=f"D-U-{name}"))
        records.append(an_enrollment(name, **run))
        records.append(experiment(name, **run, **changes))
    return records


def experiment(name: str, **changes: Any) -> Nudge:
    """Return the experiment that is ready for a person of that name; its id is n-<name>."""
    nudge = a_nudge(f"n-{name}", name, prompt="people-before-systems/nudge", item="people-before-systems")
    ready = replace(nudge, state=NudgeState.READY, due_at=T0, expires_at=T0 + timedelta(hours=4))
    return replace(ready, **changes)


def several(prefix: str, number: int) -> list[str]:
    """Return so many names."""
    return [f"{prefix}{each:03}" for each in range(number)]


async def row(store: Store, name: str) -> Nudge:
    """Return a person's experiment as it is now, in whichever workspace."""
    found = [await store.nudge(each.id, f"n-{name}") for each in await store.workspaces()]
    [own] = [each for each in found if each]
    return own


async def states(store: Store, names: Sequence[str]) -> Counter[NudgeState]:
    """Return how many of these people's experiments are in which state."""
    return Counter([(await row(store, name)).state for name in names])


async def change_workspace(store: Store, workspace: str, **changes: Any) -> None:
    """Change a workspace behind everybody's back."""
    found = await store.workspace(workspace)
    assert isinstance(found, Workspace)
    await store.save(replace(found, **changes))


def file_in(folder: Path) -> Store:
    """Return one more store on the file of a folder, as another process would open it."""
    return open_store(folder / "pitstop.db")
