"""The one change, decision by decision."""

from dataclasses import replace
from datetime import date

import pytest

from bot.coaching.language import Language
from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.records.nudge import Answer, Kind, Nudge
from bot.flows.experiments import change
from bot.flows.messages.debrief import debrief
from tests.conftest import shipped_words
from tests.flows.decisions.looks import line, notes, shown
from tests.flows.decisions.told import ITEM, TUESDAY, form, given, is_outdated, press, saved, sent, situation, wrong
from tests.store.scene import a_commitment

WHEN = date(2026, 1, 22)
MADE = a_commitment("m", nudge="d", kind=CommitmentKind.TRANSFER, state=CommitmentState.DROPPED)
VALUES = {"first": "we call back", "second": "Robin", "day": str(WHEN)}


@pytest.mark.parametrize(
    ("answer", "promises", "is_open"),
    [
        (None, [], True),
        (Answer.LATER, [], True),
        (None, [a_commitment("plan", nudge="d")], True),  # a plan is no change
        (None, [a_commitment("other", kind=CommitmentKind.TRANSFER)], True),  # of another debrief
        (Answer.SKIPPED, [], False),
        (Answer.DONE, [MADE], False),
        (None, [MADE], False),
    ],
)
def test_a_change_is_chosen_once(answer: Answer | None, promises: list[Commitment], is_open: bool) -> None:
    about = situation(sent("d", Kind.DEBRIEF, question=4, answer=answer), promises=promises)
    opened = change.transfer_open(given(), about, press("transfer.make", "d"))
    skipped = change.transfer_skip(given(), about, press("transfer.skip", "d"))
    sent_in = change.transfer_saved(given(), about, form("transfer.save", "d", **VALUES))
    questions = change.transfer_questions(given(), about, "d")
    assert questions.are_open == is_open
    if is_open:
        assert opened.opens == questions.form
        assert saved(skipped)["d"].answer is Answer.SKIPPED
        assert saved(sent_in)["d"].answer is Answer.DONE
    else:
        assert is_outdated(opened, about)
        assert is_outdated(skipped, about)
        assert wrong(sent_in, "day", "form-stale")


def test_a_change_asks_on_its_day_and_four_weeks_later() -> None:
    about = situation(sent("d", Kind.DEBRIEF, question=4))
    made, check, closed, asks = change.transfer_saved(given(), about, form("transfer.save", "d", **VALUES)).records
    assert (made.kind, made.first, made.second, made.due_on) == (CommitmentKind.TRANSFER, "we call back", "Robin", WHEN)
    assert (made.nudge, made.item, made.made_at) == ("d", ITEM, TUESDAY)
    assert (check.kind, check.subject, check.occurrence) == (Kind.CHECK, made.id, "d")
    assert check.local_date == date(2026, 2, 19)
    assert (asks.kind, asks.subject, asks.local_date) == (Kind.DAY_OF, made.id, WHEN)
    assert closed.answered_at == TUESDAY


@pytest.mark.parametrize(
    ("values", "field", "key"),
    [
        ({"first": ""}, "first", "transfer-change-missing"),
        ({"second": ""}, "second", "transfer-owner-missing"),
        ({"day": "2026-01-01"}, "day", "day-past"),
        ({"day": "2026-12-01"}, "day", "day-far"),
        ({"day": "soon"}, "day", "day-unread"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(values: dict[str, str], field: str, key: str) -> None:
    about = situation(sent("d", Kind.DEBRIEF, question=4))
    decision = change.transfer_saved(given(), about, form("transfer.save", "d", **{**VALUES, **values}))
    assert wrong(decision, field, key)


# --- where nobody noticed yet -----------------------------------------------------------------------------------

CHANGE = a_commitment(
    "m", nudge="d", kind=CommitmentKind.TRANSFER, state=CommitmentState.DONE, second="Robin", item=ITEM
)
STEP = a_commitment("s", nudge="q", kind=CommitmentKind.TRANSFER)
SMALLER = {"first": "one call before noon", "day": "2026-01-14"}


@pytest.mark.parametrize(
    ("answer", "promises", "is_open"),
    [
        (Answer.UNNOTICED, [CHANGE], True),
        (Answer.NOTICED, [CHANGE], False),
        (None, [CHANGE], False),
        (Answer.UNNOTICED, [STEP, CHANGE], False),  # taken already
        (Answer.UNNOTICED, [replace(CHANGE, state=CommitmentState.DROPPED)], False),
        (Answer.UNNOTICED, [], False),
    ],
)
def test_a_smaller_step_is_taken_once(answer: Answer | None, promises: list[Commitment], is_open: bool) -> None:
    about = situation(sent("q", Kind.CHECK, subject="m", answer=answer), promises=promises)
    opened = change.smaller_open(given(), about, press("smaller.make", "q"))
    taken = change.smaller_saved(given(), about, form("smaller.save", "q", **SMALLER))
    assert change.smaller_questions(given(), about, "q").are_open == is_open
    if not is_open:
        assert is_outdated(opened, about)
        assert wrong(taken, "day", "form-stale")
        return
    assert opened.opens is not None
    step, asked = taken.records
    assert isinstance(step, Commitment)
    assert (step.kind, step.nudge, step.first, step.second) == (CommitmentKind.TRANSFER, "q", SMALLER["first"], "Robin")
    assert isinstance(asked, Nudge)
    assert (asked.kind, asked.subject, asked.local_date) == (Kind.DAY_OF, step.id, date(2026, 1, 14))
    for values, field, key in (
        ({"first": ""}, "first", "transfer-change-missing"),
        ({"day": "2026-01-12"}, "day", "day-past"),
    ):
        assert wrong(
            change.smaller_saved(given(), about, form("smaller.save", "q", **{**SMALLER, **values})), field, key
        )


@pytest.mark.parametrize(
    ("cards", "day", "asked"),
    [
        (2, "2026-01-16", date(2026, 1, 16)),
        (3, "2026-01-16", date(2026, 1, 19)),  # the week had its cards: the next working week begins with it
        (3, "2026-01-21", date(2026, 1, 21)),
    ],
)
def test_in_a_full_week_it_is_said_at_once_that_it_is_asked_in_the_next(cards: int, day: str, asked: date) -> None:
    others = [sent(f"s{count}", Kind.FOLLOW_UP) for count in range(cards - 1)]
    about = situation(sent("d", Kind.DEBRIEF, question=4), *others)
    made, *_, asks = change.transfer_saved(given(), about, form("transfer.save", "d", **{**VALUES, "day": day})).records
    assert (asks.kind, asks.local_date, str(made.due_on)) == (Kind.DAY_OF, asked, day)
    told = notes(debrief(given(), shown(about.nudge, asks, promises=[made])))[-1]
    assert told == line("transfer-asks", day=shipped_words().day(asked, Language.EN))
