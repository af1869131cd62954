"""Talking with people, in neither platform's words.

A `Message` is a sequence of parts. A `Form` asks for several things at once. What people do arrives as one of the
`Incoming` kinds. A send answers `Sent`, `RetryAfter`, `Undeliverable` or `Ambiguous`; nothing else.
Person, conversation and message ids are the platform's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Protocol

from bot.coaching.language import Markdown
from bot.coaching.reach import Reach

# --- what we show -----------------------------------------------------------------------------------------------


class Style(StrEnum):
    """How much a button stands out."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, kw_only=True)
class Button:
    """Something to press. Who may press it is decided by who presses, never by what the button carries."""

    id: str  # "<noun>.<verb>", e.g. "nudge.done"
    label: str  # at most 75 characters
    value: str = ""  # opaque id of the record it is about, at most 2,000 characters
    style: Style = Style.PLAIN
    confirm: str | None = None  # asks this question first
    deny: str = ""  # what "no, rather not" is called in that question
    url: str | None = None


@dataclass(frozen=True)
class Heading:
    """A short title, at most 150 characters, plain."""

    text: str


@dataclass(frozen=True)
class Body:
    """Our own authored words."""

    text: Markdown


@dataclass(frozen=True)
class Quote:
    """A person's words: shown as they are, never interpreted, cut to what the platform can show."""

    text: str
    label: str = ""  # who or what, plain, above the quote


@dataclass(frozen=True)
class Facts:
    """Labels with values, plain text on both sides."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Note:
    """A small line at the side: scope, footer, hint."""

    text: Markdown


@dataclass(frozen=True)
class Line:
    """A dividing line."""


@dataclass(frozen=True)
class Buttons:
    """Up to five buttons in a row."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class Option:
    """One thing to choose."""

    value: str
    label: str  # at most 75 characters
    about: str = ""  # at most 75 characters


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A drop-down inside a message; its value is read with the next button press in the same message."""

    id: str
    label: str
    options: tuple[Option, ...]
    chosen: str | None = None


Part = Heading | Body | Quote | Facts | Note | Line | Buttons | Choice


@dataclass(frozen=True, kw_only=True)
class Message:
    """Something the bot shows."""

    fallback: str  # the line in the notification, plain
    parts: tuple[Part, ...]
    key: str | None = None  # nudge id: travels as metadata and in a block, so that doubt can be settled


# --- what we ask ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class TextField:
    """Free text."""

    id: str
    label: str
    hint: str = ""
    placeholder: str = ""
    value: str = ""
    multiline: bool = False
    required: bool = True
    longest: int = 3000


@dataclass(frozen=True, kw_only=True)
class RadioField:
    """One of a few, all visible; chosen=None preselects nothing."""

    id: str
    label: str
    options: tuple[Option, ...]
    chosen: str | None = None
    required: bool = True
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class SelectField:
    """One of many (at most 100)."""

    id: str
    label: str
    options: tuple[Option, ...]
    chosen: str | None = None
    required: bool = True
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class ChecksField:
    """Any of a few."""

    id: str
    label: str
    options: tuple[Option, ...]
    chosen: tuple[str, ...] = ()
    required: bool = True
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class DateField:
    """A day."""

    id: str
    label: str
    value: date | None = None
    required: bool = True
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class TimeField:
    """A time of day."""

    id: str
    label: str
    value: time | None = None
    required: bool = True
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class PeopleField:
    """People of the workspace, at most `most`."""

    id: str
    label: str
    chosen: tuple[str, ...] = ()
    most: int = 10
    required: bool = True
    hint: str = ""


Field = TextField | RadioField | SelectField | ChecksField | DateField | TimeField | PeopleField
FormPart = Field | Heading | Body | Note | Line | Quote | Facts


@dataclass(frozen=True, kw_only=True)
class Form:
    """Several things asked at once, answered with one submit."""

    id: str  # "<noun>.<verb>", e.g. "plan.make"
    subject: str = ""  # opaque id of the record it is about, at most 2,000 characters
    title: str  # at most 24 characters
    submit: str | None  # at most 24 characters; None for a page that only shows
    close: str  # at most 24 characters
    parts: tuple[FormPart, ...]


@dataclass(frozen=True)
class FormErrors:
    """What is wrong, field id by field id; the form stays open and keeps what was typed."""

    errors: Mapping[str, str]


# --- where ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Place:
    """A conversation, or a thread in one."""

    workspace: str  # our workspace id
    conversation: str
    thread: str | None = None  # message id of the thread's first message


@dataclass(frozen=True, kw_only=True)
class MessageRef:
    """A message that was shown."""

    workspace: str
    conversation: str
    message: str
    aside: str | None = None  # set for a message that one person sees: where to `respond`, the only way to change it


@dataclass(frozen=True, kw_only=True)
class Person:
    """What the platform knows of a person."""

    external_id: str
    name: str
    zone: str | None
    is_bot: bool
    deactivated: bool


# --- what people do ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """Common to everything that arrives."""

    workspace: str  # our workspace id
    person: str  # external id of who did it; empty when nobody did
    event_id: str  # what happened, the same whenever it is brought again; empty for what did not come in by itself
    at: datetime
    attempt: int = 1  # times it was taken up, this time included: beyond the first it may be done already
    zone: str | None = None  # the person's time zone, where the platform tells it along
    reach: Reach | None = None  # how this conversation is reached from now on, where the platform tells it along


@dataclass(frozen=True, kw_only=True)
class Command(Incoming):
    """A command: a verb and the rest."""

    conversation: str
    conversation_name: str  # as the platform gives it with the command
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


@dataclass(frozen=True, kw_only=True)
class Submitted(Incoming):
    """A form was sent in. Texts, option values, ISO dates and times; people and checks as tuples."""

    form: str
    subject: str
    values: Mapping[str, str | tuple[str, ...]]  # a field left empty is absent
    trigger: str


@dataclass(frozen=True, kw_only=True)
class Said(Incoming):
    """Words typed in our direct conversation."""

    conversation: str
    message: str
    thread: str | None
    text: str  # plain, entities unescaped; empty when only files were sent
    files: int = 0


@dataclass(frozen=True, kw_only=True)
class Edited(Incoming):
    """The words were changed on the platform."""

    conversation: str
    message: str
    text: str
    thread: str | None = None
    said_at: datetime | None = None  # when they were first said, as far as is known


@dataclass(frozen=True, kw_only=True)
class Deleted(Incoming):
    """The words were taken back on the platform."""

    conversation: str
    message: str


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
    """What a look at a conversation found."""

    heard: tuple[Heard, ...]  # oldest first
    reaches: datetime | None  # the oldest message of anybody that still stands; None when there is none


# --- how a send ends --------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Sent:
    """It is there."""

    ref: MessageRef


@dataclass(frozen=True, kw_only=True)
class RetryAfter:
    """Surely not accepted; try again after so many seconds."""

    seconds: float
    error: str


class Blame(StrEnum):
    """What a permanent refusal says about the world."""

    MESSAGE = "message"  # this message can never be sent
    PERSON = "person"  # the account is gone
    CONVERSATION = "conversation"  # archived, deleted, or we are not in it
    WORKSPACE = "workspace"  # the token is dead


@dataclass(frozen=True, kw_only=True)
class Undeliverable:
    """Refused for good."""

    error: str
    blame: Blame


@dataclass(frozen=True, kw_only=True)
class Ambiguous:
    """The answer was lost: it may or may not be there."""

    error: str


Outcome = Sent | RetryAfter | Undeliverable | Ambiguous

TOO_LATE = "too_late"  # the error of a call that was not begun


class Opening(StrEnum):
    """How the opening of a form went."""

    OPEN = "open"
    TOO_LATE = "too_late"  # the trigger was too old or used, or the form could not be shown
    OUT_OF_REACH = "out_of_reach"  # the person has not let us in


class Unanswered(Exception):
    """The platform could not be asked: nothing may be concluded, least of all absence."""


class Chat(Protocol):
    """A platform's hands. No method retries by itself; none raises for what the platform answers."""

    async def send(self, place: Place, message: Message, *, by: float | None = None) -> Outcome:
        """Post a message.

        A call that cannot begin before `by` on the loop's clock is not begun: `RetryAfter` with the error TOO_LATE.
        """
        ...

    def looks_back(self, workspace: str) -> bool:
        """Return whether what stands in a conversation can be read there; else `find` and `heard` raise Unanswered."""
        ...

    async def find(self, place: Place, key: str, *, since: datetime) -> MessageRef | None:
        """Return the message that carries the key among those posted since then; None after a whole look.

        Raises Unanswered when the look could not be finished.
        """
        ...

    async def heard(self, place: Place, *, since: datetime) -> History:
        """Return everything a person typed in a conversation since then, threads included, as it stands now.

        Raises Unanswered when not all of it could be read.
        """
        ...

    def told(self, workspace: str, body: str) -> Mapping[str, object]:
        """Return what a person did, of what the platform sent: the kind, and their own words and values; no more."""
        ...

    async def stands(self, ref: MessageRef) -> bool:
        """Return whether a message is still there; raises Unanswered."""
        ...

    async def whisper(self, place: Place, person: str, message: Message) -> Outcome:
        """Show a message to one person only: in that place, gone on reload, or in the conversation of the two of us."""
        ...

    async def respond(self, workspace: str, aside: str, message: Message, *, replace: bool = False) -> Outcome:
        """Answer a command, or a message that one person sees, privately; works where the bot is not a member."""
        ...

    async def update(self, ref: MessageRef, message: Message) -> Outcome:
        """Show this instead of what is there."""
        ...

    async def open_direct(self, workspace: str, person: str) -> str | Undeliverable | RetryAfter:
        """Return the conversation between the bot and a person."""
        ...

    async def open_form(self, workspace: str, trigger: str, form: Form) -> Opening:
        """Open a form before the person whose deed gave the trigger."""
        ...

    async def show_home(self, workspace: str, person: str, message: Message, *, anew: bool = False) -> Outcome:
        """Show the person's own page; `anew` when they asked for it, which brings it before them again."""
        ...

    async def person(self, workspace: str, person: str) -> Person | None:
        """Return what the platform knows of somebody, or None for nobody; raises Unanswered."""
        ...

    async def send_file(self, place: Place, name: str, content: bytes, comment: str) -> Outcome:
        """Hand over a file in a conversation."""
        ...
