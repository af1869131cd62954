"""How far somebody is in a journey."""

from datetime import date

from bot.coaching.calendar import week_of
from bot.coaching.rules.agenda import Rhythm


def journey_week(rhythm: Rhythm, day: date, *, reached: int, weeks: int) -> int:
    """Return the journey week that day falls in, 0 before the first and never beyond the last.

    A pause moves the weeks to come, not those behind: `reached` is the latest week of which something was sent.
    """
    begun = (week_of(day) - rhythm.monday_of(1)).days // 7 // rhythm.pace + 1
    return min(weeks, max(0, reached, begun))
