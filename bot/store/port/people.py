"""Who is there: workspaces, people, cohorts and their coaches, and who takes part in what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reading import ReadGrant
from bot.coaching.records.reply import Reply
from bot.coaching.records.workspace import Workspace
from bot.coaching.rules.who_reads import WhoReads
from bot.coaching.words import Words as Written
from bot.store.port.words import NOWHERE, Places


@dataclass(frozen=True, kw_only=True)
class AroundPerson:
    """A person with the records by which it is decided how they take part, as they stand at one moment."""

    member: Member | None  # None for a stranger
    here: Cohort | None  # the active one of the channel
    runs: Sequence[tuple[Enrollment, Cohort]]  # newest first, LEFT included
    nudges: Sequence[Nudge]  # of all runs, by due time
    promises: Sequence[Commitment]  # newest first
    shared: Sequence[Reply]  # own replies that stand and that were let into a channel
    coached: Sequence[Cohort]  # as an active coach
    digest: Nudge | None = None  # their next one as a coach, that is planned
    grants: Sequence[ReadGrant] = ()  # whom they let read, not ended


@dataclass(frozen=True, kw_only=True)
class AroundRole(AroundPerson):
    """The same with their role as coach of one cohort."""

    role: Coach | None = None
    cohort: Cohort | None = None  # of the role


@dataclass(frozen=True, kw_only=True)
class AroundPage(AroundPerson):
    """The same with what stands on their own page."""

    words: Sequence[Written] = ()  # what they wrote and still stands, newest first
    who: WhoReads | None = None  # reads what they share in the run they are in; None outside of one
    places: Places = NOWHERE  # of those words


@dataclass(frozen=True, kw_only=True)
class AroundCohort:
    """A cohort with what is said of it to whoever may join, as it stands at one moment."""

    cohort: Cohort
    workspace: Workspace
    coaches: Sequence[tuple[Coach, Member]]  # whatever the answer, in the order of naming
    is_open: bool = True  # the gate: coaches may read here


class People(Protocol):
    """Workspaces, members, cohorts, coaches and enrollments."""

    async def workspace(self, workspace: str) -> Workspace | None: ...
    async def workspace_of(self, platform: str, external_id: str) -> Workspace | None: ...
    async def workspaces(self) -> Sequence[Workspace]: ...
    async def member(self, workspace: str, member: str) -> Member | None: ...
    async def member_of(self, workspace: str, external_id: str) -> Member | None: ...
    async def around_person(self, workspace: str, external_id: str, *, channel: str = "") -> AroundPerson:
        """Return somebody by the platform's id, with the active cohort of a channel; of a stranger that alone."""
        ...

    async def around_page(
        self, workspace: str, external_id: str, *, before: tuple[datetime, str] | None, limit: int
    ) -> AroundPage:
        """Return somebody with so many of their words, those below one (moment, id), or else the newest."""
        ...

    async def around_role(self, workspace: str, external_id: str, cohort: str) -> AroundRole:
        """Return somebody with their role as coach of a cohort of their workspace, whatever the answer."""
        ...

    async def around_member(self, workspace: str, member: str) -> AroundPerson:
        """Return the same of a member by id."""
        ...

    async def away(self, workspace: str, external_id: str) -> bool:
        """Return whether the app was taken out of the workspace, or the person's account is switched off."""
        ...

    async def sign(self, workspace: str, external_id: str, at: datetime, *, is_typed: bool = False) -> bool:
        """Note that a person did, or typed, something; return whether a run of theirs stands still until they do.

        It is noted once an hour, is no new version of the person, and marks no screen. Of a stranger nothing is noted.
        """
        ...

    async def members_called(self, who: str) -> Sequence[Member]:
        """Return the people with this id, platform's id or name, whatever its case; 50 at most, for the operator."""
        ...

    async def cohort(self, workspace: str, cohort: str) -> Cohort | None: ...
    async def cohort_in(self, workspace: str, channel: str) -> Cohort | None:
        """Return the active cohort of a channel."""
        ...

    async def around_cohort(self, workspace: str, cohort: str) -> AroundCohort | None: ...
    async def coach(self, workspace: str, cohort: str, member: str) -> Coach | None: ...
    async def coach_role(self, workspace: str, role: str) -> Coach | None: ...
    async def coached_by(self, workspace: str, member: str) -> Sequence[Cohort]:
        """Return the cohorts in which this member is an active coach."""
        ...

    async def enrollment(self, workspace: str, enrollment: str) -> Enrollment | None: ...
    async def around(self, workspace: str, enrollment: str) -> tuple[Enrollment, Member, Cohort] | None:
        """Return an enrollment with its member and its cohort, as they stand at one moment."""
        ...

    async def enrollments_of(self, workspace: str, member: str) -> Sequence[Enrollment]:
        """Return a member's enrollments, newest first, LEFT included."""
        ...

    async def runs_of(self, workspace: str, member: str) -> Sequence[tuple[Enrollment, Cohort]]:
        """Return a member's enrollments with their cohorts, newest first, LEFT included."""
        ...

    async def paused_until(self, moment: date) -> Sequence[Enrollment]:
        """Return paused enrollments whose pause ends on or before that day."""
        ...
