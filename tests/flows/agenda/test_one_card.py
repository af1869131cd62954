"""What falls on one working day is one message, that can be answered in each of its parts."""

import pytest

from bot.coaching.records.nudge import Kind, NudgeState
from bot.practice.faults import Fault
from tests.conftest import World
from tests.content import said, title
from tests.flows.talk import ask, begin, did_it

DEBRIEF = title("people-before-systems/debrief")
MAY = said("reflection-may")


async def test_the_debrief_and_the_look_back_of_a_day_are_one_message(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T11:00")
    await world.driver.say("Sanne", "dm", "I called Wim")
    await did_it(world, "Sanne", at="2026-01-14T12:00")
    before = len(await world.direct("Sanne"))
    await world.driver.travel("2026-01-15T10:00")
    (card,) = (await world.direct("Sanne"))[before:]
    text = world.driver.texts(card)
    assert text.index(DEBRIEF) < text.index(MAY) < text.index("I called Wim")
    assert text.count(said("footer-keeps", week=1)) == 1  # what becomes of typed words is said once
    await world.play(
        "Sanne",
        (
            "say silence",
            said("card-noted-answer", number=1, about=title("people-before-systems/item")),
            said("debrief-count", number=2, total=4),
        ),
        ("press words.share", said("channel-goes", day="Monday 19 January")),
    )
    rows = {row.kind: row for row in await world.rows("Sanne") if row.week == 1 and row.kind is not Kind.FOLLOW_UP}
    assert (rows[Kind.DEBRIEF].question, rows[Kind.REFLECTION].state) == (1, NudgeState.SENT)
    assert rows[Kind.REFLECTION].sent_at == rows[Kind.DEBRIEF].sent_at
    standing = len(await world.direct("Sanne"))
    await world.driver.travel("2026-01-16T12:00")  # the look back does not come once more at its own hour
    assert len(await world.direct("Sanne")) == standing


@pytest.mark.slack("there a limit is told by a header of its own")
async def test_a_card_that_slack_takes_only_the_second_time_comes_whole_and_once(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T11:00")
    await world.driver.say("Sanne", "dm", "I called Wim")
    await did_it(world, "Sanne", at="2026-01-14T12:00")
    before = len(await world.direct("Sanne"))
    world.line.faults["chat.postMessage"] = [Fault(status=429, headers={"Retry-After": "7"})]
    await world.driver.travel("2026-01-15T10:00")
    debrief, back = [(await world.rows("Sanne", kind))[0] for kind in (Kind.DEBRIEF, Kind.REFLECTION)]
    assert (debrief.state, back.state, back.card) == (NudgeState.READY, NudgeState.PLANNED, debrief.id)
    await world.driver.travel("2026-01-15T16:00")
    (card,) = (await world.direct("Sanne"))[before:]
    assert all(words in world.driver.texts(card) for words in (DEBRIEF, MAY, "I called Wim"))


async def test_the_question_of_a_changes_day_leads_the_card_of_the_next_experiment(world: World) -> None:
    await begin(world, "Sanne")
    await did_it(world, "Sanne")
    await world.driver.travel("2026-01-20T10:00")
    for _ in range(4):
        await world.do("Sanne", "press debrief.skip")
    await world.play(
        "Sanne",
        ("press transfer.make",),
        (
            "send first=we call back | second=me | day=2026-01-27",
            said("promise-transfer-label", day="Tuesday 27 January"),
        ),
    )
    before = len(await world.direct("Sanne"))
    await world.driver.travel("2026-01-27T12:00")
    assert len(await world.direct("Sanne")) == before + 1  # Thursday's look back: the experiment waits for the question
    await world.play(
        "Sanne",
        ("travel 2026-01-27T15:00", said("transfer-day-title"), title("ask-your-partner/nudge")),
        (
            "press day.done",
            said("transfer-day-done-said", times=0),
            title("ask-your-partner/nudge"),
        ),
        ("press nudge.done", said("transfer-day-title")),
    )


@pytest.mark.slack("there is no thread in a chat of Teams")
async def test_a_coach_answers_under_the_card_below_which_the_words_were_said(world: World) -> None:
    await begin(world, "Sanne")
    (welcome,) = await world.direct("Sanne")
    await world.driver.say("Sanne", "dm", "so far so good")  # to the eight questions, below the welcome
    await ask(world, "Marit", "log", "dm")
    await world.click("Marit", "log.answer")
    assert await world.fill("Marit", text="glad you are here") == {}
    await world.settle()
    (word,) = [each for each in await world.direct("Sanne") if "glad you are here" in world.driver.texts(each)]
    assert word["thread_ts"] == welcome["ts"]
