"""Somebody with all that decides how they take part, read in one call."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.coaching.records.audit import Action, AuditEntry
from bot.coaching.records.cohort import CoachState, CohortState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.reply import ReplyKind
from bot.store.port import Store
from tests.statements import counted
from tests.store.scene import (
    T0,
    Scene,
    a_coach,
    a_cohort,
    a_commitment,
    a_member,
    a_nudge,
    a_reply,
    a_workspace,
    an_enrollment,
    at,
)
from tests.store.tables.test_people import ids


async def lived(scene: Scene) -> Store:
    """Give anna an older run that she left, plans and words in both, and a cohort that she coaches."""
    await scene.add(
        a_cohort("older", channel="C-older", state=CohortState.ENDED),
        a_cohort("coached", channel="C-coached"),
        a_coach("anna", id="coaches", cohort="coached"),
        a_coach("anna", id="asked", cohort="older", state=CoachState.INVITED),
        an_enrollment("anna", id="left", cohort="older", joined_at=at(-9), state=EnrollmentState.LEFT),
        a_nudge("before", enrollment="left", cohort="older", due_at=at(-8)),
        a_nudge("later", due_at=at(5)),
        a_nudge("asked-to-coach", enrollment=None, due_at=at(6)),
        a_commitment("k1", made_at=at(1)),
        a_commitment("k2", made_at=at(2)),
        a_commitment("brams", "bram"),
        a_reply("kept"),
        a_reply("let-in", shared_at=at(1)),
        a_reply("taken-back", shared_at=at(1), deleted_at=at(2), text=None),
        a_reply("word", author="carl", kind=ReplyKind.COACH, shared_at=at(1)),
        a_reply("brams-own", "bram", shared_at=at(1)),
    )
    return scene.store


async def test_a_person_comes_with_their_runs_and_all_that_is_in_them(scene: Scene) -> None:
    store = await lived(scene)
    found = await store.around_person("w", "U-anna", channel="C-c")
    assert found.member == a_member("anna", version=1)
    assert found.here == a_cohort(version=1)
    assert [(run.id, cohort.id) for run, cohort in found.runs] == [("run-anna", "c"), ("left", "older")]
    assert ids(found.nudges) == ["before", "n-anna", "later"]
    assert ids(found.promises) == ["k2", "k1"]
    assert ids(found.shared) == ["let-in"]
    assert ids(found.coached) == ["coached"]
    assert await store.around_member("w", "anna") == replace(found, here=None)


async def test_a_stranger_comes_with_what_runs_in_the_channel(scene: Scene) -> None:
    found = await scene.store.around_person("w", "U-nobody", channel="C-c")
    assert found.member is None
    assert found.here == a_cohort(version=1)
    assert not any((found.runs, found.nudges, found.promises, found.shared, found.coached))
    assert (await scene.store.around_person("w", "U-anna", channel="C-none")).here is None
    assert (await scene.store.around_person("w2", "U-anna")).member is None
    assert (await scene.store.around_member("w", "nobody")).member is None


async def test_it_takes_as_many_statements_whatever_there_is(scene: Scene) -> None:
    for person, statements in (("U-anna", 8), ("U-carl", 8), ("U-nobody", 2)):
        async with counted(scene.store) as found:
            await scene.store.around_person("w", person, channel="C-c")
        assert len(found) == statements, found


async def test_a_cohort_comes_with_its_workspace_and_everyone_named_as_coach(scene: Scene) -> None:
    await scene.add(a_coach("anna", state=CoachState.DECLINED, named_at=at(1)))
    async with counted(scene.store) as statements:
        found = await scene.store.around_cohort("w", "c")
    assert len(statements) == 3
    assert found is not None
    assert found.is_open
    assert (found.cohort, found.workspace) == (a_cohort(version=1), a_workspace(version=1))
    assert [(role.id, person.id) for role, person in found.coaches] == [("coach-carl", "carl"), ("coach-anna", "anna")]
    assert await scene.store.around_cohort("w", "none") is None


async def test_a_line_of_the_log_comes_with_whose_it_is_and_what_it_answers(scene: Scene) -> None:
    await scene.add(
        a_commitment("k1"),
        a_reply("word", author="carl", kind=ReplyKind.COACH, received_at=at(1)),
        a_reply("answer", answers="word", received_at=at(2)),
    )
    async with counted(scene.store) as statements:
        found = await scene.store.around_line("w", "answer", reader="carl", at=at(9))
    assert len(statements) == 7
    assert found is not None
    assert (found.record.id, found.enrollment.id, found.member.id, found.cohort.id) == (
        "answer",
        "run-anna",
        "anna",
        "c",
    )
    assert (found.word.id if found.word else None, ids(found.said)) == ("word", ["word", "answer"])
    plan = await scene.store.around_line("w", "k1", reader="carl", at=at(9))
    assert plan is not None
    assert (plan.record.id, plan.word) == ("k1", None)
    assert await scene.store.around_line("w", "none", reader="carl", at=at(9)) is None


async def test_looks_come_with_who_looked(scene: Scene) -> None:
    def a_look(name: str, actor: str, **changes: Any) -> AuditEntry:
        entry = AuditEntry(
            id=name, workspace="w", cohort="c", actor=actor, subject="anna", action=Action.READ, count=1, at=T0
        )
        return replace(entry, **changes)

    await scene.add(
        a_look("l1", "carl"), a_look("l2", "operator", at=at(1)), a_look("l3", "carl", subject="bram", at=at(2))
    )
    looks = await scene.store.looks_at("w", "anna", limit=5)
    assert [(each.entry.id, each.actor and each.actor.id) for each in looks] == [("l2", None), ("l1", "carl")]
    assert len(await scene.store.looks_at("w", "anna", limit=1)) == 1
    newest = await scene.store.newest_look("w", "anna")
    assert newest is not None
    assert newest.id == "l2"
    assert (await scene.store.is_noted("w", "l3"), await scene.store.is_noted("w", "l4")) == (True, False)
    assert await scene.store.newest_look("w", "nobody") is None


async def test_reads_are_counted_by_month_and_kind_of_reader(scene: Scene) -> None:
    """An export, an answer and an erasure are no reads; what is older than asked for is left out."""

    def a_look(name: str, moment: datetime, *, actor: str = "carl", **changes: Any) -> AuditEntry:
        entry = AuditEntry(
            id=name, workspace="w", cohort="c", actor=actor, subject="anna", action=Action.READ, count=3, at=moment
        )
        return replace(entry, **changes)

    january, february = datetime(2026, 1, 31, 23, 59, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    await scene.add(
        a_look("old", datetime(2025, 12, 31, tzinfo=UTC)),
        a_look("l1", january),
        a_look("l2", february),
        a_look("l3", february, subject="bram", count=4),
        a_look("l4", february, action=Action.DIGEST, count=2),
        a_look("l5", february, actor="operator", count=9),
        a_look("l6", february, action=Action.EXPORT),
        a_look("l7", february, action=Action.ANSWER),
        a_look("l8", february, action=Action.SEARCH, count=5),
        a_look("l9", february, action=Action.DOWNLOAD, count=6),
    )
    counts = await scene.store.read_counts("w", datetime(2026, 1, 1, tzinfo=UTC))
    assert [(each.month.month, each.action, each.by_operator, each.looks, each.texts) for each in counts] == [
        (2, Action.READ, False, 4, 18),
        (2, Action.DIGEST, False, 1, 2),
        (2, Action.READ, True, 1, 9),
        (1, Action.READ, False, 1, 3),
    ]
    assert await scene.store.read_counts("other", datetime(2026, 1, 1, tzinfo=UTC)) == []
