"""What is sealed opens with its key and at its place, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.sqlite.sealing.cipher import SHORTEST, Broken, Cipher, derived, digest, fresh_key, of_both

TEXTS = st.text(st.characters(exclude_categories=["Cs"])).map(str.encode)
KEY, OTHER = bytes(32), bytes([1]) * 32


@given(text=TEXTS, about=st.binary(max_size=99))
def test_it_opens_again_and_each_time_looks_otherwise(text: bytes, about: bytes) -> None:
    cipher = Cipher(KEY)
    once, again = cipher.seal(text, about), cipher.seal(text, about)
    assert cipher.open(once, about) == cipher.open(again, about) == text
    assert once != again, "nobody sees that two texts are the same"
    assert len(text) < 8 or text not in once


@given(text=TEXTS, about=st.binary(max_size=99), elsewhere=st.binary(max_size=99))
def test_it_opens_nowhere_else(text: bytes, about: bytes, elsewhere: bytes) -> None:
    sealed = Cipher(KEY).seal(text, about)
    if elsewhere != about:
        with pytest.raises(Broken):
            Cipher(KEY).open(sealed, elsewhere)
    with pytest.raises(Broken):
        Cipher(OTHER).open(sealed, about)


@given(text=TEXTS, data=st.data())
def test_cut_or_changed_anywhere_it_does_not_open(text: bytes, data: st.DataObject) -> None:
    sealed = Cipher(KEY).seal(text, b"here")
    end = data.draw(st.integers(0, len(sealed) - 1))
    with pytest.raises(Broken):
        Cipher(KEY).open(sealed[:end], b"here")
    with pytest.raises(Broken):
        Cipher(KEY).open(sealed + b"x", b"here")
    changed = bytearray(sealed)
    changed[end] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Broken):
        Cipher(KEY).open(bytes(changed), b"here")


@given(st.binary(max_size=2 * SHORTEST))
def test_what_was_never_sealed_does_not_open(anything: bytes) -> None:
    with pytest.raises(Broken):
        Cipher(KEY).open(anything, b"")


def test_keys_differ_by_everything_they_are_made_of() -> None:
    """A key of two people is neither's own, and another one the other way round: their order is settled before."""
    one, other = fresh_key(), fresh_key()
    assert len({one, other, of_both(one, other), of_both(other, one)}) == 4
    assert len({derived("secret", b"a"), derived("secret", b"b"), derived("another", b"a")}) == 3
    assert len({digest(one, b"anna", 16), digest(one, b"bram", 16), digest(other, b"anna", 16)}) == 3
