"""Putting a nudge off to another day; in the midst of a debrief, going on with that tomorrow."""

from dataclasses import replace
from datetime import date
from typing import Literal

from bot.chat.port import Body, Command, DateField, Form, Heading, Option, Press, RadioField, Submitted
from bot.coaching.days.iso import iso_day
from bot.coaching.days.typed import read_day
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import AFTER, Answer, Kind, NudgeState
from bot.coaching.rules.agenda import When, snoozed
from bot.coaching.verbs import Verb, read
from bot.flows.agenda.schedule import planned
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import NudgeContext, PressContext, days_off, today
from bot.flows.context.person import PersonContext
from bot.flows.debrief.dialogue import offer_tomorrow
from bot.flows.experiments.answers import FARTHEST, after, asked_after, reminders
from bot.flows.given import Given
from bot.flows.handling.nudge import by_form, by_press, outdated, stays_open
from bot.flows.handling.person import by_command
from bot.flows.messages.experiment import item_of, put_off_before
from bot.flows.messages.parts import button, label_of, labelled
from bot.flows.messages.phrase import line
from bot.flows.screens.questions import Questions, makes

Choice = Literal["tomorrow", "next_week"] | date


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
        return _until_typed(given, run.at(nudge), read(command.text).rest)
    offer = offer_tomorrow(given, run, run.agenda, looking_back) if looking_back else None
    return Decision(says=offer or line(given.words, run.language, "later-nothing"))


def _until_typed(given: Given, scene: NudgeContext, typed: str) -> Decision:
    """Ask whether it is to come back on the typed day, or which was meant; by the form where that is unsure."""
    words, language = given.words, scene.language
    meant = read_day(typed, language, today=today(given, scene))
    fitting = [day for day in meant.days_on() if _wrong_moment(given, scene, day) is None] if meant else []
    if meant is None or not fitting:
        return Decision(opens=later_form(given, scene, is_unread=bool(typed)))
    another = labelled(given, language, button(given, language, "nudge.later", scene.nudge.id), "day-another")
    presses = [button(given, language, "later.until", f"{scene.nudge.id}:{day}") for day in fitting]
    if len(fitting) == 1:
        day = words.day(fitting[0], language)
        return Decision(says=line(words, language, "later-asked", *presses, another, day=day))
    named = [replace(press, label=words.day(day, language)) for press, day in zip(presses, fitting, strict=True)]
    return Decision(says=line(words, language, "later-which-day", *named, another))


def later_until(given: Given, about: PressContext, press: Press) -> Decision:
    """Yes: put the nudge off until the day that was said back."""
    day = iso_day(press.value.partition(":")[2])
    if about.nudge.answer is not None or day is None:
        return outdated(about)
    if wrong := _wrong_moment(given, about, day):
        again = button(given, about.language, "nudge.later", about.nudge.id)
        return Decision(says=line(given.words, about.language, wrong, again), replaces=True)
    told = line(given.words, about.language, "nudge-later-said", day=given.words.day(day, about.language))
    return replace(_put_off(given, about, day), says=told, replaces=True)


@makes("later.set")
def later_questions(given: Given, about: PressContext, _subject: str) -> Questions:
    """Return the form anew."""
    return Questions(form=later_form(given, about), are_open=about.nudge.answer is None)


def later_form(given: Given, scene: NudgeContext, *, is_unread: bool = False) -> Form:
    """Return the form that asks when: tomorrow, next week, or a day; it says so when a typed day is unsure."""
    words, language = given.words, scene.language
    unread = (Body(words.body("day-unsure", language)),) if is_unread else ()
    options = tuple(Option(value, words.say(f"later-{value}", language)) for value in ("tomorrow", "next_week", "pick"))
    return Form(
        id="later.set",
        subject=scene.nudge.id,
        title=words.say("form-later-title", language),
        submit=words.say("form-later-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            *unread,
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
        return stays_open(given, about, "day", "day-unread" if form.values.get("day") else "later-day-missing")
    if wrong := _wrong_moment(given, about, choice):
        return stays_open(given, about, "day", wrong)
    return _put_off(given, about, choice)


def _moment(given: Given, scene: NudgeContext, choice: Choice) -> When | None:
    hours, at = scene.member.hours, scene.nudge.local_time
    return snoozed(choice, given.now, hours, scene.zone, days_off(given, scene), at=at)


def _wrong_moment(given: Given, scene: NudgeContext, choice: Choice) -> str | None:
    """Return the key of what is wrong with a day to come back on; None when it will do."""
    when = _moment(given, scene, choice)
    if when is None:
        return "day-past"
    return "day-far" if (when[0] - today(given, scene)).days > FARTHEST else None


def _put_off(given: Given, about: PressContext, choice: Choice) -> Decision:
    row, when = about.nudge, _moment(given, about, choice)
    assert when is not None, "looked at before"
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
    is_said_anew = row.alternative is None and put_off_before(about) < len(item_of(about).nudge.again)
    back = replace(back, alternative=None if is_said_anew else after(about, row))
    put_off = replace(row, answer=Answer.LATER, answered_at=given.now)
    along = (*reminders(given, about, row, Answer.LATER), *asked_after(given, about, when[0]))
    return Decision(records=[put_off, back, *along])


def _choice(when: str, day: str | tuple[str, ...] | None) -> Choice | None:
    if when == "tomorrow":
        return "tomorrow"
    if when == "next_week":
        return "next_week"
    return iso_day(day)


COMMANDS = {Verb.LATER: by_command(whatever_is_open)}
PRESSES = {"nudge.later": by_press(later, Kind.NUDGE), "later.until": by_press(later_until, Kind.NUDGE)}
FORMS = {"later.set": by_form(later_set, "when", Kind.NUDGE)}
