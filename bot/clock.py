"""The wall clock."""

from datetime import UTC, datetime


class SystemClock:
    """Tells the machine's time."""

    def now(self) -> datetime:
        """Return the present moment in UTC, asked anew each time."""
        return datetime.now(UTC)  # noqa: TID251  # the one place that may
