"""All that is sealed, row by row: what opens, what nobody can open any more, what is not as it was stored."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.store.port import StoreError
from bot.store.sqlite.queries import changed, rows
from bot.store.sqlite.rows import TABLES, Table
from bot.store.sqlite.sealing.ring import LANE, MEMBER, Connection, Ring, ring_of
from bot.store.sqlite.sealing.sealed import owners, where

PAGE = 1_000  # rows read at once
BODIES = "inbox"  # what bodies are bound to


@dataclass(frozen=True, kw_only=True)
class Lid:
    """One sealed text of one row."""

    table: str
    row: str
    open: Callable[[], str | None]  # None when the key is gone; raises StoreError when it is not as it was stored


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What was found of all that is sealed."""

    opened: int
    gone: int  # their key is destroyed
    broken: tuple[str, ...]  # the rows, by table and id, that were changed, moved or sealed by another key


def check(connection: sqlite3.Connection, progress: Callable[[int], None]) -> Checked:
    """Open everything; `progress` is told now and then how many texts were opened by then."""
    opened = gone = 0
    broken: list[str] = []
    for lid in sealed(connection):
        try:
            if lid.open() is None:
                gone += 1
            else:
                opened += 1
        except StoreError:
            broken.append(f"{lid.table} {lid.row}")
        if (opened + gone) % PAGE == 0:
            progress(opened + gone)
    return Checked(opened=opened, gone=gone, broken=tuple(broken))


def sealed(connection: sqlite3.Connection) -> Iterator[Lid]:
    """Yield all that is sealed, table by table."""
    ring = ring_of(connection)
    for table in TABLES.values():
        if table.sealed is not None:
            name = "audit_named" if table.name == "audit" else table.name
            for row in _paged(connection, name):
                yield from _of(table, row, ring)
    for row in rows(connection, "every_body"):
        yield Lid(table=BODIES, row=row["id"], open=lambda row=row: _body(row, ring))  # type: ignore[misc]


def _of(table: Table, row: sqlite3.Row, ring: Ring) -> Iterator[Lid]:  # type: ignore[type-arg]
    assert table.sealed is not None
    for column in table.sealed.columns:
        if row[column]:
            yield Lid(
                table=table.name,
                row=row["id"],
                open=lambda column=column: table.opened(row, column, row[column], ring),  # type: ignore[misc]
            )


def _paged(connection: sqlite3.Connection, name: str) -> Iterator[sqlite3.Row]:
    after = 0
    # Safe to compose: the names are those of our own tables.
    asked = f"SELECT * FROM {name} WHERE seq > ? ORDER BY seq LIMIT ?"  # noqa: S608
    while page := connection.execute(asked, [after, PAGE]).fetchall():
        yield from page
        after = page[-1]["seq"]


def _body(row: sqlite3.Row, ring: Ring) -> str | None:
    return ring.open(row["body"], row["workspace"], owners(LANE, row["lane"]), where(BODIES, "body", row["id"]))


def unopened(connection: Connection) -> list[tuple[str, str]]:
    """Return, by workspace and id, the people whose key is gone though they are in the file."""
    ring = connection.ring
    found = connection.execute("SELECT workspace, id FROM member ORDER BY seq").fetchall()
    return [(each, member) for each, member in found if not ring.knows(each, owners(MEMBER, member))]


def let_go_of_unopened(connection: Connection) -> None:
    """Blank what nobody can open any more, inside the transaction: what is written there later has other keys."""
    for workspace, member in unopened(connection):
        for name in ("blank_member", "blank_replies", "blank_commitments"):
            changed(connection, name, workspace=workspace, member=member)
