"""The planned day: done, another day, or dropped."""

from dataclasses import replace
from datetime import date

from bot.chat.port import (
    DateField,
    Form,
    FormErrors,
    Press,
    Submitted,
)
from bot.coaching.agenda import check_moment
from bot.coaching.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.nudge import Answer, Kind, Nudge, NudgeState
from bot.flows.answer import debrief_after, finish, moved_to
from bot.flows.asking import Questions, makes
from bot.flows.compose.experiment import outcome
from bot.flows.given import Given
from bot.flows.plan import free_day
from bot.flows.ports import Ports
from bot.flows.promise import ask_on_the_day, day_error, suggested
from bot.flows.scene import Scene, Situation, days_off
from bot.flows.show import kept_open, pressed, sent_in, stale
from bot.flows.tell import open_form
from bot.store.port import Record


async def _of_the_day(ports: Ports, press: Press) -> tuple[Situation, Commitment] | None:
    scene = await pressed(ports, press, Kind.DAY_OF)
    if scene is None:
        return None
    plan = await _promised(ports, scene)
    if outcome(scene.nudge, plan) is not None:
        await stale(ports, press, scene)
        return None
    return scene, plan


async def _promised(ports: Ports, scene: Scene) -> Commitment:
    promised = await ports.store.commitment(scene.nudge.subject or "")
    assert promised is not None, "the question of the day is written with what it asks about"
    return promised


async def _close(ports: Ports, press: Press, answer: Answer, state: CommitmentState) -> None:
    found = await _of_the_day(ports, press)
    if found is None:
        return
    scene, plan = found
    now = ports.now
    records: list[Record] = [replace(scene.nudge, answer=answer, answered_at=now)]
    if plan.kind is CommitmentKind.TRANSFER:
        records.append(replace(plan, state=state, closed_at=now))
    else:
        root = await ports.store.nudge(plan.nudge)
        assert root is not None, "foreign keys hold"
        records += finish(ports, scene, root, answer)
    await ports.save(*records)


async def day_done(ports: Ports, press: Press) -> None:
    """On the day: done."""
    await _close(ports, press, Answer.DONE, CommitmentState.DONE)


async def day_drop(ports: Ports, press: Press) -> None:
    """On the day: dropped, without blame."""
    await _close(ports, press, Answer.SKIPPED, CommitmentState.DROPPED)


async def day_move(ports: Ports, press: Press) -> None:
    """On the day: ask for another one."""
    found = await _of_the_day(ports, press)
    if found is None:
        return
    await open_form(ports, press, _move_form(ports, found[0]))


@makes("day.moved")
async def move_questions(ports: Ports, scene: Scene, _subject: str) -> Questions:
    """Return the form that asks for another day anew."""
    is_open = outcome(scene.nudge, await _promised(ports, scene)) is None
    return Questions(form=_move_form(ports, scene), are_open=is_open)


def _move_form(given: Given, scene: Scene) -> Form:
    words, language = given.words, scene.language
    return Form(
        id="day.moved",
        subject=scene.nudge.id,
        title=words.say("form-move-title", language),
        submit=words.say("form-move-submit", language),
        close=words.say("form-cancel", language),
        parts=(DateField(id="day", label=words.say("plan-day-label", language), value=suggested(given, scene)),),
    )


async def day_moved(ports: Ports, form: Submitted) -> FormErrors | None:
    """Move the promise to the day that was picked."""
    scene = await sent_in(ports, form, "day", Kind.DAY_OF)
    if isinstance(scene, FormErrors):
        return scene
    plan = await _promised(ports, scene)
    if outcome(scene.nudge, plan) is not None:
        return await kept_open(ports, form, "day")
    day = date.fromisoformat(str(form.values["day"]))
    if error := day_error(ports, scene, day):
        return FormErrors({"day": error})
    moved = replace(plan, due_on=day, state=CommitmentState.MOVED)
    answered = replace(scene.nudge, answer=Answer.LATER, answered_at=ports.now)
    behind = debrief_after(ports, scene, day) if plan.kind is CommitmentKind.PLAN else _check_moved(ports, scene, moved)
    await ports.save(moved, answered, *behind, *await ask_on_the_day(ports, scene, moved))
    return None


def _check_moved(given: Given, scene: Situation, moved: Commitment) -> list[Nudge]:
    """Return the four-week question of a change at its new moment."""
    day, hour = check_moment(moved.due_on, scene.member.hours, scene.zone, days_off(given, scene))
    day = free_day(given, scene, scene.agenda, day)
    return [
        moved_to(scene, row, day, hour)
        for row in scene.agenda
        if row.kind is Kind.CHECK and row.subject == moved.id and row.state is NudgeState.PLANNED
    ]


PRESSES = {"day.done": day_done, "day.drop": day_drop, "day.move": day_move}
FORMS = {"day.moved": day_moved}
