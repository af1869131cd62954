"""A terminal shows what people typed, and obeys none of it."""

import pytest

from bot.commands.terminal import shown

MARK = "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1e5 \x1b[31mred\x9b0m", f"1e5 {MARK}[31mred{MARK}0m"),  # colors
        ("pay \u202e000,1\u202c now", f"pay {MARK}000,1{MARK} now"),  # the number would be read backwards
        ("a\u2066b\u2069c\u200ed\u200fe\u061cf", f"a{MARK}b{MARK}c{MARK}d{MARK}e{MARK}f"),
        ("for all\nof us\there", "for all\nof us\there"),
        ("één 👩\u200d💻 naïef עברית", "één 👩\u200d💻 naïef עברית"),  # letters of every script, and joined emoji
        (3, 3),
        (None, None),
    ],
)
def test_what_would_turn_the_letters_around_is_marked(value: object, text: object) -> None:
    assert shown(value) == text
