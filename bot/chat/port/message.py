"""What we show: a message is a sequence of parts."""

from dataclasses import dataclass
from enum import StrEnum

from bot.coaching.language import Markdown


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
    carries: str = ""  # a person's own words, which the press brings back; only where nothing can be read back


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
class Chart:
    """A figure for each label, drawn where the platform draws, else said as facts. Everyone in a channel may see it."""

    title: str  # at most 50 characters
    rows: tuple[tuple[str, int], ...]  # one to twenty; labels of at most 20 characters, each once

    @property
    def facts(self) -> Facts:
        """The same in words."""
        return Facts(((self.title, ", ".join(f"{label}: {figure}" for label, figure in self.rows)),))


@dataclass(frozen=True)
class Note:
    """A small line at the side: scope, footer, hint."""

    text: Markdown


@dataclass(frozen=True)
class Line:
    """A dividing line."""


@dataclass(frozen=True)
class Buttons:
    """Up to five buttons in a row, and a menu at its end with up to five more that ask nothing first."""

    buttons: tuple[Button, ...]
    more: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Row:
    """A line of our own words with one button beside it."""

    text: Markdown
    button: Button


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


Part = Heading | Body | Quote | Facts | Chart | Note | Line | Buttons | Row | Choice


@dataclass(frozen=True, kw_only=True)
class Message:
    """Something the bot shows."""

    fallback: str  # the line in the notification, plain
    parts: tuple[Part, ...]
    key: str | None = None  # nudge id: travels as metadata and in a block, so that doubt can be settled
