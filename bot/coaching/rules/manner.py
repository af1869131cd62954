"""How the next experiment comes, after what became of the last two: by rule, from records alone."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.coaching.records.nudge import Answer, Kind, Manner, Nudge, NudgeState

IN_A_ROW = 2


def manner_of(
    rows: Sequence[Nudge], row: Nudge, *, planned: Collection[str], typed_at: datetime | None
) -> Manner | None:
    """Return how an experiment that is about to come is to come; None: as written.

    `rows` is the agenda of its run, `planned` names the nudges that were answered by a plan, and `typed_at` tells when
    the person last typed anything: words that are not kept leave no other trace.
    """
    last = _before(rows, row)[-IN_A_ROW:]
    if len(last) < IN_A_ROW:
        return None
    if all(_is_not_for_them(rows, each) for each in last):
        return Manner.OTHERS
    since = min(each.sent_at or each.due_at for each in last)
    has_typed = typed_at is not None and typed_at > since
    is_unanswered = all(_is_unanswered(rows, each, planned) for each in last)
    return Manner.SHORT if is_unanswered and not has_typed else None


def _before(rows: Sequence[Nudge], row: Nudge) -> list[Nudge]:
    """Return the newest nudge of each earlier experiment that was sent, oldest first."""
    sent = [
        each for each in rows if each.kind is Kind.NUDGE and each.state is NudgeState.SENT and each.item != row.item
    ]
    newest = {each.item: each for each in sorted(sent, key=_came)}
    return sorted(newest.values(), key=_came)


def _came(row: Nudge) -> datetime:
    return row.sent_at or row.due_at


def _of(rows: Sequence[Nudge], root: Nudge) -> list[Nudge]:
    return [each for each in rows if each.item == root.item and each.state is NudgeState.SENT]


def _is_unanswered(rows: Sequence[Nudge], root: Nudge, planned: Collection[str]) -> bool:
    """Whether nothing was pressed on an experiment, nor on what asked about it."""
    return all(each.answer is None and each.asked_at is None and each.id not in planned for each in _of(rows, root))


def _is_not_for_them(rows: Sequence[Nudge], root: Nudge) -> bool:
    """Whether an experiment ended with *not for me*; who asked for another one, or let it go later, did not say so."""
    declined = root.answer is Answer.NOT_FOR_ME or (root.answer is Answer.SKIPPED and root.alternative is not None)
    return declined and not any(each.kind is Kind.UNDONE and each.answer is not None for each in _of(rows, root))
