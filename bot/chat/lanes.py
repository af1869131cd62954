"""How many calls were made in which window: for the paces that platforms set."""

from collections import deque
from collections.abc import Sequence

Window = tuple[int, float]  # so many calls in so many seconds, wherever those begin

_SWEPT = 600.0  # seconds between two looks for lanes that have been quiet for long


class Lanes:
    """The moments of the latest calls, lane by lane."""

    def __init__(self, windows: Sequence[Window]) -> None:
        """Begin with nothing called."""
        self._windows = windows
        self._most = max(calls for calls, _ in windows)
        self._longest = max(seconds for _, seconds in windows)
        self._calls: dict[str, deque[float]] = {}
        self._swept = 0.0

    def wait(self, lane: str, now: float) -> float:
        """Return the seconds until there is room in a lane; 0 when there is."""
        calls = self._calls.get(lane, ())
        waits = (calls[-most] + seconds - now for most, seconds in self._windows if len(calls) >= most)
        return max(0.0, max(waits, default=0.0))

    def add(self, lane: str, now: float) -> None:
        """Count a call."""
        if now >= self._swept + _SWEPT:
            self._sweep(now)
        self._calls.setdefault(lane, deque(maxlen=self._most)).append(now)

    def room(self, lane: str, now: float) -> int:
        """Return how many calls may be made in a lane now."""
        calls = self._calls.get(lane, ())
        return min(most - sum(at > now - seconds for at in calls) for most, seconds in self._windows)

    def _sweep(self, now: float) -> None:
        self._swept = now
        self._calls = {lane: calls for lane, calls in self._calls.items() if calls[-1] + self._longest > now}
