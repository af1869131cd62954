"""A phrase in a text: where it stands, whatever its case, accents and spaces."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.desk.phrase import MOST_KNOWN, FoldedSigns, folded, phrase_of

NOTHING = ("", "   ", "\n\t", "\u202e\u200f", "\u0301", "\u00ad\u200b", "\ufeff", "\ufe0f")


@pytest.mark.parametrize("typed", NOTHING, ids=ascii)
def test_what_shows_nothing_is_no_phrase(typed: str) -> None:
    assert phrase_of(typed) is None


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("listen", "We listened, and LISTENED again", ["listen", "LISTEN"]),
        (
            "één",
            "Een keer, één keer, E\u0301E\u0301N",
            ["Een", "één", "E\u0301E\u0301N"],
        ),  # accents on neither side count
        ("een", "één", ["één"]),
        ("STRASSE", "die Straße", ["Straße"]),
        ("s", "ß", ["ß"]),  # a letter that stands for two is marked once
        ("ss", "ßß", ["ß", "ß"]),
        ("first customer", "the first\n  customer", ["first\n  customer"]),  # a phrase goes on over a line's end
        ("  first   customer ", "first customer", ["first customer"]),
        ("first customer", "first, customer", []),  # whole, as typed
        ("can't", "I can’t, I can't", ["can’t", "can't"]),  # phones make other quotes
        ('"no"', "she said “no”", ["“no”"]),
        ("9-5", "from 9–5", ["9–5"]),
        ("%", "100% sure", ["%"]),  # no sign stands for others
        ("_", "ab", []),
        ("a.c", "abc a.c", ["a.c"]),
        ("<script>", "a <script>alert(1)</script>", ["<script>"]),
        ("👩‍💻", "she 👩‍💻 works", ["👩‍💻"]),
        ("❤", "with ❤\ufe0f", ["❤\ufe0f"]),  # the picture goes with its sign
        ("evil", "\u202ee\u200dvil\u202c", ["e\u200dvil\u202c"]),  # what turns text around hides nothing
        ("e\u200dvil", "evil", ["evil"]),
        ("fi", "ﬁne", ["ﬁ"]),
        ("ΣΑΣ", "σας", ["σας"]),
        ("aa", "aaa", ["aa"]),  # places do not overlap
        ("x", "", []),
        ("x", "   x", ["x"]),
    ],
)
def test_where_a_phrase_stands(typed: str, text: str, found: list[str]) -> None:
    phrase = phrase_of(typed)
    assert phrase is not None
    pieces = phrase.pieces(text)
    assert [piece for piece, is_found in pieces if is_found] == found
    assert "".join(piece for piece, _ in pieces) == text
    assert phrase.is_in(text) is bool(found)


@given(st.text(max_size=12), st.text(max_size=40))
def test_what_is_found_is_marked_and_no_sign_is_lost(typed: str, text: str) -> None:
    phrase = phrase_of(typed)
    if phrase is None:
        return
    for whole in (text, f"{text}{typed}{text}"):
        pieces = phrase.pieces(whole)
        assert "".join(piece for piece, _ in pieces) == whole
        assert all(piece for piece, _ in pieces)
        assert phrase.is_in(whole) is any(is_found for _, is_found in pieces)
    assert phrase.is_in(typed)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_how_a_keyboard_writes_an_accent_does_not_matter(form: str) -> None:
    assert folded(unicodedata.normalize(form, "Crème Brûlée à Łódź")) == "creme brulee a łodz"


def test_many_signs_are_compared_in_bounded_memory() -> None:
    every = "".join(map(chr, range(0x4E00, 0x4E00 + 2 * MOST_KNOWN)))
    signs = FoldedSigns()
    assert every.translate(signs) == folded(every) == every
    assert len(signs) <= MOST_KNOWN


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("short and whole with a word", "short and whole with a word"),
        ("a word " + "x" * 100, "a word " + "x" * 33 + "…"),
        ("x" * 100 + " word", "…" + "x" * 35 + " word"),
        ("y" * 50 + " word " + "z" * 50, "…" + "y" * 11 + " word " + "z" * 23 + "…"),
        ("only the name fits " + "x" * 100, "only the name fits " + "x" * 21 + "…"),
    ],
)
def test_a_long_text_is_cut_to_where_the_phrase_stands(text: str, excerpt: str) -> None:
    phrase = phrase_of("word")
    assert phrase is not None
    assert phrase.excerpt(text, 40) == excerpt
