"""Week 0 and the pulse: who I am, when I come, and eight short questions."""

from bot.chat.port import Body, Buttons, Facts, Heading, Message, Part, Style
from bot.coaching.language import Language
from bot.coaching.records.member import Hours
from bot.coaching.records.nudge import AGAIN, Answer
from bot.coaching.rules.state import of_pulse
from bot.flows.context.given import Given
from bot.flows.context.nudge import Participation
from bot.flows.messages.parts import button, message, note, scope_line
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
        (words.say("rhythm-scope", language), scope_line(given, language, run.enrollment.scope)),
    )


def moment(given: Given, language: Language, day: int, hours: Hours, *, second: bool) -> str:
    """Return a weekday with its hour, e.g. "Tuesday 10:00"."""
    hour = hours.second_time if second else hours.first_time
    return f"{given.words.weekday(day, language)} {hour:%H:%M}"


def pulse(given: Given, scene: Shown) -> Message:
    """Return the invitation to answer the pulse."""
    language, row = scene.language, scene.nudge
    text = scene.text.in_state(of_pulse(scene.pulse))
    if row.answer is Answer.DONE:
        return message(given, text, language, row.week, note(given, language, "pulse-done-said"))
    if row.answer is Answer.SKIPPED:
        return message(given, text, language, row.week, note(given, language, "pulse-skipped-said"))
    buttons = (
        button(given, language, "pulse.open", row.id, style=Style.PRIMARY),
        button(given, language, "pulse.skip", row.id),
    )
    return message(given, text, language, row.week, Buttons(buttons))
