"""What the log holds of those who are not ours."""

import pytest

from bot.platforms.slack import beginning


@pytest.mark.parametrize(
    ("team", "told"),
    [
        ("T0123456789", "T012…"),
        ("T", "…"),  # it would be the whole of it
        ("T012", "…"),
        ("", "…"),
        ("x" * 100_000, "xxxx…"),
    ],
)
def test_of_a_strangers_team_only_the_beginning_is_told(team: str, told: str) -> None:
    assert beginning(team) == told
