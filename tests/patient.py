"""The bot's pace in Teams, on the clock of a test."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.chat.teams.pace import CONVERSATION, TENANT, Pace
from bot.practice.clock import TravelClock
from bot.practice.faults import Fault, Faults

LONGEST_WAY = 0.05  # real seconds that a call to Teams is on its way
LATER = 1.0  # second of the clock that it may arrive later than another
PACED = ("create", "delete", "member", "send", "team", "update")


class Patient(Pace):
    """The pace of Teams on the clock of a test: once nothing is on its way, whoever has to wait lets that time pass.

    Teams counts a call when it arrives, which on a busy machine is a moment later: each window is longer by as much.
    """

    def __init__(self, clock: TravelClock, find_fault: Faults) -> None:
        """Count on this clock, and see what arrives where faults are found."""
        longer = [[(calls, seconds + LATER) for calls, seconds in windows] for windows in (CONVERSATION, TENANT)]
        super().__init__(conversation=longer[0], tenant=longer[1])
        self._clock = clock
        self._find_fault = find_fault
        self._on_their_way = 0
        self._called = 0.0  # the real moment of the latest call

    def take(self, tenant: str, conversation: str, now: float) -> float:
        """Count a call and return 0, or return the real seconds after which to ask again."""
        wait = super().take(tenant, conversation, self._clock.now().timestamp())
        if wait > 0 and (not self._on_their_way or now >= self._called + LONGEST_WAY):
            self._clock.leap(timedelta(seconds=wait))
            wait = super().take(tenant, conversation, self._clock.now().timestamp())
        if wait <= 0:
            self._on_their_way, self._called = self._on_their_way + 1, now
        return min(wait, LONGEST_WAY)

    def arrives(self, method: str, arguments: Mapping[str, Any]) -> Fault | None:
        """See a call arrive; return how it goes wrong."""
        if method in PACED:
            self._on_their_way = max(0, self._on_their_way - 1)
        return self._find_fault(method, arguments)
