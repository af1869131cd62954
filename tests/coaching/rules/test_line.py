"""Whether what people do reaches us: tables of signs and what follows from each."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.coaching.rules.line import (
    HTTP_LATE,
    QUIET,
    READ_AGAIN,
    SOCKET_LATE,
    Line,
    LineState,
    Sign,
    beat,
    deaf,
)

T0 = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
OPEN, CLOSED, UNTOLD = Sign(carries=True), Sign(carries=False), Sign(carries=None)
BEAT = timedelta(seconds=10)
MOMENT = timedelta(seconds=1)
BEGAN = T0 - timedelta(hours=1)
SOCKET = Line(carried_at=T0, open_since=BEGAN, tells=True)
HTTP = Line(carried_at=T0, open_since=BEGAN, tells=False, heard_at=T0)
DEAF = Line(carried_at=T0, open_since=BEGAN, tells=False, heard_at=T0 - MOMENT, deaf_at=T0)


def heard(at: datetime) -> Sign:
    """Return the sign of a line that cannot tell, over which something came."""
    return Sign(carries=None, heard_at=at)


@pytest.mark.parametrize("sign", [OPEN, CLOSED, UNTOLD], ids=str)
def test_before_the_first_beat_of_all_nothing_could_be_missed(sign: Sign) -> None:
    first = beat(None, sign, T0)
    assert first.gap is None
    assert (first.line.carried_at, first.line.tells) == (T0, sign.carries is not None)


@pytest.mark.parametrize(
    ("before", "sign", "after", "gap"),
    [
        (SOCKET, OPEN, BEAT, False),  # it goes on
        (SOCKET, OPEN, SOCKET_LATE, False),  # nothing can be lost yet
        (SOCKET, OPEN, SOCKET_LATE + MOMENT, True),  # it carries again after a break
        (SOCKET, CLOSED, SOCKET_LATE, False),  # broken, and not for long
        (SOCKET, CLOSED, SOCKET_LATE + MOMENT, True),  # read back while it is down
        (HTTP, UNTOLD, HTTP_LATE, False),  # the process was away for as long as Slack tries
        (HTTP, UNTOLD, HTTP_LATE + MOMENT, True),
        (DEAF, UNTOLD, BEAT, True),  # words were missed: all conversations are read
        (DEAF, heard(T0 - MOMENT), BEAT, True),  # that came before
        (DEAF, heard(T0 + MOMENT), BEAT, True),  # with this it carries again, and what came meanwhile is read
        (SOCKET, OPEN, -timedelta(days=1), False),  # the clock was set back
        (HTTP, UNTOLD, -timedelta(days=1), False),
    ],
    ids=str,
)
def test_what_is_to_be_read_back(before: Line, sign: Sign, after: timedelta, gap: bool) -> None:
    assert beat(before, sign, T0 + after).gap == ((T0, T0 + after) if gap else None)


def test_while_a_line_is_down_it_is_read_back_now_and_then_and_once_more_when_it_carries() -> None:
    line, gaps = SOCKET, []
    for number in range(1, 15 * 6):
        now = T0 + number * BEAT
        done = beat(line, CLOSED, now)
        line = done.line
        gaps += [done.gap] if done.gap else []
    first = T0 + SOCKET_LATE + BEAT
    assert gaps == [(T0, first), (T0, first + READ_AGAIN)], "the whole of it each time: words come in it"
    after = beat(line, OPEN, now + BEAT)
    assert after.gap == (T0, now + BEAT)
    assert after.line.state(now + BEAT) is LineState.OPEN
    assert after.line.since(now + BEAT) == now + BEAT
    assert beat(after.line, OPEN, now + 2 * BEAT).gap is None


def test_what_comes_in_ends_that_a_line_is_deaf() -> None:
    now = T0 + BEAT
    after = beat(DEAF, heard(T0 + MOMENT), now).line
    assert (after.state(now), after.since(now), after.read_at) == (LineState.OPEN, now, None)
    assert beat(after, UNTOLD, now + BEAT).gap is None


@pytest.mark.parametrize(
    ("line", "after", "state", "since"),
    [
        (SOCKET, BEAT, LineState.OPEN, BEGAN),
        (SOCKET, SOCKET_LATE, LineState.OPEN, BEGAN),
        (SOCKET, SOCKET_LATE + MOMENT, LineState.DOWN, T0),
        (HTTP, HTTP_LATE, LineState.OPEN, BEGAN),
        (HTTP, HTTP_LATE + MOMENT, LineState.DOWN, T0),  # nobody listened
        (HTTP, BEAT, LineState.OPEN, BEGAN),
        (DEAF, BEAT, LineState.DOWN, T0),
    ],
    ids=str,
)
def test_how_a_line_is_and_since_when(line: Line, after: timedelta, state: LineState, since: datetime) -> None:
    assert (line.state(T0 + after), line.since(T0 + after)) == (state, since)


def test_over_http_a_line_without_a_sign_is_quiet_and_nothing_more() -> None:
    line = HTTP
    for number in range(1, 6 * 16):
        line = beat(line, UNTOLD, T0 + number * BEAT).line
    now = T0 + 6 * 16 * BEAT
    assert (line.state(now), line.since(now)) == (LineState.QUIET, T0)
    assert beat(line, heard(now), now).line.state(now) is LineState.OPEN
    never = Line(carried_at=now, open_since=BEGAN, tells=False)
    assert (never.state(now), never.since(now)) == (LineState.QUIET, BEGAN)


def test_a_line_that_tells_is_never_quiet() -> None:
    assert SOCKET.state(T0 + BEAT) is LineState.OPEN
    assert Line(carried_at=T0, open_since=T0 - timedelta(days=9), tells=True).state(T0) is LineState.OPEN


@pytest.mark.parametrize(
    ("heard_at", "missed", "since"),
    [
        (T0, T0 + MOMENT, T0),  # something still came then
        (None, T0 + MOMENT, BEGAN),
        (T0, T0 - MOMENT, T0 - MOMENT),  # came later than the words that did not
    ],
)
def test_a_deaf_line_is_down_since_something_came_last(
    heard_at: datetime | None, missed: datetime, since: datetime
) -> None:
    line = deaf(Line(carried_at=T0, open_since=BEGAN, tells=False, heard_at=heard_at), missed, T0 + QUIET)
    assert (line.state(T0 + QUIET), line.since(T0 + QUIET)) == (LineState.DOWN, since)
