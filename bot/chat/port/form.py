"""What we ask: several things at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from bot.chat.port.message import Body, Buttons, Chart, Choice, Facts, Heading, Line, Message, Note, Option, Quote, Row


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
    missing: str = ""  # what is said when it is left empty: what to do
    longest: int = 3000


@dataclass(frozen=True, kw_only=True)
class RadioField:
    """One of a few, all visible; chosen=None preselects nothing."""

    id: str
    label: str
    options: tuple[Option, ...]
    chosen: str | None = None
    required: bool = True
    missing: str = ""  # what is said when it is left empty: what to do
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class SelectField:
    """One of many (at most 100)."""

    id: str
    label: str
    options: tuple[Option, ...]
    chosen: str | None = None
    required: bool = True
    missing: str = ""  # what is said when it is left empty: what to do
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class ChecksField:
    """Any of a few."""

    id: str
    label: str
    options: tuple[Option, ...]
    chosen: tuple[str, ...] = ()
    required: bool = True
    missing: str = ""  # what is said when it is left empty: what to do
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class DateField:
    """A day."""

    id: str
    label: str
    value: date | None = None
    required: bool = True
    missing: str = ""  # what is said when it is left empty: what to do
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class TimeField:
    """A time of day."""

    id: str
    label: str
    value: time | None = None
    required: bool = True
    missing: str = ""  # what is said when it is left empty: what to do
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class PeopleField:
    """People of the workspace, at most `most`."""

    id: str
    label: str
    chosen: tuple[str, ...] = ()
    most: int = 10
    required: bool = True
    missing: str = ""  # what is said when it is left empty: what to do
    hint: str = ""


Field = TextField | RadioField | SelectField | ChecksField | DateField | TimeField | PeopleField
FormPart = (
    Field | Heading | Body | Note | Line | Quote | Facts | Chart | Buttons | Row | Choice
)  # the last three in a view only


@dataclass(frozen=True, kw_only=True)
class Form:
    """Several things asked at once, answered with one submit."""

    id: str  # "<noun>.<verb>", e.g. "plan.make"
    opening: str = ""  # id of this very opening; empty where nobody needs to tell one from another
    subject: str = ""  # opaque id of the record it is about, at most 2,000 characters
    title: str  # at most 24 characters
    submit: str | None  # at most 24 characters; None for a page that only shows
    close: str  # at most 24 characters
    parts: tuple[FormPart, ...]
    shows: tuple[str, ...] = ()  # ids of the records of which words of who opens it stand in it


@dataclass(frozen=True)
class FormErrors:
    """What is wrong, field id by field id; the form stays open and keeps what was typed.

    What it shows may be nobody's to see any more: then `instead` stands in its place. What was pressed, and is no form,
    has no fields: there `told` is what its person reads in answer to the press, where the platform shows it.
    """

    errors: Mapping[str, str]
    instead: Form | None = None
    told: str = ""


SEND, CANCEL = "form.send", "form.cancel"  # ids of the buttons below a form's questions in a message


@dataclass(frozen=True, kw_only=True)
class Asking(Message):
    """A message that asks, below its own parts, the questions of a form, with buttons to send it in and to cancel.

    What comes of the first is `Submitted`, of the second a press with the form's opening as its value.
    """

    form: Form
    round: int = 0  # times it was sent in and refused
    errors: tuple[tuple[str, ...], ...] = ()  # what was wrong the last time: field id and sentence, shown at its field
