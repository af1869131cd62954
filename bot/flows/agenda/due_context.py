"""What becomes of a due message: everything known at its moment, read once, and who may be judged at a time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.coaching.calendar import DAY, at_local, local_day, week_of
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment, EnrollmentState
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.rules.card import Rank, is_card, rank
from bot.coaching.rules.due import MOST_A_WEEK, UNCOUNTED, DueContext, pointless
from bot.flows.context.nudge import Participation, newest_of
from bot.flows.context.person import ParticipationContext
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.store.port import Conflict

log = logging.getLogger(__name__)

STEPS = frozenset(
    {Kind.NUDGE, Kind.UNDONE, Kind.DEBRIEF, Kind.KEEP, Kind.PULSE, Kind.CLOSING, Kind.BOOSTER}
)  # come on their day
UNDER_WAY = frozenset({NudgeState.READY, NudgeState.SENDING, NudgeState.UNCERTAIN})
SIDE_BY_SIDE = 10  # people at a time: they share a commit, and nobody else waits long for the loop


async def person_by_person(rows: Iterable[Nudge], judge: Callable[[Sequence[Nudge]], Awaitable[int]]) -> int:
    """Judge the rows of several people side by side, those of one person together; return how many moved on."""
    people: dict[str, list[Nudge]] = {}
    for row in rows:
        people.setdefault(row.member or row.cohort, []).append(row)
    gate = asyncio.Semaphore(SIDE_BY_SIDE)

    async def one(own: Sequence[Nudge]) -> int:
        async with gate:
            return await judge(own)

    return sum(await asyncio.gather(*(one(own) for own in people.values())))


async def guarded(ports: Ports, row: Nudge, decide: Callable[[Ports, Nudge], Awaitable[bool]]) -> bool:
    """Decide on one due row; what goes wrong with it holds nobody else up, and ends with its window."""
    try:
        return await decide(ports, row)
    except Conflict:  # somebody changed it meanwhile: the next tick looks again
        return False
    except Exception as error:
        log.exception("cannot plan nudge=%s kind=%s", row.id, row.kind)
        now = ports.now
        if now < row.expires_at:
            return False
        reason = f"cannot plan: {type(error).__name__}"
        return await ports.store.settle(row, NudgeState.EXPIRED, at=now, reason=reason)


def completed(given: Given, run: Participation, row: Nudge, rows: Iterable[Nudge]) -> Enrollment | None:
    """Return the run as completed when the row in hand is the last one its weeks hold; None when it is not.

    `rows` is the person's whole agenda in this run.
    """
    if run.enrollment.state is not EnrollmentState.ACTIVE or not _of_the_weeks(run, row):
        return None
    ahead = (each for each in rows if each.id != row.id and each.state is NudgeState.PLANNED)
    if any(_of_the_weeks(run, each) for each in ahead):
        return None
    return replace(run.enrollment, state=EnrollmentState.COMPLETED, ended_at=given.now)


def _of_the_weeks(run: Participation, row: Nudge) -> bool:
    """Whether a row is one of the journey's own steps, boosters left out."""
    return row.subject is None and 0 < row.week <= run.journey.weeks


def due_context(given: Given, course: ParticipationContext, row: Nudge) -> DueContext:
    """Return what is known of a message of a run, were it due now."""
    facts = _facts(given, course, row)
    since, until = _week(given, course)
    return replace(
        facts,
        started_this_week=_started((*course.agenda, *course.others), since, until),
        reserved_this_week=_reserved(given, course, row, since, until),
    )


def had_a_card(given: Given, course: ParticipationContext) -> bool:
    """Whether a card came to this person today, or is about to."""
    today = local_day(given.now, course.zone)
    since, until = (at_local(day, time(0, 0), course.zone) for day in (today, today + DAY))
    return _started((*course.agenda, *course.others), since, until) > 0


def is_week_full(given: Given, run: Participation, agenda: Sequence[Nudge]) -> bool:
    """Whether this person got all of this week's cards in this run."""
    return _started(agenda, *_week(given, run)) >= MOST_A_WEEK


def _facts(given: Given, course: ParticipationContext, row: Nudge) -> DueContext:
    made = course.promises
    root = newest_of(course.agenda, row.item) if row.item else None
    return DueContext(
        now=given.now,
        account=course.member.state,
        enrollment=course.enrollment.state,
        stands_still=course.enrollment.stands_still,
        started_this_week=0,
        root=root,
        commitment=next((each for each in made if each.id == row.subject), None),
        plan_ahead=_plan_ahead(root, made, local_day(given.now, course.zone)),
    )


def _started(rows: Iterable[Nudge], since: datetime, until: datetime) -> int:
    """Return how many cards the schedule sent, or is about to send, to a person in [since, until)."""
    cards = (row for row in rows if row.kind not in UNCOUNTED and is_card(row))
    return sum(row.state in UNDER_WAY or (row.sent_at is not None and since <= row.sent_at < until) for row in cards)


def _week(given: Given, run: Participation) -> tuple[datetime, datetime]:
    """Return when this person's week began and when it ends."""
    monday = week_of(local_day(given.now, run.zone))
    return at_local(monday, time(0, 0), run.zone), at_local(monday + timedelta(days=7), time(0, 0), run.zone)


def _reserved(given: Given, course: ParticipationContext, row: Nudge, since: datetime, until: datetime) -> int:
    """Return how many days the week still holds with something that comes before a message.

    What can wait longest leaves room for the plan of a nudge that nobody answered yet, too.
    """
    today, zone = local_day(given.now, course.zone), course.zone
    days = {
        each.local_date
        for each in course.agenda
        if each.state is NudgeState.PLANNED
        and each.kind not in UNCOUNTED
        and today < each.local_date < local_day(until, zone)
        and rank(each) < rank(row)
        and not pointless(each, _facts(given, course, each))
    }
    open_states = (NudgeState.PLANNED, NudgeState.SENT)
    may_plan = rank(row) is Rank.CHECK and any(
        each.kind is Kind.NUDGE and each.state in open_states and each.answer is None and since <= each.due_at < until
        for each in course.agenda
    )
    return len(days) + may_plan


def _plan_ahead(root: Nudge | None, made: Sequence[Commitment], today: date) -> bool:
    """Whether a plan or a snooze of the item still lies ahead, so that asking now would nag."""
    if root is None:
        return False
    if root.answer is Answer.LATER:
        return True
    return any(plan.nudge == root.id and plan.is_open and plan.due_on >= today for plan in made)
