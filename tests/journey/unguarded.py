"""The bot with one rule of reading broken, in one line each.

PITSTOP_BROKEN=<defect> python -m pytest -p tests.journey.unguarded tests/flows/reading/test_matrix.py
"""

import os
from collections.abc import Callable, Mapping
from typing import Any

from bot.coaching.rules import reading
from bot.flows.agenda import postpone
from bot.flows.coach import answer
from bot.flows.participation import join
from bot.store.sqlite import audit_chain
from bot.store.sqlite.tables import readers, shown
from tests.journey.broken import _put


def around_the_rule() -> None:
    """The log shows what a statement finds, and nobody asks whether it may be read."""
    _put(readers, "may_read", lambda *_: True)


def line_by_line() -> None:
    """A line is opened and answered by whoever coaches the cohort."""
    _put(answer, "may_read", lambda *_: True)


def digest_unasked() -> None:
    """A digest counts and shows what nobody granted."""
    _put(shown, "may_read", lambda *_: True)


def anybodys_grant() -> None:
    """One member's grant lets a coach read all members."""
    _put(reading, "covers", lambda grant, _gate, text: grant.cohort == text.cohort)


def earlier_too() -> None:
    """A grant is for what was written before it, too."""
    covers = reading.covers
    _put(reading, "covers", lambda grant, gate, text: covers(_earlier(grant), gate, text))


def gate_left_open() -> None:
    """What the last gate let in is read after it was shut."""
    viewer_of = readers.viewer_of

    def with_the_last(find: Any, workspace: str, person: str, at: Any) -> Any:
        viewer = viewer_of(find, workspace, person, at)
        if viewer.gate is not None:
            return viewer
        last = readers.TABLES[readers.Gate].records(find("gates", workspace=workspace))
        return readers.Viewer(**(vars(viewer) | {"gate": last[-1] if last else None}))

    _put(readers, "viewer_of", with_the_last)
    _put(shown, "viewer_of", with_the_last)


def read_after_leaving() -> None:
    """What somebody granted stands after they left."""
    _put(postpone, "ungranted", lambda *_: [])
    _put(join, "ungranted", lambda *_: [])


def look_not_noted() -> None:
    """A page of the log leaves no trace."""
    _put(readers, "_note", lambda *_, **__: None)


def row_not_chained() -> None:
    """A look is written beside the chain: each row begins anew."""
    _put(audit_chain, "hashed", lambda _: "0" * 64)


def _earlier(grant: Any) -> Any:
    return type(grant)(**(vars(grant) | {"includes_earlier": True}))


DEFECTS: Mapping[str, Callable[[], None]] = {
    each.__name__: each
    for each in (
        around_the_rule,
        line_by_line,
        digest_unasked,
        anybodys_grant,
        earlier_too,
        gate_left_open,
        read_after_leaving,
        look_not_noted,
        row_not_chained,
    )
}

if (broken := os.environ.get("PITSTOP_BROKEN", "")) in DEFECTS:
    DEFECTS[broken]()
