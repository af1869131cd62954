"""Who is there, found by each thing the flows know about them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.coaching.records.cohort import CoachState, CohortState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import MemberState
from bot.coaching.records.workspace import Workspace, WorkspaceState
from tests.store.scene import (
    Scene,
    a_coach,
    a_cohort,
    a_member,
    a_workspace,
    an_enrollment,
    at,
)
from tests.stored import coaches


def ids(records: Any) -> list[str]:
    return [record.id for record in records]


async def test_a_workspace_is_found_by_id_and_by_its_platform(scene: Scene) -> None:
    workspace = a_workspace(version=1)
    assert await scene.store.workspace("w") == workspace
    assert await scene.store.workspace_of("slack", "T-w") == workspace
    assert await scene.store.workspace_of("teams", "T-w") is None
    await scene.add(a_workspace("w2"))
    assert ids(await scene.store.workspaces()) == ["w", "w2"]
    assert all(isinstance(each, Workspace) for each in await scene.store.workspaces())


async def test_a_member_is_found_in_its_own_workspace_only(scene: Scene) -> None:
    await scene.add(a_workspace("w2"))
    assert await scene.store.member("w", "anna") == a_member("anna", version=1)
    assert await scene.store.member_of("w", "U-anna") == a_member("anna", version=1)
    assert await scene.store.member_of("w2", "U-anna") is None


async def test_a_channels_cohort_is_the_active_one(scene: Scene) -> None:
    await scene.add(a_cohort("old", channel="C-c", state=CohortState.ENDED))
    assert await scene.store.cohort_in("w", "C-c") == a_cohort(version=1)
    assert await scene.store.cohort("w", "old") is not None
    assert await scene.store.cohort_in("w", "C-none") is None


async def test_a_coach_coaches_once_accepted(scene: Scene) -> None:
    await scene.add(
        a_cohort("c2"),
        a_coach("anna", state=CoachState.INVITED, named_at=at(-1)),
        a_coach("carl", id="second", cohort="c2", state=CoachState.DECLINED),
    )
    assert ids(coaches(scene.store, "c")) == ["coach-anna", "coach-carl"]
    assert await scene.store.coach("w", "c", "carl") == a_coach(version=1)
    assert await scene.store.coach("w", "c", "bram") is None
    assert ids(await scene.store.coached_by("w", "carl")) == ["c"]
    assert await scene.store.coached_by("w", "anna") == []


async def test_enrollments_are_found_by_run_person_and_cohort(scene: Scene) -> None:
    run = await scene.store.enrollment("w", "run-anna")
    assert run is not None
    await scene.add(replace(run, state=EnrollmentState.LEFT))
    await scene.add(an_enrollment("anna", id="again"))  # at the same moment
    assert ids(await scene.store.enrollments_of("w", "anna")) == ["again", "run-anna"]


async def test_runs_come_with_their_cohorts_the_newest_first(scene: Scene) -> None:
    run = await scene.store.enrollment("w", "run-anna")
    assert run is not None
    await scene.add(
        replace(run, state=EnrollmentState.LEFT), a_cohort("c2"), an_enrollment("anna", id="new", cohort="c2")
    )
    found = await scene.store.runs_of("w", "anna")
    assert [(each.id, cohort.id) for each, cohort in found] == [("new", "c2"), ("run-anna", "c")]
    assert await scene.store.runs_of("w", "carl") == []


async def test_all_coaches_are_read_in_the_order_of_naming(scene: Scene) -> None:
    anna, carl = await scene.store.member("w", "anna"), await scene.store.member("w", "carl")
    await scene.add(a_coach("anna", state=CoachState.DECLINED, named_at=at(-1)))
    found = await scene.store.around_cohort("w", "c")
    assert found is not None
    named = [(role.state, member) for role, member in found.coaches]
    assert named == [(CoachState.DECLINED, anna), (CoachState.ACTIVE, carl)]


async def test_an_enrollment_comes_with_its_member_and_its_cohort(scene: Scene) -> None:
    run = await scene.store.enrollment("w", "run-bram")
    together = (run, await scene.store.member("w", "bram"), await scene.store.cohort("w", "c"))
    assert await scene.store.around("w", "run-bram") == together
    assert await scene.store.around("w", "nobody") is None


@pytest.mark.parametrize(
    ("person", "app", "is_away"),
    [
        (MemberState.ACTIVE, WorkspaceState.ACTIVE, False),
        (MemberState.DEACTIVATED, WorkspaceState.ACTIVE, True),
        (MemberState.ACTIVE, WorkspaceState.UNINSTALLED, True),
    ],
)
async def test_who_is_switched_off_or_without_the_app_is_away(
    scene: Scene, person: MemberState, app: WorkspaceState, is_away: bool
) -> None:
    await scene.add(a_workspace("w2", state=app), a_member("eva", workspace="w2", state=person))
    assert await scene.store.away("w2", "U-eva") is is_away
    assert await scene.store.away("w", "U-anna") is False
    assert await scene.store.away("w", "U-eva") is False  # of another workspace


@pytest.mark.parametrize(
    ("until", "found"),
    [
        (date(2026, 2, 2), []),  # the day before
        (date(2026, 2, 3), ["run-anna"]),  # the day itself
        (date(2026, 3, 1), ["run-anna"]),  # long after
    ],
)
async def test_a_pause_ends_on_its_day(scene: Scene, until: date, found: list[str]) -> None:
    for name, state in (("anna", EnrollmentState.PAUSED), ("bram", EnrollmentState.ACTIVE)):
        run = await scene.store.enrollment("w", f"run-{name}")
        assert run is not None
        await scene.add(replace(run, state=state, paused_until=date(2026, 2, 3)))
    assert ids(await scene.store.paused_until(until)) == found
