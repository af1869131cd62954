"""Looking a message up where Slack lets a history be read one page of 15 messages a minute."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.port import Body, Message, Place, Unanswered
from bot.chat.slack.outgoing.connector import Pace
from bot.chat.slack.outgoing.send import SlackChat
from bot.chat.slack.settings import SlackSettings
from bot.practice.limits import Limits, unlimited
from bot.practice.slack.api.tiers import SOLD_PAGE, of_a_sold_app
from bot.practice.slack.server import Practice, practice
from bot.practice.time.clock import TravelClock
from bot.words.port import Markdown
from tests.chat.slack.conftest import SECRET, T0, Serve
from tests.chat.slack.outgoing.test_send import SANNE, TOKEN

PAGES = 3


@asynccontextmanager
async def sold(serve: Serve) -> AsyncIterator[tuple[SlackChat, Practice, Place]]:
    """Give a chat of an app that is sold, and a conversation of three pages; time stands until it leaps."""
    world = practice(
        bot_url="http://127.0.0.1:9/slack/events",
        signing_secret=SECRET,
        bot_token=TOKEN,
        clock=TravelClock(T0, runs=False),
        limits=Limits(unlimited),
        retry_delays=(),
    )
    address = f"{await serve(world.app())}/practice/slack/api/"
    settings = SlackSettings(bot_token=TOKEN, signing_secret=SECRET, api_url=address)
    chat = SlackChat(settings, pace=Pace.by(world.clock))
    opened = await chat.open_direct("w1", SANNE)
    assert isinstance(opened, str)
    direct = Place(workspace="w1", conversation=opened)
    for number in range(SOLD_PAGE * PAGES):
        await chat.send(direct, Message(fallback="x", parts=(Body(Markdown("x")),), key=f"n{number}"))
    world.site.limits, world.site.history_page = Limits(of_a_sold_app), SOLD_PAGE
    yield chat, world, direct
    await chat.close()


@pytest.mark.parametrize(
    ("key", "refusals"),
    [
        (f"n{SOLD_PAGE * PAGES - 1}", 0),  # on the newest page
        ("n0", PAGES - 1),  # on the oldest
        ("nowhere", PAGES - 1),
    ],
)
async def test_a_look_that_was_refused_goes_on_at_its_page(serve: Serve, key: str, refusals: int) -> None:
    async with sold(serve) as (chat, world, direct):
        since = T0 - timedelta(hours=1)
        for _ in range(refusals):
            with pytest.raises(Unanswered, match="ratelimited") as raised:
                await chat.find(direct, key, since=since)
            assert raised.value.seconds == 60
            with pytest.raises(Unanswered, match="pace"):  # Slack is not asked before then
                await chat.find(direct, key, since=since)
            world.clock.leap(timedelta(seconds=60))
        found = await chat.find(direct, key, since=since)
        assert (found is not None) is (key != "nowhere")
        assert world.site.limits.early.total() == 0


async def test_a_page_stays_the_same_whatever_comes_after_it(serve: Serve) -> None:
    async with sold(serve) as (chat, world, direct):
        world.site.limits = Limits(unlimited)
        for number, post in enumerate(world.world.posts[direct.conversation].copy().values()):
            world.world.put(replace(post, user=SANNE, text=f"line {number}", blocks=(), metadata=None))
        since, until = T0 - timedelta(hours=1), T0
        first = await chat.heard(direct, since=since, until=until)
        second = await chat.heard(direct, since=since, until=until, page=first.older)
        world.clock.leap(timedelta(hours=1))
        for number in range(SOLD_PAGE):
            await chat.send(direct, Message(fallback="y", parts=(), key=f"later{number}"))
        assert await chat.heard(direct, since=since, until=until) == first
        assert await chat.heard(direct, since=since, until=until, page=first.older) == second
        words = [[each.said.text for each in page.heard] for page in (second, first)]
        assert words == [[f"line {number + at}" for number in range(SOLD_PAGE)] for at in (SOLD_PAGE, 2 * SOLD_PAGE)]
