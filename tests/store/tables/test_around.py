"""What is decided by is read in one go: how much that is does not depend on how much there is."""

from dataclasses import replace

import pytest

from bot.coaching.records.cohort import CohortState
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.reply import Reply, ReplyKind
from bot.coaching.records.screen import ScreenKind
from tests.statements import counted
from tests.store.scene import Scene, a_commitment, a_nudge, a_reflection, a_reply, a_screen, at


async def begun(scene: Scene) -> None:
    """Give anna a run with all that belongs to one, and bram the like."""
    for name in ("anna", "bram"):
        await scene.add(
            a_nudge(f"next-{name}", name, due_at=at(60)),
            a_commitment(f"old-{name}", name),
            a_commitment(f"new-{name}", name, made_at=at(1)),
            a_reply(f"typed-{name}", name),
            a_reply(f"second-{name}", name, kind=ReplyKind.DEBRIEF, received_at=at(2)),
            a_reply(f"first-{name}", name, kind=ReplyKind.DEBRIEF, received_at=at(1)),
            a_reply(f"gone-{name}", name, kind=ReplyKind.DEBRIEF, text=None, deleted_at=at(3)),
        )


async def test_a_nudge_is_read_with_its_run(scene: Scene) -> None:
    await begun(scene)
    async with counted(scene.store) as statements:
        found = await scene.store.around_nudge("w", "n-anna")
    assert len(statements) == 6, statements
    assert found is not None
    assert (found.nudge.id, found.enrollment.id, found.member.id, found.cohort.id) == (
        "n-anna",
        "run-anna",
        "anna",
        "c",
    )
    assert [row.id for row in found.agenda] == ["n-anna", "next-anna"]
    assert [each.id for each in found.promises] == ["new-anna", "old-anna"]
    assert [each.id for each in found.answers] == ["first-anna", "second-anna"]
    assert await scene.store.around_nudge("w", "nobody") is None


async def test_a_coachs_word_is_read_with_what_was_answered(scene: Scene) -> None:
    word = a_nudge("w-anna", kind=Kind.COACH_WORD, prompt="coach/word", subject="said")
    answers = [a_reply(name, answers="said", received_at=at(place)) for place, name in enumerate(("told", "untold"))]
    told = a_nudge("heard", "carl", enrollment=None, kind=Kind.COACH_HEARD, prompt="coach/heard", subject="told")
    await scene.add(a_reply("said", author="carl", kind=ReplyKind.COACH), word, *answers, told)
    async with counted(scene.store) as statements:
        found = await scene.store.around_word("w", "w-anna")
    assert len(statements) == 8, statements
    assert found is not None
    assert found.word is not None
    assert found.about is not None
    assert found.author is not None
    assert found.role is not None
    assert (found.word.id, found.about.id, found.author.id, found.role.id) == ("said", "n-anna", "carl", "coach-carl")
    assert {reply.id: row.id if row else None for reply, row in found.answered} == {"told": "heard", "untold": None}


async def test_a_word_that_is_not_there(scene: Scene) -> None:
    assert await scene.store.around_word("w", "nobody") is None
    found = await scene.store.around_word("w", "n-anna")
    assert found is not None
    assert (found.word, found.about, found.author, found.role, list(found.answered)) == (None, None, None, None, [])


async def test_a_look_back_is_read_with_its_words(scene: Scene) -> None:
    look = a_nudge("look", kind=Kind.REFLECTION, prompt="reflection/own", item=None)
    gone = a_reply("gone", text=None, deleted_at=at(3))
    await scene.add(
        a_reply("said"), a_reply("later"), gone, a_commitment("plan"), a_commitment("day", first="", second="")
    )
    await scene.add(
        look,
        a_reflection("older", nudge="look", shared=("later",)),
        a_reflection("made", nudge="look", made_at=at(1), shared=("plan", "gone", "said", "day", "nothing")),
    )
    async with counted(scene.store) as statements:
        found = await scene.store.around_look("w", "look")
    assert len(statements) == 9, statements
    assert found is not None
    assert [each.id for each in found.words] == ["plan", "said"]
    assert await scene.store.around_look("w", "nobody") is None
    other = await scene.store.around_look("w", "n-anna")
    assert other is not None
    assert list(other.words) == []


@pytest.mark.parametrize("words", [a_reply("x"), a_commitment("x"), a_reply("x", text=None, deleted_at=at(3))])
async def test_words_are_read_with_their_run(scene: Scene, words: Reply | Commitment) -> None:
    await begun(scene)
    post = {"enrollment": None, "kind": Kind.TEAM_REFLECTION, "item": None}
    await scene.add(
        words,
        a_nudge("second-post", None, due_at=at(90), **post),
        a_nudge("first-post", None, due_at=at(30), **post),
        a_nudge("sent-post", None, due_at=at(-30), state=NudgeState.SENT, **post),
    )
    async with counted(scene.store) as statements:
        found = await scene.store.around_words("w", "x")
    assert len(statements) == 7, statements
    assert found is not None
    assert (found.words.id, type(found.words)) == ("x", type(words))
    assert (found.nudge.id, found.enrollment.id, found.member.id, found.cohort.id) == (
        "n-anna",
        "run-anna",
        "anna",
        "c",
    )
    assert [row.id for row in found.agenda] == ["n-anna", "next-anna"]
    assert found.next_post is not None
    assert (found.next_post.id, found.is_confirmed) == ("first-post", False)


async def test_whether_words_are_confirmed_and_where_they_would_be_shared(scene: Scene) -> None:
    assert await scene.store.around_words("w", "nothing") is None
    cohort = await scene.store.cohort("w", "c")
    assert cohort is not None
    await scene.add(a_reply("x"), a_screen("x", kind=ScreenKind.RECEIPT), replace(cohort, state=CohortState.ENDED))
    await scene.add(a_nudge("post", None, enrollment=None, kind=Kind.TEAM_REFLECTION, item=None))
    found = await scene.store.around_words("w", "x")
    assert found is not None
    assert (found.next_post, found.is_confirmed) == (None, True)


async def test_somebodys_role_as_a_coach(scene: Scene) -> None:
    async with counted(scene.store) as statements:
        found = await scene.store.around_role("w", "U-carl", "c")
    assert len(statements) == 9, statements
    assert found.role is not None
    assert found.cohort is not None
    assert (found.role.id, found.cohort.id) == ("coach-carl", "c")
    for workspace, person, cohort in (("other", "U-carl", "c"), ("w", "U-anna", "c"), ("w", "U-carl", "d")):
        assert (await scene.store.around_role(workspace, person, cohort)).role is None
