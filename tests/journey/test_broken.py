"""Each way of showing again that screens replaced, broken in one line: some test of screens turns red."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journey.broken import DEFECTS
from tests.long_form import only_long

pytestmark = only_long

ROOT = Path(__file__).parents[2]
THE_WALK = "tests/journey/test_screens.py"
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


def test_every_defect_has_a_test_that_finds_it() -> None:
    assert set(FOUND_BY) == set(DEFECTS)


@pytest.mark.parametrize("defect", sorted(FOUND_BY))
def test_a_broken_engine_is_found(defect: str) -> None:
    short = {name: value for name, value in os.environ.items() if name != "PITSTOP_FAULTS"}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.journey.broken", FOUND_BY[defect]],
        cwd=ROOT,
        env=short | {"PITSTOP_BROKEN": defect},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stdout[-2000:]
    assert " failed" in run.stdout.splitlines()[-1]
    assert " error" not in run.stdout.splitlines()[-1]
