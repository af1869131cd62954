"""What comes next to a person, and how its moment is said."""

from collections.abc import Collection
from dataclasses import replace

from bot.chat.port import Body
from bot.coaching.calendar import local_day, local_hour
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.rules.due import UNCOUNTED, Verdict, verdict
from bot.coaching.rules.progress import journey_week
from bot.flows.agenda.due_context import due_context
from bot.flows.agenda.schedule import rhythm_of
from bot.flows.context.nudge import Participation, today
from bot.flows.context.person import ParticipationContext
from bot.flows.given import Given

SCHEDULED = frozenset(Kind) - UNCOUNTED


def upcoming(given: Given, course: ParticipationContext, kinds: Collection[Kind] = SCHEDULED) -> Nudge | None:
    """Return the first message of these kinds that lies ahead and still has something to ask."""
    going = replace(course, enrollment=replace(course.enrollment, state=EnrollmentState.ACTIVE))  # also after a pause
    for row in course.agenda:
        is_ahead = row.state is NudgeState.PLANNED and row.kind in kinds and row.due_at > given.now
        if is_ahead and verdict(row, due_context(given, going, row))[0] is not Verdict.CANCEL:
            return row
    return None


def moment_of(given: Given, run: Participation, row: Nudge) -> str:
    """Return when a message comes, in words and in the person's own time."""
    return given.words.say(
        "next-moment",
        run.language,
        day=given.words.day(local_day(row.due_at, run.zone), run.language),
        time=f"{local_hour(row.due_at, run.zone):%H:%M}",
    )


def next_words(given: Given, course: ParticipationContext) -> str:
    """Return the moment of the next message in words, or that none is planned."""
    if course.enrollment.stands_still:
        return given.words.say("next-still", course.language)
    row = upcoming(given, course)
    return moment_of(given, course, row) if row else given.words.say("next-nothing", course.language)


def still(given: Given, run: Participation) -> list[Body]:
    """Return since when a run stands still and how it goes on; nothing for one that does not."""
    since = run.enrollment.paused_on
    if not run.enrollment.stands_still or since is None:
        return []
    key = "status-silent" if run.enrollment.silent_on else "status-still"
    return [Body(given.words.body(key, run.language, day=given.words.day(since, run.language)))]


def week_now(given: Given, course: ParticipationContext) -> int:
    """Return the journey week this person is in."""
    sent = [row.week for row in course.agenda if row.state is NudgeState.SENT]
    reached = max(sent, default=0)
    return journey_week(rhythm_of(course), today(given, course), reached=reached, weeks=course.journey.weeks)


def progress(given: Given, course: ParticipationContext) -> str:
    """Return how far the person is, e.g. "Week 3 of 12 · Ask your partner", as plain text."""
    words, language = given.words, course.language
    if course.enrollment.state is EnrollmentState.COMPLETED:
        return words.say("status-completed", language)
    week = week_now(given, course)
    item = course.journey.item_in_week(week)
    told = words.say("status-week", language, week=week, weeks=course.journey.weeks)
    if item is None:
        return told
    return f"{told} · {words.title_of(item.theme, language, week=week)}"
