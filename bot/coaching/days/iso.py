"""Days and hours as forms bring them: in ISO form, or not understood."""

from datetime import date, time


def iso_day(value: object) -> date | None:
    """Return the day of "2026-12-20"; None for everything else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def iso_hour(value: object) -> time | None:
    """Return the hour of "10:00", without a zone; None for everything else."""
    try:
        found = time.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo is None else None
