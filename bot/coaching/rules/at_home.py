"""When what a person types is about home, and so not kept: the weeks of an experiment that asks somebody close."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState

NOTED_WITHIN = timedelta(minutes=1)  # how long after it is on the screen a message counts as sent
_AHEAD = frozenset({NudgeState.PLANNED, NudgeState.READY, NudgeState.SENDING, NudgeState.UNCERTAIN})
_OVER = frozenset({Answer.DONE, Answer.SKIPPED})


def is_at_home(
    rows: Sequence[Nudge],
    quiet: Collection[str],
    at: datetime,
    *,
    lapses: Callable[[datetime], datetime],
    within: timedelta = NOTED_WITHIN,
) -> bool:
    """Whether words typed at that moment are about home.

    They are from the nudge of such an item until the next item's nudge or the end of its debrief, whichever is later.
    `rows` is the person's agenda in this run, `quiet` names the items that keep no words, and `lapses` tells until when
    a debrief that nobody goes on with still asks. Where it is not known exactly when a message came, it counts for
    words that were typed up to `within` before.
    """
    return any(
        began <= at + within and not _is_over(rows, row, began, at, lapses)
        for row in rows
        if row.kind is Kind.NUDGE and row.item in quiet and (began := _began(row, is_exact=not within)) is not None
    )


def _began(row: Nudge, *, is_exact: bool) -> datetime | None:
    """Return since when a message may have been read; one that is in doubt may be there since it was due.

    Where messages can be looked up, one that is to go once more is surely not there.
    """
    if row.sent_at is not None:
        return row.sent_at
    was_tried = row.attempt > 0 or row.look_since is not None  # or nobody knows, since a backup was brought back
    if is_exact and row.state is NudgeState.READY and row.look_since is None:
        return None
    may_be_there = was_tried and row.state not in (NudgeState.PLANNED, NudgeState.CANCELLED, NudgeState.DEAD)
    return row.due_at if may_be_there else None


def _is_over(
    rows: Sequence[Nudge], home: Nudge, began: datetime, at: datetime, lapses: Callable[[datetime], datetime]
) -> bool:
    return _next_came(rows, home, began, at) and _debrief_ended(rows, home, began, at, lapses)


def _next_came(rows: Sequence[Nudge], home: Nudge, began: datetime, at: datetime) -> bool:
    """Whether the next item's nudge was there; a journey without one waits for none."""
    others = [row for row in rows if row.kind is Kind.NUDGE and row.item != home.item and row.due_at > home.due_at]
    came = any(row.sent_at is not None and began < row.sent_at <= at for row in others)
    return came or not any(row.state in _AHEAD or row.sent_at is not None for row in others)


def _debrief_ended(
    rows: Sequence[Nudge], home: Nudge, began: datetime, at: datetime, lapses: Callable[[datetime], datetime]
) -> bool:
    """Whether the debrief was done with by then, or left alone for so long that it asks no more."""
    messages = [row for row in rows if row.kind is Kind.DEBRIEF and row.item == home.item and row.due_at > home.due_at]
    if any(row.state in _AHEAD for row in messages):
        return False
    sent = [row for row in messages if row.sent_at is not None]
    root = next((row for row in sent if row.subject is None), None)
    if root is None:  # it never came
        return True
    if root.answer in _OVER:
        return root.answered_at is None or root.answered_at <= at
    last = max([began, *(moment for row in sent for moment in (row.sent_at, row.answered_at) if moment is not None)])
    return lapses(last) <= at
