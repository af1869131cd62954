"""Three weeks without a sign: one line, then nothing until the person is back."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.coaching.records.enrollment import Enrollment, EnrollmentState
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.flows.agenda.card import card, signs_of
from bot.flows.agenda.upcoming import still
from tests.flows.decisions.told import TUESDAY, course, given, person, planned, saved, sent
from tests.store.scene import a_commitment, an_enrollment

NOW = TUESDAY + timedelta(weeks=4)
JOINED = TUESDAY - timedelta(days=1)
CARDS = [sent(f"s{place}", Kind.FOLLOW_UP, sent_at=TUESDAY + timedelta(days=place * 4)) for place in range(7)]
DUE = planned("due", Kind.NUDGE, item="ask-your-partner", due_at=NOW, expires_at=NOW + timedelta(hours=4))
DUE = replace(DUE, local_date=NOW.date())
SILENT = an_enrollment(
    "anna", joined_at=JOINED, state=EnrollmentState.PAUSED, paused_on=NOW.date(), silent_on=NOW.date()
)
LATER = NOW + timedelta(weeks=1)


def ruled(*rows: Nudge, now: datetime = NOW, words: tuple[datetime, ...] = (), **changes: Any) -> dict[str, Any]:
    """Return what becomes of the nudge that is due."""
    run = course(*rows, DUE, **({"enrollment": an_enrollment("anna", joined_at=JOINED)} | changes))
    return saved(card(given(now), person(run), run, {}, [*signs_of(run), *words]))


def an_answer(days: int) -> Nudge:
    """Return a message that was answered so many days ago."""
    return sent("n", answer=Answer.DONE, answered_at=NOW - timedelta(days=days))


@pytest.mark.parametrize(
    ("rows", "changes", "is_silent"),
    [
        (CARDS, {}, True),
        ([*CARDS, an_answer(21)], {}, True),
        ([*CARDS, an_answer(20)], {}, False),
        (CARDS, {"words": (NOW - timedelta(days=20),)}, False),  # typed
        (CARDS, {"promises": [a_commitment("p", made_at=NOW - timedelta(days=2))]}, False),
        (CARDS[:2], {}, False),  # nothing to answer came
        (CARDS, {"enrollment": an_enrollment("anna", joined_at=JOINED, resumed_at=NOW - timedelta(days=8))}, False),
        (CARDS, {"enrollment": an_enrollment("anna", joined_at=JOINED, state=EnrollmentState.COMPLETED)}, False),
    ],
    ids=str,
)
def test_one_line_comes_in_place_of_the_card(rows: list[Nudge], changes: dict[str, Any], is_silent: bool) -> None:
    records = ruled(*rows, **changes)
    run = records.get("run-anna")
    assert (isinstance(run, Enrollment) and run.silent_on == date(2026, 2, 10) and run.stands_still) == is_silent
    kinds = {row.kind: row.state for row in records.values() if isinstance(row, Nudge)}
    assert kinds == ({Kind.SILENCE: NudgeState.READY} if is_silent else {Kind.NUDGE: NudgeState.READY})


def test_then_everything_keeps_its_place_until_a_sign() -> None:
    waits = ruled(*CARDS, now=LATER, enrollment=SILENT)
    assert set(waits) == {"due"}
    assert (waits["due"].state, waits["due"].local_date) == (NudgeState.PLANNED, date(2026, 2, 23))
    back = ruled(*CARDS, now=LATER, enrollment=SILENT, words=(LATER - timedelta(days=2),))
    assert (back["run-anna"].state, back["run-anna"].silent_on) == (EnrollmentState.ACTIVE, None)
    assert back["run-anna"].resumed_at == LATER
    assert back["due"].due_at > LATER  # in its turn


def test_it_is_said_why_nothing_comes() -> None:
    (quiet,), (shut_out,) = (
        still(given(NOW), course(enrollment=replace(SILENT, silent_on=day))) for day in (NOW.date(), None)
    )
    assert "I have been quiet since" in quiet.text
    assert quiet.text != shut_out.text
