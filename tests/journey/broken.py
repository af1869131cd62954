"""The engine of screens with one thing done wrong, one for each way of showing again that it replaced.

PITSTOP_BROKEN=<defect> python -m pytest -p tests.journey.broken tests/journey/test_screens.py
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.coaching.records import screen
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reply import Reply
from bot.coaching.records.screen import Screen
from bot.flows import dispatch
from bot.flows.screens import for_coach, render
from bot.store.sqlite import queries, store


def show() -> None:
    """An answered message is not shown again: a nudge touches nothing."""
    _touches(Nudge, lambda _: [])


def again() -> None:
    """What the item's other messages show is not known: neither reminder nor debrief follows their item."""
    by_nudge, by_reply, by_commitment = (screen._TOUCHED[each] for each in (Nudge, Reply, Commitment))
    _touches(Nudge, lambda row: [] if row.kind is Kind.DEBRIEF else [each for each in by_nudge(row) if "/" not in each])
    _touches(Reply, lambda reply: [each for each in by_reply(reply) if each != reply.nudge])
    _touches(Commitment, lambda made: [each for each in by_commitment(made) if "/" not in each])


def card_again() -> None:
    """A receipt is not shown again: words touch nothing."""
    _touches(Reply, lambda _: [])


def unquote() -> None:
    """A post is not known by what it quotes."""
    shown_in = render._shown_in

    def nothing(about: Any) -> tuple[str, ...]:
        return () if about.nudge.kind in (Kind.TEAM_SHARE, Kind.TEAM_REFLECTION) else shown_in(about)

    _put(render, "_shown_in", nothing)


def refresh() -> None:
    """A page waits until it is looked at, whoever withdrew what stands on it."""
    _sql("mark_screens", r":pages", "0")


def copy_again() -> None:
    """A second copy is not known, also when it is pressed."""

    async def nothing(*_: object) -> None:
        return None

    _put(dispatch, "copy_pressed", nothing)


def mend() -> None:
    """What a dead holder held is nobody's: a lease that is over counts as one that runs."""
    for name in ("claim_screens", "screens_due"):
        _sql(name, r"coalesce\((screen\.)?lease_until, ''\) <= :now", r"coalesce(\1lease_until, '') = ''")


def overtaken() -> None:
    """A slower update wins: what was changed while it was on the line counts as shown."""
    _sql("settle_screen", r"changed (<>|=) :changed", r"changed \1 changed")


def lay_aside() -> None:
    """An open log is left as it is, whatever its coach may read by now."""

    async def the_same(_: Any, shown: Screen) -> str:
        return shown.digest

    _put(for_coach, "digest_now", the_same)


def instead() -> None:
    """A press on what has moved on is refused, and shows nothing."""

    async def nothing(*_: object, **__: object) -> list[Screen]:
        return []

    _put(store.SqliteStore, "mark_screens", nothing)


def _touches(kind: type[object], subjects: Callable[[Any], Iterable[str]]) -> None:
    _put(screen, "_TOUCHED", {**screen._TOUCHED, kind: subjects})


def _sql(name: str, what: str, instead: str) -> None:
    """Change a named statement as it is read from its file."""
    statement = queries._statement

    def changed(asked: str) -> str:
        if asked != name:
            return statement(asked)
        sql, times = re.subn(what, instead, statement(asked))
        assert times, f"{name} has no {what}"
        return sql

    _put(queries, "_statement", changed)


def _put(where: object, name: str, what: object) -> None:
    setattr(where, name, what)


DEFECTS: Mapping[str, Callable[[], None]] = {
    each.__name__: each
    for each in (show, instead, mend, lay_aside, unquote, card_again, copy_again, refresh, again, overtaken)
}

if (broken := os.environ.get("PITSTOP_BROKEN", "")) in DEFECTS:
    DEFECTS[broken]()
