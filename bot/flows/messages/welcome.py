"""Week 0 and the pulse: who I am, when I come, and eight short questions."""

from bot.chat.port import Body, Buttons, Facts, Heading, Message, Part, Style
from bot.coaching.language import Language
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import Hours
from bot.coaching.records.nudge import AGAIN, Answer
from bot.coaching.rules.state import of_pulse
from bot.flows.agenda.upcoming import next_words, upcoming
from bot.flows.context.nudge import Participation
from bot.flows.context.person import ParticipationContext
from bot.flows.given import Given
from bot.flows.messages.parts import button, message, note
from bot.flows.messages.readers import scope_line
from bot.flows.messages.shown import Shown


def welcome(given: Given, scene: Shown) -> Message:
    """Return the first message: I am a bot, this is when I come, is that right?"""
    language, row = scene.language, scene.nudge
    parts: list[Part] = [Facts(rhythm_rows(given, scene))]
    if row.answer is None:
        buttons = (
            button(given, language, "welcome.ok", row.id, style=Style.PRIMARY),
            button(given, language, "settings.open", row.id),
        )
        parts.append(Buttons(buttons))
    else:
        parts.append(note(given, language, "welcome-said"))
    if row.occurrence == AGAIN:
        title = given.words.say("welcome-again-title", language)
        told = Body(given.words.body("welcome-again", language))
        return Message(fallback=title, parts=(Heading(title), told, *parts))
    return message(given, scene.text, language, row.week, *parts)


def rhythm_rows(given: Given, run: Participation) -> tuple[tuple[str, str], ...]:
    """Return when the bot comes and who reads what, as labels with values."""
    words, language, hours = given.words, run.language, run.member.hours
    return (
        (words.say("rhythm-first", language), moment(given, language, hours.first_day, hours, second=False)),
        (words.say("rhythm-second", language), moment(given, language, hours.second_day, hours, second=True)),
        (words.say("rhythm-zone", language), run.zone),
        (words.say("rhythm-scope", language), scope_line(given, run, run.enrollment.scope)),
    )


def moment(given: Given, language: Language, day: int, hours: Hours, *, second: bool) -> str:
    """Return a weekday with its hour, e.g. "Tuesday 10:00"."""
    hour = hours.second_time if second else hours.first_time
    return f"{given.words.weekday(day, language)} {hour:%H:%M}"


def silence(given: Given, scene: Shown) -> Message:
    """Return the one line after which nothing comes until the person is back."""
    words, language = given.words, scene.language
    going_on = Buttons((button(given, language, "resume.now", scene.enrollment.id, style=Style.PRIMARY),))
    line = Body(words.body("silence-line", language))
    parts = (line, going_on) if scene.enrollment.silent_on is not None else (line,)
    return Message(fallback=words.say("silence-title", language), parts=parts)


def back(given: Given, scene: Shown) -> Message:
    """Return the line that says that a run goes on, and when; or that it was paused or ended since."""
    words, language = given.words, scene.language
    run = ParticipationContext(
        member=scene.member,
        enrollment=scene.enrollment,
        cohort=scene.cohort,
        journey=scene.journey,
        agenda=scene.agenda,
        others=(),
        promises=scene.promises,
    )
    key = scene.nudge.prompt
    if scene.enrollment.state is EnrollmentState.PAUSED:
        key = "back-paused"
    elif key == "back" and (upcoming(given, run) is None or not scene.going):
        key = "back-nothing"
    told = words.body(key, language, next=next_words(given, run)) if key == "back" else words.body(key, language)
    return Message(fallback=words.say("back-title", language), parts=(Body(told),))


def pulse(given: Given, scene: Shown) -> Message:
    """Return the invitation to answer the pulse."""
    language, row = scene.language, scene.nudge
    text = scene.text.in_state(of_pulse(scene.pulse))
    if row.answer is Answer.DONE:
        return message(given, text, language, row.week, note(given, language, "pulse-done-said"))
    if row.answer is Answer.SKIPPED:
        return message(given, text, language, row.week, note(given, language, "pulse-skipped-said", week=row.week))
    buttons = (
        button(given, language, "pulse.open", row.id, style=Style.PRIMARY),
        button(given, language, "pulse.skip", row.id),
    )
    return message(given, text, language, row.week, Buttons(buttons))
