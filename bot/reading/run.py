"""One person's run as it stands, in records; decisions are the product's own, and what they save is kept here."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.chat.port import Message
from bot.coaching.calendar import at_local
from bot.coaching.language import Language
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Hours, Member
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.pulse import PulseAnswer
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.records.screen import Hold, Screen
from bot.coaching.rules.card import in_order
from bot.coaching.rules.due import UNCOUNTED
from bot.coaching.words import Words as Written
from bot.flows.agenda.schedule import first_agenda, team_posts
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import PressContext
from bot.flows.context.person import ParticipationContext, PersonContext
from bot.flows.due.card import card
from bot.flows.given import Moment
from bot.flows.messages import composed
from bot.flows.messages.receipt import SHORT
from bot.flows.messages.receipt import card as receipt
from bot.flows.messages.shown import Shown
from bot.flows.reflections.own_week import Back, back_of
from bot.store.port import Record
from bot.store.port.shown import ShownPost
from bot.store.port.words import Places
from bot.words.port import Words

MONDAY = date(2026, 1, 12)  # of the first week; joined the Monday before, at nine
ZONE = "Europe/Amsterdam"
JOINED = at_local(MONDAY - timedelta(days=7), time(9, 0), ZONE)
NEXT_LOOK = timedelta(minutes=5)


@dataclass
class Run:
    """A run through a journey; `now` goes forward as messages come and are answered."""

    words: Words
    course: ParticipationContext
    now: datetime = JOINED
    posts: Sequence[Nudge] = ()  # of the channel, by due time
    replies: list[Reply] = field(default_factory=list)
    pulse: list[PulseAnswer] = field(default_factory=list)
    looks: dict[str, Reflection] = field(default_factory=dict)  # by the id of their message
    asked: set[str] = field(default_factory=set)  # ids of the words that a look back was built from
    short: set[str] = field(default_factory=set)  # ids of the replies whose receipt is short
    ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def given(self) -> Moment:
        """Return what is given at this moment; nothing is a public holiday."""
        return Moment(
            now=self.now,
            words=self.words,
            holidays=lambda _country, _years: frozenset(),
            countries=(),
            new_id=lambda: f"{next(self.ids):05}",
            operator="",
            looks_back=lambda _workspace: True,
            hold=Hold(holder="", at=self.now, until=self.now),
        )

    def row(self, name: str) -> Nudge:
        """Return a message of the run as it stands."""
        return next(each for each in self.course.agenda if each.id == name)

    def heard(self) -> None:
        """Note that the person gives a sign now."""
        self.course = replace(self.course, member=replace(self.course.member, heard_at=self.now))

    def situation(self, row: Nudge) -> PressContext:
        """Return the situation of a press on a message."""
        course = self.course
        return PressContext(
            member=course.member,
            enrollment=course.enrollment,
            cohort=course.cohort,
            journey=course.journey,
            nudge=row,
            agenda=course.agenda,
            promises=course.promises,
            answers=[each for each in self.replies if each.kind is ReplyKind.DEBRIEF],
        )

    def save(self, decision: Decision) -> list[str]:
        """Keep what a decision saves; return the ids of the replies that are new."""
        rows = {row.id: row for row in self.course.agenda}
        promises = {each.id: each for each in self.course.promises}
        replies = {each.id: each for each in self.replies}
        before = set(replies)
        for record in decision.records:
            if isinstance(record, Nudge):
                rows[record.id] = record
            elif isinstance(record, Commitment):
                promises = {record.id: record} | {name: each for name, each in promises.items() if name != record.id}
            elif isinstance(record, Reply):
                replies[record.id] = record
            elif isinstance(record, Reflection):
                self.looks[record.nudge] = record
                self.asked |= {*record.shared} if record.member else set()
            elif isinstance(record, PulseAnswer):
                self.pulse.append(record)
            elif isinstance(record, Screen) and SHORT in record.detail.split():
                self.short.add(record.about)
        self._take(decision.records)
        self.replies = list(replies.values())
        agenda = sorted(rows.values(), key=lambda row: row.due_at)
        self.course = replace(self.course, agenda=agenda, promises=list(promises.values()))
        return [name for name in replies if name not in before]

    def _take(self, records: Sequence[Record]) -> None:
        for record in records:
            if isinstance(record, Enrollment):
                self.course = replace(self.course, enrollment=record)
            elif isinstance(record, Member):
                self.course = replace(self.course, member=record)

    # --- what comes

    def goes_on(self, until: datetime) -> list[Nudge] | None:
        """Go to the next moment at which something comes; return its messages from top to end, None past the end."""
        while True:
            planned = [row for row in self.course.agenda if row.state is NudgeState.PLANNED and not _is_at_once(row)]
            moment = min((max(row.due_at, row.not_before or row.due_at) for row in planned), default=until)
            if moment >= until:
                return None
            self.now = max(self.now + NEXT_LOOK, moment)
            person = PersonContext(member=self.course.member, courses=(self.course,))
            backs = {row.id: self._back(row) for row in planned if row.kind is Kind.REFLECTION}
            self.save(card(self.given(), person, self.course, backs))
            came = [row for row in self.course.agenda if row.state is NudgeState.READY]
            if came:
                return self.sent(came)

    def sent(self, came: Sequence[Nudge]) -> list[Nudge]:
        """Note messages as sent now, with those that stand below them."""
        leads = {row.id for row in came}
        below = [row for row in self.course.agenda if row.card in leads and row.id not in leads]
        rows = [*came, *in_order(row for row in below if row.state is NudgeState.PLANNED)]
        now = [replace(row, state=NudgeState.SENT, sent_at=self.now, not_before=None) for row in rows]
        self.save(Decision(records=now))
        return now

    def _back(self, row: Nudge) -> Back:
        before = [each for each in self.course.agenda if each.id in self.looks and each.due_at < row.due_at]
        last = self.looks[before[-1].id] if before else None
        was_quiet = last is not None and not (last.shared or last.tried)
        return back_of(self.given(), self.course, self._unasked(), was_quiet=was_quiet)

    def _unasked(self) -> list[Written]:
        return [each for each in self.written() if each.id not in self.asked]

    def written(self) -> list[Written]:
        """Return what the person wrote, oldest first."""
        made = [each for each in self.course.promises if each.first]
        return [*self.replies, *reversed(made)]

    # --- what it looks like

    def shown(self, row: Nudge, below: Sequence[Nudge] = ()) -> Shown:
        """Return a message with what it shows, and what stands below it."""
        course, look = self.course, self.looks.get(row.id)
        kept = {each.id: each for each in self.written()}
        return Shown(
            member=course.member,
            enrollment=course.enrollment,
            cohort=course.cohort,
            journey=course.journey,
            nudge=row,
            agenda=course.agenda,
            promises=course.promises,
            habits=[each for each in self.replies if each.kind is ReplyKind.KEEP],
            noticed=[each for each in self.replies if each.kind is ReplyKind.CHECK],
            pulse=self.pulse,
            made=look,
            places=self.places,
            words=[kept[name] for name in look.shared if name in kept] if look else (),
            below=[self.shown(each) for each in below],
        )

    @property
    def places(self) -> Places:
        """Return the post that takes what is let into the channel next."""
        posts = (each for each in self.posts if each.due_at > self.now and each.kind is Kind.TEAM_REFLECTION)
        ahead = next(posts, None)
        return Places(shares=(), next_posts={} if ahead is None else {ahead.cohort: ahead}, coaches={})

    def looks_like(self, row: Nudge, below: Sequence[Nudge] = ()) -> Message:
        """Return how a message looks now."""
        return composed(self.given(), self.shown(row, below))

    def receipt(self, name: str) -> Message:
        """Return the confirmation of a reply."""
        reply = next(each for each in self.replies if each.id == name)
        scene = self.shown(self.row(reply.nudge))
        return receipt(self.given(), scene, reply, self.places, detail=[SHORT] if name in self.short else ())

    def post(self, row: Nudge, look: Reflection | None) -> Message:
        """Return how a post in the channel looks."""
        kept = {each.id: each for each in self.written()}
        words = [kept[name] for name in look.shared] if look else []
        shown = ShownPost(nudge=row, cohort=self.course.cohort, made=look, words=words)
        return composed(self.given(), shown)


def _is_at_once(row: Nudge) -> bool:
    return row.kind in UNCOUNTED


def begun(words: Words, journey: str, language: Language, *, pace: int, scope: Scope = Scope.COACH) -> Run:
    """Return a run on the day of joining, with all that the journey plans."""
    member = Member(id="member", workspace="w", external_id="U1", name="", language=language, zone=ZONE, direct="D1")
    cohort = Cohort(
        id="cohort",
        workspace="w",
        channel="C1",
        channel_name="",
        journey=journey,
        language=language,
        pace=pace,
        hours=Hours(),
        zone=ZONE,
        country=None,
        starts_on=MONDAY,
        started_by="member",
        started_at=JOINED,
    )
    enrollment = Enrollment(
        id="run",
        workspace="w",
        cohort="cohort",
        member="member",
        scope=scope,
        starts_on=MONDAY,
        joined_at=JOINED.astimezone(UTC),
    )
    course = ParticipationContext(
        member=member,
        enrollment=enrollment,
        cohort=cohort,
        journey=words.journeys()[journey],
        agenda=(),
        others=(),
        promises=(),
    )
    run = Run(words=words, course=course)
    run.course = replace(course, agenda=sorted(first_agenda(run.given(), course), key=lambda row: row.due_at))
    run.posts = sorted(team_posts(run.given(), cohort), key=lambda row: row.due_at)
    return run
