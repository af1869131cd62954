"""The personal look back that is due, decision by decision."""

from datetime import timedelta
from typing import Any

import pytest

from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.records.reflection import Reflection
from bot.coaching.words import Words
from bot.flows.reflections import weekly
from tests.flows.decisions.told import TUESDAY, course, given, person, planned, saved, sent
from tests.store.scene import a_reply, an_enrollment

OPEN = TUESDAY + timedelta(hours=4)
BACK = planned("back", Kind.REFLECTION, item=None, expires_at=OPEN)
LATER = planned("later", Kind.NUDGE, item="ask-your-partner", week=3, due_at=TUESDAY + timedelta(days=14))
DONE = sent("n", answer=Answer.DONE, answered_at=TUESDAY)
SAID = [a_reply("r1")]


def a_reminder(state: NudgeState, **changes: Any) -> Nudge:
    """Return the reminder of the same moment."""
    return (
        planned("reminder", Kind.FOLLOW_UP, **changes)
        if state is NudgeState.PLANNED
        else sent("reminder", Kind.FOLLOW_UP, state=state, **changes)
    )


CASES: list[tuple[str, list[Nudge], list[Any], bool, dict[str, Any], NudgeState | None, str | None]] = [
    # what is special, other messages, what was said, was the last one empty, the run, where it goes, why
    ("something was said", [], SAID, True, {}, NudgeState.READY, None),
    ("something was tried", [DONE], [], True, {}, NudgeState.READY, None),
    ("the first quiet week", [], [], False, {}, NudgeState.READY, None),
    ("the second quiet week", [], [], True, {}, NudgeState.CANCELLED, weekly.SECOND_QUIET),
    ("the reminder is to come", [a_reminder(NudgeState.PLANNED)], SAID, False, {}, None, None),
    (
        "the reminder came",
        [a_reminder(NudgeState.SENT)],
        SAID,
        False,
        {},
        NudgeState.CANCELLED,
        "the reminder came in its place",
    ),
    ("left", [], SAID, False, {"enrollment": an_enrollment("anna").left(TUESDAY)}, NudgeState.CANCELLED, "left"),
    (
        "stands still",
        [],
        SAID,
        False,
        {"enrollment": an_enrollment("anna", state=EnrollmentState.PAUSED, paused_on=TUESDAY.date())},
        NudgeState.PLANNED,
        None,
    ),
]


@pytest.mark.parametrize(
    ("others", "said", "was_quiet", "changes", "to", "reason"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_a_look_back_gets_its_verdict(
    others: list[Nudge],
    said: list[Words],
    was_quiet: bool,
    changes: dict[str, Any],
    to: NudgeState | None,
    reason: str | None,
) -> None:
    run = course(BACK, LATER, *others, **changes)
    records = saved(weekly.looked_back(given(), person(run), run, BACK, said, was_quiet=was_quiet))
    row = records.pop("back", None)
    assert ((row.state, row.reason) if row else (None, None)) == (to, reason)
    made = [each for each in records.values() if isinstance(each, Reflection)]
    assert [(each.tried, each.shared) for each in made] == (
        [(len([each for each in others if each is DONE]), tuple(each.id for each in said))]
        if to is NudgeState.READY
        else []
    )
