"""The confirmation of a stored reply: where it belongs and who may read it, never the words themselves."""

from collections.abc import Sequence

from bot.chat.port import Button, Buttons, Message, Note, Part
from bot.coaching.language import Language
from bot.coaching.records.reply import Reply
from bot.flows.context.given import Given
from bot.flows.context.nudge import NudgeContext
from bot.flows.debrief.progress import root_of
from bot.flows.messages.debrief import standing
from bot.flows.messages.offer import is_open, offer
from bot.flows.messages.parts import about_of, button, label_of
from bot.flows.messages.shown import Shown
from bot.flows.messages.words import channel_buttons, channel_line, readers_line
from bot.store.port.words import Places


def card(given: Given, scene: NudgeContext, reply: Reply, places: Places, *, several: bool = False) -> Message:
    """Return the confirmation of a reply to the scene's message; of `several` it might have been meant for another."""
    words, language = given.words, scene.language
    if is_open(scene, reply):
        return offer(given, scene, reply, places)
    if reply.text is None:
        told = words.say("card-deleted", language)
        return Message(fallback=told, parts=(Note(words.body("card-deleted", language)),))
    values = {"about": _label(given, scene, reply), "scope": readers_line(given, language, reply, places)}
    key = "card-which" if several else "card-noted"
    parts: list[Part] = [
        Note(words.body(key, language, **values)),
        *channel_line(given, language, reply, places),
        Buttons(_buttons(given, language, reply, places, several=several)),
    ]
    return Message(fallback=words.say("card-noted", language, **values), parts=tuple(parts))


def _label(given: Given, scene: NudgeContext, reply: Reply) -> str:
    """Return where a reply was put: a note that was kept from an experiment at home is one of its week only."""
    if reply.item is None and scene.nudge.item is not None:
        return about_of(given, scene, reply)
    return label_of(given, scene, scene.nudge)


def _buttons(given: Given, language: Language, reply: Reply, places: Places, *, several: bool) -> tuple[Button, ...]:
    names = (*(["reply.move"] if several else []), "reply.change")
    change = [button(given, language, name, reply.id) for name in names]
    delete = button(given, language, "reply.delete", reply.id, confirm=True)
    more = button(given, language, "receipt.more", reply.id)
    return (*change, *channel_buttons(given, language, reply, places), delete, more)


def next_question(given: Given, scene: Shown, reply: Reply, answers: Sequence[Reply]) -> list[Part]:
    """Return what a debrief asks now, unless something newer than this one of the run's answers says so."""
    root = root_of(scene.agenda, scene.nudge)
    said = [each for each in answers if each.nudge == root.id]
    resumed = [
        row
        for row in scene.agenda
        if row.subject == root.id and row.sent_at is not None and row.sent_at > reply.received_at
    ]
    if said[-1].id != reply.id or resumed:
        return []
    return standing(given, scene.at(root), root)
