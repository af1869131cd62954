"""The pulse: eight short questions, before and after, each of them optional."""

from dataclasses import replace

from bot.chat.port import Body, Form, FormPart, Heading, Option, Press, SelectField, Submitted
from bot.coaching.language import Language
from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.records.pulse import QUESTIONS, PulseAnswer, Question, Wave
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import NudgeContext, PressContext
from bot.flows.experiments.answers import answer_once
from bot.flows.given import Given
from bot.flows.handling.nudge import by_form, by_press, outdated, stays_open
from bot.flows.screens.questions import Questions, makes

FIRST = QUESTIONS[0].slug  # where what is wrong with the answers as a whole is said
TEN = 10  # the top of the one question that is asked on a longer scale


def wave_of(scene: NudgeContext) -> Wave:
    """Return which wave a pulse message asks for: the one at joining is the first."""
    return Wave.BEFORE if scene.nudge.week == 0 else Wave.AFTER


def opened(given: Given, about: PressContext, _press: Press) -> Decision:
    """Open the eight questions."""
    return outdated(about) if about.nudge.answer is not None else Decision(opens=_form(given, about))


@makes("pulse.save")
def pulse_questions(given: Given, about: PressContext, _subject: str) -> Questions:
    """Return the form anew."""
    return Questions(form=_form(given, about), are_open=about.nudge.answer is None)


def _form(given: Given, scene: NudgeContext) -> Form:
    words, language = given.words, scene.language
    parts: list[FormPart] = [Body(words.body("pulse-form-intro", language))]
    about = ""
    for question in QUESTIONS:
        if question.about != about:
            about = question.about
            parts.append(Heading(words.say(f"pulse-about-{about}", language)))
        parts.append(_field(given, language, question))
    return Form(
        id="pulse.save",
        subject=scene.nudge.id,
        title=words.say("form-pulse-title", language),
        submit=words.say("form-pulse-submit", language),
        close=words.say("form-cancel", language),
        parts=tuple(parts),
    )


def _field(given: Given, language: Language, question: Question) -> SelectField:
    words = given.words
    ten = question.highest == TEN
    options = tuple(
        Option(str(value), str(value) if ten else words.say(f"pulse-scale-{value}", language))
        for value in range(question.lowest, question.highest + 1)
    )
    return SelectField(
        id=question.slug,
        label=words.say(f"pulse-question-{question.slug}", language),
        options=options,
        required=False,
        hint=words.say("pulse-scale-hint-0-10", language) if ten else "",
    )


def saved(given: Given, about: PressContext, form: Submitted) -> Decision:
    """Keep the answers that were given."""
    row = about.nudge
    if row.answer is not None:
        return stays_open(given, about, FIRST)
    chosen = [question for question in QUESTIONS if form.values.get(question.slug)]
    if not chosen:
        return stays_open(given, about, FIRST, "pulse-empty")
    answers = [
        PulseAnswer(
            id=given.new_id(),
            workspace=row.workspace,
            cohort=row.cohort,
            enrollment=about.enrollment.id,
            member=about.member.id,
            wave=wave_of(about),
            question=question.slug,
            value=int(str(form.values[question.slug])),
        )
        for question in chosen
    ]
    # That they answered is kept, and not when: in a small group the moment would tell whose numbers these are.
    return Decision(records=[*answers, replace(row, answer=Answer.DONE, answered_at=row.sent_at or row.due_at)])


PRESSES = {
    "pulse.open": by_press(opened, Kind.PULSE),
    "pulse.skip": by_press(answer_once(Answer.SKIPPED), Kind.PULSE),
}
FORMS = {"pulse.save": by_form(saved, FIRST, Kind.PULSE)}
