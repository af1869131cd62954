"""What comes next to a person, and how its moment is said."""

from collections.abc import Collection
from dataclasses import replace

from bot.chat.port import Body
from bot.coaching.calendar import local_day, local_hour
from bot.coaching.due import UNCOUNTED, Verdict, verdict
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.nudge import Kind, Nudge, NudgeState
from bot.coaching.progress import journey_week
from bot.flows.given import Given
from bot.flows.judge import standings
from bot.flows.plan import rhythm_of
from bot.flows.ports import Ports
from bot.flows.scene import Run, Scene, today

SCHEDULED = frozenset(Kind) - UNCOUNTED


async def upcoming(ports: Ports, run: Run, kinds: Collection[Kind] = SCHEDULED) -> Nudge | None:
    """Return the first message of these kinds that lies ahead and still has something to ask."""
    now = ports.now
    enrollment = replace(run.enrollment, state=EnrollmentState.ACTIVE)  # also what follows a pause
    rows = await ports.store.nudges_of(enrollment.id)
    ahead = [row for row in rows if row.state is NudgeState.PLANNED and row.kind in kinds and row.due_at > now]
    if not ahead:
        return None
    known = await standings(ports, run, rows)
    for row in ahead:
        scene = Scene(member=run.member, enrollment=enrollment, cohort=run.cohort, journey=run.journey, nudge=row)
        ruling, _ = verdict(row, known(scene))
        if ruling is not Verdict.CANCEL:
            return row
    return None


def moment_of(given: Given, run: Run, row: Nudge) -> str:
    """Return when a message comes, in words and in the person's own time."""
    return given.words.say(
        "next-moment",
        run.language,
        day=given.words.day(local_day(row.due_at, run.zone), run.language),
        time=f"{local_hour(row.due_at, run.zone):%H:%M}",
    )


async def next_words(ports: Ports, run: Run) -> str:
    """Return the moment of the next message in words, or that none is planned."""
    if run.enrollment.stands_still:
        return ports.words.say("next-still", run.language)
    row = await upcoming(ports, run)
    return moment_of(ports, run, row) if row else ports.words.say("next-nothing", run.language)


def still(given: Given, run: Run) -> list[Body]:
    """Return since when a run stands still and how it goes on; nothing for one that does not."""
    since = run.enrollment.paused_on
    if not run.enrollment.stands_still or since is None:
        return []
    return [Body(given.words.body("status-still", run.language, day=given.words.day(since, run.language)))]


async def week_now(ports: Ports, run: Run) -> int:
    """Return the journey week this person is in."""
    rows = await ports.store.nudges_of(run.enrollment.id)
    sent = [row.week for row in rows if row.state is NudgeState.SENT]
    return journey_week(rhythm_of(run), today(ports, run), reached=max(sent, default=0), weeks=run.journey.weeks)


async def progress(ports: Ports, run: Run) -> str:
    """Return how far the person is, e.g. "Week 3 of 12 · Ask your partner", as plain text."""
    words, language = ports.words, run.language
    if run.enrollment.state is EnrollmentState.COMPLETED:
        return words.say("status-completed", language)
    week = await week_now(ports, run)
    item = run.journey.item_in_week(week)
    told = words.say("status-week", language, week=week, weeks=run.journey.weeks)
    if item is None:
        return told
    return f"{told} · {words.title_of(item.theme, language, week=week)}"
