"""One thing that was looked at."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    """How it is."""

    GOOD = "good"
    ATTENTION = "attention"  # it works, and somebody should look
    BAD = "bad"  # something does not work, or soon will not


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was looked at, how it is, and what to do. Never a person's word, never a token."""

    what: str
    state: State
    told: str
    remedy: str = ""


def good(what: str, told: str) -> Finding:
    """Return a finding that asks for nothing."""
    return Finding(what=what, state=State.GOOD, told=told)


def attention(what: str, told: str, remedy: str) -> Finding:
    """Return a finding that somebody should look at."""
    return Finding(what=what, state=State.ATTENTION, told=told, remedy=remedy)


def bad(what: str, told: str, remedy: str) -> Finding:
    """Return a finding that somebody must do something about."""
    return Finding(what=what, state=State.BAD, told=told, remedy=remedy)


def span(length: timedelta) -> str:
    """Return a length of time in its largest whole unit: "3 hours"."""
    seconds = max(0, int(length.total_seconds()))
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return f"{seconds} seconds"


def size(count: int) -> str:
    """Return a number of bytes in megabytes, or in gigabytes where there are many."""
    megabytes = count / 1_000_000
    return f"{megabytes / 1000:.1f} GB" if megabytes >= 1000 else f"{megabytes:.1f} MB"  # noqa: PLR2004
