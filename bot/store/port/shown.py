"""What messages show, each kind read in a number of statements that depends on nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.pulse import PulseAnswer, Tally
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.reply import Reply
from bot.coaching.rules.reading import Viewer
from bot.coaching.rules.who_reads import WhoReads
from bot.coaching.words import Words as Written
from bot.store.port.words import NOWHERE, Places


@dataclass(frozen=True, kw_only=True)
class ShownNudge:
    """A message of a person's run with what it shows, all of one moment; what its kind never shows is empty."""

    nudge: Nudge
    enrollment: Enrollment
    member: Member
    cohort: Cohort
    agenda: Sequence[Nudge] = ()  # of the run, by due time
    promises: Sequence[Commitment] = ()  # of the run, newest first
    habits: Sequence[Reply] = ()  # that the person kept, newest first, those of other runs included
    noticed: Sequence[Reply] = ()  # what a customer was seen to notice, newest first, those of other runs included
    pulse: Sequence[PulseAnswer] = ()  # of the run
    made: Reflection | None = None  # what a look back was built from
    words: Sequence[Written] = ()  # of it that still stand, in its order
    word: Reply | None = None  # of a coach, that the message brings
    author: Member | None = None  # of that word
    role: Coach | None = None  # of its author, in the cohort
    who: WhoReads | None = None  # reads what the person shares; None where the message says nothing of it
    places: Places = NOWHERE  # of those words, or of what was promised about the message's item
    below: Sequence["ShownNudge"] = ()  # the other messages of the same card


@dataclass(frozen=True, kw_only=True)
class ShownPost:
    """A cohort's post with what it shows, all of one moment; what its kind never shows is empty."""

    nudge: Nudge
    cohort: Cohort
    coaches: Sequence[tuple[Coach, Member]] = ()  # whatever the answer, in the order of naming
    made: Reflection | None = None  # what it, or the post above it, was built from
    words: Sequence[Written] = ()  # of it that still stand, in its order
    authors: Mapping[str, Member] = field(default_factory=dict)  # of those words, by id
    before: Sequence[Reflection] = ()  # what the weekly posts that came before a weekly one were built from


@dataclass(frozen=True, kw_only=True)
class ShownToCoach:
    """A message to somebody as a coach, with what it shows, as it stands at one moment."""

    nudge: Nudge
    member: Member
    cohort: Cohort
    role: Coach | None  # of that member, in the cohort
    starter: Member | None  # who started the journey
    answer: Reply | None  # to a word of theirs, that the message tells of
    author: Member | None  # of that answer


@dataclass(frozen=True, kw_only=True)
class ShownDigest:
    """A coach's weekly digest with all that it can tell of, as it stands at one moment: what the log would show them.

    Their own words, and what was there before they said yes, are not in it.
    """

    viewer: Viewer  # the coach, with their rights to read
    nudge: Nudge
    member: Member
    cohort: Cohort
    made: Reflection | None = None  # what it was built from; None until it is due
    coached: Sequence[Cohort] = ()  # as an active coach
    since: datetime | None = None  # when the digest before it was made; None: there was none
    replies: Sequence[tuple[Reply, Member]] = ()  # since then, oldest first
    promises: Sequence[tuple[Commitment, Member]] = ()  # since then, and those whose day is in the week of the digest
    posts: Mapping[str, Nudge] = field(default_factory=dict)  # by cohort: its first weekly post after the digest
    words: Sequence[Written] = ()  # what it was built from and still stands, in its order


class Shown(Protocol):
    """Messages, with what they show."""

    async def shown(self, workspace: str, nudge: str) -> ShownNudge | ShownPost | ShownToCoach | ShownDigest | None:
        """Return a message by the id of its nudge; None for one that is not there."""
        ...

    async def tallies(self, workspace: str, cohort: str) -> Sequence[Tally]:
        """Return how a cohort answers the pulse by now, however few they are: what is told of it is fixed in a post."""
        ...

    async def first_tallies(self, workspace: str, cohort: str) -> Sequence[Tally]:
        """Return how the answers spread that the cohort's channel was told of first; nothing where it was not."""
        ...

    async def digest_made(self, digest: Nudge, until: datetime, *, since: datetime | None = None) -> ShownDigest:
        """Return what a coach's digest would tell of if it were made at that moment; no look is noted.

        New is what came after `since`, else after the digest before it was made.
        """
        ...
