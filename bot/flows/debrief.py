"""The debrief: four questions, one at a time, each skippable, to be taken up another day."""

from dataclasses import replace
from datetime import timedelta

from bot.chat.port import (
    Body,
    Form,
    FormErrors,
    Message,
    MessageRef,
    Note,
    Option,
    Place,
    Press,
    RadioField,
    Sent,
    Submitted,
    TextField,
)
from bot.coaching.calendar import next_workday
from bot.coaching.nudge import RESUME, Answer, Kind, Nudge, NudgeState
from bot.coaching.reply import Reply, ReplyKind, Scope
from bot.flows.compose.card import card
from bot.flows.compose.debrief import asks, root_of
from bot.flows.compose.experiment import item_of
from bot.flows.compose.parts import button
from bot.flows.instead import instead
from bot.flows.plan import planned
from bot.flows.ports import Ports
from bot.flows.scene import Run, Scene, days_off, run_of, scene_of, today
from bot.flows.show import again, kept_open, pressed, refuse, sent_in
from bot.flows.tell import direct, line, open_form

LONGEST = 3000  # characters of an answer given in a form
LOOKED_BACK = 2  # confirmations that may still carry a question


async def debrief_again(ports: Ports, root: Nudge) -> None:
    """Show every message of a debrief as it is now: its own, its later ones, and the confirmations below them."""
    assert root.enrollment is not None, "a debrief has a person"
    for row in await ports.store.nudges_of(root.enrollment):
        if root.id in (row.id, row.subject) and row.kind is Kind.DEBRIEF and row.state is NudgeState.SENT:
            await again(ports, row.id)
    await _cards_again(ports, root)


async def _cards_again(ports: Ports, root: Nudge) -> None:
    """Show the latest confirmations as they are now: only the newest carries the question."""
    enrollment = await ports.store.enrollment(root.enrollment or "")
    assert enrollment is not None, "foreign keys hold"
    run = await run_of(ports, enrollment)
    confirmations = [(reply, reply.card) for reply in await ports.store.replies_to(root.id) if reply.card]
    for reply, shown in confirmations[-LOOKED_BACK:]:
        conversation, message = shown.split("/")
        ref = MessageRef(workspace=root.workspace, conversation=conversation, message=message)
        await ports.chat.update(ref, await card(ports, run, reply))


async def _asked(ports: Ports, press: Press) -> Scene | None:
    """Return the scene when the question that was pressed is still the open one."""
    scene = await pressed(ports, press, Kind.DEBRIEF)
    if scene is None:
        return None
    root, place = scene.nudge, press.value.partition(":")[2]
    if str(root.question) != place or not await asks(ports, scene, root):
        await refuse(ports, press)
        await debrief_again(ports, root)
        return None
    return scene


async def skip(ports: Ports, press: Press) -> None:
    """Skip this question, or go on where nothing is kept."""
    scene = await _asked(ports, press)
    if scene is None:
        return
    await ports.store.save(replace(scene.nudge, question=scene.nudge.question + 1))
    await debrief_again(ports, scene.nudge)


async def stop(ports: Ports, press: Press) -> None:
    """Leave the rest of the debrief."""
    scene = await _asked(ports, press)
    if scene is None:
        return
    await ports.store.save(replace(scene.nudge, answer=Answer.SKIPPED, answered_at=ports.clock.now()))
    await debrief_again(ports, scene.nudge)


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
        replace(row, answer=Answer.LATER, answered_at=ports.clock.now())
        for row in await ports.store.nudges_of(scene.enrollment.id)
        if row.state is NudgeState.SENT and root.id in (row.id, row.subject)
    ]
    await ports.store.save(*put_off, resumed)
    await debrief_again(ports, root)
    if press.ref is not None and press.ref.aside:  # offered in answer to a command
        await instead(ports, press, line(ports.words, scene.language, "debrief-later-said"))


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
    words, language, root = ports.words, scene.language, scene.nudge
    question = item_of(scene).questions[root.question]
    form = Form(
        id="debrief.answer",
        subject=press.value,
        title=words.say("form-answer-title", language),
        submit=words.say("form-answer-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Body(words.body_of(question, language, week=root.week)),
            TextField(id="text", label=words.say("answer-label", language), multiline=True, longest=LONGEST),
            scope_field(ports, scene, scene.enrollment.scope),
            Note(words.body("answer-note", language)),
        ),
    )
    await open_form(ports, press, form)


def scope_field(ports: Ports, scene_or_run: Scene, chosen: Scope) -> RadioField:
    """Return the field that asks who may read it."""
    words, language = ports.words, scene_or_run.language
    options = tuple(Option(scope, words.say(f"scope-{scope}", language)) for scope in Scope)
    return RadioField(id="scope", label=words.say("scope-label", language), options=options, chosen=chosen)


async def answered(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep the answer and go on to the next question."""
    scene = await sent_in(ports, form, "text", Kind.DEBRIEF)
    if isinstance(scene, FormErrors):
        return scene
    root, text, reply_id = scene.nudge, str(form.values.get("text", "")), ports.new_id()
    if await was_kept(ports, scene, reply_id):
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
        received_at=ports.clock.now(),
    )
    await ports.store.save(replace(root, question=root.question + 1), reply)
    await debrief_again(ports, root)
    await confirmed(ports, scene, reply)
    return None


async def was_kept(ports: Ports, run: Run, reply_id: str) -> bool:
    """Tell whether these words were stored before their handling was cut off; if so, confirm them now."""
    kept = await ports.store.reply(reply_id)
    if kept is not None and kept.card is None and kept.text is not None:
        await confirmed(ports, run, kept)
    return kept is not None


async def confirmed(ports: Ports, run: Run, reply: Reply) -> None:
    """Confirm words given in a form as typed ones are, without repeating them."""
    conversation = await direct(ports, run.member)
    if conversation is None:
        return
    place = Place(workspace=reply.workspace, conversation=conversation)
    outcome = await ports.chat.send(place, await card(ports, run, reply))
    kept = await ports.store.reply(reply.id)
    if isinstance(outcome, Sent) and kept is not None:
        await ports.store.save(replace(kept, card=f"{outcome.ref.conversation}/{outcome.ref.message}"))


PRESSES = {
    "debrief.next": skip,
    "debrief.skip": skip,
    "debrief.stop": stop,
    "debrief.tomorrow": tomorrow,
    "debrief.write": write,
}
FORMS = {"debrief.answer": answered}
