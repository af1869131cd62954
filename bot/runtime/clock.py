"""The wall clock, and whether it can be believed."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

log = logging.getLogger(__name__)

DRIFT = 60.0  # seconds by which the wall clock may part from the steady one
BELIEVED_AFTER = 3600.0  # seconds after which a clock that was set is believed where it stands
# Goes on while the machine sleeps: there, after a night, the wall clock is right and not ahead. On Linux it is the
# first one, elsewhere the second.
_STEADY = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


class SystemClock:
    """Tells the machine's time."""

    def __init__(self) -> None:
        """Tell the present moment in UTC, asked anew each time."""
        # No function of ours in between: it is asked a dozen times for whatever comes in.
        self.now: Callable[[], datetime] = partial(datetime.now, UTC)  # noqa: TID251  # the one place that may


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the two clocks say at one moment, in seconds from a beginning of their own."""

    wall: float
    steady: float  # nobody can set it

    @property
    def apart(self) -> float:
        """How far the wall clock is from the steady one; while both run well, always the same."""
        return self.wall - self.steady


@dataclass(frozen=True, kw_only=True)
class Belief:
    """What is known of the wall clock: where it was believed last, and since when it stands somewhere else."""

    agreed: Reading
    elsewhere: Reading | None = None  # the first reading there

    @property
    def is_steady(self) -> bool:
        """Whether the wall clock can be believed."""
        return self.elsewhere is None

    def after(self, reading: Reading) -> "Belief":
        """Return what is known after one more reading.

        A clock that goes a little wrong is followed, from hour to hour. One that jumps is believed again when it comes
        back, or when it has gone steadily for an hour where it is now.
        """
        if _are_close(reading, self.agreed):
            is_old = reading.steady - self.agreed.steady >= BELIEVED_AFTER
            return Belief(agreed=reading if is_old or self.elsewhere else self.agreed)
        if self.elsewhere is None or not _are_close(reading, self.elsewhere):
            return Belief(agreed=self.agreed, elsewhere=reading)
        if reading.steady - self.elsewhere.steady >= BELIEVED_AFTER:
            return Belief(agreed=reading)
        return self


def _are_close(one: Reading, other: Reading) -> bool:
    return abs(one.apart - other.apart) <= DRIFT


def read() -> Reading:
    """Read both clocks."""
    steady = time.monotonic() if _STEADY is None else time.clock_gettime(_STEADY)
    return Reading(wall=time.time(), steady=steady)


class ClockGuard:
    """Watches the wall clock: a message sent by a wrong one comes at the wrong hour."""

    def __init__(self, read: Callable[[], Reading] = read) -> None:
        """Believe the wall clock as it stands now; `read` reads both clocks."""
        self._read = read
        self._belief = Belief(agreed=read())

    def steady(self) -> bool:
        """Return whether the wall clock can be believed at this moment."""
        before, reading = self._belief, self._read()
        self._belief = before.after(reading)
        if before.is_steady and not self._belief.is_steady:
            apart = reading.apart - before.agreed.apart
            log.error("the clock was set, nothing is sent until it is back or an hour has passed seconds=%.0f", apart)
        elif self._belief.is_steady and not before.is_steady:
            log.warning("the clock is believed again")
        return self._belief.is_steady
