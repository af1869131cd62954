"""What words that come in are decided by: read in one call, in a fixed number of statements."""

from dataclasses import replace
from typing import Any

import pytest

from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.reply import ReplyKind
from bot.coaching.records.screen import ScreenKind
from bot.store.port.heard import Heard, Typed
from tests.statements import counted
from tests.store.scene import (
    T0,
    Scene,
    a_cohort,
    a_commitment,
    a_member,
    a_nudge,
    a_reply,
    a_screen,
    an_enrollment,
    at,
)

GONE: dict[str, Any] = {"text": None, "deleted_at": at(9)}
SENT = {"state": NudgeState.SENT, "sent_at": T0}


async def heard(scene: Scene, person: str = "U-anna", **typed: Any) -> Heard:
    return await scene.store.heard("w", person, typed=Typed(**{"conversation": "D1", "message": "9"} | typed))


def ids(records: Any) -> list[str]:
    return [each.id for each in records]


async def test_a_person_comes_with_their_runs_and_all_messages_of_them(scene: Scene) -> None:
    older = an_enrollment("anna", id="older", cohort="c0", state=EnrollmentState.LEFT, joined_at=at(-99))
    await scene.add(a_cohort("c0"), older)
    await scene.add(
        a_nudge("later", due_at=at(60)), a_nudge("before", enrollment="older", due_at=at(-90)), a_nudge("post", None)
    )
    found = await scene.store.heard("w", "U-anna")
    assert found.member is not None
    assert found.member.id == "anna"
    assert [(run.id, cohort.id) for run, cohort in found.runs] == [("run-anna", "c"), ("older", "c0")]
    assert ids(found.nudges) == ["before", "n-anna", "later"]
    assert (found.reply, found.near, found.noted, found.ahead, found.answers) == (None, (), set(), set(), None)
    assert await scene.store.heard("w2", "U-anna") == Heard(member=None)
    assert await scene.store.heard("w", "U-nobody") == Heard(member=None)


async def test_words_are_known_by_where_they_stand_and_who_changed_them_by_their_author(scene: Scene) -> None:
    await scene.add(a_reply("r", source="D1/9", **GONE), a_reply("hers", "bram", source="D1/8"))
    found = await heard(scene)
    assert found.reply is not None
    assert found.reply.id == "r"
    other = await heard(scene, "", message="8")
    assert other.member is not None
    assert (other.member.id, ids(other.nudges)) == ("bram", ["n-bram"])
    assert (await heard(scene, "", message="7")).member is None


async def test_words_are_found_by_the_moment_they_were_typed_in_their_conversation(scene: Scene) -> None:
    await scene.add(
        a_reply("early", source="D1/1", said_at=at(-0.01)),
        a_reply("last", source="D1/2", said_at=at(2)),
        a_reply("first", source="D1/3", said_at=T0, **GONE),
        a_reply("late", source="D1/4", said_at=at(2.01)),
        a_reply("longer", source="D11/5", said_at=T0),
        a_reply("shorter", source="D/6", said_at=T0),
        a_reply("unnamed", source="D1/7"),
    )
    assert ids((await heard(scene, said=(T0, at(2)))).near) == ["first", "last"]
    assert (await heard(scene, conversation="D_", said=(T0, at(2)))).near == []
    assert not (await heard(scene)).near


@pytest.mark.parametrize(
    ("first", "last", "ahead"),
    [
        ("a:1", "a:3", {"a:2", "a:2 came"}),
        ("a:2", "a:2", {"a:2"}),
        ("a:2", "a:2 came", {"a:2", "a:2 came"}),
        ("a:3", "a:9", set()),
        ("b", "c", set()),
    ],
)
async def test_what_was_noted_of_words_is_told(scene: Scene, first: str, last: str, ahead: set[str]) -> None:
    for name in ("a:2", "a:2 came", "gone:x"):
        await scene.store.first_sight("w", "U-anna", name, T0)
    found = await heard(scene, noted=["gone:x", "gone:y"], ahead=(first, last))
    assert (found.noted, found.ahead) == ({"gone:x"}, ahead)
    assert (await heard(scene, noted=["gone:x"])).ahead == set()


async def test_the_message_that_words_answer_is_a_nudge_a_reply_to_one_or_a_receipt_of_one(scene: Scene) -> None:
    await scene.add(
        a_reply("r", source="D1/said"),
        a_screen("n-anna", conversation="D1", message="nudge"),
        a_screen("r", kind=ScreenKind.RECEIPT, about="r", conversation="D1", message="receipt"),
        a_screen("s", kind=ScreenKind.NOTICE, about="anna", conversation="D1", message="notice"),
    )
    for message, answers in {
        "nudge": ("n-anna", True),
        "said": ("n-anna", False),
        "receipt": ("n-anna", False),
        "notice": (None, False),
        "nothing": (None, False),
        "": (None, False),
    }.items():
        found = await heard(scene, answers=message)
        assert (found.answers, found.answers_message) == answers, message
    elsewhere = await heard(scene, conversation="D2", answers="nudge")
    assert elsewhere.answers is None


async def test_what_coaches_wrote_comes_with_who_they_are_now(scene: Scene) -> None:
    await scene.add(
        a_member("iris"),
        a_reply("word", author="carl", kind=ReplyKind.COACH),
        a_reply("other", author="iris", kind=ReplyKind.COACH),
        a_reply("answer", answers="word"),
    )
    wrote = {"kind": Kind.COACH_WORD, **SENT}
    heard_of = {"kind": Kind.COACH_HEARD, "enrollment": None, "subject": "answer"}
    await scene.add(
        a_nudge("w1", subject="word", **wrote),
        a_nudge("w2", subject="other", **wrote),
        replace(a_nudge("told", "carl"), **heard_of),
    )
    found = await heard(scene)
    assert {each: (word.author.id, word.role and word.role.id) for each, word in found.words.items()} == {
        "word": ("carl", "coach-carl"),
        "other": ("iris", None),
    }
    assert [(told.id, answer.id) for answer, told in found.told] == [("told", "answer")]
    assert (await heard(scene, "U-bram")).words == {}


async def test_what_a_day_asks_about_comes_along(scene: Scene) -> None:
    await scene.add(a_commitment("plan"), a_nudge("day", kind=Kind.DAY_OF, subject="plan", **SENT))
    assert ids((await heard(scene)).promises.values()) == ["plan"]


async def test_it_takes_as_many_statements_for_sixty_messages_as_for_one(scene: Scene) -> None:
    async with counted(scene.store) as few:
        await heard(scene, answers="nudge")
    await scene.add(*(a_nudge(f"n{number}", **SENT) for number in range(60)))
    await scene.add(*(a_reply(f"r{number}", nudge=f"n{number}") for number in range(60)))
    async with counted(scene.store) as many:
        await heard(scene, answers="nudge")
    assert len(few) == len(many) == 8  # one of them who reads
