"""Being asked to coach, decision by decision."""

import pytest

from bot.coaching.records.cohort import CoachState
from bot.flows.participation.coach_role import answered
from tests.flows.decisions.told import TUESDAY, given, saved
from tests.store.scene import a_coach


@pytest.mark.parametrize("answer", [CoachState.ACTIVE, CoachState.DECLINED])
@pytest.mark.parametrize("before", CoachState)
def test_it_is_answered_once(before: CoachState, answer: CoachState) -> None:
    decision = answered(given(), a_coach(state=before), answer)
    if before is CoachState.INVITED:
        role = saved(decision)["coach-carl"]
        assert (role.state, role.answered_at) == (answer, TUESDAY)
    else:
        assert not decision.records
        assert (decision.refuses, decision.again) == ("press-stale", ("c",))


def test_who_was_not_asked_is_refused() -> None:
    assert answered(given(), None, CoachState.ACTIVE).refuses == "press-foreign"
