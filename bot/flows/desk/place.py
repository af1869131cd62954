"""Where a page of a list begins, as it stands in an address."""

from datetime import UTC, datetime

Place = tuple[datetime, str]  # moment and id of the line above it


def place_of(at: datetime, line: str) -> str:
    """Return the place below a line, for an address."""
    return f"{at.isoformat()}|{line}"


def place_from(value: str) -> Place | None:
    """Return the place an address names; None for the newest, and for what is no place."""
    moment, _, line = value.partition("|")
    try:
        at = datetime.fromisoformat(moment)
        return (at.astimezone(UTC), line) if at.tzinfo is not None and line else None
    except (ValueError, OverflowError):  # no moment, or one outside of all calendars
        return None
