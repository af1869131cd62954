"""The planned day, decision by decision."""

from datetime import date

import pytest

from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.records.nudge import Answer, Kind, NudgeState
from bot.flows.experiments import planned_day
from bot.flows.handling.nudge import OfPress
from tests.flows.decisions.told import (
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

FRIDAY = date(2026, 1, 16)
TODAY = TUESDAY.date()


def a_promise(**changes: object) -> Commitment:
    """Return what anna promised for today."""
    return a_commitment("p", **{"nudge": "n", "item": ITEM, "due_on": TODAY, **changes})


DAY = sent("d", Kind.DAY_OF, subject="p")
CHANGE = a_promise(kind=CommitmentKind.TRANSFER)
STATES = [
    # answer of the question, the promise, whether it still asks
    (None, a_promise(), True),
    (None, a_promise(state=CommitmentState.MOVED), True),
    (None, a_promise(state=CommitmentState.MOVED, due_on=FRIDAY), False),  # moved elsewhere
    (None, a_promise(state=CommitmentState.DONE), False),
    (None, a_promise(state=CommitmentState.DROPPED), False),
    (Answer.DONE, a_promise(state=CommitmentState.DONE), False),
    (Answer.LATER, a_promise(), False),
]


@pytest.mark.parametrize(("answer", "promise", "asks"), STATES)
def test_a_button_counts_as_long_as_the_day_asks(answer: Answer | None, promise: Commitment, asks: bool) -> None:
    about = situation(sent("d", Kind.DAY_OF, subject="p", answer=answer), sent("n"), promises=[promise])
    questions = planned_day.move_questions(given(), about, "d")
    assert questions.are_open == asks
    for decide in (planned_day.day_done, planned_day.day_drop, planned_day.day_move):
        decision = decide(given(), about, press("day", "d"))
        assert is_outdated(decision, about) != asks
    moved = planned_day.day_moved(given(), about, form("day.moved", "d", day=str(FRIDAY)))
    assert wrong(moved, "day", "form-stale") != asks


@pytest.mark.parametrize(
    ("decide", "answer", "state"),
    [
        (planned_day.day_done, Answer.DONE, CommitmentState.DONE),
        (planned_day.day_drop, Answer.SKIPPED, CommitmentState.DROPPED),
    ],
)
def test_the_day_of_a_plan_closes_its_experiment(decide: OfPress, answer: Answer, state: CommitmentState) -> None:
    about = situation(
        DAY, sent("n", answer=Answer.PLANNED), sent("r", Kind.FOLLOW_UP), promises=[a_promise(), a_commitment("o")]
    )
    records = saved(decide(given(), about, press("day", "d")))
    looks_back = records.pop("new-1", None)
    assert (looks_back is not None) == (answer is Answer.DONE)
    assert set(records) == {"d", "n", "r", "p"}
    assert {records[row].answer for row in ("d", "n", "r")} == {answer}
    assert (records["p"].state, records["p"].closed_at) == (state, TUESDAY)
    change = situation(DAY, sent("n"), promises=[CHANGE])
    records = saved(decide(given(), change, press("day", "d")))
    assert set(records) == {"d", "p"}
    assert (records["d"].answer, records["p"].state) == (answer, state)


def test_another_day_is_asked_for_first() -> None:
    opened = planned_day.day_move(given(), situation(DAY, promises=[a_promise()]), press("day.move", "d"))
    assert opened.opens is not None
    assert (opened.opens.id, opened.opens.subject) == ("day.moved", "d")


@pytest.mark.parametrize(("day", "key"), [("2026-01-12", "day-past"), ("2026-04-01", "day-far"), ("", "day-unread")])
def test_a_day_that_will_not_do(day: str, key: str) -> None:
    about = situation(DAY, promises=[a_promise()])
    assert wrong(planned_day.day_moved(given(), about, form("day.moved", "d", day=day)), "day", key)


def test_a_plan_moves_with_its_question_and_what_became_of_it() -> None:
    asked = planned("asked", Kind.DAY_OF, subject="p", local_date=TODAY)
    about = situation(DAY, asked, planned("looks-back", Kind.UNDONE), promises=[a_promise()])
    records = saved(planned_day.day_moved(given(), about, form("day.moved", "d", day=str(FRIDAY))))
    assert (records["p"].state, records["p"].due_on) == (CommitmentState.MOVED, FRIDAY)
    assert (records["d"].answer, records["asked"].state) == (Answer.LATER, NudgeState.CANCELLED)
    assert records["looks-back"].local_date == date(2026, 1, 20)
    (fresh,) = (row for name, row in records.items() if name.startswith("new-"))
    assert (fresh.kind, fresh.subject, fresh.local_date) == (Kind.DAY_OF, "p", FRIDAY)


def test_a_change_moves_with_the_question_whether_somebody_noticed() -> None:
    check = planned("check", Kind.CHECK, subject="p", local_date=date(2026, 2, 10))
    other = planned("other", Kind.CHECK, subject="o", local_date=date(2026, 2, 11))
    about = situation(DAY, check, other, planned("looks-back", Kind.DEBRIEF), promises=[CHANGE])
    records = saved(planned_day.day_moved(given(), about, form("day.moved", "d", day=str(FRIDAY))))
    assert not {"other", "looks-back"} & set(records)
    assert records["check"].local_date == date(2026, 2, 13)
