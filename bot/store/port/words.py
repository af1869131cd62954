"""What people promised and said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.coaching.records.cohort import Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.reply import Reply, ReplyKind
from bot.coaching.rules.who_reads import WhoReads
from bot.coaching.words import Words as Written


@dataclass(frozen=True, kw_only=True)
class Share:
    """A post of a thread in a channel (kind TEAM_SHARE), whatever its state."""

    post: Nudge
    made: Reflection  # what it holds a part of: `shown_in` tells which
    under: Nudge | None  # the post that the thread is below


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where some words stand, or will, and who hears what answers a coach."""

    shares: Sequence[Share]  # by due time
    next_posts: Mapping[str, Nudge]  # by cohort: the post that takes what is let in next; none where there is none
    coaches: Mapping[str, str]  # id of a coach's word to their name, as long as they coach that cohort
    readers: Mapping[str, WhoReads] = field(default_factory=dict)  # by cohort; where coaches may read any of the words
    takers: Mapping[str, str] = field(default_factory=dict)  # id of a request for a word to the name of who took it


NOWHERE = Places(shares=(), next_posts={}, coaches={})


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """A reply with what its confirmation shows; below an answer in a debrief stands what is asked next."""

    reply: Reply
    nudge: Nudge  # the message it belongs to
    enrollment: Enrollment
    member: Member
    cohort: Cohort
    places: Places  # of the reply, and of what was promised about the message's item
    who: WhoReads | None = None  # reads what the person shares; None where nothing below it says so
    agenda: Sequence[Nudge] = ()  # of the run, by due time; these three of an answer in a debrief alone
    promises: Sequence[Commitment] = ()  # of the run, newest first
    answers: Sequence[Reply] = ()  # of the run, to the questions of debriefs, that stand, oldest first


class Words(Protocol):
    """Commitments, replies, reflections and pulse answers."""

    async def reply(self, workspace: str, reply: str) -> Reply | None: ...
    async def reply_from(self, workspace: str, source: str) -> Reply | None:
        """Return the reply that was said as "<conversation>/<message>", deleted ones included."""
        ...

    async def confirmed(self, workspace: str, reply: str) -> Confirmed | None:
        """Return a reply by id, deleted ones included, with what its confirmation shows."""
        ...

    async def replies_of(
        self, workspace: str, member: str, *, limit: int, kinds: Sequence[ReplyKind] = ()
    ) -> Sequence[Reply]:
        """Return a person's own replies, newest first; deleted ones and what is held are left out."""
        ...

    async def replies_held(self, until: datetime, *, limit: int) -> Sequence[Reply]:
        """Return what is held for longer than that in active workspaces, the longest first."""
        ...

    async def stops_of(self, workspace: str, member: str) -> Sequence[Reply]:
        """Return what of a person's words is held because it may ask for no more messages."""
        ...

    async def replies_between(
        self, workspace: str, member: str, since: datetime, until: datetime
    ) -> Sequence[Reply]: ...
    async def commitments_between(
        self, workspace: str, member: str, since: datetime, until: datetime
    ) -> Sequence[Commitment]:
        """Return the commitments with words that a person made in [since, until), oldest first."""
        ...

    async def replies_shared(self, workspace: str, cohort: str) -> Sequence[Reply]:
        """Return the replies of a cohort that stand and that their authors let into the channel, in that order."""
        ...

    async def commitments_shared(self, workspace: str, cohort: str) -> Sequence[Commitment]:
        """Return the commitments of a cohort that have words and were let into the channel, in that order."""
        ...

    async def words_with(self, workspace: str, ids: Sequence[str]) -> Sequence[Written]:
        """Return the replies and commitments that still have words among these, in the order given."""
        ...

    async def shares_with(self, workspace: str, words: Sequence[Written]) -> Sequence[Share]:
        """Return the posts of threads made from reflections that hold one of these words, by due time."""
        ...

    async def reflection_for(self, workspace: str, nudge: str) -> Reflection | None:
        """Return what a reflection message was built from."""
        ...
