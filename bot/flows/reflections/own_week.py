"""A person's own week: what its look back is built from, and when there is nothing to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.coaching.calendar import at_local, local_day
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.records.reflection import Reflection
from bot.coaching.words import Words
from bot.flows.context.person import ParticipationContext
from bot.flows.given import Given
from bot.flows.ports import Ports

LONGEST_ASKED = timedelta(days=14)  # how old words may be about which a look back asks
SECOND_QUIET = "a second quiet week"


@dataclass(frozen=True, kw_only=True)
class Back:
    """What happened since a person's look back before, two weeks at most."""

    said: Sequence[Words]  # what they wrote that no look back asked about
    tried: int  # experiments done
    was_quiet: bool  # whether the one before had nothing in it
    did_something: bool  # answered anything at all


async def looked_back(ports: Ports, given: Given, course: ParticipationContext, row: Nudge) -> Back:
    """Return what a look back would be built from, were it due now."""
    since, last = asked_since(given, course), last_before(row, course.agenda)
    workspace, member = course.member.workspace, course.member.id
    said: list[Words] = [
        *await ports.store.replies_between(workspace, member, since, given.now),
        *await ports.store.commitments_between(workspace, member, since, given.now),
    ]
    made = await ports.store.reflection_for(last.workspace, last.id) if last else None
    return back_of(given, course, said, was_quiet=last is not None and is_empty(made))


def back_of(given: Given, course: ParticipationContext, said: Sequence[Words], *, was_quiet: bool) -> Back:
    """Return what happened since the look back before, with what was written."""
    since = asked_since(given, course)
    answered = [each for each in course.agenda if each.answered_at is not None and since <= each.answered_at]
    return Back(
        said=said,
        tried=sum(each.kind is Kind.NUDGE and each.answer is Answer.DONE for each in answered),
        was_quiet=was_quiet,
        did_something=any(each.answer is not None and each.kind is not Kind.WELCOME for each in answered),
    )


def is_there_nothing(back: Back, *, alone: bool) -> str:
    """Return why a look back has nothing to say, or an empty string.

    A quiet word is for a week in which nothing happened at all, and for the first of several.
    """
    if back.said or back.tried:
        return ""
    if back.did_something:
        return "nothing of it to show"
    if not alone:
        return "nothing happened"
    return SECOND_QUIET if back.was_quiet else ""


def own_week(given: Given, course: ParticipationContext, row: Nudge, back: Back) -> Reflection:
    """Return a look back, fixed at the moment it goes out."""
    return Reflection(
        id=given.new_id(),
        workspace=course.member.workspace,
        cohort=course.cohort.id,
        member=course.member.id,
        nudge=row.id,
        week=row.week,
        tried=back.tried,
        shared=tuple(each.id for each in back.said),
        made_at=given.now,
    )


def last_before(row: Nudge, rows: Sequence[Nudge]) -> Nudge | None:
    """Return the latest look back that came before this one, or that a second quiet week kept away."""
    before = [
        each
        for each in rows
        if each.kind is row.kind
        and each.due_at < row.due_at
        and (each.state is NudgeState.SENT or each.reason == SECOND_QUIET)
    ]
    return before[-1] if before else None


def is_empty(made: Reflection | None) -> bool:
    """Whether a look back had nothing in it."""
    return made is None or not (made.shared or made.tried)


def asked_since(given: Given, course: ParticipationContext) -> datetime:
    """Return since when no look back asked about the person's words: since the one before, two weeks at most.

    Whole days are counted: where the clock went back between two reviews, the hour after the first is not lost.
    """
    oldest = at_local(local_day(given.now, course.zone) - LONGEST_ASKED, time(0, 0), course.zone)
    came = [row.sent_at for row in course.agenda if row.kind is Kind.REFLECTION and row.sent_at is not None]
    return max([oldest, *(came[-1:] or [course.enrollment.joined_at])])
