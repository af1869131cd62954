"""What falls on one working day is one card: which message leads it, what stands below, and to which day it yields."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import IntEnum

from bot.coaching.calendar import week_of
from bot.coaching.records.nudge import Kind, Nudge

# From the top of the card to its end.
ORDER = (
    Kind.DAY_OF,
    Kind.DEBRIEF,
    Kind.NUDGE,
    Kind.UNDONE,
    Kind.FOLLOW_UP,
    Kind.PULSE,
    Kind.KEEP,
    Kind.CLOSING,
    Kind.BOOSTER,
    Kind.REFLECTION,
    Kind.CHECK,
)


class Rank(IntEnum):
    """What comes first where the week has no room for all: the lowest."""

    PICKED = 0  # a day that the person picked
    DEBRIEF = 1
    NUDGE = 2  # and whatever else the journey asks in its own week
    PULSE = 3
    REVIEW = 4
    CHECK = 5


_RANKS = {
    Kind.DEBRIEF: Rank.DEBRIEF,
    Kind.PULSE: Rank.PULSE,
    Kind.REFLECTION: Rank.REVIEW,
    Kind.CHECK: Rank.CHECK,
}
_WAITS_FOR_A_CARD = (Rank.PULSE, Rank.REVIEW, Rank.CHECK)  # these begin none of their own in the next week


def rank(row: Nudge) -> Rank:
    """Return how soon a message yields: a day that was picked never does to another."""
    return Rank.PICKED if row.is_promised else _RANKS.get(row.kind, Rank.NUDGE)


def in_order(rows: Iterable[Nudge]) -> list[Nudge]:
    """Return the messages of one card from its top to its end."""
    return sorted(rows, key=lambda row: (ORDER.index(row.kind), row.due_at, row.id))


def is_card(row: Nudge) -> bool:
    """Whether a message stands on its own, and not below another one."""
    return row.card in (None, row.id)


def next_card(best: Rank, planned: Sequence[Nudge], today: date, *, is_full: bool) -> date:
    """Return the day to which a card yields whose most urgent message has that rank.

    `planned` is what else the person is to get. That is the next day of this week with a card, unless the week had all
    of its cards; else Monday, or, for what can wait for one, the next day with a card.
    """
    monday = week_of(today) + timedelta(weeks=1)
    days = sorted({row.local_date for row in planned if row.local_date > today})
    this_week = [] if is_full else [day for day in days if day < monday]
    following = [day for day in days if day >= monday] if best in _WAITS_FOR_A_CARD else []
    return next(iter([*this_week, *following]), monday)
