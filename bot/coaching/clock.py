"""The one place where time enters."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time; in practice it can travel."""

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        ...
