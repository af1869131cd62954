"""The if-then plan, decision by decision."""

from datetime import date

import pytest

from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.records.nudge import Answer, Kind, NudgeState
from bot.coaching.records.reply import Scope
from bot.flows.context.decision import Decision
from bot.flows.experiments import plan as plan_flow
from tests.flows.decisions.told import (
    AT_HOME,
    ITEM,
    TUESDAY,
    form,
    given,
    is_outdated,
    planned,
    press,
    saved,
    sent,
    situation,
    wrong,
)
from tests.store.scene import a_commitment

STILL_OPEN = {None, Answer.PLANNED, Answer.NOT_FOR_ME}
THURSDAY, FRIDAY = date(2026, 1, 15), date(2026, 1, 16)


def a_plan(**changes: object) -> Commitment:
    """Return a plan of anna's for thursday."""
    return a_commitment("p", **{"nudge": "n", "item": ITEM, "due_on": THURSDAY, "first": "a", "second": "b", **changes})


def made(subject: str, old: Commitment | None, first: str, second: str, day: date | str, **nudge: object) -> Decision:
    """Send the form of a plan in."""
    about = situation(sent("n", **nudge), promises=[old] if old else [])
    return plan_flow.plan_made(given(), about, form("plan.make", subject, first=first, second=second, day=str(day)))


@pytest.mark.parametrize("before", [None, *Answer])
def test_a_plan_is_made_as_long_as_the_experiment_is_open(before: Answer | None) -> None:
    about = situation(sent("n", answer=before))
    opened = plan_flow.plan_open(given(), about, press("nudge.plan", "n"))
    questions = plan_flow.plan_questions(given(), about, "n")
    decision = made("n", None, "a", "b", THURSDAY, answer=before)
    assert questions is not None
    assert questions.are_open == (before in STILL_OPEN)
    if before in STILL_OPEN:
        assert opened.opens == questions.form
        assert saved(decision)["n"].answer is Answer.PLANNED
    else:
        assert is_outdated(opened, about)
        assert wrong(decision, "day", "form-stale")


def test_a_new_plan_asks_on_its_day() -> None:
    records = saved(made("n", None, "if", "then", THURSDAY))
    plan, asks = records["new-1"], records["new-3"]
    assert set(records) == {"n", "new-1", "new-3"}
    assert (plan.kind, plan.first, plan.second, plan.due_on) == (CommitmentKind.PLAN, "if", "then", THURSDAY)
    assert (plan.scope, plan.made_at, plan.nudge) == (Scope.COACH, TUESDAY, "n")
    assert (asks.kind, asks.subject, asks.local_date) == (Kind.DAY_OF, "new-1", THURSDAY)


def test_at_home_the_day_alone_is_kept_and_for_nobody_else() -> None:
    about = situation(sent("n", item=AT_HOME))
    values = {"first": "if", "second": "then", "day": str(THURSDAY)}
    plan = saved(plan_flow.plan_made(given(), about, form("plan.make", "n", **values)))["new-1"]
    assert (plan.first, plan.second, plan.scope) == ("", "", Scope.PRIVATE)


@pytest.mark.parametrize(
    ("first", "second", "day", "field", "key"),
    [
        ("a", "b", date(2026, 1, 12), "day", "day-past"),
        ("a", "b", "20/01/2026", "day", "day-unread"),
        ("a", "b", date(2026, 3, 20), "day", "day-far"),
        ("", "b", THURSDAY, "first", "plan-if-missing"),
        ("a", "", THURSDAY, "second", "plan-then-missing"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(first: str, second: str, day: date | str, field: str, key: str) -> None:
    assert wrong(made("n", None, first, second, day), field, key)


@pytest.mark.parametrize(
    ("subject", "first", "day", "outcome"),
    [
        ("n:0", "a", THURSDAY, "nothing"),  # as it is
        ("n:0", "a", FRIDAY, "moved"),
        ("n:0", "x", THURSDAY, "reworded"),
        ("n", "x", THURSDAY, "reworded"),
        ("n:7", "x", THURSDAY, "refused"),  # filled from words that were changed meanwhile
        ("n:7", "a", THURSDAY, "nothing"),  # says what stands there already: handled again after it was cut off
        ("n:7", "a", FRIDAY, "moved"),
    ],
)
def test_a_form_changes_the_words_it_was_filled_from(subject: str, first: str, day: date, outcome: str) -> None:
    old = a_plan(shared_at=TUESDAY)
    decision = made(subject, old, first, "b", day, answer=Answer.PLANNED)
    if outcome == "refused":
        assert wrong(decision, "day", "form-changed")
        return
    if outcome == "nothing":
        assert decision == Decision()
        return
    plan = saved(decision)["p"]
    assert (plan.first, plan.due_on) == (first, day)
    is_new = outcome == "reworded"
    assert (plan.edition, plan.shared_at is None, decision.withdraws) == (int(is_new), is_new, is_new)
    assert decision.pages


@pytest.mark.parametrize(
    ("state", "opens_with", "is_new"),
    [
        (CommitmentState.OPEN, "a", False),
        (CommitmentState.MOVED, "a", False),
        (CommitmentState.DONE, "a", True),
        (CommitmentState.DROPPED, "", True),
    ],
)
def test_what_is_over_is_left_and_planned_anew(state: CommitmentState, opens_with: str, is_new: bool) -> None:
    old = a_plan(state=state)
    about = situation(sent("n"), promises=[old])
    opened = plan_flow.plan_open(given(), about, press("nudge.plan", "n")).opens
    assert opened is not None
    assert [part.value for part in opened.parts if getattr(part, "id", "") == "first"] == [opens_with]
    records = saved(made(opened.subject, old, "x", "b", FRIDAY))
    assert ("new-1" in records, "p" in records) == (is_new, not is_new)


def test_the_question_of_the_day_takes_the_place_of_the_one_before() -> None:
    asked = planned("asked", Kind.DAY_OF, subject="p", local_date=THURSDAY)
    about = situation(sent("n", answer=Answer.PLANNED), asked, sent("r", Kind.FOLLOW_UP), promises=[a_plan()])
    moved = saved(plan_flow.plan_made(given(), about, form("plan.make", "n:0", first="a", second="b", day=str(FRIDAY))))
    assert moved["asked"].state is NudgeState.CANCELLED
    assert moved["r"].answer is Answer.PLANNED
    assert [row.local_date for row in moved.values() if getattr(row, "kind", "") is Kind.DAY_OF] == [THURSDAY, FRIDAY]
    again = form("plan.make", "n:0", first="x", second="b", day=str(THURSDAY))
    same = saved(plan_flow.plan_made(given(), about, again))
    assert set(same) == {"n", "p", "r"}


@pytest.mark.parametrize("root", [None, *Answer])
@pytest.mark.parametrize("reminder", [None, Answer.DONE])
def test_the_reminder_plans_its_nudge(root: Answer | None, reminder: Answer | None) -> None:
    about = situation(sent("r", Kind.FOLLOW_UP, answer=reminder), sent("n", answer=root))
    decision = plan_flow.follow_plan(given(), about, press("follow.plan", "r"))
    if reminder is None and root in STILL_OPEN:
        assert decision.opens is not None
        assert decision.opens.subject == "n"
    else:
        assert is_outdated(decision, about)


def test_private_words_stand_in_no_message() -> None:
    kept = situation(sent("n"), promises=[a_plan(scope=Scope.PRIVATE)])
    assert plan_flow.plan_questions(given(), kept, "n") is None
    day_only = situation(sent("n"), promises=[a_plan(scope=Scope.PRIVATE, first="", second="")])
    assert plan_flow.plan_questions(given(), day_only, "n") is not None
