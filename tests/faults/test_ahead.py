"""Two messages typed within two seconds, heard of under other ids than their own, and news of them before they came."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.commands.by_platform import joins
from bot.practice.teams import activities
from bot.practice.teams.world import Json, Post
from bot.runtime.app import Bot, serving
from bot.settings import read_settings
from tests.faults.platforms import TEAMS
from tests.faults.seed import enrolled, filled, present
from tests.faults.teams_people import TeamsPeople
from tests.faults.teams_town import TeamsTown, teams_town
from tests.faults.town import served
from tests.faults.weather import Weather

MINUTE = timedelta(minutes=1)
APART = timedelta(seconds=1.6)
SECOND_LAYER = timedelta(seconds=15)
ORDERS = [
    ("first", "news of the second", "second", "news of the first"),
    ("news of the second", "first", "second", "news of the first"),
    ("news of the second", "second", "news of the first", "first"),
    ("news of the first", "second", "first", "news of the second"),
]


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[tuple[TeamsPeople, Bot]]:
    """People in a practice Teams who were sent a nudge, and the bot that serves them."""
    calm = Weather(chance=Random(1), rate=0.0)
    async with teams_town(tmp_path, people=9, weather=calm) as town:
        crowd: Any = TEAMS.crowd(town, None, Random(1), {})  # type: ignore[arg-type]
        await filled(town, enrolled(town, present()), crowd.sent(1))
        settings = read_settings(town.environment(), talks=True)
        app = serving(settings, joins(settings))
        async with served(app, town.bot_port):
            yield crowd, app.state.bot


def come(town: TeamsTown, who: str, *, taken_back: bool) -> Mapping[str, Json]:
    """Type two messages, change the first one and change or take back the second; return what Teams brings of it."""
    site, conversation = town.practice.site, town.direct_of(who)
    person, posts, brought = site.world.people[who], [], {}
    for place, text in enumerate(("first", "second")):
        at = present() - MINUTE + place * APART
        posts.append(site.world.put(Post(id=_name(at), conversation=conversation, author=who, text=text, heard=True)))
        local = at.astimezone(ZoneInfo("Europe/Amsterdam")).isoformat(timespec="milliseconds")
        said = {**activities.said(site, person, posts[-1]), "localTimestamp": local}
        brought[text] = activities.anew(said, _name(at + SECOND_LAYER), at + SECOND_LAYER)
    first, second = (replace(post, text=f"{post.text}, changed") for post in posts)
    brought["news of the first"] = activities.edited(site, person, first)
    news = activities.deleted if taken_back else activities.edited
    brought["news of the second"] = news(site, person, second)
    return brought


def _name(at: datetime) -> str:
    return str(round(at.timestamp() * 1000))


async def test_news_of_one_message_is_never_taken_for_news_of_the_one_before(people: tuple[TeamsPeople, Bot]) -> None:
    crowd, bot = people
    timed = (each for each in crowd.town.people if crowd.town.practice.world.people[each].tz)
    for who, order, taken_back in zip(timed, *zip(*product(ORDERS, (True, False)), strict=True), strict=True):
        events = come(crowd.town, who, taken_back=taken_back)
        for name in order:
            assert await crowd.sender.event(events[name])
            await bot.inbox.drained()
        kept = crowd.town.in_plain()
        rows = kept.execute("SELECT text FROM reply WHERE author = ? AND source IS NOT NULL", [who]).fetchall()
        stands = ["first, changed"] if taken_back else ["first, changed", "second, changed"]
        assert sorted(row["text"] for row in rows if row["text"]) == stands, (order, taken_back)
