"""The inbox: what came in is kept, handled in order in its lane, and let go of."""

import asyncio
import random
import re
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from bot.store.port import Store, StoreError
from bot.store.port.inbox import Arrival, Receipt
from bot.store.sqlite import open_store
from bot.store.sqlite.sealing.cipher import FORMAT
from tests.store.scene import T0, at
from tests.unlocked import Plain

CIPHER = Plain

TAKEN, WAITING, KNOWN = Receipt.TAKEN, Receipt.WAITING, Receipt.KNOWN
LEASE = at(1)


def came(name: str, lane: str = "U1", **changes: Any) -> Arrival:
    """Return what somebody of lane U1 did when the scene began."""
    arrival = Arrival(id=name, workspace="w", platform="slack", lane=lane, body=f'{{"text": "words of {name}"}}', at=T0)
    return replace(arrival, **changes)


def taken(name: str, attempt: int = 1, **changes: Any) -> Arrival:
    """Return the same as it is handed out."""
    return came(name, attempt=attempt, **changes)


async def bring(store: Store, *names: str, **changes: Any) -> list[Receipt]:
    return [await store.arrive(came(name, **changes), lease_until=LEASE) for name in names]


async def lying(store: Store, now: datetime = T0, limit: int = 9) -> list[Arrival]:
    return list(await store.left_lying(now, lease_until=now + timedelta(minutes=1), limit=limit))


def inbox(file: Path) -> dict[str, tuple[Any, ...]]:
    """Return what the file says of each arrival: state, attempt, lease, not before, reason, end, and its words."""
    connection = sqlite3.connect(file)
    found = connection.execute(
        "SELECT id, state, attempt, lease_until, not_before, reason, done_at, coalesce(inbox.body, inbox_body.body) "
        "FROM inbox LEFT JOIN inbox_body ON inbox_body.arrival = inbox.id ORDER BY inbox.seq"
    ).fetchall()
    connection.close()
    return {row[0]: (*row[1:-1], row[-1] and row[-1].removeprefix(FORMAT).decode()) for row in found}


def text(minutes: float) -> str:
    return at(minutes).isoformat(timespec="microseconds")


# --- arriving


async def test_the_first_of_a_lane_is_taken_and_the_next_waits(store: Store, file: Path) -> None:
    assert await bring(store, "a", "b") == [TAKEN, WAITING]
    assert inbox(file) == {
        "a": ("taken", 1, text(1), None, None, None, '{"text": "words of a"}'),
        "b": ("waiting", 0, None, None, None, None, '{"text": "words of b"}'),
    }


@pytest.mark.parametrize(
    "changes",
    [{"lane": "U2"}, {"workspace": "w2"}, {"lane": ""}],  # another person, another workspace, nobody
    ids=str,
)
async def test_lanes_do_not_wait_for_each_other(store: Store, changes: dict[str, str]) -> None:
    assert await bring(store, "a") == [TAKEN]
    assert await bring(store, "b", **changes) == [TAKEN]
    assert await bring(store, "c", **changes) == [WAITING]


async def finished(store: Store) -> None:
    await store.finish(came("a"), at=T0, lease_until=LEASE)


async def given_up(store: Store) -> None:
    await store.give_up(came("a"), at=T0, reason="broken", lease_until=LEASE)


async def put_back(store: Store) -> None:
    await store.put_back(came("a"), not_before=at(1), reason="broken")


async def nothing(store: Store) -> None:
    return


@pytest.mark.parametrize("step", [nothing, finished, given_up, put_back])
async def test_what_came_before_is_known_and_changes_nothing(
    store: Store, file: Path, step: Callable[[Store], Awaitable[None]]
) -> None:
    await bring(store, "a")
    await step(store)
    before = inbox(file)
    again = came("a", "U9", body='{"text": "other"}')
    assert await store.arrive(again, lease_until=at(9), jumps=True) is KNOWN
    assert inbox(file) == before


async def test_what_came_in_another_workspace_is_another_thing(store: Store) -> None:
    assert await bring(store, "a") == [TAKEN]
    assert await bring(store, "a", workspace="w9") == [TAKEN]
    assert await bring(store, "a", workspace="w9") == [KNOWN]


@pytest.mark.parametrize("jumped", [False, True])
async def test_the_schema_itself_refuses_a_second_arrival_taken_in_a_lane(
    store: Store, file: Path, jumped: bool
) -> None:
    """But for one that somebody waits for; taken up again later it keeps its place like the others."""
    await bring(store, "a", "b")
    second = "b"
    if jumped:
        second = "form"
        assert await store.arrive(came("form"), lease_until=LEASE, jumps=True) is TAKEN
    with closing(sqlite3.connect(file)) as connection, pytest.raises(sqlite3.IntegrityError, match=r"inbox\.lane"):
        connection.execute("UPDATE inbox SET state = 'taken', jumps = 0 WHERE id = ?", [second])


async def test_of_many_that_arrive_at_once_one_of_each_lane_is_taken(store: Store) -> None:
    arrivals = [came(f"{lane}-{number}", f"U{lane}") for number in range(10) for lane in range(10)]
    receipts = await asyncio.gather(*(store.arrive(each, lease_until=LEASE) for each in arrivals * 2))
    assert (receipts.count(TAKEN), receipts.count(WAITING), receipts.count(KNOWN)) == (10, 90, 100)


async def test_who_jumps_is_taken_at_once_and_the_lane_still_goes_one_by_one(store: Store) -> None:
    await bring(store, "a", "b")
    assert await store.arrive(came("form"), lease_until=LEASE, jumps=True) is TAKEN
    assert await store.finish(came("a"), at=T0, lease_until=LEASE) is None, "the form is still being handled"
    assert await store.finish(came("form"), at=T0, lease_until=LEASE) == taken("b")


async def test_a_moment_of_another_zone_is_the_same_moment(store: Store) -> None:
    there = T0.astimezone(timezone(timedelta(hours=-5)))
    await store.arrive(came("a", at=there), lease_until=there + timedelta(minutes=1))
    assert await lying(store, at(0.99)) == []
    [found] = await lying(store, at(1))
    assert (found.at, found.at.tzinfo) == (T0, UTC)


async def test_a_body_may_hold_anything(store: Store) -> None:
    body = "\u202e'); DROP TABLE inbox;-- \x00 \U0001f642" * 5000
    await store.arrive(came("a", body=body), lease_until=LEASE)
    [found] = await lying(store, at(1))
    assert found.body == body


async def test_what_cannot_be_written_is_refused_and_may_come_again(store: Store) -> None:
    with pytest.raises(StoreError):
        await store.arrive(came("a", lane=None), lease_until=LEASE)
    assert not await store.seen("w", "a")
    assert await bring(store, "a") == [TAKEN]


# --- handling


async def test_finishing_lets_go_of_the_words_and_hands_out_the_next(store: Store, file: Path) -> None:
    await bring(store, "a", "b", "c")
    assert await store.finish(came("a"), at=at(0.5), lease_until=at(2)) == taken("b")
    assert inbox(file) == {
        "a": ("done", 1, None, None, None, text(0.5), None),
        "b": ("taken", 1, text(2), None, None, None, '{"text": "words of b"}'),
        "c": ("waiting", 0, None, None, None, None, '{"text": "words of c"}'),
    }
    assert await store.finish(taken("b"), at=at(0.5), lease_until=at(2)) == taken("c")
    assert await store.finish(taken("c"), at=at(0.5), lease_until=at(2)) is None
    assert await bring(store, "d") == [TAKEN]


async def test_what_is_given_up_keeps_its_words_and_the_lane_goes_on(store: Store, file: Path) -> None:
    await bring(store, "a", "b")
    assert await store.give_up(came("a"), at=at(0.5), reason="TypeError", lease_until=at(2)) == taken("b")
    assert inbox(file)["a"] == ("dead", 1, None, None, "TypeError", text(0.5), '{"text": "words of a"}')


async def test_what_is_put_back_holds_up_its_lane_until_its_moment(store: Store, file: Path) -> None:
    await bring(store, "a", "b")
    assert await store.put_back(came("a"), not_before=at(5), reason="OSError")
    assert inbox(file)["a"] == ("waiting", 1, None, text(5), "OSError", None, '{"text": "words of a"}')
    assert await bring(store, "c") == [WAITING]
    assert await lying(store, at(4.99)) == []
    assert await lying(store, at(5)) == [taken("a", 2)]
    assert inbox(file)["a"] == ("taken", 2, text(6), None, "OSError", None, '{"text": "words of a"}')
    assert await store.finish(taken("a", 2), at=at(5), lease_until=at(6)) == taken("b")


async def test_a_lane_whose_head_must_wait_hands_out_nothing(store: Store) -> None:
    await bring(store, "a", "b")
    await store.put_back(came("a"), not_before=at(5), reason="OSError")
    await store.arrive(came("form"), lease_until=LEASE, jumps=True)
    assert await store.finish(came("form"), at=at(4), lease_until=at(6)) is None
    await store.arrive(came("form 2"), lease_until=at(9), jumps=True)
    assert await store.finish(came("form 2"), at=at(5), lease_until=at(6)) == taken("a", 2)


async def test_what_is_withdrawn_may_come_again(store: Store, file: Path) -> None:
    await bring(store, "a", "b")
    await store.withdraw(came("b"))
    assert list(inbox(file)) == ["a", "b"], "only who handles it can withdraw it"
    await store.withdraw(came("a"))
    assert list(inbox(file)) == ["b"]
    assert await bring(store, "a") == [WAITING]
    assert await lying(store) == [taken("b")], "the lane goes on"


STALE: dict[str, Callable[[Store, Arrival], Awaitable[object]]] = {
    "finish": lambda store, old: store.finish(old, at=T0, lease_until=LEASE),
    "give up": lambda store, old: store.give_up(old, at=T0, reason="x", lease_until=LEASE),
    "put back": lambda store, old: store.put_back(old, not_before=T0, reason="x"),
    "withdraw": lambda store, old: store.withdraw(old),
}


@pytest.mark.parametrize("deed", STALE)
@pytest.mark.parametrize("since", ["taken over", "done", "dead", "waiting", "never came"])
async def test_a_stale_fence_changes_nothing(store: Store, file: Path, deed: str, since: str) -> None:
    old = taken("a")
    if since != "never came":
        await bring(store, "a", "b")
        [over] = await lying(store, at(1))
        await {
            "taken over": lambda: asyncio.sleep(0),
            "done": lambda: store.finish(over, at=at(1), lease_until=at(2)),
            "dead": lambda: store.give_up(over, at=at(1), reason="y", lease_until=at(2)),
            "waiting": lambda: store.put_back(over, not_before=at(9), reason="y"),
        }[since]()
    before = inbox(file)
    assert not await STALE[deed](store, old)
    assert inbox(file) == before


# --- what nobody handles


async def test_nothing_lies_while_leases_hold(store: Store) -> None:
    await bring(store, "a", "b")
    assert await lying(store, at(0.99)) == []


async def test_what_a_dead_process_left_is_taken_over_and_its_lane_follows(store: Store) -> None:
    await bring(store, "a", "b")
    assert await lying(store, at(1)) == [taken("a", 2)]
    assert await lying(store, at(1)) == [], "once"
    assert await store.finish(taken("a", 2), at=at(1), lease_until=at(2)) == taken("b")


async def test_the_head_of_each_lane_is_taken_oldest_first(store: Store) -> None:
    for number, (name, lane) in enumerate([("a1", "A"), ("b1", "B"), ("a2", "A"), ("c1", "C"), ("b2", "B")]):
        await store.arrive(came(name, lane, at=at(-number)), lease_until=LEASE)  # the clock went back meanwhile
    assert [each.id for each in await lying(store, at(1), limit=2)] == ["c1", "b1"]
    assert [each.id for each in await lying(store, at(1))] == ["a1"]


async def test_an_older_one_goes_before_a_form_whose_process_died(store: Store) -> None:
    await bring(store, "a", "b")
    await store.arrive(came("form"), lease_until=LEASE, jumps=True)
    await store.finish(came("a"), at=T0, lease_until=LEASE)
    assert await lying(store, at(1)) == [taken("b")]
    assert await lying(store, at(1)) == [], "one of a lane at a time"
    assert await store.finish(taken("b"), at=at(1), lease_until=at(2)) == taken("form", 2)


async def test_a_form_being_handled_keeps_its_lane(store: Store) -> None:
    await bring(store, "a", "b")
    await store.arrive(came("form"), lease_until=at(9), jumps=True)
    assert await lying(store, at(1)) == []
    assert await lying(store, at(9)) == [taken("a", 2)]


async def test_two_stores_on_one_file_take_nothing_twice(file: Path) -> None:
    stores = [open_store(file), open_store(file)]
    arrivals = [came(f"{number}", f"U{number % 20}", at=at(number / 1000)) for number in range(60)]
    receipts = await asyncio.gather(*(store.arrive(each, lease_until=LEASE) for each in arrivals for store in stores))
    assert (receipts.count(TAKEN), receipts.count(WAITING), receipts.count(KNOWN)) == (20, 40, 60)
    handled: list[str] = []
    for now in (1.0, 3.0, 5.0):
        batches = await asyncio.gather(*(lying(store, at(now), limit=7) for store in stores for _ in range(3)))
        heads = [each for batch in batches for each in batch]
        assert len({each.lane for each in heads}) == len(heads) == 20
        handled += [each.id for each in heads]
        await asyncio.gather(*(end(stores[int(each.id) % 2], each, now) for each in heads))
    assert sorted(handled, key=int) == [f"{number}" for number in range(60)]
    for store in stores:
        await store.close()


async def end(store: Store, arrival: Arrival, now: float) -> None:
    follower = await store.finish(arrival, at=at(now), lease_until=at(now + 1))
    if follower is not None:  # its process dies: the next sweep finds it
        assert int(follower.id) == int(arrival.id) + 20


# --- what is noted


async def test_what_came_in_is_seen_and_stays_so(store: Store) -> None:
    await bring(store, "a")
    assert await store.seen("w", "a")
    assert not await store.first_sight("w", "U-anna", "a", T0)
    await store.finish(came("a"), at=T0, lease_until=LEASE)
    assert await bring(store, "a") == [KNOWN]


async def test_only_what_is_over_is_forgotten_after_a_while(store: Store, file: Path) -> None:
    for number, name in enumerate(["done", "dead", "taken", "waiting", "young"]):
        await store.arrive(came(name, f"U{number}", at=T0 if name != "young" else at(1)), lease_until=LEASE)
    await store.first_sight("w", "U-anna", "noted", T0)
    await store.finish(came("done", "U0"), at=at(9), lease_until=at(10))
    await store.finish(came("young", "U4"), at=at(9), lease_until=at(10))
    await store.give_up(came("dead", "U1"), at=at(9), reason="x", lease_until=at(10))
    await store.put_back(came("waiting", "U3"), not_before=at(9), reason="x")
    assert await store.forget_sights(T0) == 0
    assert await store.forget_sights(at(1)) == 2
    assert sorted(inbox(file)) == ["dead", "taken", "waiting", "young"]


async def test_what_was_put_back_says_how_often_its_handling_failed(store: Store) -> None:
    await bring(store, "a")
    now = 1
    for is_failure, failures in ((True, 1), (False, 1), (True, 2)):
        assert await store.put_back(taken("a", now), not_before=at(now), reason="x", is_failure=is_failure)
        now += 1
        assert [(each.attempt, each.failures) for each in await lying(store, at(now))] == [(now, failures)]


async def test_a_suspect_is_known_by_how_many_may_have_died_of_it_until_it_is_put_back(store: Store) -> None:
    await bring(store, "a")
    assert await store.note_suspect(taken("a")) == 0
    assert await store.note_suspect(taken("a", 7)) == 0, "nobody holds it with this fence"
    await lying(store, LEASE)
    assert await store.note_suspect(taken("a", 2)) == 1
    await store.put_back(taken("a", 2), not_before=at(9), reason="x")
    await lying(store, at(9))
    assert await store.note_suspect(taken("a", 3)) == 0


# --- words


@pytest.mark.parametrize("seed", range(3))
async def test_no_word_of_what_was_handled_stays_in_the_file(store: Store, file: Path, seed: int) -> None:
    """Pages split and merge under way: when nothing is left to handle, no copy is either."""
    chance = random.Random(seed)
    under_way: list[Arrival] = []
    for number in range(600):
        body = f"<MARK{number}>" * chance.choice([1, 5, 60, 150, 250, 900])
        arrival = came(f"said:{chance.randrange(50)}/{number}", f"U{number}", body=body)
        await store.arrive(arrival, lease_until=at(999))
        under_way.append(arrival)
        while under_way and (chance.random() < 0.5 or len(under_way) > 60):
            await leave(store, under_way.pop(chance.randrange(len(under_way))), chance)
    assert marks(file) >= {each.id.partition("/")[2] for each in under_way}
    for arrival in under_way:
        await leave(store, arrival, chance)
    assert marks(file) == set()


async def leave(store: Store, arrival: Arrival, chance: random.Random) -> None:
    if chance.random() < 0.2:
        await store.put_back(arrival, not_before=T0, reason="OSError")
        [arrival] = await lying(store)
    if chance.random() < 0.1:
        await store.withdraw(arrival)
    else:
        await store.finish(arrival, at=T0, lease_until=LEASE)


def marks(file: Path) -> set[str]:
    connection = sqlite3.connect(file)
    while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        pass  # the store works its log in at this very moment
    connection.close()
    return {number.decode() for number in re.findall(rb"<MARK(\d+)>", file.read_bytes())}


# --- leases


async def test_leases_are_extended_where_the_fence_is_not_stale(store: Store, file: Path) -> None:
    await bring(store, "mine")
    await bring(store, "lost", lane="U2")
    await bring(store, "other", lane="U3")
    await bring(store, "done", lane="U4")
    await bring(store, "waits", lane="U3")
    await store.finish(taken("done"), at=T0, lease_until=LEASE)
    await lying(store, at(2), limit=1)  # "mine", whose fence moves on
    held = [taken("mine", 2), taken("lost", 7), taken("done"), taken("waits"), taken("unknown")]
    assert await store.extend(held, lease_until=at(9)) == 1
    leases = {name: row[2] for name, row in inbox(file).items()}
    assert leases == {"mine": text(9), "lost": text(1), "other": text(1), "done": None, "waits": None}
    assert await store.extend([], lease_until=at(9)) == 0


@pytest.mark.parametrize(
    ("echo", "told"),
    [("one", KNOWN), ("two", Receipt.OTHER), ("", KNOWN)],  # the same again; something else; nobody can tell
)
async def test_what_comes_under_a_known_id_is_the_same_or_something_else(
    store: Store, echo: str, told: Receipt
) -> None:
    await store.arrive(came("form", echo="one"), lease_until=LEASE)
    await store.finish(taken("form"), at=T0, lease_until=LEASE)
    assert await store.arrive(came("form", echo=echo), lease_until=LEASE, jumps=True) is told
