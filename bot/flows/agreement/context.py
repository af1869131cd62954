"""What decides whether coaches may read in a workspace, and who may change that: read once before deciding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.chat.port import Incoming
from bot.coaching.language import Language
from bot.coaching.records.cohort import Coach, CoachState, CohortState
from bot.coaching.records.enrollment import Enrollment, EnrollmentState
from bot.coaching.records.member import Member, MemberState
from bot.coaching.records.reading import Gate, ReadGrant, Seat
from bot.coaching.records.workspace import Workspace
from bot.coaching.rules.who_reads import NAMED
from bot.flows.context.nudge import Participation, within
from bot.flows.context.person import PersonContext, introduced_person, person_of
from bot.flows.ports import Ports
from bot.flows.reading.admins import asked_admin
from bot.store.port.people import AroundCohort


@dataclass(frozen=True, kw_only=True)
class Granting:
    """Somebody on a journey who lets coaches read, with what they let them read in it."""

    run: Participation
    grants: Sequence[ReadGrant]  # not ended, oldest first


@dataclass(frozen=True, kw_only=True)
class ReadingContext(PersonContext):
    """Somebody amid all that decides whether coaches may read in their workspace."""

    workspace: Workspace
    is_admin: bool | None = False  # None: the platform could not be asked
    gates: Sequence[Gate] = ()  # oldest first
    seats: Sequence[tuple[Seat, Member]] = ()
    teams: Sequence[AroundCohort] = ()  # every cohort, those that ended included, the oldest first
    people: Mapping[str, Member] = field(default_factory=dict)  # by id: who recorded a gate
    granting: Sequence[Granting] = ()

    @property
    def spoken(self) -> Language | None:
        """The language to speak with them; who is in no team is spoken to as all teams here are, if those agree."""
        languages = {team.cohort.language for team in self.teams}
        return super().spoken or (languages.pop() if len(languages) == 1 else None)

    @property
    def gate(self) -> Gate | None:
        """The open one."""
        return next((each for each in self.gates if each.closed_at is None), None)

    @property
    def has_seat(self) -> bool:
        """Whether they have the council's seat."""
        return self.member is not None and any(person.id == self.member.id for _, person in self.seats)

    @property
    def may_set(self) -> bool:
        """Whether they may change the settings of the workspace."""
        return self.is_admin is True or self.has_seat

    def roles(self, member: str) -> list[Coach]:
        """Return what somebody coaches, or was asked to."""
        every = (role for team in self.teams for role, person in team.coaches if person.id == member)
        return [role for role in every if role.state in NAMED]

    @property
    def coaches(self) -> list[Member]:
        """Everybody who coaches, each once."""
        active = (
            person
            for team in self.teams
            for role, person in team.coaches
            if role.state is CoachState.ACTIVE and person.state is MemberState.ACTIVE
        )
        return [*{person.id: person for person in active}.values()]

    @property
    def cohorts(self) -> list[str]:
        """The ids of all cohorts."""
        return [team.cohort.id for team in self.teams]

    @property
    def going_on(self) -> list[AroundCohort]:
        """The cohorts that have not ended."""
        return [team for team in self.teams if team.cohort.state is CohortState.ACTIVE]


async def reading_of(
    ports: Ports, incoming: Incoming, *, introduces: bool = False, grants: bool = False
) -> ReadingContext:
    """Return who acted, amid all that decides; with `introduces` they are remembered from now on.

    With `grants` also who lets a coach read.
    """
    about = await (introduced_person if introduces else person_of)(ports, incoming)
    around = await around_reading(ports, incoming.workspace, grants=grants)
    is_admin = await asked_admin(ports, incoming.workspace, incoming.person)
    return ReadingContext(**{**vars(around), **vars(about), "is_admin": is_admin})


async def around_reading(ports: Ports, workspace: str, *, grants: bool = False) -> ReadingContext:
    """Return all that decides whether coaches may read in a workspace, around nobody in particular."""
    store = ports.store
    known = await store.workspace(workspace)
    assert known is not None, "what comes in has a workspace"
    gates = await store.gates(workspace)
    found = [await store.around_cohort(workspace, each.id) for each in await store.cohorts_of(workspace)]
    people = [await store.member(workspace, each) for each in {gate.recorded_by for gate in gates} - {""}]
    return ReadingContext(
        workspace=known,
        gates=gates,
        seats=await store.seats(workspace),
        teams=[each for each in found if each is not None],
        people={each.id: each for each in people if each is not None},
        granting=await granting(ports, workspace) if grants else (),
    )


async def granting(ports: Ports, workspace: str) -> list[Granting]:
    """Return who lets a coach read, once for each cohort in which they do."""
    by_place: dict[tuple[str, str], list[ReadGrant]] = {}
    for grant in await ports.store.grants_in(workspace):
        by_place.setdefault((grant.cohort, grant.member), []).append(grant)
    found: list[Granting] = []
    for cohort in dict.fromkeys(place for place, _ in by_place):
        runs = {run.member.id: run for run in await _runs(ports, workspace, cohort)}  # the newest of each
        found += [
            Granting(run=run, grants=by_place[cohort, member])
            for member, run in runs.items()
            if (cohort, member) in by_place
        ]
    return found


async def _runs(ports: Ports, workspace: str, cohort: str) -> list[Participation]:
    found = await ports.store.runs_in(workspace, cohort)
    return [within(ports, member, enrollment, its) for enrollment, member, its in found if _is_on(enrollment)]


def _is_on(enrollment: Enrollment) -> bool:
    return enrollment.state is not EnrollmentState.LEFT
