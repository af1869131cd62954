"""A person's data as one sheet to read: columns in their language, and no ids. The JSON beside it holds everything."""

import csv
import io
from collections.abc import Mapping, Sequence

from bot.coaching.language import Language
from bot.coaching.records.reply import Scope
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
    "closed_at",
    "deleted_at",
    "ended_at",
)


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
        shown = (_readable(words, language, themes, column, row.get(column)) for column in columns)
        writer.writerow([words.say(f"export-table-{table}", language), *map(cell, shown)])
    return sheet.getvalue().encode("utf-8-sig")  # without the mark Excel takes é for two letters


def cell(value: object) -> str:
    """Return a value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def _themes(words: Words, language: Language) -> dict[str, str]:
    """Return what experiments are called, by their slugs."""
    items = (item for journey in words.journeys().values() for item in journey.items.values())
    return {item.slug: words.title_of(item.theme, language, week=1) for item in items}


def _readable(words: Words, language: Language, themes: Mapping[str, str], column: str, value: object) -> object:
    if column == "item":
        return themes.get(str(value), value)
    if column == "scope" and value in list(Scope):
        return words.say(f"scope-{value}", language)
    if column == "language" and value in list(Language):
        return words.say(f"language-{value}", language)
    return value
