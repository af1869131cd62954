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
    "every_member",
    "every_body",
    "zones_in_use",
    "under_way",
    "look_first",
    "look_for_screens",
    "expire_posts",
    "audited",
    "never_joined",
    "note_away_people",
    "note_away_workspaces",
    "note_back",
    "away_since",
    "fades",
    "teams",
    "words_days",
    "tables_of_workspaces",
    "people_of",
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
    r"looked\b",
    r"look\b",
    r"given\b",
    r"wanted\b",
    r"json_each\b",
    r"each\b",
    r"shown\b",
    r"place\b",
)
# A walk along a partial index, of what is on its way now, or to the first row only.
WALKS = {"next_moment", "dead", "queue", "refused_so_far"}


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


@pytest.mark.parametrize("name", ["log_lines", "operator_log"])
def test_a_page_of_the_log_is_read_no_farther_than_its_last_line(file: Path, name: str) -> None:
    found = plan(file, name)
    assert "MERGE (UNION ALL)" in found
    assert not [line for line in found if "ORDER BY" in line]


@pytest.mark.parametrize(
    ("name", "indexes"),
    [
        ("next_moment", "nudge_planned nudge_moment nudge_doubt"),
        ("due_in", "nudge_planned"),
        ("due", "nudge_planned"),
        ("claim", "nudge_ready"),
        ("doubtful_in", "nudge_doubt"),
        ("doubtful", "nudge_doubt"),
        ("queue", "nudge_planned nudge_put_off"),
        ("look_now", "nudge_put_off"),
        ("gaps_in", "gap_moment"),
        ("gaps", "gap_moment"),
        ("screens_due", "screen_due"),
    ],
)
def test_what_waits_in_another_workspace_is_never_walked(file: Path, name: str, indexes: str) -> None:
    """A workspace we are not connected to may hold any number of rows for ever: others are found past them."""
    for index in indexes.split():
        lines = [line for line in plan(file, name) if f"INDEX {index}" in line]
        assert lines
        assert [line for line in lines if f"INDEX {index} (workspace=?" not in line] == []


# The first of a workspace, or along a partial index of what is on its way now.
ONE_ROW = {"audit_head", "audit_checkpoint"}  # a workspace
# Of a workspace, in many years.
WITH_GATE = {"who_reads", "who_around", "who_around_words"}
A_FEW_ROWS = {"gate", "gates", "gate_of_person", "erase_gate", "seat", "erase_seat_namer"} | WITH_GATE
ALL_OF_A_WORKSPACE = {"grants_open", "cohorts_of"} | {  # what an admin or the operator asks
    "asked_last",  # while nothing came in for a quarter of an hour
}
WHOLE_WORKSPACES = (
    WALKS
    | ONE_ROW
    | A_FEW_ROWS
    | ALL_OF_A_WORKSPACE
    | {"reach_any", "cut_off", "doubtful", "doubtful_in", "claim_screens", "looked_up_in"}
)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in READ_WHOLE | WHOLE_WORKSPACES])
def test_no_statement_walks_a_whole_workspace(file: Path, name: str) -> None:
    """A workspace may have ten thousand people: an index entered by the workspace alone is walked to its end."""
    assert [line for line in plan(file, name) if "(workspace=?)" in line] == []
