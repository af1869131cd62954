"""Where a debrief stands: which message holds its progress, whether it asks, and whether it was put off. Pure."""

from collections.abc import Sequence

from bot.coaching.journey import Item
from bot.coaching.records.nudge import Answer, Nudge, NudgeState


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
