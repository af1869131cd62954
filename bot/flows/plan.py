"""The agenda: which messages are planned for a person, and what becomes of them when they are due."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta

from bot.coaching.agenda import Rhythm, Slotted, agenda, team_agenda, window
from bot.coaching.calendar import at_local, local_day, next_workday
from bot.coaching.catchup import is_late
from bot.coaching.cohort import Cohort
from bot.coaching.due import UNCOUNTED, Verdict, verdict
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.journey import Slot, Step
from bot.coaching.nudge import Kind, Nudge, NudgeState
from bot.flows.coach_heard import stands
from bot.flows.compose.channel import still_shared
from bot.flows.given import Given
from bot.flows.hold import held, postponed
from bot.flows.judge import completed, guarded, person_by_person, standing
from bot.flows.person import Course
from bot.flows.ports import Ports
from bot.flows.recover import recover
from bot.flows.reflect import reflect
from bot.flows.restored import is_in_doubt
from bot.flows.scene import Run, days_off, run_of, scene_of
from bot.store.port import Conflict

BATCH = 200
REFLECTIVE = frozenset({Kind.REFLECTION, Kind.TEAM_REFLECTION, Kind.TEAM_CLOSING})
JOIN_WINDOW = timedelta(days=7)  # a welcome is still welcome after a weekend of outage


def rhythm_of(run: Run) -> Rhythm:
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
    run: Run,
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
    due_at, expires_at = window((day, hour), run.zone, run.member.hours)
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


def at_once(given: Given, run: Run, row: Nudge, *, after: int = 0) -> Nudge:
    """Return the row due now; `after` keeps several in order."""
    now = given.now + timedelta(microseconds=after)
    return replace(row, local_date=local_day(now, run.zone), due_at=now, expires_at=now + JOIN_WINDOW)


def first_agenda(given: Given, run: Run) -> tuple[Nudge, ...]:
    """Return everything the journey plans for a person who joins now."""
    day = local_day(given.now, run.zone)
    joining = [step for step in run.journey.steps if step.slot is Slot.JOIN]
    welcome = [
        at_once(given, run, _row(given, run, step, "join", day, time(0, 0)), after=place)
        for place, step in enumerate(joining)
    ]
    later = [
        _row(given, run, slotted.step, slotted.occurrence, slotted.local_date, slotted.local_time)
        for slotted in agenda(run.journey, rhythm_of(run), days_off(given, run))
    ]
    return (*welcome, *later)


def _row(given: Given, run: Run, step: Step, occurrence: str, day: date, hour: time) -> Nudge:
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


def free_day(given: Given, run: Run, agenda: Sequence[Nudge], day: date) -> date:
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


def replanned(given: Given, run: Course) -> tuple[Nudge, ...]:
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


def _is_held_back(row: Nudge, run: Run) -> bool:
    """Whether a row was just about to go out, and would come after the person asked for quiet."""
    is_ready = row.state is NudgeState.READY and row.kind not in UNCOUNTED
    return is_ready and run.enrollment.state is EnrollmentState.PAUSED


def _moved(given: Given, run: Run, row: Nudge, slotted: Slotted | None) -> Nudge:
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
        hour = hours.second_time if row.kind is Kind.DAY_OF else hours.first_time
    earliest = local_day(now, run.zone)
    if run.enrollment.state is EnrollmentState.PAUSED and run.enrollment.paused_until:
        earliest = max(earliest, run.enrollment.paused_until)
    day = next_workday(max(meant, earliest), hours.workdays, holidays)
    if at_local(day, hour, run.zone) <= now:
        day = next_workday(day + timedelta(days=1), hours.workdays, holidays)
    due_at, expires_at = window((day, hour), run.zone, hours)
    moved = replace(row, local_date=day, local_time=hour, zone=run.zone, due_at=due_at, expires_at=expires_at)
    return replace(moved, meant_for=own)


async def plan(ports: Ports) -> int:
    """Let pauses end, and give every due message its verdict; return how many moved on."""
    moved = await _resume_paused(ports)
    while rows := await ports.store.due(ports.now, limit=BATCH):
        settled = await person_by_person(rows, lambda own: _of_one(ports, own))
        moved += settled
        if not settled or len(rows) < BATCH:
            break
    return moved


async def _of_one(ports: Ports, rows: Sequence[Nudge]) -> int:
    """Give what is due for one person, or one channel, its verdict; what is overdue is settled as a whole."""
    now = ports.now
    if any(row.look_since for row in rows) and await is_in_doubt(ports, rows[0].member):
        return 0
    late = next((row for row in rows if is_late(row, now)), None)
    if late is not None:  # what still comes, and what came due just now, waits for the next tick
        return await guarded(ports, late, recover)
    in_order = sorted(rows, key=lambda row: row.kind in REFLECTIVE)  # a look back makes room for a reminder
    return sum([await guarded(ports, row, _decided) for row in in_order])


async def _decided(ports: Ports, row: Nudge) -> bool:
    if row.kind in REFLECTIVE:
        return await reflect(ports, row)
    return await (_plan_post if row.enrollment is None else _plan_one)(ports, row)


async def _resume_paused(ports: Ports) -> int:
    now = ports.now
    over = 0
    for enrollment in await ports.store.paused_until(now.date() + timedelta(days=1)):
        run = await run_of(ports, enrollment)
        if enrollment.paused_until and enrollment.paused_until <= local_day(now, run.zone):
            with suppress(Conflict):  # the person was faster: the next tick looks again
                await ports.save(replace(enrollment, state=EnrollmentState.ACTIVE, paused_on=None, paused_until=None))
                over += 1
    return over


async def _plan_post(ports: Ports, row: Nudge) -> bool:
    now = ports.now
    if row.kind is Kind.TEAM_SHARE and row.subject:
        parent = await ports.store.nudge(row.subject)
        if parent is not None and parent.state in (NudgeState.DEAD, NudgeState.EXPIRED, NudgeState.CANCELLED):
            return await ports.store.settle(row, NudgeState.CANCELLED, at=now, reason="its thread never began")
        if parent is None or parent.state is not NudgeState.SENT:
            return False
        if not await still_shared(ports, row):
            return await ports.store.settle(row, NudgeState.CANCELLED, at=now, reason="taken back before it was shown")
    if row.kind is Kind.COACH_HEARD and not stands(await ports.store.reply(row.subject or "")):
        return await ports.store.settle(row, NudgeState.CANCELLED, at=now, reason="taken back before it was told")
    late = row.expires_at <= now
    return await ports.store.settle(
        row,
        NudgeState.EXPIRED if late else NudgeState.READY,
        at=now,
        reason="its window closed" if late else None,
    )


async def _plan_one(ports: Ports, row: Nudge) -> bool:
    scene = await scene_of(ports, row)
    rows = await ports.store.nudges_of(scene.enrollment.id)
    ruling, reason = verdict(row, await standing(ports, scene, rows))
    if ruling is Verdict.POSTPONE:
        still = scene.enrollment.stands_still
        await ports.save(*(await held(ports, scene, [row]) if still else postponed(ports, scene, rows)))
        return True
    state = {
        Verdict.SEND: NudgeState.READY,
        Verdict.CANCEL: NudgeState.CANCELLED,
        Verdict.EXPIRE: NudgeState.EXPIRED,
    }[ruling]
    ended = completed(ports, scene, row, rows)
    settled = replace(row, state=state, reason=reason or None)
    await ports.save(settled, *([ended] if ended else []))
    return True
