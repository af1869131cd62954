"""Four questions, one at a time, then one change to bring back to work."""

from bot.chat.port import Body, Buttons, Heading, Message, Part, Style
from bot.coaching.commitment import Commitment, CommitmentState
from bot.coaching.nudge import Answer, Nudge
from bot.flows.compose.experiment import item_of, kit
from bot.flows.compose.parts import button, footer, message, note, promise
from bot.flows.compose.words import own
from bot.flows.given import Given
from bot.flows.looking_back import waits
from bot.flows.ports import Ports
from bot.flows.scene import Scene


async def debrief(ports: Ports, scene: Scene) -> Message:
    """Return the debrief where it stands; one that was put off goes on in its later message."""
    row, root = scene.nudge, await root_of(ports, scene.nudge)
    put_off = row.answer is Answer.LATER and root.answer is Answer.LATER
    parts = _put_off(ports, scene) if put_off else await standing(ports, scene, root)
    return message(ports, item_of(scene).debrief, scene.language, row.week, *parts)


async def root_of(ports: Ports, row: Nudge) -> Nudge:
    """Return the debrief that holds the progress: the first message of it."""
    root = await ports.store.nudge(row.subject) if row.subject else None
    return root or row


async def standing(ports: Ports, scene: Scene, root: Nudge) -> list[Part]:
    """Return the open question, the transfer, or what was made of it."""
    item = item_of(scene)
    if root.answer is Answer.SKIPPED:
        return [note(ports, scene.language, "debrief-left" if scene.keeps_words else "debrief-left-forgets")]
    if await _waits(ports, root):
        return _put_off(ports, scene)
    if root.question < len(item.questions):
        return await question(ports, scene, root)
    return await _transfer(ports, scene, root)


async def _waits(ports: Ports, root: Nudge) -> bool:
    """Whether a debrief was put off and its later message still lies ahead; most were not, and nothing is read."""
    run = root.enrollment if root.answer is Answer.LATER else None
    return run is not None and waits(await ports.store.nudges_of(run), root)


def _put_off(given: Given, scene: Scene) -> list[Part]:
    return [note(given, scene.language, "debrief-later-said")]


async def question(ports: Ports, scene: Scene, root: Nudge) -> list[Part]:
    """Return the question that is open, with its buttons."""
    item, language, place = item_of(scene), scene.language, root.question
    value = f"{root.id}:{place}"
    names = ["debrief.next"] if not item.keeps_words else ["debrief.write", "debrief.skip"]
    buttons = tuple(button(ports, language, name, value) for name in (*names, "debrief.tomorrow", "debrief.stop"))
    counted = note(ports, language, "debrief-count", number=place + 1, total=len(item.questions))
    asked = Body(ports.words.body_of(item.questions[place], language, week=root.week))
    return [counted, asked, Buttons(buttons), await footer(ports, scene)]


async def _transfer(ports: Ports, scene: Scene, root: Nudge) -> list[Part]:
    words, language, item = ports.words, scene.language, item_of(scene)
    made = next(iter(await ports.store.commitments_for(root.id)), None)
    if made is not None:
        return await _made(ports, scene, made)
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


async def _made(ports: Ports, scene: Scene, made: Commitment) -> list[Part]:
    """Return the one change, once it was chosen, with who reads it and what can be done with it."""
    language = scene.language
    if made.state is CommitmentState.DROPPED:
        return [note(ports, language, "promise-deleted" if made.deleted_at else "day-skipped-said")]
    if made.deleted_at is not None:
        return [note(ports, language, "promise-deleted")]
    return [*promise(ports, scene, made), *await own(ports, scene, made), note(ports, language, "transfer-said")]
