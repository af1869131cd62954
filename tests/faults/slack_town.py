"""A practice Slack with many people."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from bench.process import free_port
from bot.coaching.records.conversation_reference import ConversationReference
from bot.practice.limits import Limits, unlimited
from bot.practice.slack.fixed import COACH, IT_MANAGERS
from bot.practice.slack.server import Practice, practice
from bot.practice.slack.world import BOT_USER, TEAM, Conversation, Kind, Person, Post
from bot.practice.time.clock import TravelClock
from tests.faults.town import Standing, Town, served
from tests.faults.weather import Kinds, Line, Weather, kinds

SECRET = "faults-signing-secret"
TOKEN = "xoxb-faults"
LINE = Line(limited=b'{"ok": false, "error": "ratelimited"}', cut=b'{"ok": true, "channel": "D0P000')


@dataclass(frozen=True, kw_only=True)
class SlackTown(Town):
    """A workspace in Slack."""

    platform: ClassVar[str] = "slack"
    posting: ClassVar[str] = "chat.postMessage"
    copies: ClassVar[int] = 1
    tenant: ClassVar[str] = TEAM
    bot: ClassVar[str] = BOT_USER
    coach: ClassVar[str] = COACH
    channel: ClassVar[str] = IT_MANAGERS

    practice: Practice

    def access(self) -> Mapping[str, str]:
        """Return what the bot is told of Slack."""
        return {
            "SLACK_API_URL": f"http://127.0.0.1:{self.port}/practice/slack/api/",
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
        }

    def direct_of(self, person: str) -> str:
        """Return the id of a person's conversation with the bot."""
        return direct_of(person)

    def reach_of(self, person: str) -> ConversationReference | None:
        """Return None: Slack has one address."""
        del person
        return None

    def posted(self, method: str, arguments: Mapping[str, Any]) -> str | None:
        """Return the nudge that a call posts; None for every other call."""
        metadata = arguments.get("metadata")
        if method != self.posting or not isinstance(metadata, dict):
            return None
        nudge: str = metadata["event_payload"]["nudge"]
        return nudge

    def posts(self) -> list[Post]:
        """Return everything the bot shows to everybody in a conversation."""
        conversations = self.practice.world.posts.values()
        return [post for posts in conversations for post in posts.values() if post.user == BOT_USER]

    def visible(self) -> dict[str, list[Standing]]:
        """Return where each nudge is seen, by its id."""
        found: dict[str, list[Standing]] = {}
        for post in self.posts():
            if post.metadata and post.metadata["event_type"] == "pitstop_nudge":
                standing = Standing(conversation=post.channel, message=post.ts)
                found.setdefault(post.metadata["event_payload"]["nudge"], []).append(standing)
        return found

    def let_go(self, person: str) -> None:
        """Do nothing: in Slack nobody can remove a conversation with the bot."""

    def kinds(self, patience: float) -> Kinds:
        """Return everything that goes wrong there, for a caller who waits so many seconds for an answer."""
        return kinds(patience, LINE)


def person_of(number: int) -> str:
    """Return the id of a person."""
    return f"U0P{number:05d}"


def direct_of(person: str) -> str:
    """Return the id of a person's conversation with the bot."""
    return "D" + person.removeprefix("U")


@asynccontextmanager
async def slack_town(
    folder: Path, *, people: int, weather: Weather, history_lag: float = 0.0, file: Path | None = None
) -> AsyncIterator[SlackTown]:
    """Serve a practice Slack with so many people more, on a port of its own; the bot's file is in the folder."""
    port, bot_port = free_port(), free_port()
    place = practice(
        bot_url=f"http://127.0.0.1:{bot_port}/slack/events",
        signing_secret=SECRET,
        bot_token=TOKEN,
        clock=TravelClock(),
        faults=weather,
        limits=Limits(unlimited),  # thousands of messages in seconds: what is tried here is the line
    )
    names = tuple(person_of(number) for number in range(people))
    _settle_in(place, names)
    if history_lag:
        place.site.history_lag = history_lag
    async with served(place.app(), port):
        yield SlackTown(
            practice=place,
            weather=weather,
            port=port,
            bot_port=bot_port,
            file=file or folder / "pitstop.db",
            people=names,
        )


def _settle_in(place: Practice, names: tuple[str, ...]) -> None:
    world = place.world
    for name in names:
        world.add(
            Person(id=name, name=name.lower(), real_name=name.title(), tz="Europe/Amsterdam"),
            Conversation(id=direct_of(name), name=name.lower(), kind=Kind.DIRECT, members=(name, BOT_USER)),
        )
    channel = world.conversations[IT_MANAGERS]
    world.add(Conversation(id=channel.id, name=channel.name, kind=channel.kind, members=(*channel.members, *names)))
