"""How often a platform lets the bot call: pure rules, and what was called when.

**The clock.** Limits count on the time of the practice (`Place.now`), handed in with each call; they read no clock of
their own. While nobody travels that is real time, so whoever tries the bot meets the limits as they are. A journey
through weeks in seconds refills them on the way, as those weeks would. A test that must meet a limit takes a clock
that stands, `TravelClock(start, runs=False)`: then time passes only by `leap` ("a minute passes"), a burst falls into
one moment however slow the machine is, and Retry-After is exact.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

State = tuple[datetime, ...]  # what a rule remembers of the calls that were let through; () of none


class Rule(Protocol):
    """How often something may be called."""

    def wait(self, state: State, now: datetime) -> float:
        """Return the seconds until one more call is let through; 0 when it is now."""
        ...

    def after(self, state: State, now: datetime) -> State:
        """Return what to remember when a call is let through now."""
        ...


@dataclass(frozen=True)
class RateWindow:
    """So many calls in so many seconds, wherever those begin."""

    calls: int
    seconds: float

    def wait(self, state: State, now: datetime) -> float:
        """Return the seconds until the oldest of the last `calls` calls no longer counts."""
        if len(state) < self.calls:
            return 0.0
        return max(0.0, (state[-self.calls] + timedelta(seconds=self.seconds) - now).total_seconds())

    def after(self, state: State, now: datetime) -> State:
        """Return the moments of the last `calls` calls, oldest first."""
        return (*state, now)[-self.calls :]


@dataclass(frozen=True)
class Bucket:
    """One call every so many seconds, after a burst of so many at once."""

    burst: int
    seconds: float

    def wait(self, state: State, now: datetime) -> float:
        """Return the seconds until the bucket holds one call again."""
        full_at = max(state[0], now) if state else now
        return max(0.0, (full_at - now).total_seconds() - (self.burst - 1) * self.seconds)

    def after(self, state: State, now: datetime) -> State:
        """Return when the bucket would be full again."""
        full_at = max(state[0], now) if state else now
        return (full_at + timedelta(seconds=self.seconds),)


class RulesOf(Protocol):
    """Tells what holds for a call."""

    def __call__(self, method: str, where: str) -> Mapping[str, Sequence[Rule]]:
        """Return the rules for a method called about a conversation, by the name under which they count."""
        ...


def unlimited(method: str, where: str) -> Mapping[str, Sequence[Rule]]:
    """Return no rules: for tests that ask for a platform without limits."""
    del method, where
    return {}


class Limits:
    """What was called when, and how the caller keeps to it."""

    def __init__(self, rules_of: RulesOf = unlimited) -> None:
        """Begin with nothing called."""
        self.refused: Counter[str] = Counter()  # by method, the calls that were not let through
        self.early: Counter[str] = Counter()  # of those, the ones made before the Retry-After told had passed
        self._rules_of = rules_of
        self._states: dict[tuple[str, Rule], State] = {}
        self._held: dict[str, datetime] = {}  # by name, until when the caller was told to wait

    def spend(self, method: str, where: str, now: datetime) -> int:
        """Let a call through and return 0, or count it as refused and return Retry-After in whole seconds.

        A refused call uses up nothing. One name that is held does not hold the others: after `chat.update` was
        refused, `views.open` goes on.
        """
        rules = [(name, rule) for name, found in self._rules_of(method, where).items() for rule in found]
        waits = {name: 0.0 for name, _ in rules}
        for name, rule in rules:
            waits[name] = max(waits[name], rule.wait(self._states.get((name, rule), ()), now))
        if not any(waits.values()):
            for key in rules:
                self._states[key] = key[1].after(self._states.get(key, ()), now)
            return 0
        self.refused[method] += 1
        self.early[method] += any(now < self._held[name] for name in waits if name in self._held)
        seconds = math.ceil(max(waits.values()))
        for name, wait in waits.items():
            if wait:
                self._held[name] = max(now + timedelta(seconds=math.ceil(wait)), self._held.get(name, now))
        return seconds

    def clear(self) -> None:
        """Forget what was called."""
        self.refused.clear()
        self.early.clear()
        self._states.clear()
        self._held.clear()
