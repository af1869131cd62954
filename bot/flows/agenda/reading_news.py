"""Messages to members about who may read: a question that asks for a press, and news that is told once."""

from dataclasses import replace
from datetime import timedelta

from bot.coaching.calendar import local_day, local_hour, out_of_quiet
from bot.coaching.records.nudge import Kind, Nudge
from bot.flows.agenda.schedule import JOIN_WINDOW, planned
from bot.flows.context.nudge import Participation
from bot.flows.given import Given

# What a question is about; its subject is the id of a coach's role (NEW_COACH), or of the gate (the others).
NEW_COACH = "reading/new-coach"
CHANGED = "reading/changed"  # the wording, or a setting that lets somebody see more
# What is told; its subject is the id of a coach's role (GONE), or of the gate.
GONE = "reading/gone"  # a coach stepped down or was taken away, or was named in vain
OPENED = "reading/opened"  # an admin recorded who agreed
STOPPED = "reading/stopped"  # the council stopped all reading

AT_ONCE = timedelta(0)


def asked(given: Given, run: Participation, prompt: str, subject: str, *, occurrence: str = "") -> Nudge:
    """Return the question whether somebody may read, on its way to a member in their waking hours.

    What is asked of the same subject a second time has an occurrence of its own.
    """
    return _row(given, run, Kind.READING_ASK, prompt, subject, occurrence or subject)


def told(
    given: Given, run: Participation, prompt: str, subject: str, *, occurrence: str = "", after: timedelta = AT_ONCE
) -> Nudge:
    """Return what tells a member who reads from now on, on its way so much later, in their waking hours."""
    return _row(given, run, Kind.READING_NEWS, prompt, subject, occurrence or subject, after)


def _row(
    given: Given, run: Participation, kind: Kind, prompt: str, subject: str, occurrence: str, after: timedelta = AT_ONCE
) -> Nudge:
    due_at = out_of_quiet(given.now + after, run.zone, run.member.hours)
    hour = local_hour(due_at, run.zone).replace(second=0, microsecond=0)
    row = planned(
        given,
        run,
        kind=kind,
        prompt=prompt,
        occurrence=occurrence,
        item=None,
        week=0,
        day=local_day(due_at, run.zone),
        hour=hour,
        subject=subject,
    )
    return replace(row, due_at=due_at, expires_at=due_at + JOIN_WINDOW)
