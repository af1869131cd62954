"""What the outbox asks: where something is ready, whether it is still wanted, and how full the queues are."""

import random
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.coaching.records.cohort import CohortState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.workspace import WorkspaceState
from bot.store.port import Store
from bot.store.port.agenda import Queue
from bot.store.port.inbox import Arrival
from bot.store.sqlite import open_store
from bot.store.sqlite.queries import rows
from tests.store.scene import T0, Scene, a_cohort, a_nudge, a_workspace, at, cast, in_doubt

PLANNED, READY, SENDING = NudgeState.PLANNED, NudgeState.READY, NudgeState.SENDING
UNCERTAIN, SENT, DEAD = NudgeState.UNCERTAIN, NudgeState.SENT, NudgeState.DEAD


def ids(records: Any) -> list[str]:
    return [record.id for record in records]


def post(workspace: str, **changes: Any) -> Nudge:
    """Return a post for the cohort of a workspace."""
    return a_nudge(f"post-{workspace}", None, workspace=workspace, cohort=f"c-{workspace}", **changes)


async def found(scene: Scene, **names: str) -> Any:
    [(kind, name)] = names.items()
    ask = getattr(scene.store, kind)
    record = await (ask(name) if kind == "workspace" else ask("w", name))
    assert record is not None
    return record


# --- ready_in


async def test_ready_in_names_each_workspace_once(scene: Scene) -> None:
    names = ("w0", "w1", "w2", "w3", "w4")
    gone = {"w2": WorkspaceState.UNINSTALLED}
    await scene.add(*(a_workspace(name, state=gone.get(name, WorkspaceState.ACTIVE)) for name in names))
    await scene.add(*(a_cohort(f"c-{name}", workspace=name) for name in names))
    await scene.add(
        a_nudge("a", state=READY),
        a_nudge("b", state=READY, due_at=at(-5)),
        post("w0", state=READY, not_before=at(1)),
        post("w1", state=READY),
        post("w2", state=READY),
        post("w3", state=SENDING, lease_until=at(1)),
        post("w4"),
    )
    assert await scene.store.ready_in(T0) == ["w", "w1"]
    assert await scene.store.ready_in(at(1)) == ["w", "w0", "w1"]


@pytest.mark.parametrize(
    ("changes", "ready"),
    [
        ({}, ["w"]),
        ({"due_at": at(0.01)}, []),
        ({"not_before": at(0.01)}, []),
        ({"not_before": T0}, ["w"]),
        ({"expires_at": T0}, []),  # it is late, and not claimed any more
        ({"state": PLANNED}, []),
        ({"state": UNCERTAIN}, []),
    ],
    ids=str,
)
async def test_ready_is_whose_moments_have_come(scene: Scene, changes: dict[str, Any], ready: list[str]) -> None:
    await scene.add(a_nudge("n", **({"state": READY} | changes)))
    assert await scene.store.ready_in(T0) == ready


# --- next_moment


@pytest.mark.parametrize(
    ("other", "moment"),
    [
        ({"state": READY, "due_at": at(-9), "not_before": at(7)}, at(7)),  # the older one goes first
        ({"state": READY, "due_at": at(-9), "not_before": at(7), "expires_at": at(3)}, at(3)),  # or expires
        ({"state": READY, "due_at": at(-9), "not_before": at(7), "expires_at": at(-1)}, at(-1)),  # has expired
        ({"state": SENDING, "lease_until": at(4)}, at(4)),
        ({"state": UNCERTAIN, "not_before": at(5)}, at(5)),
        ({"state": SENT}, T0),  # nothing blocks it: its own moment
        ({"state": READY, "due_at": at(2)}, T0),  # the other one is younger
        ({"state": SENDING, "lease_until": at(4), "member": "bram", "enrollment": "run-bram"}, T0),
    ],
    ids=str,
)
async def test_what_is_blocked_has_no_moment_of_its_own(scene: Scene, other: dict[str, Any], moment: datetime) -> None:
    await scene.add(a_nudge("n", state=READY), a_nudge("other", **other))
    assert await scene.store.next_moment(T0) == moment


# --- unwanted


async def changed(scene: Scene, what: str) -> None:
    """Let something happen between the claim and the call."""
    happens: dict[str, tuple[str, str, dict[str, Any]]] = {
        "uninstalled": ("workspace", "w", {"state": WorkspaceState.UNINSTALLED}),
        "deactivated": ("member", "anna", {"state": MemberState.DEACTIVATED}),
        "left": ("enrollment", "run-anna", {"state": EnrollmentState.LEFT}),
        "paused": ("enrollment", "run-anna", {"state": EnrollmentState.PAUSED}),
        "completed": ("enrollment", "run-anna", {"state": EnrollmentState.COMPLETED}),
        "ended": ("cohort", "c", {"state": CohortState.ENDED}),
    }
    if what in happens:
        kind, name, changes = happens[what]
        await scene.add(replace(await found(scene, **{kind: name}), **changes))


@pytest.mark.parametrize(
    ("what", "kind", "why"),
    [
        ("nothing", Kind.NUDGE, None),
        ("uninstalled", Kind.NUDGE, "uninstalled"),
        ("deactivated", Kind.NUDGE, "deactivated"),
        ("left", Kind.NUDGE, "left"),
        ("left", Kind.COACH_WORD, "left"),
        ("paused", Kind.NUDGE, "paused"),
        ("paused", Kind.REFLECTION, "paused"),
        ("paused", Kind.WELCOME, None),  # these go out in a pause too
        ("paused", Kind.COACH_WORD, None),
        ("paused", Kind.READING_ASK, None),
        ("paused", Kind.READING_NEWS, None),
        ("left", Kind.READING_NEWS, "left"),
        ("paused", Kind.COACH_ASK, None),
        ("completed", Kind.CHECK, None),
        ("ended", Kind.NUDGE, None),  # the channel is gone, the person goes on
    ],
)
async def test_a_persons_message_is_unwanted(scene: Scene, what: str, kind: Kind, why: str | None) -> None:
    await scene.add(a_nudge("n", state=READY, kind=kind))
    [claimed] = await scene.store.claim(T0, workspaces=["w"], lease_until=at(1), free=lambda *_: 9)
    await changed(scene, what)
    assert await scene.store.unwanted(claimed) == why


@pytest.mark.parametrize(
    ("what", "why"), [("nothing", None), ("ended", "ended"), ("uninstalled", "uninstalled"), ("left", None)]
)
async def test_a_post_is_unwanted(scene: Scene, what: str, why: str | None) -> None:
    await scene.add(a_nudge("n", None, state=READY, kind=Kind.TEAM_REFLECTION))
    [claimed] = await scene.store.claim(T0, workspaces=["w"], lease_until=at(1), free=lambda *_: 9)
    await changed(scene, what)
    assert await scene.store.unwanted(claimed) == why


async def test_a_message_without_a_run_asks_for_none(scene: Scene) -> None:
    await scene.add(a_nudge("n", state=READY, kind=Kind.COACH_ASK, enrollment=None))
    [claimed] = await scene.store.claim(T0, workspaces=["w"], lease_until=at(1), free=lambda *_: 9)
    await changed(scene, "left")
    assert await scene.store.unwanted(claimed) is None


async def test_a_lost_fence_is_unwanted_whatever_else(scene: Scene) -> None:
    await scene.add(a_nudge("n", state=READY))
    [first] = await scene.store.claim(T0, workspaces=["w"], lease_until=at(1), free=lambda *_: 9)
    await changed(scene, "left")
    assert await scene.store.unwanted(first) == "left"
    await in_doubt(scene.store, at(1), limit=9)
    assert await scene.store.unwanted(first) == "fence", "it lapsed"
    [lapsed] = await in_doubt(scene.store, at(1), limit=9)
    await scene.store.settle(lapsed, READY, at=at(1))
    [second] = await scene.store.claim(at(1), workspaces=["w"], lease_until=at(2), free=lambda *_: 9)
    assert await scene.store.unwanted(first) == "fence", "it was taken over"
    assert await scene.store.unwanted(second) == "left"
    await scene.store.erase("w", "anna", at=at(1), audit_id="erased")
    assert await scene.store.unwanted(second) == "fence", "it is gone"


# --- ahead, dead, look_since


async def test_what_lies_ahead_comes_by_id_in_pages(scene: Scene) -> None:
    await scene.add(
        a_nudge("n3", due_at=at(1)),
        a_nudge("n1", due_at=at(9)),
        a_nudge("n2", due_at=T0),
        a_nudge("n4", due_at=at(9), state=READY),
        a_nudge("n5", due_at=at(0.01)),
    )
    assert ids(await scene.store.ahead(T0, after="", limit=9)) == ["n1", "n3", "n5"]
    assert ids(await scene.store.ahead(T0, after="n1", limit=1)) == ["n3"]
    assert await scene.store.ahead(T0, after="n5", limit=9) == []


async def test_the_dead_come_newest_first(scene: Scene) -> None:
    await scene.add(
        a_nudge("old", state=DEAD, due_at=at(-5), reason="gone"), a_nudge("new", state=DEAD), a_nudge("other")
    )
    assert ids(await scene.store.dead(limit=9)) == ["new", "old"]
    assert ids(await scene.store.dead(limit=1)) == ["new"]


async def test_why_messages_are_tried_again_is_counted(scene: Scene) -> None:
    refused = (a_nudge(name, state=READY, reason="http_403") for name in ("a", "b"))
    await scene.add(*refused, a_nudge("c", state=READY), a_nudge("d", state=READY, reason="Throttled"))
    assert await scene.store.refused_so_far() == {"Throttled": 1, "http_403": 2}


async def test_where_to_look_first_is_kept_through_every_move(scene: Scene) -> None:
    await scene.add(a_nudge("n", state=READY, look_since=at(-99)))
    [claimed] = await scene.store.claim(T0, workspaces=["w"], lease_until=at(1), free=lambda *_: 9)
    assert claimed.look_since == at(-99)
    await scene.store.settle(claimed, READY, at=T0, not_before=at(1), reason="unanswered")
    assert (await found(scene, nudge="n")).look_since == at(-99)


# --- queue


async def test_empty_queues(store: Store) -> None:
    assert await store.queue(T0) == Queue(
        planned=0,
        put_off=0,
        ready=0,
        sending=0,
        uncertain=0,
        dead=0,
        oldest_due=None,
        inbox=0,
        inbox_oldest=None,
        inbox_dead=0,
        gaps=0,
    )


async def test_queues_are_counted(scene: Scene) -> None:
    await scene.add(
        a_nudge("p1", due_at=at(-3)),
        a_nudge("p2"),
        a_nudge("p3", due_at=at(1)),  # not due yet
        a_nudge("p4", not_before=at(1)),  # could not move
        a_nudge("r1", state=READY, due_at=at(-4), not_before=at(5)),
        a_nudge("s1", state=SENDING, lease_until=at(1)),
        a_nudge("u1", "bram", state=UNCERTAIN),
        a_nudge("u2", None, state=UNCERTAIN, not_before=at(9)),
        a_nudge("d1", state=DEAD),
        a_nudge("d2", state=DEAD, due_at=T0 - timedelta(days=8)),  # long ago
    )
    for number, name in enumerate(("a", "b", "c", "d")):
        arrival = Arrival(id=name, workspace="w", platform="slack", lane="U" + name, body="{}", at=at(number))
        await scene.store.arrive(arrival, lease_until=at(9))
        if name == "a":
            await scene.store.finish(arrival, at=T0, lease_until=at(9))
        if name == "b":
            await scene.store.give_up(arrival, at=T0, reason="x", lease_until=at(9))
    assert await scene.store.queue(T0) == Queue(
        planned=3,
        put_off=1,
        ready=1,
        sending=1,
        uncertain=2,
        dead=1,
        oldest_due=at(-4),
        inbox=2,
        inbox_oldest=at(2),
        inbox_dead=1,
        gaps=0,
    )


async def test_what_a_workspace_that_is_gone_has_planned_is_not_overdue(scene: Scene) -> None:
    await scene.add(a_nudge("p1", due_at=at(-3)))
    await changed(scene, "uninstalled")
    queue = await scene.store.queue(T0)
    assert (queue.planned, queue.oldest_due) == (0, None)


MANY = """
INSERT INTO nudge SELECT printf('%06d', n), {columns}
FROM (WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000) SELECT n FROM n), nudge
WHERE nudge.id = 'model'
"""


def effort(connection: sqlite3.Connection, name: str, **values: object) -> int:
    """Return how many steps SQLite's machine takes to answer."""
    taken = 0

    def step() -> None:
        nonlocal taken
        taken += 1

    connection.set_progress_handler(step, 1)
    rows(connection, name, **values)
    connection.set_progress_handler(None, 1)
    return taken


async def test_a_large_agenda_costs_the_idle_questions_nothing(scene: Scene, file: Path) -> None:
    """Rows that are not due are never touched."""
    await scene.add(a_nudge("model", due_at=at(99)))
    now, lease = ("2026-01-06T09:00:00.000000+00:00", "2026-01-06T09:01:00.000000+00:00")
    connection = sqlite3.connect(file)
    connection.row_factory = sqlite3.Row
    names = [row["name"] for row in connection.execute("PRAGMA table_info(nudge)")]
    given = {"occurrence": "n", "seq": "NULL"}
    columns = ", ".join(given.get(name, name) for name in names[1:])
    questions: list[tuple[str, dict[str, object]]] = [
        ("queue", {"now": now, "dead_since": now}),
        ("ready_in", {"now": now}),
        ("claim", {"now": now, "workspace": "w", "lease_until": lease, "limit": 99}),
        ("due_in", {"now": now}),
        ("due", {"workspace": "w", "now": now, "limit": 99}),
        ("doubtful_in", {"now": now}),
        ("next_moment", {"now": now}),
        ("anything_lying", {"now": now}),
        ("take_lying", {"now": now, "lease_until": lease, "limit": 99}),
    ]
    before = [effort(connection, name, **values) for name, values in questions]
    connection.execute(MANY.format(columns=columns))
    after = [effort(connection, name, **values) for name, values in questions]
    assert all(full <= empty for full, empty in zip(after, before, strict=True)), (before, after)
    assert max(before) < 400
    connection.close()


# --- two processes


async def test_two_stores_on_one_file_claim_nothing_twice(file: Path) -> None:
    stores = [open_store(file), open_store(file)]
    await stores[0].save(*cast())
    names = [f"c{number}" for number in range(40)]
    await stores[0].save(*(a_cohort(name) for name in names))
    await stores[0].save(
        *(a_nudge(f"{name}-{age}", None, cohort=name, state=READY, due_at=at(-age)) for name in names for age in (2, 1))
    )
    chance = random.Random(5)
    sent: list[str] = []
    for _ in range(60):
        store = chance.choice(stores)
        claimed = await store.claim(T0, workspaces=["w"], lease_until=at(1), free=lambda *_: chance.randrange(1, 9))
        sent += ids(claimed)
        for nudge in claimed:
            assert await chance.choice(stores).settle(nudge, SENT, at=T0, conversation="C", message=nudge.id)
    assert sorted(sent) == sorted(f"{name}-{age}" for name in names for age in (2, 1))
    assert all(sent.index(f"{name}-2") < sent.index(f"{name}-1") for name in names)
    for store in stores:
        await store.close()
