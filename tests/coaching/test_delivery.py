"""What follows a send, by how it ended."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.delivery import (
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    SETTLE,
    Next,
    after_doubt,
    after_look,
    after_refusal,
    back_off,
)
from bot.coaching.nudge import TRANSITIONS, NudgeState

T0 = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)


def T(seconds: float) -> datetime:  # noqa: N802 - reads as a moment
    """The moment so many seconds after the send."""
    return T0 + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("attempt", "chance", "seconds"),
    [
        (1, 0.0, 0),  # full jitter begins at nothing
        (1, 0.5, 2),
        (2, 0.5, 4),
        (7, 0.5, 128),
        (8, 0.5, 150),  # capped at five minutes before the dice
        (1000, 0.5, 150),
    ],
)
def test_the_wait_doubles_up_to_five_minutes_with_full_jitter(attempt: int, chance: float, seconds: float) -> None:
    assert back_off(attempt, chance) == timedelta(seconds=seconds)


@given(st.integers(0, MOST_ATTEMPTS), st.floats(0, 1, exclude_max=True))
def test_the_wait_is_never_negative_nor_longer_than_the_longest(attempt: int, chance: float) -> None:
    assert timedelta(0) <= back_off(attempt, chance) <= timedelta(seconds=LONGEST_WAIT)


@pytest.mark.parametrize(
    ("attempt", "wait", "expected"),
    [
        (1, 0, Next(state=NudgeState.READY, not_before=T(2), reason="refused")),
        (1, 30, Next(state=NudgeState.READY, not_before=T(32), reason="refused")),  # never before Slack allows it
        (7, 0, Next(state=NudgeState.READY, not_before=T(128), reason="refused")),
        (8, 0, Next(state=NudgeState.DEAD, reason="refused, 8 attempts")),
        (9, 0, Next(state=NudgeState.DEAD, reason="refused, 9 attempts")),
    ],
)
def test_a_refused_send_is_tried_again_eight_times(attempt: int, wait: float, expected: Next) -> None:
    assert after_refusal(T0, attempt, wait, 0.5, "refused") == expected


def test_after_a_lost_answer_the_history_gets_time_to_show_it() -> None:
    assert after_doubt(T0, "timeout") == Next(state=NudgeState.UNCERTAIN, not_before=T0 + SETTLE, reason="timeout")


@pytest.mark.parametrize(
    ("attempt", "expires", "expected"),
    [
        (1, T(1), Next(state=NudgeState.READY, reason="not found")),
        (7, T(1), Next(state=NudgeState.READY, reason="not found")),
        (8, T(1), Next(state=NudgeState.EXPIRED, reason="in doubt, 8 attempts")),
        (1, T(0), Next(state=NudgeState.EXPIRED, reason="its window closed in doubt")),  # closed this very moment
        (8, T(-1), Next(state=NudgeState.EXPIRED, reason="its window closed in doubt")),
    ],
)
def test_a_message_that_is_not_there_goes_out_again_while_it_may(
    attempt: int, expires: datetime, expected: Next
) -> None:
    assert after_look(T0, attempt, expires) == expected


@given(
    st.integers(1, 20),
    st.floats(0, 3600),
    st.floats(0, 1, exclude_max=True),
    st.integers(-3600, 3600),
)
def test_what_follows_is_always_a_step_the_state_allows(attempt: int, wait: float, chance: float, ahead: int) -> None:
    sending, uncertain = TRANSITIONS[NudgeState.SENDING], TRANSITIONS[NudgeState.UNCERTAIN]
    assert after_refusal(T0, attempt, wait, chance, "x").state in sending
    assert after_doubt(T0, "x").state in sending
    assert after_look(T0, attempt, T(ahead)).state in uncertain
