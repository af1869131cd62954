"""An answer to the coach's word: for that coach alone, linked to it, and the coach hears that it is there."""

from dataclasses import replace

import pytest

from bot.coaching.records.cohort import CoachState
from bot.coaching.records.nudge import Kind
from bot.coaching.records.reply import Reply, Scope
from bot.practice.faults import Fault
from bot.store.port.readers import LogFilter
from tests.conftest import CHANNEL, World
from tests.content import labels, said, whole
from tests.flows.replies.test_typed import replies, row_of
from tests.flows.talk import ask, begin, direct_text, home_text, member_of, press, run_of, submitted, the_log
from tests.remembered import remembered

WORDS = "she was never asked"
ANSWER = "I did not dare to ask"
HEARD = said("coach-heard", name="Sanne")
TYPED_ON = "2026-01-13T11:00"
HOME = "2026-01-27T11:00"


@remembered
async def written_to(world: World, *, scope: str = "coach", at: str = TYPED_ON) -> None:
    """Let two coaches read what Sanne shared, and the first of them write to her."""
    await world.start(coaches=("Marit", "Iris"))
    await world.coach()
    await world.coach("Iris")
    await world.join("Sanne", scope=scope)
    await world.driver.travel(TYPED_ON)
    await world.do("Sanne", f"say {WORDS}")
    if scope == "private":
        await world.click("Sanne", "reply.change")
        assert await world.fill("Sanne", scope="coach") == {}
    await world.driver.travel(at)
    await world.driver.command("Marit", "dm", "log")
    await world.click("Marit", "log.answer")
    assert await world.fill("Marit", text="What held you back?") == {}
    await world.settle()
    assert "What held you back?" in await world.text("Sanne")


async def answer_of(world: World) -> Reply:
    """Return the newest reply of Sanne."""
    return (await replies(world, "Sanne"))[0]


@pytest.mark.parametrize("scope", ["coach", "private"])
async def test_typed_under_the_coachs_word_it_is_for_that_coach(world: World, scope: str) -> None:
    await written_to(world, scope=scope)
    await world.do("Sanne", f"say {ANSWER}")
    assert whole("scope-one", coach="Marit") in await world.text("Sanne")
    assert said("words-share-button") not in world.driver.labels(await world.latest("Sanne"))
    reply = await answer_of(world)
    word = await world.bot.ports.store.reply(reply.workspace, reply.answers or "")
    assert word is not None
    assert (word.text, reply.scope) == ("What held you back?", Scope.COACH)
    log = await ask(world, "Marit", "log", "dm")
    assert (
        "\n".join((*labels("log-kind-answer", "log-answer-button", "log-your-word"), "What held you back?", ANSWER))
        in log
    )
    assert ANSWER not in await ask(world, "Iris", "log", "dm")
    entries = await world.bot.ports.store.operator_log(
        LogFilter(), before=None, limit=99, at=world.bot.ports.clock.now(), audit_id="x"
    )
    assert ANSWER not in [entry.text for entry in entries]


async def test_the_coach_hears_of_it_once_an_hour_and_without_the_words(world: World) -> None:
    await written_to(world)
    for _ in range(2):
        await world.do("Sanne", f"say {ANSWER}")
    told = [each for each in await world.direct("Marit") if HEARD in world.driver.texts(each)]
    assert len(told) == 1
    assert ANSWER not in world.driver.texts(told[0])
    assert not [each for each in await world.direct("Iris") if HEARD in world.driver.texts(each)]
    await world.driver.click("Marit", told[0], "heard.read")
    assert ANSWER in world.driver.texts(await the_log(world))
    await world.driver.travel("2026-01-13T12:30")
    await world.driver.say(
        "Sanne", "dm", ANSWER, thread_ts=await world.stands(await row_of(world, "Sanne", Kind.COACH_WORD))
    )
    await world.settle()
    assert len([each for each in await world.direct("Marit") if HEARD in world.driver.texts(each)]) == 2


async def test_at_night_the_coach_hears_of_it_in_the_morning(world: World) -> None:
    await written_to(world, at="2026-01-13T19:30")
    await world.driver.travel("2026-01-13T23:00")
    await world.do("Sanne", f"say {ANSWER}")
    assert HEARD not in await world.text("Marit")
    await world.driver.travel("2026-01-14T08:05")
    assert HEARD in "\n".join(world.driver.texts(each) for each in await world.direct("Marit"))


async def test_of_several_answers_in_the_night_the_coach_hears_once(world: World) -> None:
    await written_to(world, at="2026-01-13T19:30")
    await world.driver.travel("2026-01-13T23:00")
    for number in range(3):
        await world.do("Sanne", f"say thought {number}")
    await world.driver.travel("2026-01-14T09:00")
    assert (await direct_text(world, "Marit")).count(HEARD) == 1


async def test_of_an_answer_deleted_in_the_night_the_coach_hears_nothing(world: World) -> None:
    await written_to(world, at="2026-01-13T19:30")
    await world.driver.travel("2026-01-13T23:00")
    await world.do("Sanne", f"say {ANSWER}")
    await world.click("Sanne", "reply.delete")
    await world.driver.travel("2026-01-14T09:00")
    assert said("coach-heard") not in await direct_text(world, "Marit"), "nor that it was taken back"


async def test_the_coach_hears_of_a_second_answer_after_the_first_was_deleted(world: World) -> None:
    await written_to(world)
    await world.do("Sanne", "say first thought")
    await world.click("Sanne", "reply.delete")
    await world.settle()
    assert HEARD not in await direct_text(world, "Marit")
    await world.do("Sanne", "say second thought")
    assert HEARD in await direct_text(world, "Marit")


async def test_another_coach_and_the_author_cannot_open_it(world: World) -> None:
    await written_to(world)
    await world.do("Sanne", f"say {ANSWER}")
    reply = await answer_of(world)
    for button in ("log.read", "log.answer", "heard.read"):
        await press(world, "Iris", button, reply.id)
        assert await world.driver.modal("Iris") is None
        assert ANSWER not in "\n".join(world.driver.texts(each) for each in await world.direct("Iris"))
    form = await submitted(world, "Iris", "log.write", reply.id, text="and?")
    wrong = await world.bot.handle(form)
    assert wrong is not None
    assert await world.bot.ports.store.reply(reply.workspace, reply.id) == reply


async def test_taken_back_or_kept_to_oneself_the_coach_reads_it_no_more(world: World) -> None:
    await written_to(world)
    await world.do("Sanne", f"say {ANSWER}")
    reply = await answer_of(world)
    await world.click("Sanne", "reply.change")
    assert world.driver.fields(await world.form("Sanne")) == ["text", "scope"]
    assert await world.fill("Sanne", scope="private") == {}
    assert ANSWER not in await ask(world, "Marit", "log", "dm")
    assert said("log-gone") in await press(world, "Marit", "heard.read", "nothing")
    await press(world, "Sanne", "words.share", f"{reply.id}:0")
    assert (await answer_of(world)).shared_at is None


async def test_the_button_answers_in_a_form_also_in_the_weeks_about_home(world: World) -> None:
    await written_to(world, at=HOME)
    assert said("coach-word-note-home", name="Marit") in await world.text("Sanne")
    await world.do("Sanne", "say my wife cried")
    assert [reply.text for reply in await replies(world, "Sanne")] == [WORDS]
    await world.click("Sanne", "word.answer")
    assert await world.fill("Sanne", text=ANSWER) == {}
    assert whole("scope-one", coach="Marit") in await world.text("Sanne")
    await world.settle()
    assert HEARD in "\n".join(world.driver.texts(each) for each in await world.direct("Marit"))
    assert ANSWER in await ask(world, "Marit", "log", "dm")


async def test_when_the_coach_is_no_coach_any_more_an_answer_is_an_own_note(world: World) -> None:
    await written_to(world)
    marit, run = await member_of(world, "Marit"), await run_of(world, "Sanne")
    assert marit is not None
    role = await world.bot.ports.store.coach(run.workspace, run.cohort, marit.id)
    assert role is not None
    await world.bot.ports.store.save(replace(role, state=CoachState.DECLINED))
    await world.do("Sanne", f"say {ANSWER}")
    reply = await answer_of(world)
    assert (reply.answers, reply.scope) == (None, Scope.PRIVATE)
    assert HEARD not in await world.text("Marit")
    word = await row_of(world, "Sanne", Kind.COACH_WORD)
    assert said("word-no-coach") in await press(world, "Sanne", "word.answer", word.id)
    wrong = await world.bot.handle(await submitted(world, "Sanne", "word.answered", word.id, text="x"))
    assert wrong is not None
    assert said("word-no-coach") in wrong.errors["text"]


async def marit_goes(world: World) -> None:
    """Let the coach who wrote be forgotten."""
    await world.driver.command("Marit", "dm", "forget")
    assert await world.fill("Marit", agreed=("yes",)) == {}
    await world.settle()


async def test_to_a_coach_who_is_gone_nobody_is_invited_to_answer_and_an_answer_is_private(world: World) -> None:
    await written_to(world)
    await marit_goes(world)
    shown = await direct_text(world, "Sanne")
    assert said("coach-word-note", name="Marit") not in shown
    assert said("word-no-coach") in shown
    await world.do("Sanne", f"say {ANSWER}")
    assert said("scope-private") in await world.text("Sanne")
    assert ANSWER not in await ask(world, "Iris", "log", "dm")


async def test_an_answer_whose_coach_is_gone_becomes_private(world: World) -> None:
    await written_to(world)
    await world.do("Sanne", f"say {ANSWER}")
    await marit_goes(world)
    await world.driver.open_home("Sanne")
    page = await home_text(world, "Sanne")
    assert f"{said('scope-private')}\n{ANSWER}" in page
    assert ANSWER not in await ask(world, "Iris", "log", "dm")


async def test_what_coaches_write_to_themselves_is_no_text_of_their_journey(world: World) -> None:
    await begin(world, "Marit")
    await world.driver.travel(TYPED_ON)
    await world.do("Marit", f"say {WORDS}")
    assert WORDS in await ask(world, "Marit", "log", "dm")
    await world.click("Marit", "log.answer")
    assert await world.fill("Marit", text="talking to myself") == {}
    await world.settle()
    await world.driver.open_home("Marit")
    page = await home_text(world, "Marit")
    assert WORDS in page
    assert "talking to myself" not in page


async def test_what_only_holds_spaces_and_what_is_somebody_elses_is_refused(world: World) -> None:
    await written_to(world)
    word = await row_of(world, "Sanne", Kind.COACH_WORD)
    wrong = await world.bot.handle(await submitted(world, "Sanne", "word.answered", word.id, text="  "))
    assert wrong is not None
    assert said("words-missing") in wrong.errors["text"]
    wrong = await world.bot.handle(await submitted(world, "Iris", "word.answered", word.id, text="x"))
    assert wrong is not None
    assert len(await replies(world, "Sanne")) == 1


async def test_of_who_was_wiped_no_name_stays_with_the_coach(world: World) -> None:
    await written_to(world)
    await world.do("Sanne", f"say {ANSWER}")
    await world.driver.command("Sanne", CHANNEL, "forget")
    assert await world.fill("Sanne", agreed=("yes",)) == {}
    await world.settle()
    texts = [world.driver.texts(each) for each in await world.direct("Marit") if not each["ephemeral"]]
    assert said("coach-heard-gone") in texts
    assert HEARD not in "\n".join(texts)


async def test_of_who_was_wiped_while_the_platform_refused_no_name_stays_either(world: World) -> None:
    await written_to(world)
    await world.do("Sanne", f"say {ANSWER}")
    assert HEARD in await direct_text(world, "Marit")
    world.line.faults["chat.update"] = [Fault(status=500)] * 9
    await world.driver.command("Sanne", "dm", "forget")
    assert await world.fill("Sanne", agreed=("yes",)) == {}
    world.line.faults.clear()
    await world.driver.travel("2026-01-13T18:00")
    assert HEARD not in await direct_text(world, "Marit")
