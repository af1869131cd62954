"""What a person changed in a form, apart from what it was filled from."""

import pytest

from bot.flows.settings.changed_fields import Values, carried, carrying, merged

DAYS = ("1", "2")


@pytest.mark.parametrize(
    ("given", "filled", "stands", "expected"),
    [
        ({"a": "1"}, {"a": "1"}, {"a": "1"}, {"a": "1"}),  # nothing happened
        ({"a": "1"}, {"a": "1"}, {"a": "2"}, {"a": "2"}),  # it changed behind the form
        ({"a": "3"}, {"a": "1"}, {"a": "2"}, {"a": "3"}),  # the person changed it, too
        ({"a": "1"}, {}, {"a": "2"}, {"a": "1"}),  # nobody knows what it was filled from
        ({}, {"a": "1"}, {"a": "2"}, {}),  # emptied
        ({}, {}, {"a": "2"}, {"a": "2"}),  # no field of this form
        ({}, {}, {}, {}),
        ({"a": "1"}, {"a": "1"}, {}, {}),  # there is no such thing any more
        ({"d": ("2", "1")}, {"d": DAYS}, {"d": ("3",)}, {"d": ("3",)}),  # ticked in another order
        ({"d": ("1",)}, {"d": DAYS}, {"d": ("3",)}, {"d": ("1",)}),
    ],
)
def test_what_was_not_changed_stays_as_it_is_by_now(
    given: Values, filled: Values, stands: Values, expected: Values
) -> None:
    assert merged(given, filled, stands) == expected


def test_a_form_carries_what_it_was_filled_from() -> None:
    subject = carrying("n1", {"a": "1:2", "d": DAYS})
    assert subject.partition(":")[0] == "n1"
    assert carried(subject) == {"a": "1:2", "d": DAYS}


@pytest.mark.parametrize("subject", ["", "n1", "n1:", "n1:{", "n1:[1]", 'n1:"a"'])
def test_what_carries_nothing_carries_nothing(subject: str) -> None:
    assert carried(subject) == {}
