"""One card a working day: its order, and to which day it yields."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.coaching.records.nudge import AFTER, RESUME, Kind, Nudge
from bot.coaching.rules.card import ORDER, Rank, in_order, is_card, next_card, rank
from bot.coaching.rules.due import UNCOUNTED

THURSDAY, FRIDAY = date(2026, 1, 15), date(2026, 1, 16)
MONDAY, TUESDAY = date(2026, 1, 19), date(2026, 1, 20)
TEAMS = {Kind.INVITATION, Kind.TEAM_REFLECTION, Kind.TEAM_SHARE, Kind.TEAM_CLOSING}


def a_row(kind: Kind, day: date = THURSDAY, **changes: Any) -> Nudge:
    """A message of a day."""
    due_at = datetime.combine(day, time(15), UTC)
    row = Nudge(
        id=str(kind),
        workspace="w",
        cohort="c",
        kind=kind,
        prompt="item/nudge",
        occurrence="1",
        week=1,
        local_date=day,
        local_time=time(15, 0),
        zone="UTC",
        due_at=due_at,
        expires_at=due_at + timedelta(hours=4),
    )
    return replace(row, **changes)


def test_every_kind_that_is_part_of_a_card_has_its_place_in_it() -> None:
    assert set(ORDER) == set(Kind) - UNCOUNTED - TEAMS
    assert len(ORDER) == len(set(ORDER))


def test_the_question_of_the_day_leads_then_the_debrief_the_review_and_the_check() -> None:
    kinds = [Kind.CHECK, Kind.REFLECTION, Kind.DEBRIEF, Kind.DAY_OF]
    assert [row.kind for row in in_order(map(a_row, kinds))] == kinds[::-1]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (a_row(Kind.DAY_OF), Rank.PICKED),
        (a_row(Kind.NUDGE, occurrence=f"{AFTER}n"), Rank.PICKED),
        (a_row(Kind.DEBRIEF, occurrence=f"{RESUME}d"), Rank.PICKED),
        (a_row(Kind.DEBRIEF), Rank.DEBRIEF),
        (a_row(Kind.NUDGE), Rank.NUDGE),
        (a_row(Kind.UNDONE), Rank.NUDGE),
        (a_row(Kind.PULSE), Rank.PULSE),
        (a_row(Kind.REFLECTION), Rank.REVIEW),
        (a_row(Kind.CHECK), Rank.CHECK),
    ],
)
def test_what_comes_first(row: Nudge, expected: Rank) -> None:
    assert rank(row) is expected


@pytest.mark.parametrize(
    ("best", "planned", "is_full", "to"),
    [
        (
            Rank.REVIEW,
            [a_row(Kind.DAY_OF, FRIDAY)],
            False,
            FRIDAY,
        ),  # it makes room for that day
        (Rank.REVIEW, [a_row(Kind.DAY_OF, FRIDAY), a_row(Kind.UNDONE, TUESDAY)], True, TUESDAY),
        (Rank.REVIEW, [], True, MONDAY),
        (Rank.CHECK, [a_row(Kind.NUDGE, TUESDAY)], True, TUESDAY),
        (Rank.PICKED, [a_row(Kind.NUDGE, TUESDAY)], True, MONDAY),  # no later than need be
        (Rank.DEBRIEF, [a_row(Kind.NUDGE, TUESDAY)], True, MONDAY),
        (Rank.DEBRIEF, [a_row(Kind.DAY_OF, FRIDAY)], False, FRIDAY),
        (Rank.REVIEW, [a_row(Kind.NUDGE, THURSDAY)], True, MONDAY),  # today's is no next one
    ],
)
def test_what_has_no_room_stands_on_the_next_card(best: Rank, planned: list[Nudge], is_full: bool, to: date) -> None:
    assert next_card(best, planned, THURSDAY, is_full=is_full) == to


def test_what_stands_below_another_message_is_no_card_of_its_own() -> None:
    assert is_card(a_row(Kind.NUDGE))
    assert is_card(a_row(Kind.NUDGE, card="nudge"))
    assert not is_card(a_row(Kind.NUDGE, card="another"))
