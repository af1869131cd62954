"""From when until when typed words are about home: moment by moment through the weeks around such an item."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.rules.at_home import is_at_home
from tests.store.scene import T0, a_nudge

HOME, NEXT = "ask-your-partner", "experience-top-service"
DAY = timedelta(days=1)


def day(number: float) -> datetime:
    return T0 + number * DAY


def row(name: str, kind: Kind, item: str, due: float, **values: object) -> Nudge:
    """Return a message that is due on a day, and was sent then unless told otherwise."""
    state = values.pop("state", NudgeState.SENT)
    sent_at = day(due) if state is NudgeState.SENT else None
    made = a_nudge(name, kind=kind, item=item, due_at=day(due), state=state, sent_at=sent_at)
    return replace(made, **values)  # type: ignore[arg-type]


def at_home(rows: list[Nudge], at: datetime) -> bool:
    return is_at_home(rows, {HOME}, at, lapses=lambda last: last + 6 * DAY)


NUDGE = row("n", Kind.NUDGE, HOME, 0)
BEFORE = row("b", Kind.NUDGE, "people-before-systems", -14)
FOLLOWING = row("f", Kind.NUDGE, NEXT, 14)
AHEAD = row("f", Kind.NUDGE, NEXT, 14, state=NudgeState.PLANNED)
DONE = row("d", Kind.DEBRIEF, HOME, 7, answer=Answer.DONE, answered_at=day(8))
LATE = row("d", Kind.DEBRIEF, HOME, 7, answer=Answer.SKIPPED, answered_at=day(20))
OPEN = row("d", Kind.DEBRIEF, HOME, 7)
PRESSED = row("d", Kind.DEBRIEF, HOME, 7, question=2, answered_at=day(18))
PUT_OFF = row("d", Kind.DEBRIEF, HOME, 7, answer=Answer.LATER, answered_at=day(8))
RESUMED = row("e", Kind.DEBRIEF, HOME, 16, subject="d")
TO_COME = row("d", Kind.DEBRIEF, HOME, 30, state=NudgeState.PLANNED)
NEVER = row("d", Kind.DEBRIEF, HOME, 7, state=NudgeState.CANCELLED)


@pytest.mark.parametrize(
    ("rows", "moment", "expected"),
    [
        ([BEFORE], 1, False),  # another item keeps words
        ([BEFORE, NUDGE, AHEAD], -0.5, False),  # typed before it came
        ([BEFORE, NUDGE, AHEAD], 0, True),
        ([BEFORE, NUDGE, AHEAD], 40, True),  # the next item's nudge is still to come, as in a pause
        ([NUDGE, DONE, AHEAD], 9, True),  # the debrief is over, the next nudge is not there
        ([NUDGE, DONE, FOLLOWING], 13.9, True),
        ([NUDGE, DONE, FOLLOWING], 14, False),
        ([NUDGE, LATE, FOLLOWING], 15, True),  # the next nudge came first: the debrief ends it
        ([NUDGE, LATE, FOLLOWING], 20, False),
        ([NUDGE, OPEN, FOLLOWING], 14.5, False),  # left alone for too long
        ([NUDGE, replace(OPEN, sent_at=day(12)), FOLLOWING], 15, True),  # asked a moment ago
        ([NUDGE, PRESSED, FOLLOWING], 17, True),  # a question was pressed on day 18: read late
        ([NUDGE, PRESSED, FOLLOWING], 19, True),
        ([NUDGE, PRESSED, FOLLOWING], 24.1, False),
        ([NUDGE, PUT_OFF, RESUMED, FOLLOWING], 17, True),
        ([NUDGE, PUT_OFF, RESUMED, FOLLOWING], 22.1, False),
        ([NUDGE, TO_COME, FOLLOWING], 20, True),  # a plan far ahead moved it
        ([NUDGE, NEVER, FOLLOWING], 13, True),
        ([NUDGE, NEVER, FOLLOWING], 14.1, False),
        ([NUDGE, DONE], 8.1, False),  # a journey in which no item follows
        ([NUDGE, DONE], 7.9, True),
        ([row("n", Kind.NUDGE, HOME, 0, state=NudgeState.PLANNED), AHEAD], 1, False),
        ([row("n", Kind.NUDGE, HOME, 0, state=NudgeState.UNCERTAIN, attempt=1), AHEAD], 1, True),  # may be there
        ([row("n", Kind.NUDGE, HOME, 0, state=NudgeState.EXPIRED, attempt=2), AHEAD], 1, True),  # given up in doubt
        ([row("n", Kind.NUDGE, HOME, 0, state=NudgeState.EXPIRED), AHEAD], 1, False),  # never tried
        ([row("n", Kind.NUDGE, HOME, 0, state=NudgeState.DEAD, attempt=8), AHEAD], 1, False),
        # put off, and back after the next item's nudge: home again until what follows that
        ([NUDGE, row("m", Kind.NUDGE, HOME, 20), FOLLOWING, replace(DONE, answered_at=day(25))], 22, True),
        (
            [
                replace(NUDGE, answer=Answer.LATER),
                row("m", Kind.NUDGE, HOME, 20),
                FOLLOWING,
                row("d", Kind.DEBRIEF, HOME, 24, answer=Answer.DONE, answered_at=day(25)),
                row("g", Kind.NUDGE, "watch-a-perfect-team", 28),
            ],
            26,
            True,
        ),
        (
            [
                replace(NUDGE, answer=Answer.LATER),
                row("m", Kind.NUDGE, HOME, 20),
                FOLLOWING,
                row("d", Kind.DEBRIEF, HOME, 24, answer=Answer.DONE, answered_at=day(25)),
                row("g", Kind.NUDGE, "watch-a-perfect-team", 28),
            ],
            28.1,
            False,
        ),
    ],
)
def test_typed_words_are_about_home(rows: list[Nudge], moment: float, expected: bool) -> None:
    assert at_home(rows, day(moment)) is expected


def test_a_message_may_be_read_a_moment_before_it_is_noted_as_sent() -> None:
    assert at_home([NUDGE, AHEAD], day(0) - timedelta(seconds=30))
    assert not at_home([NUDGE, AHEAD], day(0) - timedelta(seconds=90))
