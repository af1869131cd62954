"""Erasing a person: every row goes, and what refers to a row before it; a note without a name stays."""

import sqlite3
import uuid
from datetime import UTC, datetime

from bot.coaching.records.audit import Action, AuditEntry
from bot.coaching.records.reply import Reply
from bot.coaching.records.screen import Hold
from bot.store.sqlite import audit_chain
from bot.store.sqlite.queries import changed, rows
from bot.store.sqlite.rows import TABLES
from bot.store.sqlite.sealing.ring import LANE, MEMBER, ring_of
from bot.store.sqlite.tables.screens import mark

AT_ONCE = Hold(at=datetime.min.replace(tzinfo=UTC), until=datetime.min.replace(tzinfo=UTC))  # whoever comes first

_ERASED = (  # what refers to a row goes before it
    "erase_inbox_body",
    "erase_inbox",
    "erase_sight",
    "erase_gap",
    "erase_away",
    "erase_reach",
    "erase_open_form",
    "erase_sign_in",
    "erase_session",
    "erase_screen",
    "erase_delivery",
    "erase_commitment",
    "erase_reflection",
    "erase_pulse",
    "erase_nudge",
    "erase_opt_in",
    "erase_read_grant",
    "erase_seat",
    "erase_seat_namer",
    "erase_gate",
    "erase_enrollment",
    "erase_coach",
    "erase_starter",
    "erase_namer",
    "erase_taker",
    "erase_reply_leaver",
    "erase_commitment_leaver",
    "erase_audit_alias",
    "erase_member",
)


def keys_of(member: str, external: str) -> list[tuple[str, str]]:
    """Return whose keys go with a person: what is stored of them, and what came in from them, has one each."""
    return [(MEMBER, member), (LANE, external)]


def erase_again(connection: sqlite3.Connection, workspace: str, member: str, at: datetime) -> bool:
    """Erase a person who asked for it before, inside the transaction; False when nobody of that id is there."""
    known = bool(rows(connection, "member", workspace=workspace, member=member))
    if known:
        erase_person(connection, workspace, member, at, uuid.uuid4().hex)
    return known


def _shown_of(connection: sqlite3.Connection, workspace: str, member: str) -> set[str]:
    """Return the subjects under which a person's words, name and roles are shown to others."""
    words = (
        rows(connection, f"{name}_of_person", workspace=workspace, member=member) for name in ("reply", "commitment")
    )
    roles = {row["cohort"] for row in rows(connection, "coach_of_person", workspace=workspace, member=member)}
    started = {row["id"] for row in rows(connection, "cohorts_started_by", workspace=workspace, member=member)}
    answers = {row["id"] for row in rows(connection, "answers_to_person", workspace=workspace, member=member)}
    return {row["id"] for found in words for row in found} | answers | roles | started | {member}


def _keep_answers(connection: sqlite3.Connection, workspace: str, member: str) -> None:
    """Seal what others answered to a coach for its author alone: they keep it here, and in no old copy."""
    table, ring = TABLES[Reply], ring_of(connection)
    for row in rows(connection, "answers_to_person", workspace=workspace, member=member):
        answer = table.record(row)
        text = table.closed(table.row(answer), ring)["text"]  # for its author alone: nobody else is named
        kept = {"reply": answer.id, "text": text, "has_words": bool(text)}
        changed(connection, "keep_answer", workspace=workspace, **kept)


def erase_person(
    connection: sqlite3.Connection,
    workspace: str,
    member: str,
    at: datetime,
    audit_id: str,
    *,
    actor: str | None = None,
    hold: Hold | None = None,
) -> int:
    """Delete every row about a person, inside the transaction, and note that; return how many replies went."""
    found = rows(connection, "member", workspace=workspace, member=member)
    if not found:
        return 0
    external = found[0]["external_id"]
    changed(connection, "cancel_words_of_person", workspace=workspace, member=member)
    mark(connection, workspace, _shown_of(connection, workspace, member), hold or AT_ONCE, withdraws=True)
    changed(connection, "close_screens_of_person", workspace=workspace, member=member)
    replies = changed(connection, "erase_reply", workspace=workspace, member=member)
    trace = AuditEntry(
        id=audit_id,
        workspace=workspace,
        cohort=None,
        actor=actor or member,
        subject=member,
        action=Action.ERASE,
        count=replies,
        at=at,
    )
    audit_chain.append(connection, [trace])
    _keep_answers(connection, workspace, member)
    sight = ring_of(connection).name(workspace, LANE, external)
    for name in _ERASED:
        changed(connection, name, workspace=workspace, member=member, sight=sight)
    # Last, and before the commit: no other process can write for this person between the two.
    ring_of(connection).forget(workspace, keys_of(member, external))
    return replies


def purge(connection: sqlite3.Connection, workspace: str) -> None:
    """Delete every row of a workspace but its own, and the audit, which names nobody then; inside the transaction.

    The tables are read from the file: one that is added later is not left out.
    """
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for row in rows(connection, "tables_of_workspaces"):
        connection.execute(f"DELETE FROM {row['called']} WHERE workspace = ?", [workspace])  # noqa: S608 - a table of ours
