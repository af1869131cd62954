"""Who is an admin: what the platform says, and whom the operator named where it cannot tell."""

from dataclasses import replace

import pytest

from bot.chat.port import Unanswered
from bot.flows.reading.admins import asked_admin, is_admin, is_named
from bot.practice.faults import Fault
from tests.conftest import CHANNEL, World

NAMED = frozenset({"7E9A-01 ", "b"})


@pytest.mark.parametrize(
    ("external_id", "is_one"),
    [
        ("7e9a-01", True),  # in another case
        (" 7E9A-01", True),  # with a space in front
        ("b", True),
        ("7e9a-0", False),  # the beginning of one
        ("", False),
        (" ", False),
    ],
)
def test_neither_case_nor_spaces_count(external_id: str, *, is_one: bool) -> None:
    assert is_named(NAMED, external_id) is is_one


def test_nobody_is_named_by_an_empty_list() -> None:
    assert not is_named(frozenset(), "b")
    assert not is_named(frozenset({"", " "}), "")


async def who(world: World, name: str) -> tuple[str, str]:
    """Return our id of the workspace, once somebody typed a command, and the platform's id of that person."""
    await world.driver.command(name, CHANNEL, "help")
    (workspace,) = await world.bot.ports.store.workspaces()
    return workspace.id, await world.driver.person(name)


async def test_the_platform_says_who_is_one_or_else_the_operator(world: World) -> None:
    workspace, marit = await who(world, "Marit")
    assert await is_admin(world.bot.ports, workspace, marit)
    for other in (await world.driver.person("Sanne"), "U0NOBODY"):
        assert not await is_admin(world.bot.ports, workspace, other)
    tells = world.driver.platform == "slack"  # there the operator's list counts for nothing
    unnamed = replace(world.bot.ports, admins=frozenset({await world.driver.person("Sanne")}))
    assert await is_admin(unnamed, workspace, marit) is tells
    assert await is_admin(unnamed, workspace, await world.driver.person("Sanne")) is not tells


async def test_no_answer_is_neither_yes_nor_no(world: World) -> None:
    workspace, marit = await who(world, "Marit")
    world.line.faults["users.info"] = [Fault(status=500)] * 2
    world.line.faults["member"] = [Fault(status=500)] * 2
    with pytest.raises(Unanswered):
        await is_admin(world.bot.ports, workspace, marit)
    assert await asked_admin(world.bot.ports, workspace, marit) is None
    assert await asked_admin(world.bot.ports, workspace, marit) is True


async def test_an_admin_of_another_organization_is_none_here_unless_the_operator_says_so(world: World) -> None:
    workspace, marit = await who(world, "Marit")
    side = world.sides[0].site.world
    theirs = {"team": "elsewhere"} if world.driver.platform == "slack" else {"tenant": "elsewhere"}
    side.add(replace(side.people[marit], **theirs))
    assert await is_admin(world.bot.ports, workspace, marit) is (world.driver.platform == "teams")
