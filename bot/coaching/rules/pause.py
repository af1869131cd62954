"""Pauses, asked for or because of silence: how long one lasts, and how far the rest of a journey moves back."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.coaching.calendar import local_day, week_of
from bot.coaching.journey import Journey
from bot.coaching.records.enrollment import Enrollment, EnrollmentState
from bot.coaching.rules.agenda import Rhythm, agenda

LONGEST_WEEKS = 26
SILENT_AFTER = timedelta(weeks=3)
FEWEST_WEEKS = 3  # with a card that nothing followed; where nothing was sent, nobody is silent


class Trouble(StrEnum):
    """Why a pause cannot end on that day."""

    PAST = "past"  # today or earlier
    FAR = "far"  # later than the longest pause


def trouble_with(until: date, today: date) -> Trouble | None:
    """Return what is wrong with a pause from today whose first day after it is `until`, or None."""
    if until <= today:
        return Trouble.PAST
    return Trouble.FAR if until > today + timedelta(weeks=LONGEST_WEEKS) else None


def stopped(run: Enrollment, today: date) -> Enrollment:
    """Return a run that stands still from today; one that does already has done so since its own day."""
    since = run.paused_on if run.stands_still else today
    before = run.paused_until or run.paused_before
    return replace(
        run,
        state=EnrollmentState.PAUSED,
        paused_on=since,
        paused_until=None,
        paused_before=before,
        silent_on=None,
    )


def is_silent(last_sign: datetime, cards: Iterable[datetime], now: datetime, zone: str) -> bool:
    """Return whether nothing was heard of somebody since a card that came three weeks ago, by their own calendar.

    Three weeks at least must have brought a card since: time in which nothing was sent is no silence.
    """
    days = sorted(local_day(card, zone) for card in cards if last_sign < card <= now)
    if not days or local_day(now, zone) - days[0] < SILENT_AFTER:
        return False
    return len({week_of(day) for day in days}) >= FEWEST_WEEKS


def silenced(run: Enrollment, today: date) -> Enrollment:
    """Return a run that stands still from today because nothing is heard of its person."""
    return replace(stopped(run, today), silent_on=today)


def as_before_stop(run: Enrollment, today: date) -> Enrollment | None:
    """Return a run that was stopped in a pause, in that pause again; None when there was none, or it is over."""
    until = run.paused_before
    if not run.stands_still or until is None or until <= today:
        return None
    return replace(run, paused_until=until, paused_before=None, silent_on=None)


def is_forsaken(run: Enrollment, today: date) -> bool:
    """Return whether a run has stood still for longer than any pause may last."""
    return run.stands_still and run.paused_on is not None and trouble_with(today, run.paused_on) is Trouble.FAR


def least_shift(
    journey: Journey,
    rhythm: Rhythm,
    remaining: Collection[tuple[str, str]],
    not_before: datetime,
    holidays: frozenset[date],
    *,
    floor: int,
) -> int:
    """Return the fewest weeks of shift, at least `floor`, with which no remaining step comes before the moment.

    `remaining` holds the prompt and occurrence of the steps still to come.
    """
    shift = floor
    while True:
        steps = agenda(journey, replace(rhythm, shift_weeks=shift), holidays)
        first = next((step for step in steps if (step.step.prompt, step.occurrence) in remaining), None)
        if first is None or first.due_at >= not_before:
            return shift
        whole_weeks = (not_before - first.due_at).days // 7
        shift += max(1, whole_weeks - 1)  # one short of it: a holiday may have put this step late


def shift_so_far(rhythm: Rhythm, sent: Iterable[tuple[int, date]]) -> int:
    """Return the shift with which the latest week came, so that whoever resumes early is not rushed.

    `sent` holds journey week and local day of the steps that were sent.
    """
    weeks = [(week, day) for week, day in sent if week > 0]
    if not weeks:
        return 0
    latest = max(week for week, _ in weeks)
    authored = replace(rhythm, shift_weeks=0).monday_of(latest)
    came = min((week_of(day) - authored).days // 7 for week, day in weeks if week == latest)
    return max(0, min(came, rhythm.shift_weeks))
