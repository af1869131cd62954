"""How screens are let go of by who holds them, and closed when somebody is erased."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.coaching.records.screen import ScreenKind, ScreenState, Step
from tests.store.scene import T0, Scene, a_reply, at
from tests.store.tables.test_screens import a_screen, by, claimed, names, now_is, shown, wanted

S = ScreenState

# --- settling ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", list(S))
async def test_who_does_not_hold_it_changes_nothing(scene: Scene, state: ScreenState) -> None:
    await scene.add(a_screen(state=S.STALE, due=T0))
    (mine,) = await claimed(scene.store, "me")
    step = Step(state=state, due=at(9), digest="x", subjects=("y",), is_failure=True)
    assert await scene.store.settle_screen(replace(mine, holder="you"), step, at=T0) is None
    assert await now_is(scene.store) == mine
    assert [each.id for each in await scene.store.screens_showing("w", ["r"])] == ["s"]


async def test_settled_it_is_let_go_and_a_failure_counts(scene: Scene) -> None:
    await scene.add(a_screen(state=S.STALE, due=T0))
    (mine,) = await claimed(scene.store, "me")
    step = Step(state=S.STALE, due=at(5), reason="timeout", is_failure=True)
    assert await scene.store.settle_screen(mine, step, at=T0) is None
    found = await now_is(scene.store)
    assert (found.state, found.due, found.attempt, found.reason) == (S.STALE, at(5), 1, "timeout")
    assert (found.holder, found.lease_until, found.digest) == ("", None, "")
    (mine,) = await claimed(scene.store, "me", at(5))
    await scene.store.settle_screen(mine, shown(), at=at(5))
    assert ((await now_is(scene.store)).attempt, (await now_is(scene.store)).due) == (0, None)


async def test_a_slower_update_does_not_win(scene: Scene) -> None:
    """The words go while they are being shown: what is settled is not what is stored."""
    store = scene.store
    await store.save(a_screen(), a_reply("r"))
    (slow,) = await claimed(store, "slow")
    await store.save(replace(a_reply("r"), text=None, version=1), withdraws=True)
    again = await store.settle_screen(slow, shown(), at=at(0.5))
    assert again is not None
    assert (again.state, again.is_withdrawal) == (S.STALE, True)


async def test_what_changed_meanwhile_is_due_when_its_holder_lets_go_of_it(scene: Scene) -> None:
    store = scene.store
    await store.save(a_screen(), a_reply("r"))
    (slow,) = await claimed(store, "slow")
    await store.save(replace(a_reply("r"), text=None, version=1), withdraws=True)
    assert await store.settle_screen(slow, shown(), at=at(0.5), lets_go=True) is None
    found = await now_is(store)
    assert (found.state, found.is_withdrawal, found.due) == (S.STALE, True, at(0.5))
    assert (found.holder, found.lease_until) == ("", None)
    assert [each.id for each in await claimed(store, "clock", at(0.5))] == ["s"]


async def test_refused_for_good_and_changed_meanwhile_it_is_tried_once_more(scene: Scene) -> None:
    store = scene.store
    await store.save(a_screen(), a_reply("r"))
    (mine,) = await claimed(store, "me")
    await store.mark_screens("w", ["r"], by("you"))
    again = await store.settle_screen(mine, Step(state=S.STUCK, reason="no"), at=T0)
    assert again is not None
    assert again.state is S.STALE


async def test_with_other_subjects_it_is_found_by_those_and_looked_at_once_more(scene: Scene) -> None:
    store = scene.store
    await store.save(a_screen(state=S.STALE, due=T0))
    (mine,) = await claimed(store, "me")
    again = await store.settle_screen(mine, shown(subjects=("p", "q")), at=T0)
    assert again is not None, "who changed them before they were known marked nothing"
    assert again.subjects == ("p", "q")
    assert await store.screens_showing("w", ["r"]) == []
    assert [each.id for each in await store.screens_showing("w", ["q"])] == ["s"]
    assert await store.settle_screen(again, shown(subjects=("q", "p")), at=T0) is None, "the same ones"


async def test_closed_it_is_forgotten_with_its_subjects(scene: Scene) -> None:
    await scene.add(a_screen(state=S.CLOSING, due=T0))
    (mine,) = await claimed(scene.store, "me")
    assert await scene.store.settle_screen(mine, Step(state=S.CLOSED), at=T0) is None
    assert await scene.store.screen("w", "s") is None
    assert await scene.store.screens_showing("w", ["r"]) == []


# --- erasing ----------------------------------------------------------------------------------------------------


async def test_who_is_erased_has_their_screens_closed_and_leaves_those_of_others(scene: Scene, file: Path) -> None:
    store = scene.store
    await store.save(
        a_reply("r"),
        a_screen("stands", detail="zq", route="https://zq", route_until=at(9)),
        a_screen("held", state=S.STALE, due=T0, holder="me", lease_until=at(1)),
        wanted("new"),
        a_screen("page", kind=ScreenKind.PAGE, about="anna", message=""),
        a_screen("post", person="", conversation="C-c"),
        a_screen("bram", person="U-bram", subjects=("x",)),
    )
    await store.erase("w", "anna", at=T0, audit_id="e")
    assert await store.screen("w", "new") is None, "what was not posted never is"
    for name in ("stands", "held"):
        screen = await now_is(store, name)
        assert (screen.state, screen.is_withdrawal, screen.holder) == (S.CLOSING, True, "")
        assert (screen.subjects, screen.digest, screen.detail, screen.route) == ((), "", "", "")
    assert (await now_is(store, "page")).state is S.STALE, "where it is no message, another page takes its place"
    post = await now_is(store, "post")
    assert (post.state, post.is_withdrawal) == (S.STALE, True)
    assert (await now_is(store, "bram")).state is S.CURRENT
    assert sorted(await names(store, "task")) == ["held", "page", "post", "stands"]
    await store.close()
    assert b"zq" not in await asyncio.to_thread(file.read_bytes)
