"""The experiment itself: the nudge, the Thursday question, the planned day."""

from dataclasses import replace

from bot.chat.port import Body, Button, Buttons, Heading, Message, Note, Part, Style
from bot.coaching.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.journey import Item
from bot.coaching.nudge import Answer
from bot.coaching.reply import Scope
from bot.flows.compose.parts import button, footer, message, newest, note, promise
from bot.flows.ports import Ports
from bot.flows.scene import Scene, root_of

COMES_BACK = "after-{}"  # occurrence of the row that takes up a snoozed one


async def nudge(ports: Ports, scene: Scene) -> Message:
    """Return the experiment in the state its answer left it in."""
    item, row, language = item_of(scene), scene.nudge, scene.language
    text = item.nudge if row.alternative is None else item.alternatives[row.alternative].text
    shown = message(ports, text, language, row.week, *await _below(ports, scene, item))
    if row.answer is not Answer.NOT_FOR_ME:
        return shown
    warm = Note(ports.words.body_of(item.not_for_me, language, week=row.week))
    return Message(fallback=shown.fallback, parts=(warm, *shown.parts))


async def _below(ports: Ports, scene: Scene, item: Item) -> list[Part]:
    """Return what stands under the text: buttons while it is open, a line once it is answered."""
    row, language = scene.nudge, scene.language
    if row.answer is None:
        return [Buttons(_choices(ports, scene, item)), footer(ports, scene)]
    if row.answer is Answer.NOT_FOR_ME:
        return [Buttons(_alternatives(ports, scene, item)), footer(ports, scene)]
    if row.answer is Answer.PLANNED:
        plan = newest(tuple(await ports.store.commitments_for(row.id)))
        return _planned(ports, scene, plan) if plan else []
    if row.answer is Answer.LATER:
        return [await _later(ports, scene)]
    if row.answer is Answer.DONE:
        return [note(ports, language, "nudge-done-said" if item.keeps_words else "nudge-done-forgets")]
    return [note(ports, language, "nudge-left")]


def _choices(ports: Ports, scene: Scene, item: Item) -> tuple[Button, ...]:
    language, value = scene.language, scene.nudge.id
    plan = button(ports, language, "nudge.plan", value, style=Style.PRIMARY)
    rest = [button(ports, language, name, value) for name in ("nudge.done", "nudge.later", "nudge.no")]
    return (plan, *rest, *kit(ports, scene))


def kit(ports: Ports, scene: Scene) -> list[Button]:
    """Return the button to the item's kit page, where there is one."""
    has_one = scene.item is not None and scene.item.kit is not None
    return [button(ports, scene.language, "nudge.kit", scene.nudge.id)] if has_one else []


def _alternatives(ports: Ports, scene: Scene, item: Item) -> tuple[Button, ...]:
    language, row = scene.language, scene.nudge
    place = row.alternative or 0
    further = (
        [button(ports, language, "nudge.another", f"{row.id}:{place}")] if place + 1 < len(item.alternatives) else []
    )
    return (
        button(ports, language, "nudge.plan", row.id, style=Style.PRIMARY),
        button(ports, language, "nudge.done", row.id),
        *further,
        button(ports, language, "nudge.skip", row.id),
    )


def _planned(ports: Ports, scene: Scene, plan: Commitment) -> list[Part]:
    language = scene.language
    if plan.state is CommitmentState.DONE:
        return [note(ports, language, "nudge-done-said" if scene.keeps_words else "nudge-done-forgets")]
    names = [*_reading(plan), "nudge.plan_change", "nudge.done", "nudge.no"]
    buttons = tuple(button(ports, language, name, _value(name, scene, plan)) for name in names)
    return [*_shown(ports, scene, plan), Buttons((*buttons, *kit(ports, scene)))]


def _value(name: str, scene: Scene, plan: Commitment) -> str:
    return plan.id if name == "plan.read" else scene.nudge.id


def _reading(plan: Commitment) -> list[str]:
    """Private words open in a form; there is nothing to open where no words were kept."""
    return ["plan.read"] if plan.scope is Scope.PRIVATE and plan.first else []


def _shown(ports: Ports, scene: Scene, plan: Commitment) -> list[Part]:
    if plan.first:
        return promise(ports, scene, plan)
    day = ports.words.day(plan.due_on, scene.language)
    return [note(ports, scene.language, "plan-day-only", day=day)]


async def _later(ports: Ports, scene: Scene) -> Note:
    words, language = ports.words, scene.language
    occurrence = COMES_BACK.format(scene.nudge.id)
    for row in await ports.store.nudges_of(scene.enrollment.id):
        if row.occurrence == occurrence:
            return note(ports, language, "nudge-later-said", day=words.day(row.local_date, language))
    return note(ports, language, "nudge-left")


async def follow_up(ports: Ports, scene: Scene) -> Message:
    """Return the one reminder: done, another day, or not for me. It answers for the nudge it is about."""
    item, row, language = item_of(scene), scene.nudge, scene.language
    if row.answer is not None:
        root = await root_of(ports, scene)
        return (
            await nudge(ports, replace(scene, nudge=root))
            if root
            else message(ports, item.follow_up, language, row.week)
        )
    names = ("follow.done", "follow.plan", "follow.no")
    choices = Buttons(tuple(button(ports, language, name, row.id) for name in names))
    return message(ports, item.follow_up, language, row.week, choices, footer(ports, scene))


async def day_of(ports: Ports, scene: Scene) -> Message:
    """Return the question on the planned day, with the plan or the change beside it."""
    row, language = scene.nudge, scene.language
    plan = await ports.store.commitment(row.subject or "")
    parts: list[Part] = _shown(ports, scene, plan) if plan else []
    if row.answer is not None:
        parts.append(note(ports, language, f"day-{row.answer}-said", day=_day(ports, scene, plan)))
    else:
        names = [*(_reading(plan) if plan else []), "day.done", "day.move", "day.drop"]
        values = [plan.id if plan and name == "plan.read" else row.id for name in names]
        choices = tuple(button(ports, language, *pair) for pair in zip(names, values, strict=True))
        parts += [Buttons((*choices, *kit(ports, scene))), footer(ports, scene)]
    if plan is not None and plan.kind is CommitmentKind.TRANSFER:
        title = ports.words.say("transfer-day-title", language)
        body = Body(ports.words.body("transfer-day-body", language))
        return Message(fallback=title, parts=(Heading(title), body, *parts))
    return message(ports, item_of(scene).day_of, language, row.week, *parts)


def _day(ports: Ports, scene: Scene, plan: Commitment | None) -> str:
    return ports.words.day(plan.due_on, scene.language) if plan else ""


def item_of(scene: Scene) -> Item:
    """Return the item of a message that cannot exist without one."""
    assert scene.item is not None, "the journey's linter holds"
    return scene.item
