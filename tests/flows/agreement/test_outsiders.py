"""Joining from outside: in chat, on both platforms."""

from dataclasses import replace
from typing import Any

from bot.practice.faults import Fault
from tests import content
from tests.conftest import CHANNEL, World
from tests.flows.agreement.settled import the_workspace
from tests.flows.talk import ask, form_text, member_of


async def of_elsewhere(world: World, who: str, **changes: Any) -> None:
    """Let somebody be a guest, or belong to another organization, on the platform."""
    side = world.sides[0].site.world
    known = side.people[await world.driver.person(who)]
    side.add(replace(known, **changes))


async def test_a_guest_does_not_join_unless_that_is_allowed(world: World) -> None:
    await world.start()
    await of_elsewhere(world, "Grace", is_guest=True)
    assert content.said("join-outsider") in await ask(world, "Grace", "join")
    assert await world.driver.modal("Grace") is None
    await world.bot.ports.save(replace(await the_workspace(world), lets_outsiders_join=True))
    await world.driver.command("Grace", CHANNEL, "join")
    card = await form_text(world, "Grace")
    assert content.said("consent-outsider") in card
    assert content.said("consent-channel") in card
    await world.join("Grace")
    assert (await member_of(world, "Grace")) is not None


async def test_somebody_of_another_organization_does_not_either(world: World) -> None:
    await world.start()
    key = "team" if world.driver.platform == "slack" else "tenant"
    await of_elsewhere(world, "Grace", **{key: "elsewhere"})
    assert content.said("join-outsider") in await ask(world, "Grace", "join")


async def test_a_guest_who_becomes_a_colleague_joins(world: World) -> None:
    await world.start()
    await of_elsewhere(world, "Grace", is_guest=True)
    assert content.said("join-outsider") in await ask(world, "Grace", "join")
    await of_elsewhere(world, "Grace", is_guest=False)
    world.line.faults["users.info"] = world.line.faults["member"] = [Fault(status=500)]
    assert content.said("join-outsider") in await ask(world, "Grace", "join")  # nobody told
    await world.driver.command("Grace", CHANNEL, "join")
    assert content.said("consent-bot") in await form_text(world, "Grace")
