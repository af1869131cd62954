"""Leaving, taking along and wiping, decision by decision."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.coaching.records.audit import Action, AuditEntry
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import NudgeState
from bot.coaching.records.reply import Reply
from bot.flows.context.person import PersonContext
from bot.flows.participation import leave
from bot.flows.privacy import erase, export
from tests.flows.decisions.told import (
    MONDAY_BEFORE,
    STRANGER,
    TUESDAY,
    begun,
    command,
    given,
    person,
    press,
    said,
    saved,
    sent,
    told,
)
from tests.store.scene import a_cohort, a_commitment, a_member, a_reply

MONDAY = given(MONDAY_BEFORE)
LEFT = begun(enrollment=begun().enrollment.left(MONDAY_BEFORE))
OTHER = begun(
    enrollment=replace(begun().enrollment, id="other", cohort="other"), cohort=a_cohort("other", channel="C-other")
)


def test_who_leaves_leaves_nothing_behind_in_the_channel() -> None:
    shared = [
        a_reply("in", shared_at=TUESDAY),
        a_commitment("plan", shared_at=TUESDAY),
        a_reply("before", enrollment="earlier", shared_at=TUESDAY),
    ]
    came = sent("came")
    about = person(begun(agenda=[came, *begun().agenda]), shared=shared)
    decision = leave.leave(MONDAY, about, command("leave"))
    records = saved(decision)
    assert (records["run-anna"].state, records["run-anna"].ended_at) == (EnrollmentState.LEFT, MONDAY_BEFORE)
    assert {each.shared_at for each in records.values() if isinstance(each, Reply | Commitment)} == {None}
    assert {"in", "plan"} < set(records)
    assert not {"before", "came"} & set(records)
    assert {records[row.id].state for row in begun().agenda} == {NudgeState.CANCELLED}
    assert (decision.withdraws, said(decision)) == (True, told("leave-done"))


@pytest.mark.parametrize(
    ("about", "leaves"),
    [
        (person(begun(), OTHER, here=OTHER.cohort), "other"),  # the one of this channel
        (person(begun(), OTHER, here=begun().cohort), "run-anna"),
        (person(begun(), OTHER), "run-anna"),
        (person(LEFT, OTHER, here=LEFT.cohort), "other"),
        (person(LEFT), ""),
        (person(), ""),
        (STRANGER, ""),
    ],
)
def test_which_run_is_left(about: PersonContext, leaves: str) -> None:
    decision = leave.leave(MONDAY, about, command("leave"))
    assert {name for name in saved(decision) if name in ("other", "run-anna")} == ({leaves} if leaves else set())
    assert leaves or said(decision) == told("leave-nothing")


def test_wiping_is_asked_once() -> None:
    for incoming in (command("forget"), press("erase.open", "")):
        assert said(erase.asked_to_wipe(MONDAY, STRANGER, incoming)) == told("erase-nothing")
        form = erase.asked_to_wipe(MONDAY, person(), incoming).opens
        assert form is not None
        assert form.id == "erase.yes"


@pytest.mark.parametrize(
    ("changes", "is_one"),
    [
        ({}, True),
        ({"at": MONDAY_BEFORE - timedelta(seconds=6)}, False),
        ({"id": "mine"}, False),  # this very press, cut off before it was handed over
        ({"action": Action.READ}, False),
        ({"actor": "operator"}, False),
    ],
)
def test_two_clicks_that_are_one(changes: dict[str, Any], is_one: bool) -> None:
    entry = AuditEntry(
        id="other",
        workspace="w",
        cohort=None,
        actor="anna",
        subject="anna",
        action=Action.EXPORT,
        count=0,
        at=MONDAY_BEFORE,
    )
    clicked = replace(press("export.make", ""), at=MONDAY_BEFORE)
    assert export.is_doubled(clicked, replace(entry, **changes), "mine") == is_one
    assert not export.is_doubled(clicked, None, "mine")


def test_an_export_is_noted_once() -> None:
    replies: list[dict[str, object]] = [{"id": "r1", "edition": 0}, {"id": "r2", "edition": 3}]
    tables = {"reply": replies, "audit": [{"id": "other"}]}
    (entry,) = export.noted(MONDAY, a_member("anna"), tables, "mine").records
    assert isinstance(entry, AuditEntry)
    assert (entry.actor, entry.subject, entry.count) == ("anna", "anna", 2)
    assert [(each.id, each.edition) for each in entry.seen] == [("r1", 0), ("r2", 3)]
    assert not export.noted(MONDAY, a_member("anna"), tables, "other").records
