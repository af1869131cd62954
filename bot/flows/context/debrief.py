"""Where a debrief stands: whether there is one, which message holds its progress, whether it asks or waits. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.coaching.journey import Item
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState

NEVER_CAME = frozenset({NudgeState.DEAD, NudgeState.EXPIRED, NudgeState.CANCELLED})
AHEAD = frozenset({NudgeState.PLANNED, NudgeState.READY})
LOOKED_BACK_ON = timedelta(weeks=8)  # for how long a debrief that never came is offered on the own page


def debrief_of(agenda: Sequence[Nudge], root: Nudge) -> Nudge | None:
    """Return the debrief of an experiment's nudge, the message that holds its progress; None when there is none."""
    found = (row for row in agenda if row.kind is Kind.DEBRIEF and row.item == root.item and row.subject is None)
    return next((row for row in found if row.state not in NEVER_CAME), None)


def debrief_ahead(agenda: Sequence[Nudge], root: Nudge) -> Nudge | None:
    """Return the debrief that is still to come about an experiment's nudge."""
    row = debrief_of(agenda, root)
    return row if row is not None and row.state in AHEAD else None


def root_of(agenda: Sequence[Nudge], row: Nudge) -> Nudge:
    """Return the debrief that holds the progress: the first message of it."""
    return next((each for each in agenda if each.id == row.subject), row)


def waits(agenda: Sequence[Nudge], root: Nudge) -> bool:
    """Whether a debrief was put off and its later message still lies ahead."""
    ahead = (NudgeState.PLANNED, NudgeState.READY)
    return root.answer is Answer.LATER and any(row.subject == root.id and row.state in ahead for row in agenda)


def asks(item: Item, agenda: Sequence[Nudge], root: Nudge) -> bool:
    """Whether one of the item's questions is open."""
    is_over = root.answer in (Answer.SKIPPED, Answer.DONE) or root.question >= len(item.questions)
    return not is_over and not waits(agenda, root)


def without_debrief(agenda: Sequence[Nudge], now: datetime) -> list[Nudge]:
    """Return the experiments that were done too late for a debrief of their own, the newest first."""
    since = now - LOOKED_BACK_ON
    done = [row for row in agenda if row.kind is Kind.NUDGE and row.answer is Answer.DONE]
    fresh = [row for row in done if row.answered_at is not None and row.answered_at > since]
    return [row for row in reversed(fresh) if debrief_of(agenda, row) is None]
