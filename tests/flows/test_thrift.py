"""What somebody does costs as few questions to the store, and as few commits, as its promises allow."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, cast

import pytest

from bot.flows.screens.render import rendered
from bot.store.port import Store
from tests.conftest import World
from tests.flows.replies.test_typed import replies
from tests.flows.talk import begin

TUESDAY = "2026-01-13T10:00"
TICKS = frozenset(
    {"next_moment", "due_in", "due", "ready_in", "doubtful_in", "doubtful", "late", "paused_until", "left_lying"}
    | {"gaps_in", "gaps", "queue", "screens_due"}
)
WRITES = frozenset({"arrive", "sign", "save", "finish", "first_sight", "keep_reach", "settle_screen", "keep_route"})
REACHED = frozenset({"reach_of"})  # where a platform has to be told how


class Counted:
    """The real store, which notes what it was asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        ask = getattr(self._store, name)

        @wraps(ask)
        def noted(*given: Any, **named: Any) -> Any:
            if name not in TICKS:
                self.asked.append(name)
            return ask(*given, **named)

        return noted


async def asked_for(world: World, deed: str) -> list[str]:
    """Return what the store is asked while somebody does something, in order."""
    ports = world.bot.ports
    counted = Counted(ports.store)
    world.bot.ports = replace(ports, store=cast("Store", counted))
    await world.do("Sanne", deed)
    world.bot.ports = ports
    return counted.asked


@pytest.mark.parametrize(
    ("deed", "commits", "reads", "more"),
    [
        # That a person was heard of is read for each deed, and written for the first one of an hour.
        # In Teams one read more: all that comes in tells the time zone; and for a press two others: a message may be
        # there twice, and its answer speaks the person's language.
        # kept, stored, where its confirmation stands (known only once it is shown), handled: the last two in one
        # commit; one read decides, and what it found is shown
        ("say we talked", ["arrive", "sign", "save", "settle_screen", "finish"], 1, {"teams": 1}),
        # kept, answered, handled; one read decides, one tells which screen was pressed, one shows it
        ("press nudge.done", ["arrive", "sign", "save", "settle_screen", "finish"], 3, {"teams": 3}),
    ],
)
async def test_what_a_deed_costs(world: World, deed: str, commits: list[str], reads: int, more: dict[str, int]) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    asked = await asked_for(world, deed)
    assert [each for each in asked if each in WRITES] == commits
    looked = [each for each in asked if each not in WRITES]
    expected = reads + more.get(world.driver.platform, 0)
    assert len([each for each in looked if each not in REACHED]) == expected, looked


@pytest.mark.parametrize("scope", ["private", "coach"])
async def test_a_confirmation_shows_what_it_would_if_all_of_it_were_read_again(world: World, scope: str) -> None:
    await begin(world, "Sanne", scope=scope)
    await world.driver.travel(TUESDAY)
    await world.do("Sanne", "say we talked")
    (reply,) = await replies(world, "Sanne")
    ports = world.bot.ports.at(reply.workspace)
    screen = await ports.store.screen(reply.workspace, reply.id)
    assert screen is not None
    again = await rendered(ports, screen)
    assert again is not None
    assert (screen.digest, set(screen.subjects)) == (again.digest, set(again.subjects))
