"""At home: nothing typed is kept unless it is said to be about work, whichever message is open; and the end of all."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.port import Edited, MessageRef, Press
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind
from bot.coaching.records.reply import ReplyKind
from bot.practice.faults import Fault
from tests.conftest import World
from tests.content import labels, said, whole
from tests.flows.replies.test_typed import replies, row_of
from tests.flows.talk import BY_MARIT, begin, common, did_it, live_on, press, run_of
from tests.remembered import remembered
from tests.unlocked import plainly

HOME = "2026-01-27T11:00"  # the partner's nudge came an hour ago
THURSDAY = "2026-01-29T16:00"
DEBRIEF = "2026-02-03T11:00"
NEXT = "2026-02-10T11:00"  # the next item's nudge came
CRIED = "it was hard, my wife cried"
SLACK = pytest.mark.slack("only Slack lets us read the message again")
TEAMS = pytest.mark.teams("only in Teams the button carries the words")


@remembered
async def at_home(world: World, *, at: str = HOME, **values: str) -> None:
    """Bring Sanne to her partner's weeks."""
    await begin(world, "Sanne", **values)
    await world.driver.travel("2026-01-13T17:00")
    await live_on(world, at, "Sanne")


async def texts(world: World) -> list[str | None]:
    """Return what is kept of Sanne's words, newest first."""
    return [reply.text for reply in await replies(world, "Sanne")]


async def press_again(world: World, button: str, value: str) -> None:
    """Press a button of the offer on a screen that does not show yet that Sanne's words were kept."""
    await world.bot.handle(await outdated(world, button, value))


async def outdated(world: World, button: str, value: str, *, carried: str = "") -> Press:
    """Return a press of a button of the offer, on a screen that does not show that Sanne's words were kept."""
    [kept] = await replies(world, "Sanne")
    shown = await world.bot.ports.store.screen(kept.workspace, kept.id)
    assert shown is not None
    told = await common(world, "Sanne")
    ref = MessageRef(workspace=kept.workspace, conversation=shown.conversation, message=shown.message)
    return Press(**told, button=button, value=value, ref=ref, at_home=False, carried=carried)


def in_the_file(world: World, words: str) -> bool:
    """Return whether any table of the database holds these words."""
    with closing(plainly(Path(world.database_url.removeprefix("sqlite:///")))) as connection:
        return any(words in line for line in connection.iterdump())


# --- nothing is kept --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [HOME, THURSDAY, "2026-02-02T10:00", DEBRIEF, "2026-02-06T10:00", "2026-02-09T12:00"])
async def test_nothing_typed_is_kept_whichever_message_is_open(world: World, at: str) -> None:
    await at_home(world, at=at)
    await world.do("Sanne", f"say {CRIED}")
    told = await world.latest("Sanne")
    assert said("said-forgotten") in world.driver.texts(told)
    assert world.driver.labels(told) == labels("unkept-keep-button", "unkept-no-button")
    assert await texts(world) == []
    assert not in_the_file(world, CRIED)


async def test_nor_under_the_question_of_its_day_in_its_debrief_and_at_the_change(world: World) -> None:
    await at_home(world)
    await world.play("Sanne", ("press nudge.plan",), ("send day=2026-01-28",))
    await world.driver.travel("2026-01-28T16:00")
    await world.do("Sanne", f"say {CRIED} on the day")
    await world.click("Sanne", "day.done")
    await world.driver.travel(DEBRIEF)
    for place in range(4):
        await world.do("Sanne", f"say {CRIED} {place}")
        await world.click("Sanne", "debrief.next")
    await world.do("Sanne", f"say {CRIED} at last")
    assert await texts(world) == []
    assert not in_the_file(world, CRIED)


async def test_nor_as_the_caption_of_a_file(world: World) -> None:
    await at_home(world)
    await world.driver.say("Sanne", "dm", CRIED, files=1)
    assert await texts(world) == []
    assert not in_the_file(world, CRIED)


async def test_nor_in_answer_to_an_older_message_about_work(world: World) -> None:
    await at_home(world)
    older = await row_of(world, "Sanne", Kind.NUDGE)
    first = next(row for row in await world.rows("Sanne", Kind.NUDGE) if row.item == "people-before-systems")
    assert older.item == "ask-your-partner"
    await world.driver.say("Sanne", "dm", CRIED, thread_ts=await world.stands(first))
    assert await texts(world) == []
    await world.click("Sanne", "unkept.keep")
    (kept,) = await replies(world, "Sanne")
    assert (kept.nudge, kept.item) == (first.id, "people-before-systems")


async def test_an_edit_of_older_words_takes_those_away_and_is_not_kept(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T17:00")
    spoken = await world.driver.say("Sanne", "dm", "about work")
    await world.click("Sanne", "words.share")
    await world.driver.travel(HOME)
    await world.driver.edit("Sanne", "dm", spoken, CRIED)
    told = await world.latest("Sanne")
    assert said("edited-forgotten") in world.driver.texts(told)
    assert await texts(world) == []
    assert not in_the_file(world, CRIED)
    assert not in_the_file(world, "about work")
    await world.driver.click("Sanne", told, "unkept.keep")
    (kept,) = await replies(world, "Sanne")
    assert (kept.text, kept.shared_at) == (CRIED, None)


async def test_good_that_you_did_it_is_said_to_who_did_it(world: World) -> None:
    await at_home(world)
    await world.do("Sanne", f"say {CRIED}")
    assert said("said-forgotten-done") not in await world.text("Sanne")
    await world.click("Sanne", "nudge.done")
    await world.do("Sanne", f"say {CRIED}")
    assert said("said-forgotten-done") in await world.text("Sanne")


@pytest.mark.slack("in Teams such a message is the command itself")
async def test_a_command_is_a_command_at_home_too(world: World) -> None:
    await at_home(world)
    await world.do("Sanne", "say status")
    assert said("said-command") in await world.text("Sanne")


async def test_home_ends_with_the_next_experiment_and_what_follows_at_work_is_kept(world: World) -> None:
    await at_home(world)
    await did_it(world, "Sanne", at="2026-02-02T12:00")
    await world.driver.travel(DEBRIEF)
    for _ in range(4):
        await world.click("Sanne", "debrief.next")
    await world.click("Sanne", "transfer.make")
    assert await world.fill("Sanne", first="ring back first", second="me", day="2026-02-12") == {}
    await world.driver.travel(NEXT)
    await world.do("Sanne", "say about the baker")
    assert await texts(world) == ["about the baker"]
    await world.driver.travel("2026-02-12T16:00")
    asked = await row_of(world, "Sanne", Kind.DAY_OF)
    assert asked.item == "ask-your-partner"
    await world.driver.say("Sanne", "dm", "it works", thread_ts=await world.stands(asked))
    kept = (await replies(world, "Sanne"))[0]
    assert (kept.text, kept.item, kept.kind) == ("it works", "ask-your-partner", ReplyKind.TYPED)
    assert said("said-forgotten-here") not in await world.text("Sanne")


async def test_an_answer_to_the_experiments_own_message_stays_unkept_afterwards(world: World) -> None:
    await at_home(world, at="2026-02-20T11:00")
    nudge = next(row for row in await world.rows("Sanne", Kind.NUDGE) if row.item == "ask-your-partner")
    await world.driver.say("Sanne", "dm", CRIED, thread_ts=await world.stands(nudge))
    assert said("said-forgotten-here") in await world.text("Sanne")
    assert await texts(world) == []


async def test_forms_for_work_are_kept_at_home(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T17:00")
    await world.click("Sanne", "nudge.done")
    await world.driver.travel("2026-01-20T11:00")  # the debrief of the first item, left open
    await world.driver.travel(HOME)
    await world.click("Sanne", "debrief.write")
    assert await world.fill("Sanne", text="what I expected at work") == {}
    assert await texts(world) == ["what I expected at work"]


# --- keeping it after all ---------------------------------------------------------------------------------------


async def test_a_press_keeps_the_words_once_as_a_note_of_the_week(world: World) -> None:
    await at_home(world)
    await world.do("Sanne", "say Wim rang back")
    offer = await world.latest("Sanne")
    await world.driver.click("Sanne", offer, "unkept.keep")
    (kept,) = await replies(world, "Sanne")
    assert (kept.text, kept.item, kept.week, kept.kind) == ("Wim rang back", None, 3, ReplyKind.TYPED)
    receipt = await world.latest("Sanne")
    assert receipt["ts"] == offer["ts"], "the receipt takes the place of the offer"
    assert whole("card-noted", about=whole("about-week", week=3), scope=BY_MARIT) in world.driver.texts(receipt)
    await world.driver.edit("Sanne", "dm", kept.source.split("/")[1] if kept.source else "", CRIED)
    assert not in_the_file(world, CRIED)


async def test_pressed_on_two_devices_it_is_kept_once(world: World) -> None:
    await at_home(world)
    spoken = await world.driver.say("Sanne", "dm", "Wim rang back")
    offer = world.driver.button(await world.latest("Sanne"), "unkept.keep")
    await world.click("Sanne", "unkept.keep")
    before = await replies(world, "Sanne")
    receipt = await world.latest("Sanne")
    await press_again(world, "unkept.keep", offer["value"])
    assert await replies(world, "Sanne") == before
    told = await world.latest("Sanne")
    assert world.driver.texts(told) == world.driver.texts(receipt)
    assert spoken


async def test_no_makes_the_offer_go_away(world: World) -> None:
    await at_home(world)
    await world.do("Sanne", f"say {CRIED}")
    offer = await world.latest("Sanne")
    await world.driver.click("Sanne", offer, "unkept.no")
    told = await world.latest("Sanne")
    assert (told["ts"], world.driver.texts(told), world.driver.labels(told)) == (offer["ts"], said("unkept-no"), [])
    assert await texts(world) == []


async def test_no_on_another_device_does_not_call_kept_words_not_kept(world: World) -> None:
    await at_home(world)
    await world.do("Sanne", "say the invoice run is late")
    no = world.driver.button(await world.latest("Sanne"), "unkept.no")
    await world.click("Sanne", "unkept.keep")
    receipt = await world.latest("Sanne")
    await press_again(world, "unkept.no", no["value"])
    told = await world.latest("Sanne")
    assert (told["ts"], world.driver.texts(told)) == (receipt["ts"], world.driver.texts(receipt))
    assert await texts(world) == ["the invoice run is late"]


async def test_after_an_hour_it_is_too_late(world: World) -> None:
    await at_home(world)
    await world.do("Sanne", f"say {CRIED}")
    await world.driver.travel("2026-01-27T12:01")
    await world.click("Sanne", "unkept.keep")
    assert said("unkept-late") in await world.text("Sanne")
    assert await texts(world) == []


async def test_words_that_were_deleted_meanwhile_are_not_kept(world: World) -> None:
    await at_home(world)
    spoken = await world.driver.say("Sanne", "dm", CRIED)
    await world.driver.delete("Sanne", "dm", spoken)
    await world.click("Sanne", "unkept.keep")
    assert said("unkept-gone") in await world.text("Sanne")
    assert await texts(world) == []
    assert not in_the_file(world, CRIED)


@SLACK
async def test_what_is_kept_in_slack_is_what_stands_there_now(world: World) -> None:
    await at_home(world)
    spoken = await world.driver.say("Sanne", "dm", CRIED)
    await world.driver.edit("Sanne", "dm", spoken, "Wim rang back")
    await world.click("Sanne", "unkept.keep")
    assert await texts(world) == ["Wim rang back"]


@SLACK
async def test_in_a_thread_the_message_itself_is_read_again(world: World) -> None:
    await at_home(world)
    nudge = await row_of(world, "Sanne", Kind.NUDGE)
    await world.driver.say("Sanne", "dm", "another word", thread_ts=await world.stands(nudge))
    await world.driver.say("Sanne", "dm", "Wim rang back", thread_ts=await world.stands(nudge))
    await world.click("Sanne", "unkept.keep")
    assert await texts(world) == ["Wim rang back"]


@SLACK
async def test_while_slack_does_not_let_us_read_nothing_is_lost(world: World) -> None:
    await at_home(world)
    await world.do("Sanne", "say Wim rang back")
    offer = await world.latest("Sanne")
    world.line.faults["conversations.history"] = [Fault(status=429, headers={"Retry-After": "60"})] * 3
    await world.driver.click("Sanne", offer, "unkept.keep")
    assert said("unkept-unread") in await world.text("Sanne")
    world.line.faults.clear()
    world.practice.clock.leap(timedelta(minutes=1))
    await world.driver.click("Sanne", offer, "unkept.keep")
    assert await texts(world) == ["Wim rang back"]


@TEAMS
async def test_what_teams_carries_is_not_kept_once_it_was_changed(world: World) -> None:
    await at_home(world)
    spoken = await world.driver.say("Sanne", "dm", "Wim rang back")
    await world.driver.edit("Sanne", "dm", spoken, CRIED)
    await world.click("Sanne", "unkept.keep")
    assert said("unkept-gone") in await world.text("Sanne")
    assert await texts(world) == []
    assert not in_the_file(world, CRIED)


@remembered
async def unkept_edit(world: World) -> str:
    """Let Sanne change older words at home, so that the new ones are offered; return the message."""
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T17:00")
    spoken = await world.driver.say("Sanne", "dm", "about work")
    await world.driver.travel(HOME)
    await world.driver.edit("Sanne", "dm", spoken, "Wim rang back")
    return spoken


@TEAMS
async def test_nor_once_an_edit_that_was_not_kept_was_changed(world: World) -> None:
    spoken = await unkept_edit(world)
    world.practice.clock.leap(timedelta(seconds=1))
    await world.driver.edit("Sanne", "dm", spoken, CRIED)
    await world.click("Sanne", "unkept.keep")
    assert said("unkept-gone") in await world.text("Sanne")
    assert await texts(world) == []
    assert not in_the_file(world, "Wim rang back")


@TEAMS
async def test_nor_by_an_offer_from_before_another_edit_that_was_not_kept(world: World) -> None:
    spoken = await unkept_edit(world)
    offer = world.driver.button(await world.latest("Sanne"), "unkept.keep")
    await world.click("Sanne", "unkept.keep")
    assert await texts(world) == ["Wim rang back"]
    late = await outdated(world, "unkept.keep", offer["value"], carried="Wim rang back")
    world.practice.clock.leap(timedelta(seconds=1))
    await world.driver.edit("Sanne", "dm", spoken, CRIED)
    await world.bot.handle(late)
    assert await texts(world) == []


@TEAMS
async def test_an_edit_from_before_the_press_that_comes_after_it_is_followed(world: World) -> None:
    spoken = await unkept_edit(world)
    typed_at = world.bot.ports.clock.now() + timedelta(seconds=1)
    world.practice.clock.leap(timedelta(seconds=2))
    await world.click("Sanne", "unkept.keep")
    [kept] = await replies(world, "Sanne")
    person, place = await world.driver.person("Sanne"), await world.driver.channel("Sanne", "dm")
    late = {"workspace": kept.workspace, "person": person, "event_id": "late", "conversation": place}
    await world.bot.handle(Edited(**late, at=typed_at, message=spoken, text=CRIED))
    assert await texts(world) == []


@TEAMS
@pytest.mark.parametrize("words", ["é" * 8_999, '"\\\n💥\u202e' * 1_700], ids=["long", "hostile"])
async def test_long_words_come_back_whole(world: World, words: str) -> None:
    await at_home(world)
    await world.driver.say("Sanne", "dm", words)
    await world.click("Sanne", "unkept.keep")
    assert [len(text or "") for text in await texts(world)] == [len(words.strip())]


@TEAMS
async def test_words_too_long_for_a_button_are_not_offered(world: World) -> None:
    await at_home(world)
    await world.driver.say("Sanne", "dm", "x" * 9_001)
    told = await world.latest("Sanne")
    assert said("said-too-long-to-keep") in world.driver.texts(told)
    assert world.driver.labels(told) == []


@pytest.mark.parametrize(
    "value", ["", "x", "[]", "{}", "[1,2,3,4,5,6]", json.dumps(["m", None, None, "2026-01-01", "x", None])]
)
async def test_an_offer_that_is_none_of_ours_keeps_nothing(world: World, value: str) -> None:
    await at_home(world)
    await press(world, "Sanne", "unkept.keep", value)
    assert await texts(world) == []


# --- the end ----------------------------------------------------------------------------------------------------


async def test_words_of_who_left_are_not_kept_and_they_are_told(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T17:00")
    spoken = await world.driver.say("Sanne", "dm", "about work")
    await world.driver.command("Sanne", "dm", "leave")
    await world.do("Sanne", f"say {CRIED}")
    assert said("said-left") in await world.text("Sanne")
    await world.driver.edit("Sanne", "dm", spoken, f"{CRIED} again")
    assert await texts(world) == []
    assert not in_the_file(world, CRIED)


async def test_who_edits_after_leaving_is_told_that_the_words_before_are_deleted(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T17:00")
    spoken = await world.driver.say("Sanne", "dm", "about work")
    await world.driver.command("Sanne", "dm", "leave")
    await world.driver.edit("Sanne", "dm", spoken, "just a typo less")
    assert said("said-left-edit") in await world.text("Sanne")
    assert await texts(world) == []


async def test_who_left_a_second_journey_is_not_heard_in_the_first(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T17:00")
    first, store = await run_of(world, "Sanne"), world.bot.ports.store
    now = world.bot.ports.clock.now()
    await store.save(replace(first, state=EnrollmentState.COMPLETED, ended_at=now))
    other = replace(
        first, id="second", version=0, joined_at=now + timedelta(seconds=1), state=EnrollmentState.LEFT, ended_at=now
    )
    cohort = await store.cohort(first.workspace, first.cohort)
    assert cohort is not None
    await store.save(replace(cohort, id="other", channel="C0OTHER", version=0), replace(other, cohort="other"))
    await world.do("Sanne", f"say {CRIED}")
    assert said("said-left") in await world.text("Sanne")
    assert await texts(world) == []


async def test_words_of_a_journey_whose_retention_is_over_are_not_kept(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T17:00")
    run, now = await run_of(world, "Sanne"), world.bot.ports.clock.now()
    ended = replace(run, state=EnrollmentState.COMPLETED, ended_at=now - timedelta(days=89))
    await world.bot.ports.store.save(ended)
    await world.do("Sanne", "say still here")
    assert await texts(world) == ["still here"]
    run = await run_of(world, "Sanne")
    await world.bot.ports.store.save(replace(run, ended_at=now - timedelta(days=90)))
    await world.do("Sanne", f"say {CRIED}")
    told = await world.text("Sanne")
    assert said("said-closed") in told
    assert said("said-closed") in told
    assert "join" not in told, "there may be none to join"
    assert not in_the_file(world, CRIED)


async def test_a_stranger_is_told_and_nothing_is_kept(world: World) -> None:
    await begin(world, "Sanne")
    await world.do("Iris", f"say {CRIED}")
    assert said("said-stranger") in await world.text("Iris")
    assert not in_the_file(world, CRIED)
