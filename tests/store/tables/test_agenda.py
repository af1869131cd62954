"""The agenda: what is due, claimed once, settled under its fence, and never lost."""

import asyncio
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.records.screen import ScreenState
from bot.coaching.records.workspace import WorkspaceState
from bot.store.port import Store
from bot.store.port.agenda import CutOff
from bot.store.sqlite import open_store
from tests.ready import ready
from tests.statements import written
from tests.store.scene import (
    T0,
    Scene,
    a_cohort,
    a_member,
    a_nudge,
    a_screen,
    a_workspace,
    an_enrollment,
    at,
    cast,
    in_doubt,
)

PLANNED, READY, SENDING = NudgeState.PLANNED, NudgeState.READY, NudgeState.SENDING
UNCERTAIN, SENT, DEAD = NudgeState.UNCERTAIN, NudgeState.SENT, NudgeState.DEAD


def ids(records: Any) -> list[str]:
    return [record.id for record in records]


async def claim(store: Store, now: datetime = T0, limit: int = 9, workspace: str = "w") -> list[Nudge]:
    return list(await store.claim(now, workspaces=[workspace], lease_until=at(1), free=lambda *_: limit))


async def fresh(store: Store, nudge: str) -> Nudge:
    found = await store.nudge("w", nudge)
    assert found is not None
    return found


def deliveries(file: Path) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(file)
    found = connection.execute(
        "SELECT nudge, attempt, fence, outcome, reason, at FROM delivery ORDER BY seq"
    ).fetchall()
    connection.close()
    return found


async def uninstall(scene: Scene) -> None:
    workspace = await scene.store.workspace("w")
    assert workspace is not None
    await scene.add(replace(workspace, state=WorkspaceState.UNINSTALLED))


# --- reading the agenda


async def test_a_nudge_is_found_by_its_run_and_cohort(scene: Scene) -> None:
    await scene.add(a_nudge("later", due_at=at(60)), a_nudge("post", None), a_nudge("soon", due_at=at(30)))
    assert ids(await scene.store.nudges_of("w", "run-anna")) == ["n-anna", "soon", "later"]
    assert ids(await scene.store.posts_of("w", "c")) == ["post"]


async def test_what_was_sent_comes_newest_first(scene: Scene) -> None:
    await scene.add(
        a_nudge("second", state=SENT, sent_at=at(1)), a_nudge("third", state=SENT, sent_at=at(1)), a_nudge("no")
    )
    assert ids(await scene.store.sent_to("w", "anna", limit=9)) == ["third", "second", "n-anna"]
    assert ids(await scene.store.sent_to("w", "anna", limit=1)) == ["third"]


async def test_who_did_two_things_is_counted_once(scene: Scene) -> None:
    answered = {"answer": Answer.DONE, "answered_at": at(5)}
    bram = {"member": "bram", "enrollment": "run-bram"}
    await scene.add(
        a_nudge("a1", **answered),
        a_nudge("a2", **{**answered, "item": "map"}),  # the same person again
        a_nudge("b1", **bram, **answered),
        a_nudge("b2", **bram, item="map", answer=Answer.NOT_FOR_ME, answered_at=at(5)),
        a_nudge("b3", **bram, answer=Answer.DONE, answered_at=at(10)),  # after the span
        a_nudge("b4", **bram, kind=Kind.DEBRIEF, **answered),
        a_nudge("b5", **bram),
    )
    assert await scene.store.count_tried("w", "c", T0, at(10)) == 2
    assert await scene.store.count_tried("w", "c", at(6), at(10)) == 0
    assert await scene.store.count_tried("w", "c2", T0, at(10)) == 0


@pytest.mark.parametrize(
    ("changes", "moment"),
    [
        ({"state": PLANNED, "due_at": at(7)}, at(7)),
        ({"state": PLANNED, "due_at": at(-7)}, at(-7)),  # it may lie in the past
        ({"state": PLANNED, "due_at": at(-7), "not_before": at(3)}, at(3)),  # it could not move
        ({"state": READY, "due_at": at(7)}, at(7)),
        ({"state": READY, "due_at": at(7), "not_before": at(8)}, at(8)),
        ({"state": READY, "due_at": at(7), "not_before": at(6)}, at(7)),
        ({"state": SENDING, "lease_until": at(3)}, at(3)),
        ({"state": UNCERTAIN, "not_before": at(4)}, at(4)),
        ({"state": UNCERTAIN}, T0),  # nothing to wait for: now
        ({"state": DEAD}, None),
        ({"state": SENT}, None),
    ],
    ids=str,
)
async def test_the_next_moment_of_a_state(scene: Scene, changes: dict[str, Any], moment: datetime | None) -> None:
    await scene.add(a_nudge("n", **changes))
    assert await scene.store.next_moment(T0) == moment
    await uninstall(scene)
    assert await scene.store.next_moment(T0) is None


async def test_the_next_moment_is_the_least_of_all(scene: Scene) -> None:
    await scene.add(
        a_nudge("n1", due_at=at(9)),
        a_nudge("n2", state=READY, due_at=at(8)),
        a_nudge("n3", state=SENDING, lease_until=at(6)),
        a_nudge("n4", "bram", state=UNCERTAIN, not_before=at(7)),
    )
    assert await scene.store.next_moment(T0) == at(6)


async def test_due_is_oldest_first_and_of_active_workspaces(scene: Scene) -> None:
    await scene.add(
        a_nudge("now"), a_nudge("before", due_at=at(-5)), a_nudge("soon", due_at=at(0.01)), a_nudge("r", state=READY)
    )
    assert await scene.store.due_in(T0) == ["w"]
    assert ids(await scene.store.due("w", T0, limit=9)) == ["before", "now"]
    assert ids(await scene.store.due("w", T0, limit=1)) == ["before"]
    await uninstall(scene)
    assert await scene.store.due_in(T0) == []
    assert await scene.store.due("w", T0, limit=9) == []


async def put_off(scene: Scene, name: str, until: datetime) -> int:
    return await scene.store.put_off([replace(await fresh(scene.store, name), not_before=until)])


async def test_what_could_not_move_comes_back_at_its_moment_and_in_its_turn(scene: Scene) -> None:
    await scene.add(a_nudge("stuck", due_at=at(-9)), a_nudge("next", due_at=at(2)))
    assert await put_off(scene, "stuck", at(3)) == 1
    assert await scene.store.next_moment(T0) == at(2)
    assert await scene.store.due_in(at(1)) == []
    assert ids(await scene.store.due("w", at(2), limit=9)) == ["next"]
    assert ids(await scene.store.due("w", at(3), limit=9)) == ["next", "stuck"], "not ahead of the others any more"


async def test_what_somebody_changed_meanwhile_is_not_put_off(scene: Scene) -> None:
    await scene.add(a_nudge("n"))
    read = await fresh(scene.store, "n")
    await scene.add(replace(read, due_at=at(-1)))
    assert await scene.store.put_off([replace(read, not_before=at(9))]) == 0
    assert ids(await scene.store.due("w", T0, limit=9)) == ["n"]


@pytest.mark.parametrize(
    ("waiting", "is_seen"),
    [
        ({}, True),
        ({"member": "bram", "enrollment": "run-bram"}, False),  # somebody else's
        ({"member": None, "enrollment": None}, False),  # the channel's
    ],
    ids=str,
)
async def test_what_was_put_off_is_seen_once_its_conversation_moves(
    scene: Scene, waiting: dict[str, Any], *, is_seen: bool
) -> None:
    await scene.add(a_nudge("first", state=READY), a_nudge("stuck", **waiting))
    await put_off(scene, "stuck", at(9))
    [claimed] = await claim(scene.store)
    await scene.store.settle(claimed, SENT, at=T0, conversation="D1", message="1.5")
    assert ids(await scene.store.due("w", T0, limit=9)) == (["stuck"] if is_seen else [])


async def test_what_waits_where_we_are_not_connected_is_counted_for_who_asks(scene: Scene) -> None:
    await scene.add(
        a_nudge("p", not_before=at(9)),  # put off: due all the same
        a_nudge("ahead", due_at=at(1)),
        a_nudge("r", state=READY),
        a_nudge("u", state=UNCERTAIN, not_before=at(9)),
        a_nudge("s", state=SENT),
    )
    assert await scene.store.cut_off(T0) == []
    await uninstall(scene)
    assert await scene.store.cut_off(T0) == [CutOff(platform="slack", name="w", messages=3)]


async def test_late_is_ready_past_its_window(scene: Scene) -> None:
    await scene.add(
        a_nudge("late", state=READY, expires_at=T0),
        a_nudge("good", state=READY, expires_at=at(0.01)),
        a_nudge("planned", expires_at=T0),
    )
    assert ids(await scene.store.late(T0, limit=9)) == ["late"]


# --- claiming


async def test_a_claim_counts_up_and_is_stored(scene: Scene) -> None:
    await scene.add(a_nudge("n", state=READY))
    [claimed] = await claim(scene.store)
    assert claimed == a_nudge("n", state=SENDING, attempt=1, fence=1, lease_until=at(1), version=2)
    assert await scene.store.nudge("w", "n") == claimed
    assert await claim(scene.store) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"state": PLANNED},
        {"due_at": at(0.01)},
        {"not_before": at(0.01)},
        {"expires_at": T0},
        {"state": SENT},
    ],
    ids=str,
)
async def test_what_may_not_go_is_not_claimed(scene: Scene, changes: dict[str, Any]) -> None:
    await scene.add(a_nudge("n", **({"state": READY} | changes)))
    assert await claim(scene.store) == []


async def test_nothing_is_claimed_for_a_workspace_that_is_gone(scene: Scene) -> None:
    await scene.add(a_nudge("n", state=READY))
    await uninstall(scene)
    assert await claim(scene.store) == []


async def test_a_claim_takes_the_oldest_of_each_conversation(scene: Scene) -> None:
    bram = {"member": "bram", "enrollment": "run-bram"}
    await scene.add(
        a_nudge("a-new", state=READY),
        a_nudge("a-old", state=READY, due_at=at(-9)),
        a_nudge("a-older-but-over", state=READY, due_at=at(-11), expires_at=at(-1)),
        a_nudge("b", state=READY, due_at=at(-10), **bram),
        a_nudge("post", None, state=READY, due_at=at(-1)),
    )
    assert ids(await claim(scene.store, limit=2)) == ["b", "a-old"]
    assert ids(await claim(scene.store)) == ["post"]
    assert await claim(scene.store) == [], "both conversations are busy"


@pytest.mark.parametrize("state", [SENDING, UNCERTAIN])
async def test_a_conversation_with_one_on_its_way_waits(scene: Scene, state: NudgeState) -> None:
    await scene.add(a_nudge("out", state=state), a_nudge("n", state=READY))
    assert await claim(scene.store) == []


async def test_a_conversation_keeps_its_order_while_its_oldest_waits(scene: Scene) -> None:
    await scene.add(
        a_nudge("old", state=READY, due_at=at(-10), not_before=at(5), expires_at=at(9)), a_nudge("new", state=READY)
    )
    assert await claim(scene.store) == []
    assert ids(await claim(scene.store, at(5))) == ["old"]


async def test_a_conversation_goes_on_when_its_oldest_has_expired(scene: Scene) -> None:
    await scene.add(
        a_nudge("old", state=READY, due_at=at(-10), not_before=at(5), expires_at=at(3)), a_nudge("new", state=READY)
    )
    assert await claim(scene.store, at(2.9)) == []
    assert ids(await claim(scene.store, at(3))) == ["new"]


async def test_many_claims_at_once_hand_out_each_row_once(scene: Scene) -> None:
    await scene.add(*(a_cohort(f"c{number}") for number in range(30)))
    await scene.add(*(a_nudge(f"p{number}", None, cohort=f"c{number}", state=READY) for number in range(30)))
    batches = await asyncio.gather(*(claim(scene.store, limit=4) for _ in range(10)))
    claimed = [nudge.id for batch in batches for nudge in batch]
    assert sorted(claimed) == sorted(f"p{number}" for number in range(30))


async def test_many_workspaces_are_claimed_for_in_one_commit_each_within_its_limit(scene: Scene) -> None:
    names = [f"w{number:03}" for number in range(300)]
    for name in names:
        run = {"workspace": name, "cohort": f"c-{name}", "enrollment": f"r-{name}"}
        await scene.add(a_workspace(name), a_cohort(f"c-{name}", workspace=name))
        await scene.add(a_member(f"m-{name}", workspace=name))
        await scene.add(an_enrollment(f"m-{name}", id=f"r-{name}", workspace=name, cohort=f"c-{name}"))
        await scene.add(a_nudge(f"{name}-1", f"m-{name}", state=READY, **run))
        await scene.add(a_nudge(f"{name}-post", None, state=READY, due_at=at(-1), **run | {"enrollment": None}))
    asked: list[tuple[str, int]] = []

    def free(workspace: str, taken: int) -> int:
        asked.append((workspace, taken))
        return 0 if workspace == "w001" else 1

    async with written(scene.store) as statements:
        claimed = await scene.store.claim(T0, workspaces=names, lease_until=at(1), free=free)
    assert [row.id for row in claimed] == [f"{name}-post" for name in names if name != "w001"], "each its oldest"
    assert asked[:4] == [("w000", 0), ("w001", 1), ("w002", 1), ("w003", 2)]
    assert statements.count("COMMIT") == 1
    claims = {
        statement for statement in statements if statement.startswith("UPDATE nudge")
    }  # told again by its trigger
    assert len(claims) == len(names) - 1


# --- settling


@pytest.mark.parametrize(("to", "came"), [(SENT, True), (READY, False), (UNCERTAIN, False), (DEAD, False)])
async def test_what_stands_below_a_message_comes_with_it(scene: Scene, to: NudgeState, *, came: bool) -> None:
    below = {"card": "n", "not_before": at(9)}
    await scene.add(
        a_nudge("n", state=READY, card="n"),
        a_nudge("below", **below),
        a_nudge("gone", **(below | {"state": NudgeState.CANCELLED})),
        a_nudge("other", card="m", not_before=at(9)),
    )
    [claimed] = await claim(scene.store)
    await scene.store.settle(claimed, to, at=at(2), conversation="D1", message="1.5")
    row = await fresh(scene.store, "below")
    assert (row.state, row.sent_at, row.not_before) == ((SENT, at(2), None) if came else (PLANNED, None, None))
    assert {(await fresh(scene.store, name)).state for name in ("gone", "other")} == {NudgeState.CANCELLED, PLANNED}
    assert ids(await scene.store.due("w", at(3), limit=9)) == (["other"] if came else ["below", "other"])


async def test_sent_keeps_where_and_when(scene: Scene, file: Path) -> None:
    await scene.add(a_nudge("n", state=READY))
    [claimed] = await claim(scene.store)
    assert await scene.store.settle(claimed, SENT, at=at(2), conversation="D1", message="1.5")
    sent = {"state": SENT, "sent_at": at(2), "lease_until": None}
    assert await scene.store.nudge("w", "n") == replace(claimed, **sent, version=3)
    assert await scene.store.screen("w", "n") == a_screen(
        "n",
        conversation="D1",
        message="1.5",
        state=ScreenState.STALE,
        due=at(2),
        subjects=("n", "run-anna/ask"),
        version=1,
    )
    assert deliveries(file) == [("n", 1, 1, "sent", None, "2026-01-06T09:02:00.000000+00:00")]


async def test_handed_back_waits_and_says_why(scene: Scene) -> None:
    await scene.add(a_nudge("n", state=READY))
    [claimed] = await claim(scene.store)
    assert await scene.store.settle(claimed, READY, at=at(0), not_before=at(5), reason="rate limited")
    assert await scene.store.nudge("w", "n") == replace(
        claimed, state=READY, not_before=at(5), reason="rate limited", lease_until=None, version=3
    )
    assert await claim(scene.store, at(4)) == []
    [again] = await claim(scene.store, at(5))
    assert (again.attempt, again.fence) == (2, 2)


async def test_each_attempt_leaves_its_deliveries(scene: Scene, file: Path) -> None:
    await scene.add(a_nudge("n"))
    assert await scene.store.settle(await fresh(scene.store, "n"), READY, at=T0)
    assert deliveries(file) == [], "nothing was attempted yet"
    [claimed] = await claim(scene.store)
    await scene.store.settle(claimed, UNCERTAIN, at=T0, not_before=at(0.5), reason="timeout")
    [doubtful] = await in_doubt(scene.store, at(1), limit=9)
    await scene.store.settle(doubtful, READY, at=T0, reason="not found")
    [claimed] = await claim(scene.store)
    await scene.store.settle(claimed, DEAD, at=T0, reason="gone")
    assert [row[:5] for row in deliveries(file)] == [
        ("n", 1, 1, "uncertain", "timeout"),
        ("n", 1, 1, "ready", "not found"),
        ("n", 2, 2, "dead", "gone"),
    ]


async def test_doubt_waits_where_we_are_not_connected(scene: Scene) -> None:
    await scene.add(a_nudge("n", state=UNCERTAIN))
    await uninstall(scene)
    assert await scene.store.doubtful_in(T0) == []
    assert await scene.store.doubtful("w", T0, limit=9) == []


async def test_doubt_is_looked_at_when_its_time_has_come(scene: Scene) -> None:
    await scene.add(
        a_nudge("now", state=UNCERTAIN, not_before=T0),
        a_nudge("any", "bram", state=UNCERTAIN),
        a_nudge("soon", None, state=UNCERTAIN, not_before=at(1)),
    )
    assert ids(await in_doubt(scene.store, T0, limit=9)) == ["any", "now"]
    assert ids(await in_doubt(scene.store, T0, limit=1)) == ["any"]


@pytest.mark.parametrize("second", [SENDING, UNCERTAIN])
@pytest.mark.parametrize("first", [SENDING, UNCERTAIN])
@pytest.mark.parametrize("member", ["anna", None])
async def test_the_schema_itself_refuses_a_second_message_on_its_way(
    scene: Scene, file: Path, member: str | None, first: NudgeState, second: NudgeState
) -> None:
    await scene.add(a_nudge("one", member, state=first), a_nudge("two", member, state=READY))
    with closing(sqlite3.connect(file)) as connection, pytest.raises(sqlite3.IntegrityError, match="nudge_on_its_way"):
        connection.execute("UPDATE nudge SET state = ? WHERE id = 'two'", [str(second)])


async def test_an_expired_lease_becomes_doubt(scene: Scene, file: Path) -> None:
    await scene.add(a_nudge("n", state=READY))
    [claimed] = await claim(scene.store)
    assert await in_doubt(scene.store, at(0.99), limit=9) == []
    [doubtful] = await in_doubt(scene.store, at(1), limit=9)
    assert doubtful == replace(claimed, state=UNCERTAIN, lease_until=None, not_before=at(1), version=3)
    assert [row[:5] for row in deliveries(file)] == [("n", 1, 1, "uncertain", "the lease expired")]
    assert not await scene.store.settle(claimed, SENT, at=at(1), conversation="D1", message="1.5")
    assert await scene.store.nudge("w", "n") == doubtful, "I8: the late sender changes nothing"
    assert await scene.store.settle(doubtful, SENT, at=at(1), conversation="D1", message="1.5")


@pytest.mark.parametrize("to", list(NudgeState))
async def test_a_stale_fence_changes_nothing(scene: Scene, file: Path, to: NudgeState) -> None:
    await scene.add(a_nudge("n", state=READY))
    [stale] = await claim(scene.store)
    await scene.store.settle(stale, READY, at=T0)
    [current] = await claim(scene.store)
    noted = deliveries(file)
    assert not await scene.store.settle(stale, to, at=at(3), conversation="X", message="X", reason="X")
    assert await scene.store.nudge("w", "n") == current
    assert deliveries(file) == noted


async def test_a_settled_nudge_can_be_answered_by_who_read_it_since(scene: Scene) -> None:
    await scene.add(a_nudge("n", state=READY))
    [claimed] = await claim(scene.store)
    await scene.add(replace(claimed, question=1))  # somebody writes while it is in flight
    assert await scene.store.settle(claimed, SENT, at=T0, conversation="D1", message="9")
    assert (await fresh(scene.store, "n")).question == 1


MOVES = st.sampled_from(["claim", "sent", "back", "doubt", "wait", "look"])


@settings(max_examples=25, deadline=None)
@given(moves=st.lists(st.tuples(MOVES, st.integers(0, 3)), max_size=25))
async def test_a_conversation_never_has_two_on_their_way(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, int]]
) -> None:
    """Whatever senders do, in whatever order, with whatever old copies."""
    store = open_store(ready(tmp_path_factory.mktemp("claims") / "pitstop.db"))
    people = ("anna", "bram")
    await store.save(*cast(), *(a_nudge(f"{name}{n}", name, state=READY) for name in people for n in range(4)))
    copies: list[Nudge] = []
    now = 0.0
    for move, number in moves:
        now += 0.6 if move == "wait" else 0
        copies += await play(store, move, number, now, copies)
        await check(store, people)
    await store.close()


async def play(store: Store, move: str, number: int, now: float, copies: list[Nudge]) -> list[Nudge]:
    if move == "claim":
        return list(await store.claim(at(now), workspaces=["w"], lease_until=at(now + 1), free=lambda *_: number))
    if move == "look":
        return list(await in_doubt(store, at(now), limit=number))
    to = {"sent": SENT, "back": READY, "doubt": UNCERTAIN}.get(move)
    if to is not None and copies:
        copy = copies[number % len(copies)]
        before = await fresh(store, copy.id)
        moved = await store.settle(copy, to, at=at(now), conversation="D", message=copy.id)
        assert moved is ((before.state, before.fence) == (copy.state, copy.fence))
        assert moved or await fresh(store, copy.id) == before
    return []


async def check(store: Store, people: tuple[str, ...]) -> None:
    for name in people:
        states = Counter(nudge.state for nudge in await store.nudges_of("w", f"run-{name}"))
        assert states[SENDING] + states[UNCERTAIN] <= 1


async def test_two_workspaces_keep_apart(scene: Scene) -> None:
    await scene.add(a_workspace("w2"), a_cohort("c2", workspace="w2"))
    await scene.add(a_nudge("post", None, workspace="w2", cohort="c2", state=READY))
    assert await claim(scene.store, workspace="w") == []
    await uninstall(scene)
    assert ids(await claim(scene.store, workspace="w2")) == ["post"]
