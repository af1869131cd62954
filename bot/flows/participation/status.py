"""Where somebody stands."""

from collections.abc import Awaitable, Callable

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
    Style,
)
from bot.coaching.language import Language
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.verbs import Verb
from bot.flows.agenda.upcoming import next_words, progress, still
from bot.flows.context.decision import Decision
from bot.flows.context.person import ParticipationContext, PersonContext
from bot.flows.given import Given
from bot.flows.handling.person import by_command
from bot.flows.messages.own_page import adapting, open_plans
from bot.flows.messages.parts import button, named
from bot.flows.messages.readers import scope_line
from bot.flows.ports import Ports


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
        (words.say("status-scope", language), scope_line(given, course, enrollment.scope)),
        *adapting(given, course),
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


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {Verb.STATUS: by_command(status, reads=True)}
