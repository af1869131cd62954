"""Records go in whole, come out equal, and nobody overwrites what they have not read."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.language import Language
from bot.coaching.records.audit import Action, AuditEntry
from bot.coaching.records.cohort import CohortState
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import Hours, Member
from bot.coaching.records.nudge import TRANSITIONS, NudgeState
from bot.coaching.records.reply import Reply
from bot.store.port import Conflict, Record, Store
from bot.store.sqlite import open_store
from bot.store.sqlite.rows import TABLES
from tests.store.scene import (
    T0,
    Scene,
    a_coach,
    a_cohort,
    a_commitment,
    a_member,
    a_nudge,
    a_pulse,
    a_reflection,
    a_reply,
    a_workspace,
    an_enrollment,
    an_opt_in,
    at,
)
from tests.stored import audit_of, enrollments_in, replies_to
from tests.unlocked import unlocked

AUDIT = AuditEntry(id="a", workspace="w", cohort=None, actor="carl", subject="anna", action=Action.READ, count=2, at=T0)


def stored(file: Path, record: Record) -> Any:
    """Return the record as the file has it."""
    table = TABLES[type(record)]
    with unlocked(file) as connection:
        name = "audit_named" if isinstance(record, AuditEntry) else table.name  # people stand there under an alias
        row = connection.execute(f"SELECT * FROM {name} WHERE id = ?", [record.id]).fetchone()  # noqa: S608
        return row and table.record(row)


@pytest.mark.parametrize(
    "record",
    [
        a_workspace("w2", practice=True),
        a_member("dora", language=Language.NL, zone="Asia/Kolkata", hours=Hours(workdays=(0, 6)), direct="D9"),
        a_cohort("c2"),
        a_coach("anna", answered_at=at(1.5)),
        an_enrollment("carl", paused_until=T0.date()),
        an_opt_in("carl", enrollment="run-carl"),
        a_nudge("n", lease_until=at(1), alternative=0),
        a_nudge("post", None),
        a_commitment("k"),
        a_reply("r", source="D1/1.1", question=3),
        a_reflection("f", shared=("r1", "r2")),
        a_pulse("promise"),
        AUDIT,
    ],
    ids=lambda record: f"{type(record).__name__}-{record.id}",
)
async def test_a_record_comes_back_as_it_went_in_at_version_one(scene: Scene, file: Path, record: Record) -> None:
    await scene.store.save(record)
    assert stored(file, record) == replace(record, version=1)


async def test_what_refers_may_be_given_before_what_it_refers_to(store: Store) -> None:
    await store.save(a_coach(), a_cohort(), a_member("carl"), a_workspace())
    assert await store.coach("w", "c", "carl")


async def test_saving_nothing_is_fine(store: Store) -> None:
    await store.save()


async def test_a_read_version_is_counted_up_and_the_old_one_refused(scene: Scene) -> None:
    read = await scene.store.member("w", "anna")
    assert read == a_member("anna", version=1)
    await scene.store.save(replace(read, name="Anne"))
    now = await scene.store.member("w", "anna")
    assert now == replace(read, name="Anne", version=2)
    with pytest.raises(Conflict):
        await scene.store.save(replace(read, name="Anja"))
    assert await scene.store.member("w", "anna") == now


@pytest.mark.parametrize(
    "second",
    [
        a_workspace("other", external_id="T-w"),
        a_member("other", external_id="U-anna"),
        a_member("anna", external_id="U-other"),  # the id itself
        a_cohort("other", channel="C-c"),
        a_coach("carl", id="other"),
        an_enrollment("anna", id="other"),
        a_nudge("other", occurrence="n-anna"),
        a_nudge("other-post", None, occurrence="post"),
        a_reply("other", source="D1/1.1"),
        a_pulse("promise", id="other"),
        a_member("lost", workspace="nowhere"),  # what it refers to is gone
        a_reply("lost", nudge="nowhere"),
    ],
    ids=lambda record: f"{type(record).__name__}-{record.id}",
)
async def test_a_taken_key_is_a_conflict_and_nothing_of_the_save_stays(
    scene: Scene, file: Path, second: Record
) -> None:
    await scene.store.save(a_nudge("post", None), a_reply("r", source="D1/1.1"), a_pulse("promise"))
    with pytest.raises(Conflict):
        await scene.store.save(a_member("dora"), second)
    assert await scene.store.member("w", "dora") is None
    assert stored(file, second) is None or second.id == "anna"


async def test_a_channel_gets_a_new_cohort_in_the_save_that_ends_the_old(scene: Scene) -> None:
    old = await scene.store.cohort("w", "c")
    assert old
    await scene.store.save(a_cohort("c2", channel="C-c"), replace(old, state=CohortState.ENDED))
    assert await scene.store.cohort_in("w", "C-c") == a_cohort("c2", channel="C-c", version=1)


async def test_who_left_may_join_again_and_only_once(scene: Scene) -> None:
    run = await scene.store.enrollment("w", "run-anna")
    assert run
    again = an_enrollment("anna", id="again", joined_at=at(5))
    await scene.store.save(replace(run, state=EnrollmentState.LEFT), again)
    assert enrollments_in(scene.store, "c")[-1] == replace(again, version=1)
    with pytest.raises(Conflict):
        await scene.store.save(an_enrollment("anna", id="twice"))


async def test_replies_without_a_source_are_not_one_another(scene: Scene) -> None:
    await scene.store.save(a_reply("r1"), a_reply("r2"))
    assert len(replies_to(scene.store, "n-anna")) == 2


async def test_a_naive_moment_is_refused(scene: Scene) -> None:
    naive = datetime(2026, 1, 6, 9, 0)  # noqa: DTZ001
    with pytest.raises(ValueError, match="without a time zone"):
        await scene.store.save(a_reply("r", received_at=naive))
    with pytest.raises(ValueError, match="without a time zone"):
        await scene.store.due("w", naive, limit=1)


async def test_the_audit_is_never_changed_or_shortened(scene: Scene, file: Path) -> None:
    await scene.store.save(AUDIT)
    with pytest.raises(Conflict):
        await scene.store.save(replace(AUDIT, version=1, count=0))
    connection = sqlite3.connect(file)
    for statement in ("DELETE FROM audit", "UPDATE audit SET count = 0"):
        with pytest.raises(sqlite3.IntegrityError, match="the audit only grows"):
            connection.execute(statement)
    connection.close()
    assert [entry.count for entry in audit_of(scene.store, "anna")] == [2]


async def test_two_hundred_saves_at_once_all_arrive(scene: Scene) -> None:
    replies = [a_reply(f"r{number}", received_at=at(number)) for number in range(200)]
    await asyncio.gather(*(scene.store.save(reply) for reply in replies))
    found = replies_to(scene.store, "n-anna")
    assert [reply.id for reply in found] == [reply.id for reply in replies]


async def test_one_conflict_among_many_saves_takes_no_other_with_it(scene: Scene) -> None:
    saves = [scene.store.save(a_reply(f"r{number % 7}")) for number in range(8)]
    outcomes = await asyncio.gather(*saves, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [list] * 7 + [Conflict]
    assert len(replies_to(scene.store, "n-anna")) == 7


@settings(max_examples=15, deadline=None)
@given(steps=st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=12))
async def test_only_who_has_read_the_newest_may_write(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, bool]]
) -> None:
    """Three writers read and write one member in any order; a write holds exactly when nobody wrote between."""
    store = open_store(tmp_path_factory.mktemp("versions") / "pitstop.db")
    await store.save(a_workspace(), a_member("anna"))
    copies: dict[int, Member] = {}
    version = 1
    for writer, reads in steps:
        if reads or writer not in copies:
            copies[writer] = await read_member(store)
            continue
        expected = copies[writer].version == version
        assert await wrote(store, copies[writer], f"by {writer}") is expected
        version += expected
    assert (await read_member(store)).version == version
    await store.close()


async def read_member(store: Store) -> Member:
    found = await store.member("w", "anna")
    assert found
    return found


async def wrote(store: Store, member: Member, name: str) -> bool:
    try:
        await store.save(replace(member, name=name))
    except Conflict:
        return False
    return True


async def test_an_event_is_seen_once_until_it_is_forgotten(store: Store) -> None:
    assert not await store.seen("w", "Ev1")
    assert await store.first_sight("w", "U-anna", "Ev1", T0)
    assert await store.seen("w", "Ev1")
    assert not await store.seen("w2", "Ev1"), "each workspace has its own"
    assert not await store.first_sight("w", "U-anna", "Ev1", at(1))
    assert await store.first_sight("w", "U-anna", "Ev2", at(1))
    assert await store.forget_sights(at(1)) == 1
    assert await store.first_sight("w", "U-anna", "Ev1", at(2))
    assert not await store.first_sight("w", "U-anna", "Ev2", at(2)), "it was younger"


async def test_of_many_at_once_only_one_sees_an_event_first(store: Store) -> None:
    seen = await asyncio.gather(*(store.first_sight("w", "U-anna", "Ev1", T0) for _ in range(20)))
    assert sum(seen) == 1


def test_columns_are_the_fields_and_the_identity(file: Path, store: Store) -> None:
    connection = sqlite3.connect(file)
    for table in TABLES.values():
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")}
        chained = {"previous", "hash"} if table.kind is AuditEntry else set()
        order = set() if table.name == "pulse" else {"seq"}  # in a small group it would tell whose answer is whose
        flags = {"has_words"} if table.kind in (Reply, Commitment) else set()  # what statements look at instead
        flags |= {"also"} if table.kind is Reply else set()  # whose key it needs as well
        assert columns == {*table.codecs, *order, *chained, *flags} - ({"version"} if chained else set())
    connection.close()


async def test_a_reply_may_hold_anything_a_person_can_type(scene: Scene) -> None:
    text = "\u202e<!channel>\x00 '); DROP TABLE reply;-- \U0001f642" * 1000
    await scene.store.save(a_reply("r", text=text))
    assert await scene.store.reply("w", "r") == a_reply("r", text=text, version=1)


async def test_half_an_emoji_loses_no_other_word(scene: Scene) -> None:
    await scene.store.save(a_reply("r", text="well \ud83d done"))
    assert await scene.store.reply("w", "r") == a_reply("r", text="well ? done", version=1)


@pytest.mark.parametrize("before", NudgeState)
async def test_a_nudge_moves_as_its_transitions_say_and_not_otherwise(
    scene: Scene, file: Path, before: NudgeState
) -> None:
    await scene.add(a_nudge("n", state=before))
    connection = sqlite3.connect(file, isolation_level=None)
    moved = set()
    for after in NudgeState:
        connection.execute("BEGIN")
        try:
            connection.execute("UPDATE nudge SET state = ? WHERE id = 'n'", (after,))
            moved.add(after)
        except sqlite3.IntegrityError as refused:
            assert "does not move" in str(refused)  # noqa: PT017 - some are refused, some are not
        connection.execute("ROLLBACK")
    connection.close()
    assert moved == TRANSITIONS[before] | {before}


async def test_subjects_alone_are_no_save(scene: Scene) -> None:
    with pytest.raises(ValueError, match="mark_screens"):
        await scene.store.save(also=["r"])
