"""Who reads what of others, and the trace of every look."""

import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.records.audit import Action
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.reply import ReplyKind, Scope
from bot.store.port import Store, StoreError
from bot.store.port.readers import LogChoices, LogEntry, LogFilter
from bot.store.sqlite import open_store
from tests.store.scene import (
    T0,
    Scene,
    a_coach,
    a_cohort,
    a_commitment,
    a_member,
    a_nudge,
    a_reply,
    an_enrollment,
    at,
    cast,
)
from tests.stored import audit_of

EVERYTHING = LogFilter()


def ids(records: Any) -> list[str]:
    return [record.id for record in records]


async def read(
    store: Store,
    reader: str = "carl",
    cohort: str = "c",
    which: LogFilter = EVERYTHING,
    before: tuple[datetime, str] | None = None,
    limit: int = 50,
    audit_id: str = "look",
) -> list[LogEntry]:
    return list(
        await store.read_log("w", reader, cohort, which, before=before, limit=limit, at=at(60), audit_id=audit_id)
    )


async def read_all(store: Store, which: LogFilter = EVERYTHING, audit_id: str = "look") -> list[LogEntry]:
    return list(await store.operator_log(which, before=None, limit=50, at=at(60), audit_id=audit_id))


async def fill(scene: Scene) -> None:
    """Write one line of each scope and kind, anna's and bram's, in two weeks."""
    await scene.add(
        a_reply("r1", received_at=at(1)),
        a_reply("r2", received_at=at(2), scope=Scope.PRIVATE),
        a_reply("r3", received_at=at(3), scope=Scope.COACH, kind=ReplyKind.DEBRIEF, question=2),
        a_reply("r4", received_at=at(4), text=None, deleted_at=at(5)),
        a_reply("r5", "bram", received_at=at(5), item="map", week=3),
        a_reply("word", received_at=at(6), author="carl", kind=ReplyKind.COACH),
        a_commitment("k1", made_at=at(7)),
        a_commitment("k2", made_at=at(8), scope=Scope.PRIVATE),
        a_commitment("k3", "bram", made_at=at(9), kind=CommitmentKind.TRANSFER, scope=Scope.COACH),
    )


async def test_the_coach_reads_what_is_shared_newest_first(scene: Scene) -> None:
    await fill(scene)
    entries = await read(scene.store)
    assert ids(entries) == ["k3", "k1", "word", "r5", "r3", "r1"]
    assert entries[0] == LogEntry(
        id="k3",
        at=at(9),
        member="bram",
        name="Bram",
        item="ask",
        week=1,
        kind="transfer",
        question=None,
        text="the stand-up ends\nI ask one question",
        scope=Scope.COACH,
        nudge="n-bram",
    )
    assert entries[4] == LogEntry(
        id="r3",
        at=at(3),
        member="anna",
        name="Anna",
        item="ask",
        week=1,
        kind="debrief",
        question=2,
        text="words of r3",
        scope=Scope.COACH,
        nudge="n-anna",
    )


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (LogFilter(member="bram"), ["k3", "r5"]),
        (LogFilter(item="map"), ["r5"]),
        (LogFilter(week=1), ["k3", "k1", "word", "r3", "r1"]),
        (LogFilter(member="bram", week=1), ["k3"]),
        (LogFilter(member="carl"), []),
    ],
    ids=str,
)
async def test_the_log_can_be_narrowed(scene: Scene, which: LogFilter, found: list[str]) -> None:
    await fill(scene)
    assert ids(await read(scene.store, which=which)) == found
    assert ids(await read_all(scene.store, which, audit_id="all")) == found


async def test_the_log_can_be_narrowed_to_what_members_wrote_and_the_coach_may_read(scene: Scene) -> None:
    """What coaches wrote, what is kept back or gone, and an answer to another coach do not count."""
    await fill(scene)
    await scene.add(
        a_coach("dora"),
        a_member("dora"),
        a_reply("hers", author="dora", kind=ReplyKind.COACH, week=7),
        a_reply("answer", answers="hers", item="tea", week=8),
        a_reply("kept", scope=Scope.PRIVATE, week=9),
        a_commitment("gone", first="", second="", week=10),
        a_reply("blank", text="", week=11),
    )
    of_all = LogChoices(people={"anna": "Anna", "bram": "Bram"}, items={"ask", "map"}, weeks={1, 3})
    assert await scene.store.log_choices("w", "carl", "c") == of_all
    assert await scene.store.log_choices("w", "dora", "c") == replace(
        of_all, items={"ask", "map", "tea"}, weeks={1, 3, 8}
    )
    for reader, cohort in (("anna", "c"), ("carl", "c2"), ("nobody", "c")):
        assert await scene.store.log_choices("w", reader, cohort) == LogChoices(people={}, items=set(), weeks=set())


async def test_an_answer_comes_with_the_word_it_answers(scene: Scene) -> None:
    gone = a_reply("gone", author="carl", kind=ReplyKind.COACH, text=None, deleted_at=at(1))
    await scene.add(a_reply("word", author="carl", kind=ReplyKind.COACH), gone)
    await scene.add(*(a_reply(f"to-{word}", answers=word) for word in ("word", "gone")))
    words = {entry.id: entry.word for entry in await read(scene.store)}
    assert words == {"word": None, "to-word": "words of word", "to-gone": None}


async def test_pages_join_without_a_gap_or_a_double(scene: Scene) -> None:
    """Also where one page ends in the middle of one moment."""
    await scene.add(*(a_reply(f"r{number}", received_at=at(number // 4)) for number in range(11)))
    await scene.add(*(a_commitment(f"k{number}", made_at=at(number // 2)) for number in range(4)))
    whole = ids(await read(scene.store))
    paged: list[str] = []
    before = None
    while page := await read(scene.store, before=before, limit=4, audit_id=f"page-{len(paged)}"):
        paged += ids(page)
        before = (page[-1].at, page[-1].id)
    assert paged == whole
    assert len(whole) == 15


@pytest.mark.parametrize("state", [CoachState.INVITED, CoachState.DECLINED])
async def test_who_has_not_accepted_reads_nothing(scene: Scene, state: CoachState) -> None:
    await fill(scene)
    await scene.add(a_coach("anna", state=state), a_cohort("c2"), a_coach("anna", id="c2-anna", cohort="c2"))
    assert await read(scene.store, "anna") == []
    assert await read(scene.store, "bram") == []
    assert await read(scene.store, "nobody") == []
    assert await read(scene.store, "carl", "c2") == []
    assert audit_of(scene.store, "anna") == []


async def test_narrowing_works_at_once(scene: Scene) -> None:
    await fill(scene)
    reply = await scene.store.reply("w", "r1")
    assert reply is not None
    await scene.add(replace(reply, scope=Scope.PRIVATE))
    assert "r1" not in ids(await read(scene.store))


async def test_every_look_leaves_one_row_for_each_person_seen(scene: Scene) -> None:
    await fill(scene)
    await read(scene.store)
    await read(scene.store, which=LogFilter(member="bram"), audit_id="second")
    [anna] = audit_of(scene.store, "anna")
    assert (anna.actor, anna.cohort, anna.action, anna.count, anna.at) == ("carl", "c", Action.READ, 4, at(60))
    assert anna.workspace == "w"
    assert anna.id.startswith("look")
    assert [entry.count for entry in audit_of(scene.store, "bram")] == [2, 2]


async def test_the_operators_look_is_noted_too(scene: Scene) -> None:
    await scene.add(a_cohort("c2"), an_enrollment("anna", id="run2", cohort="c2", state=EnrollmentState.LEFT))
    await scene.add(
        a_reply("r1", received_at=at(1)),
        a_reply("r2", received_at=at(2), cohort="c2", enrollment="run2"),
        a_reply("r3", received_at=at(3), scope=Scope.PRIVATE),
    )
    assert ids(await read_all(scene.store)) == ["r2", "r1"]
    [entry] = audit_of(scene.store, "anna")
    assert (entry.actor, entry.cohort, entry.count) == ("operator", None, 2)


async def test_what_cannot_be_noted_is_not_read(scene: Scene, file: Path) -> None:
    await fill(scene)
    await read(scene.store)
    with pytest.raises(StoreError, match=r"audit\.id"):
        await read_all(scene.store)  # the stem was used before, by another reader
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT count(*) FROM audit").fetchone() == (2,)
    connection.close()


async def test_a_look_that_is_repeated_is_noted_once_and_again_when_it_shows_more(scene: Scene) -> None:
    await fill(scene)
    assert await read(scene.store) == await read(scene.store)
    assert [entry.count for entry in audit_of(scene.store, "anna")] == [4]
    await scene.add(a_reply("r6", received_at=at(10)))
    assert ids(await read(scene.store))[0] == "r6"
    assert [entry.count for entry in audit_of(scene.store, "anna")] == [5, 4]
    assert [entry.count for entry in audit_of(scene.store, "bram")] == [2]


PEOPLE = ("anna", "bram", "carl")
LINES = st.tuples(
    st.sampled_from(PEOPLE[:2]),  # whose log
    st.sampled_from(PEOPLE),  # who wrote
    st.sampled_from(Scope),
    st.booleans(),  # deleted
    st.booleans(),  # a plan
)


@settings(max_examples=25, deadline=None)
@given(
    lines=st.lists(LINES, max_size=12),
    coaches=st.dictionaries(st.sampled_from(PEOPLE[:2]), st.sampled_from(CoachState)),
    member=st.sampled_from([None, *PEOPLE]),
)
async def test_a_private_word_is_shown_to_no_reader(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[tuple[str, str, Scope, bool, bool]],
    coaches: dict[str, CoachState],
    member: str | None,
) -> None:
    """Whoever wrote what for whom, and whoever reads: shared lines are shown, all of them, and nothing else."""
    store = open_store(tmp_path_factory.mktemp("scopes") / "pitstop.db")
    await store.save(*cast(), *(a_coach(name, state=state) for name, state in coaches.items()))
    shared = set()
    for number, (whose, author, scope, deleted, is_plan) in enumerate(lines):
        if is_plan:
            await store.save(a_commitment(f"{number}", whose, scope=scope, first=f"secret {scope}"))
        else:
            text = None if deleted else f"secret {scope}"
            gone = T0 if deleted else None
            await store.save(a_reply(f"{number}", whose, author=author, scope=scope, text=text, deleted_at=gone))
        if scope is not Scope.PRIVATE and (is_plan or not deleted) and member in (None, whose):
            shared.add(f"{number}")
    which = LogFilter(member=member)
    for reader in (*PEOPLE, "operator"):
        is_coach = reader == "carl" or coaches.get(reader) is CoachState.ACTIVE
        seen = (
            await read_all(store, which, audit_id=reader)
            if reader == "operator"
            else await read(store, reader, which=which, audit_id=reader)
        )
        assert {entry.id for entry in seen} == (shared if is_coach or reader == "operator" else set())
        assert not any(entry.scope is Scope.PRIVATE or "private" in entry.text for entry in seen)
    await store.close()


async def test_posts_never_stand_in_the_log(scene: Scene) -> None:
    await scene.add(a_nudge("post", None))
    assert await read(scene.store) == []


async def test_what_a_coach_may_read_again_is_what_the_log_shows_and_leaves_no_trace(scene: Scene) -> None:
    await fill(scene)
    every = ["r1", "r2", "r3", "r4", "r5", "word", "k1", "k2", "k3", "c", "nothing"]
    shown = {entry.id: entry.text for entry in await read(scene.store)}
    looks = len(audit_of(scene.store, "anna"))
    assert await scene.store.readable("w", "carl", "c", every) == shown
    assert await scene.store.readable("w", "carl", "c", ["k1"]) == {"k1": shown["k1"]}
    assert await scene.store.readable("w", "carl", "c", []) == {}
    assert await scene.store.readable("w", "anna", "c", every) is None
    assert await scene.store.readable("w", "carl", "other", every) is None
    assert len(audit_of(scene.store, "anna")) == looks
