"""The pulse: eight short questions, before and after, each of them optional."""

from dataclasses import replace

from bot.chat.port import Body, Form, FormErrors, FormPart, Heading, Option, Press, SelectField, Submitted
from bot.coaching.language import Language
from bot.coaching.nudge import Answer, Kind
from bot.coaching.pulse import QUESTIONS, PulseAnswer, Question, Wave
from bot.flows.asking import Questions, makes
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.flows.scene import Scene
from bot.flows.show import kept_open, pressed, sent_in, stale
from bot.flows.tell import open_form

TEN = 10  # the top of the one question that is asked on a longer scale


def wave_of(scene: Scene) -> Wave:
    """Return which wave a pulse message asks for: the one at joining is the first."""
    return Wave.BEFORE if scene.nudge.week == 0 else Wave.AFTER


async def opened(ports: Ports, press: Press) -> None:
    """Open the eight questions."""
    scene = await pressed(ports, press, Kind.PULSE)
    if scene is None:
        return
    if scene.nudge.answer is not None:
        await stale(ports, press, scene)
        return
    await open_form(ports, press, _form(ports, scene))


@makes("pulse.save")
async def pulse_questions(ports: Ports, scene: Scene, _subject: str) -> Questions:
    """Return the form anew."""
    return Questions(form=_form(ports, scene), are_open=scene.nudge.answer is None)


def _form(given: Given, scene: Scene) -> Form:
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


async def saved(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep the answers that were given."""
    first = QUESTIONS[0].slug
    scene = await sent_in(ports, form, first, Kind.PULSE)
    if isinstance(scene, FormErrors):
        return scene
    row = scene.nudge
    if row.answer is not None:
        return await kept_open(ports, form, first)
    given = [question for question in QUESTIONS if form.values.get(question.slug)]
    if not given:
        return await kept_open(ports, form, first, "pulse-empty")
    now = ports.now
    answers = [
        PulseAnswer(
            id=ports.new_id(),
            workspace=row.workspace,
            cohort=row.cohort,
            enrollment=scene.enrollment.id,
            member=scene.member.id,
            wave=wave_of(scene),
            question=question.slug,
            value=int(str(form.values[question.slug])),
            answered_at=now,
        )
        for question in given
    ]
    await ports.save(*answers, replace(row, answer=Answer.DONE, answered_at=now))
    return None


async def skip(ports: Ports, press: Press) -> None:
    """Rather not."""
    scene = await pressed(ports, press, Kind.PULSE)
    if scene is None:
        return
    if scene.nudge.answer is not None:
        await stale(ports, press, scene)
        return
    await ports.save(replace(scene.nudge, answer=Answer.SKIPPED, answered_at=ports.now))


PRESSES = {"pulse.open": opened, "pulse.skip": skip}
FORMS = {"pulse.save": saved}
