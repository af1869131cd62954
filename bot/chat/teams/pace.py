"""How fast Teams lets a bot talk: so many calls in a window, for each conversation and for a tenant as a whole."""

from collections import deque
from collections.abc import Sequence

Window = tuple[int, float]  # so many calls in so many seconds, wherever those begin

CONVERSATION: Sequence[Window] = ((7, 1.0), (8, 2.0), (60, 30.0), (1_800, 3_600.0))
TENANT: Sequence[Window] = ((50, 1.0),)

_SWEPT = 600.0  # seconds between two looks for conversations that have been quiet for long


class Pace:
    """What was called when, as far as it still counts."""

    def __init__(self, *, conversation: Sequence[Window] = CONVERSATION, tenant: Sequence[Window] = TENANT) -> None:
        """Begin with nothing called."""
        self._conversation = _Lanes(conversation)
        self._tenant = _Lanes(tenant)

    def take(self, tenant: str, conversation: str, now: float) -> float:
        """Count a call and return 0, or count nothing and return the seconds until there is room."""
        lane = f"{tenant} {conversation}"
        wait = max(self._conversation.wait(lane, now), self._tenant.wait(tenant, now))
        if wait <= 0:
            self._conversation.add(lane, now)
            self._tenant.add(tenant, now)
        return wait


class _Lanes:
    """The moments of the latest calls, lane by lane."""

    def __init__(self, windows: Sequence[Window]) -> None:
        self._windows = windows
        self._most = max(calls for calls, _ in windows)
        self._longest = max(seconds for _, seconds in windows)
        self._calls: dict[str, deque[float]] = {}
        self._swept = 0.0

    def wait(self, lane: str, now: float) -> float:
        calls = self._calls.get(lane, ())
        waits = (calls[-most] + seconds - now for most, seconds in self._windows if len(calls) >= most)
        return max(0.0, max(waits, default=0.0))

    def add(self, lane: str, now: float) -> None:
        if now >= self._swept + _SWEPT:
            self._sweep(now)
        self._calls.setdefault(lane, deque(maxlen=self._most)).append(now)

    def _sweep(self, now: float) -> None:
        self._swept = now
        self._calls = {lane: calls for lane, calls in self._calls.items() if calls[-1] + self._longest > now}
