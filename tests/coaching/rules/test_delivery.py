"""What follows a send, by how it ended."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.records.nudge import TRANSITIONS, NudgeState
from bot.coaching.rules.delivery import (
    CALL,
    LEASE,
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    SETTLE,
    InFlight,
    Next,
    after_doubt,
    after_look,
    after_refusal,
    back_off,
    in_flight,
    send_deadline,
)

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


@pytest.mark.parametrize("settle", [SETTLE, timedelta(seconds=2)])
def test_after_a_lost_answer_the_history_gets_time_to_show_it(settle: timedelta) -> None:
    expected = Next(state=NudgeState.UNCERTAIN, not_before=T0 + settle, reason="timeout")
    assert after_doubt(T0, "timeout", settle) == expected


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


# --- the term ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lease", "begin"),
    [
        (60, 50),  # a call takes ten seconds at most
        (20, 10),
        (4, 2),  # too short for that: half of it
    ],
)
def test_a_call_begins_early_enough_to_end_within_its_lease(lease: float, begin: float) -> None:
    within = send_deadline(T0, 100.0, timedelta(seconds=lease))
    assert (within.by, within.steady_by, within.steady_until) == (T(begin), 100.0 + begin, 100.0 + lease)


def test_an_ordinary_lease_leaves_room_for_the_longest_call() -> None:
    assert send_deadline(T0, 0, LEASE).by + CALL == T0 + LEASE


# --- the window -------------------------------------------------------------------------------------------------

MOST = 100


def refused(window: InFlight, *whom: str, wait: float = 7, began: float = 0, at: float = 0) -> InFlight:
    """The window after these conversations were refused, one after the other."""
    for conversation in whom:
        window = window.after_refusal(conversation, wait=wait, began=T(began), now=T(at))
    return window


def test_a_window_begins_wide_and_grows_by_one_for_each_round_that_goes_well() -> None:
    window = refused(in_flight(MOST), "anna")
    for _ in range(50):
        window = window.after_success()
    assert 50.9 < window.size < 51
    for _ in range(10_000):
        window = window.after_success()
    assert window.size == MOST


def test_a_refusal_halves_it_once_for_all_calls_that_were_open_and_never_closes_it() -> None:
    window = refused(in_flight(MOST), "anna", began=0, at=1)
    assert window.size == 50
    assert refused(window, "bram", "carl", began=0.5, at=2).size == 50  # they began before it was halved
    assert refused(window, "bram", began=1.5, at=2).size == 25
    for second in range(2, 40):
        window = refused(window, "anna", began=second, at=second)
    assert window.size == 1


@pytest.mark.parametrize(
    ("whom", "rests"),
    [
        (("anna",), False),
        (("anna", "anna", "anna"), False),  # one conversation has a limit of its own
        (("anna", "bram"), True),
    ],
)
def test_a_workspace_rests_when_a_second_conversation_is_refused(whom: tuple[str, ...], *, rests: bool) -> None:
    window = refused(in_flight(MOST), *whom, wait=7, at=1)
    assert (window.free(mine=0, all_free=300, now=T(7.9)) == 0) is rests
    assert window.free(mine=0, all_free=300, now=T(8)) > 0


def test_a_success_in_between_says_that_the_workspace_is_well() -> None:
    window = refused(refused(in_flight(MOST), "anna").after_success(), "bram")
    assert window.rests_until is None


def test_a_short_rest_does_not_end_a_long_one() -> None:
    window = refused(refused(in_flight(MOST), "anna", "bram", wait=60), "carl", wait=1)
    assert window.rests_until == T(60)


@pytest.mark.parametrize(
    ("size", "mine", "all_free", "free"),
    [
        (100, 0, 300, 100),
        (100, 40, 260, 60),
        (100, 100, 200, 0),
        (1, 0, 300, 1),
        (2.9, 1, 300, 1),
        (100, 0, 100, 50),  # as much is left for the others
        (100, 0, 1, 1),  # the last one is for whoever has none
        (100, 1, 1, 0),
        (100, 0, 0, 0),
        (10, 40, 200, 0),  # halved while they were open
    ],
)
def test_nobody_takes_more_than_is_left_for_the_others(size: float, mine: int, all_free: int, free: int) -> None:
    assert InFlight(most=MOST, size=size).free(mine=mine, all_free=all_free, now=T0) == free


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=200),
    st.integers(2, 300),
)
def test_together_they_never_take_more_than_there_is(moves: list[tuple[int, int, bool]], most: int) -> None:
    open_in = dict.fromkeys(range(10), 0)
    for who, ends, claims in moves:
        if claims:
            free = in_flight(MOST).free(mine=open_in[who], all_free=most - sum(open_in.values()), now=T0)
            open_in[who] += free
        else:
            open_in[who] = max(0, open_in[who] - ends)
        assert 0 <= sum(open_in.values()) <= most
        assert all(each <= MOST for each in open_in.values())
