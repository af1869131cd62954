"""No statement looks into what is encrypted: it is returned, written and let go of, and nothing else."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.sqlite import open_store
from bot.store.sqlite.queries import named
from bot.store.sqlite.rows import TABLES

NAMES = sorted(name for name in named().available_queries if not name.endswith("_cursor"))
COLUMNS = {column for table in TABLES.values() if table.sealed for column in table.sealed.columns} | {"body"}
# Of the sealed tables under whatever name a statement gives them; a name in another table may be anything.
OTHERS = r"(?:place|workspace|read_grant|installation_mark|cohort|mark)\."
LOOKED_AT = "|".join(sorted(COLUMNS - {"name"}))
A_COLUMN = rf"(?<![\w:]){{0}}(?:(?!{OTHERS})\w+\.)?(?:{LOOKED_AT})\b|(?<![\w:])(?!{OTHERS})\w+\.name\b"
COLUMN = A_COLUMN.format("")
# Set to what is given, to nothing, or to what waited; asked to be there; in a list that is returned or written.
SET = rf"(?:(?<=SET )|(?<=,))\s*(?:{COLUMN}) = (?::\w+|NULL|x''|\(SELECT )"
IS_THERE = rf"(?:{COLUMN}) IS (?:NOT )?NULL\b"
LISTED = rf"(?:(?<=SELECT )|(?<=,))\s*(?:{COLUMN})(?= AS \w+|\s*,|\s*\)|\s+FROM\b)"


def looks_into(sql: str) -> list[str]:
    """Return the places at which a statement does something with an encrypted column."""
    left = re.sub(r"--[^\n]*", "", sql)
    left = re.sub(r"(?<!x)'[^']*'", "''", left)
    left = re.sub(r"\bNULL AS \w+", "", left)
    for harmless in (*([SET] if "UPDATE" in left else []), IS_THERE, LISTED):
        left = re.sub(harmless, " ", left)
    return [left[max(0, found.start() - 30) : found.end() + 30] for found in re.finditer(COLUMN, left)]


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_looks_into_no_words(name: str) -> None:
    assert looks_into(getattr(named(), name).sql) == []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM reply WHERE text LIKE '%boss%'",
        "SELECT id FROM reply WHERE reply.text <> ''",
        "SELECT id FROM reply WHERE text = :text",
        "SELECT length(text) FROM reply",
        "SELECT first || second FROM commitment",
        "SELECT id FROM commitment WHERE first <> ''",
        "SELECT id FROM member AS who ORDER BY who.name",
        "SELECT id FROM member WHERE member.name = :who COLLATE NOCASE",
        "SELECT id FROM reply ORDER BY text",
        "SELECT count(*) FROM reply GROUP BY text",
        "SELECT id FROM inbox WHERE instr(body, 'x') > 0",
        "SELECT json_extract(seen, '$') FROM audit",
        "UPDATE reply SET text = upper(text)",
        "UPDATE reply SET scope = 'private' WHERE text = :text",
        "SELECT max(route) FROM screen",
        "SELECT id FROM gate WHERE who_agreed GLOB 'a*'",
    ],
)
def test_one_that_does_is_found(sql: str) -> None:
    assert looks_into(sql)


def test_no_index_and_no_trigger_is_made_of_words(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"
    asyncio.run(open_store(file).close())
    with closing(sqlite3.connect(file)) as connection:
        made = connection.execute("SELECT name, tbl_name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger')")
        for name, of, sql in made.fetchall():
            table = next((each for each in TABLES.values() if each.name == of), None)
            sealed = table.sealed.columns if table is not None and table.sealed is not None else ()
            told = (sql or "").partition("(")[2].replace("body IS NOT NULL", "")
            assert not set(re.findall(r"\w+", told)) & {*sealed, "body"}, name
