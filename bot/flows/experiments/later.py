"""Putting a nudge off to another day; in the midst of a debrief, going on with that tomorrow."""

from dataclasses import replace
from datetime import date
from typing import Literal

from bot.chat.port import Command, DateField, Form, Heading, Option, Press, RadioField, Submitted
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import AFTER, Answer, Kind, NudgeState
from bot.coaching.rules.agenda import snoozed
from bot.coaching.verbs import Verb
from bot.flows.agenda.schedule import planned
from bot.flows.context.acting_for_person import by_command
from bot.flows.context.acting_on_nudge import by_form, by_press, outdated, stays_open
from bot.flows.context.decision import Decision
from bot.flows.context.given import Given
from bot.flows.context.nudge import NudgeContext, PressContext, days_off, today
from bot.flows.context.person import PersonContext
from bot.flows.debrief.dialogue import offer_tomorrow
from bot.flows.experiments.answers import FARTHEST, after, asked_after, reminders
from bot.flows.messages.parts import label_of
from bot.flows.private_answer import line
from bot.flows.screens.questions import Questions, makes


def later(given: Given, about: PressContext, _press: Press) -> Decision:
    """Ask when the nudge shall come back."""
    return outdated(about) if about.nudge.answer is not None else Decision(opens=later_form(given, about))


def whatever_is_open(given: Given, about: PersonContext, command: Command) -> Decision:
    """`/coach later`: put the newest nudge off, or else the debrief, while it is open and the journey goes on."""
    run = about.course
    if run is None:
        return Decision(says=line(given.words, about.language(command), "not-in"))
    is_over = run.enrollment.state is EnrollmentState.COMPLETED
    newest = {row.kind: row for row in run.agenda if row.state is NudgeState.SENT and not is_over}
    nudge, looking_back = newest.get(Kind.NUDGE), newest.get(Kind.DEBRIEF)
    if nudge is not None and nudge.answer is None:
        return Decision(opens=later_form(given, run.at(nudge)))
    offer = offer_tomorrow(given, run, run.agenda, looking_back) if looking_back else None
    return Decision(says=offer or line(given.words, run.language, "later-nothing"))


@makes("later.set")
def later_questions(given: Given, about: PressContext, _subject: str) -> Questions:
    """Return the form anew."""
    return Questions(form=later_form(given, about), are_open=about.nudge.answer is None)


def later_form(given: Given, scene: NudgeContext) -> Form:
    """Return the form that asks when: tomorrow, next week, or a day."""
    words, language = given.words, scene.language
    options = tuple(Option(value, words.say(f"later-{value}", language)) for value in ("tomorrow", "next_week", "pick"))
    return Form(
        id="later.set",
        subject=scene.nudge.id,
        title=words.say("form-later-title", language),
        submit=words.say("form-later-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Heading(label_of(given, scene, scene.nudge)),
            RadioField(
                id="when",
                label=words.say("later-when", language),
                options=options,
                missing=words.say("later-when-missing", language),
            ),
            DateField(
                id="day",
                label=words.say("later-day", language),
                required=False,
                hint=words.say("later-day-hint", language),
            ),
        ),
    )


def later_set(given: Given, about: PressContext, form: Submitted) -> Decision:
    """Put the nudge off: it comes back as a new row."""
    row = about.nudge
    if row.answer is not None:
        return stays_open(given, about, "when")
    choice = _choice(str(form.values.get("when", "")), form.values.get("day"))
    if choice is None:
        return stays_open(given, about, "day", "later-day-missing")
    when = snoozed(choice, given.now, about.member.hours, about.zone, days_off(given, about), at=row.local_time)
    if when is None:
        return stays_open(given, about, "day", "day-past")
    if (when[0] - today(given, about)).days > FARTHEST:
        return stays_open(given, about, "day", "day-far")
    back = planned(
        given,
        about,
        kind=Kind.NUDGE,
        prompt=row.prompt,
        occurrence=f"{AFTER}{row.id}",
        item=row.item,
        week=row.week,
        day=when[0],
        hour=when[1],
    )
    back = replace(back, alternative=after(about, row))
    put_off = replace(row, answer=Answer.LATER, answered_at=given.now)
    along = (*reminders(given, about, row, Answer.LATER), *asked_after(given, about, when[0]))
    return Decision(records=[put_off, back, *along])


def _choice(when: str, day: str | tuple[str, ...] | None) -> Literal["tomorrow", "next_week"] | date | None:
    if when == "tomorrow":
        return "tomorrow"
    if when == "next_week":
        return "next_week"
    return date.fromisoformat(day) if isinstance(day, str) and day else None


COMMANDS = {Verb.LATER: by_command(whatever_is_open)}
PRESSES = {"nudge.later": by_press(later, Kind.NUDGE)}
FORMS = {"later.set": by_form(later_set, "when", Kind.NUDGE)}
