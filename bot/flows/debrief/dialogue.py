"""The debrief: four questions, one at a time, each skippable, to be taken up another day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.chat.port import (
    Body,
    Form,
    Message,
    Note,
    Press,
    Submitted,
    TextField,
)
from bot.coaching.calendar import next_workday
from bot.coaching.records.nudge import RESUME, Answer, Kind, Nudge, NudgeState
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.records.screen import Screen
from bot.flows.agenda.schedule import planned
from bot.flows.context.debrief import asks, root_of
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import NudgeContext, Participation, PressContext, days_off, today
from bot.flows.given import Given
from bot.flows.handling.nudge import OfPress, by_form, by_press, outdated, stays_open
from bot.flows.messages.experiment import item_of
from bot.flows.messages.parts import button
from bot.flows.messages.phrase import line
from bot.flows.messages.receipt import SHORT
from bot.flows.reading.one_text import is_outdated, lets_read, naming, scope_field, unnamed
from bot.flows.screens.new import LONG_ONES, receipt
from bot.flows.screens.questions import Questions, makes

LONGEST = 3000  # characters of an answer given in a form


def _asks(about: PressContext, place: str) -> bool:
    """Whether the question at that place is still the open one."""
    return str(about.nudge.question) == place and asks(item_of(about), about.agenda, about.nudge)


def _pressed(decide: OfPress) -> OfPress:
    """Return the decision of a button below a question: it counts as long as that very question is open."""

    def decided(given: Given, about: PressContext, press: Press) -> Decision:
        return decide(given, about, press) if _asks(about, press.value.partition(":")[2]) else outdated(about)

    return decided


@_pressed
def skip(_given: Given, about: PressContext, _press: Press) -> Decision:
    """Skip this question, or go on where nothing is kept."""
    return Decision(records=[replace(about.nudge, question=about.nudge.question + 1)])


@_pressed
def stop(given: Given, about: PressContext, _press: Press) -> Decision:
    """Leave the rest of the debrief."""
    return Decision(records=[replace(about.nudge, answer=Answer.SKIPPED, answered_at=given.now)])


@_pressed
def tomorrow(given: Given, about: PressContext, press: Press) -> Decision:
    """Take the debrief up again on the next working day."""
    root, hours = about.nudge, about.member.hours
    day = next_workday(today(given, about) + timedelta(days=1), hours.workdays, days_off(given, about))
    resumed = planned(
        given,
        about,
        kind=Kind.DEBRIEF,
        prompt=root.prompt,
        occurrence=f"{RESUME}{root.id}-{day}",
        item=root.item,
        week=root.week,
        day=day,
        hour=hours.first_time,
        subject=root.id,
    )
    put_off = [
        replace(row, answer=Answer.LATER, answered_at=given.now)
        for row in about.agenda
        if row.state is NudgeState.SENT and root.id in (row.id, row.subject)
    ]
    offered = press.ref is not None and press.ref.aside  # in answer to a command
    said = line(given.words, about.language, "debrief-later-said") if offered else None
    return Decision(records=[*put_off, resumed], says=said, replaces=True)


def offer_tomorrow(given: Given, run: Participation, agenda: Sequence[Nudge], row: Nudge) -> Message | None:
    """Return what offers to put a debrief off that somebody is in the midst of; None when no question is open."""
    root = root_of(agenda, row)
    if not asks(item_of(run.at(root)), agenda, root):
        return None
    press = button(given, run.language, "debrief.tomorrow", f"{root.id}:{root.question}")
    return line(given.words, run.language, "later-debrief", press)


@_pressed
def write(given: Given, about: PressContext, _press: Press) -> Decision:
    """Answer in a form, where the words never stand in the chat."""
    return Decision(opens=_answer_form(given, about, about.nudge.question))


@makes("debrief.answer")
def answer_questions(given: Given, about: PressContext, subject: str) -> Questions | None:
    """Return the form of a question anew; None where no words are kept."""
    place = unnamed(subject).partition(":")[2]
    if not about.keeps_words or int(place) >= len(item_of(about).questions):
        return None
    return Questions(form=_answer_form(given, about, int(place)), are_open=_asks(about, place))


def _answer_form(given: Given, scene: NudgeContext, place: int) -> Form:
    words, language, root = given.words, scene.language, scene.nudge
    question = item_of(scene).questions[place]
    return Form(
        id="debrief.answer",
        subject=naming(scene, f"{root.id}:{place}"),
        title=words.say("form-answer-title", language),
        submit=words.say("form-answer-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Body(words.body_of(question, language, week=root.week)),
            TextField(
                id="text",
                label=words.say("answer-label", language),
                multiline=True,
                longest=LONGEST,
                missing=words.say("words-missing", language),
            ),
            scope_field(given, scene, scene.enrollment.scope),
            Note(words.body("answer-note", language)),
        ),
    )


def answered(given: Given, about: PressContext, form: Submitted) -> Decision:
    """Keep the answer and go on to the next question."""
    root, text, reply_id = about.nudge, str(form.values.get("text", "")), given.new_id()
    if any(reply.id == reply_id for reply in about.answers):  # kept, and cut off before it was shown
        return Decision()
    asked = unnamed(form.subject).partition(":")[2]
    if str(root.question) != asked or not about.keeps_words:
        is_answered = any(reply.question and str(reply.question - 1) == asked for reply in about.answers)
        return stays_open(given, about, "text", "form-sent" if is_answered else "form-stale")
    if not text:
        return stays_open(given, about, "text", "words-missing")
    if is_outdated(about, form):
        return stays_open(given, about, "scope", "scope-readers-changed")
    reply = Reply(
        id=reply_id,
        workspace=root.workspace,
        cohort=root.cohort,
        enrollment=about.enrollment.id,
        member=about.member.id,
        author=about.member.id,
        nudge=root.id,
        item=root.item,
        week=root.week,
        kind=ReplyKind.DEBRIEF,
        question=root.question + 1,
        text=text,
        scope=Scope(str(form.values["scope"])),
        received_at=given.now,
    )
    detail = SHORT if len(about.answers) >= LONG_ONES else ""
    confirmation = confirmed(given, about, reply, detail=detail)
    lets = lets_read(given, about, form, reply)
    return Decision(records=[replace(root, question=root.question + 1), reply, *lets, confirmation])


def confirmed(given: Given, run: Participation, reply: Reply, *, detail: str = "") -> Screen:
    """Return the confirmation of words given in a form, in the person's conversation, as typed ones have it."""
    return receipt(given, reply, run.member, run.member.direct or "", detail=detail)


PRESSES = {
    "debrief.next": by_press(skip, Kind.DEBRIEF),
    "debrief.skip": by_press(skip, Kind.DEBRIEF),
    "debrief.stop": by_press(stop, Kind.DEBRIEF),
    "debrief.tomorrow": by_press(tomorrow, Kind.DEBRIEF),
    "debrief.write": by_press(write, Kind.DEBRIEF),
}
FORMS = {"debrief.answer": by_form(answered, "text", Kind.DEBRIEF)}
