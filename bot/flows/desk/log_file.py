"""A view of the log as it leaves in a file: all that it shows, from the newest on, in parts."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from bot.coaching.records.audit import Action
from bot.flows.desk.entry import Visitor
from bot.flows.desk.line import ShownLine, line_shown
from bot.flows.desk.place import Place
from bot.flows.desk.search import searched
from bot.flows.desk.view import View
from bot.flows.ports import Ports
from bot.store.port.readers import LogEntry

A_PART = 500  # lines that are read, and noted, at once


async def exported(ports: Ports, visitor: Visitor, view: View) -> AsyncIterator[Sequence[ShownLine]]:
    """Yield all that a view shows, part by part; that a part leaves is noted as it is read."""
    before, stem, count = view.before, ports.new_id(), 0
    while True:
        entries, before = await _part(ports, visitor, replace(view, before=before), f"{stem}-{count}")
        given, count = ports.given(), count + 1
        yield [line_shown(given, visitor.language, visitor.zone, view.cohort, each) for each in entries]
        if before is None:
            return


async def _part(ports: Ports, visitor: Visitor, view: View, audit_id: str) -> tuple[Sequence[LogEntry], Place | None]:
    """Return the first part of a view, and the place below it; None when there is nothing below."""
    coach, action = visitor.member, Action.DOWNLOAD
    if view.phrase is not None:
        found = await searched(ports, visitor, view, view.phrase, limit=A_PART, audit_id=audit_id, action=action)
        return found.entries, found.until
    entries = await ports.store.read_log(
        coach.workspace,
        coach.id,
        view.cohort.id,
        view.which,
        before=view.before,
        limit=A_PART,
        at=ports.now,
        audit_id=audit_id,
        action=action,
    )
    return entries, (entries[-1].at, entries[-1].id) if len(entries) == A_PART else None
