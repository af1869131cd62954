"""A checkpoint's signature: by the newest key, known by any of them, of that very checkpoint."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.runtime.signing import is_signed_by, signer
from bot.store.port.audit import Checkpoint

NEW, OLD = "n" * 32, "o" * 32
PLAIN = Checkpoint(workspace="w", until_seq=7, rows=7, hash="h", made_at=datetime(2026, 1, 6, tzinfo=UTC), signature="")


def signed(*keys: str) -> Checkpoint:
    sign = signer(keys)
    assert sign is not None
    return replace(PLAIN, signature=sign(PLAIN))


def test_without_a_key_nothing_is_signed_and_nobody_can_tell() -> None:
    assert signer(()) is None
    assert is_signed_by(())(signed(NEW)) is None


@pytest.mark.parametrize(
    ("made_with", "known", "is_good"),
    [((NEW,), (NEW,), True), ((OLD,), (NEW, OLD), True), ((OLD,), (NEW,), False), ((NEW, OLD), (OLD,), False)],
)
def test_the_newest_key_signs_and_any_that_is_known_is_good(
    made_with: tuple[str, ...], known: tuple[str, ...], is_good: bool
) -> None:
    assert is_signed_by(known)(signed(*made_with)) is is_good


@pytest.mark.parametrize(
    "change",
    [{"workspace": "v"}, {"until_seq": 8}, {"rows": 6}, {"hash": "g"}, {"made_at": datetime(2026, 1, 7, tzinfo=UTC)}],
)
def test_it_is_of_that_very_checkpoint(change: dict[str, object]) -> None:
    assert is_signed_by((NEW,))(replace(signed(NEW), **change)) is False  # type: ignore[arg-type]
