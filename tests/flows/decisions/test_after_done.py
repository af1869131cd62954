"""What follows on an experiment that was done, on every day of its weeks."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.coaching.records.member import Hours
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.flows.context.debrief import without_debrief
from bot.flows.debrief.planned import debrief_now
from bot.flows.experiments import answers
from bot.flows.handling.nudge import OfPress
from tests.flows.decisions.told import (
    ITEM,
    given,
    is_outdated,
    planned,
    press,
    saved,
    sent,
    situation,
)
from tests.store.scene import a_cohort, a_member, an_enrollment

MONDAY = date(2026, 1, 12)  # of the item's first week
RUN = an_enrollment("anna", starts_on=MONDAY)
USUAL = Hours()
FOUR_DAYS = Hours(workdays=(0, 1, 3, 4))


def on(day: int, hour: int = 12) -> datetime:
    """Return that hour of a day in January, in UTC."""
    return datetime(2026, 1, day, hour, tzinfo=UTC)


def debriefs(at: datetime, *others: Nudge, hours: Hours = USUAL, pace: int = 1) -> list[Nudge]:
    """Return the debriefs that are planned once the experiment is done at that moment."""
    member = a_member("anna", hours=hours)
    cohort = a_cohort(journey="twelve-weeks", pace=pace)
    about = situation(sent("n"), *others, member=member, enrollment=RUN, cohort=cohort)
    records = saved(answers.done(given(at), about, press("nudge.done", "n")))
    return [row for row in records.values() if isinstance(row, Nudge) and row.kind is Kind.DEBRIEF]


@pytest.mark.parametrize(
    ("done", "hours", "comes", "week"),
    [
        (13, Hours(), 14, 1),  # Tuesday, the day of the nudge
        (15, Hours(), 16, 1),
        (16, Hours(), 19, 2),  # Friday: Monday, which is in its second week
        (17, Hours(), 19, 2),  # on a Saturday
        (13, FOUR_DAYS, 15, 1),  # no work on Wednesdays
        (19, Hours(), 20, 2),
        (23, Hours(), 26, 3),  # the second Friday
    ],
)
def test_the_debrief_comes_on_the_working_day_after(done: int, hours: Hours, comes: int, week: int) -> None:
    (row,) = debriefs(on(done), hours=hours)
    assert (row.local_date, row.local_time, row.week) == (date(2026, 1, comes), time(10, 0), week)
    assert (row.item, row.prompt, row.subject, row.state) == (ITEM, f"{ITEM}/debrief", None, NudgeState.PLANNED)


@pytest.mark.parametrize(("pace", "day", "comes"), [(1, 24, False), (2, 24, True), (2, 37, True), (2, 38, False)])
def test_after_the_second_friday_none_comes_by_itself(pace: int, day: int, comes: bool) -> None:
    assert bool(debriefs(on(1) + timedelta(days=day - 1), pace=pace)) == comes


def test_there_is_one_debrief_and_no_more_question_what_became_of_it() -> None:
    asked = planned("asked", Kind.UNDONE)
    about = situation(sent("n"), asked, replace(asked, id="other", item="ask-your-partner"), enrollment=RUN)
    records = saved(answers.done(given(on(14)), about, press("nudge.done", "n")))
    assert (records["asked"].state, records["asked"].reason) == (NudgeState.CANCELLED, "it was done")
    assert "other" not in records
    assert not debriefs(on(14), sent("there", Kind.DEBRIEF))
    assert debriefs(on(14), sent("gone", Kind.DEBRIEF, state=NudgeState.EXPIRED))


@pytest.mark.parametrize("decide", [answers.not_for_me, answers.skip])
def test_nothing_is_looked_back_on_that_was_not_done(decide: OfPress) -> None:
    answer = Answer.NOT_FOR_ME if decide is answers.skip else None
    about = situation(sent("n", answer=answer), enrollment=RUN)
    records = saved(decide(given(on(14)), about, press("nudge", "n")))
    assert set(records) == {"n"}


# --- later, by asking for it -----------------------------------------------------------------------------------------

DONE = sent("n", answer=Answer.DONE, answered_at=on(26))


@pytest.mark.parametrize(
    ("rows", "offered"),
    [
        ([DONE], ["n"]),
        ([DONE, sent("d", Kind.DEBRIEF)], []),
        ([DONE, planned("d", Kind.DEBRIEF)], []),
        ([DONE, sent("d", Kind.DEBRIEF, state=NudgeState.CANCELLED)], ["n"]),
        ([sent("n")], []),
        ([replace(DONE, answered_at=on(26) - timedelta(weeks=9))], []),
        ([DONE, replace(DONE, id="m", item="ask-your-partner", due_at=on(27))], ["m", "n"]),
    ],
)
def test_what_was_done_too_late_is_offered(rows: list[Nudge], offered: list[str]) -> None:
    assert [row.id for row in without_debrief(rows, on(28))] == offered


def test_a_press_brings_it_at_once_and_once() -> None:
    about = situation(DONE, enrollment=RUN)
    decision = debrief_now(given(on(28)), about, press("debrief.open", "n"))
    (row,) = decision.records
    assert isinstance(row, Nudge)
    assert (row.kind, row.state, row.due_at, row.week) == (Kind.DEBRIEF, NudgeState.READY, on(28), 3)
    for again in (situation(DONE, row), situation(sent("n"))):
        assert is_outdated(debrief_now(given(on(28)), again, press("debrief.open", "n")), again)
