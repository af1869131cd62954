"""What use cases decide by: all that is known around one nudge, one person or one text, read at one moment.

Each is read in a number of statements that depends on nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reply import Reply
from bot.coaching.rules.who_reads import WhoReads
from bot.coaching.words import Words as Written


@dataclass(frozen=True, kw_only=True)
class AroundNudge:
    """A person's nudge, with the records by which it is decided what becomes of it, as they stand at one moment."""

    nudge: Nudge
    enrollment: Enrollment
    member: Member
    cohort: Cohort
    agenda: Sequence[Nudge]  # of the run, by due time
    promises: Sequence[Commitment]  # of the run, newest first
    answers: Sequence[Reply]  # of the run, to the questions of debriefs, that stand, oldest first
    doubts: int  # times it was posted and nobody knows whether it stands
    who: WhoReads  # reads what is shared in the run


@dataclass(frozen=True, kw_only=True)
class AroundWord(AroundNudge):
    """The nudge that brought a coach's word, with what an answer to it is decided by."""

    word: Reply | None
    about: Nudge | None  # the message it was written under
    author: Member | None
    role: Coach | None  # of its author, in the cohort
    answered: Sequence[tuple[Reply, Nudge | None]]  # to coaches by this person, with what told them of it


@dataclass(frozen=True, kw_only=True)
class AroundLook(AroundNudge):
    """A person's look back, with what it was built from."""

    words: Sequence[Written]  # that still stand, in its order


@dataclass(frozen=True, kw_only=True)
class AroundWords:
    """A reply or a commitment, with the records by which it is decided what becomes of it, as they stand at one moment.

    The run, its person and their agenda are those that the words belong to.
    """

    words: Written
    nudge: Nudge  # the message they belong to
    enrollment: Enrollment
    member: Member
    cohort: Cohort
    agenda: Sequence[Nudge]  # of the run, by due time
    who: WhoReads  # reads what is shared in the run
    next_post: Nudge | None  # that takes what is let into the channel
    is_confirmed: bool  # whether a confirmation of them stands somewhere


class Around(Protocol):
    """Records, with those around them."""

    async def around_nudge(self, workspace: str, nudge: str) -> AroundNudge | None:
        """Return a person's nudge with its run; None for a post, and for one that is not there."""
        ...

    async def around_word(self, workspace: str, nudge: str) -> AroundWord | None:
        """Return the nudge that brought a coach's word, as `around_nudge` does, with that word."""
        ...

    async def around_look(self, workspace: str, nudge: str) -> AroundLook | None:
        """Return a person's look back, as `around_nudge` does, with the words it was built from."""
        ...

    async def around_words(self, workspace: str, words: str) -> AroundWords | None:
        """Return a reply or a commitment by id, deleted ones included, with its run."""
        ...
