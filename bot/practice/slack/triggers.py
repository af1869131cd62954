"""The short-lived right to open a modal that each deed of a person gives."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.world import new_id

LIFETIME = 3.0  # seconds, by a clock that no travel moves


@dataclass(kw_only=True)
class _Trigger:
    user: str
    view: str | None  # the modal in which it was given
    made: float
    is_used: bool = False


class Triggers:
    """Gives and takes triggers."""

    def __init__(self, lifetime: float = LIFETIME, *, steady: Callable[[], float] = time.monotonic) -> None:
        """Let each live so many seconds of a clock that never goes back."""
        self._lifetime = lifetime
        self._steady = steady
        self._given: dict[str, _Trigger] = {}

    def give(self, user: str, view: str | None = None) -> str:
        """Return a new trigger id."""
        now = self._steady()
        oldest = now - 60 * self._lifetime
        self._given = {key: each for key, each in self._given.items() if each.made > oldest}
        name = f"{new_id('')}.{new_id('')}"
        self._given[name] = _Trigger(user=user, view=view, made=now)
        return name

    def take(self, trigger: str) -> tuple[str, str | None]:
        """Use a trigger and return whose it was and in which modal; raises Refusal."""
        found = self._given.get(trigger)
        if found is None:
            raise Refusal("invalid_trigger_id")
        if found.is_used:
            raise Refusal("exchanged_trigger_id")
        if self._steady() - found.made > self._lifetime:
            raise Refusal("expired_trigger_id")
        found.is_used = True
        return found.user, found.view
