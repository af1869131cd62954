"""What falls on one working day, decision by decision."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.records.reflection import Reflection
from bot.coaching.words import Words
from bot.flows.due.card import card
from bot.flows.reflections.own_week import SECOND_QUIET, back_of
from tests.flows.decisions.told import TUESDAY, course, given, person, planned, saved, sent
from tests.store.scene import a_commitment, a_reply, an_enrollment

OPEN = TUESDAY + timedelta(hours=4)
LATER = TUESDAY + timedelta(hours=5)  # the afternoon of that day
MONDAY = TUESDAY - timedelta(days=1)
THURSDAY = (TUESDAY + timedelta(days=2)).date()
BACK = planned("back", Kind.REFLECTION, item=None, expires_at=OPEN)
TO_COME = planned("later", Kind.NUDGE, item="ask-your-partner", week=3, due_at=TUESDAY + timedelta(days=14))
ROOT = sent("n", sent_at=MONDAY)
DONE = replace(ROOT, answer=Answer.DONE, answered_at=MONDAY)
DEBRIEF = planned("debrief", Kind.DEBRIEF, expires_at=OPEN)
DAY = planned("day", Kind.DAY_OF, subject="k", due_at=LATER, expires_at=LATER + timedelta(hours=4))
CHECK = planned("check", Kind.CHECK, subject="k", expires_at=OPEN)
SAID = [a_reply("r1")]
PLAN = [a_commitment("k")]
STILL = an_enrollment("anna", state=EnrollmentState.PAUSED, paused_on=TUESDAY.date())


def ruled(*rows: Nudge, said: list[Words] | None = None, was_quiet: bool = False, **changes: Any) -> dict[str, Any]:
    """Return what becomes of what falls on that Tuesday."""
    run = course(*rows, TO_COME, **changes)
    back = back_of(given(), run, said or [], was_quiet=was_quiet)
    return saved(card(given(), person(run), run, {row.id: back for row in rows}))


def test_of_a_day_one_message_leads_and_the_others_stand_below_it() -> None:
    records = ruled(DONE, CHECK, replace(BACK, due_at=LATER), DEBRIEF, said=SAID, promises=PLAN)
    made = records.pop("new-1")
    assert isinstance(made, Reflection)
    assert (made.nudge, made.tried, made.shared) == ("back", 1, ("r1",))
    assert {name: (row.state, row.card) for name, row in records.items()} == {
        "debrief": (NudgeState.READY, "debrief"),
        "back": (NudgeState.PLANNED, "debrief"),
        "check": (NudgeState.PLANNED, "debrief"),
    }
    assert records["debrief"].due_at > max(records["back"].due_at, records["check"].due_at)  # typed words answer it
    assert {records[name].not_before for name in ("back", "check")} == {OPEN}  # until then it is on its way


def test_what_is_due_sooner_waits_for_the_question_of_the_day() -> None:
    records = ruled(DONE, DEBRIEF, DAY, promises=PLAN)
    assert {name: (row.state, row.due_at) for name, row in records.items()} == {"debrief": (NudgeState.PLANNED, LATER)}
    closed = ruled(DONE, DEBRIEF, DAY)  # the plan is gone: nothing will be asked
    assert closed["debrief"].state is NudgeState.READY


def test_below_the_question_of_the_day_the_four_questions_are_what_words_answer() -> None:
    records = ruled(DONE, replace(DAY, due_at=TUESDAY, expires_at=OPEN), DEBRIEF, promises=PLAN)
    assert (records["day"].state, records["debrief"].card) == (NudgeState.READY, "day")
    assert records["debrief"].due_at > records["day"].due_at


def test_in_a_full_week_all_of_it_stands_on_the_next_card_and_nothing_is_dropped() -> None:
    three = [sent(f"s{count}", enrollment="other", sent_at=MONDAY) for count in range(3)]
    records = ruled(DONE, CHECK, BACK, DEBRIEF, said=SAID, promises=PLAN, others=three)
    assert set(records) == {"debrief", "back", "check"}
    assert {row.state for row in records.values()} == {NudgeState.PLANNED}
    assert {str(row.local_date) for row in records.values()} == {"2026-01-19"}
    friday = replace(TO_COME, local_date=(TUESDAY + timedelta(days=10)).date())
    run = course(BACK, friday, others=three)
    waits = card(given(), person(run), run, {"back": back_of(given(), run, SAID, was_quiet=False)})
    assert saved(waits)["back"].local_date == friday.local_date  # a look back waits for a card


def test_what_stands_below_a_message_on_its_way_is_left_to_it() -> None:
    lead = replace(DEBRIEF, state=NudgeState.SENDING, card="debrief")
    assert not ruled(DONE, lead, replace(BACK, card="debrief"), said=SAID)
    failed = ruled(DONE, replace(lead, state=NudgeState.EXPIRED), replace(BACK, card="debrief"), said=SAID)
    assert (failed["back"].state, failed["back"].card) == (NudgeState.READY, None)


def test_what_stood_below_a_message_once_does_not_come_with_it_later() -> None:
    other = replace(BACK, card="debrief", due_at=TUESDAY + timedelta(days=2), local_date=THURSDAY)
    records = ruled(DONE, DEBRIEF, other)
    assert (records["debrief"].card, records["back"].card) == (None, None)


LOOKS: list[tuple[str, list[Nudge], list[Words], bool, dict[str, Any], NudgeState | None, str | None]] = [
    # what is special, other messages, what was said, was the last one empty, the run, where it goes, why
    ("something was said", [], list(SAID), True, {}, NudgeState.READY, None),
    ("something was tried", [DONE], [], True, {}, NudgeState.READY, None),
    ("the first quiet week", [], [], False, {}, NudgeState.READY, None),
    ("the second quiet week", [], [], True, {}, NudgeState.CANCELLED, SECOND_QUIET),
    (
        "something was answered, and nothing of it can be shown",
        [replace(ROOT, answer=Answer.LATER, answered_at=MONDAY)],
        [],
        False,
        {},
        NudgeState.CANCELLED,
        "nothing of it to show",
    ),
    (
        "a quiet week with a reminder",
        [ROOT, planned("reminder", Kind.FOLLOW_UP, expires_at=OPEN)],
        [],
        False,
        {},
        NudgeState.CANCELLED,
        "nothing happened",
    ),
    (
        "an older one waits too",
        [replace(BACK, id="newer", due_at=TUESDAY + timedelta(hours=1))],
        list(SAID),
        False,
        {},
        NudgeState.CANCELLED,
        "the next one tells all",
    ),
    ("left", [], list(SAID), False, {"enrollment": an_enrollment("anna").left(TUESDAY)}, NudgeState.CANCELLED, "left"),
    ("stands still", [], list(SAID), False, {"enrollment": STILL}, NudgeState.PLANNED, None),
]


@pytest.mark.parametrize(
    ("others", "said", "was_quiet", "changes", "to", "reason"), [case[1:] for case in LOOKS], ids=[c[0] for c in LOOKS]
)
def test_a_look_back_gets_its_verdict(
    others: list[Nudge],
    said: list[Words],
    was_quiet: bool,
    changes: dict[str, Any],
    to: NudgeState | None,
    reason: str | None,
) -> None:
    row = ruled(BACK, *others, said=said, was_quiet=was_quiet, **changes)["back"]
    assert (row.state, row.reason) == (to, reason)
