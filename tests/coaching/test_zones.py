"""What somebody probably meant by a time zone."""

import pytest

from bot.coaching.calendar import is_zone
from bot.coaching.zones import nearest_zone


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Amsterdam", "Europe/Amsterdam"),  # a city
        ("europe/amsterdam", "Europe/Amsterdam"),
        ("New York", "America/New_York"),
        ("Europe/Amsterdan", "Europe/Amsterdam"),  # a slip
        ("Mars/Amsterdam", "Europe/Amsterdam"),  # the right city in the wrong place
        ("Asia/ Kolkata", "Asia/Kolkata"),
        ("Mars/Phobos", None),
        ("", None),
        ("x" * 60, None),
    ],
)
def test_the_nearest_zone_is_one_that_exists(typed: str, zone: str | None) -> None:
    assert nearest_zone(typed) == zone
    assert zone is None or is_zone(zone)


def test_nobody_is_sent_to_a_place_where_nobody_lives() -> None:
    assert nearest_zone("Factory") != "Factory"
