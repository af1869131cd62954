"""Whoever pressed *Join*, and cannot be written to, hears so in answer to the press, by its cause; nothing is begun."""

import json

import pytest

from bot.coaching.language import Language
from bot.practice.faults import Fault
from tests.conftest import CHANNEL, World
from tests.content import NL, said
from tests.flows.talk import ask, direct_text, member_of

pytestmark = pytest.mark.parametrize("world", ["teams"], indirect=True)

JSON = {"Content-Type": "application/json"}


def refusing(code: str, status: int) -> Fault:
    return Fault(status=status, headers=JSON, body=json.dumps({"error": {"code": code, "message": "m"}}).encode())


async def pressed_join(world: World, who: str = "Grace") -> str:
    """Return what somebody reads in answer to their press."""
    person, channel = await world.driver.person(who), await world.driver.channel(who, CHANNEL)
    seen = await world.driver.state(who)
    invitation = next(each for each in seen["messages"][channel] if "cohort.join" in json.dumps(each["card"]))
    button = world.driver.button(invitation, "cohort.join")
    data = {"pitstop": {"button": "cohort.join", "value": button["value"]}}
    about = {"as": person, "channel": channel, "id": invitation["post"], "inputs": {}}
    answer = await world.driver.act("press", **about, data=data, forged=True)
    return str(answer["noted"])


CAUSES = [
    (refusing("ForbiddenOperationException", 403), "press-out-of-reach"),
    (refusing("MemberNotFoundInConversation", 404), "press-out-of-reach"),
    (Fault(status=404, body=b"<html>"), "press-unreached"),
    (Fault(status=400, body=b"{}"), "press-unreached"),
    (Fault(status=429, headers={"Retry-After": "30"}), "press-unreached"),
    (Fault(status=502, body=b"<html>"), "press-unreached"),
    (Fault(status=201, headers=JSON, body=b"{}"), "press-unreached"),
    (refusing("InvalidBotApiHost", 403), "press-unreached"),
]


@pytest.mark.parametrize(("fault", "key"), CAUSES)
@pytest.mark.parametrize("language", [Language.EN, NL])
async def test_who_pressed_join_hears_why_our_chat_cannot_be_opened(
    world: World, fault: Fault, key: str, language: Language
) -> None:
    await world.start(language=language)
    world.line.faults["conversations.open"] = [fault] * 9
    assert await pressed_join(world) == said(key, language)
    world.line.faults.clear()
    assert await pressed_join(world) == said("teams-noted-outside", Language.EN)  # as the client of who is met says
    assert await world.form("Grace")


async def test_who_was_met_before_hears_it_too(world: World) -> None:
    await world.start()
    await pressed_join(world)
    assert await member_of(world, "Grace") is not None
    world.line.faults["chat.postMessage"] = [refusing("ConversationBlockedByUser", 403)] * 4
    assert await pressed_join(world) == said("press-out-of-reach")
    world.line.faults["chat.postMessage"] = [Fault(status=403, body=b"<html>")] * 4
    assert await pressed_join(world) == said("press-unreached")


async def test_a_command_in_the_channel_that_cannot_be_answered_is_answered_there(world: World) -> None:
    await world.start()
    world.line.faults["conversations.open"] = [Fault(status=502)] * 9
    await ask(world, "Grace", "join", CHANNEL)
    world.line.faults.clear()
    assert said("unreached") in await world.text("Grace", CHANNEL)


@pytest.mark.parametrize("language", [Language.EN, NL])
async def test_starter_and_coach_hear_once_that_the_invitation_was_refused(world: World, language: Language) -> None:
    refused = said("invitation-refused", language, "teams")
    world.line.with_words[("cohort.join",)] = refusing("BotNotInConversationRoster", 403)
    await world.start(by="Sanne", language=language)
    for who in ("Sanne", "Marit"):
        assert refused in await direct_text(world, who)
    await world.driver.travel("2026-01-12T13:00")
    assert "cohort.join" in json.dumps(await world.driver.state("Grace"))
    assert (await direct_text(world, "Sanne")).count(refused) == 1
