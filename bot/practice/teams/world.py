"""What exists in the practice Teams: people, conversations, messages and files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

Json = dict[str, Any]

TENANT = "7e9a0000-0000-4000-8000-000000000001"
TEAM = "19:serviceteam@thread.tacv2"
TEAM_NAME = "Service team"
TEAM_GROUP = "7e9a0000-0000-4000-8000-0000000000f0"
BOT_NAME = "Pitstop"
THREAD_MARK = ";messageid="  # between a channel and the message that began a thread in it


class Kind(StrEnum):
    """Who can see a conversation."""

    CHANNEL = "channel"  # everybody in the team
    PERSONAL = "personal"  # one person and the bot


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with an account in the tenant."""

    id: str  # the directory's object id
    account: str  # "29:…", what this bot knows the person by
    name: str
    real_name: str
    title: str = ""  # key of the line about this person in the page's words
    tz: str | None = None
    locale: str = "en-US"
    deleted: bool = False
    has_app: bool = True
    is_guest: bool = False
    tenant: str = TENANT  # to which they belong


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """A channel of the team, or the personal chat of one person with the bot."""

    id: str
    name: str
    kind: Kind
    person: str = ""  # whose personal chat it is
    is_made: bool = True  # else its history was removed, and it is not there until somebody begins it again


@dataclass(frozen=True, kw_only=True)
class Post:
    """A message in a conversation."""

    id: str
    conversation: str
    author: str  # a person, or the bot
    text: str = ""
    card: Json | None = None
    seen: Mapping[str, Json] = field(default_factory=dict)  # person, card that only this person sees instead
    thread: str | None = None  # the message whose thread it stands in
    quotes: str | None = None  # the message of the same chat that it answers
    summary: str = ""
    others: str = ""  # words of somebody else that came with it
    file: Json | None = None
    edited: bool = False
    deleted: bool = False  # taken back by its author, who can bring it back
    heard: bool = False  # it was brought to the bot

    @property
    def posted_at(self) -> datetime:
        """When it was posted."""
        return datetime.fromtimestamp(int(self.id) / 1000, UTC)

    def card_of(self, person: str) -> Json | None:
        """Return the card as a person sees it."""
        return self.seen.get(person, self.card)


@dataclass(frozen=True, kw_only=True)
class File:
    """Something handed over; `content` is base64."""

    id: str
    name: str
    person: str
    content: str = ""
    is_there: bool = False


class World:
    """Everything there is, by id. Records are frozen; to change one, put another in its place."""

    def __init__(self) -> None:
        """Begin empty."""
        self.people: dict[str, Person] = {}
        self.conversations: dict[str, Conversation] = {}
        self.posts: dict[str, dict[str, Post]] = {}
        self.files: dict[str, File] = {}
        self.read: dict[str, dict[str, int]] = {}  # person, conversation, number of the last message seen
        self.last_id = 0
        self.has_team = True  # whether the bot is in the team

    def add(self, *records: Person | Conversation) -> None:
        """Put people and conversations there."""
        for record in records:
            if isinstance(record, Person):
                self.people[record.id] = record
            else:
                self.conversations[record.id] = record
                self.posts.setdefault(record.id, {})

    def who(self, name: str) -> Person | None:
        """Return somebody, by object id or by account."""
        return self.people.get(name) or next((each for each in self.people.values() if each.account == name), None)

    def personal(self, person: str) -> Conversation | None:
        """Return the personal chat of a person with the bot."""
        return next((each for each in self.conversations.values() if each.person == person), None)

    def begin_anew(self, person: str) -> None:
        """Remove the history of a personal chat: what it was called is nobody's any more."""
        old = self.personal(person)
        if old is None:
            return
        del self.conversations[old.id], self.posts[old.id]
        for read in self.read.values():
            read.pop(old.id, None)
        base, _, number = old.id.partition("+")
        self.add(replace(old, id=f"{base}+{int(number or 0) + 1}", is_made=False))

    def made(self, conversation: str) -> None:
        """Let a personal chat be there again, now that somebody began it."""
        self.add(replace(self.conversations[conversation], is_made=True))

    def seen_by(self, person: str) -> Iterator[Conversation]:
        """Yield the conversations that a person sees, channels first."""
        for conversation in self.conversations.values():
            if conversation.kind is Kind.CHANNEL or conversation.person == person:
                yield conversation

    def has_bot(self, conversation: Conversation) -> bool:
        """Return whether the bot may speak there."""
        return self.has_team if conversation.kind is Kind.CHANNEL else self.people[conversation.person].has_app

    def next_id(self, now: datetime) -> str:
        """Return a message id, later than every other one: milliseconds, as Teams counts them."""
        self.last_id = max(self.last_id + 1, round(now.timestamp() * 1000))
        return str(self.last_id)

    def put(self, post: Post) -> Post:
        """Show a message, or this instead of the one with the same id."""
        self.posts[post.conversation][post.id] = post
        return post

    def take(self, post: Post) -> None:
        """Take a message away."""
        self.posts[post.conversation].pop(post.id, None)

    def post(self, conversation: str, name: str) -> Post | None:
        """Return a message."""
        return self.posts.get(conversation, {}).get(name)


def bot_account(client_id: str) -> str:
    """Return what the bot is called in activities."""
    return f"28:{client_id}"


def split(conversation: str) -> tuple[str, str | None]:
    """Return a conversation and the thread in it that an id names."""
    name, mark, thread = conversation.partition(THREAD_MARK)
    return name, thread if mark else None
