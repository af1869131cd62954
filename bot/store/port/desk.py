"""Who is let in to the desk. Links and sessions are records: `save` uses up a link, once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.session import Session, SignIn


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A request for a word with a coach that nobody took yet; it has no words."""

    id: str
    cohort: str
    at: datetime
    name: str  # of who asked


class Desk(Protocol):
    """Links to the desk, sessions at it, and what its pages alone show."""

    async def sign_in(self, workspace: str, link: str) -> SignIn | None:
        """Return a link by the hash of its token, whether it is good or not."""
        ...

    async def sign_ins_of(self, workspace: str, member: str) -> Sequence[SignIn]:
        """Return the links of a person that were not used, oldest first."""
        ...

    async def session(self, workspace: str, session: str) -> tuple[Session, Member] | None:
        """Return a session by the hash of its token, ended ones included, with whose it is."""
        ...

    async def sessions_of(self, workspace: str, member: str) -> Sequence[Session]:
        """Return the sessions of a person that nobody ended, oldest first."""
        ...

    async def wishes(self, workspace: str, coach: str) -> Sequence[Wish]:
        """Return who waits for a word with a coach, in the cohorts that somebody coaches, the longest first.

        No words are read; who left their journey is left out.
        """
        ...

    async def told_left_out(self, workspace: str, member: str, occurrence: str) -> Nudge | None:
        """Return what tells a person that a coach left words out of the team's post (prompt LEFT_OUT), if anything."""
        ...

    async def posts_made(self, workspace: str, cohort: str) -> Sequence[tuple[Reflection, Nudge]]:
        """Return what each post of a cohort that has been due was built from, with the post, oldest first."""
        ...

    async def people(self, workspace: str, members: Collection[str]) -> Mapping[str, Member]:
        """Return the people of these ids that are still known, by id."""
        ...

    async def drop_sessions(
        self, links_ended_before: datetime, *, ended_before: datetime, seen_before: datetime
    ) -> None:
        """Forget links whose time was over then, and sessions.

        A session goes when it was over, or ended, before one moment, or was not seen since the other.
        """
        ...
