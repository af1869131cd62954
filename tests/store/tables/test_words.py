"""What people promised and said, as they and their team find it again."""

from dataclasses import replace
from typing import Any

from bot.coaching.records.cohort import CoachState, CohortState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.pulse import Wave
from bot.coaching.records.reply import ReplyKind, Scope
from bot.store.port.shown import ShownNudge
from bot.store.port.words import NOWHERE
from tests.statements import counted
from tests.store.scene import (
    T0,
    Scene,
    a_coach,
    a_cohort,
    a_commitment,
    a_nudge,
    a_pulse,
    a_reflection,
    a_reply,
    at,
)

GONE = {"text": None, "deleted_at": at(9)}


def ids(records: Any) -> list[str]:
    return [record.id for record in records]


async def test_commitments_come_newest_first(scene: Scene) -> None:
    await scene.add(
        a_nudge("n2"),
        a_commitment("k1"),
        a_commitment("k2"),
        a_commitment("k3", nudge="n2", made_at=at(-1)),
        a_commitment("k4", "bram"),
    )
    around = await scene.store.around_member("w", "anna")
    assert ids(around.promises) == ["k2", "k1", "k3"]
    assert around.promises[1] == a_commitment("k1", version=1)


async def test_a_reply_is_found_by_what_it_was_said_as_even_when_deleted(scene: Scene) -> None:
    deleted = a_reply("r", source="D1/1.1", **GONE)
    await scene.add(deleted)
    assert await scene.store.reply_from("w", "D1/1.1") == replace(deleted, version=1)
    assert await scene.store.reply_from("w2", "D1/1.1") is None
    assert await scene.store.reply("w", "r") == replace(deleted, version=1)


async def test_replies_to_a_nudge_stand_oldest_first(scene: Scene) -> None:
    await scene.add(
        a_reply("r1"),
        a_reply("r2"),
        a_reply("r0", received_at=at(-1)),
        a_reply("gone", **GONE),
        a_reply("word", author="carl", kind=ReplyKind.COACH, received_at=at(1)),
        a_reply("other", "bram"),
    )
    line = await scene.store.around_line("w", "r1", reader="carl", at=at(9))
    assert line is not None
    assert ids(line.said) == ["r0", "r1", "r2", "word"]


async def test_own_replies_are_those_the_person_wrote(scene: Scene) -> None:
    await scene.add(
        a_reply("r1"),
        a_reply("r2", kind=ReplyKind.DEBRIEF, received_at=at(1)),
        a_reply("gone", **GONE),
        a_reply("word", author="carl", kind=ReplyKind.COACH),
        a_reply("mine-to-bram", "bram", author="anna", kind=ReplyKind.COACH),
    )
    assert ids(await scene.store.replies_of("w", "anna", limit=9)) == ["r2", "r1"]
    assert ids(await scene.store.replies_of("w", "anna", limit=1)) == ["r2"]
    assert ids(await scene.store.replies_of("w", "anna", limit=9, kinds=[ReplyKind.TYPED])) == ["r1"]
    assert ids(await scene.store.replies_of("w", "anna", limit=9, kinds=tuple(ReplyKind))) == ["r2", "r1"]


async def test_a_span_holds_its_first_moment_and_not_its_last(scene: Scene) -> None:
    shared = {"shared_at": at(8)}
    await scene.add(
        a_reply("before", received_at=at(-0.01), **shared),
        a_reply("first", **shared),
        a_reply("mine", received_at=at(5)),
        a_reply("private", received_at=at(6), scope=Scope.PRIVATE),
        a_reply("gone", received_at=at(7), deleted_at=at(9), text=None, **shared),
        a_reply("last", received_at=at(10), **shared),
        a_reply("hers", "bram", received_at=at(3), **shared),
    )
    assert ids(await scene.store.replies_between("w", "anna", T0, at(10))) == ["first", "mine", "private"]
    assert ids(await scene.store.replies_shared("w", "c")) == ["before", "first", "last", "hers"]
    assert await scene.store.replies_shared("w", "c2") == []


async def test_commitments_are_found_by_when_they_were_made_and_by_whether_they_are_shared(scene: Scene) -> None:
    await scene.add(
        a_commitment("before", made_at=at(-0.01), shared_at=at(9)),
        a_commitment("first", made_at=T0),
        a_commitment("day-only", made_at=at(2), first="", second="", shared_at=at(9)),
        a_commitment("last", made_at=at(10), shared_at=at(8)),
        a_commitment("hers", "bram", made_at=at(3)),
    )
    assert ids(await scene.store.commitments_between("w", "anna", T0, at(10))) == ["first"]
    assert ids(await scene.store.commitments_shared("w", "c")) == ["last", "before"]


async def test_own_words_come_newest_first_and_page_by_page(scene: Scene) -> None:
    await scene.add(
        a_reply("r1", received_at=at(1)),
        a_commitment("k2", made_at=at(2)),
        a_reply("r3", received_at=at(3), scope=Scope.PRIVATE),
        a_commitment("k3", made_at=at(3)),
        a_reply("gone", received_at=at(4), **GONE),
        a_commitment("empty", made_at=at(4), first="", second=""),
        a_reply("hers", "bram", received_at=at(4)),
        a_reply("word", author="carl", kind=ReplyKind.COACH, received_at=at(4)),
    )
    async with counted(scene.store) as statements:
        first = await scene.store.around_page("w", "U-anna", before=None, limit=2)
    assert len(statements) <= 12, statements
    assert first.member is not None
    assert (first.member.id, ids(first.words)) == ("anna", ["r3", "k3"])
    below = await scene.store.around_page("w", "U-anna", before=(at(3), "k3"), limit=9)
    assert ids(below.words) == ["k2", "r1"]
    stranger = await scene.store.around_page("w", "U-nobody", before=None, limit=2)
    assert (stranger.member, stranger.words, stranger.places) == (None, (), NOWHERE)
    assert ids(await scene.store.words_with("w", ["k2", "gone", "r1", "nobody", "k2", "empty"])) == ["k2", "r1"]


async def test_replies_come_in_the_order_asked_for_without_the_deleted(scene: Scene) -> None:
    await scene.add(a_reply("r1"), a_reply("r2"), a_reply("r3", **GONE))
    assert ids(await scene.store.words_with("w", ["r2", "none", "r3", "r1"])) == ["r2", "r1"]
    assert await scene.store.words_with("w", []) == []


async def test_a_reflection_is_found_by_its_message(scene: Scene) -> None:
    await scene.add(a_reflection("f1"), a_reflection("f2", None, nudge="post", shared=("r1",)))
    assert await scene.store.reflection_for("w", "post") == a_reflection(
        "f2", None, nudge="post", shared=("r1",), version=1
    )
    assert await scene.store.reflection_for("w", "n-bram") is None


def a_share(name: str, under: str, **changes: Any) -> Nudge:
    """Return a post of a thread."""
    return a_nudge(name, None, kind=Kind.TEAM_SHARE, subject=under, **changes)


async def test_the_posts_that_hold_words_come_with_what_they_were_made_from_and_stand_under(scene: Scene) -> None:
    """By due time; a post that never came and one without the post above it are returned too."""
    parent = a_nudge("monday", None, kind=Kind.TEAM_REFLECTION)
    await scene.add(
        parent,
        a_share("s1", "monday", due_at=at(2), state=NudgeState.EXPIRED),
        a_share("s0", "gone", due_at=at(1)),
        a_share("other", "tuesday"),
        a_share("empty", "nothing"),
        a_reply("r1"),
        a_commitment("k1"),
        a_reflection("older", None, nudge="monday", shared=(), made_at=at(-5)),
        a_reflection("made", None, nudge="monday", shared=("x", "r1")),
        a_reflection("made-gone", None, nudge="gone", shared=("k1",)),
        a_reflection("made-other", None, nudge="tuesday", shared=("r2",)),
    )
    words = await scene.store.words_with("w", ["r1", "k1"])
    found = await scene.store.shares_with("w", words)
    assert [(each.post.id, each.made.id, each.under.id if each.under else None) for each in found] == [
        ("s0", "made-gone", None),
        ("s1", "made", "monday"),
    ]
    assert await scene.store.shares_with("w", []) == ()


async def test_what_stands_beside_words_is_read_for_all_of_them_at_once(scene: Scene) -> None:
    """The next post of an active cohort alone, and a coach's name as long as they coach it."""
    await scene.add(
        a_cohort("c2"),
        a_cohort("c3", channel="C-c", state=CohortState.ENDED),
        *(
            a_nudge(f"{cohort}-{day}", None, cohort=cohort, kind=Kind.TEAM_REFLECTION, due_at=at(day))
            for cohort in ("c", "c3")
            for day in (2, 1)
        ),
        a_coach("bram", state=CoachState.DECLINED),
        *(a_reply(f"word-{who}", author=who, kind=ReplyKind.COACH) for who in ("carl", "bram")),
        a_share("s", "monday"),
        a_reflection("made", None, nudge="monday", shared=("let-in",)),
    )
    await scene.add(
        a_reply("let-in", shared_at=at(1)),
        *(a_reply(f"in-{cohort}", cohort=cohort) for cohort in ("c2", "c3")),
        *(a_reply(f"to-{who}", answers=f"word-{who}") for who in ("carl", "bram")),
    )
    found = (await scene.store.around_page("w", "U-anna", before=None, limit=9)).places
    assert [share.post.id for share in found.shares] == ["s"]
    assert {cohort: post.id for cohort, post in found.next_posts.items()} == {"c": "c-1"}
    assert found.coaches == {"word-carl": "Carl"}


async def test_private_words_stand_nowhere(scene: Scene) -> None:
    await scene.add(a_reply("kept", scope=Scope.PRIVATE), a_nudge("monday", None, kind=Kind.TEAM_REFLECTION))
    alone = (await scene.store.around_page("w", "U-anna", before=None, limit=9)).places
    assert replace(alone, readers={}) == NOWHERE  # who reads in the run is told in any case


async def test_the_pulse_is_read_by_run(scene: Scene) -> None:
    after = {"wave": Wave.AFTER}
    await scene.add(
        a_pulse("promise"), a_pulse("promise", id="again", **after), a_pulse("overall", "bram"), a_pulse("matters")
    )
    await scene.add(a_nudge("closing", kind=Kind.CLOSING))
    shown = await scene.store.shown("w", "closing")
    assert isinstance(shown, ShownNudge)
    assert ids(shown.pulse) == ["anna-matters", "anna-promise", "again"]
