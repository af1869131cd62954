"""Leaving a journey, at once."""

from collections.abc import Awaitable, Callable

from bot.chat.port import Button, Command, Message, Press, Style
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.verbs import Verb, read
from bot.flows.agenda.postpone import left
from bot.flows.context.decision import Decision
from bot.flows.context.person import ParticipationContext, PersonContext
from bot.flows.given import Given
from bot.flows.handling.person import by_command, by_press
from bot.flows.messages.parts import button, labelled
from bot.flows.messages.phrase import line
from bot.flows.participation.typed_pause import BREAKABLE, days_meant, pause_asked
from bot.flows.ports import Ports
from bot.flows.reading.stepping_down import stop_form


def leave(given: Given, about: PersonContext, command: Command) -> Decision:
    """`/coach leave`: at once, without a question back, unless words behind it, or a role as coach, say otherwise."""
    course, typed = _run_here(about), read(command.text).rest
    if about.coached and not (course and typed):
        return _which(given, about, course, command)
    if course is None:
        return Decision(says=line(given.words, about.language(command), "leave-nothing"))
    return Decision(says=_asked_back(given, about, course, typed)) if typed else _at_once(given, about, course)


def _at_once(given: Given, about: PersonContext, course: ParticipationContext) -> Decision:
    offer = button(given, course.language, "erase.open", "", style=Style.DANGER)
    return Decision(
        records=left(given, about, course, "left"),
        withdraws=True,
        says=line(given.words, course.language, "leave-done", offer),
    )


def _which(given: Given, about: PersonContext, course: ParticipationContext | None, command: Command) -> Decision:
    """Return what a coach may mean: their own journey, or coaching one of their teams; the form where that is clear."""
    language, words = about.language(command), given.words
    here = [each for each in about.coached if about.here is not None and each.id == about.here.id]
    among = here or about.coached
    if course is None and len(among) == 1:
        return Decision(opens=stop_form(given, language, among[0]))
    stops = [
        Button(
            id="coach.leave",
            label=words.say("coach-leave-option", language, channel=each.channel_name),
            value=each.id,
        )
        for each in among
    ]
    if course is None:
        return Decision(says=line(words, language, "leave-which-team", *stops))
    own = button(given, language, "leave.run", course.enrollment.id)
    return Decision(says=line(words, language, "leave-which", own, *stops))


def leave_run(given: Given, about: PersonContext, press: Press) -> Decision:
    """Leave one's own journey, by the button of who coaches, too."""
    course = about.course_of(press.value)
    if course is None:
        return Decision(refuses="press-stale")
    if course.enrollment.state is EnrollmentState.LEFT:
        return Decision(says=line(given.words, course.language, "leave-done"))
    return _at_once(given, about, course)


def _asked_back(given: Given, about: PersonContext, course: ParticipationContext, typed: str) -> Message:
    """Return the question what is meant: "stop until Monday" is a pause, and of other words nobody can be sure."""
    language = course.language
    for_good = labelled(given, language, button(given, language, "command.run", Verb.LEAVE), "leave-for-good")
    if course.enrollment.state not in BREAKABLE or course is not about.course:
        return line(given.words, language, "leave-unsure-over", for_good)
    if days := days_meant(given, course, typed):
        return pause_asked(given, course, days, for_good)
    instead = labelled(given, language, button(given, language, "pause.open", course.enrollment.id), "leave-pause")
    return line(given.words, language, "leave-unsure", instead, for_good)


def _run_here(about: PersonContext) -> ParticipationContext | None:
    """Return the run of the channel the command was typed in, else the one the person is in now."""
    here = next((each for each in about.courses if about.here is not None and each.cohort.id == about.here.id), None)
    return here if here is not None and here.enrollment.state is not EnrollmentState.LEFT else about.course


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {Verb.LEAVE: by_command(leave)}
PRESSES = {"leave.run": by_press(leave_run)}
