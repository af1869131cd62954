"""The bot in both homes at once: what is asked in Teams is answered there, with the words of Teams."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.coaching.records.member import Member, MemberState
from bot.commands.server import listen
from bot.practice.app import practice_of
from bot.practice.time.clock import TravelClock
from bot.runtime.app import Bot
from bot.settings import Settings
from tests.conftest import T0, shipped_words
from tests.content import said
from tests.ready import ready
from tests.serving import serving

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Town:
    """A running practice with both homes, looked at from its Teams side."""

    session: aiohttp.ClientSession
    base: str
    bot: Bot

    async def act(self, action: str, **body: Any) -> Json:
        """Do something as a person and wait until the bot has handled it."""
        headers = {"Origin": self.base}
        async with self.session.post(f"{self.base}/practice/teams/api/{action}", json=body, headers=headers) as answer:
            told: Json = await answer.json()
        assert told["ok"], told
        await self.bot.inbox.drained()
        return told

    async def seen(self, person: str) -> Json:
        """Return everything a person sees."""
        async with self.session.get(f"{self.base}/practice/teams/api/state", params={"as": person}) as answer:
            return dict(await answer.json())

    async def person(self, name: str) -> str:
        """Return somebody's id."""
        async with self.session.get(f"{self.base}/practice/teams/api/state") as answer:
            people = (await answer.json())["people"]
        return str(next(each["id"] for each in people if each["name"] == name))

    async def chat(self, person: str) -> str:
        """Return the id of somebody's conversation with the bot."""
        places = (await self.seen(person))["conversations"]
        return str(next(each["id"] for each in places if each["kind"] == "personal"))

    async def cards(self, person: str) -> list[str]:
        """Return the cards in somebody's conversation with the bot, as JSON."""
        where = await self.chat(person)
        messages = (await self.seen(person))["messages"].get(where, [])
        return [json.dumps(each["card"], ensure_ascii=False) for each in messages if each["card"]]


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[Town]:
    door = listen("127.0.0.1", 0)
    settings = Settings(port=door.getsockname()[1], database_url=f"sqlite:///{ready(folder / 'pitstop.db')}")
    app, bot, _ = practice_of(settings, clock=TravelClock(T0), keep=False, words=shipped_words(), with_teams=True)
    async with serving(app, door) as base, aiohttp.ClientSession() as session:
        yield Town(session=session, base=base, bot=bot)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with served(tmp_path) as town:
        yield town


async def test_help_in_teams_speaks_of_teams(town: Town) -> None:
    sanne = await town.person("Sanne")
    await town.act("say", **{"as": sanne, "channel": await town.chat(sanne), "text": "help"})
    (card,) = await town.cards(sanne)
    assert said("help-intro", platform="teams") in card
    assert "@Pitstop start" in card
    assert "/coach" not in card


async def test_the_own_page_comes_when_it_is_asked_for(town: Town) -> None:
    sanne = await town.person("Sanne")
    for _ in range(2):
        await town.act("say", **{"as": sanne, "channel": await town.chat(sanne), "text": "me"})
    assert len(await town.cards(sanne)) == 2


async def test_where_the_own_page_stands_outlives_the_process(town: Town) -> None:
    sanne = await town.person("Sanne")
    where = await town.chat(sanne)
    await town.act("say", **{"as": sanne, "channel": where, "text": "me"})
    (workspace,) = await town.bot.ports.store.workspaces()
    newest = (await town.seen(sanne))["messages"][where][-1]
    page = await town.bot.ports.store.page_screen(workspace.id, sanne)
    assert page is not None
    assert page.message == newest["id"]


async def test_how_a_person_is_reached_is_known_from_what_they_send(town: Town) -> None:
    sanne = await town.person("Sanne")
    where = await town.chat(sanne)
    await town.act("say", **{"as": sanne, "channel": where, "text": "help"})
    store = town.bot.ports.store
    (workspace,) = await store.workspaces()
    assert workspace.platform == "teams"
    reach = await store.reach_to(workspace.id, sanne)
    assert reach is not None
    assert (reach.conversation, reach == await store.reach_of(workspace.id, where)) == (where, True)
    assert reach == await store.reach_any(workspace.id)


async def test_a_form_goes_to_whoever_asked_in_the_channel(town: Town) -> None:
    marit = await town.person("Marit")
    places = (await town.seen(marit))["conversations"]
    channel = next(each["id"] for each in places if each["kind"] == "channel")
    await town.act("say", **{"as": marit, "channel": channel, "text": "@Pitstop start"})
    (form,) = [card for card in await town.cards(marit) if "cohort.start" in card]
    assert f"{channel}|it-managers" in form  # its name, which Teams did not tell along


async def test_whoever_takes_the_app_out_is_sent_nothing_more(town: Town) -> None:
    sanne = await town.person("Sanne")
    await town.act("say", **{"as": sanne, "channel": await town.chat(sanne), "text": "help"})
    store = town.bot.ports.store
    (workspace,) = await store.workspaces()
    await store.save(Member(id="m", workspace=workspace.id, external_id=sanne, name="Sanne"))
    await town.act("remove_app", **{"as": sanne})
    member = await store.member(workspace.id, "m")
    assert member is not None
    assert member.state is MemberState.DEACTIVATED
    await town.act("add_app", **{"as": sanne})
    member = await store.member(workspace.id, "m")
    assert member is not None
    assert member.state is MemberState.DEACTIVATED  # letting us in again is not opting in again


async def test_a_zone_told_along_is_taken_until_somebody_confirms_one(town: Town) -> None:
    sanne = await town.person("Sanne")
    await town.act("say", **{"as": sanne, "channel": await town.chat(sanne), "text": "help"})
    store = town.bot.ports.store
    (workspace,) = await store.workspaces()
    await store.save(Member(id="m", workspace=workspace.id, external_id=sanne, name="Sanne"))
    await town.act("say", **{"as": sanne, "channel": await town.chat(sanne), "text": "status"})
    member = await store.member(workspace.id, "m")
    assert member is not None
    assert member.zone == "Europe/Amsterdam"


async def test_both_homes_begin_anew_together(town: Town) -> None:
    sanne = await town.person("Sanne")
    await town.act("say", **{"as": sanne, "channel": await town.chat(sanne), "text": "help"})
    await town.act("reset")
    assert await town.cards(sanne) == []
    assert await town.bot.ports.store.workspaces() == []
    await town.act("say", **{"as": sanne, "channel": await town.chat(sanne), "text": "help"})
    assert len(await town.cards(sanne)) == 1
