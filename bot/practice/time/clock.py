"""A clock that goes on as real ones do, and can be set ahead."""

import time
from datetime import UTC, datetime, timedelta


class TravelClock:
    """Tells real time plus how far it has traveled; only `reset` takes it back.

    One that does not run tells the moment of its beginning plus how far it has traveled: a minute passes when a test
    says so.
    """

    def __init__(self, start: datetime | None = None, *, runs: bool = True) -> None:
        """Begin at the real moment, or at `start`; with `runs=False` stand there until somebody travels."""
        begun = _real() if start is None else start
        self._real = _real if runs else lambda: begun
        self._begin = begun - self._real() if start else timedelta()
        self._ahead = self._begin
        self._latest = self._real() + self._ahead

    @property
    def ahead(self) -> timedelta:
        """How far this clock is ahead of real time."""
        return self._ahead

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        self._latest = max(self._latest, self._real() + self._ahead)
        return self._latest

    def set(self, moment: datetime) -> None:
        """Travel to a moment; one that has passed changes nothing."""
        self.leap(moment - self.now())

    def leap(self, span: timedelta) -> None:
        """Travel ahead by a span; a negative one changes nothing."""
        self._ahead += max(span, timedelta())

    def restore(self, ahead: timedelta) -> None:
        """Stand where an earlier run stood, unless that would be going back."""
        self.leap(ahead - self._ahead)

    def reset(self) -> None:
        """Go back to where this clock began."""
        self._ahead = self._begin
        self._latest = self._real() + self._ahead


def _real() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)
