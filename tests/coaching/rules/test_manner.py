"""How the next experiment comes, after what became of the last two."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.coaching.records.nudge import Answer, Kind, Manner, Nudge, NudgeState
from bot.coaching.rules.manner import manner_of
from tests.store.scene import a_nudge

DAY = datetime(2026, 1, 13, 9, 0, tzinfo=UTC)


def came(item: str, place: int, kind: Kind = Kind.NUDGE, **changes: Any) -> Nudge:
    """Return a message about an experiment, sent so many fortnights in."""
    at = DAY + timedelta(weeks=2 * place, days=0 if kind is Kind.NUDGE else 2)
    row = a_nudge(f"{item}-{kind}", kind=kind, item=item, state=NudgeState.SENT, sent_at=at, due_at=at)
    return replace(row, **changes)


A, B = came("a", 0), came("b", 1)
NEXT = replace(came("c", 2), state=NudgeState.PLANNED, sent_at=None)
NO_A, NO_B = (replace(row, answer=Answer.NOT_FOR_ME, alternative=0) for row in (A, B))
LEFT_A, LEFT_B = (replace(row, answer=Answer.SKIPPED) for row in (NO_A, NO_B))
DONE_A, DONE_B = (replace(row, answer=Answer.DONE) for row in (A, B))
ASKED_B = came("b", 1, Kind.FOLLOW_UP)


@pytest.mark.parametrize(
    ("rows", "changes", "manner"),
    [
        ([], {}, None),
        ([B], {}, None),  # one is no row of two
        ([A, B], {}, Manner.SHORT),
        ([A, B, ASKED_B], {}, Manner.SHORT),
        ([DONE_A, B], {}, None),
        ([A, DONE_B], {}, None),
        ([A, B, replace(ASKED_B, answer=Answer.LATER)], {}, None),  # what asked about it was answered
        ([A, replace(B, asked_at=DAY)], {}, None),  # a button was pressed
        ([A, B], {"planned": {"b-nudge"}}, None),
        ([A, B], {"typed_at": DAY - timedelta(days=1)}, Manner.SHORT),
        ([A, B], {"typed_at": DAY + timedelta(days=1)}, None),  # words, which may not have been kept
        ([came("z", -1, answer=Answer.DONE), A, B], {}, Manner.SHORT),  # only the last two count
        ([A, DONE_A, B], {}, None),  # it was put off, came back, and was done
        ([A, replace(B, state=NudgeState.EXPIRED, sent_at=None)], {}, None),  # it never came
        ([NO_A, NO_B], {}, Manner.OTHERS),
        ([LEFT_A, NO_B], {}, Manner.OTHERS),
        ([LEFT_A, LEFT_B], {}, Manner.OTHERS),
        ([NO_A, B], {}, None),
        ([NO_A, DONE_B], {}, None),
        ([NO_A, replace(NO_B, answer=Answer.PLANNED)], {}, None),  # another way was for them
        ([LEFT_A, replace(B, answer=Answer.SKIPPED)], {}, None),  # let go, not declined
        ([LEFT_A, NO_B, came("b", 1, Kind.UNDONE, answer=Answer.NOT_FOR_ME)], {}, None),  # "another one"
    ],
    ids=range(22),
)
def test_it_follows_from_the_last_two(rows: list[Nudge], changes: dict[str, Any], manner: Manner | None) -> None:
    known: dict[str, Any] = {"planned": set(), "typed_at": None} | changes
    assert manner_of([*rows, NEXT], NEXT, **known) is manner
