"""What comes next to a person, and having the next step now."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.chat.port import (
    Body,
    Buttons,
    Command,
    Message,
    Note,
    Press,
)
from bot.coaching.calendar import SEND_WINDOW, local_day, local_hour
from bot.coaching.days.typed import read_day
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.rules.due import Verdict, verdict
from bot.coaching.verbs import Verb, read
from bot.flows.agenda.due_context import UNDER_WAY, due_context
from bot.flows.agenda.upcoming import moment_of, next_words, still, upcoming
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import today
from bot.flows.context.person import ParticipationContext, PersonContext, person_of
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.handling.ownership import refuse
from bot.flows.handling.person import by_command, by_press
from bot.flows.messages.parts import button
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports

STEPS = frozenset(
    {Kind.NUDGE, Kind.DEBRIEF, Kind.FOLLOW_UP, Kind.UNDONE, Kind.CHECK, Kind.KEEP, Kind.BOOSTER, Kind.CLOSING}
)  # what may be asked for sooner than planned


def next_(given: Given, about: PersonContext, incoming: Command | Press) -> Decision:
    """`/coach next`, or its button on Home: when the next message comes, and a button to have the next step now."""
    if about.course is not None:
        told = next_message(given, about.course)
        return Decision(says=_beside_a_day(given, about.course, incoming, told))
    if isinstance(incoming, Press):
        return Decision(refuses="press-stale")
    return Decision(says=line(given.words, about.language(incoming), "not-in"))


def _beside_a_day(given: Given, course: ParticipationContext, incoming: Command | Press, told: Message) -> Message:
    """Return what comes next; to who named a day along ("next week") also that it changes nothing."""
    said = incoming.text if isinstance(incoming, Command) else ""
    on = today(given, course)
    if not any(read_day(each, course.language, today=on) for each in (said, read(said).rest)):
        return told
    return replace(told, parts=(*told.parts, Note(given.words.body("next-no-day", course.language))))


def next_message(given: Given, course: ParticipationContext) -> Message:
    """Return when the next message comes, with what the person can do about it."""
    words, language, enrollment = given.words, course.language, course.enrollment
    if enrollment.state is EnrollmentState.PAUSED and enrollment.paused_until:
        day = words.day(enrollment.paused_until, language)
        offer = button(given, language, "resume.now", enrollment.id)
        return line(words, language, "next-paused", offer, day=day, next=next_words(given, course))
    if enrollment.stands_still:
        going_on = Buttons((button(given, language, "resume.now", enrollment.id),))
        return Message(fallback=words.say("next-still", language), parts=(*still(given, course), going_on))
    row = upcoming(given, course)
    if row is None:
        return line(words, language, "next-none")
    told = line(words, language, "next-told", next=moment_of(given, course, row))
    step = row if row.kind in STEPS else upcoming(given, course, STEPS)
    if step is None:
        return told
    parts = list(told.parts)
    if step is not row:
        parts.append(Body(words.body("next-step", language, next=moment_of(given, course, step))))
    parts.append(Buttons((button(given, language, "next.now", step.id),)))
    return replace(told, parts=tuple(parts))


async def next_now(ports: Ports, press: Press) -> None:
    """Bring the next step forward to this moment."""
    about = await person_of(ports, press)
    if about.own(press.value) is None and await ports.store.nudge(press.workspace, press.value) is not None:
        await refuse(ports, press, "press-foreign")
        return
    await carry_out(ports, press, brought_forward(ports.given(), about, press))


def brought_forward(given: Given, about: PersonContext, press: Press) -> Decision:
    """Return the next step due at this moment, while it is the next one and none came today."""
    own = about.own(press.value)
    if own is None:
        return Decision(refuses="press-stale")
    course, row = own
    is_next = upcoming(given, course, STEPS) == row
    if not is_next or not course.going or not _may_go(given, course, row):
        return Decision(refuses="press-stale")
    words, language = given.words, course.language
    if had_one_today(given, course):
        told = line(words, language, "next-one-a-day", next=moment_of(given, course, row))
        return Decision(says=told, replaces=True)
    return Decision(
        records=[at_this_moment(given, course, row)],
        pages=True,
        also=(course.member.id,),
        says=line(words, language, "next-coming"),
        replaces=True,
    )


def _may_go(given: Given, course: ParticipationContext, row: Nudge) -> bool:
    """Whether a step that was asked for may be sent: the week's limit is for what the bot starts by itself."""
    ruling, _ = verdict(row, replace(due_context(given, course, row), started_this_week=0, reserved_this_week=0))
    return ruling is Verdict.SEND


def had_one_today(given: Given, course: ParticipationContext) -> bool:
    """Whether a step came today or is on its way: one a day is plenty."""
    day, came = today(given, course), UNDER_WAY | {NudgeState.SENT}
    return any(
        row.kind in STEPS and row.state in came and local_day(row.sent_at or row.due_at, course.zone) == day
        for row in course.agenda
    )


def at_this_moment(given: Given, course: ParticipationContext, row: Nudge) -> Nudge:
    """Return the row due at this moment, its conditions already checked."""
    now = given.now
    return replace(
        row,
        state=NudgeState.READY,
        local_date=today(given, course),
        local_time=local_hour(now, course.zone).replace(second=0, microsecond=0),
        zone=course.zone,
        due_at=now,
        expires_at=now + SEND_WINDOW,
    )


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {Verb.NEXT: by_command(next_)}
PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {"next.open": by_press(next_), "next.now": next_now}
