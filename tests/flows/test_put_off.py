"""Due messages that cannot move: however many there are, they hold up nobody else, and wait for their next look."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.port import History, Place, Unanswered
from bot.coaching.records.enrollment import Enrollment, EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.workspace import WorkspaceState
from bot.coaching.rules.due import LATEST_LOOK, SOONEST_LOOK, next_look
from bot.flows.due.due import plan
from bot.flows.replies.missed_messages import AT_ONCE, SIDE_BY_SIDE, catch_up
from bot.store.port import Conflict, Record, Store
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
)
from tests.store.scene import a_cohort, a_member, a_nudge, a_workspace, an_enrollment, open_gaps

PLANNED, READY, UNCERTAIN, EXPIRED = NudgeState.PLANNED, NudgeState.READY, NudgeState.UNCERTAIN, NudgeState.EXPIRED
BATCH, MANY = 5, 12  # more than two batches ahead
BEFORE = T0 - timedelta(minutes=1)
NAMES = several("stuck", MANY)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = file_in(tmp_path)
    yield opened
    await opened.close()


def mover() -> list[Record]:
    """Return somebody whose message can move, and comes after all the others."""
    run = {"cohort": "c-w"}
    return [a_member("mover", direct="D"), an_enrollment("mover", **run), experiment("mover", state=PLANNED, **run)]


def stuck(**changes: Any) -> list[Nudge]:
    """Return as many messages of one person."""
    how = {"cohort": "c-w", "state": PLANNED, "due_at": BEFORE, **changes}
    return [experiment("anna", **how, id=f"n-{name}", occurrence=name) for name in NAMES]


def without_a_journey(**changes: Any) -> list[Record]:
    """Return people on a journey that is not there any more."""
    how = {"workspace": "w", "cohort": "c-old", "state": PLANNED, "due_at": BEFORE, **changes}
    everybody: list[Record] = [a_workspace(), *the_cohort(), a_cohort("c-old", journey="gone")]
    for name in NAMES:
        everybody += [a_member(name), an_enrollment(name, cohort="c-old"), experiment(name, **how)]
    return everybody


def the_cohort() -> list[Record]:
    """Return the cohort that everybody is in."""
    return [a_cohort("c-w", journey="twelve-weeks")]


def in_doubt_since_a_restore() -> list[Record]:
    """Return what a backup brought back, while it is looked up what was sent since."""
    doubt = experiment(
        "anna", cohort="c-w", id="doubt", occurrence="doubt", state=UNCERTAIN, look_since=BEFORE, attempt=1, fence=1
    )
    return [*anna(), doubt, *stuck(look_since=BEFORE)]


def anna(**changes: Any) -> list[Record]:
    """Return Anna in her cohort."""
    who = a_member("anna", direct="D-anna", **changes)
    return [a_workspace(), *the_cohort(), who, an_enrollment("anna", cohort="c-w")]


def below_a_post_that_is_on_its_way() -> list[Record]:
    """Return what belongs in the thread of a post that is not there yet."""
    post = {"cohort": "c-w", "week": 1}
    shares = [a_nudge(f"n-{name}", None, kind=Kind.TEAM_SHARE, subject="post", due_at=BEFORE, **post) for name in NAMES]
    return [*anna(), a_nudge("post", None, kind=Kind.TEAM_REFLECTION, state=READY, due_at=BEFORE, **post), *shares]


KINDS: dict[str, Callable[[], list[Record]]] = {
    "in doubt since a restore": in_doubt_since_a_restore,
    "below a post that is on its way": below_a_post_that_is_on_its_way,
    "cannot be decided": without_a_journey,
    "overdue, and cannot be recovered": lambda: without_a_journey(
        due_at=T0 - timedelta(hours=30), expires_at=T0 + timedelta(hours=1)
    ),
    "in a zone that nobody knows": lambda: [*anna(zone="Mars/Olympus"), *stuck()],
    "somebody is always faster": lambda: [*anna(), *stuck()],
}


def always_faster(store: Store) -> Amid:
    """Return the store in which somebody changes what belongs to Anna just before it is saved."""

    async def save(*records: Record, **how: Any) -> Any:
        if any(isinstance(each, Nudge) and each.member == "anna" for each in records):
            raise Conflict("faster")
        return await store.save(*records, **how)

    return Amid(store, save=save)


@pytest.mark.parametrize("kind", KINDS)
async def test_what_cannot_move_holds_up_nobody(store: Store, tmp_path: Path, kind: str) -> None:
    clock = HandClock()
    await store.save(*KINDS[kind](), *mover())
    amid = always_faster(store) if kind == "somebody is always faster" else store
    ports = ports_of(amid, FakeChat(clock), clock)
    assert await plan(ports, batch=BATCH) == 1
    assert (await row(store, "mover")).state is READY
    again = [await row(store, name) for name in NAMES]
    assert {each.state for each in again} == {PLANNED}
    assert {each.not_before for each in again} == {next_look(again[0], T0)}
    other = file_in(tmp_path)  # it stands in the row: another process does not look either
    assert await other.due_in(T0) == []
    await other.close()
    clock.at = next_look(again[0], T0)
    assert len(await store.due("w", clock.at, limit=99)) == MANY


async def test_what_is_due_in_a_workspace_we_are_not_connected_to_waits_as_it_is(store: Store) -> None:
    clock = HandClock()
    await store.save(*anna(), *people("gone", NAMES, state=PLANNED, due_at=BEFORE), *mover())
    await change_workspace(store, "gone", state=WorkspaceState.UNINSTALLED)
    ports = ports_of(store, FakeChat(clock), clock)
    assert await plan(ports, batch=BATCH) == 1
    assert {(each.state, each.not_before) for each in [await row(store, name) for name in NAMES]} == {(PLANNED, None)}
    await change_workspace(store, "gone", state=WorkspaceState.ACTIVE)
    assert await plan(ports, batch=BATCH) == MANY


async def test_each_workspace_has_its_share_of_a_batch(store: Store) -> None:
    clock = HandClock()
    await store.save(*people("large", several("l", 30), state=PLANNED, due_at=BEFORE))
    await store.save(*people("small", ["anna"], state=PLANNED))
    order: list[str] = []

    async def save(*records: Record, **how: Any) -> Any:
        order.extend(each.workspace for each in records if isinstance(each, Nudge))
        return await store.save(*records, **how)

    assert await plan(ports_of(Amid(store, save=save), FakeChat(clock), clock), batch=6) == 31
    assert "small" in order[:6]


async def test_what_cannot_be_decided_expires_with_its_window(store: Store) -> None:
    clock = HandClock()
    await store.save(*without_a_journey(expires_at=T0 + timedelta(seconds=5)))
    ports = ports_of(store, FakeChat(clock), clock)
    assert await plan(ports, batch=BATCH) == 0
    clock.at = T0 + timedelta(seconds=5)
    assert await plan(ports, batch=BATCH) == MANY
    assert {each.state for each in [await row(store, name) for name in NAMES]} == {EXPIRED}


@pytest.mark.parametrize(
    ("due", "window", "wait"),
    [
        (0, 3600, SOONEST_LOOK),  # just now
        (29, 3600, SOONEST_LOOK),
        (90, 3600, timedelta(seconds=90)),  # twice as long each time
        (1800, 3600, LATEST_LOOK),
        (1800, 2, timedelta(seconds=2)),  # its window closes: then it expires
        (1800, -2, LATEST_LOOK),  # it is closed already
    ],
)
def test_the_longer_it_has_been_due_the_later_it_is_looked_at_again(due: int, window: int, wait: timedelta) -> None:
    nudge = a_nudge("n", due_at=T0 - timedelta(seconds=due), expires_at=T0 + timedelta(seconds=window))
    assert next_look(nudge, T0) == T0 + wait


async def test_one_pause_that_cannot_end_holds_up_no_other(store: Store) -> None:
    clock = HandClock()
    await store.save(*anna(), a_member("bram", zone="Mars/Olympus"), *mover())
    over: dict[str, Any] = {"state": EnrollmentState.PAUSED, "paused_until": date(2026, 1, 5), "cohort": "c-w"}
    await store.save(an_enrollment("bram", **over), replace(await run_of(store), **over))
    assert await plan(ports_of(store, FakeChat(clock), clock)) == 2
    assert (await run_of(store)).state is EnrollmentState.ACTIVE


async def run_of(store: Store) -> Enrollment:
    found = await store.enrollment("w", "run-anna")
    assert found is not None
    return found


@dataclass
class HalfDeaf(FakeChat):
    """Tells what was said in one workspace, and answers nothing about the others."""

    heard_in: list[str] = field(default_factory=list)

    async def heard(self, place: Place, *, since: datetime, until: datetime, page: str = "") -> History:
        """Return what was said there."""
        del since, until, page
        self.heard_in.append(place.workspace)
        if place.workspace != "swift":
            raise Unanswered("ratelimited")
        return History(heard=())


async def test_a_workspace_that_tells_nothing_of_what_was_missed_holds_up_no_other(store: Store) -> None:
    clock = HandClock()
    chat = HalfDeaf(clock)
    await store.save(*people("slow", several("s", AT_ONCE * 2)), *people("swift", ["anna"]))
    await store.open_gaps(BEFORE, T0)
    assert await catch_up(ports_of(store, chat, clock)) == 1
    assert len(chat.heard_in) <= SIDE_BY_SIDE + 1
    left = await open_gaps(store, T0, limit=99)
    assert len(left) == AT_ONCE * 2 - AT_ONCE // 2, "its share was put off, also what was not tried"
