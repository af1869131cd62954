"""Whose workspace it is: met once, remembered, and known to who starts later."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.coaching.records.workspace import Workspace, WorkspaceState
from bot.platforms.registry import Workspaces
from bot.store.port import Store, StoreError
from bot.store.sqlite.file.open import open_store
from tests.ready import ready
from tests.store.scene import T0, a_workspace
from tests.waiting import turns


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = open_store(ready(tmp_path / "p.db"))
    yield opened
    await opened.close()


async def nobody(_: str) -> Workspace | None:
    return None


async def test_two_who_meet_somebody_at_once_meet_the_same(store: Store) -> None:
    known = Workspaces(lambda: store, lambda: T0)
    names = iter("ab")

    async def meet(_: str) -> Workspace:
        await turns(1)
        return a_workspace(next(names), external_id="T1")

    both = await asyncio.gather(*(known.of("slack", "T1", meet) for _ in range(2)))
    assert len(set(both)) == 1
    assert [each.id for each in await store.workspaces()] == [both[0]]


async def test_whom_nobody_serves_stays_a_stranger(store: Store) -> None:
    known = Workspaces(lambda: store, lambda: T0)
    assert await known.of("teams", "t1", nobody) is None
    assert await store.workspaces() == []


async def test_the_same_name_on_two_platforms_is_two_workspaces(store: Store) -> None:
    await store.save(a_workspace("a", external_id="x"), a_workspace("b", external_id="x", platform="teams"))
    known = Workspaces(lambda: store, lambda: T0)
    assert [await known.of(each, "x", nobody) for each in ("slack", "teams")] == ["a", "b"]
    assert [known.platform_of(each) for each in ("a", "b", "c")] == ["slack", "teams", ""]
    assert Workspaces(lambda: store, lambda: T0, ["teams", "slack"]).platform_of("c") == "teams", "where we live first"


async def test_whom_we_know_we_know_while_the_file_fails(store: Store) -> None:
    await store.save(a_workspace("a", external_id="x"))
    known = Workspaces(lambda: store, lambda: T0)
    await known.learn()
    await store.close()
    assert await known.of("slack", "x", nobody) == "a"
    with pytest.raises(StoreError):
        await known.of("slack", "y", nobody)
    known.forget()
    assert known.platform_of("a") == ""


async def test_a_platform_we_left_is_out_until_we_are_let_in_again(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await store.save(a_workspace("a"), a_workspace("b", platform="teams"))
    known = Workspaces(lambda: store, lambda: T0)
    await known.learn()
    for _ in range(2):
        await known.moved_out(frozenset({"slack"}))
    assert [each.state for each in await store.workspaces()] == [WorkspaceState.ACTIVE, WorkspaceState.UNINSTALLED]
    assert [record.getMessage() for record in caplog.records] == ["not configured any more platform=teams workspace=b"]
    await known.let_in("b")
    assert {each.state for each in await store.workspaces()} == {WorkspaceState.ACTIVE}
