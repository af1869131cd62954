"""When the debrief comes: on the working day after its experiment was done; what was done too late may be asked for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

from bot.chat.port import Press
from bot.coaching.calendar import SEND_WINDOW, local_hour
from bot.coaching.records.nudge import DONE, Answer, Kind, Nudge, NudgeState
from bot.coaching.rules.agenda import debrief_moment, last_day
from bot.coaching.rules.progress import journey_week
from bot.flows.agenda.schedule import planned, rhythm_of
from bot.flows.context.debrief import debrief_of
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import Participation, PressContext, days_off, today
from bot.flows.given import Given
from bot.flows.handling.nudge import by_press, outdated


def after_done(given: Given, run: Participation, agenda: Sequence[Nudge], root: Nudge) -> list[Nudge]:
    """Return the debrief of an experiment that is done now, in place of the question what became of it.

    After the item's second Friday there is none: it can be asked for on the own page.
    """
    assert root.item is not None, "an experiment belongs to an item"
    instead = [
        replace(row, state=NudgeState.CANCELLED, reason="it was done")
        for row in agenda
        if row.kind is Kind.UNDONE and row.item == root.item and row.state is NudgeState.PLANNED
    ]
    done_on = today(given, run)
    if debrief_of(agenda, root) is not None or done_on > last_day(run.journey, rhythm_of(run), root.item):
        return instead
    day, hour = debrief_moment(done_on, run.member.hours, run.zone, days_off(given, run))
    return [*instead, _debrief(given, run, root, day, hour)]


def debrief_now(given: Given, about: PressContext, _press: Press) -> Decision:
    """Bring the four questions about an experiment that was done too late for a debrief of its own."""
    root = about.nudge
    if root.answer is not Answer.DONE or debrief_of(about.agenda, root) is not None:
        return outdated(about)
    now = given.now
    hour = local_hour(now, about.zone).replace(second=0, microsecond=0)
    row = _debrief(given, about, root, today(given, about), hour)
    asked_for = replace(row, occurrence=f"{row.occurrence}-{row.local_date}", state=NudgeState.READY)
    return Decision(records=[replace(asked_for, due_at=now, expires_at=now + SEND_WINDOW)], pages=True)


def _debrief(given: Given, run: Participation, root: Nudge, day: date, hour: time) -> Nudge:
    week = journey_week(rhythm_of(run), day, reached=root.week, weeks=run.journey.weeks)
    return planned(
        given,
        run,
        kind=Kind.DEBRIEF,
        prompt=f"{root.item}/debrief",
        occurrence=f"{DONE}{root.id}",
        item=root.item,
        week=week,
        day=day,
        hour=hour,
    )


PRESSES = {"debrief.open": by_press(debrief_now, Kind.NUDGE)}
