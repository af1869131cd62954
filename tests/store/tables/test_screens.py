"""Screens in the real file: marked with the save that changes them, and moved on by who holds them alone."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.coaching.records.screen import Hold, Screen, ScreenKind, ScreenState, Step
from bot.coaching.records.workspace import WorkspaceState
from bot.store.port import Conflict, Store
from tests.store.scene import T0, Scene, a_reply, a_workspace, at

S = ScreenState
LEASE = timedelta(minutes=1)


def by(holder: str, when: datetime = T0) -> Hold:
    return Hold(holder=holder, at=when, until=when + LEASE)


def a_screen(name: str = "s", **changes: Any) -> Screen:
    """Return a message of anna's that shows words r of hers as they are."""
    screen = Screen(
        id=name,
        workspace="w",
        kind=ScreenKind.NUDGE,
        about="n-anna",
        person="U-anna",
        conversation="D1",
        message=f"at-{name}",
        subjects=("r",),
        state=S.CURRENT,
        digest="old",
    )
    return replace(screen, **changes)


def wanted(name: str = "s", **changes: Any) -> Screen:
    """Return a message that is to be posted."""
    return a_screen(name, **{"message": "", "state": S.WANTED, "digest": "", "due": T0, **changes})


async def now_is(store: Store, name: str = "s") -> Screen:
    found = await store.screen("w", name)
    assert found is not None, f"{name} is gone"
    return found


async def claimed(store: Store, holder: str, when: datetime = T0, limit: int = 9, **room: int) -> Sequence[Screen]:
    return await store.claim_screens(by(holder, when), room=room, limit=limit)


async def names(store: Store, holder: str, when: datetime = T0, limit: int = 9, **room: int) -> list[str]:
    return [screen.id for screen in await claimed(store, holder, when, limit, **room)]


def shown(**changes: Any) -> Step:
    return Step(**{"state": S.CURRENT, "digest": "new", **changes})


# --- marking ----------------------------------------------------------------------------------------------------


async def test_a_save_marks_what_shows_its_records_and_holds_it(scene: Scene) -> None:
    store = scene.store
    await store.save(a_screen(), a_screen("other", subjects=("elsewhere",)), wanted("new", subjects=("r",)))
    held = await store.save(a_reply("r"), hold=by("me"))
    assert [screen.id for screen in held] == ["s"]
    assert (held[0].state, held[0].changed, held[0].due, held[0].holder) == (S.STALE, 1, T0, "me")
    assert await now_is(store) == held[0]
    assert (await now_is(store, "other")).state is S.CURRENT
    new = await now_is(store, "new")
    assert (new.state, new.changed, new.holder) == (S.WANTED, 1, ""), "it is composed of what is stored by then"


async def test_a_save_that_fails_marks_nothing(scene: Scene) -> None:
    await scene.add(a_screen())
    with pytest.raises(Conflict):
        await scene.store.save(a_reply("r", version=7))
    assert await now_is(scene.store) == replace(a_screen(), version=1)


async def test_without_a_holder_it_is_due_for_whoever_comes_first(scene: Scene) -> None:
    await scene.add(a_screen())
    assert await scene.store.save(a_reply("r")) == []
    assert (await now_is(scene.store)).holder == ""
    assert await names(scene.store, "task") == ["s"]


async def test_what_is_held_is_marked_and_stays_with_its_holder(scene: Scene) -> None:
    store = scene.store
    await store.save(a_screen(), a_reply("r"))
    (first,) = await claimed(store, "me")
    assert await store.mark_screens("w", ["r"], by("you", at(0.5))) == []
    marked = await now_is(store)
    assert (marked.holder, marked.changed) == ("me", first.changed + 1)
    again = await store.settle_screen(first, shown(), at=at(0.5))
    assert again is not None, "what it showed is not what is stored"
    assert (again.state, again.holder, again.due) == (S.STALE, "me", at(0.5))
    assert await store.settle_screen(again, shown(), at=at(0.6)) is None
    assert (await now_is(store)).state is S.CURRENT


async def test_a_lease_that_is_over_lets_the_next_save_hold_it(scene: Scene) -> None:
    store = scene.store
    await store.save(a_screen(), a_reply("r"))
    assert await names(store, "dead") == ["s"]
    assert await names(store, "task", at(0.9)) == []
    (held,) = await store.mark_screens("w", ["r"], by("you", at(1)))
    assert (held.holder, held.lease_until) == ("you", at(2))


@pytest.mark.parametrize("withdraws", [False, True])
async def test_marked_while_it_is_posted_it_is_shown_once_more(scene: Scene, withdraws: bool) -> None:
    store = scene.store
    await store.save(wanted())
    (posting,) = await claimed(store, "me")
    assert posting.state is S.SENDING
    await store.save(a_reply("r"), hold=by("you"), withdraws=withdraws)
    amid = await now_is(store)
    assert (amid.state, amid.holder, amid.is_withdrawal) == (S.SENDING, "me", withdraws)
    again = await store.settle_screen(posting, shown(conversation="D1", message="at-s"), at=at(0.1))
    assert again is not None
    assert (again.state, again.message, again.is_withdrawal) == (S.STALE, "at-s", withdraws)
    assert await store.settle_screen(again, shown(), at=at(0.2)) is None
    assert not (await now_is(store)).is_withdrawal


async def test_marked_while_in_doubt_it_stays_in_doubt_and_is_looked_for(scene: Scene) -> None:
    store = scene.store
    await store.save(wanted(state=S.UNCERTAIN, due=at(2)), a_reply("r"))
    await store.mark_screens("w", ["r"], by("me"), withdraws=True)
    assert ((found := await now_is(store)).state, found.due, found.holder) == (S.UNCERTAIN, at(2), "")


@pytest.mark.parametrize(("state", "attempt"), [(S.STUCK, 0), (S.CURRENT, 0), (S.STALE, 4)])
async def test_what_was_given_up_begins_anew_and_what_waits_keeps_its_count(
    scene: Scene, state: ScreenState, attempt: int
) -> None:
    await scene.add(a_screen(state=state, attempt=4, due=at(9) if state is S.STALE else None))
    await scene.store.save(a_reply("r"), withdraws=True)
    found = await now_is(scene.store)
    assert (found.state, found.attempt, found.is_withdrawal) == (S.STALE, attempt, True)
    assert found.due is not None
    assert found.due <= T0, "a withdrawal waits for nothing"


async def test_what_is_to_be_taken_away_is_not_marked(scene: Scene) -> None:
    await scene.add(a_screen(state=S.CLOSING, due=T0))
    await scene.store.save(a_reply("r"), hold=by("me"))
    assert (await now_is(scene.store)).changed == 0


async def test_shown_again_whatever_it_showed_it_has_no_digest(scene: Scene) -> None:
    await scene.add(a_screen())
    (held,) = await scene.store.mark_screens("w", ["r"], by("me"), forced=True)
    assert (held.digest, held.is_withdrawal) == ("", False)


@pytest.mark.parametrize(("how", "is_due"), [({}, False), ({"pages": True}, True), ({"withdraws": True}, True)])
async def test_a_page_waits_until_it_is_looked_at_unless_it_is_meant(
    scene: Scene, how: dict[str, bool], is_due: bool
) -> None:
    await scene.add(a_screen(kind=ScreenKind.PAGE, about="anna", message=""))
    held = await scene.store.save(a_reply("r"), hold=by("me"), **how)
    page = await now_is(scene.store)
    assert (page.state, page.changed) == (S.STALE, 1)
    assert bool(held) == is_due == (page.due is not None) == (page.holder == "me")


async def test_a_subject_that_is_in_two_saves_at_once_is_marked_by_both(scene: Scene) -> None:
    store = scene.store
    await store.save(a_screen(), a_reply("r"))
    both = await asyncio.gather(*(store.mark_screens("w", ["r"], by(name)) for name in ("me", "you")))
    assert sorted(len(held) for held in both) == [0, 1], "one of them holds it"
    assert (await now_is(store)).changed == 3


# --- claiming ---------------------------------------------------------------------------------------------------


async def test_withdrawals_go_first_then_what_waits_longest(scene: Scene) -> None:
    waiting = {"s1": at(-1), "s2": at(-3), "s3": at(-2), "later": at(1)}
    await scene.add(*(a_screen(name, state=S.STALE, due=due) for name, due in waiting.items()))
    await scene.add(a_screen("gone", state=S.STALE, due=T0, is_withdrawal=True, subjects=("x",)))
    assert await names(scene.store, "a", limit=2) == ["gone", "s2"]
    assert await names(scene.store, "b") == ["s3", "s1"]
    assert await names(scene.store, "c") == []


async def test_two_that_claim_at_once_have_nothing_in_common(scene: Scene) -> None:
    await scene.add(*(a_screen(f"s{number:02}", state=S.STALE, due=T0) for number in range(30)))
    found = await asyncio.gather(*(names(scene.store, f"h{number}", limit=8) for number in range(5)))
    all_ = [name for each in found for name in each]
    assert len(all_) == len(set(all_)) == 30


async def test_each_workspace_has_as_much_as_it_has_room_for(scene: Scene) -> None:
    await scene.add(
        a_workspace("v"),
        a_workspace("gone", state=WorkspaceState.UNINSTALLED),
        *(a_screen(f"{w}{n}", workspace=w, state=S.STALE, due=T0) for w in ("w", "v", "gone") for n in range(3)),
    )
    assert sorted(await scene.store.screens_due(T0)) == ["v", "w"]
    assert sorted(await names(scene.store, "a", w=1, v=0)) == ["w0"]
    assert sorted(await names(scene.store, "b")) == ["v0", "v1", "v2", "w1", "w2"]


async def test_a_posting_whose_lease_is_over_is_in_doubt_and_counts(scene: Scene) -> None:
    store = scene.store
    await store.save(wanted())
    (posting,) = await claimed(store, "dead")
    assert (posting.state, posting.attempt) == (S.SENDING, 0)
    (doubtful,) = await claimed(store, "next", at(1))
    assert (doubtful.state, doubtful.attempt, doubtful.holder) == (S.UNCERTAIN, 1, "next")
    assert await store.settle_screen(posting, shown(message="at-s"), at=at(1.1)) is None
    assert await now_is(store) == doubtful, "who held it before has no say any more"


@pytest.mark.parametrize("state", [S.STALE, S.CLOSING, S.UNCERTAIN])
async def test_all_else_is_taken_up_again_as_it_is(scene: Scene, state: ScreenState) -> None:
    await scene.add(a_screen(state=state, due=T0))
    for number, when in enumerate((T0, at(1), at(2))):
        (held,) = await claimed(scene.store, f"h{number}", when)
        assert (held.state, held.attempt) == (state, 0)


async def test_what_a_dead_holder_held_is_found_by_its_name(scene: Scene) -> None:
    await scene.add(a_screen(), wanted("new"))
    await scene.store.save(a_reply("r"), hold=by("me"))
    assert [screen.id for screen in await scene.store.held_screens("w", "me")] == ["s"]
    assert await scene.store.held_screens("w", "") == []


async def test_only_the_holder_notes_where_a_screen_stands(scene: Scene) -> None:
    held = a_screen("p", kind=ScreenKind.PAGE, holder="h", state=ScreenState.STALE)
    await scene.add(held)
    assert not await scene.store.place_screen(replace(held, holder="late"), "D1", "1")
    assert await scene.store.place_screen(held, "D1", "2")
    known = await scene.store.screen("w", "p")
    assert known is not None
    assert known.message == "2"
