"""A person's data as one sheet to read: in their language, and no ids. The JSON beside it holds everything."""

import csv
import io
from collections.abc import Mapping, Sequence

from bot.coaching.language import Language
from bot.coaching.records.audit import Action
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.commitment import CommitmentKind, CommitmentState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import MemberState, Origin
from bot.coaching.records.nudge import Answer, Kind, NudgeState
from bot.coaching.records.pulse import Wave
from bot.coaching.records.reading import EndedBy, GateKind
from bot.coaching.records.reply import ReplyKind, Scope
from bot.words.port import Words

Tables = Mapping[str, Sequence[Mapping[str, object]]]

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that starts with one of these
TABLES = (
    "member",
    "enrollment",
    "opt_in",
    "commitment",
    "reply",
    "reflection",
    "pulse",
    "nudge",
    "coach",
    "read_grant",
    "seat",
    "gate",
    "session",
    "audit",
    "inbox",
)
COLUMNS = (
    "name",
    "language",
    "zone",
    "country",
    "item",
    "week",
    "kind",
    "first",
    "second",
    "text",
    "scope",
    "wave",
    "question",
    "value",
    "state",
    "answer",
    "action",
    "did",
    "count",
    "tried",
    "due_on",
    "starts_on",
    "paused_until",
    "due_at",
    "sent_at",
    "joined_at",
    "made_at",
    "said_at",
    "received_at",
    "answered_at",
    "at",
    "edited_at",
    "shared_at",
    "left_out_at",
    "closed_at",
    "deleted_at",
    "ended_at",
    "from_at",
    "given_at",
    "until_at",
    "who_agreed",
    "agreed_on",
    "recorded_at",
    "named_at",
    "ended_by",
    "origin",
)

# What a table's column holds in so many words of ours; a person reads their own.
CODES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("member", "state"): tuple(MemberState),
    ("member", "origin"): tuple(Origin),
    ("enrollment", "state"): tuple(EnrollmentState),
    ("coach", "state"): tuple(CoachState),
    ("read_grant", "ended_by"): tuple(EndedBy),
    ("gate", "kind"): tuple(GateKind),
    ("commitment", "kind"): tuple(CommitmentKind),
    ("commitment", "state"): tuple(CommitmentState),
    ("reply", "kind"): tuple(ReplyKind),
    ("nudge", "kind"): tuple(Kind),
    ("nudge", "state"): tuple(NudgeState),
    ("nudge", "answer"): tuple(Answer),
    ("pulse", "wave"): tuple(Wave),
    ("audit", "action"): tuple(Action),
    ("inbox", "state"): ("waiting", "taken", "done", "dead"),
    ("inbox", "did"): ("command", "said", "edited", "deleted", "press", "submitted", "other"),
}


def as_csv(tables: Tables, words: Words, language: Language) -> bytes:
    """Return what a person can read of their data, a row for each record, safe to open in a spreadsheet."""
    kept = [(table, row) for table in TABLES for row in tables.get(table, ())]
    columns = [column for column in COLUMNS if any(row.get(column) not in (None, "") for _, row in kept)]
    themes = _themes(words, language)
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(
        [words.say("export-what", language), *(words.say(f"export-column-{each}", language) for each in columns)]
    )
    for table, row in kept:
        shown = (_readable(words, language, themes, table, column, row.get(column)) for column in columns)
        writer.writerow([words.say(f"export-table-{table}", language), *map(cell, shown)])
    return sheet.getvalue().encode("utf-8-sig")  # without the mark Excel takes é for two letters


def meanings(tables: Tables, words: Words, language: Language) -> list[dict[str, object]]:
    """Return what each code in these tables says, in a person's language, a row for each."""
    held = {
        (table, column, str(row.get(column)))
        for table, column in CODES
        for row in tables.get(table, ())
        if str(row.get(column)) in list(CODES[table, column])
    }
    return [
        {"table": table, "column": column, "code": code, "means": words.say(_key(table, column, code), language)}
        for table, column, code in sorted(held)
    ]


def _key(table: str, column: str, code: str) -> str:
    return f"export-{table}-{column}-{code}"


def cell(value: object) -> str:
    """Return a value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def _themes(words: Words, language: Language) -> dict[str, str]:
    """Return what experiments are called, by their slugs."""
    items = (item for journey in words.journeys().values() for item in journey.items.values())
    return {item.slug: words.title_of(item.theme, language, week=1) for item in items}


def _readable(
    words: Words, language: Language, themes: Mapping[str, str], table: str, column: str, value: object
) -> object:
    if column == "item":
        return themes.get(str(value), value)
    if column == "scope" and value in list(Scope):
        return words.say(f"scope-{value}", language)
    if column == "language" and value in list(Language):
        return words.say(f"language-{value}", language)
    if str(value) in list(CODES.get((table, column), ())):
        return words.say(_key(table, column, str(value)), language)
    return value
