"""What a message shows is read in one go: how much that is does not depend on how much there is."""

from dataclasses import replace
from typing import Any

import pytest

from bot.coaching.records.cohort import CoachState
from bot.coaching.records.nudge import ABOUT_READING, LEFT_OUT, Kind, NudgeState
from bot.coaching.records.pulse import Tally, Wave
from bot.coaching.records.reply import ReplyKind
from bot.store.port.shown import ShownNudge, ShownPost, ShownToCoach
from tests.statements import counted
from tests.store.scene import Scene, a_commitment, a_nudge, a_pulse, a_reflection, a_reply, at
from tests.stored import coaches

CHANNEL: dict[str, Any] = {"enrollment": None, "item": None}
# At most: where nothing of them is shared or answers a coach, nothing is asked about that.
OWN = {
    Kind.WELCOME: 2,
    Kind.PULSE: 2,
    Kind.SILENCE: 1,
    Kind.BACK: 3,
    Kind.NUDGE: 7,
    Kind.FOLLOW_UP: 7,
    Kind.UNDONE: 7,
    Kind.DAY_OF: 7,
    Kind.DEBRIEF: 7,
    Kind.CHECK: 7,
    Kind.KEEP: 3,
    Kind.BOOSTER: 4,
    Kind.CLOSING: 6,
    Kind.REFLECTION: 8,
    Kind.READING_ASK: 2,
    Kind.READING_NEWS: 5,
    Kind.COACH_WORD: 3,
}
POSTS = {Kind.INVITATION: 2, Kind.TEAM_REFLECTION: 7, Kind.TEAM_SHARE: 5, Kind.TEAM_CLOSING: 2}
TO_COACH = {Kind.COACH_ASK: 2, Kind.COACH_HEARD: 2, Kind.COACH_WANTED: 2}


async def own(scene: Scene, kind: Kind, **changes: Any) -> ShownNudge:
    """Add a message of anna's run and return it with what it shows."""
    await scene.add(a_nudge("m", kind=kind, due_at=at(90), **changes))
    async with counted(scene.store) as statements:
        found = await scene.store.shown("w", "m")
    assert len(statements) <= OWN[kind], statements
    assert isinstance(found, ShownNudge)
    return found


async def post(scene: Scene, kind: Kind, **changes: Any) -> ShownPost:
    """Add a post and return it with what it shows."""
    await scene.add(a_nudge("m", None, kind=kind, **CHANNEL, **changes))
    async with counted(scene.store) as statements:
        found = await scene.store.shown("w", "m")
    assert len(statements) <= POSTS[kind], statements
    assert isinstance(found, ShownPost)
    return found


async def to_coach(scene: Scene, kind: Kind, **changes: Any) -> ShownToCoach:
    """Add a message to carl, who coaches, and return it with what it shows."""
    await scene.add(a_nudge("m", "carl", kind=kind, **CHANNEL, **changes))
    async with counted(scene.store) as statements:
        found = await scene.store.shown("w", "m")
    assert len(statements) <= TO_COACH[kind], statements
    assert isinstance(found, ShownToCoach)
    return found


def test_each_kind_is_counted() -> None:
    assert {*OWN, *POSTS, *TO_COACH, Kind.COACH_DIGEST} == set(Kind)  # the last one: see the digest's own tests


async def test_what_stands_below_a_message_is_read_with_it(scene: Scene) -> None:
    for name, state in (("check", NudgeState.PLANNED), ("back", NudgeState.SENT), ("gone", NudgeState.CANCELLED)):
        await scene.add(a_nudge(name, kind=Kind.CHECK, card="m", state=state, due_at=at(91)))
    await scene.add(a_nudge("m", kind=Kind.DEBRIEF, card="m"), a_nudge("alone", kind=Kind.DEBRIEF))
    found, alone = await scene.store.shown("w", "m"), await scene.store.shown("w", "alone")
    assert isinstance(found, ShownNudge)
    assert isinstance(alone, ShownNudge)
    assert ([each.nudge.id for each in found.below], list(alone.below)) == (["check", "back"], [])
    assert [each.member.id for each in found.below] == ["anna", "anna"]


async def test_nothing_is_shown_that_is_not_there(scene: Scene) -> None:
    assert await scene.store.shown("w", "nobody") is None


@pytest.mark.parametrize("kind", sorted(OWN))
async def test_a_message_of_a_run_is_read_with_that_run(scene: Scene, kind: Kind) -> None:
    found = await own(scene, kind)
    assert (found.nudge.id, found.enrollment.id, found.member.id, found.cohort.id) == ("m", "run-anna", "anna", "c")
    with_agenda = kind not in (Kind.WELCOME, Kind.SILENCE, Kind.PULSE, Kind.REFLECTION, *ABOUT_READING)
    assert [row.id for row in found.agenda] == (["n-anna", "m"] if with_agenda else [])


async def test_what_was_promised_comes_with_where_it_stands(scene: Scene) -> None:
    """Where it stands is asked of what is about the same item; what a year of promises says of it is not."""
    item = a_commitment("x").item
    await scene.add(
        a_commitment("old"),
        a_commitment("new", made_at=at(1), shared_at=at(2)),
        a_commitment("other", item="another", made_at=at(2), shared_at=at(2)),
        a_commitment("hers", "bram"),
        a_nudge("monday", None, kind=Kind.TEAM_REFLECTION, due_at=at(50), **CHANNEL),
        *(a_nudge(f"s-{name}", None, kind=Kind.TEAM_SHARE, subject=name, **CHANNEL) for name in ("one", "two")),
        a_reflection("made-one", None, nudge="one", shared=("new",)),
        a_reflection("made-two", None, nudge="two", shared=("other",)),
    )
    found = await own(scene, Kind.NUDGE, item=item)
    assert [each.id for each in found.promises] == ["other", "new", "old"]
    assert [each.post.id for each in found.places.shares] == ["s-one"]
    assert found.places.next_posts["c"].id == "monday"


async def test_a_look_back_comes_with_its_words(scene: Scene) -> None:
    await scene.add(
        a_reply("said"),
        a_reply("gone", text=None, deleted_at=at(3)),
        a_commitment("plan", shared_at=at(1)),
        a_nudge("monday", None, kind=Kind.TEAM_REFLECTION, **CHANNEL),
        a_reflection("older", nudge="m"),
        a_reflection("made", nudge="m", made_at=at(1), shared=("plan", "gone", "said")),
    )
    found = await own(scene, Kind.REFLECTION)
    assert found.made is not None
    assert (found.made.id, [each.id for each in found.words]) == ("made", ["plan", "said"])
    assert list(found.places.next_posts) == ["c"]


async def test_a_booster_comes_with_the_habits_that_were_kept(scene: Scene) -> None:
    await scene.add(
        a_reply("typed"),
        *(a_reply(f"kept-{day}", kind=ReplyKind.KEEP, received_at=at(day)) for day in range(8)),
        a_reply("gone", kind=ReplyKind.KEEP, received_at=at(9), text=None, deleted_at=at(9)),
        a_reply("hers", "bram", kind=ReplyKind.KEEP, received_at=at(9)),
    )
    assert [each.id for each in (await own(scene, Kind.BOOSTER)).habits] == [f"kept-{day}" for day in range(7, 1, -1)]


async def test_a_closing_comes_with_the_pulse(scene: Scene) -> None:
    await scene.add(a_pulse("promise"), a_pulse("promise", "bram"))
    assert [each.member for each in (await own(scene, Kind.CLOSING)).pulse] == ["anna"]


async def test_a_coachs_word_comes_with_who_wrote_it(scene: Scene) -> None:
    await scene.add(a_reply("said", author="carl", kind=ReplyKind.COACH))
    found = await own(scene, Kind.COACH_WORD, subject="said")
    assert found.word is not None
    assert found.author is not None
    assert found.role is not None
    assert (found.word.id, found.author.id, found.role.id) == ("said", "carl", "coach-carl")


async def test_a_coachs_word_that_is_gone(scene: Scene) -> None:
    found = await own(scene, Kind.COACH_WORD, subject="nothing")
    assert (found.word, found.author, found.role) == (None, None, None)


async def test_news_of_words_that_were_left_out_comes_with_them_and_who_did_that(scene: Scene) -> None:
    await scene.add(a_reply("said", shared_at=at(1), left_out_at=at(2), left_out_by="carl"), a_reply("back"))
    found = await own(scene, Kind.READING_NEWS, prompt=LEFT_OUT, subject="said")
    assert found.author is not None
    assert ([each.id for each in found.words], found.author.id) == (["said"], "carl")


@pytest.mark.parametrize(("subject", "words"), [("back", ["back"]), ("nothing", [])])
async def test_news_of_words_that_were_put_back_or_are_gone(scene: Scene, subject: str, words: list[str]) -> None:
    await scene.add(a_reply("back", shared_at=at(1)))
    found = await own(scene, Kind.READING_NEWS, prompt=LEFT_OUT, subject=subject)
    assert ([each.id for each in found.words], found.author) == (words, None)


async def test_an_invitation_comes_with_the_coaches(scene: Scene) -> None:
    coaches = (await post(scene, Kind.INVITATION)).coaches
    assert [(role.id, person.name) for role, person in coaches] == [("coach-carl", "Carl")]


async def test_how_many_gave_each_answer_and_what_was_told_of_it_first(scene: Scene) -> None:
    after = {"wave": Wave.AFTER, "value": 4}
    await scene.add(
        a_pulse("promise", value=2),
        a_pulse("promise", "bram", value=2),
        a_pulse("matters", value=5),
        *(a_pulse("promise", name, id=f"{name}-after", **after) for name in ("anna", "bram")),
    )
    found = {(each.wave, each.question, each.value): each.people for each in await scene.store.tallies("w", "c")}
    assert found == {
        (Wave.BEFORE, "promise", 2): 2,
        (Wave.BEFORE, "matters", 5): 1,
        (Wave.AFTER, "promise", 4): 2,
    }
    assert await scene.store.first_tallies("w", "c") == ()
    told = tuple(Tally(wave=Wave.BEFORE, question="promise", value=value, people=5) for value in (1, 2))
    await scene.add(
        a_reflection("quiet", None, nudge="n-anna", made_at=at(1)),
        a_reflection("first", None, nudge="n-anna", made_at=at(2), pulse=told),
        a_reflection("second", None, nudge="n-anna", made_at=at(3), pulse=told[:1]),
    )
    assert await scene.store.first_tallies("w", "c") == told
    assert await scene.store.first_tallies("w", "other") == ()


@pytest.mark.parametrize(("kind", "of"), [(Kind.TEAM_REFLECTION, "m"), (Kind.TEAM_SHARE, "above")])
async def test_a_post_comes_with_what_it_was_made_from(scene: Scene, kind: Kind, of: str) -> None:
    await scene.add(
        a_reply("said", "bram"),
        a_reply("gone", text=None, deleted_at=at(3)),
        a_commitment("plan"),
        a_reflection("made", None, nudge=of, shared=("said", "plan", "gone")),
    )
    found = await post(scene, kind, subject="above")
    assert found.made is not None
    assert (found.made.id, [each.id for each in found.words]) == ("made", ["said", "plan"])
    assert {name: each.name for name, each in found.authors.items()} == {"anna": "Anna", "bram": "Bram"}


async def test_a_weekly_post_comes_with_what_the_channel_was_told_before_it(scene: Scene) -> None:
    sent = {"kind": Kind.TEAM_REFLECTION, "state": NudgeState.SENT, "sent_at": at(-9)}
    await scene.add(
        a_nudge("told", None, due_at=at(-9), occurrence="told", **sent),
        a_nudge("later", None, due_at=at(9), occurrence="later", **sent),
        a_nudge("dead", None, due_at=at(-8), occurrence="dead", **{**sent, "state": NudgeState.DEAD}),
        a_nudge("closing", None, due_at=at(-7), occurrence="closing", **{**sent, "kind": Kind.TEAM_CLOSING}),
    )
    posts = ("told", "later", "dead", "closing", "m")
    await scene.add(*(a_reflection(f"made-{name}", None, nudge=name) for name in posts))
    assert [each.id for each in (await post(scene, Kind.TEAM_REFLECTION)).before] == ["made-told"]


async def test_a_request_to_coach_comes_with_who_asks(scene: Scene) -> None:
    (role,) = coaches(scene.store, "c")
    await scene.add(replace(role, state=CoachState.INVITED))
    found = await to_coach(scene, Kind.COACH_ASK)
    assert found.role is not None
    assert found.starter is not None
    assert (found.member.id, found.role.state, found.starter.id) == ("carl", CoachState.INVITED, "carl")
    assert (found.answer, found.author) == (None, None)


async def test_news_of_an_answer_comes_with_who_gave_it(scene: Scene) -> None:
    await scene.add(a_reply("answer"))
    found = await to_coach(scene, Kind.COACH_HEARD, subject="answer")
    assert found.answer is not None
    assert found.author is not None
    assert (found.answer.id, found.author.id) == ("answer", "anna")


async def test_the_answer_in_a_debrief_is_confirmed_with_the_debrief(scene: Scene) -> None:
    await scene.add(
        a_commitment("plan"),
        a_reply("typed"),
        a_reply("first", kind=ReplyKind.DEBRIEF, received_at=at(1)),
        a_reply("second", kind=ReplyKind.DEBRIEF, received_at=at(2)),
    )
    for reply, statements in (("typed", 4), ("first", 7)):
        async with counted(scene.store) as ran:
            found = await scene.store.confirmed("w", reply)
        assert len(ran) <= statements, ran
        assert found is not None
        shown = ([row.id for row in found.agenda], [each.id for each in found.promises])
        assert shown == ((["n-anna"], ["plan"]) if reply == "first" else ([], []))
        assert [each.id for each in found.answers] == (["first", "second"] if reply == "first" else [])
