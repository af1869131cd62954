"""Whom nothing holds any more, a year on: a table of who goes and who stays."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.coaching.records.cohort import CoachState, CohortState
from bot.coaching.records.enrollment import EnrollmentState
from bot.store.port import Record
from tests.store.scene import T0, Scene, a_coach, a_cohort, a_member, an_enrollment

BEFORE, AFTER = T0 - timedelta(days=1), T0 + timedelta(days=1)
ENDED = a_cohort("old", state=CohortState.ENDED)


def met(at: object = BEFORE) -> Record:
    return a_member("dora", met_at=at)


def run(member: str = "dora", **changes: object) -> Record:
    return an_enrollment(member, id=f"old-{member}", cohort="old", state=EnrollmentState.COMPLETED, **changes)


def coaches(state: CoachState = CoachState.ACTIVE, cohort: str = "old") -> Record:
    return a_coach("dora", cohort=cohort, state=state)


@pytest.mark.parametrize(
    ("records", "goes"),
    [
        ([met()], True),  # settings, and nothing else
        ([met(None)], True),  # before that was noted
        ([met(AFTER)], False),
        ([met(), run(ended_at=BEFORE)], True),
        ([met(), run(ended_at=AFTER)], False),
        ([met(), run(ended_at=None)], False),
        ([met(), coaches()], True),  # of a team that nobody is in any more
        ([met(), coaches(), run("bram", ended_at=BEFORE)], True),
        ([met(), coaches(), run("bram", ended_at=AFTER)], False),  # their words hold for as long as the team's
        ([met(), coaches(cohort="c")], False),
        ([met(), coaches(CoachState.INVITED, cohort="c")], False),
    ],
)
async def test_who_is_let_go(scene: Scene, records: Sequence[Record], *, goes: bool) -> None:
    await scene.add(ENDED)
    await scene.add(*records)
    gone = await scene.store.long_gone(T0)
    assert (("w", "dora") in gone) is goes
    assert not {("w", "anna"), ("w", "bram")}.intersection(gone)


async def test_a_person_who_is_let_go_without_waiting_leaves_no_word(scene: Scene) -> None:
    await scene.add(met())
    assert await scene.store.erase("w", "dora", at=T0, audit_id="a", waits=False) == 0
    assert await scene.store.member("w", "dora") is None
