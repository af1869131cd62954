"""Being asked to coach, decision by decision."""

from dataclasses import replace

import pytest

from bot.coaching.records.cohort import CoachState
from bot.flows.participation.coach_role import RoleContext, accepted, declined
from tests.flows.decisions.told import TUESDAY, given, press, saved
from tests.store.scene import a_coach, a_cohort, a_member

PRESS = press("coach.accept", "c")


@pytest.mark.parametrize("answer", [CoachState.ACTIVE, CoachState.DECLINED])
@pytest.mark.parametrize("before", CoachState)
def test_it_is_answered_once(before: CoachState, answer: CoachState) -> None:
    about = RoleContext(member=a_member("carl"), role=a_coach(state=before), cohort=a_cohort())
    decision = (accepted if answer is CoachState.ACTIVE else declined)(given(), about, PRESS)
    if before is CoachState.INVITED:
        role = saved(decision)["coach-carl"]
        assert (role.state, role.answered_at) == (answer, TUESDAY)
    else:
        assert not decision.records
        assert (decision.refuses, decision.again) == ("press-stale", ("c",))


def test_who_was_not_asked_is_refused() -> None:
    stranger = RoleContext()
    for about in (stranger, replace(stranger, member=a_member("carl"), cohort=a_cohort())):
        assert accepted(given(), about, PRESS).refuses == "press-foreign"
