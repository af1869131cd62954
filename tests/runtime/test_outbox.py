"""Many messages at a time: bounded, fair, each once, and none when it is not wanted any more."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.port import OWN_PACE, Ambiguous, Blame, Message, Outcome, Place, RetryAfter, Unanswered, Undeliverable
from bot.coaching.records.cohort import CohortState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.workspace import WorkspaceState
from bot.coaching.rules.delivery import MOST_ATTEMPTS, SETTLE
from bot.flows.delivery.reconcile import LOOK_AGAIN
from bot.flows.ports import Ports
from bot.platforms.registry import Platforms
from bot.runtime.outbox import LOOKS, Outbox
from bot.store.port import Conflict, Store
from tests.runtime.posting import (
    T0,
    Amid,
    FakeChat,
    HandClock,
    change_workspace,
    experiment,
    file_in,
    people,
    ports_of,
    row,
    several,
    states,
)
from tests.store.scene import a_nudge
from tests.waiting import IN_THE_END, go_on, turns, until

READY, SENDING, SENT, PLANNED = NudgeState.READY, NudgeState.SENDING, NudgeState.SENT, NudgeState.PLANNED
CANCELLED, EXPIRED, DEAD, UNCERTAIN = NudgeState.CANCELLED, NudgeState.EXPIRED, NudgeState.DEAD, NudgeState.UNCERTAIN


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def chat(clock: HandClock) -> FakeChat:
    return FakeChat(clock)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = file_in(tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
def ports(store: Store, chat: FakeChat, clock: HandClock) -> Ports:
    return ports_of(store, chat, clock)


@pytest.fixture
def outbox(ports: Ports) -> Outbox:
    return Outbox(lambda: ports)


def outbox_of(store: Store, chat: FakeChat, clock: HandClock) -> Outbox:
    """Return one more outbox, as another process would have."""
    ports = ports_of(store, chat, clock)
    return Outbox(lambda: ports)


async def settle(outbox: Outbox) -> None:
    """Send everything that may go now, and wait for how it ends."""
    await outbox.drained()
    while await outbox.pump():
        await outbox.drained()


async def until_open(chat: FakeChat, number: int) -> None:
    """Wait until so many calls are open."""
    await until(lambda: chat.open_calls.total() >= number)


async def until_sent(store: Store, names: Sequence[str]) -> None:
    """Wait until these people have their message."""

    async def are_sent() -> bool:
        return await states(store, names) == {SENT: len(names)}

    await until(are_sent)


# --- in a measure -----------------------------------------------------------------------------------------------


async def test_many_go_at_a_time_and_no_workspace_has_more_open_than_it_may(
    store: Store, chat: FakeChat, outbox: Outbox
) -> None:
    names = several("a", 150)
    await store.save(*people("w", names))
    held = asyncio.Event()

    async def answer(_: Place, __: Message) -> Outcome | None:
        await held.wait()
        return None

    chat.answer = answer
    await outbox.pump()
    await until_open(chat, 100)
    held.set()
    await settle(outbox)
    assert await states(store, names) == {SENT: 150}
    assert chat.most_open["w"] == 100
    assert all(chat.times(f"n-{name}") == 1 for name in names)


async def test_a_workspace_that_answers_slowly_holds_up_no_other(store: Store, chat: FakeChat, outbox: Outbox) -> None:
    slow, quick = several("s", 120), several("q", 60)
    await store.save(*people("slow", slow), *people("swift", quick))
    held = asyncio.Event()

    async def by_workspace(place: Place, _: Message) -> Outcome | None:
        if place.workspace == "slow":
            await held.wait()
        return None

    chat.answer = by_workspace
    await outbox.pump()
    await until_sent(store, quick)
    assert (await states(store, slow))[SENT] == 0
    held.set()
    await settle(outbox)
    assert await states(store, slow) == {SENT: 120}


async def test_several_slow_workspaces_together_leave_room_for_one_more(store: Store, chat: FakeChat) -> None:
    ports = ports_of(store, chat, chat.clock)
    outbox = Outbox(lambda: ports, most=30, in_a_workspace=20)
    for each in ("a", "b", "c"):
        await store.save(*people(each, several(each, 20)))
    held = asyncio.Event()

    async def slow(place: Place, _: Message) -> Outcome | None:
        if place.workspace != "z":
            await held.wait()
        return None

    chat.answer = slow
    begun = await outbox.pump()
    await until_open(chat, begun)
    assert begun < 30
    assert chat.open_calls["a"] == 15
    await store.save(*people("z", several("z", 5)))
    await outbox.pump()
    await until_sent(store, several("z", 5))
    held.set()
    await settle(outbox)
    assert chat.most_open["all"] <= 30


async def test_a_call_that_we_hold_back_ourselves_is_no_attempt_and_halves_nothing(
    store: Store, chat: FakeChat, clock: HandClock, outbox: Outbox
) -> None:
    names = several("p", 6)
    await store.save(*people("w", names))
    held = 3 * MOST_ATTEMPTS

    async def paced(_: Place, __: Message) -> Outcome | None:
        return RetryAfter(seconds=1, error=OWN_PACE) if len(chat.calls) <= held * len(names) else None

    chat.answer = paced
    while await states(store, names) != {SENT: 6}:
        assert clock.at - T0 < timedelta(hours=3)
        await settle(outbox)
        clock.go(minutes=1)
    rows = [await store.nudge("w", f"n-{name}") for name in names]
    assert [row.attempt for row in rows if row] == [1] * 6


async def test_a_workspace_in_which_two_are_refused_rests_and_others_go_on(
    store: Store, chat: FakeChat, clock: HandClock, outbox: Outbox
) -> None:
    busy, other = several("b", 40), several("o", 10)
    await store.save(*people("busy", busy), *people("other", other))

    async def refused(place: Place, _: Message) -> Outcome | None:
        return RetryAfter(seconds=7, error="ratelimited") if place.workspace == "busy" and clock.at == T0 else None

    chat.answer = refused
    await outbox.pump()
    await outbox.drained()
    asked = len(chat.calls)
    assert await states(store, other) == {SENT: 10}
    clock.go(seconds=6)
    await settle(outbox)
    assert len(chat.calls) == asked
    clock.go(seconds=4)
    await settle(outbox)
    clock.go(minutes=10)  # the back-off of each
    await settle(outbox)
    assert await states(store, busy) == {SENT: 40}


async def test_one_conversation_that_is_refused_rests_alone(store: Store, chat: FakeChat, outbox: Outbox) -> None:
    names = several("a", 30)
    await store.save(*people("w", names))

    async def refused(_: Place, message: Message) -> Outcome | None:
        return RetryAfter(seconds=9, error="ratelimited") if message.key == "n-a000" else None

    chat.answer = refused
    await settle(outbox)
    assert await states(store, names) == {SENT: 29, READY: 1}


async def test_a_person_gets_one_message_at_a_time_and_in_order(store: Store, chat: FakeChat, outbox: Outbox) -> None:
    later = experiment("anna", workspace="w", cohort="c-w")
    rest = [replace(later, id=f"n-{n}", occurrence=f"{n}", due_at=T0 - timedelta(minutes=n)) for n in range(1, 6)]
    await store.save(*people("w", ["anna"]), *rest)

    async def in_a_while(_: Place, __: Message) -> Outcome | None:
        await turns()
        return None

    chat.answer = in_a_while
    await settle(outbox)
    assert chat.shown["D-U-anna"] == ["n-5", "n-4", "n-3", "n-2", "n-1", "n-anna"]
    assert chat.most_open["w"] == 1


async def test_no_more_histories_are_read_at_a_time_than_a_platform_likes(
    store: Store, chat: FakeChat, clock: HandClock, outbox: Outbox
) -> None:
    names = several("a", 30)
    await store.save(*people("w", names, look_since=None))
    held = asyncio.Event()

    async def lost(place: Place, message: Message) -> Outcome | None:
        chat.take(place, message)
        return Ambiguous(error="timeout")

    async def slowly() -> None:
        await held.wait()

    chat.answer, chat.looking = lost, slowly
    await outbox.pump()
    await outbox.drained()
    assert await states(store, names) == {UNCERTAIN: 30}
    clock.go(seconds=31)
    await outbox.pump()
    await until(lambda: chat.looks == LOOKS)
    held.set()
    await settle(outbox)
    assert await states(store, names) == {SENT: 30}
    assert chat.most_looks == LOOKS
    assert len(chat.calls) == 30


# --- several workers --------------------------------------------------------------------------------------------


async def test_two_workers_on_one_file_send_each_message_once(tmp_path: Path, store: Store, chat: FakeChat) -> None:
    names = several("a", 120)
    await store.save(*people("w", names))
    other = file_in(tmp_path)
    first, second = ports_of(store, chat, chat.clock), ports_of(other, chat, chat.clock)

    async def in_a_while(_: Place, __: Message) -> Outcome | None:
        await turns()
        return None

    chat.answer = in_a_while
    workers = [Outbox(lambda: first, in_a_workspace=10), Outbox(lambda: second, in_a_workspace=10)]
    await asyncio.gather(*(settle(each) for each in workers))
    assert await states(store, names) == {SENT: 120}
    assert sorted(chat.calls) == sorted(f"n-{name}" for name in names)
    await other.close()


async def test_what_a_dead_worker_was_sending_is_looked_up_by_another(
    tmp_path: Path, store: Store, chat: FakeChat, clock: HandClock
) -> None:
    await store.save(*people("w", ["there", "lost"]))

    async def never(place: Place, message: Message) -> Outcome | None:
        if message.key == "n-there":
            chat.take(place, message)
        await asyncio.Event().wait()
        return None

    chat.answer = never
    dead = file_in(tmp_path)
    killed = ports_of(dead, chat, clock)
    first = Outbox(lambda: killed)
    await first.pump()
    await until_open(chat, 2)
    await first.stop(0)  # as if it were gone: nothing is settled
    await dead.close()
    chat.answer = None
    survivor = ports_of(store, chat, clock)
    second = Outbox(lambda: survivor)
    clock.go(seconds=89)
    await settle(second)
    assert await states(store, ["there", "lost"]) == {SENDING: 2}  # its lease, and time for it to show
    clock.go(seconds=2)
    await settle(second)
    assert await states(store, ["there", "lost"]) == {SENT: 2}
    assert (chat.times("n-there"), chat.times("n-lost")) == (1, 1)


# --- a call begins in time, or not at all -----------------------------------------------------------------------


async def test_a_worker_that_was_stopped_beyond_its_term_calls_nobody(
    store: Store, chat: FakeChat, clock: HandClock, outbox: Outbox
) -> None:
    records = people("w", ["anna"])
    await store.save(*[replace(each, direct=None) if getattr(each, "id", "") == "anna" else each for each in records])

    async def asleep() -> None:  # the process is stopped here, and goes on a minute later
        clock.go(seconds=51)

    chat.opening = asleep
    await outbox.pump()
    await outbox.drained()
    assert chat.calls == []
    assert ((await row(store, "anna")).state, (await row(store, "anna")).attempt) == (READY, 0)
    chat.opening = None
    clock.go(seconds=10)
    await settle(outbox)
    assert chat.times("n-anna") == 1


async def test_nor_when_only_the_clock_nobody_can_set_says_so(store: Store, chat: FakeChat, clock: HandClock) -> None:
    records = people("w", ["anna"])
    await store.save(*[replace(each, direct=None) if getattr(each, "id", "") == "anna" else each for each in records])

    async def long() -> None:
        go_on(40)

    chat.opening = long
    for lease in (30, 50):  # over while the conversation is opened; over but for the time that a call takes
        ports = ports_of(store, chat, clock, lease=timedelta(seconds=lease))
        outbox = Outbox(lambda: ports)  # noqa: B023 - used in this round alone
        await outbox.pump()
        await outbox.drained()
        assert chat.calls == []
        assert (await row(store, "anna")).state is READY
        person = await store.member("w", "anna")
        assert person is not None
        await store.save(replace(person, direct=None))
        clock.go(seconds=10)


async def test_a_call_that_outlives_its_lease_is_cut_off_and_looked_up(
    store: Store, chat: FakeChat, clock: HandClock
) -> None:
    await store.save(*people("w", ["anna"]))

    async def never(place: Place, message: Message) -> Outcome | None:
        chat.take(place, message)
        await asyncio.Event().wait()
        return None

    chat.answer = never
    ports = ports_of(store, chat, clock)
    outbox = Outbox(lambda: ports)
    await outbox.pump()
    await until_open(chat, 1)
    go_on(ports.lease.total_seconds())
    await outbox.drained()
    assert (await row(store, "anna")).state is UNCERTAIN
    clock.go(seconds=31)
    await settle(outbox)
    assert (await row(store, "anna")).state is SENT
    assert chat.times("n-anna") == 1


async def test_a_stale_fence_changes_nothing(
    tmp_path: Path, store: Store, chat: FakeChat, clock: HandClock, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    await store.save(*people("w", ["anna"]))
    frozen = asyncio.Event()

    async def held(_: Place, __: Message) -> Outcome | None:
        await frozen.wait()
        return Undeliverable(error="invalid_blocks", blame=Blame.MESSAGE)

    chat.answer = held
    await outbox.pump()
    await until_open(chat, 1)
    clock.go(minutes=2)
    chat.answer = None
    second_store = file_in(tmp_path)
    second = ports_of(second_store, chat, clock)
    await settle(Outbox(lambda: second))
    after = await row(store, "anna")
    assert (after.state, after.attempt, after.fence) == (SENT, 2, 2)
    frozen.set()
    await outbox.drained()
    assert await row(store, "anna") == after
    await second_store.close()


# --- stopping ---------------------------------------------------------------------------------------------------


async def test_a_stop_lets_open_calls_end_and_hands_back_what_was_not_called(
    store: Store, chat: FakeChat, clock: HandClock, outbox: Outbox
) -> None:
    called, waiting = several("c", 5), several("o", 5)
    unopened = [
        replace(each, direct=None) if getattr(each, "external_id", "").startswith("U-o") else each
        for each in people("w", [*called, *waiting])
    ]
    await store.save(*unopened)

    held = asyncio.Event()

    async def soon(_: Place, __: Message) -> Outcome | None:
        await held.wait()
        return None

    async def never() -> None:
        await asyncio.Event().wait()

    chat.answer, chat.opening = soon, never
    await outbox.pump()
    await until_open(chat, 5)
    stopping = asyncio.create_task(outbox.stop(IN_THE_END))
    await turns()
    assert not stopping.done()
    held.set()
    await stopping
    assert await states(store, called) == {SENT: 5}
    assert await states(store, waiting) == {READY: 5}
    assert {(await row(store, name)).attempt for name in waiting} == {0}  # that was none
    assert await outbox.pump() == 0
    chat.opening = None
    ports = ports_of(store, chat, clock)
    await settle(Outbox(lambda: ports))  # another one takes them up at once
    assert await states(store, waiting) == {SENT: 5}


async def test_a_stop_takes_no_longer_than_its_grace_and_leaves_the_rest_to_the_history(
    store: Store, chat: FakeChat, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    await store.save(*people("w", several("a", 3)))

    async def never(_: Place, __: Message) -> Outcome | None:
        await asyncio.Event().wait()
        return None

    chat.answer = never
    await outbox.pump()
    await until_open(chat, 3)
    async with asyncio.timeout(IN_THE_END):
        await outbox.stop(0.1)
    assert await states(store, several("a", 3)) == {SENDING: 3}
    assert "stopped with calls still open count=3" in caplog.text


async def test_a_stop_in_the_midst_of_claiming_hands_back_too(store: Store, outbox: Outbox, chat: FakeChat) -> None:
    names = several("a", 20)
    await store.save(*people("w", names))
    pumping = asyncio.create_task(outbox.pump())
    await turns(1)
    await outbox.stop(IN_THE_END)
    await pumping
    assert await states(store, names) == {READY: 20}
    assert chat.calls == []


# --- not wanted any more ----------------------------------------------------------------------------------------

LAST_MOMENT = [
    # what happens while the conversation is being opened, and how the row then ends
    ("left", CANCELLED, "left"),
    ("deactivated", CANCELLED, "deactivated"),
    ("uninstalled", CANCELLED, "uninstalled"),
    ("paused", PLANNED, "paused"),
    ("erased", None, None),
]


@pytest.mark.parametrize(("what", "state", "reason"), LAST_MOMENT)
async def test_at_the_last_moment_before_the_call_it_is_still_called_off(
    store: Store, chat: FakeChat, clock: HandClock, outbox: Outbox, what: str, state: NudgeState, reason: str
) -> None:
    records = people("w", ["anna"])
    await store.save(*[replace(each, direct=None) if getattr(each, "id", "") == "anna" else each for each in records])
    run, person = await store.enrollment("w", "run-anna"), await store.member("w", "anna")
    assert run is not None
    assert person is not None
    until = (T0 + timedelta(days=14)).date()

    async def meanwhile() -> None:
        if what == "erased":
            await store.erase("w", "anna", at=T0, audit_id="a1")
        if what == "left":
            await store.save(replace(run, state=EnrollmentState.LEFT))
        if what == "paused":
            await store.save(replace(run, state=EnrollmentState.PAUSED, paused_until=until))
        if what == "deactivated":
            await store.save(replace(person, state=MemberState.DEACTIVATED))
        if what == "uninstalled":
            await change_workspace(store, "w", state=WorkspaceState.UNINSTALLED)

    chat.opening = meanwhile
    await settle(outbox)
    assert chat.calls == []
    ended = await store.nudge("w", "n-anna")
    assert (ended and (ended.state, ended.reason)) == (state and (state, reason))
    if ended is not None and state is PLANNED:
        assert (ended.local_date, ended.attempt, ended.lease_until) == (until, 0, None)
        assert ended.due_at > T0 + timedelta(days=13)


async def test_a_pause_that_is_over_already_lets_it_go_out(store: Store, chat: FakeChat, clock: HandClock) -> None:
    await store.save(*people("w", ["anna"]))

    told: list[str] = []

    async def unwanted(_: object) -> str | None:
        told.append("paused")
        return "paused" if len(told) == 1 else None  # and by then the person has resumed

    ports = ports_of(Amid(store, unwanted=unwanted), chat, clock)
    await settle(Outbox(lambda: ports))
    assert (await row(store, "anna")).state is SENT


async def test_a_post_of_a_cohort_that_ended_is_called_off_but_not_its_goodbye(
    store: Store, chat: FakeChat, outbox: Outbox
) -> None:
    await store.save(*people("w", ["anna"]))
    cohort = await store.cohort("w", "c-w")
    assert cohort is not None
    posts = [
        a_nudge("post", None, cohort="c-w", kind=Kind.INVITATION, state=READY),
        a_nudge("bye", None, cohort="c-w", kind=Kind.TEAM_CLOSING, prompt="closing/team", item=None, state=READY),
    ]
    await store.save(replace(cohort, state=CohortState.ENDED), *[replace(each, due_at=T0) for each in posts])
    await settle(outbox)
    ended = [await store.nudge("w", each) for each in ("post", "bye")]
    assert [each and (each.state, each.reason) for each in ended] == [(CANCELLED, "ended"), (SENT, None)]


async def test_what_is_too_late_when_its_turn_comes_expires(
    store: Store, chat: FakeChat, clock: HandClock, outbox: Outbox
) -> None:
    records = people("w", ["anna"])
    await store.save(*[replace(each, direct=None) if getattr(each, "id", "") == "anna" else each for each in records])
    clock.at = T0 + timedelta(hours=4, seconds=-5)

    async def slowly() -> None:
        clock.go(seconds=6)

    chat.opening = slowly
    await settle(outbox)
    assert chat.calls == []
    assert ((await row(store, "anna")).state, (await row(store, "anna")).reason) == (EXPIRED, "its window closed")


GONE = [
    # how the platform answers about somebody who was wiped while it was called
    Undeliverable(error="channel_not_found", blame=Blame.CONVERSATION),
    Undeliverable(error="user_not_found", blame=Blame.PERSON),
    Ambiguous(error="timeout"),
    None,
]


@pytest.mark.parametrize("outcome", GONE, ids=["conversation", "person", "doubt", "taken"])
async def test_who_is_wiped_while_the_call_is_open_leaves_nothing_behind(
    store: Store, chat: FakeChat, outbox: Outbox, outcome: Outcome | None, caplog: pytest.LogCaptureFixture
) -> None:
    await store.save(*people("w", ["anna", "bram"]))

    async def meanwhile(_: Place, message: Message) -> Outcome | None:
        if message.key == "n-bram":
            return None
        await store.erase("w", "anna", at=T0, audit_id="a1")
        return outcome

    chat.answer = meanwhile
    await settle(outbox)
    assert (await store.nudge("w", "n-anna"), await store.member("w", "anna")) == (None, None)
    assert (await row(store, "bram")).state is SENT
    assert ("the row is not ours any more nudge=n-anna" in caplog.text) is (outcome is None)


async def test_who_is_wiped_before_anything_is_known_of_the_place_is_not_called(
    store: Store, chat: FakeChat, clock: HandClock
) -> None:
    await store.save(*people("w", ["anna"]))

    async def claim(*arguments: Any, **named: Any) -> Sequence[Nudge]:
        claimed = await store.claim(*arguments, **named)
        await store.erase("w", "anna", at=T0, audit_id="a1")
        return claimed

    ports = ports_of(Amid(store, claim=claim), chat, clock)
    await settle(Outbox(lambda: ports))
    assert (chat.calls, await store.nudge("w", "n-anna")) == ([], None)


async def test_a_row_that_somebody_took_over_is_left_to_them(store: Store, chat: FakeChat, clock: HandClock) -> None:
    await store.save(*people("w", ["anna"]))

    async def unwanted(_: object) -> str | None:
        return "fence"

    ports = ports_of(Amid(store, unwanted=unwanted), chat, clock)
    await settle(Outbox(lambda: ports))
    assert (chat.calls, (await row(store, "anna")).state) == ([], SENDING)


@pytest.mark.parametrize("why", ["paused", "held"])
async def test_who_was_faster_than_a_message_going_back_stays_so(
    store: Store, chat: FakeChat, clock: HandClock, why: str
) -> None:
    await store.save(*people("w", ["anna"]))
    run = await store.enrollment("w", "run-anna")
    assert run is not None
    until = (T0 + timedelta(days=14)).date()

    async def unwanted(_: object) -> str | None:
        if why == "paused":
            await store.save(replace(run, state=EnrollmentState.PAUSED, paused_until=until))
        return "paused"

    async def save(*_: object) -> None:
        raise Conflict

    ports = ports_of(Amid(store, unwanted=unwanted, save=save), chat, clock)
    await settle(Outbox(lambda: ports))
    assert (await row(store, "anna")).state is SENDING  # as it was; the history tells once the lease is over


async def test_a_look_that_fails_is_made_again_in_a_while(
    store: Store, chat: FakeChat, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    await store.save(*people("w", ["anna"], state=UNCERTAIN, attempt=1, fence=1))

    async def broken() -> None:
        chat.looking = None
        raise OSError("disk")

    chat.looking = broken
    outbox = outbox_of(store, chat, clock)
    await outbox.pump()
    await outbox.drained()
    assert "not looked up nudge=n-anna" in caplog.text
    again = await row(store, "anna")
    assert (again.state, again.not_before, again.reason) == (UNCERTAIN, T0 + SETTLE, "cannot look: OSError")
    assert await outbox_of(store, chat, clock).pump() == 0, "not at each pump"
    clock.at = T0 + SETTLE
    await settle(outbox_of(store, chat, clock))
    assert (await row(store, "anna")).state is SENT


async def test_a_doubt_on_a_platform_that_is_not_configured_any_more_waits_until_it_is(
    store: Store, chat: FakeChat, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    await store.save(*people("w", ["anna"], state=UNCERTAIN, attempt=1, fence=1))
    await change_workspace(store, "w", state=WorkspaceState.UNINSTALLED)  # as at a start without the platform
    nowhere = ports_of(store, Platforms({}, lambda _: "teams"), clock)
    for _ in range(3):
        assert await Outbox(lambda: nowhere).pump() == 0
    clock.go(hours=9)
    assert await Outbox(lambda: nowhere).pump() == 0
    assert (await row(store, "anna")).state is UNCERTAIN
    assert caplog.records == []
    await change_workspace(store, "w", state=WorkspaceState.ACTIVE)
    await settle(outbox_of(store, chat, clock))
    assert (await row(store, "anna")).state is EXPIRED, "its window closed meanwhile"


async def test_however_many_doubts_a_slow_workspace_has_those_of_another_are_looked_up(
    store: Store, chat: FakeChat, clock: HandClock, outbox: Outbox
) -> None:
    how: dict[str, Any] = {"state": UNCERTAIN, "attempt": 1, "fence": 1}
    await store.save(*people("slow", several("s", 3 * LOOKS), **how, not_before=T0 - timedelta(minutes=1)))
    await store.save(*people("swift", ["anna"], **how, not_before=T0))
    held = asyncio.Event()
    chat.looking = held.wait
    assert await outbox.pump() == LOOKS + 1
    assert await outbox.pump() == 0, "as many as may be open"
    held.set()
    await settle(outbox)
    assert await states(store, [*several("s", 3 * LOOKS), "anna"]) == {SENT: 3 * LOOKS + 1}


@pytest.mark.parametrize(
    ("after_its_window", "wait"),
    [
        (timedelta(minutes=-1), SETTLE),
        (timedelta(minutes=5), SETTLE),  # one look that failed does not hold up the person's next message for long
        (timedelta(minutes=15), LOOK_AGAIN),  # perhaps it can never be read
    ],
)
async def test_an_unanswered_look_is_made_again_soon_and_more_rarely_when_the_window_has_long_closed(
    store: Store, chat: FakeChat, clock: HandClock, outbox: Outbox, after_its_window: timedelta, wait: timedelta
) -> None:
    await store.save(*people("w", ["anna"], state=UNCERTAIN, attempt=1, fence=1))

    async def unanswered() -> None:
        raise Unanswered("http_500")

    chat.looking = unanswered
    clock.at = (await row(store, "anna")).expires_at + after_its_window
    await outbox.pump()
    await outbox.drained()
    assert (await row(store, "anna")).not_before == clock.at + wait


async def test_resting_waits_for_what_is_on_its_way(store: Store, chat: FakeChat, outbox: Outbox) -> None:
    await store.save(*people("w", several("a", 3)))

    async def soon(_: Place, __: Message) -> Outcome | None:
        await turns()
        return None

    chat.answer = soon
    await outbox.pump()
    async with outbox.resting():
        assert await states(store, several("a", 3)) == {SENT: 3}


# --- after a restore --------------------------------------------------------------------------------------------


async def test_what_may_have_been_sent_after_the_backup_is_looked_up_first(
    store: Store, chat: FakeChat, clock: HandClock, outbox: Outbox
) -> None:
    await store.save(*people("w", ["there", "new", "unread"], look_since=T0 - timedelta(days=1)))
    chat.shown["D-U-there"].append("n-there")
    looked = 0

    async def once_in_vain() -> None:
        nonlocal looked
        looked += 1
        if looked == 3:
            raise Unanswered("timeout")

    chat.looking = once_in_vain
    await outbox.pump()
    await outbox.drained()
    found = {name: (await row(store, name)).state for name in ("there", "new", "unread")}
    assert sorted(found.values()) == [READY, SENT, SENT]
    clock.go(minutes=5)
    await settle(outbox)
    assert await states(store, ["there", "new", "unread"]) == {SENT: 3}
    assert sorted(chat.calls) == ["n-new", "n-unread"]


# --- what is said -----------------------------------------------------------------------------------------------


async def test_what_dies_is_said_with_its_ids_and_kept_for_the_operator(
    store: Store, chat: FakeChat, ports: Ports, caplog: pytest.LogCaptureFixture
) -> None:
    await store.save(*people("w", ["anna"]))
    told: list[str] = []

    async def refused(_: Place, __: Message) -> Outcome | None:
        return Undeliverable(error="msg_too_long", blame=Blame.MESSAGE)

    chat.answer = refused
    outbox = Outbox(lambda: ports, on_settled=told.append)
    await settle(outbox)
    (dead,) = await store.dead(limit=5)
    assert (dead.id, dead.reason) == ("n-anna", "msg_too_long")
    (said,) = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert said == "not sent nudge=n-anna kind=nudge workspace=w to=dead reason=msg_too_long"
    assert told == ["dead"]


async def test_while_the_clock_is_not_believed_nothing_is_claimed(store: Store, chat: FakeChat, ports: Ports) -> None:
    await store.save(*people("w", several("a", 3)))
    believed = False
    outbox = Outbox(lambda: ports, is_steady=lambda: believed)
    assert await outbox.pump() == 0
    assert await states(store, several("a", 3)) == {READY: 3}
    believed = True
    await settle(outbox)
    assert await states(store, several("a", 3)) == {SENT: 3}


async def test_a_store_that_fails_is_asked_again_by_the_next_tick(
    store: Store, chat: FakeChat, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    names = several("a", 3)
    await store.save(*people("w", names))

    claims: list[Sequence[str]] = []

    async def claim(*arguments: Any, workspaces: Sequence[str], **named: Any) -> Sequence[Nudge]:
        claims.append(workspaces)
        if len(claims) == 2:
            raise OSError("disk")
        return await store.claim(*arguments, workspaces=workspaces, **named)

    ports = ports_of(Amid(store, claim=claim), chat, clock)
    outbox = Outbox(lambda: ports, in_a_workspace=1)
    await outbox.pump()
    await outbox.drained()
    assert "cannot go on" in caplog.text
    assert (await states(store, names))[SENT] == 1
    await settle(outbox)
    assert await states(store, names) == {SENT: 3}


async def test_all_workspaces_are_claimed_for_together_and_none_takes_what_is_left_for_the_others(
    store: Store, chat: FakeChat, clock: HandClock
) -> None:
    workspaces = ["w1", "w2", "w3", "w4"]
    for workspace in workspaces:
        await store.save(*people(workspace, several(f"{workspace}-", 20)))
    held = asyncio.Event()
    claims: list[Sequence[str]] = []

    async def hold(_: Place, __: Message) -> Outcome | None:
        await held.wait()
        return None

    async def claim(*arguments: Any, workspaces: Sequence[str], **named: Any) -> Sequence[Nudge]:
        claims.append(workspaces)
        return await store.claim(*arguments, workspaces=workspaces, **named)

    chat.answer = hold
    ports = ports_of(Amid(store, claim=claim), chat, clock)
    outbox = Outbox(lambda: ports, most=32, in_a_workspace=12)
    assert await outbox.pump() == 30
    assert claims == [workspaces]
    taken = [(await states(store, several(f"{workspace}-", 20)))[SENDING] for workspace in workspaces]
    assert taken == [12, 10, 5, 3], "each half of what is left, 12 at most"
    held.set()
    await outbox.drained()


# --- where nothing can be looked up -----------------------------------------------------------------------------


async def test_a_doubt_that_cannot_be_looked_up_is_sent_once_more(
    store: Store, chat: FakeChat, clock: HandClock, outbox: Outbox
) -> None:
    chat.can_look = False
    await store.save(*people("w", ["anna"]))

    async def once_lost(_place: Place, _message: Message) -> Outcome | None:
        return Ambiguous(error="timeout") if len(chat.calls) == 1 else None

    chat.answer = once_lost
    await settle(outbox)
    clock.go(seconds=SETTLE.total_seconds() + 1)
    await settle(outbox)
    assert await states(store, ["anna"]) == {SENT: 1}
    assert (len(chat.calls), chat.looks) == (2, 0)


async def test_a_second_doubt_that_cannot_be_looked_up_ends_it(
    store: Store, chat: FakeChat, clock: HandClock, outbox: Outbox
) -> None:
    chat.can_look = False
    await store.save(*people("w", ["anna"]))

    async def lost(_place: Place, _message: Message) -> Outcome:
        return Ambiguous(error="timeout")

    chat.answer = lost
    for _ in range(4):
        await settle(outbox)
        clock.go(seconds=SETTLE.total_seconds() + 1)
    assert await states(store, ["anna"]) == {EXPIRED: 1}
    assert len(chat.calls) == 2
