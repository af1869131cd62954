"""A person's own say in the journey: where they stand, what comes next, and every word the bot understands."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.chat.port import (
    Body,
    Button,
    Buttons,
    Command,
    Facts,
    Heading,
    Message,
    Note,
    Part,
    Press,
    Quote,
    Style,
)
from bot.coaching.calendar import SEND_WINDOW, local_day, local_hour
from bot.coaching.language import Language
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.rules.due import Verdict, verdict
from bot.coaching.verbs import Verb, read
from bot.flows.agenda.due_context import UNDER_WAY, due_context
from bot.flows.agenda.upcoming import moment_of, next_words, progress, still, upcoming
from bot.flows.context.acting_for_person import by_command, by_press
from bot.flows.context.decision import Decision, carry_out
from bot.flows.context.given import Given
from bot.flows.context.nudge import today
from bot.flows.context.ownership import refuse
from bot.flows.context.person import ParticipationContext, PersonContext, person_of
from bot.flows.messages.own_page import open_plans
from bot.flows.messages.parts import button, named, scope_line
from bot.flows.participation import pause, settings
from bot.flows.ports import Ports
from bot.flows.private_answer import line

STEPS = frozenset(
    {Kind.NUDGE, Kind.DEBRIEF, Kind.FOLLOW_UP, Kind.CHECK, Kind.KEEP, Kind.BOOSTER, Kind.CLOSING}
)  # what may be asked for sooner than planned


# --- next -------------------------------------------------------------------------------------------------------


def next_(given: Given, about: PersonContext, incoming: Command | Press) -> Decision:
    """`/coach next`, or its button on Home: when the next message comes, and a button to have the next step now."""
    if about.course is not None:
        return Decision(says=next_message(given, about.course))
    if isinstance(incoming, Press):
        return Decision(refuses="press-stale")
    return Decision(says=line(given.words, about.language(incoming), "not-in"))


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
    if _had_one_today(given, course):
        told = line(words, language, "next-one-a-day", next=moment_of(given, course, row))
        return Decision(says=told, replaces=True)
    return Decision(
        records=[_now(given, course, row)],
        pages=True,
        also=(course.member.id,),
        says=line(words, language, "next-coming"),
        replaces=True,
    )


def _may_go(given: Given, course: ParticipationContext, row: Nudge) -> bool:
    """Whether a step that was asked for may be sent: the week's limit is for what the bot starts by itself."""
    ruling, _ = verdict(row, replace(due_context(given, course, row), started_this_week=0))
    return ruling is Verdict.SEND


def _had_one_today(given: Given, course: ParticipationContext) -> bool:
    """Whether a step came today or is on its way: one a day is plenty."""
    day, came = today(given, course), UNDER_WAY | {NudgeState.SENT}
    return any(
        row.kind in STEPS and row.state in came and local_day(row.sent_at or row.due_at, course.zone) == day
        for row in course.agenda
    )


def _now(given: Given, course: ParticipationContext, row: Nudge) -> Nudge:
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


# --- status -----------------------------------------------------------------------------------------------------


def status(given: Given, about: PersonContext, command: Command) -> Decision:
    """`/coach status`: where the asker stands; never who else joined."""
    course = about.course
    language = course.language if course else about.language(command)
    parts = _status(given, course) if course else _outside(given, about, language)
    title = given.words.say("status-title", language)
    return Decision(says=Message(fallback=title, parts=(Heading(title), *parts, *_coaching(given, about, language))))


def _status(given: Given, course: ParticipationContext) -> list[Part]:
    words, language, enrollment = given.words, course.language, course.enrollment
    rows = [
        (words.say("status-progress", language), progress(given, course)),
        (words.say("status-next", language), next_words(given, course)),
        (words.say("status-scope", language), scope_line(given, language, enrollment.scope)),
    ]
    buttons: list[Button] = [button(given, language, "settings.open", "")]
    if enrollment.state is EnrollmentState.PAUSED:
        if enrollment.paused_until:
            day = words.day(enrollment.paused_until, language)
            rows.append((words.say("status-pause", language), words.say("status-paused-until", language, day=day)))
        buttons.insert(0, button(given, language, "resume.now", enrollment.id, style=Style.PRIMARY))
    plans = [part for plan in open_plans(given, course) for part in named(given, course, plan)]
    return [Facts(tuple(rows)), *still(given, course), *plans, Buttons(tuple(buttons))]


def _outside(given: Given, about: PersonContext, language: Language) -> list[Part]:
    """Return what somebody in no journey may know: whether one runs here, and how to join."""
    cohort = about.here
    if cohort is None:
        return [Body(given.words.body("status-nothing-here", language))]
    name = given.words.journeys()[cohort.journey].name[language]
    return [
        Body(given.words.body("status-runs-here", language, journey=name)),
        Buttons((button(given, language, "cohort.join", cohort.id, style=Style.PRIMARY),)),
    ]


def _coaching(given: Given, about: PersonContext, language: Language) -> list[Part]:
    if not about.coached:
        return []
    names = ", ".join(cohort.channel_name for cohort in about.coached)
    return [
        Facts(((given.words.say("status-coach", language), names),)),
        Note(given.words.body("status-coach-log", language)),
    ]


# --- help -------------------------------------------------------------------------------------------------------


def help_(given: Given, about: PersonContext, command: Command) -> Decision:
    """`/coach help`, or nothing at all: every verb with one line."""
    languages = _understood(about, command)
    parts = [part for language in languages for part in help_parts(given, language)]
    return Decision(says=Message(fallback=given.words.say("help-title", languages[0]), parts=tuple(parts)))


def unknown(given: Given, about: PersonContext, command: Command) -> Decision:
    """What was typed is no verb of ours: say which one it looks like, and show them all."""
    words, heard, languages = given.words, read(command.text), _understood(about, command)
    key = "help-unknown-near" if heard.nearest else "help-unknown"
    values = {"near": heard.nearest} if heard.nearest else {}
    parts: list[Part] = [Quote(heard.rest, label=words.say("help-unknown-label", languages[0]))]
    parts += [Body(words.body(key, language, **values)) for language in languages]
    parts += [part for language in languages for part in help_parts(given, language)]
    return Decision(says=Message(fallback=words.say(key, languages[0], **values), parts=tuple(parts)))


def help_parts(given: Given, language: Language) -> list[Part]:
    """Return every verb with what it does."""
    words = given.words
    rows = tuple((words.say(f"help-{verb}-usage", language), words.say(f"help-{verb}", language)) for verb in Verb)
    return [
        Heading(words.say("help-title", language)),
        Body(words.body("help-intro", language)),
        Facts(rows),
        Note(words.body("help-note", language)),
    ]


def _understood(about: PersonContext, command: Command) -> tuple[Language, ...]:
    """Return the languages to help somebody in: both, until we know or have heard theirs."""
    if about.member is not None and about.member.language:
        return (about.member.language,)
    return (Language.NL,) if read(command.text).language is Language.NL else tuple(Language)


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {
    Verb.NEXT: by_command(next_),
    Verb.STATUS: by_command(status),
    Verb.HELP: by_command(help_),
    **pause.COMMANDS,
    **settings.COMMANDS,
}
PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {
    "next.open": by_press(next_),
    "next.now": next_now,
    **pause.PRESSES,
    **settings.PRESSES,
}
FORMS = {**pause.FORMS, **settings.FORMS}
UNKNOWN = by_command(unknown)  # what is no verb of ours
