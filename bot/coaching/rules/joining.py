"""Where somebody begins in a journey that others are on already, and until when their cohort lasts."""

from datetime import date, timedelta
from enum import StrEnum

from bot.coaching.journey import Journey
from bot.coaching.rules.agenda import Rhythm
from bot.coaching.rules.progress import journey_week

MOST_WEEKS = timedelta(weeks=26)  # from the Monday of week 1: a cohort lasts no longer
ASKED_FROM = 2  # the week of the others from which on there are two ways to begin


class Begin(StrEnum):
    """How a run begins."""

    FIRST = "first"  # with week 1, in a rhythm of its own
    TOGETHER = "together"  # with the week that the others are in


def week_of_all(journey: Journey, cohort: Rhythm, day: date) -> int:
    """Return the journey week in which a cohort is on that day, 0 before the first and never beyond the last."""
    return journey_week(cohort, day, reached=0, weeks=journey.weeks)


def ways(journey: Journey, week: int) -> tuple[Begin, ...]:
    """Return how somebody may begin while the others are in that week; where there is one way, nothing is asked.

    With the others nobody begins whose experiments are all behind them.
    """
    last = max((step.week for step in journey.steps if step.item), default=0)
    return (Begin.FIRST, Begin.TOGETHER) if ASKED_FROM <= week <= last else (Begin.FIRST,)


def last_post(starts_on: date, reflection_day: int) -> date:
    """Return the last day on which anything may be posted in a cohort's channel."""
    return starts_on + MOST_WEEKS + timedelta(days=reflection_day)


def outlasts(last_day: date | None, closing: date, following: date, limit: date) -> bool:
    """Whether a cohort goes on beyond the day of its closing, to the day of the post after it.

    `last_day` is the last one on which the weeks of anybody in it have something; None: nobody is under way.
    """
    return last_day is not None and last_day >= closing and following <= limit
