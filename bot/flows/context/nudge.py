"""Everything known around one nudge or one person, read once before deciding."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from bot.coaching.calendar import at_local, local_day, working_days_after
from bot.coaching.journey import Item, Journey, Text
from bot.coaching.language import Language
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment, EnrollmentState, is_retention_over
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.reply import Reply
from bot.coaching.rules.at_home import NOTED_WITHIN, is_at_home
from bot.coaching.rules.who_reads import WhoReads
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.store.port.around import AroundNudge
from bot.store.port.heard import Heard

STILL_ASKS = 4  # working days for which a message that nobody answers still asks


@dataclass(frozen=True, kw_only=True)
class Participation:
    """A person in the midst of a journey."""

    member: Member
    enrollment: Enrollment
    cohort: Cohort
    journey: Journey
    who: WhoReads | None = None  # reads what this person shares; None where it was not asked

    @property
    def language(self) -> Language:
        """The language to speak with this person."""
        return self.member.language or self.cohort.language

    @property
    def zone(self) -> str:
        """The zone this person lives in, the cohort's until we know better."""
        return self.member.zone or self.cohort.zone

    @property
    def going(self) -> bool:
        """Whether messages may still come."""
        return self.enrollment.state in (EnrollmentState.ACTIVE, EnrollmentState.COMPLETED)

    def at(self, nudge: Nudge) -> "NudgeContext":
        """Return the scene around a nudge of the run."""
        return NudgeContext(
            member=self.member,
            enrollment=self.enrollment,
            cohort=self.cohort,
            journey=self.journey,
            who=self.who,
            nudge=nudge,
        )


@dataclass(frozen=True, kw_only=True)
class NudgeContext(Participation):
    """A person and one nudge of theirs."""

    nudge: Nudge

    @property
    def item(self) -> Item | None:
        """The item the nudge is about."""
        return self.journey.items.get(self.nudge.item) if self.nudge.item else None

    @property
    def text(self) -> Text:
        """The authored text of the nudge."""
        return self.journey.texts[self.nudge.prompt]

    @property
    def keeps_words(self) -> bool:
        """Whether what is typed here may be stored."""
        return keeps_words(self.item, self.nudge.kind)


@dataclass(frozen=True, kw_only=True)
class AgendaContext(NudgeContext):
    """A person's nudge amid the messages and the promises of its run, read in one go."""

    agenda: Sequence[Nudge]  # of the run, by due time
    promises: Sequence[Commitment]  # of the run, newest first

    @property
    def root(self) -> Nudge | None:
        """The newest sent nudge of the item; a snoozed nudge comes back as a new row."""
        return newest_of(self.agenda, self.nudge.item)

    def promises_for(self, nudge: str) -> list[Commitment]:
        """Return what was promised in answer to a nudge, newest first."""
        return [each for each in self.promises if each.nudge == nudge]

    def at(self, nudge: Nudge) -> Self:
        """Return the same around another nudge of the run."""
        return replace(self, nudge=nudge)


@dataclass(frozen=True, kw_only=True)
class PressContext(AgendaContext):
    """A person's nudge with the records by which a press or a form about it is decided."""

    answers: Sequence[Reply]  # of the run, to the questions of debriefs, that stand, oldest first
    doubts: int = 0  # times it was posted and nobody knows whether it stands


def keeps_words(item: Item | None, kind: Kind) -> bool:
    """Whether words typed to such a message are stored; what a customer noticed is about work, also at home's item."""
    return item is None or item.keeps_words or kind is Kind.CHECK


def within(given: Given, member: Member, enrollment: Enrollment, cohort: Cohort) -> Participation:
    """Return the run that these records, read a moment ago, stand for."""
    return Participation(
        member=member, enrollment=enrollment, cohort=cohort, journey=given.words.journeys()[cohort.journey]
    )


async def nudge_context_of(ports: Ports, nudge: Nudge) -> NudgeContext:
    """Return the scene around a member's nudge."""
    assert nudge.enrollment is not None, "a cohort's post has no scene"
    around = await ports.store.around(nudge.workspace, nudge.enrollment)
    assert around is not None, "foreign keys hold"
    enrollment, member, cohort = around
    return within(ports, member, enrollment, cohort).at(nudge)


async def press_context_of(ports: Ports, workspace: str, nudge: str) -> PressContext | None:
    """Return a person's nudge with all that is decided by; None for a post, and for one that is not there."""
    found = await ports.store.around_nudge(workspace, nudge)
    return PressContext(**around(ports, found)) if found else None


def around(given: Given, found: AroundNudge) -> dict[str, Any]:
    """Return what a situation is made of, as it was read."""
    journey = given.words.journeys()[found.cohort.journey]
    names = ("member", "enrollment", "cohort", "nudge", "agenda", "promises", "answers", "doubts", "who")
    return {"journey": journey, **{name: getattr(found, name) for name in names}}


def at_home(given: Given, about: AgendaContext) -> bool:
    """Whether words that this person types to a message now, or once it is there, are about home, and so not kept."""
    now, rows = given.now, about.agenda
    if about.nudge.sent_at is None:  # what it says is read once it is there
        rows = [replace(row, sent_at=now) if row.id == about.nudge.id else row for row in rows]
    return is_home(given, about, rows, now)


def quiet_items(run: Participation) -> frozenset[str]:
    """Return the items that keep no words."""
    return frozenset(slug for slug, item in run.journey.items.items() if not item.keeps_words)


def is_home(given: Given, run: Participation, rows: Sequence[Nudge], at: datetime) -> bool:
    """Whether words typed at that moment are about home; `rows` is the agenda of the run."""

    quiet = quiet_items(run)
    within = noted_within(given, run.member.workspace)
    return bool(quiet) and is_at_home(rows, quiet, at, lapses=lambda last: lapses_at(given, run, last), within=within)


def noted_within(given: Given, workspace: str) -> timedelta:
    """Return how long a message may have stood there before it was noted: not at all where its id tells the moment."""
    return timedelta(0) if given.looks_back(workspace) else NOTED_WITHIN


def last_day(given: Given, run: Participation, asked: datetime) -> date:
    """Return the last day on which something that asked at that moment still asks."""
    return working_days_after(local_day(asked, run.zone), STILL_ASKS, run.member.hours.workdays, days_off(given, run))


def lapses_at(given: Given, run: Participation, asked: datetime) -> datetime:
    """Return from when on something that asked at that moment asks no more."""
    return at_local(last_day(given, run, asked) + timedelta(days=1), time(0, 0), run.zone)


def listening_participation(
    given: Given, heard: Heard, otherwise: str = "said-stranger"
) -> tuple[Participation | None, str]:
    """Return the run in which words that this person types are kept; else None and the key of what to say of it.

    The newest run decides: who left it is not heard in an older one. `otherwise` is said to who is not known.
    """
    if heard.member is None:
        return None, otherwise
    if not heard.runs:
        return None, "said-stranger"
    newest, cohort = heard.runs[0]
    if newest.state is EnrollmentState.LEFT:
        return None, "said-left"
    if is_retention_over(newest, cohort.words_days, given.now):
        return None, "said-closed"
    return replace(within(given, heard.member, newest, cohort), who=heard.who), ""


def nudge_context_in(given: Given, heard: Heard, run: Participation, nudge: Nudge) -> NudgeContext:
    """Return the scene around a nudge of a person: in this run, or in another one of theirs."""
    if nudge.enrollment == run.enrollment.id:
        return run.at(nudge)
    enrollment, cohort = next(each for each in heard.runs if each[0].id == nudge.enrollment)
    return within(given, run.member, enrollment, cohort).at(nudge)


async def current_participation(ports: Ports, member: Member) -> Participation | None:
    """Return the run a person is in now: the newest that was not left."""
    for enrollment, cohort in await ports.store.runs_of(member.workspace, member.id):
        if enrollment.state is not EnrollmentState.LEFT:
            return within(ports, member, enrollment, cohort)
    return None


def days_off(given: Given, run: Participation) -> frozenset[date]:
    """Return the public holidays this person keeps, around the journey."""
    first = run.enrollment.starts_on.year
    return given.holidays(run.member.country, (first - 1, first, first + 1, first + 2))


def today(given: Given, run: Participation) -> date:
    """Return the person's own date."""
    return local_day(given.now, run.zone)


def newest_of(rows: Sequence[Nudge], item: str | None) -> Nudge | None:
    """Return the newest sent nudge of an item among rows in order of due time."""
    sent = [row for row in rows if row.kind is Kind.NUDGE and row.item == item and row.state is NudgeState.SENT]
    return sent[-1] if sent else None
