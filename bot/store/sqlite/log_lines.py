"""The lines of the reply log, as they were found by those who may read them."""

import sqlite3
from datetime import datetime

from bot.coaching.records.commitment import Commitment
from bot.coaching.records.reply import Reply, Scope
from bot.store.port.readers import LogEntry
from bot.store.sqlite.rows import TABLES, name_in
from bot.store.sqlite.sealing.ring import ring_of


def entry(line: sqlite3.Row) -> LogEntry:
    return LogEntry(
        id=line["id"],
        at=datetime.fromisoformat(line["at"]),
        member=line["member"],
        name=name_in(line, line["workspace"]),
        item=line["item"],
        week=line["week"],
        kind=line["kind"],
        question=line["question"],
        text=text_of(line),
        scope=Scope(line["scope"]),
        nudge=line["nudge"],
        answers=line["answers"],
        word=word_of(line),
    )


def text_of(line: sqlite3.Row) -> str:
    """Return the words of a line: of a commitment, both of its texts."""
    ring = ring_of(line)
    if line["text"] is not None:
        return TABLES[Reply].opened(line, "text", line["text"], ring) or ""
    both = (TABLES[Commitment].opened(line, each, line[each], ring) or "" for each in ("first", "second"))
    return "\n".join(both)


def word_of(line: sqlite3.Row) -> str | None:
    """Return the word of a coach that a line answers."""
    if line["word"] is None:
        return None
    told = {
        "workspace": line["workspace"],
        "id": line["answers"],
        "member": line["word_member"],
        "author": line["word_author"],
        "also": None,
        "edition": line["word_edition"],
    }
    return TABLES[Reply].opened(told, "text", line["word"], ring_of(line))
