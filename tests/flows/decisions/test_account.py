"""What the platform tells of people, decision by decision."""

from dataclasses import replace
from typing import Any

import pytest

from bot.chat.port import Person as Known
from bot.chat.port import PersonChanged
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import NudgeState
from bot.flows.context.person import ParticipationContext
from bot.flows.participation import account
from tests.flows.decisions.told import MONDAY_BEFORE, STRANGER, TUESDAY, begun, given, person, saved
from tests.store.scene import a_member

MONDAY = given(MONDAY_BEFORE)
ANNA = a_member("anna", zone="Europe/Amsterdam", direct="D-anna")


def run(state: EnrollmentState, **changes: Any) -> ParticipationContext:
    """Return a run of anna in a state."""
    return begun(member=ANNA, enrollment=replace(begun().enrollment, state=state, **changes))


@pytest.mark.parametrize(
    ("course", "rows"),
    [
        (run(EnrollmentState.ACTIVE), set()),
        (run(EnrollmentState.PAUSED, paused_until=TUESDAY.date()), set()),
        (run(EnrollmentState.COMPLETED), {NudgeState.CANCELLED}),
        (run(EnrollmentState.LEFT), None),
    ],
    ids=["going", "paused", "completed", "left"],
)
def test_of_who_shuts_us_out_every_run_stands_still(course: ParticipationContext, rows: set[NudgeState] | None) -> None:
    records = saved(account.shut_away(MONDAY, person(course)))
    assert (records["anna"].state, records["anna"].direct) == (MemberState.DEACTIVATED, None)
    enrollment = records.get("run-anna")
    assert (enrollment is not None) == (rows == set())
    assert enrollment is None or (enrollment.stands_still, enrollment.paused_on) == (True, MONDAY_BEFORE.date())
    cancelled = {record.state for name, record in records.items() if name not in ("anna", "run-anna")}
    assert cancelled == (rows or set())


def test_a_stranger_shuts_nobody_out() -> None:
    assert not account.shut_away(MONDAY, STRANGER).records


def changed(**known: Any) -> PersonChanged:
    """Return what the platform tells of anna."""
    usual: dict[str, Any] = {"external_id": "U-anna", "name": "Anna", "zone": "Europe/Amsterdam"}
    usual |= {"is_bot": False, "deactivated": False}
    who = Known(**(usual | known))
    return PersonChanged(workspace="w", person="U-anna", event_id="e", at=MONDAY_BEFORE, known=who)


@pytest.mark.parametrize(
    ("known", "changes"),
    [
        ({}, None),
        ({"name": ""}, None),
        ({"zone": None}, None),
        ({"zone": "Nowhere/Else"}, None),
        ({"name": "Anne"}, {"name": "Anne"}),
        ({"deactivated": True}, {"state": MemberState.DEACTIVATED}),
    ],
)
def test_a_person_is_followed(known: dict[str, Any], changes: dict[str, Any] | None) -> None:
    records = saved(account.followed(MONDAY, person(run(EnrollmentState.ACTIVE)), changed(**known)))
    assert records == ({} if changes is None else {"anna": replace(ANNA, **changes)})


def test_who_moves_takes_their_hours_along_in_every_run_but_those_they_left() -> None:
    gone = run(EnrollmentState.LEFT, id="gone")
    gone = replace(gone, agenda=[replace(row, id=f"gone-{row.id}") for row in gone.agenda])
    about = person(run(EnrollmentState.ACTIVE), gone)
    records = saved(account.followed(MONDAY, about, changed(zone="Asia/Tokyo")))
    assert records["anna"].zone == "Asia/Tokyo"
    assert {record.zone for record in records.values()} == {"Asia/Tokyo"}
    assert set(records) == {"anna", *(row.id for row in begun().agenda)}


def test_a_zone_that_was_confirmed_stays() -> None:
    sure = person(begun(member=replace(ANNA, zone_confirmed=True)))
    assert not account.followed(MONDAY, sure, changed(zone="Asia/Tokyo")).records


def test_of_a_stranger_nothing_is_kept() -> None:
    assert not account.followed(MONDAY, STRANGER, changed()).records
