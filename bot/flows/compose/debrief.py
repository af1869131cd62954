"""Four questions, one at a time, then one change to bring back to work."""

from bot.chat.port import Body, Buttons, Heading, Message, Part, Style
from bot.coaching.commitment import CommitmentKind
from bot.coaching.nudge import Answer, Nudge
from bot.flows.compose.experiment import item_of, kit
from bot.flows.compose.parts import button, footer, message, newest, note, promise
from bot.flows.ports import Ports
from bot.flows.scene import Scene


async def debrief(ports: Ports, scene: Scene) -> Message:
    """Return the debrief where it stands; one that was put off goes on in its later message."""
    item, row, language = item_of(scene), scene.nudge, scene.language
    text = item.debrief
    if row.answer is Answer.LATER:
        return message(ports, text, language, row.week, note(ports, language, "debrief-later-said"))
    root = await root_of(ports, row)
    return message(ports, text, language, row.week, *await standing(ports, scene, root))


async def root_of(ports: Ports, row: Nudge) -> Nudge:
    """Return the debrief that holds the progress: the first message of it."""
    root = await ports.store.nudge(row.subject) if row.subject else None
    return root or row


async def standing(ports: Ports, scene: Scene, root: Nudge) -> list[Part]:
    """Return the open question, the transfer, or what was made of it."""
    item = item_of(scene)
    if root.answer is Answer.SKIPPED:
        return [note(ports, scene.language, "debrief-left")]
    if root.question < len(item.questions):
        return question(ports, scene, root)
    return await _transfer(ports, scene, root)


def question(ports: Ports, scene: Scene, root: Nudge) -> list[Part]:
    """Return the question that is open, with its buttons."""
    item, language, place = item_of(scene), scene.language, root.question
    value = f"{root.id}:{place}"
    names = ["debrief.next"] if not item.keeps_words else ["debrief.write", "debrief.skip"]
    buttons = tuple(button(ports, language, name, value) for name in (*names, "debrief.tomorrow", "debrief.stop"))
    counted = note(ports, language, "debrief-count", number=place + 1, total=len(item.questions))
    asked = Body(ports.words.body_of(item.questions[place], language, week=root.week))
    return [counted, asked, Buttons(buttons), footer(ports, scene)]


async def _transfer(ports: Ports, scene: Scene, root: Nudge) -> list[Part]:
    words, language, item = ports.words, scene.language, item_of(scene)
    made = newest([each for each in await ports.store.commitments_for(root.id) if each.kind is CommitmentKind.TRANSFER])
    if made is not None:
        return [*promise(ports, scene, made), note(ports, language, "transfer-said")]
    buttons = (
        button(ports, language, "transfer.make", root.id, style=Style.PRIMARY),
        button(ports, language, "transfer.skip", root.id),
        *kit(ports, scene),
    )
    return [
        Heading(words.title_of(item.transfer, language, week=root.week)),
        Body(words.body_of(item.transfer, language, week=root.week)),
        Buttons(buttons),
    ]
