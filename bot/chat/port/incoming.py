"""What people do, as it comes in; and what they said, found by looking."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.chat.port.place import MessageRef, Person
from bot.coaching.language import Language
from bot.coaching.records.conversation_reference import ConversationReference


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """Common to everything that arrives."""

    workspace: str  # our workspace id
    person: str  # external id of who did it; empty when nobody did
    event_id: str  # what happened, the same whenever it is brought again; empty for what did not come in by itself
    at: datetime
    attempt: int = 1  # times it was taken up, this time included: beyond the first it may be done already
    zone: str | None = None  # the person's time zone, where the platform tells it along
    language: Language | None = None  # theirs, where the platform tells it along: until they choose one themselves
    reach: ConversationReference | None = (
        None  # how this conversation is reached from now on, where the platform tells it along
    )


@dataclass(frozen=True, kw_only=True)
class Command(Incoming):
    """A command: a verb and the rest."""

    conversation: str
    conversation_name: str  # as people there write it; empty when the platform does not say
    text: str  # after "/coach", or after the bot's name
    trigger: str  # opens a form, once and soon
    is_direct: bool  # typed in our direct conversation
    aside: str = ""  # where to `respond`; empty where that is not possible
    thread: str | None = None  # the thread it was typed in


@dataclass(frozen=True, kw_only=True)
class Press(Incoming):
    """A button was pressed."""

    button: str
    value: str
    inputs: Mapping[str, str] = field(default_factory=dict)  # the message's choices, by id
    trigger: str
    ref: MessageRef | None  # None on App Home
    at_home: bool = False
    opening: str = ""  # which opening of a form it was pressed in; empty elsewhere
    carried: str = ""  # what the button carried of the person's own words
    route: str = ""  # an address at which this press can be answered, where there is one


@dataclass(frozen=True, kw_only=True)
class Submitted(Incoming):
    """A form was sent in. Texts, option values, ISO dates and times; people and checks as tuples."""

    form: str
    subject: str
    values: Mapping[str, str | tuple[str, ...]]  # a field left empty is absent
    trigger: str
    opening: str = ""  # which opening of the form it was; empty when nobody tells
    ref: MessageRef | None = None  # the message that asked its questions; None when the form stood by itself
    route: str = ""  # an address at which a press on that message can be answered
    stands: MessageRef | None = None  # the message that is the form, where forms are messages


@dataclass(frozen=True, kw_only=True)
class OfWords(Incoming):
    """Words in our direct conversation, or news of them."""

    conversation: str
    message: str

    @property
    def source(self) -> str:
        """Where the words stand."""
        return f"{self.conversation}/{self.message}"


@dataclass(frozen=True, kw_only=True)
class Said(OfWords):
    """Words typed in our direct conversation."""

    thread: str | None
    text: str  # plain, entities unescaped; empty when only files were sent
    files: int = 0  # files and pictures beside them
    forwards: int = 0  # messages of others that were forwarded with them
    quotes: str | None = None  # the message it is an answer to, where that stands in front of the words
    said_at: datetime | None = None  # when they were typed, where they come under another id than changes of them will


@dataclass(frozen=True, kw_only=True)
class Edited(OfWords):
    """The words were changed on the platform."""

    text: str
    thread: str | None = None
    quotes: str | None = None
    said_at: datetime | None = None  # when they were first said, as far as is known
    named_at: datetime | None = None  # the moment their id stands for, where they may have come under another one
    asked_as: str = ""  # the event id they had if they were a command at first, where commands are messages


@dataclass(frozen=True, kw_only=True)
class Deleted(OfWords):
    """The words were taken back on the platform."""

    named_at: datetime | None = None  # the moment their id stands for, where they may have come under another one
    asked_as: str = ""  # as for what was edited


@dataclass(frozen=True, kw_only=True)
class Undeleted(OfWords):
    """A message that was taken back stands there again, on a platform that lets people do that."""

    named_at: datetime | None = None  # as for what was taken back
    asked_as: str = ""


@dataclass(frozen=True, kw_only=True)
class HomeOpened(Incoming):
    """The person looks at the app's home."""


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Incoming):
    """The platform knows something new of a person."""

    known: Person


@dataclass(frozen=True, kw_only=True)
class LetIn(Incoming):
    """Somebody let the app into a conversation."""

    conversation: str
    is_direct: bool


@dataclass(frozen=True, kw_only=True)
class ShutOut(Incoming):
    """Somebody took the app out of a conversation."""

    conversation: str
    is_direct: bool


@dataclass(frozen=True, kw_only=True)
class Removed(Incoming):
    """The app was uninstalled for everybody, or its token revoked."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Words that stand in our direct conversation, found by looking."""

    said: Said  # as it would have come in
    edited_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class History:
    """One page of what stands in a conversation, or below one message of it."""

    heard: tuple[Heard, ...]  # oldest first
    deleted: tuple[str, ...] = ()  # messages of which the platform itself says that they were deleted
    threads: tuple[str, ...] = ()  # messages below which somebody may have typed since
    older: str = ""  # the name of the page before this one; empty when there is none
