"""A practice Teams with many people."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from bench.process import free_port
from bot.coaching.records.conversation_reference import ConversationReference
from bot.practice.faults import Fault
from bot.practice.teams.fixed import IT_MANAGERS
from bot.practice.teams.server import PracticeTeams, practice_teams
from bot.practice.teams.world import TENANT, Conversation, Kind, Person, bot_account
from bot.practice.time.clock import TravelClock
from tests.faults.town import Standing, Town, served
from tests.faults.weather import IS_JSON, Kinds, Line, Weather, kinds

CLIENT = "7e9a0000-0000-4000-8000-00000000b07a"
SECRET = "faults-client-secret"
COACH = "7e9a0000-0000-4000-8000-000000000101"
PATIENCE = 3.0  # seconds that Teams waits for the bot here; in truth fifteen
UNHEARD = 20  # of so many people one has never been heard of: their conversation is asked for
UNTIMED = 7  # of so many people one uses a client that tells no local time
LINE = Line(limited=b'{"error": {"code": "Throttled", "message": "Too many requests."}}', cut=b'{"id": "17')


@dataclass(frozen=True, kw_only=True)
class TeamsTown(Town):
    """A tenant of Teams."""

    platform: ClassVar[str] = "teams"
    posting: ClassVar[str] = "send"
    copies: ClassVar[int] = 2
    tenant: ClassVar[str] = TENANT
    bot: ClassVar[str] = bot_account(CLIENT)
    coach: ClassVar[str] = COACH
    channel: ClassVar[str] = IT_MANAGERS

    practice: PracticeTeams
    gone: dict[str, list[Standing]] = field(default_factory=dict)  # what stood in a chat that was removed

    def access(self) -> Mapping[str, str]:
        """Return what the bot is told of Teams."""
        return {
            "TEAMS_CLIENT_ID": CLIENT,
            "TEAMS_CLIENT_SECRET": SECRET,
            "TEAMS_TENANT_ID": TENANT,
            "TEAMS_OPENID_METADATA_URL": self.practice.metadata_url,
        }

    def direct_of(self, person: str) -> str:
        """Return the id of a person's conversation with the bot."""
        return f"a:1{person[-6:]}"

    def reach_of(self, person: str) -> ConversationReference | None:
        """Return how a person is reached, unless the bot has never heard of them."""
        if person in self.people and self.people.index(person) % UNHEARD == 2:
            return None
        known = self.practice.world.people[person]
        personal = self.practice.world.personal(person)
        assert personal is not None, "everybody has one"
        return ConversationReference(
            conversation=personal.id, address=self.practice.site.service_url, account=known.account
        )

    def posted(self, method: str, arguments: Mapping[str, Any]) -> str | None:
        """Return the nudge that a call posts; None for every other call."""
        if method != self.posting:
            return None
        cards = (each.get("content") or {} for each in arguments.get("attachments") or ())
        return next((card["id"] for card in cards if card.get("id")), None)

    def visible(self) -> dict[str, list[Standing]]:
        """Return where each nudge is seen, by its id: that of its card."""
        found: dict[str, list[Standing]] = {name: [*stood] for name, stood in self.gone.items()}
        for conversation, posts in self.practice.world.posts.items():
            for post in posts.values():
                if post.author == self.bot and post.card and post.card.get("id"):
                    found.setdefault(post.card["id"], []).append(Standing(conversation=conversation, message=post.id))
        return found

    def kinds(self, patience: float) -> Kinds:
        """Return everything that goes wrong there, for a caller who waits so many seconds for an answer."""
        missed = b'{"error": {"code": "ConversationNotFound", "message": "Conversation not found."}}'
        return {
            **kinds(patience, LINE),
            "missed by mistake": (4, Fault(status=404, headers=IS_JSON, body=missed)),
        }

    def let_go(self, person: str) -> None:
        """Remove the history of a person's chat; what stood in it was there, and the bot has to make the chat anew."""
        chat = self.practice.world.personal(person)
        assert chat is not None, "everybody has one"
        for name, standings in self.visible().items():
            stood = [each for each in standings if each.conversation == chat.id]
            self.gone[name] = [*self.gone.get(name, ()), *stood] if stood else self.gone.get(name, [])
        self.practice.world.begin_anew(person)


def person_of(number: int) -> str:
    """Return the directory's id of a person."""
    return f"7e9a0000-0000-4000-8000-{number:012d}"


@asynccontextmanager
async def teams_town(
    folder: Path, *, people: int, weather: Weather, history_lag: float = 0.0, file: Path | None = None
) -> AsyncIterator[TeamsTown]:
    """Serve a practice Teams with so many people more, on a port of its own; the bot's file is in the folder."""
    del history_lag  # there is no history
    port, bot_port = free_port(), free_port()
    place = practice_teams(
        bot_url=f"http://127.0.0.1:{bot_port}/api/messages",
        client_id=CLIENT,
        base_url=f"http://127.0.0.1:{port}",
        clock=TravelClock(),
        faults=weather,
        patience=PATIENCE,
    )
    made = TeamsTown(
        practice=place,
        weather=weather,
        port=port,
        bot_port=bot_port,
        file=file or folder / "pitstop.db",
        people=tuple(person_of(1_000 + number) for number in range(people)),
    )
    for number, person in enumerate(made.people):
        _settle_in(made, person, tz=None if number % UNTIMED == UNTIMED - 1 else "Europe/Amsterdam")
    async with served(place.app(), port):
        yield made


def _settle_in(town: TeamsTown, person: str, tz: str | None) -> None:
    name = f"P{person[-6:]}"
    town.practice.world.add(
        Person(id=person, account=f"29:1{name.lower()}", name=name, real_name=name.title(), tz=tz),
        Conversation(id=town.direct_of(person), name=name, kind=Kind.PERSONAL, person=person),
    )
