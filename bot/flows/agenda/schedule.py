"""The agenda: which messages are planned for a person or a channel, and when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from bot.coaching.calendar import at_local, local_day, next_workday
from bot.coaching.journey import Slot, Step
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import AFTER, Kind, Nudge, NudgeState
from bot.coaching.rules.agenda import Rhythm, Slotted, agenda, send_window, team_agenda
from bot.coaching.rules.due import UNCOUNTED
from bot.flows.context.given import Given
from bot.flows.context.nudge import Participation, days_off
from bot.flows.context.person import ParticipationContext

JOIN_WINDOW = timedelta(days=7)  # a welcome is still welcome after a weekend of outage


def rhythm_of(run: Participation) -> Rhythm:
    """Return the local moments a person's agenda is built on."""
    return Rhythm(
        starts_on=run.enrollment.starts_on,
        pace=run.cohort.pace,
        shift_weeks=run.enrollment.shift_weeks,
        hours=run.member.hours,
        zone=run.zone,
    )


def planned(
    given: Given,
    run: Participation,
    *,
    kind: Kind,
    prompt: str,
    occurrence: str,
    item: str | None,
    week: int,
    day: date,
    hour: time,
    subject: str | None = None,
) -> Nudge:
    """Return a new row on a person's agenda at a local day and hour."""
    due_at, expires_at = send_window((day, hour), run.zone, run.member.hours)
    return Nudge(
        id=given.new_id(),
        workspace=run.member.workspace,
        cohort=run.cohort.id,
        enrollment=run.enrollment.id,
        member=run.member.id,
        kind=kind,
        prompt=prompt,
        occurrence=occurrence,
        item=item,
        week=week,
        subject=subject,
        local_date=day,
        local_time=hour,
        zone=run.zone,
        due_at=due_at,
        expires_at=expires_at,
    )


def at_once(given: Given, run: Participation, row: Nudge, *, after: int = 0) -> Nudge:
    """Return the row due now; `after` keeps several in order."""
    now = given.now + timedelta(microseconds=after)
    return replace(row, local_date=local_day(now, run.zone), due_at=now, expires_at=now + JOIN_WINDOW)


def first_agenda(given: Given, run: Participation) -> tuple[Nudge, ...]:
    """Return everything the journey plans for a person who joins now."""
    day = local_day(given.now, run.zone)
    joining = [step for step in run.journey.steps if step.slot is Slot.JOIN]
    welcome = [
        at_once(given, run, _row(given, run, step, "join", day, time(0, 0)), after=place)
        for place, step in enumerate(joining)
    ]
    if len(welcome) > 1:  # the rest stands below the first, and is looked at by itself should that one not come
        first, *others = welcome
        below = [replace(row, card=first.id, not_before=first.expires_at) for row in others]
        welcome = [replace(first, card=first.id), *below]
    later = [
        _row(given, run, slotted.step, slotted.occurrence, slotted.local_date, slotted.local_time)
        for slotted in agenda(run.journey, rhythm_of(run), days_off(given, run))
    ]
    return (*welcome, *later)


def _row(given: Given, run: Participation, step: Step, occurrence: str, day: date, hour: time) -> Nudge:
    return planned(
        given,
        run,
        kind=step.kind,
        prompt=step.prompt,
        occurrence=occurrence,
        item=step.item,
        week=step.week,
        day=day,
        hour=hour,
    )


def free_day(given: Given, run: Participation, agenda: Sequence[Nudge], day: date) -> date:
    """Return the day, or the first working day after it on which nothing else is planned for the person."""
    taken = {row.local_date for row in agenda if row.state is NudgeState.PLANNED}
    while day in taken:
        day = next_workday(day + timedelta(days=1), run.member.hours.workdays, days_off(given, run))
    return day


def team_posts(given: Given, cohort: Cohort) -> tuple[Nudge, ...]:
    """Return the weekly posts planned for a cohort's channel."""
    journey = given.words.journeys()[cohort.journey]
    rhythm = Rhythm(starts_on=cohort.starts_on, pace=cohort.pace, shift_weeks=0, hours=cohort.hours, zone=cohort.zone)
    year = cohort.starts_on.year
    holidays = given.holidays(cohort.country, (year, year + 1))
    return tuple(
        post(given, cohort, slotted)
        for slotted in team_agenda(journey, rhythm, holidays, reflection_day=cohort.reflection_day)
    )


def post(given: Given, cohort: Cohort, slotted: Slotted) -> Nudge:
    """Return a new row for a cohort's channel."""
    return Nudge(
        id=given.new_id(),
        workspace=cohort.workspace,
        cohort=cohort.id,
        kind=slotted.step.kind,
        prompt=slotted.step.prompt,
        occurrence=slotted.occurrence,
        item=slotted.step.item,
        week=slotted.step.week,
        local_date=slotted.local_date,
        local_time=slotted.local_time,
        zone=cohort.zone,
        due_at=slotted.due_at,
        expires_at=slotted.expires_at,
    )


def replanned(given: Given, run: ParticipationContext) -> tuple[Nudge, ...]:
    """Return the rows whose moment changes under the run as given.

    In a pause, what was about to go out is planned again for after it.
    """
    slots = {
        (slotted.step.prompt, slotted.occurrence): slotted
        for slotted in agenda(run.journey, rhythm_of(run), days_off(given, run))
    }
    changed = []
    for row in run.agenda:
        slotted = slots.get((row.prompt, row.occurrence))
        if row.state is NudgeState.PLANNED and row.due_at > given.now:  # what is due already gets its verdict
            moved = _moved(given, run, row, slotted)
            if (moved.due_at, moved.zone) != (row.due_at, row.zone):
                changed.append(moved)
        elif _is_held_back(row, run):
            moved = _moved(given, run, row, slotted)
            changed.append(replace(moved, state=NudgeState.PLANNED, not_before=None, reason="paused"))
    return tuple(changed)


def _is_held_back(row: Nudge, run: Participation) -> bool:
    """Whether a row was just about to go out, and would come after the person asked for quiet."""
    is_ready = row.state is NudgeState.READY and row.kind not in UNCOUNTED
    return is_ready and run.enrollment.state is EnrollmentState.PAUSED


def _moved(given: Given, run: ParticipationContext, row: Nudge, slotted: Slotted | None) -> Nudge:
    """Return a planned row at its moment under the run as given, never in the past and never inside a pause.

    A day that was settled for it alone is kept beside the one to which it moves; nothing comes before that day.
    """
    now = given.now
    hours, holidays = run.member.hours, days_off(given, run)
    if slotted is not None:
        own, hour = row.meant_for, slotted.local_time
        meant = max(slotted.local_date, own or slotted.local_date)
    else:
        meant = own = row.meant_for or row.local_date
        asked_on = {each.due_on for each in run.promises if each.id == row.subject}
        hour = hours.second_time if row.kind is Kind.DAY_OF and meant in asked_on else hours.first_time
    earliest = local_day(now, run.zone)
    if run.enrollment.state is EnrollmentState.PAUSED and run.enrollment.paused_until:
        earliest = max(earliest, run.enrollment.paused_until)
    is_wish = row.occurrence.startswith(AFTER) and meant >= earliest  # also on a day off
    day = meant if is_wish else next_workday(max(meant, earliest), hours.workdays, holidays)
    if at_local(day, hour, run.zone) <= now:
        day = next_workday(day + timedelta(days=1), hours.workdays, holidays)
    due_at, expires_at = send_window((day, hour), run.zone, hours)
    moved = replace(row, local_date=day, local_time=hour, zone=run.zone, due_at=due_at, expires_at=expires_at)
    return replace(moved, meant_for=own)
