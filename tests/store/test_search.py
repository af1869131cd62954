"""Looking through the log: what is found, how far it was looked, and what is noted."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.coaching.records.audit import Action
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.reply import ReplyKind, Scope
from bot.store.port.readers import FoundLines, LogEntry, LogFilter
from bot.store.sqlite.search import AT_ONCE
from tests.store.scene import T0, Scene, a_coach, a_commitment, a_member, a_reply, at
from tests.stored import audit_of

LATE = at(100_000)
EVERYTHING = LogFilter()


async def search(
    scene: Scene,
    is_wanted: Callable[[LogEntry], bool] = lambda _: True,
    *,
    reader: str = "carl",
    cohort: str = "c",
    which: LogFilter = EVERYTHING,
    before: tuple[datetime, str] | None = None,
    limit: int = 50,
    most: int = 1000,
    audit_id: str = "search",
) -> FoundLines:
    return await scene.store.search_log(
        "w",
        reader,
        cohort,
        which,
        before=before,
        limit=limit,
        most=most,
        at=LATE,
        audit_id=audit_id,
        is_wanted=is_wanted,
    )


def ids(found: FoundLines) -> list[str]:
    return [each.id for each in found.entries]


def looks(scene: Scene, subject: str = "anna") -> list[tuple[Action, int, tuple[str, ...]]]:
    return [(each.action, each.count, tuple(text.id for text in each.seen)) for each in audit_of(scene.store, subject)]


async def test_only_what_is_wanted_is_found_and_noted(scene: Scene) -> None:
    await scene.add(
        a_reply("r1", received_at=at(1), text="a needle"),
        a_reply("r2", received_at=at(2), text="hay"),
        a_reply("r3", received_at=at(3), text="a needle apart", scope=Scope.PRIVATE),
        a_reply("r4", "bram", received_at=at(4), text="more hay"),
        a_commitment("k1", made_at=at(5), first="a needle"),
    )
    asked: list[str] = []

    def is_wanted(entry: LogEntry) -> bool:
        asked.append(entry.id)
        return "needle" in entry.text

    found = await search(scene, is_wanted)
    assert (ids(found), found.until) == (["k1", "r1"], None)
    assert asked == ["k1", "r4", "r2", "r1"], "what may not be read is never looked at"
    assert looks(scene) == [(Action.SEARCH, 2, ("k1", "r1"))]
    assert looks(scene, "bram") == [], "who was looked at and not shown is not told of a look"
    assert ids(await search(scene, is_wanted)) == ["k1", "r1"]
    assert len(looks(scene)) == 1, "the same look once more is the same"
    assert await scene.store.looked_before("w", "carl", "c", "-") is None, "to search is not to have read the log"


async def test_it_stops_at_so_many_found_and_goes_on_from_there(scene: Scene) -> None:
    await scene.add(*(a_reply(f"r{number}", received_at=at(number)) for number in range(1, 8)))
    first = await search(scene, limit=3)
    assert (ids(first), first.until) == (["r7", "r6", "r5"], (at(5), "r5"))
    second = await search(scene, limit=3, before=first.until, audit_id="second")
    assert ids(second) == ["r4", "r3", "r2"]
    last = await search(scene, limit=3, before=second.until, audit_id="last")
    assert (ids(last), last.until) == (["r1"], None)


@pytest.mark.parametrize(
    ("most", "until"),
    [(1, "r7"), (3, "r5"), (6, "r2"), (7, "r1"), (8, "hers"), (9, None)],
)
async def test_it_looks_at_so_many_lines_and_says_how_far(scene: Scene, most: int, until: str | None) -> None:
    """Lines that may not be read do not count, and no place is ever one of theirs."""
    await scene.add(*(a_reply(f"r{number}", received_at=at(number)) for number in range(1, 8)))
    await scene.add(a_coach("dora"), a_member("dora"), a_reply("hers", author="dora", kind=ReplyKind.COACH))
    hidden = [a_reply(f"x{number}", received_at=at(number), answers="hers") for number in range(8)]
    await scene.add(*hidden)
    found = await search(scene, lambda _: False, most=most)
    assert ids(found) == []
    assert (found.until and found.until[1]) == until
    assert looks(scene) == []


async def test_many_lines_are_read_in_parts_without_gap_or_double(scene: Scene) -> None:
    count = 2 * AT_ONCE + 7
    lines = [a_reply(f"r{number:04}", received_at=T0 + timedelta(seconds=number // 3)) for number in range(count)]
    await scene.add(*lines)
    seen: list[str] = []
    found = await search(scene, lambda entry: seen.append(entry.id) or entry.id == "r0000")
    assert (ids(found), found.until) == (["r0000"], None)
    assert len(seen) == len(set(seen)) == count


@pytest.mark.parametrize(("reader", "cohort"), [("anna", "c"), ("nobody", "c"), ("carl", "other"), ("dora", "c")])
async def test_who_may_not_open_the_log_finds_nothing(scene: Scene, reader: str, cohort: str) -> None:
    await scene.add(a_reply("r1"), a_member("dora"), a_coach("dora", state=CoachState.DECLINED))
    found = await search(scene, reader=reader, cohort=cohort)
    assert (ids(found), found.until) == ([], None)
    assert looks(scene) == []


def a_week() -> list[object]:
    """Return lines of two people under a message each, and what their coach wrote between them."""
    return [
        a_reply("r1", received_at=at(1)),
        a_reply("b1", "bram", received_at=at(1)),
        a_reply("word", received_at=at(2), author="carl", kind=ReplyKind.COACH),
        a_reply("gone", "bram", received_at=at(2), author="carl", kind=ReplyKind.COACH, text=None, deleted_at=at(3)),
        a_reply("r2", received_at=at(3), answers="word"),
        a_commitment("k1", made_at=at(1)),
        a_commitment("k2", made_at=at(4), kind=CommitmentKind.TRANSFER),
        a_reply("d1", received_at=at(5), kind=ReplyKind.DEBRIEF, question=1),
    ]


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (LogFilter(people=("anna", "bram")), ["d1", "k2", "r2", "word", "r1", "k1", "b1"]),
        (LogFilter(people=("bram", "nobody")), ["b1"]),
        (LogFilter(kinds=("typed",)), ["r1", "b1"]),
        (LogFilter(kinds=("answer",)), ["r2"]),
        (LogFilter(kinds=("plan", "transfer", "coach")), ["k2", "word", "k1"]),
        (LogFilter(kinds=("debrief", "held")), ["d1"]),
        (LogFilter(kinds=("' OR 1=1 --", "%")), []),
        # the answer came after r1 and k1, before r2; bram's was taken back
        (LogFilter(is_unanswered=True), ["d1", "k2", "r2", "b1"]),
        (LogFilter(is_unanswered=True, people=("anna",), kinds=("typed", "plan")), []),
        (LogFilter(is_unanswered=True, kinds=("coach",)), []),
        (LogFilter(week=1, item="ask", kinds=("debrief",), people=("anna",), is_unanswered=True), ["d1"]),
    ],
    ids=str,
)
async def test_all_that_narrows_the_log_goes_together(scene: Scene, which: LogFilter, found: list[str]) -> None:
    await scene.add(*a_week())
    assert ids(await search(scene, which=which)) == found
    read = await scene.store.read_log("w", "carl", "c", which, before=None, limit=50, at=LATE, audit_id="read")
    assert [each.id for each in read] == found, "what is looked through is what is shown"
