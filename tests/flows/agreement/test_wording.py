"""A changed wording: asked again once, and nothing more is read until there is an answer."""

from dataclasses import replace
from typing import Any

from bot.coaching.records.nudge import Kind
from bot.coaching.records.reading import ReadGrant
from bot.flows.agenda.reading_news import CHANGED
from bot.flows.agreement.wording import ask_again
from bot.store.port import Conflict, Store
from tests.conftest import World
from tests.flows.agreement.settled import known, the_workspace
from tests.flows.talk import begin


class Overtaken:
    """A store in which somebody else always writes first."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def save(self, *_: object, **__: object) -> None:
        raise Conflict


async def to_other_texts(world: World, *people: str) -> None:
    """Let what these people granted have been granted to other texts than those that hold now."""
    for who in people:
        await world.bot.ports.save(*(replace(each, wording="older") for each in await grants(world, who)))


async def grants(world: World, who: str) -> list[ReadGrant]:
    """Return what somebody lets coaches read."""
    member = await known(world, who)
    return [*await world.bot.ports.store.grants_of(member.workspace, member.id)]


async def test_who_agreed_to_other_texts_is_asked_once_and_nobody_else(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    await to_other_texts(world, "Sanne")
    workspace, ports = await the_workspace(world), world.bot.ports
    assert await ports.store.is_agreed_otherwise(workspace.id, ports.words.wording())
    assert [await ask_again(ports) for _ in range(3)] == [1, 0, 0]
    assert not await ports.store.is_agreed_otherwise(workspace.id, ports.words.wording())
    (row,) = await world.rows("Sanne", Kind.READING_ASK)
    assert (row.prompt, (row.subject or "").partition("/")[0]) == (CHANGED, ports.words.wording())
    assert await world.rows("Grace", Kind.READING_ASK) == []
    assert [each.until_at is None for each in await grants(world, "Sanne")] == [False]
    assert [each.until_at is None for each in await grants(world, "Grace")] == [True]


async def test_texts_that_go_back_to_what_they_were_are_asked_about_anew(world: World) -> None:
    await begin(world, "Sanne")
    ports = world.bot.ports
    for _ in range(2):
        (grant,) = await grants(world, "Sanne")
        await ports.save(replace(grant, wording="older", until_at=None))
        assert await ask_again(ports) == 1
    assert len(await world.rows("Sanne", Kind.READING_ASK)) == 2


async def test_what_was_granted_by_who_is_under_way_no_more_asks_nobody(world: World) -> None:
    await begin(world, "Sanne")
    await to_other_texts(world, "Sanne")
    sanne = await known(world, "Sanne")
    (run,) = await world.bot.ports.store.enrollments_of(sanne.workspace, sanne.id)
    await world.bot.ports.save(run.left(world.bot.ports.now))
    assert await ask_again(world.bot.ports) == 0


async def test_where_somebody_wrote_meanwhile_it_is_tried_again(world: World) -> None:
    await begin(world, "Sanne")
    await to_other_texts(world, "Sanne")
    ports = world.bot.ports
    assert await ask_again(replace(ports, store=Overtaken(ports.store))) == 0  # type: ignore[arg-type] - as one
    assert await ask_again(ports) == 1


async def test_a_process_looks_by_itself(world: World) -> None:
    await begin(world, "Sanne")
    await to_other_texts(world, "Sanne")
    await world.driver.travel("2026-01-12T14:00")
    assert len(await world.rows("Sanne", Kind.READING_ASK)) == 1
