"""The if-then plan: made, changed, kept."""

from dataclasses import replace
from datetime import date

from bot.chat.port import (
    Body,
    DateField,
    Form,
    FormErrors,
    FormPart,
    Note,
    Press,
    Submitted,
    TextField,
)
from bot.coaching.commitment import Commitment, CommitmentKind
from bot.coaching.nudge import Answer, Kind, Nudge
from bot.coaching.reply import Scope
from bot.coaching.words import withdrawn
from bot.flows.answer import OPEN, debrief_after, reminded_of, reminders
from bot.flows.asking import Questions, makes
from bot.flows.compose.experiment import item_of
from bot.flows.compose.parts import newest, scope_line
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.flows.promise import LONGEST, ask_on_the_day, day_error, halves, missing, promise, suggested
from bot.flows.scene import Scene, Situation, scene_of, today
from bot.flows.show import kept_open, pressed, sent_in, stale
from bot.flows.tell import open_form


async def plan_open(ports: Ports, press: Press) -> None:
    """I'll do it: ask for the if-then plan with its date; also changes one that exists."""
    scene = await pressed(ports, press, Kind.NUDGE)
    if scene is None:
        return
    if scene.nudge.answer not in OPEN:
        await stale(ports, press, scene)
        return
    await _open_plan(ports, press, scene)


async def follow_plan(ports: Ports, press: Press) -> None:
    """The reminder: pick a day after all."""
    scene = await pressed(ports, press, Kind.FOLLOW_UP)
    if scene is None:
        return
    root = reminded_of(scene)
    if scene.nudge.answer is not None or root.answer not in OPEN:
        await stale(ports, press, scene)
        return
    await _open_plan(ports, press, await scene_of(ports, root))


async def _open_plan(ports: Ports, press: Press, scene: Scene) -> None:
    plan = newest(tuple(await ports.store.commitments_for(scene.nudge.id)))
    await open_form(ports, press, _plan_form(ports, scene, plan))


@makes("plan.make")
async def plan_questions(ports: Ports, scene: Scene, _subject: str) -> Questions | None:
    """Return the plan's form anew; none that shows private words."""
    plan = newest(tuple(await ports.store.commitments_for(scene.nudge.id)))
    if plan is not None and plan.first and plan.scope is Scope.PRIVATE:
        return None
    return Questions(form=_plan_form(ports, scene, plan), are_open=scene.nudge.answer in OPEN)


def _plan_form(given: Given, scene: Scene, plan: Commitment | None) -> Form:
    words, language, item, week = given.words, scene.language, item_of(scene), scene.nudge.week
    day = plan.due_on if plan and plan.due_on >= today(given, scene) else suggested(given, scene)
    parts: list[FormPart] = [Body(words.body_of(item.plan, language, week=week))]
    if item.keeps_words:
        parts += [
            TextField(
                id="first",
                label=words.say("plan-if-label", language),
                placeholder=words.body_of(item.plan_if, language),
                value=plan.first if plan else "",
                longest=LONGEST,
            ),
            TextField(
                id="second",
                label=words.say("plan-then-label", language),
                placeholder=words.body_of(item.plan_then, language),
                value=plan.second if plan else "",
                longest=LONGEST,
            ),
        ]
    parts.append(DateField(id="day", label=words.say("plan-day-label", language), value=day))
    scope = scope_line(given, language, plan.scope if plan and plan.first else scene.enrollment.scope)
    parts.append(Note(words.body("plan-scope" if item.keeps_words else "plan-forgets", language, scope=scope)))
    return Form(
        id="plan.make",
        subject=f"{scene.nudge.id}:{plan.edition}" if plan else scene.nudge.id,
        title=words.say("form-plan-title", language),
        submit=words.say("form-plan-submit", language),
        close=words.say("form-cancel", language),
        parts=tuple(parts),
        shows=(plan.id,) if plan and plan.first and item.keeps_words else (),
    )


async def plan_made(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep the plan and put the question of its day on the agenda."""
    scene = await sent_in(ports, form, "day", Kind.NUDGE)
    if isinstance(scene, FormErrors):
        return scene
    row, old = scene.nudge, newest(tuple(await ports.store.commitments_for(scene.nudge.id)))
    if key := _why_not(form, row, old):
        return await kept_open(ports, form, "day", key)
    day, (first, second) = date.fromisoformat(str(form.values["day"])), halves(form)
    if error := day_error(ports, scene, day):
        return FormErrors({"day": error})
    if not scene.keeps_words:
        first, second = "", ""
    elif incomplete := missing(ports, scene, first, second):
        return incomplete
    plan = _changed(ports, scene, old, first, second, day)
    if plan != old:
        await _keep(ports, scene, old, plan)
    return None


def _why_not(form: Submitted, row: Nudge, old: Commitment | None) -> str | None:
    """Return the key of why no plan is made, or changed from this form; None when it is."""
    if row.answer not in OPEN:
        return "press-stale"
    edition = form.subject.partition(":")[2]
    if old is None or edition in ("", str(old.edition)):
        return None
    is_stored = form.attempt > 1 and halves(form) == (old.first, old.second)  # and was cut off before it was shown
    return None if is_stored else "form-changed"


async def _keep(ports: Ports, scene: Situation, old: Commitment | None, plan: Commitment) -> None:
    row = scene.nudge
    records = (
        replace(row, answer=Answer.PLANNED, answered_at=ports.now),
        *reminders(ports, scene, row, Answer.PLANNED),
        *await ask_on_the_day(ports, scene, plan),
        *debrief_after(ports, scene, plan.due_on),
    )
    if old is not None and old.id == plan.id:
        await ports.save(plan, *records, withdraws=plan.edition != old.edition, pages=True)
        return
    await ports.save(plan, *records)


def _changed(given: Given, scene: Scene, old: Commitment | None, first: str, second: str, day: date) -> Commitment:
    if old is not None and old.is_open:
        moved = replace(old, due_on=day)
        if (first, second) == (old.first, old.second):
            return moved
        return replace(withdrawn(moved, given.now), first=first, second=second, edition=old.edition + 1)
    return promise(given, scene, CommitmentKind.PLAN, first, second, day)


PRESSES = {"nudge.plan": plan_open, "nudge.plan_change": plan_open, "follow.plan": follow_plan}
FORMS = {"plan.make": plan_made}
