"""A person's changes wherever they stand, decision by decision."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.coaching.language import Language
from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.reply import Scope
from bot.flows.experiments import my_changes
from bot.flows.handling.words import OwnWords
from bot.flows.messages import experiment, harvest
from bot.flows.messages.own_page import page
from bot.flows.messages.own_words import Page
from bot.flows.messages.parts import changes
from tests.flows.decisions.looks import buttons, notes, quotes, shown
from tests.flows.decisions.told import (
    ITEM,
    TUESDAY,
    begun,
    form,
    given,
    planned,
    press,
    saved,
    sent,
    situation,
    told,
    wrong,
)
from tests.store.scene import a_commitment, a_reflection

FRIDAY = date(2026, 1, 16)


def a_change(name: str = "p", **how: Any) -> Commitment:
    """Return a change that anna made, to begin on Friday."""
    made = {"nudge": "n", "item": ITEM, "due_on": FRIDAY, "kind": CommitmentKind.TRANSFER, "first": "we call first"}
    return a_commitment(name, **{**made, **how})


def own(made: Commitment, *agenda: Any, state: EnrollmentState = EnrollmentState.ACTIVE) -> OwnWords[Commitment]:
    around = situation(sent("n", Kind.DEBRIEF), *agenda)
    return OwnWords(
        member=around.member,
        enrollment=replace(around.enrollment, state=state),
        cohort=around.cohort,
        journey=around.journey,
        nudge=around.nudge,
        words=made,
        agenda=around.agenda,
        next_post=None,
        is_confirmed=False,
    )


@pytest.mark.parametrize(
    ("about", "asks"),
    [
        (own(a_change()), True),
        (own(a_change(state=CommitmentState.MOVED)), True),
        (own(a_change(state=CommitmentState.DONE)), False),
        (own(a_change(state=CommitmentState.DROPPED)), False),
        (own(a_change(kind=CommitmentKind.PLAN)), False),  # that is the experiment's to close
        (own(a_change(), state=EnrollmentState.LEFT), False),
    ],
)
def test_a_button_counts_as_long_as_the_change_is_open(about: OwnWords[Commitment], asks: bool) -> None:
    for decide in (my_changes.done, my_changes.dropped, my_changes.move):
        decision = decide(given(), about, press("change", "p"))
        assert bool(decision.records or decision.opens) == asks
        assert decision.refuses == ("" if asks else "press-stale")
    moved = my_changes.moved(given(), about, form("change.moved", "p", day="2026-01-20"))
    assert wrong(moved, "day", "form-stale") != asks


def test_done_and_dropped_close_it() -> None:
    for decide, state in ((my_changes.done, CommitmentState.DONE), (my_changes.dropped, CommitmentState.DROPPED)):
        after = saved(decide(given(), own(a_change()), press("change", "p")))
        assert (after["p"].state, after["p"].closed_at) == (state, TUESDAY)


@pytest.mark.parametrize(("day", "key"), [("2026-01-12", "day-past"), ("2026-04-01", "day-far")])
def test_a_day_that_will_not_do(day: str, key: str) -> None:
    assert wrong(my_changes.moved(given(), own(a_change()), form("change.moved", "p", day=day)), "day", key)


def test_it_moves_with_what_is_asked_on_its_day_and_four_weeks_later() -> None:
    asked = planned("asked", Kind.DAY_OF, subject="p", local_date=FRIDAY)
    check = planned("check", Kind.CHECK, subject="p", local_date=date(2026, 2, 13))
    after = saved(my_changes.moved(given(), own(a_change(), asked, check), form("change.moved", "p", day="2026-01-20")))
    assert (after["p"].state, after["p"].due_on) == (CommitmentState.MOVED, date(2026, 1, 20))
    assert after["asked"].state is NudgeState.CANCELLED
    assert after["check"].local_date == date(2026, 2, 17)
    (fresh,) = (row for name, row in after.items() if name.startswith("new-"))
    assert (fresh.kind, fresh.subject, fresh.local_date) == (Kind.DAY_OF, "p", date(2026, 1, 20))


# --- where they stand -------------------------------------------------------------------------------------------

ALL = ["change.done", "change.move", "change.drop"]


@pytest.mark.parametrize(
    ("made", "found", "words"),
    [
        ([a_change()], ALL, 1),
        ([a_change(scope=Scope.PRIVATE)], ["plan.read", *ALL], 0),  # its words open in a form
        ([a_change(state=CommitmentState.DONE)], [], 0),
        ([a_change(first="", second="")], [], 0),
        ([a_change(kind=CommitmentKind.PLAN)], [], 0),
        ([a_change(f"p{number}") for number in range(5)], ALL * 3, 3),
    ],
)
def test_open_changes_with_how_each_may_end(made: list[Commitment], found: list[str], words: int) -> None:
    parts = changes(given(), begun(), made)
    assert (buttons(parts), len(quotes(parts))) == (found, words)


def test_they_stand_on_the_own_page_and_in_the_weeks_review() -> None:
    run = begun(promises=[a_change()])
    shows = page(given(), Page(member=run.member, courses=[run]), run.member)
    assert told("home-changes") in repr(shows)
    assert [each for each in buttons(shows) if each.startswith("change.")] == ALL
    row = sent("l", Kind.REFLECTION, prompt="reflections/personal", week=2, item=None)
    made = a_reflection("m", nudge="l", shared=())
    looks = harvest.reflection(given(), shown(row, made=made, promises=[a_change()]))
    assert buttons(looks) == ALL
    assert any(told("reflection-changes") in each for each in notes(looks))
    assert not buttons(harvest.reflection(given(), shown(row, made=made)))


@pytest.mark.parametrize("language", Language)
def test_the_day_of_a_change_names_it_in_five_wordings(language: Language) -> None:
    made = [a_change(f"p{number}", due_on=TUESDAY.date()) for number in range(6)]
    rows = [
        sent(f"d{number}", Kind.DAY_OF, subject=f"p{number}", sent_at=TUESDAY.replace(minute=number))
        for number in range(6)
    ]
    about = shown(rows[0], *rows[1:], sent("plan", Kind.DAY_OF, subject="x"), promises=made)
    about = replace(about, member=replace(about.member, language=language))
    looks = [experiment.day_of(given(), about.at(row)) for row in rows]
    assert all("we call first" in quotes(each)[0] for each in looks)
    said = [
        tuple(str(getattr(part, "text", "")) for part in each.parts[:1] + each.parts[1:2] + each.parts[3:4])
        for each in looks
    ]
    assert len(set(said[:5])) == 5
    assert said[5] == said[0]
    fresh = replace(rows[0], id="next", sent_at=None, state=NudgeState.READY)
    assert experiment.day_of(given(), about.at(fresh)).parts[1] == looks[1].parts[1]  # as it will be once it is sent
