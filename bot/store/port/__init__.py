"""What the flows may ask of the store.

Records are frozen; each carries `version`. `save` writes any number of them in one durable transaction: version 0
inserts, anything else updates only the row that still has that version and counts it up. When one of them cannot
be written as asked, none is, and `Conflict` is raised: somebody was faster, read again.

Every question names the workspace first, or takes a record that does: ids are unique within a workspace. What is asked
over all of them is listed, with its reason, in `bot/store/sqlite/across.py` (ADR 20).
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.coaching.records.audit import AuditEntry
from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import WORDS_KEPT, Enrollment, OptIn
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.pulse import PulseAnswer
from bot.coaching.records.reading import Gate, ReadGrant, Seat
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.reply import Reply
from bot.coaching.records.screen import Hold, Screen
from bot.coaching.records.session import Session, SignIn
from bot.coaching.records.workspace import Workspace
from bot.store.port.agenda import Agenda
from bot.store.port.around import Around
from bot.store.port.audit import Audit
from bot.store.port.conversation_references import ConversationReferences
from bot.store.port.desk import Desk
from bot.store.port.forms import Forms
from bot.store.port.heard import Listening
from bot.store.port.inbox import Inbox
from bot.store.port.people import People
from bot.store.port.readers import Readers
from bot.store.port.retention import Retention
from bot.store.port.screens import Screens
from bot.store.port.shown import Shown
from bot.store.port.watch import Watch
from bot.store.port.words import Words

Record = (
    Workspace
    | Member
    | Cohort
    | Coach
    | Enrollment
    | OptIn
    | Gate
    | ReadGrant
    | Seat
    | Nudge
    | Commitment
    | Reply
    | PulseAnswer
    | Reflection
    | AuditEntry
    | Screen
    | SignIn
    | Session
)


class StoreError(Exception):
    """Base of what a store can raise."""


class Conflict(StoreError):
    """Somebody else wrote first, or a record with this key exists; nothing was written."""


class Unusable(StoreError):
    """The file cannot be used; the message says what to do."""


class Held(Unusable):
    """Another process holds the file, and may let go of it."""


class Store(
    People,
    ConversationReferences,
    Forms,
    Desk,
    Screens,
    Agenda,
    Around,
    Shown,
    Words,
    Listening,
    Readers,
    Audit,
    Inbox,
    Retention,
    Watch,
    Protocol,
):
    """Durable memory. Every write returns after it is on the disk."""

    async def save(
        self,
        *records: Record,
        hold: Hold | None = None,
        withdraws: bool = False,
        pages: bool = False,
        also: Collection[str] = (),
        unless: str = "",
    ) -> Sequence[Screen]:
        """Write all the records or none, and mark every screen that shows one of them as stale; raises Conflict.

        `also` names further subjects whose screens look different now; with `withdraws` words that may stand on one
        were withdrawn: those go first. A person's own page waits until they look at it, but with `withdraws` or
        `pages`. Nothing is written, and Conflict raised, when the id `unless` was noted, or came in. Returns the
        screens that the holder of `hold` is to bring up to date, new ones among them. Words of a reply or a plan that
        it deletes or changes leave the file and its log within a minute.
        """
        ...

    async def export(self, workspace: str, member: str) -> dict[str, list[dict[str, object]]]:
        """Return every row about a person, by table, as JSON-ready values."""
        ...

    async def erase(
        self,
        workspace: str,
        member: str,
        *,
        at: datetime,
        audit_id: str,
        actor: str | None = None,
        hold: Hold | None = None,
        waits: bool = True,
    ) -> int:
        """Delete every row about a person and return how many replies went; only an audit row without words stays.

        What stands in their chat is CLOSING, what shows them to others is marked as withdrawn, for the holder.

        The audit names who did it: `actor`, or else the person. It returns when no word is left in the file or its log;
        without `waits` that is so within a minute, once for many.
        Unsent nudges go too. The member row goes: the person may join again as a stranger.
        """
        ...

    async def words_days(self) -> Sequence[int]:
        """Return for how many days the teams there are keep words after the end of a member's journey."""
        ...

    async def fade(self, ended_before: datetime, *, days: int = WORDS_KEPT.days) -> int:
        """Blank the words of runs that ended before then, of teams that keep words so many days; return how many went.

        Replies and commitments of enrollments COMPLETED or LEFT with ended_at before that moment, and arrivals given up
        before it; rows stay, without their words. Cheap when there is nothing to do.
        """
        ...

    async def scrub_soon(self) -> None:
        """See to it that no word dropped by now, or a few seconds from now, is in the file or its log in a minute.

        For words that are dropped otherwise than by a save, as those of an arrival once it is handled: saves that
        delete or change words do it by themselves.
        """
        ...

    async def long_gone(self, ended_before: datetime) -> Sequence[tuple[str, str]]:
        """Return, by workspace and id, the members whom nothing holds since then.

        Their runs ended before, as did those of the teams they coach; who joined nothing was met before.
        """
        ...

    async def back_up(self, at: datetime, *, keep: int) -> str:
        """Keep a verified copy, let go of the oldest beyond `keep`, and return where it is; raises StoreError."""
        ...

    async def close(self) -> None:
        """Finish what was accepted and let go of the file."""
        ...
