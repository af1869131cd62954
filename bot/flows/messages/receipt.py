"""The confirmation of a stored reply: where it went and who may read it, never the words themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.port import Button, Buttons, Message, Note, Part
from bot.coaching.language import Language
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reply import Reply, ReplyKind
from bot.flows.context.debrief import root_of
from bot.flows.context.held import OnHold
from bot.flows.context.nudge import NudgeContext
from bot.flows.given import Given
from bot.flows.messages.debrief import standing
from bot.flows.messages.offer import is_open, offer
from bot.flows.messages.parts import about_of, button, label_of, labelled, note, short
from bot.flows.messages.shown import Shown
from bot.flows.messages.words import channel_buttons, channel_line, readers_line
from bot.store.port.words import Places
from bot.words.port import Value

SHORT = "short"  # the detail of a confirmation that says its piece to somebody who has had several
FILES, FORWARD = "files", "forward"  # the detail of one for words that came with something which is not kept

OUT = ("pause", "stop", "coach")  # what may be asked for from every confirmation
LONGEST_LABEL = 60  # characters of a button that names a place


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A place in which held words may be put, by a press."""

    nudge: str
    label: str


def card(given: Given, scene: NudgeContext, reply: Reply, places: Places, *, detail: Sequence[str] = ()) -> Message:
    """Return the confirmation of a reply to the scene's message, in one line; a short one is no sentence any more.

    `detail` says that it is short, and what came with the words and is not kept.
    """
    words, language = given.words, scene.language
    beside = _beside(given, language, detail)
    if is_open(scene, reply):
        asks = offer(given, scene, reply, places)
        return replace(asks, parts=(*asks.parts, *beside))
    if reply.text is None:
        told = words.say("card-deleted", language)
        return Message(fallback=told, parts=(Note(words.body("card-deleted", language)),))
    values = _values(given, scene, reply, places)
    key = _key(reply, is_short=SHORT in detail)
    parts: list[Part] = [
        Note(words.body(key, language, **values)),
        *beside,
        *channel_line(given, language, reply, places),
        Buttons(_buttons(given, language, reply, places), more=_way_out(given, language, reply)),
    ]
    return Message(fallback=words.say(key, language, **values), parts=tuple(parts))


def _key(reply: Reply, *, is_short: bool) -> str:
    """Return the key of the line that says where the words went."""
    what = {ReplyKind.DEBRIEF: "-answer", ReplyKind.NOTE: "-note"}.get(reply.kind, "")
    return f"card-{'short' if is_short else 'noted'}{what}"


def _values(given: Given, scene: NudgeContext, reply: Reply, places: Places) -> dict[str, Value]:
    scope = readers_line(given, scene.language, reply, places)
    if reply.kind is ReplyKind.NOTE:
        return {"week": reply.week, "scope": scope}
    about: dict[str, Value] = {"about": _label(given, scene, reply), "scope": scope}
    return about | ({"number": reply.question} if reply.question else {})


def _label(given: Given, scene: NudgeContext, reply: Reply) -> str:
    """Return where a reply was put: a note that was kept from an experiment at home is one of its week only."""
    if reply.item is None and scene.nudge.item is not None:
        return about_of(given, scene, reply)
    about = label_of(given, scene, scene.nudge)
    is_later = reply.kind is ReplyKind.CHECK
    return given.words.say("held-check", scene.language, about=about) if is_later else about


def _buttons(given: Given, language: Language, reply: Reply, places: Places) -> tuple[Button, ...]:
    change = button(given, language, "reply.change", reply.id)
    delete = button(given, language, "reply.delete", reply.id, confirm=True)
    return (change, *channel_buttons(given, language, reply, places), delete)


def _way_out(given: Given, language: Language, reply: Reply) -> tuple[Button, ...]:
    """Return what may have been meant instead of an answer."""
    asks = [
        labelled(given, language, button(given, language, f"intent.{each}", reply.id), f"out-{each}") for each in OUT
    ]
    no_answer = [] if reply.answers else [button(given, language, "intent.unfile", reply.id)]
    return (*asks, *no_answer)


def held(
    given: Given, scene: NudgeContext, reply: Reply, choices: Sequence[Choice], *, detail: Sequence[str] = ()
) -> Message:
    """Return the question to which of several things words belong; until it is answered they are their author's."""
    words, language, scope = given.words, scene.language, scene.enrollment.scope
    names = [(each.nudge, each.label) for each in choices]
    put = [replace(button(given, language, "reply.put", f"{reply.id}:{nudge}"), label=label) for nudge, label in names]
    none = button(given, language, "reply.note", reply.id)
    delete = button(given, language, "reply.delete", reply.id, confirm=True)
    told = Note(words.body("card-held", language, scope=scope))
    return Message(
        fallback=words.say("card-held", language, scope=scope),
        parts=(told, *_beside(given, language, detail), Buttons((*put, none)), Buttons((delete,))),
    )


def _beside(given: Given, language: Language, detail: Sequence[str]) -> list[Note]:
    """Return that what came with the words is not kept."""
    return [note(given, language, f"card-beside-{each}") for each in detail if each in (FILES, FORWARD)]


def choice_label(label: str) -> str:
    """Return the name of a place as it fits on a button."""
    return short(label, LONGEST_LABEL)


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


def choices(given: Given, held: OnHold) -> list[Choice]:
    """Return the places of which their author is to choose one, each once, as they are called on a button."""
    return [Choice(nudge=row.id, label=_place(given, held, row)) for row in held.among]


def _place(given: Given, held: OnHold, row: Nudge) -> str:
    words, run = given.words, held.run
    about = label_of(given, run, row)
    word = held.heard.words.get(row.subject or "")
    if row.kind is Kind.COACH_WORD and word is not None:
        return choice_label(words.say("held-coach", run.language, name=word.author.name))
    item = run.journey.items.get(row.item) if row.item else None
    if row.kind is Kind.DEBRIEF and item is not None and row.question < len(item.questions):
        return choice_label(words.say("held-debrief", run.language, about=about, number=row.question + 1))
    if row.kind is Kind.CHECK:
        return choice_label(words.say("held-check", run.language, about=about))
    return choice_label(about)
