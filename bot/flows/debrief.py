"""The debrief: four questions, one at a time, each skippable, to be taken up another day."""

from dataclasses import replace
from datetime import timedelta

from bot.chat.port import (
    Body,
    Form,
    FormErrors,
    Message,
    Note,
    Option,
    Press,
    RadioField,
    Submitted,
    TextField,
)
from bot.coaching.calendar import next_workday
from bot.coaching.nudge import RESUME, Answer, Kind, Nudge, NudgeState
from bot.coaching.reply import Reply, ReplyKind, Scope
from bot.coaching.screen import Screen
from bot.flows.asking import Questions, makes
from bot.flows.compose.debrief import asks, root_of
from bot.flows.compose.experiment import item_of
from bot.flows.compose.parts import button
from bot.flows.given import Given
from bot.flows.plan import planned
from bot.flows.ports import Ports
from bot.flows.scene import Run, Scene, days_off, scene_of, today
from bot.flows.screens.new import receipt
from bot.flows.show import kept_open, pressed, refuse, sent_in
from bot.flows.tell import direct, line, open_form, tell

LONGEST = 3000  # characters of an answer given in a form


async def _asked(ports: Ports, press: Press) -> Scene | None:
    """Return the scene when the question that was pressed is still the open one."""
    scene = await pressed(ports, press, Kind.DEBRIEF)
    if scene is None:
        return None
    root, place = scene.nudge, press.value.partition(":")[2]
    if str(root.question) != place or not await asks(ports, scene, root):
        await refuse(ports, press)
        await ports.again(root.id)
        return None
    return scene


async def skip(ports: Ports, press: Press) -> None:
    """Skip this question, or go on where nothing is kept."""
    scene = await _asked(ports, press)
    if scene is None:
        return
    await ports.save(replace(scene.nudge, question=scene.nudge.question + 1))


async def stop(ports: Ports, press: Press) -> None:
    """Leave the rest of the debrief."""
    scene = await _asked(ports, press)
    if scene is None:
        return
    await ports.save(replace(scene.nudge, answer=Answer.SKIPPED, answered_at=ports.now))


async def tomorrow(ports: Ports, press: Press) -> None:
    """Take the debrief up again on the next working day."""
    scene = await _asked(ports, press)
    if scene is None:
        return
    root, hours = scene.nudge, scene.member.hours
    day = next_workday(today(ports, scene) + timedelta(days=1), hours.workdays, days_off(ports, scene))
    resumed = planned(
        ports,
        scene,
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
        replace(row, answer=Answer.LATER, answered_at=ports.now)
        for row in await ports.store.nudges_of(scene.enrollment.id)
        if row.state is NudgeState.SENT and root.id in (row.id, row.subject)
    ]
    await ports.save(*put_off, resumed)
    if press.ref is not None and press.ref.aside:  # offered in answer to a command
        await tell(ports, press, line(ports.words, scene.language, "debrief-later-said"), replaces=True)


async def offer_tomorrow(ports: Ports, row: Nudge) -> Message | None:
    """Return what offers to put a debrief off that somebody is in the midst of; None when no question is open."""
    scene, root = await scene_of(ports, row), await root_of(ports, row)
    if not await asks(ports, scene, root):
        return None
    press = button(ports, scene.language, "debrief.tomorrow", f"{root.id}:{root.question}")
    return line(ports.words, scene.language, "later-debrief", press)


async def write(ports: Ports, press: Press) -> None:
    """Answer in a form, where the words never stand in the chat."""
    scene = await _asked(ports, press)
    if scene is None:
        return
    await open_form(ports, press, _answer_form(ports, scene, scene.nudge.question))


@makes("debrief.answer")
async def answer_questions(ports: Ports, scene: Scene, subject: str) -> Questions | None:
    """Return the form of a question anew; None where no words are kept."""
    place = int(subject.partition(":")[2])
    if not scene.keeps_words or place >= len(item_of(scene).questions):
        return None
    is_open = scene.nudge.question == place and await asks(ports, scene, scene.nudge)
    return Questions(form=_answer_form(ports, scene, place), are_open=is_open)


def _answer_form(given: Given, scene: Scene, place: int) -> Form:
    words, language, root = given.words, scene.language, scene.nudge
    question = item_of(scene).questions[place]
    return Form(
        id="debrief.answer",
        subject=f"{root.id}:{place}",
        title=words.say("form-answer-title", language),
        submit=words.say("form-answer-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Body(words.body_of(question, language, week=root.week)),
            TextField(id="text", label=words.say("answer-label", language), multiline=True, longest=LONGEST),
            scope_field(given, scene, scene.enrollment.scope),
            Note(words.body("answer-note", language)),
        ),
    )


def scope_field(given: Given, scene_or_run: Scene, chosen: Scope) -> RadioField:
    """Return the field that asks who may read it."""
    words, language = given.words, scene_or_run.language
    options = tuple(Option(scope, words.say(f"scope-{scope}", language)) for scope in Scope)
    return RadioField(id="scope", label=words.say("scope-label", language), options=options, chosen=chosen)


async def answered(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep the answer and go on to the next question."""
    scene = await sent_in(ports, form, "text", Kind.DEBRIEF)
    if isinstance(scene, FormErrors):
        return scene
    root, text, reply_id = scene.nudge, str(form.values.get("text", "")), ports.new_id()
    if await was_kept(ports, reply_id):
        return None
    if str(root.question) != form.subject.partition(":")[2] or not scene.keeps_words:
        return await kept_open(ports, form, "text")
    if not text:
        return await kept_open(ports, form, "text", "words-missing")
    reply = Reply(
        id=reply_id,
        workspace=root.workspace,
        cohort=root.cohort,
        enrollment=scene.enrollment.id,
        member=scene.member.id,
        author=scene.member.id,
        nudge=root.id,
        item=root.item,
        week=root.week,
        kind=ReplyKind.DEBRIEF,
        question=root.question + 1,
        text=text,
        scope=Scope(str(form.values["scope"])),
        received_at=ports.now,
    )
    await ports.save(replace(root, question=root.question + 1), reply, *await confirmed(ports, scene, reply))
    return None


async def was_kept(ports: Ports, reply_id: str) -> bool:
    """Tell whether these words were stored before their handling was cut off."""
    return await ports.store.reply(reply_id) is not None


async def confirmed(ports: Ports, run: Run, reply: Reply) -> list[Screen]:
    """Return the confirmation of words given in a form, as typed ones have it; none when nobody can be reached."""
    conversation = await direct(ports, run.member)
    return [receipt(ports, reply, run.member, conversation)] if conversation else []


PRESSES = {
    "debrief.next": skip,
    "debrief.skip": skip,
    "debrief.stop": stop,
    "debrief.tomorrow": tomorrow,
    "debrief.write": write,
}
FORMS = {"debrief.answer": answered}
