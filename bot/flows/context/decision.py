"""What becomes of what came in, decided without reading or writing."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.port import Form, FormErrors, Message, Place
from bot.store.port import Record
from bot.store.port.words import Confirmed


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What is saved, shown once more, and said; nothing of it has happened yet."""

    records: Sequence[Record] = ()
    withdraws: bool = False  # words that may stand on a screen went
    pages: bool = False  # the own pages of their people are shown again, too
    also: Sequence[str] = ()  # further subjects that look different now
    again: Sequence[str] = ()  # subjects that are shown once more, though nothing changed
    refuses: str = ""  # key of the sentence that says why nothing comes of it
    says: Message | None = None  # to the person alone, where they acted
    replaces: bool = False  # what is said takes the place of what was pressed
    where: Place | None = None  # where it is said instead
    opens: Form | None = None
    wrong: FormErrors | None = None  # what is wrong with a form that was sent in; it stays open

    # of words that were typed
    notes: Sequence[str] = ()  # ids that are noted before anything else, for what comes in later
    unless: str = ""  # id; once it is noted, nothing is saved and it is decided anew
    answered_as: str = ""  # id that is noted once what is said was said
    confirms: Confirmed | None = None  # what the new receipt shows, where all of it is known without reading it again
    scrubs: bool = False  # what came in may hold words that are not kept: they leave the file, too
