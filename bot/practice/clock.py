"""A clock that goes on as real ones do, and can be set ahead."""

import time
from datetime import UTC, datetime, timedelta


class TravelClock:
    """Tells real time plus how far it has traveled; only `reset` takes it back."""

    def __init__(self, start: datetime | None = None) -> None:
        """Begin at the real moment, or at `start`."""
        self._begin = timedelta() if start is None else start - _real()
        self._ahead = self._begin
        self._latest = _real() + self._ahead

    @property
    def ahead(self) -> timedelta:
        """How far this clock is ahead of real time."""
        return self._ahead

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        self._latest = max(self._latest, _real() + self._ahead)
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
        self._latest = _real() + self._ahead


def _real() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)
