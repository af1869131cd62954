"""The agenda: which messages are planned for a person or a channel, and when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from bot.coaching.calendar import DAY, at_local, local_day, next_workday, week_of
from bot.coaching.journey import Slot, Step
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import ABOUT_READING, AFTER, AGAIN, Kind, Nudge, NudgeState
from bot.coaching.rules.agenda import Rhythm, Slotted, agenda, first_fit, send_window, team_agenda
from bot.coaching.rules.due import UNCOUNTED
from bot.coaching.rules.overdue import Here, behind, crowds
from bot.coaching.rules.progress import journey_week
from bot.flows.context.nudge import Participation, days_off
from bot.flows.context.person import ParticipationContext
from bot.flows.given import Given

JOIN_WINDOW = timedelta(days=7)  # a welcome is still welcome after a weekend of outage


def rhythm_of(run: Participation) -> Rhythm:
    """Return the local moments a person's agenda is built on."""
    return Rhythm(
        starts_on=run.enrollment.starts_on,
        pace=run.enrollment.pace or run.cohort.pace,
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


def first_agenda(given: Given, run: Participation, *, is_again: bool = False) -> tuple[Nudge, ...]:
    """Return everything the journey plans for a person who joins now.

    Of a run whose first weeks are over, what is still to come: the experiment that the others are at comes on the next
    free working day, where that leaves time to try it before the next one.
    """
    day = local_day(given.now, run.zone)
    joining = [step for step in run.journey.steps if step.slot is Slot.JOIN]
    welcome = [
        at_once(given, run, _row(given, run, step, AGAIN if is_again else "join", day, time(0, 0)), after=place)
        for place, step in enumerate(joining)
    ]
    if len(welcome) > 1:  # the rest stands below the first, and is looked at by itself should that one not come
        first, *others = welcome
        below = [replace(row, card=first.id, not_before=first.expires_at) for row in others]
        welcome = [replace(first, card=first.id), *below]
    slots = agenda(run.journey, rhythm_of(run), days_off(given, run))
    later = [_slot(given, run, slotted) for slotted in slots if slotted.due_at > given.now]
    week = journey_week(rhythm_of(run), day, reached=0, weeks=run.journey.weeks)
    item = run.journey.item_in_week(week)
    begun = [each for each in slots if each.step.kind is Kind.NUDGE and each.due_at <= given.now]
    missed = [each for each in begun if item is not None and each.step.item == item.slug]
    return (*welcome, *_caught_up(given, run, missed, later))


def _slot(given: Given, run: Participation, slotted: Slotted) -> Nudge:
    return _row(given, run, slotted.step, slotted.occurrence, slotted.local_date, slotted.local_time)


def _caught_up(given: Given, run: Participation, missed: Sequence[Slotted], later: Sequence[Nudge]) -> list[Nudge]:
    """Return what is to come, with the experiment of these weeks, which the others have had already."""
    here = Here(now=given.now, zone=run.zone, hours=run.member.hours, holidays=days_off(given, run))
    for slotted in missed:
        hour = run.member.hours.first_time
        day, hour = first_fit((here.today + DAY, hour), here.hours, here.zone, here.holidays)
        others = [row for row in later if row.item != slotted.step.item]
        day = free_day(given, run, others, day)
        fresh = replace(_row(given, run, slotted.step, slotted.occurrence, day, hour), meant_for=day)
        if not crowds(fresh, later, here):
            moved = {row.id: row for row in behind(fresh, later, here)}
            rows = [fresh, *(moved.get(row.id, row) for row in later)]
            return [row for row in rows if row.state is NudgeState.PLANNED]
    return list(later)


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


def rhythm_of_all(cohort: Cohort) -> Rhythm:
    """Return the local moments that a cohort's posts are built on."""
    return Rhythm(starts_on=cohort.starts_on, pace=cohort.pace, shift_weeks=0, hours=cohort.hours, zone=cohort.zone)


def team_posts(given: Given, cohort: Cohort) -> tuple[Nudge, ...]:
    """Return the weekly posts planned for a cohort's channel."""
    journey, rhythm = given.words.journeys()[cohort.journey], rhythm_of_all(cohort)
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


def kept_open(given: Given, cohort: Cohort, closing: Nudge) -> list[Nudge]:
    """Return a weekly post in the place of a cohort's closing, and the closing one post later."""
    journey = given.words.journeys()[cohort.journey]
    prompt = next(step.prompt for step in journey.steps if step.kind is Kind.TEAM_REFLECTION)
    wish = following(cohort, closing.local_date)
    holidays = given.holidays(cohort.country, (wish.year, wish.year + 1))
    day, hour = first_fit((wish, closing.local_time), cohort.hours, closing.zone, holidays)
    due_at, expires_at = send_window((day, hour), closing.zone, cohort.hours)
    between = replace(
        closing,
        id=given.new_id(),
        kind=Kind.TEAM_REFLECTION,
        prompt=prompt,
        occurrence=f"{closing.occurrence}-on-{closing.local_date}",
        version=0,
    )
    later = replace(closing, week=closing.week + 1, local_date=day, due_at=due_at, expires_at=expires_at)
    return [between, later]


def following(cohort: Cohort, day: date) -> date:
    """Return the day of the weekly post after one, days off left aside."""
    return week_of(day) + timedelta(weeks=cohort.pace, days=cohort.reflection_day)


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
        if row.kind in ABOUT_READING:  # it comes in a pause, too, and not at the hour of an experiment
            continue
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
