"""What is due for a person in one run: everything of one working day goes out as one card, or yields to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.coaching.calendar import next_workday
from bot.coaching.records.nudge import Kind, Manner, Nudge, NudgeState
from bot.coaching.rules.agenda import send_window
from bot.coaching.rules.card import in_order, next_card, rank
from bot.coaching.rules.due import MOST_A_WEEK, UNCOUNTED, YIELDING, Verdict, verdict
from bot.coaching.rules.manner import manner_of
from bot.coaching.rules.overdue import Here, behind
from bot.flows.agenda.due_context import UNDER_WAY, completed, due_context, had_a_card
from bot.flows.agenda.postpone import held_back, postponed
from bot.flows.agenda.silence import is_quiet, put_on_hold
from bot.flows.agenda.upcoming import week_now
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import days_off, today
from bot.flows.context.person import ParticipationContext, PersonContext, person_called
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.flows.reflections.own_week import Back, is_there_nothing, looked_back, own_week
from bot.store.port import Record

STATES = {Verdict.CANCEL: NudgeState.CANCELLED, Verdict.EXPIRE: NudgeState.EXPIRED}
FULL = "enough for one week"
STEP = "week-"  # begins the occurrence of what the journey asks in a week of its own


@dataclass(frozen=True, kw_only=True)
class _Day:
    """What is due now, and what else falls on this day; both could go out."""

    due: Sequence[Nudge]
    later: Sequence[Nudge]

    @property
    def rows(self) -> list[Nudge]:
        """All of it, from the top of the card to its end."""
        return in_order((*self.due, *self.later))


async def carded(ports: Ports, row: Nudge) -> bool:
    """Rule on all that is due for the person of a row in its run; False when nothing of it moved."""
    assert row.member is not None, "only a person has a run"
    about = await person_called(ports, row.workspace, row.member)
    course = about.course_of(row.enrollment)
    assert course is not None, "foreign keys hold"
    given = ports.given()
    backs = {each.id: await looked_back(ports, given, course, each) for each in _reviews(given, course)}
    decision = card(given, about, course, backs)
    await ports.save(*decision.records)
    return bool(decision.records)


def card(given: Given, about: PersonContext, course: ParticipationContext, backs: Mapping[str, Back]) -> Decision:
    """Return what becomes of all that is due in a run.

    `backs` says what each look back of the day would be built from.
    """
    settled: list[Nudge] = []
    waiting: list[Record] = []
    due: list[Nudge] = []
    for row in _due(given, course):
        ruling, reason = _alone(given, course, row)
        if ruling is Verdict.SEND:
            due.append(row)
        elif ruling is Verdict.POSTPONE and course.enrollment.stands_still:
            waiting += held_back(given, about, course, [row])
        elif ruling is Verdict.POSTPONE:
            waiting += postponed(given, course.at(row), course.agenda)
        else:
            settled.append(replace(row, state=STATES[ruling], reason=reason))
    later = [row for row in _later_today(given, course) if _alone(given, course, row)[0] is Verdict.SEND]
    day, dropped = _with_something_to_say(_Day(due=due, later=later), backs)
    if day.due and is_quiet(given, course, day.rows):
        return Decision(records=put_on_hold(given, course))
    moved, made = _moved(given, course, day, backs) if day.due else ([], [])
    settled += [row for row in (*dropped, *moved) if row.state is not NudgeState.PLANNED or row.card]
    kept = [row for row in moved if row not in settled]
    ended = _ended(given, course, settled)
    return Decision(records=[*settled, *kept, *made, *waiting, *ended])


def _due(given: Given, course: ParticipationContext) -> list[Nudge]:
    return [row for row in _planned(course) if row.due_at <= given.now and _may_look(row, given)]


def _may_look(row: Nudge, given: Given) -> bool:
    return row.not_before is None or row.not_before <= given.now


def _later_today(given: Given, course: ParticipationContext) -> list[Nudge]:
    day = today(given, course)
    return [row for row in _planned(course) if row.due_at > given.now and row.local_date == day]


def _planned(course: ParticipationContext) -> list[Nudge]:
    under_way = {row.id for row in course.agenda if row.state in UNDER_WAY}
    planned = (row for row in course.agenda if row.state is NudgeState.PLANNED and row.kind not in UNCOUNTED)
    return [row for row in planned if row.card == row.id or row.card not in under_way]


def _reviews(given: Given, course: ParticipationContext) -> list[Nudge]:
    return [row for row in (*_due(given, course), *_later_today(given, course)) if row.kind is Kind.REFLECTION]


def _alone(given: Given, course: ParticipationContext, row: Nudge) -> tuple[Verdict, str]:
    """Return what is to become of a message, however full the week is."""
    return verdict(row, replace(due_context(given, course, row), started_this_week=0, reserved_this_week=0))


def _with_something_to_say(day: _Day, backs: Mapping[str, Back]) -> tuple[_Day, list[Nudge]]:
    """Return the day without the look backs that have nothing to say there, and those.

    Of two the newer one tells all. A week in which nothing happened is looked back on alone, and once.
    """
    reviews = [row for row in day.rows if row.kind is Kind.REFLECTION]
    others = [row for row in day.rows if row.kind is not Kind.REFLECTION]
    reasons = {row.id: "the next one tells all" for row in reviews[:-1]}
    reasons |= {row.id: why for row in reviews[-1:] if (why := is_there_nothing(backs[row.id], alone=not others))}
    left = _Day(
        due=[row for row in day.due if row.id not in reasons], later=[row for row in day.later if row.id not in reasons]
    )
    gone = [row for row in day.rows if row.id in reasons] if day.due else []
    return left, [replace(row, state=NudgeState.CANCELLED, reason=reasons[row.id]) for row in gone]


def _moved(
    given: Given, course: ParticipationContext, day: _Day, backs: Mapping[str, Back]
) -> tuple[list[Nudge], list[Record]]:
    """Return where the messages of a day go, with what a look back among them is built from."""
    best = min(day.rows, key=rank)
    standing = due_context(given, course, best)
    is_full = standing.started_this_week >= MOST_A_WEEK
    is_second = had_a_card(given, course) and not best.is_promised
    if is_full or is_second or verdict(best, standing)[0] is not Verdict.SEND:
        return _yielded(given, course, day, best, is_full=is_full), []
    first, *below = day.rows
    if first.due_at > given.now:
        return [_waits(row, first) for row in day.due], []
    lead = _in_its_manner(course, _in_week(given, course, first))
    lead = replace(lead, state=NudgeState.READY, reason=None, card=lead.id if below else None)
    carried = [
        _below(_in_its_manner(course, _in_week(given, course, row)), lead, place) for place, row in enumerate(below, 1)
    ]
    left = [row for row in course.agenda if row.card == first.id and row not in day.rows and row.id != first.id]
    freed = [replace(row, card=None) for row in left if row.state is NudgeState.PLANNED]
    made = [own_week(given, course, row, backs[row.id]) for row in day.rows if row.kind is Kind.REFLECTION]
    return [lead, *carried, *freed], list(made)


def _in_week(given: Given, course: ParticipationContext, row: Nudge) -> Nudge:
    """Return a message that has no week of its own in the journey with the one in which it comes."""
    return row if row.occurrence.startswith(STEP) else replace(row, week=max(row.week, week_now(given, course)))


def _in_its_manner(course: ParticipationContext, row: Nudge) -> Nudge:
    """Return an experiment as it is to come after what became of the last two; one that was put off, as it was."""
    if row.kind is not Kind.NUDGE or not row.occurrence.startswith(STEP) or not course.member.adapts:
        return row
    planned = {each.nudge for each in course.promises if each.nudge is not None}
    manner = manner_of(course.agenda, row, planned=planned, typed_at=course.member.typed_at)
    if manner is Manner.SHORT and course.journey.items[row.item or ""].short is None:
        return row
    return replace(row, manner=manner, alternative=0 if manner is Manner.OTHERS else None)


def _waits(row: Nudge, first: Nudge) -> Nudge:
    """Return a message that goes out with the one that leads the card of its day, later on that day."""
    return replace(row, due_at=first.due_at, expires_at=max(row.expires_at, first.expires_at))


def _below(row: Nudge, lead: Nudge, place: int) -> Nudge:
    """Return a message as it comes below another one; should that one fail to come, it is looked at again.

    It counts as older, so that typed words answer what leads the card, unless the four questions stand below.
    """
    moment = timedelta(microseconds=place)
    due_at = lead.due_at + moment if row.kind is Kind.DEBRIEF else lead.due_at - moment
    return replace(row, card=lead.id, due_at=due_at, expires_at=lead.expires_at, not_before=lead.expires_at)


def _yielded(given: Given, course: ParticipationContext, day: _Day, best: Nudge, *, is_full: bool) -> list[Nudge]:
    """Return the messages of a day for which there is no room, on the day of the next card."""
    names = {row.id for row in day.rows}
    others = [row for row in _planned(course) if row.id not in names]
    hours, holidays = course.member.hours, days_off(given, course)
    to = next_card(rank(best), others, today(given, course), is_full=is_full)
    to = next_workday(to, hours.workdays, holidays)
    here = Here(now=given.now, zone=course.zone, hours=hours, holidays=holidays)
    moved: dict[str, Nudge] = {}
    for row in day.rows:
        if row.kind in YIELDING:
            moved[row.id] = replace(row, state=NudgeState.CANCELLED, reason=FULL)
            continue
        due_at, expires_at = send_window((to, row.local_time), course.zone, hours)
        later = replace(row, local_date=to, meant_for=to, zone=course.zone, due_at=due_at, expires_at=expires_at)
        moved |= {each.id: each for each in (replace(later, card=None, not_before=None), *behind(later, others, here))}
    return list(moved.values())


def _ended(given: Given, course: ParticipationContext, settled: Sequence[Nudge]) -> Sequence[Record]:
    """Return the run as completed when the last of its weeks is among what was settled."""
    names = {row.id for row in settled}
    left = [row for row in course.agenda if row.id not in names]
    ended = (completed(given, course, row, left) for row in settled)
    return [run for run in ended if run is not None][:1]
