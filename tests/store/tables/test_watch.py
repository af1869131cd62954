"""Marks about the file, and the gaps in which nobody listened."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.workspace import WorkspaceState
from bot.store.port import Store
from bot.store.port.watch import Gap, Progress
from tests.store.scene import Scene, a_nudge, an_enrollment, at, open_gaps


async def test_a_mark_is_what_was_noted_last(store: Store) -> None:
    assert await store.mark("alive_at") is None
    await store.set_mark("alive_at", "one")
    await store.set_mark("alive_at", "two")
    await store.set_mark("zones", "2026b")
    assert (await store.mark("alive_at"), await store.mark("zones")) == ("two", "2026b")


async def talks(scene: Scene, *names: str) -> None:
    """Give people a direct conversation."""
    for name in names:
        member = await scene.store.member("w", name)
        assert member is not None
        await scene.add(replace(member, direct=f"D-{name}"))


async def gaps(store: Store, now: float = 0, limit: int = 9) -> list[Gap]:
    return list(await open_gaps(store, at(now), limit=limit))


async def test_a_gap_is_opened_for_each_person_who_can_have_written(scene: Scene) -> None:
    await talks(scene, "anna", "carl")  # bram has no conversation, carl no run
    assert await scene.store.open_gaps(at(-30), at(0)) == 1
    [gap] = await gaps(scene.store)
    assert gap == Gap(id=gap.id, workspace="w", member="anna", since=at(-30), until=at(0))


@pytest.mark.parametrize(
    ("states", "opened"),
    [
        ([EnrollmentState.ACTIVE], 1),
        ([EnrollmentState.PAUSED], 1),
        ([EnrollmentState.COMPLETED], 1),
        ([EnrollmentState.LEFT], 0),
        ([EnrollmentState.LEFT, EnrollmentState.ACTIVE], 1),  # joined again
    ],
    ids=str,
)
async def test_who_left_is_not_looked_up(scene: Scene, states: list[EnrollmentState], opened: int) -> None:
    await talks(scene, "anna")
    run = await scene.store.enrollment("w", "run-anna")
    assert run is not None
    await scene.add(replace(run, state=states[0]))
    await scene.add(*(an_enrollment("anna", id=f"again-{state}", state=state) for state in states[1:]))
    assert await scene.store.open_gaps(at(-30), at(0)) == opened


@pytest.mark.parametrize(
    ("since", "until", "expected", "still"),
    [
        (-10, 20, (-30, 20), (0, 20)),  # it goes on
        (-60, -40, (-60, 0), (-60, 0)),  # another one before it
        (-20, -10, (-30, 0), None),  # within it
        (-30, 0, (-30, 0), None),  # the same
    ],
)
async def test_an_open_gap_is_widened_and_what_it_was_widened_by_is_still_to_be_read(
    scene: Scene, since: float, until: float, expected: tuple[float, float], still: tuple[float, float] | None
) -> None:
    await talks(scene, "anna", "bram")
    await scene.store.open_gaps(at(-30), at(0))
    read = await gaps(scene.store)
    assert await scene.store.open_gaps(at(since), at(until)) == 2
    wider = await gaps(scene.store)
    assert {(gap.member, gap.since, gap.until) for gap in wider} == {
        (name, *map(at, expected)) for name in ("anna", "bram")
    }
    for gap in read:
        await scene.store.close_gap("w", gap.member, since=gap.since, until=gap.until)
    left = [(gap.since, gap.until) for gap in await gaps(scene.store)]
    assert left == ([(at(still[0]), at(still[1]))] * 2 if still else [])


async def test_a_gap_is_closed_or_looked_at_later(scene: Scene) -> None:
    await talks(scene, "anna", "bram")
    await scene.store.open_gaps(at(-30), at(0))
    one, two = await gaps(scene.store)
    assert await gaps(scene.store, limit=1) == [one]
    await scene.store.try_gap("w", one.id, not_before=at(1))
    await scene.store.put_off_gap("w", one.id, not_before=at(5))
    assert await gaps(scene.store) == [two]
    assert await gaps(scene.store, 4.99) == [two]
    assert await gaps(scene.store, 5) == [two, replace(one, attempt=1)]
    await scene.store.close_gap("w", two.member, since=two.since, until=two.until)
    assert await gaps(scene.store, 5) == [replace(one, attempt=1)]
    await scene.store.close_gap("w", "unknown", since=at(-30), until=at(0))


async def test_gaps_of_a_workspace_that_is_gone_wait_for_it(scene: Scene) -> None:
    await talks(scene, "anna")
    await scene.store.open_gaps(at(-30), at(0))
    workspace = await scene.store.workspace("w")
    assert workspace is not None
    await scene.add(replace(workspace, state=WorkspaceState.UNINSTALLED))
    assert await gaps(scene.store) == []
    assert (await scene.store.queue(at(0))).gaps == 1


async def test_two_who_note_the_same_span_open_one_gap(scene: Scene) -> None:
    await talks(scene, "anna", "bram")
    opened: Any = await asyncio.gather(*(scene.store.open_gaps(at(-30), at(0)) for _ in range(4)))
    assert opened == [2, 2, 2, 2]
    assert len(await gaps(scene.store)) == 2


async def test_how_far_a_conversation_was_read_stays_unless_the_gap_begins_earlier(scene: Scene) -> None:
    await talks(scene, "anna")
    await scene.store.open_gaps(at(-30), at(0))
    [gap] = await gaps(scene.store)
    progress = Progress(until=at(0), pages=("", "next"), is_down=True)
    await scene.store.try_gap("w", gap.id, not_before=at(0))
    await scene.store.keep_progress("w", gap.member, since=gap.since, progress=progress)
    await scene.store.keep_progress("w", gap.member, since=at(-5), progress=Progress(until=at(9)))  # of another one
    assert [(each.progress, each.attempt) for each in await gaps(scene.store)] == [(progress, 0)]
    await scene.store.open_gaps(at(-30), at(5))
    assert [each.progress for each in await gaps(scene.store, 9)] == [progress]
    await scene.store.open_gaps(at(-60), at(5))
    assert [each.progress for each in await gaps(scene.store, 9)] == [None]


async def test_a_gap_may_be_of_one_platform_alone(scene: Scene) -> None:
    await talks(scene, "anna")
    assert await scene.store.open_gaps(at(-30), at(0), platform="teams") == 0
    assert await scene.store.open_gaps(at(-30), at(0), platform="slack") == 1


async def test_who_is_being_asked_something_comes_first(scene: Scene) -> None:
    await talks(scene, "anna", "bram", "carl")
    await scene.add(an_enrollment("carl", id="run-carl"))
    sent = {"kind": Kind.CHECK, "state": NudgeState.SENT, "sent_at": at(-60), "due_at": at(-60)}
    await scene.add(
        a_nudge("asked-carl", "carl", prompt="ask/carl", **sent),
        a_nudge("asked-bram", "bram", prompt="ask/bram", **{**sent, "sent_at": at(-8 * 24 * 60)}),  # too long ago
    )
    await scene.store.open_gaps(at(-30), at(0), asking=["check"])
    assert [gap.member for gap in await gaps(scene.store)] == ["carl", "anna", "bram"]


async def test_what_is_in_doubt_is_told_when_its_look_comes_soon(scene: Scene) -> None:
    doubt = {"state": NudgeState.UNCERTAIN, "due_at": at(-5), "not_before": at(1)}
    assert not await scene.store.is_looked_up("w", at(9))
    await scene.add(a_nudge("in-doubt", prompt="ask/other", **doubt))
    assert not await scene.store.is_looked_up("w", at(0))
    assert await scene.store.is_looked_up("w", at(1))
    assert not await scene.store.is_looked_up("other", at(1))
