"""A text and the channel: let in by a press for that very version, and out again with whatever changes it."""

from dataclasses import replace

import pytest

from bot.coaching.records.commitment import Commitment
from bot.coaching.records.reply import Reply, Scope
from bot.coaching.words import (
    Words,
    has_words,
    is_shared,
    kept_out,
    may_be_shared,
    narrowed,
    reworded,
    shared,
    taken_back,
    withdrawn,
)
from tests.store.scene import a_commitment, a_reply, at

BOTH = pytest.mark.parametrize("words", [a_reply("r"), a_commitment("c")], ids=["reply", "commitment"])


@BOTH
def test_nothing_is_shared_before_a_press(words: Words) -> None:
    assert not is_shared(words)
    assert is_shared(shared(words, at(1)))


@BOTH
@pytest.mark.parametrize("how", ["kept_out", "withdrawn", "narrowed", "taken_back"])
def test_one_step_takes_it_out_again(words: Words, how: str) -> None:
    was = shared(replace(words, scope=Scope.COACH), at(1))
    out = {
        "kept_out": lambda: kept_out(was, at(2)),
        "withdrawn": lambda: withdrawn(was, at(2)),
        "narrowed": lambda: narrowed(was, Scope.PRIVATE, at(2)),
        "taken_back": lambda: taken_back(was, at(2)),
    }[how]()
    assert not is_shared(out)
    assert (out.shared_at, out.kept_out_at) == (None, at(2))


@BOTH
def test_what_was_never_shared_is_not_noted_as_taken_out(words: Words) -> None:
    assert withdrawn(words, at(2)) == words
    assert narrowed(words, Scope.PRIVATE, at(2)).kept_out_at is None


@BOTH
def test_widening_and_leaving_a_scope_as_it_is_change_nothing_in_the_channel(words: Words) -> None:
    was = shared(replace(words, scope=Scope.PRIVATE), at(1))
    assert is_shared(narrowed(was, Scope.PRIVATE, at(2)))
    assert is_shared(narrowed(was, Scope.COACH, at(2)))


def test_other_words_are_another_edition_and_out() -> None:
    was = shared(a_reply("r", text="a"), at(1))
    now = reworded(was, "b", at(2))
    assert (now.text, now.edition, now.edited_at, is_shared(now)) == ("b", 1, at(2), False)


@BOTH
def test_what_is_taken_back_has_no_words(words: Words) -> None:
    gone = taken_back(words, at(2))
    assert not has_words(gone)
    assert not may_be_shared(gone)
    assert gone.deleted_at == at(2)
    assert not is_shared(shared(gone, at(3)))


def test_what_answers_a_coach_is_for_nobody_else() -> None:
    answer = a_reply("r", answers="word")
    assert not may_be_shared(answer)
    assert not is_shared(shared(answer, at(1)))


def test_a_plan_of_which_only_the_day_is_kept_has_no_words() -> None:
    plan: Commitment = a_commitment("c", first="", second="")
    reply: Reply = a_reply("r", text=None)
    assert not has_words(plan)
    assert not has_words(reply)


def test_a_form_that_was_opened_before_still_says_what_it_meant() -> None:
    assert Scope("team") is Scope.COACH
    with pytest.raises(ValueError, match="everybody"):
        Scope("everybody")
