"""Everything known around one person who takes part, or might, read once before deciding."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from bot.chat.port import Command, Incoming
from bot.coaching.language import Language
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment, EnrollmentState
from bot.coaching.records.member import Member, MemberState
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reading import ReadGrant
from bot.coaching.rules.who_reads import WhoReads
from bot.coaching.verbs import read
from bot.coaching.words import Words, has_words
from bot.flows.context.identify import introduced
from bot.flows.context.nudge import Participation, within
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.store.port import Record
from bot.store.port.people import AroundPerson


@dataclass(frozen=True, kw_only=True)
class ParticipationContext(Participation):
    """A run with everything planned in it, and what else decides which of it comes when."""

    agenda: Sequence[Nudge]  # of the run, by due time
    others: Sequence[Nudge]  # of the person's other runs
    promises: Sequence[Commitment]  # of the person, newest first

    def after(self, *records: Record) -> "ParticipationContext":
        """Return the same as it is once these records are saved."""
        saved = {record.id: record for record in records}
        member, enrollment = saved.get(self.member.id), saved.get(self.enrollment.id)
        agenda = [row if not isinstance(fresh := saved.get(row.id), Nudge) else fresh for row in self.agenda]
        return replace(
            self,
            member=member if isinstance(member, Member) else self.member,
            enrollment=enrollment if isinstance(enrollment, Enrollment) else self.enrollment,
            agenda=sorted(agenda, key=lambda row: row.due_at),
        )


@dataclass(frozen=True, kw_only=True)
class PersonContext:
    """Somebody with all their runs; a stranger has none."""

    member: Member | None = None
    here: Cohort | None = None  # the active one of the channel where they acted
    courses: Sequence[ParticipationContext] = ()  # newest first, those that were left included
    coached: Sequence[Cohort] = ()
    digest: Nudge | None = None  # their next one as a coach
    shared: Sequence[Words] = ()  # what they let into a channel
    grants: Sequence[ReadGrant] = ()  # whom they let read, not ended

    @property
    def course(self) -> ParticipationContext | None:
        """The run they are in now: the newest that was not left."""
        return next((each for each in self.courses if each.enrollment.state is not EnrollmentState.LEFT), None)

    def reading(self, who: WhoReads | None) -> Self:
        """Return the same with who reads what they share in the run they are in."""
        course = self.course
        if course is None or who is None:
            return self
        return replace(self, courses=[replace(each, who=who) if each is course else each for each in self.courses])

    def course_of(self, enrollment: str | None) -> ParticipationContext | None:
        """Return one of their runs by its id."""
        return next((each for each in self.courses if each.enrollment.id == enrollment), None)

    def own(self, nudge: str) -> tuple[ParticipationContext, Nudge] | None:
        """Return a message of theirs with its run; None when it is not theirs."""
        found = ((course, row) for course in self.courses for row in course.agenda if row.id == nudge)
        return next(found, None)

    @property
    def spoken(self) -> Language | None:
        """The language to speak with them as long as nothing else tells: their own, else that of a team of theirs."""
        if self.member is not None and self.member.language:
            return self.member.language
        teams = [*([self.course.cohort] if self.course else []), *self.coached]
        return teams[0].language if teams else None

    def language(self, incoming: Incoming, *, only: Language | None = None) -> Language:
        """Return the language to answer in: their own, else the one just typed, the channel's, or the client's.

        Who chose none of their own is answered as a team of theirs is, before the client's counts.

        With `only` the word that was typed tells that language alone: it is said in the others too.
        """
        if self.member is not None and self.member.language:
            return self.member.language
        heard = read(incoming.text).language if isinstance(incoming, Command) else None
        if heard is not None and only in (None, heard):
            return heard
        return self.here.language if self.here else self.spoken or incoming.language or Language.EN


async def person_of(ports: Ports, incoming: Incoming, *, channel: str | None = None) -> PersonContext:
    """Return who acted, with the journey that runs where they typed a command, or in a channel."""
    if channel is None:
        channel = incoming.conversation if isinstance(incoming, Command) else ""
    found = await ports.store.around_person(incoming.workspace, incoming.person, channel=channel)
    return person_in(ports, found)


async def introduced_person(
    ports: Ports, incoming: Incoming, *, channel: str | None = None, about: PersonContext | None = None
) -> PersonContext:
    """Return who acted, remembered from now on; without a member for bots, the deactivated and nobody."""
    about = about or await person_of(ports, incoming, channel=channel)
    if about.member is not None and about.member.state is MemberState.ACTIVE:
        return about
    if await introduced(ports, incoming) is None:
        return replace(about, member=None)
    return await person_of(ports, incoming, channel=channel)


async def person_called(ports: Ports, workspace: str, member: str) -> PersonContext:
    """Return a member by our id; without a member when there is none."""
    return person_in(ports, await ports.store.around_member(workspace, member))


async def with_readers(ports: Ports, about: PersonContext) -> PersonContext:
    """Return the same with who reads what they share in the run they are in."""
    course = about.course
    if course is None:
        return about
    who = await ports.store.who_reads(course.member.workspace, course.member.id, course.cohort.id)
    return about.reading(who)


def person_in(given: Given, found: AroundPerson) -> PersonContext:
    """Return somebody as they were read."""
    if found.member is None:
        return PersonContext(here=found.here)
    courses = []
    for enrollment, cohort in found.runs:
        run = within(given, found.member, enrollment, cohort)
        courses.append(
            ParticipationContext(
                member=run.member,
                enrollment=enrollment,
                cohort=cohort,
                journey=run.journey,
                agenda=[row for row in found.nudges if row.enrollment == enrollment.id],
                others=[row for row in found.nudges if row.enrollment != enrollment.id],
                promises=found.promises,
            )
        )
    promised = (each for each in found.promises if each.shared_at is not None and has_words(each))
    return PersonContext(
        member=found.member,
        here=found.here,
        courses=courses,
        coached=found.coached,
        digest=found.digest,
        shared=[*found.shared, *promised],
        grants=found.grants,
    )
