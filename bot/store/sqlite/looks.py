"""How a look at several people's words is noted: one row a person, in the transaction that reads them."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from bot.coaching.records.audit import Action, AuditEntry, SeenText
from bot.store.sqlite import audit_chain


def note_looks(
    connection: sqlite3.Connection,
    lines: Iterable[sqlite3.Row],
    *,
    actor: str,
    cohort: str | None,
    at: datetime,
    audit_id: str,
    action: Action = Action.READ,
) -> None:
    """Note one look a person; the same look once more, cut off before it was answered, is noted already."""
    seen: defaultdict[str, defaultdict[str, list[SeenText]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        seen[line["workspace"]][line["member"]].append(SeenText(id=line["id"], edition=line["edition"]))
    for workspace, texts in seen.items():
        known = audit_chain.aliases(connection, workspace, texts)
        looks = [
            AuditEntry(
                id=f"{audit_id}-{known[member]}-{len(those)}",
                workspace=workspace,
                cohort=cohort,
                actor=actor,
                subject=member,
                action=action,
                count=len(those),
                at=at,
                seen=tuple(those),
            )
            for member, those in texts.items()
        ]
        audit_chain.append(connection, audit_chain.not_yet_noted(connection, looks))
