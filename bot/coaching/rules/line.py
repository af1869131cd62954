"""Whether what people do reaches us, judged for each platform. Pure; see docs/adr/0015-catching-up.md.

1. A line that stays open says at each beat whether it carries. Over HTTP nobody can tell: there it counts as carrying
   while somebody listens, until words are found that stand in a conversation and never came in.
2. A line that carries again after a break leaves a gap, to be read back. So does one that is down, now and then.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

SOCKET_LATE = timedelta(seconds=30)  # nobody promises that what was sent into a dead connection is sent again
HTTP_LATE = timedelta(minutes=5)  # as long as Slack sends an event again by itself
QUIET = timedelta(minutes=15)  # without a sign of anybody, over HTTP
READ_AGAIN = timedelta(minutes=10)  # between two readings while a line is down


class LineState(StrEnum):
    """How a line is."""

    OPEN = "open"  # it carries
    QUIET = "quiet"  # nothing came for a while, and nobody can tell whether anything should have
    DOWN = "down"  # what people do does not reach us


@dataclass(frozen=True, kw_only=True)
class Sign:
    """What a process knows of a line."""

    carries: bool | None  # None where nobody can tell
    heard_at: datetime | None = None  # when something last came in at this process


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is noted of a line."""

    carried_at: datetime  # when it carried last, as far as is known
    open_since: datetime
    tells: bool  # whether it says by itself that it carries
    heard_at: datetime | None = None  # when something last came in
    deaf_at: datetime | None = None  # when words were found that never came in
    read_at: datetime | None = None  # when conversations were last to be read while it was down

    @property
    def late(self) -> timedelta:
        """How long it may be silent without anything being lost."""
        return SOCKET_LATE if self.tells else HTTP_LATE

    def state(self, now: datetime) -> LineState:
        """Return how it is."""
        if self.deaf_at is not None or now - self.carried_at > self.late:
            return LineState.DOWN
        if not self.tells and now - (self.heard_at or self.open_since) > QUIET:
            return LineState.QUIET
        return LineState.OPEN

    def since(self, now: datetime) -> datetime:
        """Return since when it is so."""
        state = self.state(now)
        if state is LineState.DOWN:
            return self.carried_at
        return (self.heard_at or self.open_since) if state is LineState.QUIET else self.open_since


@dataclass(frozen=True, kw_only=True)
class Beat:
    """What a beat leaves: what to note, and the span that is to be read back."""

    line: Line
    gap: tuple[datetime, datetime] | None = None


def beat(line: Line | None, sign: Sign, now: datetime) -> Beat:
    """Return what follows from a sign; the first of all says that nothing could be missed before."""
    if line is None:
        return Beat(line=Line(carried_at=now, open_since=now, tells=sign.carries is not None, heard_at=sign.heard_at))
    line = replace(line, tells=sign.carries is not None, heard_at=_later(line.heard_at, sign.heard_at))
    if not _carries(line, sign):
        is_to_be_read = line.state(now) is LineState.DOWN and (
            line.read_at is None or now - line.read_at >= READ_AGAIN or line.read_at > now
        )
        gap = (line.carried_at, now) if is_to_be_read else None
        return Beat(line=replace(line, read_at=now) if is_to_be_read else line, gap=gap)
    broke = line.deaf_at is not None or now - line.carried_at > line.late
    whole = replace(line, carried_at=now, deaf_at=None, read_at=None)
    if not broke:
        return Beat(line=whole)
    return Beat(line=replace(whole, open_since=now), gap=(line.carried_at, now))


def deaf(line: Line, missed: datetime, now: datetime) -> Line:
    """Return a line over which words did not come that were typed then."""
    last = min(line.heard_at or line.open_since, missed)
    return replace(line, carried_at=last, deaf_at=now, read_at=None)


def _carries(line: Line, sign: Sign) -> bool:
    if sign.carries is not None:
        return sign.carries
    return line.deaf_at is None or (line.heard_at is not None and line.heard_at > line.deaf_at)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(filter(None, (one, other)), default=None)
