"""Who reads what of others, and the trace of every look."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.records.audit import OPERATOR, Action
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.commitment import Commitment, CommitmentKind
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.reading import Gate, ReadGrant
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.rules.reading import Viewer, deciding, may_look, may_read
from bot.store.port import Store, StoreError
from bot.store.port.readers import ANSWER_KIND, LogChoices, LogEntry, LogFilter
from bot.store.sqlite import open_store
from tests.store.scene import (
    T0,
    Scene,
    a_coach,
    a_cohort,
    a_commitment,
    a_gate,
    a_grant,
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
        (LogFilter(people=("bram",)), ["k3", "r5"]),
        (LogFilter(item="map"), ["r5"]),
        (LogFilter(week=1), ["k3", "k1", "word", "r3", "r1"]),
        (LogFilter(people=("bram",), week=1), ["k3"]),
        (LogFilter(people=("carl",)), []),
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
        *(a_grant(name, "dora") for name in ("anna", "bram")),
        a_reply("hers", author="dora", kind=ReplyKind.COACH, week=7),
        a_reply("answer", answers="hers", item="tea", week=8),
        a_reply("kept", scope=Scope.PRIVATE, week=9),
        a_commitment("gone", first="", second="", week=10),
        a_reply("blank", text="", week=11),
    )
    of_all = LogChoices(
        people={"anna": "Anna", "bram": "Bram"},
        items={"ask", "map"},
        weeks={1, 3},
        kinds={"typed", "debrief", "plan", "transfer"},
    )
    assert await scene.store.log_choices("w", "carl", "c", at(60)) == of_all
    assert await scene.store.log_choices("w", "dora", "c", at(60)) == replace(
        of_all, items={"ask", "map", "tea"}, weeks={1, 3, 8}, kinds={*of_all.kinds, ANSWER_KIND}
    )
    for reader, cohort in (("anna", "c"), ("carl", "c2"), ("nobody", "c")):
        assert await scene.store.log_choices("w", reader, cohort, at(60)) == LogChoices(
            people={}, items=set(), weeks=set(), kinds=set()
        )


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
    await read(scene.store, which=LogFilter(people=("bram",)), audit_id="second")
    [anna] = audit_of(scene.store, "anna")
    assert (anna.actor, anna.cohort, anna.action, anna.count, anna.at) == ("carl", "c", Action.READ, 4, at(60))
    assert anna.workspace == "w"
    assert anna.id.startswith("look")
    assert [entry.count for entry in audit_of(scene.store, "bram")] == [2, 2]


async def test_the_operators_look_is_noted_too(scene: Scene) -> None:
    await scene.add(a_cohort("c2"), an_enrollment("anna", id="run2", cohort="c2", state=EnrollmentState.LEFT))
    await scene.add(a_grant("anna", id="there", cohort="c2"))
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
    st.sampled_from(["", "plan", "held", "answer"]),
    st.integers(0, 4),  # when
)
GRANTS = st.tuples(
    st.sampled_from(PEOPLE),
    st.sampled_from(PEOPLE),
    st.sampled_from(["c", "c2"]),
    st.sampled_from(["", "0", "1"]),
    st.integers(0, 4),  # from when on
    st.booleans(),
    st.sampled_from([None, 3]),  # until when
    st.booleans(),  # ended
)


def lines_of(lines: list[tuple[str, str, Scope, bool, str, int]]) -> Iterator[Reply | Commitment]:
    """Yield what people wrote, as records."""
    for number, (whose, author, scope, deleted, kind, minute) in enumerate(lines):
        name = f"{number}"
        if kind == "plan":
            words = {"first": "", "second": ""} if deleted else {"first": f"secret {scope}"}
            yield a_commitment(name, whose, scope=scope, made_at=at(minute), **words)
            continue
        changes: dict[str, Any] = {"text": None, "deleted_at": T0} if deleted else {"text": f"secret {scope}"}
        if kind == "held":
            changes["kind"] = ReplyKind.HELD
        if kind == "answer":
            changes["answers"] = "word"
        yield a_reply(name, whose, author=author, scope=scope, received_at=at(minute), **changes)


@settings(max_examples=40, deadline=None)
@given(
    lines=st.lists(LINES, max_size=12),
    coaches=st.dictionaries(st.sampled_from(PEOPLE[:2]), st.sampled_from(CoachState)),
    grants=st.lists(GRANTS, max_size=8, unique_by=lambda grant: grant[:4]),
    opened=st.sampled_from([None, 0, 2]),
    member=st.sampled_from([None, *PEOPLE]),
)
async def test_what_is_shown_is_what_the_rule_lets_read_and_all_of_it(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[tuple[str, str, Scope, bool, str, int]],
    coaches: dict[str, CoachState],
    grants: list[tuple[str, str, str, str, int, bool, int | None, bool]],
    opened: int | None,
    member: str | None,
) -> None:
    """Whoever wrote what, granted whom and reads: the log, what may be read again, and the choices say the same."""
    store = open_store(tmp_path_factory.mktemp("scopes") / "pitstop.db")
    given = [
        a_grant(
            of,
            to,
            id=f"{place}",
            cohort=cohort,
            text=text,
            from_at=at(since),
            includes_earlier=earlier,
            until_at=None if until is None else at(until),
            ended_at=at(5) if ended else None,
        )
        for place, (of, to, cohort, text, since, earlier, until, ended) in enumerate(grants)
    ]
    gate = None if opened is None else a_gate(recorded_at=at(opened))
    people = [each for each in cast() if not isinstance(each, Gate | ReadGrant)]
    roles = [a_coach(name, state=state) for name, state in coaches.items()]
    await store.save(*people, a_cohort("c2"), *roles, *given, *([gate] if gate else []))
    word = a_reply("word", author="carl", kind=ReplyKind.COACH, scope=Scope.PRIVATE)
    records = list(lines_of(lines))
    await store.save(word, *records)
    active = {"carl", *(name for name, state in coaches.items() if state is CoachState.ACTIVE)}
    standing = [each for each in given if each.ended_at is None]
    for reader in (*PEOPLE, OPERATOR):
        viewer = Viewer(
            at=at(60),
            person=reader,
            coaches=frozenset({"c"} if reader in active else ()),
            grants=[each for each in standing if reader in (OPERATOR, each.coach)],
            gate=gate,
        )
        may = {
            each.id
            for each in records
            if each.scope is Scope.COACH
            and may_read(viewer, deciding(each, word if isinstance(each, Reply) and each.answers else None, None))
            and (reader == OPERATOR or may_look(viewer, "c"))
        }
        here = {each.id for each in records if member in (None, each.member)}
        which = LogFilter(people=(member,) if member else ())
        if reader == OPERATOR:
            assert {entry.id for entry in await read_all(store, which, audit_id=reader)} == may & here
            continue
        assert {entry.id for entry in await read(store, reader, which=which, audit_id=reader)} == may & here
        again = await store.readable("w", reader, "c", [each.id for each in records], at(60))
        assert set(again or ()) == may
        people_told = {each.member for each in records if each.id in may and _author(each) == each.member}
        assert set((await store.log_choices("w", reader, "c", at(60))).people) == people_told
    await store.close()


def _author(words: Reply | Commitment) -> str:
    return words.author if isinstance(words, Reply) else words.member


async def test_posts_never_stand_in_the_log(scene: Scene) -> None:
    await scene.add(a_nudge("post", None))
    assert await read(scene.store) == []


async def test_what_a_coach_may_read_again_is_what_the_log_shows_and_leaves_no_trace(scene: Scene) -> None:
    await fill(scene)
    every = ["r1", "r2", "r3", "r4", "r5", "word", "k1", "k2", "k3", "c", "nothing"]
    shown = {entry.id: entry.text for entry in await read(scene.store)}
    looks = len(audit_of(scene.store, "anna"))
    assert await scene.store.readable("w", "carl", "c", every, at(60)) == shown
    assert await scene.store.readable("w", "carl", "c", ["k1"], at(60)) == {"k1": shown["k1"]}
    assert await scene.store.readable("w", "carl", "c", [], at(60)) == {}
    assert await scene.store.readable("w", "anna", "c", every, at(60)) is None
    assert await scene.store.readable("w", "carl", "other", every, at(60)) is None
    assert len(audit_of(scene.store, "anna")) == looks
