"""Workspaces, members, cohorts, coaches and enrollments."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment, EnrollmentState
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reading import ReadGrant
from bot.coaching.records.reply import Reply
from bot.coaching.records.workspace import Workspace
from bot.store.port.people import AroundCohort, AroundPage, AroundPerson, AroundRole
from bot.store.sqlite.queries import changed
from bot.store.sqlite.rows import NEWEST, moment, side_by_side
from bot.store.sqlite.tables.beside import Beside

CALLED = 50  # people that one name may mean
NOTED_AGAIN = timedelta(hours=1)  # after which a further sign of a person is noted


class People(Beside):
    """Who is there, and in which role."""

    async def workspace(self, workspace: str) -> Workspace | None:
        """Return a workspace by id."""
        return self._one(Workspace, "workspace", workspace=workspace)

    async def workspace_of(self, platform: str, external_id: str) -> Workspace | None:
        """Return a workspace by the id its platform knows."""
        return self._one(Workspace, "workspace_of", platform=platform, external_id=external_id)

    async def workspaces(self) -> Sequence[Workspace]:
        """Return every workspace, oldest first."""
        return self._all(Workspace, "workspaces")

    async def member(self, workspace: str, member: str) -> Member | None:
        """Return a member by id."""
        return self._one(Member, "member", workspace=workspace, member=member)

    async def member_of(self, workspace: str, external_id: str) -> Member | None:
        """Return a member by the id the platform knows."""
        return self._one(Member, "member_of", workspace=workspace, external_id=external_id)

    async def around_person(self, workspace: str, external_id: str, *, channel: str = "") -> AroundPerson:
        """Return somebody by the platform's id, with the active cohort of a channel; of a stranger that alone."""
        with self._reading.snapshot():
            member = self._one(Member, "member_of", workspace=workspace, external_id=external_id)
            here = self._one(Cohort, "cohort_in", workspace=workspace, channel=channel)
            return self._around(workspace, member, here)

    async def around_page(
        self, workspace: str, external_id: str, *, before: tuple[datetime, str] | None, limit: int
    ) -> AroundPage:
        """Return somebody with so many of their words, those below one (moment, id), or else the newest."""
        before_at, before_id = NEWEST if before is None else (moment(before[0]), before[1])
        with self._reading.snapshot():
            around = self._around(
                workspace, self._one(Member, "member_of", workspace=workspace, external_id=external_id), None
            )
            if around.member is None:
                return AroundPage(**vars(around))
            below = {"before_at": before_at, "before_id": before_id, "limit": limit}
            found = self._reading.rows("own_words", workspace=workspace, member=around.member.id, **below)
            words = self._written(workspace, [row["id"] for row in found])
            run = next((run for run, _ in around.runs if run.state is not EnrollmentState.LEFT), None)
            known = self._who_reads(workspace, around.member.id, [run.cohort]) if run else {}
            return AroundPage(
                **vars(around),
                words=words,
                places=self._places(workspace, words, known),
                who=known[run.cohort] if run else None,
            )

    async def around_role(self, workspace: str, external_id: str, cohort: str) -> AroundRole:
        """Return somebody with their role as coach of a cohort of their workspace, whatever the answer."""
        with self._reading.snapshot():
            member = self._one(Member, "member_of", workspace=workspace, external_id=external_id)
            around = self._around(workspace, member, None)
            if member is None:
                return AroundRole(**vars(around))
            return AroundRole(
                **vars(around),
                role=self._one(Coach, "coach", workspace=workspace, cohort=cohort, member=member.id),
                cohort=self._one(Cohort, "cohort", workspace=workspace, cohort=cohort),
            )

    async def around_member(self, workspace: str, member: str) -> AroundPerson:
        """Return the same of a member by id."""
        with self._reading.snapshot():
            return self._around(workspace, self._one(Member, "member", workspace=workspace, member=member), None)

    def _around(self, workspace: str, member: Member | None, here: Cohort | None) -> AroundPerson:
        if member is None:
            return AroundPerson(member=None, here=here, runs=(), nudges=(), promises=(), shared=(), coached=())
        runs = self._reading.rows("runs_of", workspace=workspace, member=member.id)
        return AroundPerson(
            member=member,
            here=here,
            runs=[side_by_side(row, Enrollment, Cohort) for row in runs],
            nudges=self._all(Nudge, "nudges_of_member", workspace=workspace, member=member.id),
            promises=self._all(Commitment, "commitments_of", workspace=workspace, member=member.id),
            shared=self._all(Reply, "replies_let_in", workspace=workspace, member=member.id),
            coached=self._all(Cohort, "coached_by", workspace=workspace, member=member.id),
            digest=self._one(Nudge, "next_digest", workspace=workspace, member=member.id) if member.digest else None,
            grants=self._all(ReadGrant, "grants_of", workspace=workspace, member=member.id),
        )

    async def away(self, workspace: str, external_id: str) -> bool:
        """Return whether the app was taken out of the workspace, or the person's account is switched off."""
        return bool(self._reading.rows("away", workspace=workspace, external_id=external_id))

    async def sign(self, workspace: str, external_id: str, at: datetime, *, is_typed: bool = False) -> bool:
        """Note that a person did something, once an hour; return whether a run of theirs stands still until they do."""
        before = moment(at - NOTED_AGAIN)
        values = {"workspace": workspace, "external_id": external_id, "before": before, "is_typed": is_typed}
        found = self._reading.rows("signs", **values)
        if any(row["is_news"] for row in found):
            noted = values | {"at": moment(at)}
            await self._writer.write(lambda connection: changed(connection, "sign", **noted))
        return any(row["is_awaited"] for row in found)

    async def members_called(self, who: str) -> Sequence[Member]:
        """Return the people with this id, platform's id or name, whatever its case; 50 at most."""
        every = self._all(Member, "every_member")
        found = [each for each in every if who in (each.id, each.external_id) or each.name.lower() == who.lower()]
        return sorted(found, key=lambda each: (each.workspace, each.name, each.id))[:CALLED]

    async def cohort(self, workspace: str, cohort: str) -> Cohort | None:
        """Return a cohort by id."""
        return self._one(Cohort, "cohort", workspace=workspace, cohort=cohort)

    async def cohort_in(self, workspace: str, channel: str) -> Cohort | None:
        """Return the active cohort of a channel."""
        return self._one(Cohort, "cohort_in", workspace=workspace, channel=channel)

    async def around_cohort(self, workspace: str, cohort: str) -> AroundCohort | None:
        """Return a cohort with its workspace and its coaches."""
        found = self._reading.together(
            {"cohort": "around_cohort", "coaches": "coaches_known", "gate": "gate"}, workspace=workspace, cohort=cohort
        )
        if not found["cohort"]:
            return None
        known, its_workspace = side_by_side(found["cohort"][0], Cohort, Workspace)
        coaches = [side_by_side(row, Coach, Member) for row in found["coaches"]]
        return AroundCohort(cohort=known, workspace=its_workspace, coaches=coaches, is_open=bool(found["gate"]))

    async def coach(self, workspace: str, cohort: str, member: str) -> Coach | None:
        """Return a person's role as coach of a cohort."""
        return self._one(Coach, "coach", workspace=workspace, cohort=cohort, member=member)

    async def coach_role(self, workspace: str, role: str) -> Coach | None:
        """Return a role as coach by its id."""
        return self._one(Coach, "coach_role", workspace=workspace, role=role)

    async def coached_by(self, workspace: str, member: str) -> Sequence[Cohort]:
        """Return the cohorts in which this member is an active coach."""
        return self._all(Cohort, "coached_by", workspace=workspace, member=member)

    async def enrollment(self, workspace: str, enrollment: str) -> Enrollment | None:
        """Return an enrollment by id."""
        return self._one(Enrollment, "enrollment", workspace=workspace, enrollment=enrollment)

    async def around(self, workspace: str, enrollment: str) -> tuple[Enrollment, Member, Cohort] | None:
        """Return an enrollment with its member and its cohort, as they stand at one moment."""
        return next(
            iter(
                self._side_by_side((Enrollment, Member, Cohort), "around", workspace=workspace, enrollment=enrollment)
            ),
            None,
        )

    async def enrollments_of(self, workspace: str, member: str) -> Sequence[Enrollment]:
        """Return a member's enrollments, newest first, LEFT included."""
        return self._all(Enrollment, "enrollments_of", workspace=workspace, member=member)

    async def runs_of(self, workspace: str, member: str) -> Sequence[tuple[Enrollment, Cohort]]:
        """Return a member's enrollments with their cohorts, newest first, LEFT included."""
        return self._side_by_side((Enrollment, Cohort), "runs_of", workspace=workspace, member=member)

    async def paused_until(self, moment: date) -> Sequence[Enrollment]:
        """Return paused enrollments whose pause ends on or before that day."""
        return self._all(Enrollment, "paused_until", day=date.isoformat(moment))
