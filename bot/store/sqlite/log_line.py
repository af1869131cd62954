"""Lines of the reply log as statements return them, what is decided about each, and what it says once opened."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.coaching.records.commitment import Commitment
from bot.coaching.records.member import Member
from bot.coaching.records.reply import Reply, Scope
from bot.coaching.rules.reading import UNFILED, Text, Viewer, may_read
from bot.store.port.readers import ANSWER_KIND, LogEntry
from bot.store.sqlite.rows import TABLES
from bot.store.sqlite.sealing.ring import ring_of

Line = dict[str, Any]  # by column: a name is found faster than in a row; `ring` opens what is sealed in it
Choice = tuple[str, str | None, int, str]  # member, item, week and kind
_SCOPES = {each.value: each for each in Scope}


def line_of(row: sqlite3.Row) -> Line:
    """Return a line by column."""
    return lines_of([row])[0]


def lines_of(rows: Sequence[sqlite3.Row]) -> list[Line]:
    """Return the lines of one statement by column."""
    columns = rows[0].keys() if rows else []
    found: list[Line] = [dict(zip(columns, row, strict=True)) for row in rows]
    ring = ring_of(rows[0]) if rows else None
    for line in found:
        line["at"], line["scope"], line["ring"] = datetime.fromisoformat(line["at"]), _SCOPES[line["scope"]], ring
    return found


def decided_by(row: Line) -> Text:
    """Return what decides who may read a line of a statement that leaves out what has no words."""
    answers = (row["word_author"] or "") if row["answers"] is not None else None
    ended = row["run_ended_at"]
    return Text(
        id=row["id"],
        member=row["member"],
        author=row["author"],
        cohort=row["cohort"],
        scope=row["scope"],
        written_at=row["at"],
        is_unfiled=row["kind"] in UNFILED,
        answers=answers,
        run_ended_at=datetime.fromisoformat(ended) if ended else None,
    )


def choice_of(row: sqlite3.Row) -> Choice:
    """Return by what a line can be chosen."""
    kind = row["kind"] if row["answers"] is None else ANSWER_KIND
    return row["member"], row["item"], row["week"], kind


def choices(viewer: Viewer, lines: Iterable[sqlite3.Row], runs: Mapping[str, sqlite3.Row]) -> set[Choice]:
    """Return by what those of the lines can be chosen that may be read; `runs` has the run of each, by id."""
    found: set[Choice] = set()
    for row in lines:
        choice = choice_of(row)
        # Of the lines of a log most offer what another one did.
        if choice not in found and may_read(viewer, decided_by({**runs[row["enrollment"]], **line_of(row)})):
            found.add(choice)
    return found


def entry(line: Line) -> LogEntry:
    """Return a line of a whole log as its reader gets it."""
    whose = {"workspace": line["workspace"], "id": line["member"]}
    return LogEntry(
        id=line["id"],
        at=line["at"],
        member=line["member"],
        name=TABLES[Member].opened(whose, "name", line["name"], line["ring"]) or "",
        item=line["item"],
        week=line["week"],
        kind=line["kind"],
        question=line["question"],
        text=text_of(line),
        scope=line["scope"],
        nudge=line["nudge"],
        answers=line["answers"],
        word=_word_of(line),
    )


def text_of(line: Line) -> str:
    """Return the words of a line: of a commitment, both of its texts."""
    if line["text"] is not None:
        return TABLES[Reply].opened(line, "text", line["text"], line["ring"]) or ""
    both = (TABLES[Commitment].opened(line, each, line[each], line["ring"]) or "" for each in ("first", "second"))
    return "\n".join(both)


def _word_of(line: Line) -> str | None:
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
    return TABLES[Reply].opened(told, "text", line["word"], line["ring"])
