"""The confirmation of a stored reply: where it belongs and who may read it, never the words themselves."""

from bot.chat.port import Button, Buttons, Message, Note, Part
from bot.coaching.nudge import Nudge
from bot.coaching.reply import Reply, ReplyKind
from bot.flows.compose.debrief import root_of, standing
from bot.flows.compose.parts import about_of, button, label_of
from bot.flows.compose.words import channel_buttons, channel_line, readers_line
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.flows.scene import Run, Scene
from bot.store.port.words import Places


async def card(ports: Ports, run: Run, reply: Reply, *, several: bool = False) -> Message:
    """Return the confirmation; in a debrief the next question comes with it."""
    words, language = ports.words, run.language
    about = await _about(ports, run, reply)
    if reply.text is None:
        told = words.say("card-deleted", language)
        return Message(fallback=told, parts=(Note(words.body("card-deleted", language)),))
    places = await ports.store.places_of([reply])
    values = {"about": _label(ports, run, reply, about), "scope": readers_line(ports, language, reply, places)}
    key = "card-which" if several else "card-noted"
    parts: list[Part] = [
        Note(words.body(key, language, **values)),
        *channel_line(ports, language, reply, places),
        Buttons(_buttons(ports, run, reply, places, several=several)),
    ]
    if reply.kind is ReplyKind.DEBRIEF:
        parts += await _next(ports, run, reply, about)
    return Message(fallback=words.say("card-noted", language, **values), parts=tuple(parts))


def _label(given: Given, run: Run, reply: Reply, about: Nudge) -> str:
    """Return where a reply was put: a note that was kept from an experiment at home is one of its week only."""
    if reply.item is None and about.item is not None:
        return about_of(given, run, reply)
    return label_of(given, run, about)


async def _about(ports: Ports, run: Run, reply: Reply) -> Nudge:
    """Return the message a reply belongs to; as it stands now where a debrief goes on from it."""
    if isinstance(run, Scene) and run.nudge.id == reply.nudge and reply.kind is not ReplyKind.DEBRIEF:
        return run.nudge
    about = await ports.store.nudge(reply.nudge)
    assert about is not None, "foreign keys hold"
    return about


def _buttons(given: Given, run: Run, reply: Reply, places: Places, *, several: bool) -> tuple[Button, ...]:
    language = run.language
    names = (*(["reply.move"] if several else []), "reply.change")
    change = [button(given, language, name, reply.id) for name in names]
    delete = button(given, language, "reply.delete", reply.id, confirm=True)
    return (*change, *channel_buttons(given, language, reply, places), delete)


async def _next(ports: Ports, run: Run, reply: Reply, about: Nudge) -> list[Part]:
    """Return what the debrief asks now, as long as nothing newer than this answer says so."""
    root = await root_of(ports, about)
    said = [each for each in await ports.store.replies_to(root.id) if each.kind is ReplyKind.DEBRIEF]
    resumed = [
        row
        for row in await ports.store.nudges_of(run.enrollment.id)
        if row.subject == root.id and row.sent_at is not None and row.sent_at > reply.received_at
    ]
    if said[-1].id != reply.id or resumed:
        return []
    scene = Scene(member=run.member, enrollment=run.enrollment, cohort=run.cohort, journey=run.journey, nudge=root)
    return await standing(ports, scene, root)
