"""What the interfaces of a practice platform and its page work on together: a world, in its time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from bot.practice.keep import Keep
from bot.practice.pages.changes import Changes
from bot.practice.policy import Policy
from bot.practice.slack.world import Json
from bot.practice.time.clock import TravelClock

W = TypeVar("W")
W_contra = TypeVar("W_contra", contravariant=True)


class Written(Protocol[W_contra]):
    """Puts a world down as values that JSON knows."""

    def __call__(self, world: W_contra, *, ahead: timedelta, version: int) -> Json:
        """Return the world with its time and its version."""
        ...


@dataclass(kw_only=True)
class Place(Generic[W]):
    """A world with its clock, who looks at it, and the file that keeps it."""

    world: W
    clock: TravelClock
    changes: Changes = field(default_factory=Changes)
    keep: Keep | None = None
    policy: Policy = field(default_factory=Policy)

    def now(self) -> datetime:
        """Return the present moment in this world."""
        return self.clock.now()

    def changed(self) -> None:
        """Tell who looks, and keep it."""
        self.changes.ring()
        if self.keep:
            self.keep.soon()

    def keep_in(self, path: Path, written: Written[W], read: Callable[[Json], W]) -> None:
        """Keep it in a file from now on, and go on from what stands there; raises UnreadableError."""
        self.keep = Keep(path, lambda: written(self.world, ahead=self.clock.ahead, version=self.changes.version))
        kept = self.keep.load()
        if kept is not None:
            self.world = read(kept)
            self.clock.restore(timedelta(seconds=kept["ahead"]))
            self.changes.version = kept["version"]
