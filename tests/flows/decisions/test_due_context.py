"""What is known of a message at the moment it is due."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.coaching.records.nudge import Kind, NudgeState
from bot.flows.agenda.due_context import due_context
from tests.flows.decisions.told import course, given, planned, sent

MONDAY = datetime(2026, 1, 11, 23, 0, tzinfo=UTC)  # midnight in Amsterdam, when the week of that Tuesday begins
NEXT = MONDAY + timedelta(days=7)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("where", ["agenda", "others"])
@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({"sent_at": MONDAY}, 1),  # the first moment of the week
        ({"sent_at": NEXT}, 0),  # the first moment after it
        ({"sent_at": MONDAY - SECOND}, 0),
        ({"sent_at": MONDAY, "kind": Kind.DEBRIEF}, 1),
        ({"sent_at": MONDAY, "kind": Kind.WELCOME}, 0),  # not started by the schedule
        ({"sent_at": MONDAY, "kind": Kind.COACH_WORD}, 0),
        ({"state": NudgeState.READY, "sent_at": None}, 1),  # on its way
        ({"state": NudgeState.SENDING, "sent_at": None}, 1),
        ({"state": NudgeState.UNCERTAIN, "sent_at": None}, 1),
        ({"state": NudgeState.UNCERTAIN, "sent_at": None, "kind": Kind.WELCOME}, 0),
        ({"state": NudgeState.PLANNED, "sent_at": None}, 0),
        ({"state": NudgeState.DEAD, "sent_at": None}, 0),
    ],
    ids=str,
)
def test_only_what_the_schedule_started_in_the_week_counts_in_whichever_run(
    where: str, changes: dict[str, Any], counted: int
) -> None:
    due = planned("due", Kind.FOLLOW_UP)
    came = sent("came", **changes)
    run = course(due, came) if where == "agenda" else course(due, others=[came])
    assert due_context(given(), run, due).started_this_week == counted
