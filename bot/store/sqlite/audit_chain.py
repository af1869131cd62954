"""The audit as a chain: each row of a workspace carries the hash of the one before it, and people under aliases.

What is hashed is what is stored, column by column, so that a row that is changed, cut out or moved is found. An alias
is dissolved by forgetting its person; the rows, and with them the chain, stay as they are (ADR 26).
"""

import json
import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from hashlib import sha256

from bot.coaching.records.audit import OPERATOR, AuditEntry
from bot.store.port import Conflict
from bot.store.port.audit import Chain, Checkpoint, Fault
from bot.store.sqlite.queries import Reading, changed, rows
from bot.store.sqlite.rows import TABLES, moment
from bot.store.sqlite.sealing.ring import ring_of

HASHED = ("id", "cohort", "actor", "subject", "action", "count", "at", "seen", "previous")
BEGINNING = ""  # before the first row
_PAGE = 1_000  # rows read at once


def append(connection: sqlite3.Connection, entries: Iterable[AuditEntry]) -> None:
    """Write looks at the end of their workspaces' chains, inside the transaction; raises Conflict for an id taken."""
    by_workspace: defaultdict[str, list[AuditEntry]] = defaultdict(list)
    for each in entries:
        by_workspace[each.workspace].append(each)
    for workspace, looks in by_workspace.items():
        _append(connection, workspace, looks)


def _append(connection: sqlite3.Connection, workspace: str, looks: Sequence[AuditEntry]) -> None:
    known = aliases(
        connection, workspace, [person for each in looks for person in (each.actor, each.subject) if person]
    )
    number, last = _head(connection, workspace)
    written = []
    for each in looks:
        values = TABLES[AuditEntry].closed(TABLES[AuditEntry].row(each), ring_of(connection)) | {
            "actor": known[each.actor],
            "subject": known[each.subject] if each.subject else None,
            "previous": last,
        }
        last = hashed(values)
        written.append(values | {"hash": last})
    try:
        changed(connection, "append_audit", looks=json.dumps(written))
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_UNIQUE:
            raise Conflict(f"audit: {error}") from error
        raise
    changed(connection, "set_audit_head", workspace=workspace, rows=number + len(looks), hash=last)


def not_yet_noted(connection: sqlite3.Connection, looks: Iterable[AuditEntry]) -> list[AuditEntry]:
    """Return those of one workspace's looks that are not noted already, by the same reader under the same id."""
    by_id = {each.id: each for each in looks}
    workspace = next((each.workspace for each in by_id.values()), "")
    found = rows(connection, "noted_looks", workspace=workspace, ids=json.dumps(list(by_id)))
    noted = {(row["id"], row["actor"], row["action"]) for row in found}
    return [each for each in by_id.values() if (each.id, each.actor, str(each.action)) not in noted]


def aliases(connection: sqlite3.Connection, workspace: str, people: Iterable[str]) -> dict[str, str]:
    """Return under which alias each of these stands in the audit; who has none yet is given one.

    Who is not there (any more) gets one that nobody can resolve; the command line stands under its name.
    """
    asked = sorted(set(people) - {OPERATOR})
    found = rows(connection, "audit_aliases", workspace=workspace, people=json.dumps(asked))
    known = {OPERATOR: OPERATOR} | {row["member"]: row["alias"] for row in found}
    fresh = {person: secrets.token_hex(8) for person in asked if person not in known}
    if fresh:
        changed(connection, "give_aliases", workspace=workspace, aliases=json.dumps(fresh))
    return known | fresh


def hashed(row: Mapping[str, object] | sqlite3.Row) -> str:
    """Return the hash of a row, over its values as they are stored, the hash before it among them."""
    return sha256(json.dumps([row[name] for name in HASHED]).encode()).hexdigest()


def _head(connection: sqlite3.Connection, workspace: str) -> tuple[int, str]:
    found = rows(connection, "audit_head", workspace=workspace)
    return (found[0]["rows"], found[0]["hash"]) if found else (0, BEGINNING)


def checked(reading: Reading, workspace: str, is_signed: Callable[[Checkpoint], bool | None]) -> Chain:
    """Go along a workspace's chain, on the snapshot that is open, up to its end or the first row that is wrong."""
    before = _checkpoint(reading.rows("audit_checkpoint", workspace=workspace), workspace)
    last, number = (before.hash, before.rows) if before else (BEGINNING, 0)
    good: list[str] = []

    def ended(fault: Fault | None = None, at: datetime | None = None) -> Chain:
        hashes = frozenset([*good, *([before.hash] if before else [])])
        return Chain(workspace=workspace, rows=len(good), before=before, fault=fault, at=at, head=last, hashes=hashes)

    if before and is_signed(before) is False:
        return ended(Fault.SIGNATURE, before.made_at)
    for row in _in_order(reading.rows, workspace, before.until_seq if before else 0):
        if row["previous"] != last:
            return ended(Fault.MISSING, datetime.fromisoformat(row["at"]))
        if hashed(row) != row["hash"]:
            return ended(Fault.CHANGED, datetime.fromisoformat(row["at"]))
        last = row["hash"]
        good.append(last)
    found = reading.rows("audit_head", workspace=workspace)
    is_whole = bool(found) and (found[0]["rows"], found[0]["hash"]) == (number + len(good), last)
    return ended(None if is_whole else Fault.CUT_OFF)


def _in_order(ask: Callable[..., Sequence[sqlite3.Row]], workspace: str, after: int) -> Iterator[sqlite3.Row]:
    while page := ask("audit_after", workspace=workspace, after=after, limit=_PAGE):
        yield from page
        after = page[-1]["seq"]


def _checkpoint(found: Sequence[sqlite3.Row], workspace: str) -> Checkpoint | None:
    if not found:
        return None
    [row] = found
    return Checkpoint(
        workspace=workspace,
        until_seq=row["until_seq"],
        rows=row["rows"],
        hash=row["hash"],
        made_at=datetime.fromisoformat(row["made_at"]),
        signature=row["signature"],
    )


def shorten(
    connection: sqlite3.Connection, workspace: str, before: datetime, at: datetime, sign: Callable[[Checkpoint], str]
) -> int:
    """Let a signed checkpoint stand in place of the rows before a moment; return how many went.

    The newest row always stays: what comes after it counts on from its place.
    """
    old = _checkpoint(rows(connection, "audit_checkpoint", workspace=workspace), workspace)
    count, last, ahead = old.rows if old else 0, None, None
    for row in _in_order(partial(rows, connection), workspace, old.until_seq if old else 0):
        if ahead is not None:
            count, last = count + 1, ahead
        if row["at"] >= moment(before):
            break
        ahead = row
    if last is None:
        return 0
    fresh = Checkpoint(
        workspace=workspace, until_seq=last["seq"], rows=count, hash=last["hash"], made_at=at, signature=""
    )
    values = {**asdict(fresh), "made_at": moment(at), "signature": sign(fresh)}
    changed(connection, "set_audit_checkpoint", **values)
    return changed(connection, "shorten_audit", workspace=workspace, until_seq=fresh.until_seq)
