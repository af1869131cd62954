"""Until when the people of a cohort are under way, and that nobody is in two runs at once."""

from dataclasses import replace
from datetime import date

import pytest

from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import NudgeState
from bot.store.port import Conflict
from tests.store.scene import Scene, a_cohort, a_member, a_nudge, an_enrollment

LAST = date(2026, 4, 9)


async def test_the_last_day_of_anybodys_weeks(scene: Scene) -> None:
    async def last() -> date | None:
        return await scene.store.last_of_weeks("w", "c", 12)

    await scene.add(a_cohort("c2"), a_member("dora"), an_enrollment("dora", cohort="c2"))
    assert await last() is None
    await scene.add(
        a_nudge("week", week=12, local_date=LAST),
        a_nudge("welcome", week=0, local_date=date(2026, 9, 1)),  # of no week
        a_nudge("booster", week=16, local_date=date(2026, 9, 1)),  # after them
        a_nudge("plan", week=12, subject="p", local_date=date(2026, 9, 1)),  # a day that a person picked
        a_nudge("past", week=12, state=NudgeState.SENT, local_date=date(2026, 9, 1)),
        a_nudge("elsewhere", "dora", week=12, cohort="c2", local_date=date(2026, 9, 1)),
    )
    assert await last() == LAST
    for state, until, day in (
        (EnrollmentState.PAUSED, date(2026, 3, 1), LAST),
        (EnrollmentState.PAUSED, None, None),  # until they come back: holds up nobody
        (EnrollmentState.LEFT, None, None),
    ):
        run = await scene.store.enrollment("w", "run-anna")
        assert run is not None
        await scene.store.save(replace(run, state=state, paused_until=until))
        assert await last() == day


async def test_two_runs_at_once_are_a_conflict_and_those_that_ended_are_none(scene: Scene) -> None:
    await scene.add(a_cohort("c2"), an_enrollment("anna", id="over", cohort="c2", state=EnrollmentState.COMPLETED))
    await scene.add(an_enrollment("anna", id="left", state=EnrollmentState.LEFT))
    with pytest.raises(Conflict):
        await scene.store.save(an_enrollment("anna", id="second", cohort="c2"))
