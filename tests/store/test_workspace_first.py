"""Whoever asks the store says of which workspace, but for what is listed with its reason."""

import dataclasses
import inspect
import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from bot.coaching.records.workspace import Workspace
from bot.store.port import Store
from bot.store.sqlite.across import METHODS, STATEMENTS
from bot.store.sqlite.file.migrations import SCHEMA
from bot.store.sqlite.queries import named

NAMES = sorted(name for name in named().available_queries if not name.endswith("_cursor"))
SQL = (SCHEMA / "0001_records.sql").read_text()
OWNED = {name for name in re.findall(r"CREATE TABLE (\w+)", SQL) if name not in ("workspace", "installation_mark")}
ASKED = [name for name in dir(Store) if not name.startswith("_")]


def text_of(name: str) -> str:
    found: Any = getattr(named(), name)
    return re.sub(r"--.*", "", found.sql)


def unnamed(sql: str) -> Iterator[str]:
    """Yield each place where a statement reads or changes a table of ours without saying of which workspace."""
    for place in re.finditer(r"\b(?:FROM|JOIN|UPDATE)\s+(\w+)(?:\s+AS\s+(\w+))?", sql):
        table, alias = place[1], place[2] or place[1]
        if table not in OWNED:
            continue
        rest = _block(sql[place.end() :])
        here = rf"(?<![\w.])(?:{alias}\.)?workspace = |\({alias}\.workspace, |\(workspace, |\bseq (?:IN|=) \("
        if not re.search(here, rest):
            yield place[0]


def _block(sql: str) -> str:
    """Return what follows, to the end of the parentheses that it stands in, without what is asked within it."""
    depth, inner, kept = 0, 0, ""
    for place, sign in enumerate(sql):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth < 0:
            break
        if sign == ")" and depth < inner:
            inner = 0
        if not inner:
            kept += sign
        if sign == "(" and not inner and re.match(r"\s*SELECT\b", sql[place + 1 :]):
            inner = depth
    return kept


@pytest.mark.parametrize("name", [name for name in NAMES if name not in STATEMENTS])
def test_a_statement_says_of_which_workspace(name: str) -> None:
    if re.search(rf"\b({'|'.join(OWNED)})\b", text_of(name)):
        found: Any = getattr(named(), name)
        assert "workspace" in found.__signature__.parameters or "json_" in text_of(name)
    assert list(unnamed(text_of(name))) == []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM reply WHERE id = :id",
        "SELECT * FROM nudge JOIN reply ON reply.nudge = nudge.id WHERE nudge.workspace = :workspace",
        "UPDATE nudge SET state = 'dead' WHERE id = :id",
        "SELECT * FROM nudge WHERE workspace = :workspace AND id IN (SELECT nudge FROM reply WHERE id = :id)",
        "SELECT * FROM nudge WHERE id IN (SELECT nudge FROM reply WHERE workspace = :workspace) AND kind = 'x'",
    ],
)
def test_one_that_does_not_is_found(sql: str) -> None:
    assert list(unnamed(sql))


@pytest.mark.parametrize("name", [name for name in ASKED if name not in METHODS])
def test_a_method_takes_the_workspace_first_or_a_record_of_one(name: str) -> None:
    method = getattr(Store, name)
    first = next(each for each in inspect.signature(method).parameters.values() if each.name != "self")
    if first.name != "workspace":
        assert _has_workspace(get_type_hints(method)[first.name])


def _has_workspace(kind: Any) -> bool:
    if get_origin(kind) in (Sequence, get_origin(Sequence[int])):
        return _has_workspace(get_args(kind)[0])
    kinds = [each for each in get_args(kind) or (kind,) if each is not Workspace]
    return all(
        dataclasses.is_dataclass(each) and "workspace" in {f.name for f in dataclasses.fields(each)} for each in kinds
    )


def test_what_is_listed_is_there_and_nothing_is_listed_that_needs_not_be() -> None:
    assert set(STATEMENTS) <= set(NAMES)
    assert set(METHODS) <= set(ASKED)
    assert not [name for name in STATEMENTS if "workspace" in getattr(named(), name).__signature__.parameters]


def test_every_key_and_every_index_begins_with_the_workspace_or_serves_what_is_listed() -> None:
    for table in OWNED:
        body = re.search(rf"CREATE TABLE {table} \((.*?)\n\) STRICT", SQL, re.S)
        assert body is not None
        assert re.search(r"(PRIMARY KEY|UNIQUE) \(workspace[,)]", body[1]), table
        assert not re.search(r"(PRIMARY KEY|UNIQUE) \((?!workspace[,)])", body[1]), table
    across = set(re.findall(r"CREATE (?:UNIQUE )?INDEX (\w+) ON \w+ \((?!workspace)", SQL))
    assert across == {
        "nudge_expiry",
        "reply_held",
        "nudge_lease",
        "nudge_ahead",
        "nudge_dead",
        "inbox_free",
        "inbox_done",
        "inbox_words",
        "sight_old",
        "sign_in_over",
        "session_idle",
        "session_over",
        "enrollment_ended",
        "enrollment_paused",
        "commitment_coached",
        "reply_coached",
    }


def test_a_key_without_rowid_stands_first_and_in_its_order() -> None:
    """Else quick_check of SQLite 3.40 takes a whole file for a damaged one, and a start refuses it."""
    found = re.findall(r"CREATE TABLE (\w+) \(\n((?:    .*\n)+)\) STRICT, WITHOUT ROWID", SQL)
    assert len(found) == len(re.findall("WITHOUT ROWID;", SQL))
    for table, body in found:
        key = re.search(r"PRIMARY KEY \((.*?)\)", body)
        assert key is not None
        columns = [line.split()[0] for line in body.splitlines()]
        assert columns[: key[1].count(",") + 1] == key[1].split(", "), table
