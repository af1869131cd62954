"""The debrief: four questions, one at a time, typed or in a form, skipped, put off or stopped."""

from dataclasses import replace
from datetime import date

import pytest

from bot.coaching.records.nudge import Answer, Kind, NudgeState
from bot.coaching.records.reply import Reply, Scope
from bot.flows.dispatch import receive
from bot.store.port import Conflict
from tests.conftest import CHANNEL, World
from tests.content import NL, said, some_of, title, whole
from tests.flows.replies.test_typed import failing
from tests.flows.talk import BY_MARIT, ask_and_say_yes, begin, did_it, member_of, press, submitted
from tests.remembered import remembered
from tests.stored import replies_to

TUESDAY = "2026-01-20T10:00"  # the first debrief
STALE = said("press-stale")
ANSWERED = said("form-sent")
FOREIGN = said("press-foreign")
FIRST = some_of("people-before-systems/debrief/1")
SECOND = some_of("people-before-systems/debrief/2")
THIRD = some_of("people-before-systems/debrief/3")
FOURTH = some_of("people-before-systems/debrief/4")
TRANSFER = title("people-before-systems/transfer")
BUTTONS = ("debrief.write", "debrief.skip", "debrief.next", "debrief.tomorrow", "debrief.stop")


@remembered
async def debriefed(world: World, **values: str) -> None:
    await begin(world, "Sanne", **values)
    await did_it(world, "Sanne")
    await world.driver.travel(TUESDAY)


async def answers(world: World) -> list[tuple[int | None, str | None, Scope]]:
    """Return what Sanne answered, oldest first."""
    return [(reply.question, reply.text, reply.scope) for reply in await replies(world)]


async def replies(world: World) -> list[Reply]:
    root = next(row for row in await world.rows("Sanne", Kind.DEBRIEF) if row.state is NudgeState.SENT)
    return replies_to(world.bot.ports.store, root.id)


async def on_screen(world: World, who: str = "Sanne") -> str:
    return "\n".join((await world.screen(who)).values())


async def refused(world: World, who: str, subject: str, **values: str) -> dict[str, str]:
    """Send an answer in that is open on another screen; return its errors."""
    answer = await world.bot.handle(await submitted(world, who, "debrief.answer", subject, **values))
    return dict(answer.errors) if answer else {}


async def test_four_questions_are_answered_typed_or_in_a_form(world: World) -> None:
    await debriefed(world)
    await world.play(
        "Sanne",
        (
            "say silence",
            said("card-noted-answer", number=1, about=title("people-before-systems/item"), scope=BY_MARIT),
            SECOND,
        ),
        ("press debrief.write", said("form-answer-title"), SECOND, said("scope-label"), world.says("answer-note")),
        (
            "send text=we laughed | scope=private",
            said("scope-private"),
            said("debrief-count", number=3, total=4),
            THIRD,
            "not: laughed",
        ),
        ("press debrief.skip", FOURTH),
        ("say ask twice", TRANSFER, said("transfer-make-button")),
    )
    assert await answers(world) == [
        (1, "silence", Scope.COACH),
        (2, "we laughed", Scope.PRIVATE),
        (4, "ask twice", Scope.COACH),
    ]
    await world.nowhere("we laughed")


async def test_four_answers_take_five_messages_of_which_the_last_is_short(world: World) -> None:
    """The debrief, and one for each answer: with where it went, who reads it, and the next question."""
    await debriefed(world)
    before = set(await world.screen("Sanne"))
    for answer in ("one", "two", "three", "four"):
        await world.driver.say("Sanne", "dm", answer)
    new = [each for each in await world.direct("Sanne") if each["ts"] not in before and world.is_bots(each)]
    assert len(new) == 4
    lines = [world.driver.texts(each).splitlines()[0] for each in new]
    assert lines[:3] == [
        whole("card-noted-answer", number=number, about=title("people-before-systems/item"), scope=BY_MARIT)
        for number in (1, 2, 3)
    ]
    assert lines[3] == whole("card-short-answer", number=4, about=title("people-before-systems/item"), scope=BY_MARIT)
    assert TRANSFER in world.driver.texts(new[-1])


async def test_an_answer_from_a_form_is_confirmed_and_can_be_changed_or_deleted(world: World) -> None:
    await debriefed(world, scope="private", language="nl")
    await world.play(
        "Sanne",
        ("press debrief.write", some_of("people-before-systems/debrief/1", NL)),
        (
            "send text=niks",
            said(
                "card-noted-answer",
                NL,
                number=1,
                about=title("people-before-systems/item", NL),
                scope=said("scope-private", NL),
            ),
            said("debrief-count", NL, number=2, total=4),
        ),
        ("press reply.change", said("form-answer-title", NL), "niks"),
        ("send text=best veel | scope=coach", said("scope-names", NL, names="Marit")),
    )
    assert await answers(world) == [(1, "best veel", Scope.COACH)]
    await world.play("Sanne", ("press reply.delete", said("card-deleted", NL)))
    assert await answers(world) == []


async def test_every_question_may_be_skipped(world: World) -> None:
    await debriefed(world)
    row = await world.row("Sanne", Kind.DEBRIEF)
    await world.play(
        "Sanne",
        ("press debrief.skip", SECOND),
        ("press debrief.skip", THIRD),
        ("press debrief.skip", FOURTH),
        ("press debrief.skip", TRANSFER, f"not: {said('debrief-skip-button')}"),
    )
    for place in range(5):
        for button in BUTTONS:
            assert STALE in await press(world, "Sanne", button, f"{row.id}:{place}")
    assert (await world.row("Sanne", Kind.DEBRIEF)).question == 4


async def test_a_doubled_click_skips_one_question(world: World) -> None:
    await debriefed(world)
    row = await world.row("Sanne", Kind.DEBRIEF)
    await world.play("Sanne", ("press debrief.skip", SECOND))
    assert STALE in await press(world, "Sanne", "debrief.skip", f"{row.id}:0")
    assert FOREIGN in await press(world, "Marit", "debrief.skip", f"{row.id}:1")
    assert (await world.row("Sanne", Kind.DEBRIEF)).question == 1


async def test_an_answer_to_a_question_that_moved_on_stays_in_the_form(world: World) -> None:
    await debriefed(world)
    row = await world.row("Sanne", Kind.DEBRIEF)
    await world.do("Sanne", "press debrief.write")
    await world.do("Sanne", "say typed meanwhile")
    assert ANSWERED in (await world.fill("Sanne", text="a long answer"))["text"]
    assert await world.driver.modal("Sanne") is not None
    given = {"text": "x", "scope": "coach"}
    assert FOREIGN in (await refused(world, "Marit", f"{row.id}:1", **given))["text"]
    assert said("words-missing") in (await refused(world, "Sanne", f"{row.id}:1", scope="coach"))["text"]
    assert await answers(world) == [(1, "typed meanwhile", Scope.COACH)]
    await world.driver.command("Sanne", CHANNEL, "leave")
    assert said("press-left") in (await refused(world, "Sanne", f"{row.id}:1", **given))["text"]


async def test_the_latest_confirmation_alone_carries_the_question(world: World) -> None:
    await debriefed(world)
    await world.play(
        "Sanne",
        ("say one", SECOND),
        ("press debrief.write",),
        ("send text=two", THIRD),
        ("say three", FOURTH),
        ("press debrief.skip", TRANSFER),
        ("press transfer.skip", said("debrief-left", times=0)),
    )
    screen = await world.screen("Sanne")
    assert [
        text.count(said("debrief-left", times=0)) for text in screen.values() if said("card-noted-answer") in text
    ] == [0, 0, 1]
    assert said("debrief-skip-button") not in await on_screen(world)
    assert said("transfer-make-button") not in await on_screen(world)


# --- tomorrow ---------------------------------------------------------------------------------------------------


async def test_tomorrow_it_goes_on_where_it_stood(world: World) -> None:
    await debriefed(world)
    row = await world.row("Sanne", Kind.DEBRIEF)
    await world.play(
        "Sanne",
        ("say one", SECOND),
        ("press debrief.tomorrow", said("debrief-later-said"), f"not: {said('debrief-tomorrow-button')}"),
    )
    assert said("debrief-tomorrow-button") not in await on_screen(world)
    for button in BUTTONS:
        assert STALE in await press(world, "Sanne", button, f"{row.id}:1")
    await world.play(
        "Sanne",
        ("travel 2026-01-21T09:59", f"not: {SECOND}"),
        (
            "travel 2026-01-21T10:00",
            title("people-before-systems/debrief"),
            said("debrief-count", number=2, total=4),
            SECOND,
        ),
        ("say two", THIRD),
        ("press debrief.skip", FOURTH),
        ("press debrief.write",),
        ("send text=four", TRANSFER),
        ("press transfer.make",),
        ("send first=a | second=b | day=2026-01-26", whole("promise-transfer-text", first="a", second="b")),
    )
    assert [question for question, _, _ in await answers(world)] == [1, 2, 4]
    assert said("debrief-later-said") not in await on_screen(world)  # every message shows how it ended


async def test_it_can_be_put_off_twice_and_over_a_weekend(world: World) -> None:
    await debriefed(world)
    await world.play(
        "Sanne",
        ("press debrief.tomorrow", said("debrief-later-said")),
        ("travel 2026-01-21T10:00", FIRST),
        ("press debrief.tomorrow", said("debrief-later-said")),
        ("travel 2026-01-22T10:00", FIRST),
        ("press debrief.stop", said("debrief-left", times=0)),
    )
    assert said("debrief-later-said") not in await on_screen(world)
    resumed = [row for row in await world.rows("Sanne", Kind.DEBRIEF) if row.subject]
    assert [row.local_date for row in resumed] == [date(2026, 1, 21), date(2026, 1, 22)]


async def test_what_is_typed_while_it_waits_answers_the_open_question(world: World) -> None:
    await debriefed(world)
    await world.play(
        "Sanne",
        ("press debrief.tomorrow",),
        (
            "say one, after all",
            said("card-noted-answer", number=1),
            said("debrief-later-said"),
            f"not: {said('debrief-count')}",
        ),
        ("travel 2026-01-21T10:00", said("debrief-count", number=2, total=4)),
    )
    assert await answers(world) == [(1, "one, after all", Scope.COACH)]


# --- stop -------------------------------------------------------------------------------------------------------


async def test_stopping_asks_nothing_more(world: World) -> None:
    await debriefed(world)
    row = await world.row("Sanne", Kind.DEBRIEF)
    await world.play(
        "Sanne",
        ("say one", SECOND),
        ("press debrief.stop", said("debrief-left", times=0), "not: Skip"),
    )
    for button in (*BUTTONS, "transfer.make"):
        assert STALE in await press(world, "Sanne", button, f"{row.id}:1")
    assert (await world.row("Sanne", Kind.DEBRIEF)).answer is Answer.SKIPPED
    assert await answers(world) == [(1, "one", Scope.COACH)]


async def test_after_leaving_no_question_is_open(world: World) -> None:
    await debriefed(world)
    await world.driver.command("Sanne", CHANNEL, "leave")
    await world.play("Sanne", ("press debrief.write", said("press-left")))
    assert await world.driver.modal("Sanne") is None


async def test_during_a_pause_an_answer_is_kept(world: World) -> None:
    await debriefed(world)
    await ask_and_say_yes(world, "Sanne", "pause 26 January", "dm")
    await world.play("Sanne", ("press debrief.write",), ("send text=from the beach", SECOND))
    assert await answers(world) == [(1, "from the beach", Scope.COACH)]


# --- where no words are kept ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "first", "forgotten", "left"),
    [
        (
            "en",
            some_of("ask-your-partner/debrief/1"),
            said("said-forgotten-done"),
            said("debrief-left", times=0),
        ),
        (
            "nl",
            some_of("ask-your-partner/debrief/1", NL),
            said("said-forgotten-done", NL),
            said("debrief-left", NL, times=0),
        ),
    ],
)
async def test_about_home_the_questions_are_for_oneself(
    world: World, language: str, first: str, forgotten: str, left: str
) -> None:
    await begin(world, "Sanne", language=language)
    await did_it(world, "Sanne", at="2026-02-02T12:00")
    await world.driver.travel("2026-02-03T10:00")
    row = await world.row("Sanne", Kind.DEBRIEF)
    assert first in await world.text("Sanne")
    assert len(world.driver.labels(await world.latest("Sanne"))) == 3  # next, tomorrow, stop
    await world.play("Sanne", ("say zij zei iets liefs", forgotten))
    await press(world, "Sanne", "debrief.write", f"{row.id}:0")
    assert await world.driver.modal("Sanne") is None
    assert await refused(world, "Sanne", f"{row.id}:0", text="iets liefs", scope="coach") != {}
    for _ in range(4):
        await world.do("Sanne", "press debrief.next")
    await world.play("Sanne", ("press transfer.skip", left))
    assert await replies(world) == []
    await world.nowhere("iets liefs")


async def test_an_answer_that_met_somebody_elses_write_is_confirmed_once(world: World) -> None:
    await debriefed(world)
    root = await world.row("Sanne", Kind.DEBRIEF)
    form = await submitted(world, "Sanne", "debrief.answer", f"{root.id}:0", text="silence", scope="coach")
    assert await receive(failing(world, save=[Conflict()]), replace(form, event_id="sent in")) is None
    await world.settle()
    assert (await on_screen(world)).count(said("card-noted-answer", number=1)) == 1


@pytest.mark.slack("the practice Slack takes a token back; what Teams answers then is in tests/chat/teams")
@pytest.mark.parametrize("is_conversation_known", [True, False])
async def test_a_confirmation_that_cannot_be_sent_loses_no_words(world: World, is_conversation_known: bool) -> None:
    await debriefed(world)
    member = await member_of(world, "Sanne")
    assert member is not None
    if not is_conversation_known:
        await world.bot.ports.store.save(replace(member, direct=None))
    await world.do("Sanne", "press debrief.write")
    form = await world.form("Sanne")
    world.practice.world.is_token_good = False
    state = world.driver.fill(form, {"text": "kept all the same"})
    assert await world.driver.submit("Sanne", form, state) == {}
    assert await answers(world) == [(1, "kept all the same", Scope.COACH)]
    assert [await world.bot.ports.store.screen(reply.workspace, reply.id) for reply in await replies(world)] == [None]


# --- what comes of it -------------------------------------------------------------------------------------------


async def test_a_full_week_is_looked_back_on_in_six_quotes_and_a_count(world: World) -> None:
    await debriefed(world)
    words = ["y" * 601, "to myself", *(f"word {number}" for number in range(7))]
    for minute, word in enumerate(words):
        await world.driver.travel(f"2026-01-20T10:{minute:02}")  # no more than a platform takes in a moment
        await world.driver.say("Sanne", "dm", word)
        if word == "to myself":
            await world.play("Sanne", ("press reply.change",), ("send scope=private", said("scope-private")))
    await world.play(
        "Sanne",
        (
            "travel 2026-01-22T15:00",
            "y" * 599 + "…",
            "word 4",
            said("reflection-more", count=2),
            said("reflection-private", count=1),
            "not: word 5",
        ),
        ("press reflection.read", "to myself"),
        ("close",),
    )
    await world.nowhere("to myself")
