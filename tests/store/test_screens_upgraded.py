"""A file of the version before screens were rows: what stood there is known, and changes from then on."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.coaching.nudge import Kind
from bot.coaching.screen import Hold, ScreenKind, ScreenState, item_key
from bot.store.port import Store
from bot.store.sqlite import open_store
from tests.store.scene import T0, a_commitment, a_nudge, a_reflection, a_reply, at, cast
from tests.store.test_migrations import STEPS, up_to

BEFORE = next(number for number, step in enumerate(STEPS) if step.stem == "0010_screen")
TABLES = ("workspace", "cohort", "coach", "member", "enrollment", "nudge", "commitment", "reply", "reflection")
SENT: dict[str, Any] = {"state": "sent", "sent_at": T0}
STOOD = {"day": ("D1", "m-day"), "post": ("C-c", "m-post"), "thread": ("C-c", "m-thread")} | {
    f"n-{name}": ("D1", f"m-{name}") for name in ("anna", "bram")
}


async def written(file: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the scene with a plan, words, and a post that quotes them."""
    store = open_store(file)
    await store.save(*cast(), a_reply("r"), a_commitment("p"), a_nudge("planned"))
    post: dict[str, Any] = {"member": None, "item": None}
    await store.save(
        a_nudge("day", kind=Kind.DAY_OF, subject="p", **SENT),
        a_nudge("post", kind=Kind.TEAM_REFLECTION, **(SENT | post)),
        a_nudge("thread", kind=Kind.TEAM_SHARE, subject="post", **(SENT | post)),
        a_reflection("f", None, nudge="post", shared=("r",)),
    )
    await store.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        return {table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")] for table in TABLES}  # noqa: S608


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    file = tmp_path / "old.db"
    await open_store(file, schema=up_to(tmp_path / "schema", BEFORE)).close()
    found = await written(tmp_path / "now.db")
    with closing(sqlite3.connect(file)) as connection, connection:
        for table, rows in found.items():
            known = [each[1] for each in connection.execute(f"PRAGMA table_info({table})")]
            for row in rows:
                kept = [name for name in row if name in known]
                into = f"INSERT INTO {table} ({', '.join(kept)}) VALUES ({', '.join('?' * len(kept))})"  # noqa: S608
                connection.execute(into, [row[name] for name in kept])
        for name, place in STOOD.items():
            connection.execute("UPDATE nudge SET conversation = ?, message = ? WHERE id = ?", [*place, name])
        connection.execute("UPDATE reply SET card = 'D1/m-receipt' WHERE id = 'r'")
        connection.execute("UPDATE nudge SET renew_at = '2026-01-06T09:00:00.000000+00:00' WHERE id = 'n-bram'")
        connection.execute(
            "INSERT INTO reach (workspace, conversation, person, address, account, bucket, page)"
            " VALUES ('w', 'D1', 'U-anna', '', '', 0, 'm-page')"
        )
    opened = open_store(file)
    yield opened
    await opened.close()


async def showing(store: Store, *subjects: str) -> set[str]:
    return {screen.message for screen in await store.screens_showing(subjects)}


async def test_what_stood_there_is_known_with_its_place(store: Store) -> None:
    stood = {"n-anna": ("D1", "m-anna", "U-anna"), "day": ("D1", "m-day", "U-anna"), "thread": ("C-c", "m-thread", "")}
    for name, place in stood.items():
        screen = await store.screen(name)
        assert screen is not None
        assert (screen.conversation, screen.message, screen.person) == place
        assert (screen.state, screen.due, screen.digest) == (ScreenState.CURRENT, None, "")
    assert await store.screen("planned") is None
    receipt = await store.screen_at("w", "D1", "m-receipt")
    assert receipt is not None
    assert (receipt.id, receipt.kind, receipt.about, receipt.person) == ("r", ScreenKind.RECEIPT, "r", "U-anna")
    page = await store.page_screen("w", "U-anna")
    assert page is not None
    assert (page.message, page.about, page.subjects) == ("m-page", "anna", ("anna",))


async def test_it_is_found_by_all_that_it_shows(store: Store) -> None:
    assert await showing(store, "r") == {"m-receipt", "m-post", "m-thread"}
    assert await showing(store, "p") == {"m-day"}
    assert await showing(store, item_key("run-anna", "ask")) == {"m-anna", "m-day"}
    for screen in await store.screens_showing(["r", "p", "anna", "n-anna"]):
        assert [each.id for each in await store.screens_showing(screen.subjects[:1]) if each.id == screen.id]


async def test_what_was_due_then_is_due_now(store: Store) -> None:
    screen = await store.screen("n-bram")
    assert screen is not None
    assert (screen.state, screen.is_withdrawal) == (ScreenState.STALE, True)
    claimed = await store.claim_screens(Hold(holder="task", at=at(1), until=at(2)), room={}, limit=9)
    assert [each.id for each in claimed] == ["n-bram"]


async def test_words_taken_back_after_the_upgrade_leave_all_of_it(store: Store) -> None:
    reply = await store.reply("r")
    assert reply is not None
    hold = Hold(holder="me", at=at(1), until=at(2))
    held = await store.save(replace(reply, text=None, deleted_at=at(1)), hold=hold, withdraws=True)
    assert {each.message for each in held} == {"m-receipt", "m-post", "m-thread", "m-page"}
