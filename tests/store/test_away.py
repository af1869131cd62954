"""Who is away, who joined nothing, and what is left of a workspace that removed the app."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.coaching.records.cohort import CohortState
from bot.coaching.records.member import MemberState
from bot.coaching.records.workspace import WorkspaceState
from bot.store.port import Record
from bot.store.port.retention import Away
from tests.statements import trace
from tests.store.scene import T0, Scene, a_coach, a_cohort, a_member, a_reply, a_workspace, an_enrollment, at

BEFORE, AFTER = T0 - timedelta(days=1), T0 + timedelta(days=1)


def met(**changes: object) -> Record:
    return a_member("dora", **{"met_at": BEFORE, **changes})


@pytest.mark.parametrize(
    ("records", "goes"),
    [
        ([met()], True),
        ([met(met_at=None)], True),  # before that was noted
        ([met(met_at=AFTER)], False),
        ([met(heard_at=AFTER)], False),  # they typed something the other day
        ([met(heard_at=BEFORE)], True),
        ([met(), an_enrollment("dora")], False),
        ([met(), a_coach("dora", cohort="old")], False),
        ([met(), a_cohort("mine", channel="C2", started_by="dora")], False),
        ([met(), a_cohort("mine", channel="C2", started_by="dora", state=CohortState.ENDED)], True),
    ],
)
async def test_who_joined_nothing_goes_some_days_after_we_met(
    scene: Scene, records: Sequence[Record], *, goes: bool
) -> None:
    await scene.add(a_cohort("old", channel="C3", state=CohortState.ENDED))
    await scene.add(*records)
    gone = await scene.store.never_joined(T0)
    assert (("w", "dora") in gone) is goes
    assert not {("w", "anna"), ("w", "carl")}.intersection(gone), "a member and a coach"


async def test_since_when_somebody_is_away_is_noted_once_and_forgotten_when_they_are_back(scene: Scene) -> None:
    store = scene.store
    anna, bram, workspace = await store.member("w", "anna"), await store.member("w", "bram"), await store.workspace("w")
    assert anna is not None
    assert bram is not None
    assert workspace is not None
    await store.note_away(at(0))
    assert await store.away_since(at(9)) == []
    await store.save(
        replace(anna, state=MemberState.DEACTIVATED, direct="D1"),
        replace(bram, state=MemberState.DEACTIVATED, direct=None),  # shut us out, and may be back
        replace(workspace, state=WorkspaceState.UNINSTALLED),
    )
    await store.note_away(at(1))
    await store.note_away(at(2))
    assert await store.away_since(at(1)) == []
    assert await store.away_since(at(1.1)) == [
        Away(workspace="w", member=None, since=at(1)),
        Away(workspace="w", member="anna", since=at(1)),
    ]
    anna, workspace = await store.member("w", "anna"), await store.workspace("w")
    assert anna is not None
    assert workspace is not None
    await store.save(replace(anna, state=MemberState.ACTIVE), replace(workspace, state=WorkspaceState.ACTIVE))
    await store.note_away(at(3))
    assert await store.away_since(at(9)) == []


async def test_who_is_erased_is_away_no_more(scene: Scene) -> None:
    anna = await scene.store.member("w", "anna")
    assert anna is not None
    await scene.add(replace(anna, state=MemberState.DEACTIVATED, direct="D1"))
    await scene.store.note_away(T0)
    assert len((await scene.store.export("w", "anna"))["away"]) == 1
    await scene.store.erase("w", "anna", at=T0, audit_id="a")
    assert await scene.store.away_since(at(9)) == []


async def test_of_a_workspace_that_is_purged_nothing_is_left_but_that_it_was_there(scene: Scene, file: Path) -> None:
    await scene.add(a_reply("r1", text="grumpelstein"))
    await scene.add(a_workspace("other", external_id="T2"))
    await scene.add(replace(a_member("ottla"), workspace="other"))
    said: list[str] = []
    await trace(scene.store, said.append)
    assert await scene.store.purge("w", at=T0) == 3
    assert await scene.store.workspace("w") is not None
    assert await scene.store.member("other", "ottla") is not None
    await scene.store.close()
    assert "VACUUM" in said, "the file is written anew"
    with closing(sqlite3.connect(file)) as connection:
        found = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        owned = [
            name
            for name in found
            if any(column[1] == "workspace" for column in connection.execute(f"PRAGMA table_info({name})"))
        ]
        left = {
            name
            for name in owned
            if connection.execute(f"SELECT 1 FROM {name} WHERE workspace = 'w' LIMIT 1").fetchone()  # noqa: S608
        }
    assert len(owned) > 20
    assert left <= {"audit", "audit_head", "audit_checkpoint"}
    assert b"grumpelstein" not in contents(file)
    assert contents(file.with_name(f"{file.name}.erased")).count(b" erased ") == 3, "a copy brings nobody back"


def contents(file: Path) -> bytes:
    return file.read_bytes()
