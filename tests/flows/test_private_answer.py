"""Answers that only one person sees, and forms that a platform would no longer open."""

import pytest

from bot.practice.faults import Fault
from tests.conftest import CHANNEL, World
from tests.content import NL, said, whole
from tests.flows.replies.test_typed import replies
from tests.flows.talk import ask, begin, click_home, form_text

TUESDAY = "2026-01-13T10:00"
TOO_LATE = Fault(status=200, body=b'{"ok": false, "error": "expired_trigger_id"}')


@pytest.mark.slack("a form is a card in Teams, and never comes too late")
async def test_a_button_whose_form_came_too_late_asks_for_one_more_press(world: World) -> None:
    await begin(world, "Sanne", language="nl")
    await world.driver.travel(TUESDAY)
    world.line.faults["views.open"] = [TOO_LATE]
    await world.click("Sanne", "nudge.plan")
    assert await world.driver.modal("Sanne") is None
    assert said("press-again", NL) in await world.text("Sanne")
    await world.click("Sanne", "nudge.plan")
    assert said("form-plan-title", NL) in await form_text(world, "Sanne")


@pytest.mark.slack("a form is a card in Teams, and never comes too late")
async def test_a_command_whose_form_came_too_late_asks_to_be_typed_again(world: World) -> None:
    world.line.faults["views.open"] = [TOO_LATE]
    await world.driver.command("Marit", CHANNEL, "start")
    assert said("command-again", NL) in await world.text("Marit", CHANNEL)


@pytest.mark.slack("a form is a card in Teams, and never comes too late")
async def test_an_answer_on_home_is_whispered_when_it_can_not_be_shown_there(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.open_home("Sanne")
    world.line.faults["views.open"] = [TOO_LATE, TOO_LATE]
    await click_home(world, "Sanne", "pause.open")
    assert said("press-again") in await world.text("Sanne")
    world.line.faults["views.open"] = [TOO_LATE]
    await click_home(world, "Sanne", "next.open")
    assert whole("next-moment", day="Tuesday 13 January", time="10:00") in await world.text("Sanne")


def busy(seconds: int) -> Fault:
    """Return a refusal that asks for patience."""
    return Fault(status=429, headers={"Retry-After": str(seconds)})


async def test_a_confirmation_that_was_refused_for_a_moment_comes_after_it(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    before = len(await world.direct("Sanne"))
    world.line.faults["chat.postMessage"] = [busy(1)]
    await world.driver.say("Sanne", "dm", "I asked Wim")
    await world.driver.travel("2026-01-13T12:05")
    spoken, card = (await world.direct("Sanne"))[before:]
    assert "I asked Wim" in world.driver.texts(spoken)
    assert world.is_bots(card)
    (reply,) = await replies(world, "Sanne")
    shown = await world.bot.ports.store.screen(reply.workspace, reply.id)
    assert shown is not None
    assert (shown.conversation, shown.message) == (card["channel"], card["ts"]), "an edit will find it"


async def test_a_command_that_was_refused_for_a_moment_is_answered_after_it(world: World) -> None:
    await begin(world, "Sanne")
    world.line.faults["response_url"] = [busy(1)]
    assert said("status-week", week=1) in await ask(world, "Sanne", "status")
    assert world.line.faults["response_url"] == []


async def test_a_confirmation_is_not_waited_for_for_long(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    before = len(await world.direct("Sanne"))
    world.line.faults["chat.postMessage"] = [busy(11), busy(11)]
    await world.driver.say("Sanne", "dm", "I asked Wim")
    assert len(await world.direct("Sanne")) == before + 1
    assert [reply.text for reply in await replies(world, "Sanne")] == ["I asked Wim"]
    assert world.line.faults["chat.postMessage"] == [busy(11)], "tried once"
