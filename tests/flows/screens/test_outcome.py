"""What becomes of a screen by how showing it ended: a table of the pure decisions, and an end to each of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.port import Ambiguous, Blame, MessageRef, Outcome, RetryAfter, Sent, Undeliverable
from bot.coaching.records.screen import Screen, ScreenKind, ScreenState, Step
from bot.coaching.rules.delivery import LONGEST_WAIT, MOST_ATTEMPTS, SETTLE
from bot.flows.screens.outcome import (
    MOST_DOUBTS,
    MOST_REFUSALS,
    REFUSED_WAIT,
    after_delete,
    after_look,
    after_post,
    after_update,
)
from tests.store.scene import T0

S = ScreenState
SENT = Sent(ref=MessageRef(workspace="w", conversation="D9", message="m9"))
LATER = RetryAfter(seconds=7, error="ratelimited")
LOST = Ambiguous(error="timeout")
REFUSALS = {
    "gone": Undeliverable(error="message_not_found", blame=Blame.ABSENT),
    "window": Undeliverable(error="edit_window_closed", blame=Blame.MESSAGE),
    "exported": Undeliverable(error="compliance_exports_prevent_deletion", blame=Blame.MESSAGE),
    "person": Undeliverable(error="account_inactive", blame=Blame.PERSON),
    "conversation": Undeliverable(error="is_archived", blame=Blame.CONVERSATION),
    "workspace": Undeliverable(error="token_revoked", blame=Blame.WORKSPACE),
}
KEPT_AWAY = ("person", "conversation", "workspace")
MANY = MOST_ATTEMPTS + MOST_REFUSALS + 2  # steps within which everything that does not ask us to wait has ended


def a_screen(**changes: Any) -> Screen:
    screen = Screen(
        id="s",
        workspace="w",
        kind=ScreenKind.NUDGE,
        about="n",
        person="U",
        conversation="D",
        message="m",
        subjects=("n",),
        state=S.STALE,
        digest="old",
        due=T0,
        holder="me",
        lease_until=T0 + timedelta(minutes=1),
    )
    return replace(screen, **changes)


def updated(screen: Screen, outcome: Outcome) -> Step:
    return after_update(screen, outcome, T0, digest="new", subjects=("n", "p"), chance=0.5)


def deleted(screen: Screen, outcome: Outcome) -> Step:
    return after_delete(screen, outcome, T0, chance=0.5)


def posted(screen: Screen, outcome: Outcome) -> Step:
    del screen
    return after_post(outcome, T0, digest="new", subjects=("n",), chance=0.5)


# --- a message that stands --------------------------------------------------------------------------------------


def test_shown_as_it_is_it_is_current_and_known_by_what_it_shows() -> None:
    assert updated(a_screen(), SENT) == Step(state=S.CURRENT, digest="new", subjects=("n", "p"))


@pytest.mark.parametrize("is_withdrawal", [False, True])
@pytest.mark.parametrize("attempt", [0, MOST_ATTEMPTS, MANY])
@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (SENT, S.CURRENT),
        (REFUSALS["gone"], S.CLOSED),
        (REFUSALS["window"], S.STUCK),
        (REFUSALS["exported"], S.STUCK),
        (LATER, S.STALE),
    ],
)
def test_these_end_the_same_however_often_it_was_tried(
    outcome: Outcome, state: ScreenState, attempt: int, is_withdrawal: bool
) -> None:
    step = updated(a_screen(attempt=attempt, is_withdrawal=is_withdrawal), outcome)
    assert step.state is state
    assert (step.due is not None) == (state is S.STALE)
    assert (step.reason == getattr(outcome, "error", None)) or state is S.CLOSED
    assert not step.is_failure


@pytest.mark.parametrize(
    ("which", "is_withdrawal", "attempt", "state", "is_failure"),
    [
        *[(which, False, attempt, S.STUCK, False) for which in ("person", "workspace") for attempt in (0, 5)],
        *[(which, True, attempt, S.STALE, True) for which in KEPT_AWAY for attempt in (0, MOST_REFUSALS - 1)],
        *[(which, True, attempt, S.STUCK, False) for which in KEPT_AWAY for attempt in (MOST_REFUSALS, MANY)],
    ],
)
def test_kept_away_what_was_withdrawn_is_tried_for_a_week_and_nothing_else(
    which: str, is_withdrawal: bool, attempt: int, state: ScreenState, is_failure: bool
) -> None:
    step = updated(a_screen(is_withdrawal=is_withdrawal, attempt=attempt), REFUSALS[which])
    assert (step.state, step.is_failure, step.reason) == (state, is_failure, REFUSALS[which].error)
    assert step.due == (T0 + REFUSED_WAIT if state is S.STALE else None)
    assert step.subjects is None, "it is found by what it showed"


def test_a_conversation_may_be_missed_by_mistake_and_is_tried_as_often_as_a_lost_answer() -> None:
    refusal = REFUSALS["conversation"]
    again = updated(a_screen(is_withdrawal=False, attempt=MOST_ATTEMPTS - 1), refusal)
    over = updated(a_screen(is_withdrawal=False, attempt=MOST_ATTEMPTS), refusal)
    assert (again.state, again.is_failure, over.state) == (S.STALE, True, S.STUCK)


def test_a_week_of_tries_is_a_week() -> None:
    assert timedelta(days=7) == REFUSED_WAIT * MOST_REFUSALS


@pytest.mark.parametrize(
    ("attempt", "is_withdrawal", "state"),
    [
        (0, False, S.STALE),
        (MOST_ATTEMPTS - 1, False, S.STALE),
        (MOST_ATTEMPTS, False, S.STUCK),
        (MOST_ATTEMPTS, True, S.STALE),
        (MOST_REFUSALS, True, S.STUCK),
    ],
)
def test_a_lost_answer_may_have_shown_either_and_so_is_tried_again(
    attempt: int, is_withdrawal: bool, state: ScreenState
) -> None:
    step = updated(a_screen(attempt=attempt, is_withdrawal=is_withdrawal), LOST)
    assert step.state is state
    assert step.digest == "", "nobody knows what it shows"
    assert step.is_failure == (state is S.STALE)
    assert step.due is None or T0 < step.due <= T0 + max(REFUSED_WAIT, timedelta(seconds=LONGEST_WAIT))


def test_asked_to_wait_it_waits_at_least_so_long_shows_what_it_did_and_counts_nothing() -> None:
    step = updated(a_screen(attempt=3), LATER)
    assert (step.state, step.digest, step.is_failure) == (S.STALE, "old", False)
    assert step.due is not None
    assert step.due >= T0 + timedelta(seconds=7)


# --- taking it away ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [S.CLOSING, S.STALE])
@pytest.mark.parametrize("outcome", [SENT, REFUSALS["gone"]])
def test_taken_away_or_gone_already_it_is_closed(outcome: Outcome, state: ScreenState) -> None:
    assert deleted(a_screen(state=state), outcome).state is S.CLOSED


@pytest.mark.parametrize("which", ["window", "exported", *KEPT_AWAY])
def test_what_cannot_be_taken_away_ends_with_its_reason(which: str) -> None:
    """Of somebody who is erased not even the place is kept; else it stays known where the words stand."""
    refusal = REFUSALS[which]
    closing = deleted(a_screen(state=S.CLOSING, attempt=MOST_REFUSALS, is_withdrawal=True), refusal)
    stale = deleted(a_screen(state=S.STALE, attempt=MOST_REFUSALS, is_withdrawal=True), refusal)
    assert (closing.state, closing.reason) == (S.CLOSED, refusal.error)
    assert (stale.state, stale.reason) == (S.STUCK, refusal.error)


@pytest.mark.parametrize("which", KEPT_AWAY)
def test_kept_away_from_what_is_to_go_it_is_tried_for_a_week(which: str) -> None:
    step = deleted(a_screen(state=S.CLOSING, is_withdrawal=True), REFUSALS[which])
    assert (step.state, step.due, step.is_failure) == (S.CLOSING, T0 + REFUSED_WAIT, True)


@pytest.mark.parametrize("outcome", [LATER, LOST])
def test_asked_to_wait_or_in_doubt_it_still_is_to_go(outcome: Outcome) -> None:
    step = deleted(a_screen(state=S.CLOSING, is_withdrawal=True), outcome)
    assert step.state is S.CLOSING
    assert step.due is not None
    assert step.due > T0


# --- a new message ----------------------------------------------------------------------------------------------


def test_posted_it_is_known_where_it_stands_and_what_it_shows() -> None:
    assert posted(a_screen(), SENT) == Step(
        state=S.CURRENT, digest="new", subjects=("n",), conversation="D9", message="m9"
    )


@pytest.mark.parametrize(
    ("outcome", "state", "is_failure"),
    [
        (LATER, S.WANTED, False),  # surely not there
        (LOST, S.UNCERTAIN, True),
        *[(refusal, S.CLOSED, False) for refusal in REFUSALS.values()],
    ],
)
def test_not_posted_it_waits_is_in_doubt_or_is_over(outcome: Outcome, state: ScreenState, is_failure: bool) -> None:
    step = posted(a_screen(), outcome)
    assert (step.state, step.is_failure, step.message) == (state, is_failure, None)
    assert step.reason == getattr(outcome, "error", "")
    assert (step.due is None) == (state is S.CLOSED)


def test_a_lost_answer_is_looked_for_once_it_must_show() -> None:
    assert posted(a_screen(), LOST).due == T0 + SETTLE
    own = after_post(LOST, T0, digest="", subjects=(), chance=0.0, settle=timedelta(seconds=3))
    assert own.due == T0 + timedelta(seconds=3)


@pytest.mark.parametrize(
    ("looks_back", "attempt", "state"),
    [
        (True, 1, S.WANTED),
        (True, MOST_ATTEMPTS, S.WANTED),
        (True, MOST_ATTEMPTS + 1, S.CLOSED),
        (False, 0, S.WANTED),
        (False, MOST_DOUBTS, S.WANTED),  # where nothing can be looked up it is there once or twice
        (False, MOST_DOUBTS + 1, S.CLOSED),
    ],
)
def test_not_found_it_is_posted_once_more_within_bounds(looks_back: bool, attempt: int, state: ScreenState) -> None:
    step = after_look(a_screen(state=S.UNCERTAIN, attempt=attempt), T0, looks_back=looks_back)
    assert step.state is state
    assert step.due == (T0 if state is S.WANTED else None)
    assert step.reason


# --- none for ever ----------------------------------------------------------------------------------------------


def followed(screen: Screen, step: Step) -> Screen:
    """Return a screen after a step, as the store settles it."""
    attempt = screen.attempt + 1 if step.is_failure else 0 if step.state is S.CURRENT else screen.attempt
    return replace(screen, state=step.state, attempt=attempt, digest=step.digest, due=step.due)


def end_of(screen: Screen, tried: Callable[[Screen], Step]) -> tuple[Screen, int]:
    """Follow a screen until nothing more is due; return how it ended and after how many tries."""
    for number in range(1, MANY + 1):
        step = tried(screen)
        screen = followed(screen, step)
        if step.due is None:
            return screen, number
    raise AssertionError(f"tried for ever: {screen}")


@pytest.mark.parametrize("is_withdrawal", [False, True])
@pytest.mark.parametrize("outcome", [LOST, *REFUSALS.values()], ids=lambda outcome: str(outcome.error))
@pytest.mark.parametrize("state", [S.STALE, S.CLOSING])
def test_whatever_is_refused_ends(state: ScreenState, outcome: Outcome, is_withdrawal: bool) -> None:
    tried = deleted if state is S.CLOSING else updated
    screen, tries = end_of(a_screen(state=state, is_withdrawal=is_withdrawal), lambda held: tried(held, outcome))
    assert screen.state is (S.CLOSED if state is S.CLOSING or outcome == REFUSALS["gone"] else S.STUCK)
    assert is_withdrawal or tries <= MOST_ATTEMPTS + 1


@pytest.mark.parametrize("is_withdrawal", [False, True])
def test_update_refused_then_delete_refused_ends(is_withdrawal: bool) -> None:
    """The window closed, and nothing may be deleted either: it stays, known as such."""
    screen = a_screen(is_withdrawal=is_withdrawal)
    screen, tries = end_of(screen, lambda held: deleted(held, REFUSALS["exported"]))
    assert (screen.state, tries) == (S.STUCK, 1)


@pytest.mark.parametrize("looks_back", [False, True])
def test_a_message_whose_answer_is_lost_each_time_ends(looks_back: bool) -> None:
    posts = 0

    def tried(screen: Screen) -> Step:
        nonlocal posts
        if screen.state is S.UNCERTAIN:
            return after_look(screen, T0, looks_back=looks_back)
        posts += 1
        return posted(screen, LOST)

    screen, _ = end_of(a_screen(state=S.SENDING, message=""), tried)
    assert screen.state is S.CLOSED
    assert posts <= (MOST_ATTEMPTS + 1 if looks_back else 2)


def test_only_a_platform_that_names_its_hour_is_waited_for_without_end() -> None:
    """Each wait is at least as long as it asked for."""
    screen = a_screen(attempt=0)
    for _ in range(MANY):
        step = updated(screen, LATER)
        assert step.due is not None
        assert step.due >= T0 + timedelta(seconds=LATER.seconds)
        screen = followed(screen, step)
    assert (screen.state, screen.attempt) == (S.STALE, 0)
