"""A practice Slack with many people in this process, and the bot beside it as real processes."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from bot.practice.clock import TravelClock
from bot.practice.fixed import IT_MANAGERS
from bot.practice.rules import Rates
from bot.practice.server import Practice, practice
from bot.practice.world import BOT_USER, TEAM, Conversation, Kind, Person, Post
from tests.conftest import free_port
from tests.faults.weather import Weather

SECRET = "faults-signing-secret"
TOKEN = "xoxb-faults"
PLENTY = Rates(burst=1_000_000, per_second=1_000_000)


@dataclass(frozen=True, kw_only=True)
class Town:
    """The workspace, where it is served, and the file that the bot keeps."""

    practice: Practice
    weather: Weather
    port: int  # of the practice Slack
    bot_port: int
    file: Path
    people: tuple[str, ...]

    @property
    def bot_url(self) -> str:
        """Where the bot listens."""
        return f"http://127.0.0.1:{self.bot_port}"

    def environment(self, **more: str) -> dict[str, str]:
        """Return what a process of the bot is told."""
        return {
            "HOST": "127.0.0.1",
            "PORT": str(self.bot_port),
            "PITSTOP_DATABASE_URL": f"sqlite:///{self.file}",
            "SLACK_API_URL": f"http://127.0.0.1:{self.port}/practice/slack/api/",
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            **more,
        }

    def posts(self) -> list[Post]:
        """Return everything the bot shows to everybody in a conversation."""
        conversations = self.practice.world.posts.values()
        return [post for posts in conversations for post in posts.values() if post.user == BOT_USER]

    def visible(self) -> dict[str, list[Post]]:
        """Return the posts that carry a nudge, by its id."""
        found: dict[str, list[Post]] = {}
        for post in self.posts():
            if post.metadata and post.metadata["event_type"] == "pitstop_nudge":
                found.setdefault(post.metadata["event_payload"]["nudge"], []).append(post)
        return found

    def ask(self, question: str, *values: object) -> list[sqlite3.Row]:
        """Read the bot's file as an outsider does."""
        connection = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=30)
        connection.row_factory = sqlite3.Row
        try:
            return connection.execute(question, values).fetchall()
        finally:
            connection.close()


def person_of(number: int) -> str:
    """Return the id of a person."""
    return f"U0P{number:05d}"


def direct_of(person: str) -> str:
    """Return the id of a person's conversation with the bot."""
    return "D" + person.removeprefix("U")


@asynccontextmanager
async def town(folder: Path, *, people: int, weather: Weather, file: Path | None = None) -> AsyncIterator[Town]:
    """Serve a practice Slack with so many people more, on a port of its own; the bot's file is in the folder."""
    port, bot_port = free_port(), free_port()
    place = practice(
        bot_url=f"http://127.0.0.1:{bot_port}/slack/events",
        signing_secret=SECRET,
        bot_token=TOKEN,
        clock=TravelClock(),
        faults=weather,
        rates=PLENTY,
    )
    names = tuple(person_of(number) for number in range(people))
    _settle_in(place, names)
    server = uvicorn.Server(
        uvicorn.Config(place.app(), host="127.0.0.1", port=port, log_level="critical", timeout_graceful_shutdown=1)
    )
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
        if serving.done():
            serving.result()
    try:
        yield Town(
            practice=place,
            weather=weather,
            port=port,
            bot_port=bot_port,
            file=file or folder / "pitstop.db",
            people=names,
        )
    finally:
        server.should_exit = True
        await serving


def _settle_in(place: Practice, names: tuple[str, ...]) -> None:
    world = place.world
    for name in names:
        world.add(
            Person(id=name, name=name.lower(), real_name=name.title(), tz="Europe/Amsterdam"),
            Conversation(id=direct_of(name), name=name.lower(), kind=Kind.DIRECT, members=(name, BOT_USER)),
        )
    channel = world.conversations[IT_MANAGERS]
    world.add(Conversation(id=channel.id, name=channel.name, kind=channel.kind, members=(*channel.members, *names)))


__all__ = ["SECRET", "TEAM", "TOKEN", "Town", "direct_of", "person_of", "town"]
