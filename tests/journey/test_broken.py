"""What must not break, broken in one line: some test of screens, and for each promise some life, turns red."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.flows.decisions import test_typed
from tests.journey import broken, faithless, unguarded
from tests.long_form import only_long

ROOT = Path(__file__).parents[2]
THE_WALK = "tests/journey/test_screens.py"
SIX = "tests/journey/test_twelve_weeks.py::test_six_people_live_twelve_weeks[teams]"
TYPING = (
    "tests/journey/test_words_stay.py"
    "::test_nothing_typed_in_twelve_weeks_is_anywhere_but_where_its_author_let_it[slack]"
)
FOUND_BY = {
    "show": THE_WALK,
    "again": THE_WALK,
    "card_again": THE_WALK,
    "refresh": THE_WALK,
    "mend": "tests/store/tables/test_screens.py::test_all_else_is_taken_up_again_as_it_is",
    "unquote": "tests/flows/replies/test_share.py::test_words_leave_the_channel_at_once",
    "copy_again": "tests/flows/screens/test_copies.py::test_an_answer_on_the_first_copy_changes_both",
    "overtaken": "tests/store/tables/test_screens_settled.py::test_a_slower_update_does_not_win",
    "lay_aside": "tests/flows/screens/test_for_coach.py::test_words_that_are_not_the_coachs_any_more_leave_it",
    "instead": "tests/flows/screens/test_pressed.py",
}
BY_A_LIFE = {
    "edited_stays_shared": TYPING,
    "one_before_the_last": SIX,
    "nobody_is_asked": SIX,
    "receipt_of_another": SIX,
    "asks_in_vain": SIX,
    "welcome_back": SIX,
    "half_a_day": SIX,
    "half_a_command": SIX,
    "withdrawn_stays": TYPING,
    "home_is_kept": SIX,
}

MATRIX = "tests/flows/reading/test_matrix.py"
BY_THE_MATRIX = {
    "around_the_rule": MATRIX,
    "line_by_line": MATRIX,
    "digest_unasked": "tests/store/tables/test_digest.py",
    "anybodys_grant": MATRIX,
    "earlier_too": MATRIX,
    "gate_left_open": MATRIX,
    "read_after_leaving": MATRIX,
    "look_not_noted": "tests/store/tables/test_readers.py",
    "row_not_chained": "tests/store/test_audit_chain.py",
}

# Also found at once, without a life.
AT_ONCE = (
    ("one_before_the_last", test_typed.test_what_was_sent_or_pressed_last_is_what_words_answer),
    (
        "nobody_is_asked",
        test_typed.test_where_two_things_may_be_meant_the_person_is_asked_before_anything_is_filed,
    ),
)


def test_every_defect_has_a_test_that_finds_it() -> None:
    assert set(FOUND_BY) == set(broken.DEFECTS)
    assert set(BY_A_LIFE) == set(faithless.DEFECTS)
    assert set(BY_THE_MATRIX) == set(unguarded.DEFECTS)


@only_long
@pytest.mark.parametrize("defect", sorted(FOUND_BY))
def test_a_broken_engine_is_found(defect: str) -> None:
    short = {name: value for name, value in os.environ.items() if name != "PITSTOP_FAULTS"}
    turns_red(broken.__name__, defect, FOUND_BY[defect], short)


@only_long
@pytest.mark.parametrize("defect", sorted(BY_A_LIFE))
def test_a_broken_promise_is_found_by_a_life(defect: str) -> None:
    turns_red(faithless.__name__, defect, BY_A_LIFE[defect], os.environ)


@only_long
@pytest.mark.parametrize("defect", sorted(BY_THE_MATRIX))
def test_a_broken_rule_of_reading_is_found(defect: str) -> None:
    short = {name: value for name, value in os.environ.items() if name != "PITSTOP_FAULTS"}
    turns_red(unguarded.__name__, defect, BY_THE_MATRIX[defect], short)


@pytest.mark.parametrize(("defect", "table"), AT_ONCE)
def test_a_broken_promise_is_found_by_a_table(
    defect: str, table: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What tells best where words go is also found without a life, and nothing but the defect makes its rows fail."""
    assert not red(table)
    monkeypatch.setattr(faithless, "_put", monkeypatch.setattr)
    faithless.DEFECTS[defect]()
    assert red(table)


def red(table: Callable[..., None]) -> list[int]:
    """Return the places of the rows of a table for which it fails."""
    (mark,) = table.pytestmark  # type: ignore[attr-defined]
    failed = []
    for place, row in enumerate(mark.args[1]):
        try:
            table(*row)
        except AssertionError:
            failed.append(place)
    return failed


def turns_red(plugin: str, defect: str, test: str, environment: Mapping[str, str]) -> None:
    """Run a test with something broken: it fails, and that is no error of another kind."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", plugin, "-p", "no:cacheprovider", test],
        cwd=ROOT,
        env={**environment, "PITSTOP_BROKEN": defect},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stdout[-2000:]
    assert " failed" in run.stdout.splitlines()[-1]
    assert "TypeError" not in run.stdout, "the defect itself is broken"
    assert " error" not in run.stdout.splitlines()[-1]
