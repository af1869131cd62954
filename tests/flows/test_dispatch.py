"""Everything that came in ends as if it had been handled once; what goes wrong is told kindly, no word is lost."""

import asyncio
import logging
from dataclasses import replace

import pytest

from bot.chat.port import Command, FormErrors, Incoming, Press, Submitted
from bot.coaching.language import Language
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Answer, Kind
from bot.flows.context import identify
from bot.flows.dispatch import receive
from bot.flows.messages.phrase import line
from bot.flows.private_answer import direct, tell
from bot.flows.refusals import busy
from bot.practice.faults import Fault
from bot.store.port import Conflict
from tests.conftest import CHANNEL, World
from tests.content import NL, said
from tests.flows.replies.test_typed import TUESDAY, failing, replies, row_of, typed
from tests.flows.talk import ask, begin, common, form_text, member_of, press, submitted


async def test_the_same_event_twice_is_one_reply_and_one_confirmation(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.driver.say("Sanne", "dm", "once")
    before = len(await world.direct("Sanne"))
    await world.driver.act("redeliver")
    spoken = await typed(world, "Sanne", "at once", "1768294900.1")
    await asyncio.gather(*(receive(world.bot.ports, spoken) for _ in range(5)))
    assert [reply.text for reply in await replies(world, "Sanne")] == ["at once", "once"]
    assert len(await world.direct("Sanne")) == before + 1
    await world.driver.say("Sanne", "dm", "status")
    await world.driver.act("redeliver")
    assert len(await world.direct("Sanne")) == before + 3  # the word itself, and one answer


async def test_an_event_is_handled_again_after_a_failure_or_a_crash(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    spoken = await typed(world, "Sanne", "kept in the end", "1768294900.1")
    with pytest.raises(OSError, match="disk"):
        await receive(failing(world, save=[OSError("disk")]), spoken)
    assert await replies(world, "Sanne") == []
    with pytest.raises(asyncio.CancelledError):  # as when the process is stopped in the midst of it
        await receive(failing(world, save=[asyncio.CancelledError()]), spoken)
    await receive(world.bot.ports, spoken)
    assert [reply.text for reply in await replies(world, "Sanne")] == ["kept in the end"]


async def test_a_conflict_is_tried_again_and_at_last_told(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    spoken = await typed(world, "Sanne", "in the end", "1768294900.1")
    await receive(failing(world, save=[Conflict()] * 3), spoken)
    assert [reply.text for reply in await replies(world, "Sanne")] == ["in the end"]
    nudge = await row_of(world, "Sanne", Kind.NUDGE)
    done = Press(**await common(world, "Sanne"), button="nudge.done", value=nudge.id, ref=None, at_home=True)
    assert await receive(failing(world, save=[Conflict()] * 4), done) is None
    assert said("sorry") in await world.text("Sanne")
    assert (await row_of(world, "Sanne", Kind.NUDGE)).answer is None


async def test_a_conflict_that_stays_when_it_is_handled_again_means_done_already(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    caplog.set_level(logging.INFO)
    before = await world.direct("Sanne")
    done = Press(**await common(world, "Sanne"), button="nudge.done", value="x", ref=None, at_home=True)
    spoken = await typed(world, "Sanne", "in the end", "1768294900.1")
    for arrived in (spoken, done):
        broken = failing(world, save=[Conflict()] * 4, around_nudge=[Conflict()] * 4)
        assert await receive(broken, replace(arrived, attempt=2)) is None
    assert await world.direct("Sanne") == before
    assert caplog.text.count("done already") == 2
    with pytest.raises(Conflict):
        await receive(failing(world, save=[Conflict()] * 4), spoken)


async def test_what_is_made_twice_of_one_arrival_has_the_same_ids(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    spoken = await typed(world, "Sanne", "one and the same", "1768294900.1")
    await receive(world.bot.ports, spoken)
    (reply,) = await replies(world, "Sanne")
    member = await member_of(world, "Sanne")
    assert member is not None
    await world.bot.ports.store.erase(member.workspace, member.id, at=spoken.at, audit_id="gone")
    await world.join("Sanne")
    await world.driver.travel("2026-01-20T12:00")
    await receive(world.bot.ports, spoken)
    (again,) = await replies(world, "Sanne")
    assert again.id == reply.id
    assert again.enrollment != reply.enrollment


async def test_two_clicks_at_once_count_once(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    before = [each["ts"] for each in await world.direct("Sanne")]
    message = await world.latest("Sanne")
    asked = await row_of(world, "Sanne", Kind.NUDGE)
    about = {"block_id": "b", "value": asked.id, "channel": message["channel"], "ts": message["ts"]}
    buttons = ("nudge.done", "nudge.no", "nudge.done")  # on devices that show it as it was
    await asyncio.gather(*(world.driver.press("Sanne", action_id=button, **about) for button in buttons))
    nudge = await row_of(world, "Sanne", Kind.NUDGE)
    assert nudge.answer in (Answer.DONE, Answer.NOT_FOR_ME)
    shown = [each for each in await world.direct("Sanne") if each["ephemeral"] and each["ts"] not in before]
    assert shown
    assert all(said("sorry") not in world.driver.texts(each) for each in shown)


async def test_an_unknown_button_and_an_unknown_form_change_nothing(world: World) -> None:
    await begin(world, "Sanne")
    assert said("press-stale") in await press(world, "Sanne", "no.such", "x")
    answer = await receive(world.bot.ports, await submitted(world, "Sanne", "no.such", "x", text="y"))
    assert answer == FormErrors({"text": world.says("form-stale")})  # what was typed stays on the screen
    assert await receive(world.bot.ports, await submitted(world, "Sanne", "no.such", "x")) is None
    message = await world.latest("Sanne")
    await world.driver.press("Sanne", block_id="b", action_id="no.such", value="x", channel="dm", ts=message["ts"])
    assert said("press-stale") in await world.text("Sanne")


async def test_an_unknown_word_and_an_arrival_of_no_kind_change_nothing(world: World) -> None:
    await begin(world, "Sanne")
    assert "xyzzy" in await ask(world, "Sanne", "xyzzy")
    about = await common(world, "Sanne")
    nothing = Incoming(workspace=about["workspace"], person=about["person"], event_id="", at=about["at"])
    assert await receive(world.bot.ports, nothing) is None


async def test_a_doubled_click_and_a_doubled_command_are_one(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.command("Sanne", CHANNEL, "status")
    before = len(await world.driver.messages("Sanne", CHANNEL))
    await world.driver.act("redeliver")
    assert len(await world.driver.messages("Sanne", CHANNEL)) == before


async def test_whoever_acts_is_told_when_it_goes_wrong_and_no_word_of_theirs_is_logged(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await begin(world, "Sanne", language="nl")
    caplog.set_level(logging.INFO)
    about = await common(world, "Sanne")
    secret = "what I said about Wim"
    broken = failing(world, around_person=[ValueError(secret)])
    command = Command(
        **{**about, "event_id": "trigger:1"},
        conversation=await world.driver.channel("Sanne", CHANNEL),
        conversation_name=CHANNEL,
        text="status",
        is_direct=False,
        aside="",
    )
    await receive(broken, command)
    aside = world.driver.whispers_in(CHANNEL)
    told = await world.text("Sanne", aside)
    assert said("sorry", NL) in told
    assert "Traceback" not in told
    await receive(world.bot.ports, command)  # it may come again
    assert said("status-week", NL, week=1) in await world.text("Sanne", aside)
    form = Submitted(**about, form="reply.changed", subject="x", values={"text": secret, "scope": "coach"})
    wrong = await receive(failing(world, around_words=[ValueError(secret)]), form)
    assert isinstance(wrong, FormErrors)
    assert said("sorry", NL) in wrong.errors["text"]
    empty = replace(form, values={})
    assert await receive(failing(world, around_words=[ValueError(secret)]), empty) is None
    assert said("sorry", NL) in await world.text("Sanne")
    assert "ValueError" in caplog.text
    assert secret not in caplog.text


async def test_a_form_that_takes_too_long_says_so_at_its_first_field(world: World) -> None:
    await begin(world, "Sanne", language="nl")
    form = await submitted(world, "Sanne", "plan.make", "x", first="als", second="dan")
    told = await busy(world.bot.ports, form)
    assert list(told.errors) == ["first"]
    assert said("form-busy", NL) in told.errors["first"]
    assert (await busy(world.bot.ports, replace(form, values={}))).errors == {}


async def test_without_a_store_the_sorry_line_comes_in_english(world: World) -> None:
    await begin(world, "Sanne", language="nl")
    about = {**await common(world, "Sanne"), "event_id": "trigger:2"}
    done = Press(**about, button="nudge.done", value="x", ref=None, at_home=True)
    dead = failing(world, member_of=[OSError(), OSError()])
    await receive(dead, done)
    assert said("sorry") in await world.text("Sanne")


# --- meeting and telling ----------------------------------------------------------------------------------------


async def test_somebody_reactivated_is_met_as_such(world: World) -> None:
    await begin(world, "Sanne")
    ports = world.bot.ports
    member = await member_of(world, "Sanne")
    assert member is not None
    await ports.store.save(replace(member, state=MemberState.DEACTIVATED))
    fresh = await identify.met(ports, member.workspace, member.external_id)
    assert fresh is not None
    assert fresh.state is MemberState.ACTIVE
    assert await identify.met(ports, member.workspace, "U0NOBODY") is None
    assert await identify.met(ports, member.workspace, "U0PITSTOP") is None
    iris = await world.driver.person("Iris")
    both = await asyncio.gather(*(identify.met(ports, member.workspace, iris) for _ in range(2)))
    assert both[0] == both[1]


async def test_the_answer_comes_in_the_language_that_was_heard_or_the_channels(world: World) -> None:
    await world.start(language="nl")
    ports = world.bot.ports
    channel = await world.driver.channel("Iris", CHANNEL)
    iris = Press(**await common(world, "Iris"), button="x", value="", ref=None)
    assert await identify.language_of(ports, iris, channel, None) is Language.NL
    assert await identify.language_of(ports, iris, channel, Language.EN) is Language.EN
    assert await identify.language_of(ports, iris, "C0OTHER", None) is Language.EN
    assert await identify.language_of(ports, iris, None, None) is Language.EN


@pytest.mark.slack("Teams tells the chat of everybody who ever acted, so none has to be opened")
async def test_a_person_who_cannot_be_reached_is_not_told(world: World) -> None:
    await begin(world, "Sanne")
    member = await member_of(world, "Sanne")
    assert member is not None
    ports = world.bot.ports
    world.line.faults["conversations.open"] = [Fault(status=500), Fault(status=500)]
    assert await direct(ports, replace(member, direct=None)) is None
    assert await direct(ports, replace(member, direct=None)) is None
    assert await direct(ports, replace(member, direct=None)) == member.direct
    assert await direct(ports, member) == member.direct
    world.line.faults["conversations.open"] = [Fault(status=500)]
    form = await submitted(world, "Sanne", "x", "")
    await tell(ports, form, line(ports.words, Language.EN, "sorry"))
    assert said("sorry") not in await world.text("Sanne")


async def test_an_answer_to_an_ephemeral_message_stands_beside_it(world: World) -> None:
    await begin(world, "Sanne")
    await ask(world, "Sanne", "leave")
    await world.click("Sanne", "erase.open", CHANNEL)
    assert await form_text(world, "Sanne")
    await world.driver.press(
        "Sanne",
        block_id="b",
        action_id="no.such",
        channel=CHANNEL,
        ts=(await world.latest("Sanne", CHANNEL))["ts"],
    )
    assert said("press-stale") in await world.text("Sanne", CHANNEL)
