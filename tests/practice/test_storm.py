"""A Tuesday at ten, small: 360 people press within 54 seconds of the clock, more than Slack's tiers take at once."""

import pytest

from bench import tiers
from bench.tiers import Storm


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Storm:
    """Let everybody press once for all tests, and wait two minutes of the clock."""
    return tiers.storm(tmp_path_factory.mktemp("storm"), tiers.QUICK)


def test_every_press_is_stored(storm: Storm) -> None:
    assert (storm.stored, storm.done, storm.planning) == (240, 240, 120)


def test_the_storm_is_beyond_the_tiers_of_updates_and_of_forms(storm: Storm) -> None:
    """Else it would prove nothing: 50 updates and 100 forms a minute."""
    assert storm.done > 2 * 50
    assert storm.planning > 100


def test_within_two_minutes_every_message_that_was_pressed_is_true(storm: Storm) -> None:
    assert storm.changed == storm.done


def test_within_two_minutes_everybody_got_their_form_or_its_questions(storm: Storm) -> None:
    assert storm.asked == storm.planning


def test_no_method_is_called_again_before_its_retry_after_has_passed(storm: Storm) -> None:
    assert not storm.early


def test_its_figures_make_a_table(storm: Storm) -> None:
    table = tiers.table([storm, storm])
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert "240 of 240" in table.markdown()
