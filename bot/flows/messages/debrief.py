"""Four questions, one at a time, then one change to bring back to work."""

from bot.chat.port import Body, Buttons, Heading, Message, Note, Part, Style
from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.records.nudge import Answer, Kind, Nudge
from bot.flows.context.debrief import AHEAD, root_of, waits
from bot.flows.given import Given
from bot.flows.messages.experiment import item_of, kit
from bot.flows.messages.parts import button, footer, message, note, promise, same_before
from bot.flows.messages.shown import Shown
from bot.flows.messages.words import own


def debrief(given: Given, scene: Shown) -> Message:
    """Return the debrief where it stands; one that was put off goes on in its later message."""
    row, root = scene.nudge, root_of(scene.agenda, scene.nudge)
    put_off = row.answer is Answer.LATER and root.answer is Answer.LATER
    parts = _put_off(given, scene) if put_off else standing(given, scene, root)
    return message(given, item_of(scene).debrief, scene.language, row.week, *parts)


def standing(given: Given, scene: Shown, root: Nudge) -> list[Part]:
    """Return the open question, the transfer, or what was made of it."""
    item = item_of(scene)
    if root.answer is Answer.SKIPPED:
        return [note(given, scene.language, "debrief-left", times=same_before(scene, root))]
    if waits(scene.agenda, root):
        return _put_off(given, scene)
    if root.question < len(item.questions):
        return question(given, scene, root)
    return _transfer(given, scene, root)


def _put_off(given: Given, scene: Shown) -> list[Part]:
    return [note(given, scene.language, "debrief-later-said")]


def question(given: Given, scene: Shown, root: Nudge) -> list[Part]:
    """Return the question that is open, with its buttons."""
    item, language, place = item_of(scene), scene.language, root.question
    value = f"{root.id}:{place}"
    names = ["debrief.next"] if not item.keeps_words else ["debrief.write", "debrief.skip"]
    buttons = tuple(button(given, language, name, value) for name in (*names, "debrief.tomorrow", "debrief.stop"))
    counted = note(given, language, "debrief-count", number=place + 1, total=len(item.questions))
    asked = Body(given.words.body_of(item.questions[place], language, week=root.week))
    return [counted, asked, Buttons(buttons), footer(given, scene)]


def _transfer(given: Given, scene: Shown, root: Nudge) -> list[Part]:
    words, language, item = given.words, scene.language, item_of(scene)
    made = next(iter(scene.promises_for(root.id)), None)
    if made is not None:
        return _made(given, scene, made)
    buttons = (
        button(given, language, "transfer.make", root.id, style=Style.PRIMARY),
        button(given, language, "transfer.skip", root.id),
        *kit(given, scene),
    )
    return [
        Heading(words.title_of(item.transfer, language, week=root.week)),
        Body(words.body_of(item.transfer, language, week=root.week)),
        Buttons(buttons),
    ]


def _asked_on(given: Given, scene: Shown, made: Commitment) -> Note:
    """Return when it will be asked about the change; once it was, that the customers are asked about later."""
    ahead = (row for row in scene.agenda if row.kind is Kind.DAY_OF and row.subject == made.id and row.state in AHEAD)
    asked = next(ahead, None)
    if asked is None:
        return note(given, scene.language, "transfer-asked")
    day, changes = given.words.day(asked.local_date, scene.language), scene.promises
    made_before = [each for each in changes if each.kind is CommitmentKind.TRANSFER and each.made_at < made.made_at]
    return note(given, scene.language, "transfer-asks", day=day, times=len(made_before))


def _made(given: Given, scene: Shown, made: Commitment) -> list[Part]:
    """Return the one change, once it was chosen, with who reads it and what can be done with it."""
    language = scene.language
    if made.state is CommitmentState.DROPPED:
        return [note(given, language, "promise-deleted" if made.deleted_at else "day-skipped-said")]
    if made.deleted_at is not None:
        return [note(given, language, "promise-deleted")]
    return [
        *promise(given, scene, made),
        *own(given, scene, made, scene.places),
        _asked_on(given, scene, made),
    ]
