"""Names as they can be seen."""

import pytest

from bot.chat.names import shown_name


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("Anna", "anna.b"), "Anna"),
        (("", "anna.b"), "anna.b"),
        (("\u200b\u200d", "anna.b"), "anna.b"),
        (("\u3164", "\u2800 \u2060", "anna.b"), "anna.b"),  # Hangul filler, empty Braille cell, word joiner
        ((" Anna\n de  Boer ",), "Anna de Boer"),
        (("\u202eannA",), "\u202eannA"),
        (("🏎️",), "🏎️"),
        (("محمد",), "محمد"),
        (("\u0301", " "), ""),
        ((), ""),
    ],
)
def test_the_first_name_that_shows_is_taken(names: tuple[str, ...], shown: str) -> None:
    assert shown_name(*names) == shown
