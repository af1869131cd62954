"""What exists in the practice workspace: people, conversations, messages, views and files."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

Json = dict[str, Any]

TEAM = "T0PRACTICE"
ORGANIZATION = "E0PRACTICE"
DOMAIN = "practice"
APP = "A0PITSTOP"
BOT = "B0PITSTOP"  # the bot's bot_id; its user is BOT_USER
BOT_USER = "U0PITSTOP"
MOST_ELSEWHERE = 9  # of a person's modals on other devices


class Kind(StrEnum):
    """Who can see a conversation."""

    CHANNEL = "channel"  # public
    PRIVATE = "private"  # its members only
    DIRECT = "direct"  # one person and the bot


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with an account, or the bot."""

    id: str
    name: str
    real_name: str
    title: str = ""  # key of the line about this person in the page's words
    tz: str | None = None
    locale: str = "en-US"
    is_bot: bool = False
    deleted: bool = False
    is_admin: bool = False
    is_guest: bool = False
    team: str = TEAM  # of whose workspace they are


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """A channel or the direct conversation of one person with the bot."""

    id: str
    name: str
    kind: Kind
    members: tuple[str, ...]
    is_archived: bool = False
    is_open: bool = True  # a direct conversation is there for the bot once somebody opened it

    @property
    def has_bot(self) -> bool:
        """Whether the bot is a member."""
        return BOT_USER in self.members


@dataclass(frozen=True, kw_only=True)
class Post:
    """A message in a conversation; ephemeral ones too."""

    ts: str
    channel: str
    user: str
    text: str  # as it travels: & < > escaped
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    metadata: Json | None = None
    edited_ts: str | None = None
    only_for: str | None = None  # the one person who sees an ephemeral message
    files: tuple[str, ...] = ()
    others: str = ""  # words of somebody else that were forwarded with it
    is_tombstone: bool = False  # taken back, but its thread stands

    @property
    def posted_at(self) -> datetime:
        """When it was posted."""
        return datetime.fromtimestamp(float(self.ts), UTC)

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread of another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(frozen=True, kw_only=True)
class File:
    """Something attached; `content` is base64, empty for what people only pretend to attach."""

    id: str
    name: str
    user: str
    size: int
    content: str = ""


@dataclass(frozen=True, kw_only=True)
class View:
    """A modal that somebody has open, or somebody's Home."""

    id: str
    user: str
    body: Json  # as the app gave it, block ids filled in
    hash: str
    root: str
    previous: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ReplyAddress:
    """What stands behind a response_url."""

    id: str
    user: str
    channel: str
    made_at: str  # ISO
    source: str | None = None  # ts of the message whose button was pressed
    uses: int = 0


class World:
    """Everything there is, by id. Records are frozen; to change one, put another in its place."""

    def __init__(self) -> None:
        """Begin empty."""
        self.people: dict[str, Person] = {}
        self.conversations: dict[str, Conversation] = {}
        self.posts: dict[str, dict[str, Post]] = {}
        self.files: dict[str, File] = {}
        self.homes: dict[str, View] = {}
        self.modals: dict[str, tuple[View, ...]] = {}
        self.elsewhere: dict[str, tuple[View, ...]] = {}  # modals on other devices than the one in use, newest last
        self.addresses: dict[str, ReplyAddress] = {}
        self.read: dict[str, dict[str, str]] = {}  # person, conversation, ts of the last message seen
        self.last_micros = 0
        self._directs: dict[str, str] = {}  # person, conversation
        self.is_installed = True
        self.is_token_good = True

    # --- people and places

    def add(self, *records: Person | Conversation) -> None:
        """Put people and conversations there."""
        for record in records:
            if isinstance(record, Person):
                self.people[record.id] = record
            else:
                self.conversations[record.id] = record
                self.posts.setdefault(record.id, {})
                if record.kind is Kind.DIRECT:
                    self._directs |= dict.fromkeys(set(record.members) - {BOT_USER}, record.id)

    def direct(self, person: str) -> Conversation | None:
        """Return the direct conversation of a person with the bot."""
        found = self._directs.get(person)
        return self.conversations[found] if found else None

    def open(self, conversation: Conversation) -> Conversation:
        """Let the bot know of a direct conversation."""
        opened = replace(conversation, is_open=True)
        self.add(opened)
        return opened

    def seen_by(self, person: str) -> Iterator[Conversation]:
        """Yield the conversations that a person sees."""
        for conversation in self.conversations.values():
            if conversation.kind is Kind.CHANNEL or person in conversation.members:
                yield conversation

    # --- messages

    def next_ts(self, now: datetime) -> str:
        """Return a timestamp that is later than every other one."""
        self.last_micros = max(self.last_micros + 1, round(now.timestamp() * 1_000_000))
        return f"{self.last_micros // 1_000_000}.{self.last_micros % 1_000_000:06d}"

    def put(self, post: Post) -> Post:
        """Show a message, or this instead of the one with the same ts."""
        self.posts[post.channel][post.ts] = post
        return post

    def take(self, post: Post) -> None:
        """Take a message away."""
        self.posts[post.channel].pop(post.ts, None)

    def forget_ephemerals(self, person: str) -> None:
        """Take away what one person alone sees."""
        for channel, posts in self.posts.items():
            self.posts[channel] = {ts: post for ts, post in posts.items() if post.only_for != person}

    def post(self, channel: str, ts: str) -> Post | None:
        """Return a message."""
        return self.posts.get(channel, {}).get(ts)

    def replies(self, channel: str, ts: str) -> list[Post]:
        """Return what stands in the thread of a message and everybody sees, oldest first."""
        return [
            post
            for post in self.posts.get(channel, {}).values()
            if post.thread_ts == ts and post.is_reply and post.only_for is None
        ]

    # --- views

    def modal(self, person: str, view: str) -> View | None:
        """Return a modal that a person has open."""
        stacks = self.modals.get(person, ()) + self.elsewhere.get(person, ())
        return next((each for each in stacks if each.id == view), None)

    def open_modals(self) -> Iterator[View]:
        """Yield the modals that people have open, on whatever device."""
        for stacks in (self.modals, self.elsewhere):
            for stack in stacks.values():
                yield from stack

    def take_another_device(self, person: str) -> None:
        """Leave what a person has open where it is: what they open next is on another device."""
        left = self.elsewhere.get(person, ()) + self.modals.get(person, ())
        self.elsewhere[person] = left[-MOST_ELSEWHERE:]
        self.modals[person] = ()

    def view(self, view: str) -> View | None:
        """Return any view that stands, modal or Home."""
        return next((each for each in (*self.homes.values(), *self.open_modals()) if each.id == view), None)

    def show(self, view: View) -> View:
        """Show this instead of the view with the same id."""
        if view.user in self.homes and self.homes[view.user].id == view.id:
            self.homes[view.user] = view
        for stacks in (self.modals, self.elsewhere):
            stack = stacks.get(view.user, ())
            stacks[view.user] = tuple(view if each.id == view.id else each for each in stack)
        return view

    def shut(self, view: View) -> None:
        """Take a modal away."""
        for stacks in (self.modals, self.elsewhere):
            stacks[view.user] = tuple(each for each in stacks.get(view.user, ()) if each.id != view.id)


def new_id(prefix: str) -> str:
    """Return an id that no other thing has."""
    return prefix + secrets.token_hex(5).upper()
