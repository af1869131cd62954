"""What a member says, and who may read it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.coaching.intents import Intent


class Scope(StrEnum):
    """Who may read a person's words; the writer always may."""

    PRIVATE = "private"  # only the writer
    COACH = "coach"  # the writer and the cohort's coaches

    @classmethod
    def _missing_(cls, value: object) -> "Scope | None":
        """Read what a form that was opened before an upgrade calls the team's scope."""
        return cls.COACH if value == "team" else None


class ReplyKind(StrEnum):
    """How the words came to be."""

    TYPED = "typed"  # said in the conversation or the nudge's thread
    DEBRIEF = "debrief"  # an answer to one of the four questions
    CHECK = "check"  # did a customer notice?
    KEEP = "keep"  # the one habit to keep
    NOTE = "note"  # a free note of its week: it answers nothing
    COACH = "coach"  # written by the coach to the member, under that nudge
    HELD = "held"  # asks for something, or may answer several things: its author is asked, until then nothing is filed
    REQUEST = "request"  # asked for something, and it was done: none of its words are kept for long


@dataclass(frozen=True, kw_only=True)
class Reply:
    """Any text a member gives, with the nudge it belongs to."""

    id: str
    workspace: str
    cohort: str
    enrollment: str
    member: str  # whose log it stands in
    author: str  # who wrote it: the member, or a coach
    nudge: str
    item: str | None  # slug of the journey's item; None outside the items
    week: int
    kind: ReplyKind
    question: int | None = None  # 1–4 in a debrief
    text: str | None  # None once deleted
    scope: Scope
    source: str | None = None  # "<conversation>/<message>" it was said in; None from a form
    said_at: datetime | None = None  # when it was typed, where it came under another id than changes of it will
    received_at: datetime
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    edition: int = 0  # times the words were changed: a press for the channel names the one it saw
    shared_at: datetime | None = None  # its author's press for the channel, for these very words
    kept_out_at: datetime | None = None  # when it was last kept, or taken, out of the channel
    left_out_at: datetime | None = None  # when a coach left what is let into the channel out of the post
    left_out_by: str | None = None  # member id of that coach
    answers: str | None = None  # id of the coach's word it answers: then that coach alone may read it
    intent: Intent | None = None  # what it seems to ask for, until it is known to be an answer
    among: str | None = None  # of HELD words: ids of the messages they may answer, with commas; none for a note
    held_until: datetime | None = None  # when HELD words become a private note, and those of a REQUEST go
    taken_by: str | None = None  # member id of the coach who answers a request for a word
    version: int = 0
