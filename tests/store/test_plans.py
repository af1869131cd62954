"""No query reads a table from end to end."""

import asyncio
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.store.sqlite import open_store
from bot.store.sqlite.queries import named

# A small table; housekeeping once an hour; once after an outage; before the whole file is written anew. Forms are open
# for a day at most.
# What an operator asks or does to a file that rests.
READ_WHOLE = {
    "workspaces",
    "long_gone",
    "open_gaps",
    "erase_inbox",
    "members_called",
    "zones_in_use",
    "look_first",
    "look_for_screens",
} | {
    "drop_forms",
    "drop_views",
}
NAMES = sorted(name for name in named().available_queries if not name.endswith("_cursor"))
# `place` is the table of workspaces: small.
NOT_STORED = (
    r"mine\b",
    r"\(",
    "CONSTANT ROW",
    r"held\b",
    "line$",
    r"look\b",
    r"wanted\b",
    r"json_each\b",
    r"each\b",
    r"shown\b",
    r"place\b",
)
# A walk along a partial index, of what is on its way now, or to the first row only.
WALKS = {"next_moment", "doubtful", "dead", "queue", "screens_due"}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty store, shared: a plan depends on the schema alone."""
    file = tmp_path_factory.mktemp("plans") / "pitstop.db"
    asyncio.run(open_store(file).close())
    return file


def plan(file: Path, name: str) -> list[str]:
    query: Any = getattr(named(), name)
    values = dict.fromkeys(query.__signature__.parameters)
    connection = sqlite3.connect(file)
    lines = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query.sql}", values)]
    connection.close()
    return lines


@pytest.mark.parametrize("name", [name for name in NAMES if name not in READ_WHOLE])
def test_a_query_searches_and_never_scans(file: Path, name: str) -> None:
    scanned = [line for line in plan(file, name) if re.match(rf"SCAN (?!{'|'.join(NOT_STORED)})", line)]
    if name in WALKS:
        scanned = [line for line in scanned if not re.search("USING (COVERING )?INDEX", line)]
    assert scanned == []


@pytest.mark.parametrize(
    "name", ["due", "late", "claim", "ahead", "gaps", "nudges_of", "replies_of", "sent_to", "claim_screens"]
)
def test_the_order_of_a_hot_query_comes_from_its_index(file: Path, name: str) -> None:
    assert not [line for line in plan(file, name) if "ORDER BY" in line]


ALONG_WORKSPACES = [
    "next_moment",
    "due_in",
    "due",
    "ready_in",
    "claim",
    "doubtful_in",
    "doubtful",
    "gaps_in",
    "gaps",
    "queue",
]


@pytest.mark.parametrize("name", ALONG_WORKSPACES)
def test_what_waits_in_other_workspaces_is_not_seen(file: Path, name: str) -> None:
    """A row is found by its workspace first, in an index that holds nothing but what waits."""
    found = [re.search(r"(nudge|next|gap) USING (?:COVERING )?INDEX (\w+) (.*)", line) for line in plan(file, name)]
    walked = [(each[2], each[3]) for each in found if each and each[2] in BY_WORKSPACE]
    assert walked
    assert [(index, by) for index, by in walked if not by.startswith("(workspace")] == []


BY_WORKSPACE = {"nudge_planned", "nudge_put_off", "nudge_ready", "nudge_moment", "nudge_doubt", "gap_moment"}
