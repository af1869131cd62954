"""Hours of the day as forms bring them."""

from collections.abc import Mapping
from datetime import time

from bot.coaching.days.iso import iso_hour

HOURS = ("first_time", "second_time", "quiet_from", "quiet_until")


def hour_in(values: Mapping[str, str | tuple[str, ...]], name: str, now: time) -> time:
    """Return the hour that a field was sent in with; what it left out, or what is none, stays as it was."""
    return iso_hour(values.get(name)) or now


def unread_hours(values: Mapping[str, str | tuple[str, ...]]) -> dict[str, str]:
    """Return the fields in which something stands that is no hour, each with the key of the sentence that says so."""
    return {name: "hour-unread" for name in HOURS if name in values and iso_hour(values[name]) is None}
