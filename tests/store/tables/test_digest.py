"""What a coach's weekly digest is made of."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.coaching.records.cohort import CoachState, CohortState
from bot.coaching.records.commitment import CommitmentState
from bot.coaching.records.member import DigestTime
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.reply import ReplyKind, Scope
from bot.store.port.shown import ShownDigest
from tests.statements import counted
from tests.store.scene import (
    Scene,
    a_coach,
    a_cohort,
    a_commitment,
    a_member,
    a_nudge,
    a_reflection,
    a_reply,
    an_enrollment,
    at,
)

CHANNEL: dict[str, Any] = {"enrollment": None, "item": None}
DIGEST = a_nudge("d", "carl", kind=Kind.COACH_DIGEST, prompt="coach/digest", local_date=date(2026, 1, 9), **CHANNEL)
NOW = at(100)


async def made(scene: Scene) -> ShownDigest:
    """Return carl's digest as it would be made now."""
    async with counted(scene.store) as statements:
        found = await scene.store.digest_made(DIGEST, NOW)
    assert len(statements) <= 12, statements  # three of them for what the coach may read
    return found


def ids(found: Any) -> list[str]:
    return [record.id for record, _ in found]


async def test_it_tells_what_the_log_would_show_and_is_new(scene: Scene) -> None:
    await scene.add(
        replace(DIGEST, id="before", occurrence="before", state=NudgeState.SENT, sent_at=at(10)),
        replace(DIGEST, id="lost", occurrence="lost", state=NudgeState.EXPIRED),
        a_reflection("m1", nudge="before", member="carl", made_at=at(10)),
        a_reflection("m2", nudge="lost", member="carl", made_at=at(30)),
        a_reply("word", author="carl", kind=ReplyKind.COACH, received_at=at(11)),
        a_reply("others", author="bram", kind=ReplyKind.COACH, received_at=at(11)),
        a_reply("told", received_at=at(9)),
        a_reply("new", received_at=at(20)),
        a_reply("hers", "bram", received_at=at(21)),
        a_reply("answer", answers="word", received_at=at(22)),
        a_reply("not-for-carl", answers="others", received_at=at(22)),
        a_reply("private", scope=Scope.PRIVATE, received_at=at(23)),
        a_reply("gone", text=None, deleted_at=at(24), received_at=at(23)),
        a_reply("later", received_at=at(101)),
    )
    found = await made(scene)
    assert found.since == at(10)  # one that never came told nobody
    assert ids(found.replies) == ["new", "hers", "answer"]
    assert [person.id for _, person in found.replies] == ["anna", "bram", "anna"]


async def test_promises_are_those_that_are_new_and_those_whose_day_comes(scene: Scene) -> None:
    await scene.add(
        replace(DIGEST, id="before", occurrence="before", state=NudgeState.SENT, sent_at=at(10)),
        a_reflection("m1", nudge="before", member="carl", made_at=at(10)),
        a_commitment("new", made_at=at(20), due_on=date(2026, 3, 1)),
        a_commitment("due", due_on=date(2026, 1, 15)),
        a_commitment("moved", due_on=date(2026, 1, 9), state=CommitmentState.MOVED),
        a_commitment("far", due_on=date(2026, 1, 16)),
        a_commitment("past", due_on=date(2026, 1, 8)),
        a_commitment("done", due_on=date(2026, 1, 12), state=CommitmentState.DONE),
        a_commitment("private", made_at=at(20), scope=Scope.PRIVATE),
        a_commitment("day-only", made_at=at(20), first="", second=""),
    )
    assert ids((await made(scene)).promises) == ["moved", "due", "new"]


async def test_nothing_of_before_the_yes_of_themselves_or_of_a_team_that_is_not_theirs(scene: Scene) -> None:
    role = await scene.store.coach("w", "c", "carl")
    assert role is not None
    await scene.add(
        replace(role, answered_at=at(15)),
        a_cohort("other"),
        a_coach("anna", id="not-carl", cohort="other"),
        an_enrollment("carl"),
        a_reply("before", received_at=at(14)),
        a_commitment("plan", made_at=at(14)),
        a_reply("since", received_at=at(16)),
        a_reply("own", "carl", nudge="n-anna", received_at=at(16)),
        a_reply("elsewhere", cohort="other", received_at=at(16)),
    )
    found = await made(scene)
    assert (ids(found.replies), ids(found.promises), [each.id for each in found.coached]) == (["since"], [], ["c"])


async def test_the_post_that_follows_each_team(scene: Scene) -> None:
    await scene.add(
        a_nudge("last", None, kind=Kind.TEAM_REFLECTION, due_at=at(99), **CHANNEL),
        a_nudge("next", None, kind=Kind.TEAM_REFLECTION, due_at=at(200), **CHANNEL),
        a_nudge("after", None, kind=Kind.TEAM_REFLECTION, due_at=at(300), **CHANNEL),
    )
    assert {cohort: post.id for cohort, post in (await made(scene)).posts.items()} == {"c": "next"}
    cohort = await scene.store.cohort("w", "c")
    assert cohort is not None
    await scene.add(replace(cohort, state=CohortState.ENDED))
    assert (await made(scene)).posts == {}


async def test_it_is_shown_as_it_was_made_without_what_is_not_the_coachs_any_more(scene: Scene) -> None:
    await scene.add(
        DIGEST,
        a_reflection("m", nudge="d", member="carl", made_at=NOW, shared=("stays", "goes")),
        a_reply("stays", received_at=at(20)),
        a_reply("goes", received_at=at(20)),
        a_reply("later", received_at=at(101)),
    )
    goes = await scene.store.reply("w", "goes")
    assert goes is not None
    await scene.add(replace(goes, scope=Scope.PRIVATE))
    found = await scene.store.shown("w", "d")
    assert isinstance(found, ShownDigest)
    assert ids(found.replies) == ["stays"]
    role = await scene.store.coach("w", "c", "carl")
    assert role is not None
    await scene.add(replace(role, state=CoachState.DECLINED))
    found = await scene.store.shown("w", "d")
    assert isinstance(found, ShownDigest)
    assert (found.replies, found.coached) == ([], [])


async def test_the_next_one_is_known_with_its_coach(scene: Scene) -> None:
    carl = await scene.store.member("w", "carl")
    assert carl is not None
    await scene.add(DIGEST, replace(DIGEST, id="old", occurrence="old", state=NudgeState.SENT, sent_at=at(1)))
    assert (await scene.store.around_member("w", "carl")).digest is None  # coached before there was one
    await scene.add(replace(carl, digest=DigestTime(day=4)))
    around = await scene.store.around_member("w", "carl")
    assert around.digest is not None
    assert around.digest.id == "d"
    assert around.member == replace(carl, digest=DigestTime(day=4), version=carl.version + 1)


async def test_to_who_coaches_nobody_it_is_unwanted_at_the_last_moment(scene: Scene) -> None:
    await scene.add(replace(DIGEST, state=NudgeState.SENDING, fence=1))
    row = await scene.store.nudge("w", "d")
    assert row is not None
    assert await scene.store.unwanted(row) is None
    role = await scene.store.coach("w", "c", "carl")
    assert role is not None
    await scene.add(replace(role, state=CoachState.DECLINED), a_member("dora"))
    assert await scene.store.unwanted(row) == "left"
