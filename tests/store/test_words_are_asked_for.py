"""Every statement that returns words says whose reader it is for; those for other people's words ask the rule."""

import ast
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.store.sqlite import open_store
from bot.store.sqlite.queries import named

ROOT = Path(__file__).parents[2] / "bot"
WORDS = {"text", "first", "second", "word", "body"}

# Whose `text` is the id of a grant's one text, or whose `word` is an id.
IDS = {
    "grants_to",
    "grants_of",
    "grants_open",
    "read_grant_of_person",
    "who_reads",
    "who_around",
    "who_around_words",
    "coaches_behind",
}

DECIDED = "anybody else: `may_read` decides, text by text"
OWN = "their author, or who they were written to: found by whose they are"
CHANNEL = "the channel: let into it by a press, and asked of the rule before it is shown"
WORDLESS = "nobody: a coach is told that there are some"
ARRIVALS = "nobody: what waits to be handled"
READERS = {
    "log_lines": DECIDED,
    "lines_with": DECIDED,
    "operator_log": DECIDED,
    "digest_replies": DECIDED,
    "digest_promises": DECIDED,
    "replies_shared": CHANNEL,
    "commitments_shared": CHANNEL,
    "replies_with": CHANNEL,
    "commitments_with": CHANNEL,
    "shown_to_coach": WORDLESS,
    "told_with": WORDLESS,
    "inbox_of_person": OWN,
    "take_next": ARRIVALS,
    "take_lying": ARRIVALS,
    "every_body": ARRIVALS,
} | dict.fromkeys(
    (
        "answered_around",
        "answers_around",
        "answers_to_person",
        "coach_words_to",
        "commitment",
        "commitment_around",
        "commitment_of_person",
        "commitments_between",
        "commitments_of",
        "promises_around",
        "promises_looked_at",
        "replies_between",
        "replies_held",
        "replies_let_in",
        "replies_looked_at",
        "replies_of",
        "replies_said",
        "replies_to",
        "reply",
        "reply_around",
        "reply_confirmed",
        "reply_from",
        "reply_of_person",
        "stops_of",
        "word_around",
    ),
    OWN,
)


def returned(connection: sqlite3.Connection, name: str) -> set[str]:
    """Return the columns that a statement returns; none of one that writes and returns nothing."""
    statement: Any = getattr(named(), name)
    values = dict.fromkeys(re.findall(r"(?<!:):(\w+)", statement.sql), 0)
    try:
        found = connection.execute(statement.sql, values)
    except sqlite3.IntegrityError:
        return set()  # it writes
    return {column[0] for column in found.description or ()}


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    await open_store(tmp_path / "p.db").close()
    return tmp_path / "p.db"


async def test_whoever_reads_words_is_listed(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.row_factory = sqlite3.Row
    names = [name for name in named().available_queries if not name.endswith("_cursor")]
    found = {name for name in names if returned(connection, name) & WORDS} - IDS
    connection.close()
    assert found == set(READERS)


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for file in (ROOT / "store/sqlite").rglob("*.py"):
        yield file, ast.parse(file.read_text())


def test_who_asks_for_the_words_of_others_asks_the_rule() -> None:
    """The statements for others are asked for in two files alone, each time in a function that asks the rule."""
    asked: list[tuple[str, str, bool]] = []
    for file, tree in modules():
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            texts = {str(node.value) for node in ast.walk(function) if isinstance(node, ast.Constant)}
            called = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
            decides = bool(called & {"may_read", "_readable"})
            for_others = {name for name, reader in READERS.items() if reader is DECIDED} & texts
            asked += [(file.name, name, decides) for name in for_others]
    assert {(file, name) for file, name, _ in asked} == {
        ("readers.py", "log_lines"),
        ("readers.py", "lines_with"),
        ("readers.py", "operator_log"),
        ("shown.py", "digest_replies"),
        ("shown.py", "digest_promises"),
    }
    assert all(is_decided for _, _, is_decided in asked)


def test_no_statement_is_asked_for_past_the_store() -> None:
    """No other part of the bot reads tables: what comes out of the store came through one of these."""
    for file in ROOT.rglob("*.py"):
        if "store" in file.parts or "doctor" in file.parts:
            continue
        assert not re.search(r"\b(sqlite3|aiosql)\b", file.read_text()), file
