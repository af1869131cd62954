"""The debrief: four questions, one at a time, each skippable, to be taken up another day."""

from dataclasses import replace
from datetime import timedelta

from bot.chat.port import (
    Body,
    Form,
    FormErrors,
    MessageRef,
    Note,
    Option,
    Press,
    RadioField,
    Submitted,
    TextField,
)
from bot.coaching.calendar import next_workday
from bot.coaching.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.reply import Reply, ReplyKind, Scope
from bot.flows.compose.card import card
from bot.flows.compose.experiment import item_of
from bot.flows.plan import days_off, planned
from bot.flows.ports import Ports
from bot.flows.scene import Scene, run_of, scene_of, today
from bot.flows.show import again, pressed, stale
from bot.store.port import Record

LONGEST = 3000  # characters of an answer given in a form


async def debrief_again(ports: Ports, root: Nudge, ref: MessageRef | None = None) -> None:
    """Show every message of a debrief as it is now: its own, later ones, and the card that was pressed."""
    assert root.enrollment is not None, "a debrief has a person"
    for row in await ports.store.nudges_of(root.enrollment):
        own = row.id == root.id or (row.kind is Kind.DEBRIEF and row.subject == root.id)
        if own and row.state is NudgeState.SENT:
            await again(ports, row.id)
    await _cards_again(ports, root, ref)


async def _cards_again(ports: Ports, root: Nudge, ref: MessageRef | None) -> None:
    """Show the confirmations of a debrief's answers as they are now: only the latest carries the question."""
    assert root.enrollment is not None, "a debrief has a person"
    enrollment = await ports.store.enrollment(root.enrollment)
    assert enrollment is not None, "foreign keys hold"
    run = await run_of(ports, enrollment)
    pressed_card = f"{ref.conversation}/{ref.message}" if ref else None
    answers = [each for each in await ports.store.replies_to(root.id) if each.card]
    for reply in answers[-2:]:
        if reply.card and (reply.card == pressed_card or reply is not answers[-1] or ref is not None):
            conversation, message = reply.card.split("/")
            place = MessageRef(workspace=root.workspace, conversation=conversation, message=message)
            await ports.chat.update(place, await card(ports, run, reply))


async def _asked(ports: Ports, press: Press) -> Scene | None:
    """Return the scene when the question that was pressed is still the open one."""
    scene = await pressed(ports, press, Kind.DEBRIEF)
    if scene is None:
        return None
    root, place = scene.nudge, press.value.partition(":")[2]
    if str(root.question) != place or root.answer in (Answer.SKIPPED, Answer.DONE):
        await stale(ports, press, scene)
        return None
    return scene


async def skip(ports: Ports, press: Press) -> None:
    """Skip this question, or go on where nothing is kept."""
    scene = await _asked(ports, press)
    if scene is None:
        return
    await ports.store.save(replace(scene.nudge, question=scene.nudge.question + 1))
    root = await ports.store.nudge(scene.nudge.id)
    assert root is not None, "it was just saved"
    await debrief_again(ports, root, press.ref)


async def stop(ports: Ports, press: Press) -> None:
    """Leave the rest of the debrief."""
    scene = await _asked(ports, press)
    if scene is None:
        return
    closed = replace(scene.nudge, answer=Answer.SKIPPED, answered_at=ports.clock.now())
    await ports.store.save(closed)
    await debrief_again(ports, closed, press.ref)


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
        occurrence=f"resume-{root.id}-{day}",
        item=root.item,
        week=root.week,
        day=day,
        hour=hours.first_time,
        subject=root.id,
    )
    put_off: list[Record] = [replace(root, answer=Answer.LATER, answered_at=ports.clock.now())]
    if press.ref is not None:
        shown = await ports.store.nudge_at(press.workspace, press.ref.conversation, press.ref.message)
        if shown is not None and shown.id != root.id:
            put_off.append(replace(shown, answer=Answer.LATER))
    await ports.store.save(*put_off, resumed)
    await debrief_again(ports, root, press.ref)


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
    await ports.chat.open_form(press.workspace, press.trigger, form)


def scope_field(ports: Ports, scene_or_run: Scene, chosen: Scope) -> RadioField:
    """Return the field that asks who may read it."""
    words, language = ports.words, scene_or_run.language
    options = tuple(Option(scope, words.say(f"scope-{scope}", language)) for scope in Scope)
    return RadioField(id="scope", label=words.say("scope-label", language), options=options, chosen=chosen)


async def answered(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep the answer and go on to the next question."""
    root_id, _, place = form.subject.partition(":")
    root = await ports.store.nudge(root_id)
    if root is None or root.kind is not Kind.DEBRIEF or str(root.question) != place:
        return None
    scene = await scene_of(ports, root)
    if scene.member.external_id != form.person or not scene.keeps_words or not scene.going:
        return None
    reply = Reply(
        id=ports.new_id(),
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
        text=str(form.values["text"]),
        scope=Scope(str(form.values["scope"])),
        received_at=ports.clock.now(),
    )
    await ports.store.save(replace(root, question=root.question + 1), reply)
    fresh = await ports.store.nudge(root.id)
    assert fresh is not None, "it was just saved"
    await debrief_again(ports, fresh)
    return None


PRESSES = {
    "debrief.next": skip,
    "debrief.skip": skip,
    "debrief.stop": stop,
    "debrief.tomorrow": tomorrow,
    "debrief.write": write,
}
FORMS = {"debrief.answer": answered}
