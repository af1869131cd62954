"""How badly the line to the platform behaves: by chance, but the same chance for the same seed."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.practice.faults import Fault

RATE = 0.12  # of the calls, as in the figures we compare with
IS_JSON = {"Content-Type": "application/json"}

Kinds = Mapping[str, tuple[int, Fault]]  # how often among the faults, and what happens
Look = Callable[[str, Mapping[str, Any]], None]


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is heard on the line to a platform."""

    limited: bytes  # in its own words: not so fast
    cut: bytes  # the beginning of a good answer


def kinds(patience: float, line: Line) -> Kinds:
    """Return everything that goes wrong, for a caller who waits so many seconds for an answer."""
    return {
        "429": (20, Fault(status=429, headers={"Retry-After": "1"}, body=line.limited)),
        "5xx before": (17, Fault(status=503, body=b"<html>")),
        "5xx after": (17, Fault(status=502, accept=True, body=b"<html>")),
        "dropped before": (17, Fault(drop=True)),
        "dropped after": (17, Fault(drop=True, accept=True)),
        "cut after": (17, Fault(status=200, accept=True, headers=IS_JSON, body=line.cut)),
        "answered too late": (1, Fault(accept=True, delay=patience + 1)),
        "done at the last moment": (2, Fault(accept=True, hold=patience - 0.5, drop=True)),
        "done too late": (1, Fault(accept=True, hold=patience + 0.5, drop=True)),
    }


@dataclass(kw_only=True)
class Weather:
    """Decides on each call; `look` sees each before anything else happens."""

    chance: Random
    rate: float = RATE
    longest: float = 0.06  # seconds that a good answer takes at most
    kinds: Kinds = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    look: Look | None = None

    def __call__(self, method: str, arguments: Mapping[str, Any]) -> Fault | None:
        """Return how a call goes wrong; a good one takes its time."""
        self.calls[method] += 1
        if self.look is not None:
            self.look(method, arguments)
        if not self.kinds or self.chance.random() >= self.rate:
            return Fault(delay=self.chance.uniform(0, self.longest)) if self.longest else None
        names = list(self.kinds)
        (name,) = self.chance.choices(names, weights=[self.kinds[each][0] for each in names])
        self.seen[name] += 1
        return self.kinds[name][1]


def calm() -> Weather:
    """Return weather in which nothing goes wrong, at once."""
    return Weather(chance=Random(0), rate=0.0, longest=0.0)
