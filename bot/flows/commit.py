"""Promises: the if-then plan, the question on its day, and the one change brought back to work."""

from dataclasses import replace
from datetime import date, timedelta

from bot.chat.port import (
    Body,
    DateField,
    Form,
    FormErrors,
    FormPart,
    Note,
    Press,
    Quote,
    Submitted,
    TextField,
)
from bot.coaching.agenda import check_moment, day_of_moment
from bot.coaching.calendar import next_workday
from bot.coaching.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.journey import Item
from bot.coaching.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.reply import Scope
from bot.flows.answer import FARTHEST, OPEN, debrief_after, finish, moved_to, reminded_of, reminders
from bot.flows.compose.experiment import item_of, outcome
from bot.flows.compose.parts import newest, note, promise_text, scope_line
from bot.flows.debrief import debrief_again
from bot.flows.plan import days_off, free_day, planned
from bot.flows.ports import Ports
from bot.flows.scene import Run, Scene, run_of, scene_of, today
from bot.flows.show import item_again, kept_open, pressed, refuse, sent_in, stale
from bot.flows.tell import open_form
from bot.store.port import Record

LONGEST = 500  # characters of one half of a plan


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
    root = await reminded_of(ports, scene)
    if scene.nudge.answer is not None or root.answer not in OPEN:
        await stale(ports, press, scene)
        return
    await _open_plan(ports, press, await scene_of(ports, root))


async def _open_plan(ports: Ports, press: Press, scene: Scene) -> None:
    plan = newest(tuple(await ports.store.commitments_for(scene.nudge.id)))
    await open_form(ports, press, _plan_form(ports, scene, plan))


def _plan_form(ports: Ports, scene: Scene, plan: Commitment | None) -> Form:
    words, language, item, week = ports.words, scene.language, item_of(scene), scene.nudge.week
    day = plan.due_on if plan and plan.due_on >= today(ports, scene) else _suggested(ports, scene)
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
    scope = scope_line(ports, language, scene.enrollment.scope)
    parts.append(Note(words.body("plan-scope" if item.keeps_words else "plan-forgets", language, scope=scope)))
    return Form(
        id="plan.make",
        subject=scene.nudge.id,
        title=words.say("form-plan-title", language),
        submit=words.say("form-plan-submit", language),
        close=words.say("form-cancel", language),
        parts=tuple(parts),
    )


def _suggested(ports: Ports, run: Run) -> date:
    """Return the day to offer: the next one on which this person works."""
    tomorrow = today(ports, run) + timedelta(days=1)
    return next_workday(tomorrow, run.member.hours.workdays, days_off(ports, run))


async def plan_made(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep the plan and put the question of its day on the agenda."""
    scene = await sent_in(ports, form, "day", Kind.NUDGE)
    if isinstance(scene, FormErrors):
        return scene
    row = scene.nudge
    if row.answer not in OPEN:
        return await kept_open(ports, form, "day")
    day = date.fromisoformat(str(form.values["day"]))
    if error := _day_error(ports, scene, day):
        return FormErrors({"day": error})
    first, second = _halves(form) if scene.keeps_words else ("", "")
    if scene.keeps_words and (missing := _missing(ports, scene, first, second)):
        return missing
    old = newest(tuple(await ports.store.commitments_for(row.id)))
    plan = _changed(ports, scene, old, first, second, day)
    if plan == old:
        return None
    asked = await reminders(ports, row, Answer.PLANNED)
    nudge = replace(row, answer=Answer.PLANNED, answered_at=ports.clock.now())
    along = (*asked, *await debrief_after(ports, scene, day))
    await ports.store.save(nudge, plan, *await _ask_on_the_day(ports, scene, plan), *along)
    await item_again(ports, scene)
    return None


def _halves(form: Submitted) -> tuple[str, str]:
    return str(form.values.get("first", "")), str(form.values.get("second", ""))


def _missing(ports: Ports, scene: Scene, first: str, second: str) -> FormErrors | None:
    """Return what to say of a half that holds nothing but spaces, which a platform lets through."""
    empty = [field for field, words in (("first", first), ("second", second)) if not words]
    return FormErrors(dict.fromkeys(empty, ports.words.say("words-missing", scene.language))) if empty else None


def _changed(ports: Ports, scene: Scene, old: Commitment | None, first: str, second: str, day: date) -> Commitment:
    if old is not None and old.is_open:
        return replace(old, first=first, second=second, due_on=day, scope=_scope(scene, first))
    return _promise(ports, scene, CommitmentKind.PLAN, first, second, day)


def _promise(ports: Ports, scene: Scene, kind: CommitmentKind, first: str, second: str, day: date) -> Commitment:
    return Commitment(
        id=ports.new_id(),
        workspace=scene.member.workspace,
        cohort=scene.cohort.id,
        enrollment=scene.enrollment.id,
        member=scene.member.id,
        nudge=scene.nudge.id,
        item=item_of(scene).slug,
        week=scene.nudge.week,
        kind=kind,
        first=first,
        second=second,
        due_on=day,
        scope=_scope(scene, first),
        made_at=ports.clock.now(),
    )


def _scope(scene: Scene, words: str) -> Scope:
    """Return who may read a promise; one without words, about home, is nobody else's business."""
    return scene.enrollment.scope if words else Scope.PRIVATE


def _day_error(ports: Ports, scene: Scene, day: date) -> str | None:
    now = today(ports, scene)
    if day < now:
        return ports.words.say("day-past", scene.language)
    if day > now + timedelta(days=FARTHEST):
        return ports.words.say("day-far", scene.language)
    return None


async def _ask_on_the_day(ports: Ports, scene: Scene, plan: Commitment) -> list[Record]:
    """Return the question of the day, in place of one that was planned for another day."""
    when = day_of_moment(plan.due_on, ports.clock.now(), scene.member.hours, scene.zone, days_off(ports, scene))
    records: list[Record] = []
    for row in await ports.store.nudges_of(scene.enrollment.id):
        if row.kind is Kind.DAY_OF and row.subject == plan.id and row.state is NudgeState.PLANNED:
            if row.local_date == when[0]:
                return []
            records.append(replace(row, state=NudgeState.CANCELLED, reason="another day was picked"))
    asked = planned(
        ports,
        scene,
        kind=Kind.DAY_OF,
        prompt=f"{plan.item}/day_of",
        occurrence=f"{plan.id}-{when[0]}-{ports.new_id()}",
        item=plan.item,
        week=scene.nudge.week,
        day=when[0],
        hour=when[1],
        subject=plan.id,
    )
    return [*records, asked]


async def plan_read(ports: Ports, press: Press) -> None:
    """Show a promise's words to the person who made it, and to nobody else."""
    commitment = await ports.store.commitment(press.value)
    member = await ports.store.member_of(press.workspace, press.person)
    if commitment is None or member is None or commitment.member != member.id:
        await refuse(ports, press)
        return
    enrollment = await ports.store.enrollment(commitment.enrollment)
    assert enrollment is not None, "foreign keys hold"
    run = await run_of(ports, enrollment)
    words, language = ports.words, run.language
    day = words.day(commitment.due_on, language)
    label = words.say(f"promise-{commitment.kind}-label", language, day=day)
    quote = Quote(promise_text(ports, language, commitment), label=label)
    form = Form(
        id="plan.show",
        title=words.say(f"form-{commitment.kind}-title", language),
        submit=None,
        close=words.say("form-close", language),
        parts=(quote if commitment.first else note(ports, language, "plan-day-only", day=day),),
    )
    await open_form(ports, press, form)


# --- the planned day --------------------------------------------------------------------------------------------


async def _of_the_day(ports: Ports, press: Press) -> tuple[Scene, Commitment] | None:
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


async def _shown_again(ports: Ports, scene: Scene, plan: Commitment) -> None:
    """Show every message that speaks of a promise as it is now."""
    await item_again(ports, scene)
    if plan.kind is CommitmentKind.TRANSFER:
        root = await ports.store.nudge(plan.nudge)
        assert root is not None, "foreign keys hold"
        await debrief_again(ports, root)


async def _close(ports: Ports, press: Press, answer: Answer, state: CommitmentState) -> None:
    found = await _of_the_day(ports, press)
    if found is None:
        return
    scene, plan = found
    now = ports.clock.now()
    records: list[Record] = [replace(scene.nudge, answer=answer, answered_at=now)]
    if plan.kind is CommitmentKind.TRANSFER:
        records.append(replace(plan, state=state, closed_at=now))
    else:
        root = await ports.store.nudge(plan.nudge)
        assert root is not None, "foreign keys hold"
        records += await finish(ports, root, answer)
    await ports.store.save(*records)
    await _shown_again(ports, scene, plan)


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
    scene, _ = found
    words, language = ports.words, scene.language
    form = Form(
        id="day.moved",
        subject=scene.nudge.id,
        title=words.say("form-move-title", language),
        submit=words.say("form-move-submit", language),
        close=words.say("form-cancel", language),
        parts=(DateField(id="day", label=words.say("plan-day-label", language), value=_suggested(ports, scene)),),
    )
    await open_form(ports, press, form)


async def day_moved(ports: Ports, form: Submitted) -> FormErrors | None:
    """Move the promise to the day that was picked."""
    scene = await sent_in(ports, form, "day", Kind.DAY_OF)
    if isinstance(scene, FormErrors):
        return scene
    plan = await _promised(ports, scene)
    if outcome(scene.nudge, plan) is not None:
        return await kept_open(ports, form, "day")
    day = date.fromisoformat(str(form.values["day"]))
    if error := _day_error(ports, scene, day):
        return FormErrors({"day": error})
    moved = replace(plan, due_on=day, state=CommitmentState.MOVED)
    answered = replace(scene.nudge, answer=Answer.LATER, answered_at=ports.clock.now())
    behind = debrief_after(ports, scene, day) if plan.kind is CommitmentKind.PLAN else _check_moved(ports, scene, moved)
    await ports.store.save(moved, answered, *await behind, *await _ask_on_the_day(ports, scene, moved))
    await _shown_again(ports, scene, moved)
    return None


async def _check_moved(ports: Ports, scene: Scene, moved: Commitment) -> list[Nudge]:
    """Return the four-week question of a change at its new moment."""
    day, hour = check_moment(moved.due_on, scene.member.hours, scene.zone, days_off(ports, scene))
    day = await free_day(ports, scene, day)
    return [
        moved_to(scene, row, day, hour)
        for row in await ports.store.nudges_of(scene.enrollment.id)
        if row.kind is Kind.CHECK and row.subject == moved.id and row.state is NudgeState.PLANNED
    ]


# --- the transfer -----------------------------------------------------------------------------------------------


async def transfer_open(ports: Ports, press: Press) -> None:
    """Ask for one change, one owner, one date."""
    scene = await pressed(ports, press, Kind.DEBRIEF)
    if scene is None:
        return
    if await _transferred(ports, scene.nudge):
        await stale(ports, press, scene)
        return
    await open_form(ports, press, _transfer_form(ports, scene, item_of(scene)))


async def _transferred(ports: Ports, root: Nudge) -> bool:
    return root.answer is Answer.SKIPPED or any(
        each.kind is CommitmentKind.TRANSFER for each in await ports.store.commitments_for(root.id)
    )


def _transfer_form(ports: Ports, scene: Scene, item: Item) -> Form:
    words, language, week = ports.words, scene.language, scene.nudge.week
    scope = scope_line(ports, language, scene.enrollment.scope)
    return Form(
        id="transfer.save",
        subject=scene.nudge.id,
        title=words.say("form-transfer-title", language),
        submit=words.say("form-transfer-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Body(words.body_of(item.transfer, language, week=week)),
            TextField(
                id="first",
                label=words.say("transfer-change-label", language),
                placeholder=words.body_of(item.transfer_change, language),
                longest=LONGEST,
            ),
            TextField(
                id="second",
                label=words.say("transfer-owner-label", language),
                placeholder=words.body_of(item.transfer_owner, language),
                longest=LONGEST,
            ),
            DateField(id="day", label=words.say("transfer-day-label", language)),
            Note(words.body("plan-scope", language, scope=scope)),
        ),
    )


async def transfer_saved(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep the transfer; ask on its day, and four weeks later whether a customer noticed."""
    scene = await sent_in(ports, form, "day", Kind.DEBRIEF)
    if isinstance(scene, FormErrors):
        return scene
    if await _transferred(ports, scene.nudge):
        return await kept_open(ports, form, "day")
    first, second = _halves(form)
    if missing := _missing(ports, scene, first, second):
        return missing
    day = date.fromisoformat(str(form.values["day"]))
    if error := _day_error(ports, scene, day):
        return FormErrors({"day": error})
    made = _promise(ports, scene, CommitmentKind.TRANSFER, first, second, day)
    when = check_moment(day, scene.member.hours, scene.zone, days_off(ports, scene))
    check = planned(
        ports,
        scene,
        kind=Kind.CHECK,
        prompt=f"{made.item}/check",
        occurrence=scene.nudge.id,  # one a debrief: a second submit of the same form finds it taken
        item=made.item,
        week=scene.nudge.week,
        day=await free_day(ports, scene, when[0]),
        hour=when[1],
        subject=made.id,
    )
    closed = replace(scene.nudge, answer=Answer.DONE, answered_at=ports.clock.now())
    await ports.store.save(made, check, closed, *await _ask_on_the_day(ports, scene, made))
    await debrief_again(ports, scene.nudge)
    return None


async def transfer_skip(ports: Ports, press: Press) -> None:
    """No change this time."""
    scene = await pressed(ports, press, Kind.DEBRIEF)
    if scene is None:
        return
    if await _transferred(ports, scene.nudge):
        await stale(ports, press, scene)
        return
    await ports.store.save(replace(scene.nudge, answer=Answer.SKIPPED, answered_at=ports.clock.now()))
    await debrief_again(ports, scene.nudge)


PRESSES = {
    "nudge.plan": plan_open,
    "nudge.plan_change": plan_open,
    "follow.plan": follow_plan,
    "plan.read": plan_read,
    "day.done": day_done,
    "day.drop": day_drop,
    "day.move": day_move,
    "transfer.make": transfer_open,
    "transfer.skip": transfer_skip,
}
FORMS = {"plan.make": plan_made, "day.moved": day_moved, "transfer.save": transfer_saved}
