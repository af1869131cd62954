import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.teams.outgoing.pace import CONVERSATION, TENANT, Pace, Window

STEPS = st.lists(
    st.tuples(st.sampled_from("abc"), st.one_of(st.just(0.0), st.floats(0, 3), st.floats(0, 120))), max_size=400
)


def crowded(moments: list[float], windows: tuple[Window, ...] | list[Window]) -> bool:
    """Tell whether any window, wherever it begins, holds more than it may."""
    return any(
        sum(start <= moment < start + seconds for moment in moments) > most
        for most, seconds in windows
        for start in moments
    )


def full(moments: list[float], now: float, windows: tuple[Window, ...] | list[Window]) -> bool:
    """Tell whether one call more would be one too many."""
    return any(sum(moment + seconds > now for moment in moments) >= most for most, seconds in windows)


@given(STEPS)
@settings(max_examples=300, deadline=None)
def test_no_window_is_ever_exceeded_and_room_is_used_when_there_is_some(steps: list[tuple[str, float]]) -> None:
    small, whole = ((3, 1.0), (4, 2.0), (9, 30.0)), ((5, 1.0),)
    pace = Pace(conversation=small, tenant=whole)
    now = 1_000.0
    taken: dict[str, list[float]] = {"a": [], "b": [], "c": []}
    for conversation, later in steps:
        now += later
        everybody = [moment for moments in taken.values() for moment in moments]
        wait = pace.take("w", conversation, now)
        assert (wait <= 0) is not (full(taken[conversation], now, small) or full(everybody, now, whole))
        if wait <= 0:
            taken[conversation].append(now)
    assert not any(crowded(moments, small) for moments in taken.values())
    assert not crowded([moment for moments in taken.values() for moment in moments], whole)


@given(STEPS)
@settings(max_examples=200, deadline=None)
def test_who_waits_as_long_as_told_finds_room(steps: list[tuple[str, float]]) -> None:
    pace = Pace(conversation=((2, 1.0), (3, 2.0)), tenant=((4, 1.0),))
    now = 0.0
    for conversation, _ in steps:
        wait = pace.take("w", conversation, now)
        if wait > 0:
            now += wait + 1e-6
            assert pace.take("w", conversation, now) == 0


@pytest.mark.parametrize(("most", "seconds"), CONVERSATION)
def test_a_conversation_has_the_windows_that_teams_documents(most: int, seconds: float) -> None:
    pace = Pace(conversation=((most, seconds),))
    step = seconds / most / 2
    for n in range(most):
        assert pace.take("w", "c", n * step) == 0
    assert pace.take("w", "c", most * step) == pytest.approx(seconds - most * step)
    assert pace.take("w", "c", seconds) == 0


def test_the_numbers_are_those_of_teams() -> None:
    assert [*CONVERSATION] == [(7, 1.0), (8, 2.0), (60, 30.0), (1_800, 3_600.0)]
    assert [*TENANT] == [(50, 1.0)]
    pace = Pace()
    assert [pace.take("w", "c", moment) for moment in (0.0, *[0.5] * 7)] == pytest.approx([0] * 7 + [0.5])


def test_a_tenant_has_one_of_its_own() -> None:
    ((most, seconds),) = TENANT
    pace = Pace()
    assert not any(pace.take("w", f"c{n}", 0.0) for n in range(most))
    assert pace.take("w", "another", 0.5) == pytest.approx(seconds - 0.5)
    assert pace.take("w2", "another", 0.5) == 0


def test_a_call_that_must_wait_is_not_counted() -> None:
    pace = Pace(conversation=((1, 1.0),))
    assert [pace.take("w", "c", moment) for moment in (0.0, 0.5, 0.9, 1.0)] == pytest.approx([0, 0.5, 0.1, 0])


def test_conversations_that_are_quiet_for_long_are_forgotten() -> None:
    pace = Pace()
    for n in range(1_000):
        pace.take("w", f"c{n}", n * 1.0)
    pace.take("w", "last", 10_000.0)
    assert len(pace._conversation._calls) == 1
