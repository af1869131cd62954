"""A file from before there were two scopes: its words stand, nothing is wider than it was, no post keeps a quote."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.coaching.commitment import Commitment
from bot.coaching.reply import Reply, Scope
from bot.coaching.screen import Hold
from bot.coaching.words import is_shared
from bot.store.sqlite import open_store
from tests.store.scene import at
from tests.store.test_migrations import up_to

SCOPES = ("private", "coach", "team")
MOMENT = "2026-01-06T09:00:00.000000+00:00"
ROWS = {
    "workspace": {"id": "w", "platform": "slack", "external_id": "T", "name": "w", "bot": "B", "state": "active"},
    "member": {"id": "anna", "external_id": "U", "name": "Anna", "zone_confirmed": 0, "hours": "{}", "state": "active"},
    "cohort": {
        "id": "c",
        "channel": "C",
        "channel_name": "#it",
        "journey": "twelve-weeks",
        "language": "en",
        "pace": 1,
        "hours": "{}",
        "zone": "Europe/Amsterdam",
        "reflection_day": 0,
        "starts_on": "2026-01-05",
        "started_by": "anna",
        "started_at": MOMENT,
        "state": "active",
    },
    "enrollment": {
        "id": "e",
        "cohort": "c",
        "member": "anna",
        "state": "active",
        "scope": "team",
        "starts_on": "2026-01-05",
        "shift_weeks": 0,
        "joined_at": MOMENT,
    },
    "opt_in": {
        "id": "o",
        "member": "anna",
        "cohort": "c",
        "enrollment": "e",
        "scope": "team",
        "language": "en",
        "wording": "x",
        "at": MOMENT,
    },
}


def nudge(name: str, kind: str, state: str) -> dict[str, object]:
    return {
        "id": name,
        "cohort": "c",
        "kind": kind,
        "prompt": "p",
        "occurrence": name,
        "week": 1,
        "local_date": "2026-01-05",
        "local_time": "09:30:00",
        "zone": "UTC",
        "due_at": MOMENT,
        "expires_at": MOMENT,
        "state": state,
        "attempt": 1,
        "fence": 1,
        "question": 0,
        "conversation": "C" if state == "sent" else None,
        "message": name if state == "sent" else None,
    }


def words(kind: str, scope: str) -> dict[str, object]:
    common = {"id": f"{kind}-{scope}", "cohort": "c", "enrollment": "e", "member": "anna", "nudge": "n", "week": 1}
    if kind == "reply":
        about = {"author": "anna", "kind": "typed", "text": f"words for {scope}", "received_at": MOMENT}
    else:
        promise = {"first": "a", "second": scope, "due_on": "2026-01-07", "state": "open"}
        about = {"item": "ask", "kind": "plan", "made_at": MOMENT, **promise}
    return {**common, "scope": scope, **about}


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """Return a file as it was at the step before, with words of each scope and a thread that quotes some."""
    file = tmp_path / "pitstop.db"
    await open_store(file, schema=up_to(tmp_path / "old", 7)).close()
    rows: list[tuple[str, dict[str, object]]] = [
        *((table, dict(row)) for table, row in ROWS.items()),
        ("nudge", nudge("n", "nudge", "sent")),
        ("nudge", nudge("share", "team_share", "sent")),
        ("nudge", nudge("above", "team_reflection", "sent")),
        ("nudge", nudge("ahead", "team_share", "planned")),
        ("nudge", nudge("on its way", "team_share", "sending")),
        ("nudge", nudge("in doubt", "team_share", "uncertain")),
        ("nudge", nudge("over", "team_share", "dead")),
        *(("reply", words("reply", scope)) for scope in SCOPES),
        *(("commitment", words("commitment", scope)) for scope in SCOPES),
    ]
    with closing(sqlite3.connect(file)) as connection, connection:
        for table, row in rows:
            given = {**row, "version": 1, "bucket": 0, **({} if table == "workspace" else {"workspace": "w"})}
            if table == "workspace":
                given["practice"] = 0
            marks = ", ".join("?" for _ in given)
            connection.execute(
                f"INSERT INTO {table} ({', '.join(given)}) VALUES ({marks})",  # noqa: S608 - names of our own
                list(given.values()),
            )
    return file


async def test_what_was_the_teams_is_the_coachs_and_nothing_is_shared(file: Path) -> None:
    store = open_store(file)
    for kind, read in (("reply", store.reply), ("commitment", store.commitment)):
        found: list[Reply | Commitment | None] = [await read(f"{kind}-{scope}") for scope in SCOPES]
        assert [each.scope for each in found if each] == [Scope.PRIVATE, Scope.COACH, Scope.COACH]
        assert not any(is_shared(each) for each in found if each)
    reply = await store.reply("reply-team")
    assert reply is not None
    assert reply.text == "words for team"
    run = await store.enrollment("e")
    assert run is not None
    assert run.scope is Scope.COACH
    assert (await store.export("anna"))["opt_in"][0]["scope"] == "coach"
    await store.close()


async def test_what_stands_in_a_channel_is_shown_again_without_its_quotes(file: Path) -> None:
    store = open_store(file)
    hold = Hold(holder="me", at=at(60), until=at(61))
    claimed = await store.claim_screens(hold, room={}, limit=9)
    assert {screen.id for screen in claimed if screen.is_withdrawal} == {"share", "above"}
    assert {screen.id for screen in claimed} == {"share", "above"}
    await store.close()


def test_a_form_that_was_opened_before_still_says_what_it_meant() -> None:
    assert Scope("team") is Scope.COACH
    with pytest.raises(ValueError, match="everybody"):
        Scope("everybody")
