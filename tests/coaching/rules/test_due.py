"""What becomes of a message whose moment has come."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Answer, Kind, Nudge
from bot.coaching.records.reply import Scope
from bot.coaching.rules.due import MOST_A_WEEK, UNCOUNTED, YIELDING, DueContext, Verdict, verdict

NOW = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)
SEND = (Verdict.SEND, "")
FULL = (Verdict.POSTPONE, "enough for one week")


def a_nudge(kind: Kind = Kind.NUDGE, **changes: Any) -> Nudge:
    """A message due now."""
    nudge = Nudge(
        id="n",
        workspace="w",
        cohort="c",
        enrollment="e",
        member="m",
        kind=kind,
        prompt="item/nudge",
        occurrence="1",
        item="item",
        week=1,
        local_date=date(2026, 1, 6),
        local_time=time(10, 0),
        zone="Europe/Amsterdam",
        due_at=NOW,
        expires_at=NOW + timedelta(hours=4),
    )
    return replace(nudge, **changes)


def a_plan(state: CommitmentState) -> Commitment:
    """A plan in a state."""
    return Commitment(
        id="p",
        workspace="w",
        cohort="c",
        enrollment="e",
        member="m",
        nudge="n",
        item="item",
        week=1,
        kind=CommitmentKind.PLAN,
        first="it is ten",
        second="I ask",
        due_on=date(2026, 1, 8),
        state=state,
        scope=Scope.COACH,
        made_at=NOW,
    )


def standing(**changes: Any) -> DueContext:
    """Somebody reachable and on the way, an item whose nudge was sent and not answered, a plan that is open."""
    usual = DueContext(
        now=NOW,
        account=MemberState.ACTIVE,
        enrollment=EnrollmentState.ACTIVE,
        started_this_week=0,
        root=a_nudge(sent_at=NOW - timedelta(days=2)),
        commitment=a_plan(CommitmentState.OPEN),
    )
    return replace(usual, **changes)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_sent_to_somebody_on_the_way(kind: Kind) -> None:
    root = a_nudge(sent_at=NOW - timedelta(days=2), answer=Answer.DONE if kind is Kind.DEBRIEF else None)
    assert verdict(a_nudge(kind), standing(root=root)) == SEND


@pytest.mark.parametrize("kind", Kind)
def test_nothing_goes_to_an_account_that_is_gone_or_to_somebody_who_left(kind: Kind) -> None:
    gone = standing(account=MemberState.DEACTIVATED)
    left = standing(enrollment=EnrollmentState.LEFT)
    assert verdict(a_nudge(kind), gone) == (Verdict.CANCEL, "account deactivated")
    assert verdict(a_nudge(kind), left) == (Verdict.CANCEL, "left")


@pytest.mark.parametrize("kind", Kind)
def test_nothing_goes_out_once_its_window_closed(kind: Kind) -> None:
    late = a_nudge(kind, expires_at=NOW)
    assert verdict(late, standing()) == (Verdict.EXPIRE, "its window closed")
    assert verdict(late, standing(enrollment=EnrollmentState.PAUSED)) == (Verdict.EXPIRE, "its window closed")


def test_a_message_goes_out_up_to_the_last_instant_of_its_window() -> None:
    assert verdict(a_nudge(expires_at=NOW + timedelta(microseconds=1)), standing()) == SEND


@pytest.mark.parametrize("kind", Kind)
def test_a_pause_postpones_all_but_what_a_person_set_off(kind: Kind) -> None:
    expected = SEND if kind in UNCOUNTED else (Verdict.POSTPONE, "paused")
    assert verdict(a_nudge(kind), standing(enrollment=EnrollmentState.PAUSED)) == expected


def test_what_waits_leaves_room_for_what_comes_before_it_in_the_week() -> None:
    kept = standing(started_this_week=MOST_A_WEEK - 1, reserved_this_week=1)
    for kind in (Kind.REFLECTION, Kind.CHECK, Kind.PULSE):
        assert verdict(a_nudge(kind), replace(kept, commitment=a_plan(CommitmentState.DONE))) == FULL
    assert verdict(a_nudge(Kind.REFLECTION), replace(kept, started_this_week=1)) == SEND


@pytest.mark.parametrize("kind", Kind)
def test_a_full_week_lets_no_more_in(kind: Kind) -> None:
    expected = FULL  # it stands in the next card
    if kind in UNCOUNTED:
        expected = SEND
    elif kind in YIELDING:
        expected = (Verdict.CANCEL, "enough for one week")  # the next one asks the same
    root = a_nudge(sent_at=NOW - timedelta(days=2), answer=Answer.DONE if kind is Kind.DEBRIEF else None)
    assert verdict(a_nudge(kind), standing(root=root, started_this_week=MOST_A_WEEK)) == expected


def test_the_third_message_of_a_week_still_goes_out() -> None:
    assert verdict(a_nudge(), standing(started_this_week=MOST_A_WEEK - 1)) == SEND


def test_somebody_whose_weeks_are_over_still_gets_boosters() -> None:
    assert verdict(a_nudge(Kind.BOOSTER), standing(enrollment=EnrollmentState.COMPLETED)) == SEND


ROOT = a_nudge(sent_at=NOW - timedelta(days=2))
ANSWERED = (Verdict.CANCEL, "already answered")
ELSE = (None, *(each for each in Answer if each is not Answer.DONE))
LEFT = (Answer.NOT_FOR_ME, Answer.SKIPPED)
NOT_DONE = (Verdict.CANCEL, "the experiment was not done")


@pytest.mark.parametrize(
    ("kind", "changes", "expected"),
    [
        # a reminder, only for a nudge that was seen and stands unanswered
        (Kind.FOLLOW_UP, {"root": None}, (Verdict.CANCEL, "its nudge was never sent")),
        (Kind.FOLLOW_UP, {"root": replace(ROOT, sent_at=None)}, (Verdict.CANCEL, "its nudge was never sent")),
        (Kind.FOLLOW_UP, {"root": replace(ROOT, answer=Answer.DONE)}, ANSWERED),
        (Kind.FOLLOW_UP, {"root": replace(ROOT, answer=Answer.NOT_FOR_ME)}, ANSWERED),
        (Kind.FOLLOW_UP, {"root": replace(ROOT, answer=Answer.SKIPPED)}, ANSWERED),
        (Kind.FOLLOW_UP, {"plan_ahead": True}, ANSWERED),  # its own day will ask
        (Kind.FOLLOW_UP, {"root": replace(ROOT, answer=Answer.PLANNED)}, SEND),  # planned, but the day has passed
        (Kind.FOLLOW_UP, {"root": replace(ROOT, answer=Answer.LATER)}, SEND),
        # the one question about what was not done, with no day of its own ahead
        (Kind.UNDONE, {"root": None}, (Verdict.CANCEL, "its nudge was never sent")),
        *((Kind.UNDONE, {"root": replace(ROOT, answer=answer)}, ANSWERED) for answer in LEFT),
        (Kind.UNDONE, {"root": replace(ROOT, answer=Answer.DONE)}, ANSWERED),
        (Kind.UNDONE, {"plan_ahead": True}, ANSWERED),
        (Kind.UNDONE, {"root": replace(ROOT, answer=Answer.PLANNED)}, SEND),
        (Kind.UNDONE, {}, SEND),
        # the question of the day, only for a plan that is open
        (Kind.DAY_OF, {"commitment": None}, (Verdict.CANCEL, "the plan is closed")),
        (Kind.DAY_OF, {"commitment": a_plan(CommitmentState.DONE)}, (Verdict.CANCEL, "the plan is closed")),
        (Kind.DAY_OF, {"commitment": a_plan(CommitmentState.DROPPED)}, (Verdict.CANCEL, "the plan is closed")),
        (Kind.DAY_OF, {"commitment": a_plan(CommitmentState.MOVED)}, SEND),
        # four weeks later, unless the change was dropped
        (Kind.CHECK, {"commitment": None}, (Verdict.CANCEL, "the change was dropped")),
        (Kind.CHECK, {"commitment": a_plan(CommitmentState.DROPPED)}, (Verdict.CANCEL, "the change was dropped")),
        (Kind.CHECK, {"commitment": a_plan(CommitmentState.DONE)}, SEND),
        (Kind.CHECK, {"commitment": a_plan(CommitmentState.OPEN)}, SEND),
        # the debrief, unless there was no experiment
        *((Kind.DEBRIEF, {"root": replace(ROOT, answer=answer)}, NOT_DONE) for answer in ELSE),
        (Kind.DEBRIEF, {"root": replace(ROOT, answer=Answer.DONE)}, SEND),
        (Kind.DEBRIEF, {"root": None}, (Verdict.CANCEL, "its nudge was never sent")),
    ],
)
def test_what_has_nothing_left_to_ask_is_cancelled(
    kind: Kind, changes: dict[str, Any], expected: tuple[Verdict, str]
) -> None:
    assert verdict(a_nudge(kind), standing(**changes)) == expected


def test_what_is_pointless_is_cancelled_before_a_full_week_postpones_it() -> None:
    closed = standing(commitment=None, started_this_week=MOST_A_WEEK)
    assert verdict(a_nudge(Kind.DAY_OF), closed) == (Verdict.CANCEL, "the plan is closed")
