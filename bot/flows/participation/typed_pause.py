"""A pause until a day that was typed: what was understood is said back, and nothing stops before a press."""

from dataclasses import replace
from datetime import date

from bot.chat.port import Button, Message
from bot.coaching.days.typed import read_day
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.rules.pause import LONGEST_WEEKS, trouble_with
from bot.flows.context.nudge import Participation, today
from bot.flows.given import Given
from bot.flows.messages.parts import button, labelled
from bot.flows.messages.phrase import line

BREAKABLE = (EnrollmentState.ACTIVE, EnrollmentState.PAUSED)


def days_meant(given: Given, run: Participation, typed: str) -> tuple[date, ...]:
    """Return the first days after the pause that a text can mean; none when it is not understood as a whole."""
    meant = read_day(typed, run.language, today=today(given, run))
    return meant.first_days_after() if meant else ()


def pause_asked(given: Given, run: Participation, days: tuple[date, ...], *others: Button) -> Message:
    """Return the question whether to pause until that day, or which day was meant; else why none of them will do."""
    words, language, now = given.words, run.language, today(given, run)
    another = labelled(given, language, button(given, language, "pause.open", run.enrollment.id), "day-another")
    fitting = [day for day in days if trouble_with(day, now) is None]
    if not fitting:
        return line(words, language, f"pause-{trouble_with(days[0], now)}", another, *others, weeks=LONGEST_WEEKS)
    presses = [button(given, language, "pause.until", f"{run.enrollment.id}:{day}") for day in fitting]
    if len(fitting) == 1:
        day = words.day(fitting[0], language)
        return line(words, language, "pause-asked", *presses, another, *others, day=day)
    named = [replace(press, label=words.day(day, language)) for press, day in zip(presses, fitting, strict=True)]
    return line(words, language, "pause-which-day", *named, another, *others)
