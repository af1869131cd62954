"""What is known of a person and of words they typed, read in one go."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reply import Reply
from bot.coaching.rules.who_reads import WhoReads


@dataclass(frozen=True, kw_only=True)
class Typed:
    """By what words that came in, or news of them, may be known."""

    conversation: str
    message: str
    answers: str | None = None  # the message that they answer
    noted: Collection[str] = ()  # ids under which something of them may have been noted
    ahead: tuple[str, str] | None = None  # or any id from first to last, both included
    said: tuple[datetime, datetime] | None = None  # when they were typed, where they may have come under another id


@dataclass(frozen=True, kw_only=True)
class CoachWord:
    """What a coach wrote to a person, and who that is."""

    word: Reply
    author: Member
    role: Coach | None  # in the cohort of the message that brought it


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A person with their runs, and what is known of words they typed, as it stands at one moment."""

    member: Member | None
    runs: Sequence[tuple[Enrollment, Cohort]] = ()  # newest first, LEFT included
    nudges: Sequence[Nudge] = ()  # of all the runs, by due time
    words: Mapping[str, CoachWord] = field(default_factory=dict)  # what coaches wrote to them, by id
    told: Sequence[tuple[Reply, Nudge]] = ()  # their answers to coaches, with what told of them (kind COACH_HEARD)
    promises: Mapping[str, Commitment] = field(default_factory=dict)  # plans and changes that a day asks about, by id
    said_before: int = 0  # of their words are kept: three at most are counted
    next_post: Nudge | None = None  # of the newest run's cohort: what takes in words next; of typed words alone

    who: WhoReads | None = (
        None  # reads what the newest run's person shares; None where they share nothing, or typed nothing
    )

    unsure: AbstractSet[str] = frozenset()  # messages of which nobody can tell whether they are there; never by a store
    reply: Reply | None = None  # what the words became, deleted ones included
    near: Sequence[Reply] = ()  # replies typed in that span in that conversation, deleted ones included
    noted: AbstractSet[str] = frozenset()  # those of the ids that were noted, or came in
    ahead: AbstractSet[str] = frozenset()  # those of the span that were
    answers: str | None = None  # id of the nudge that they answer: its message, a reply to it, or the receipt of one
    answers_message: bool = False  # whether it is the message itself


class Listening(Protocol):
    """What words that come in are decided by."""

    async def heard(self, workspace: str, person: str, *, typed: Typed | None = None) -> Heard:
        """Return what is known of a person by their external id, and of words, if given.

        When nobody says whose words were changed (no person), it is the author of the reply they became.
        """
        ...
