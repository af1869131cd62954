"""The bot's pace in Teams, on the clock of a test."""

from datetime import timedelta

from bot.chat.teams.outgoing.pace import Pace
from bot.practice.time.clock import TravelClock

A_MOMENT = timedelta(milliseconds=1)


class Patient(Pace):
    """Counts on the clock of a test: whoever has to wait lets that time pass, and waits no real second for it."""

    def __init__(self, clock: TravelClock) -> None:
        """Count on this clock."""
        super().__init__()
        self._clock = clock

    def take(self, tenant: str, conversation: str, now: float) -> float:
        """Count a call, after the wait if there is one."""
        del now
        while wait := super().take(tenant, conversation, self._clock.now().timestamp()):
            self._clock.leap(timedelta(seconds=wait) + A_MOMENT)
        return 0.0
