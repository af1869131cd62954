"""The confirmation of a stored reply: where it belongs and who may read it, never the words themselves."""

from bot.chat.port import Button, Buttons, Message, Note, Part
from bot.coaching.nudge import Nudge
from bot.coaching.reply import Reply, ReplyKind
from bot.flows.compose.debrief import root_of, standing
from bot.flows.compose.parts import button, label_of, scope_line
from bot.flows.ports import Ports
from bot.flows.scene import Run, Scene


async def card(ports: Ports, run: Run, reply: Reply, *, several: bool = False) -> Message:
    """Return the confirmation; in a debrief the next question comes with it."""
    words, language = ports.words, run.language
    about = await _about(ports, run, reply)
    values = {"about": label_of(ports, run, about), "scope": scope_line(ports, language, reply.scope)}
    if reply.text is None:
        told = words.say("card-deleted", language)
        return Message(fallback=told, parts=(Note(words.body("card-deleted", language)),))
    key = "card-which" if several else "card-noted"
    parts: list[Part] = [
        Note(words.body(key, language, **values)),
        Buttons(_buttons(ports, run, reply, several=several)),
    ]
    if reply.kind is ReplyKind.DEBRIEF:
        parts += await _next(ports, run, reply, about)
    return Message(fallback=words.say("card-noted", language, **values), parts=tuple(parts))


async def _about(ports: Ports, run: Run, reply: Reply) -> Nudge:
    """Return the message a reply belongs to; as it stands now where a debrief goes on from it."""
    if isinstance(run, Scene) and run.nudge.id == reply.nudge and reply.kind is not ReplyKind.DEBRIEF:
        return run.nudge
    about = await ports.store.nudge(reply.nudge)
    assert about is not None, "foreign keys hold"
    return about


def _buttons(ports: Ports, run: Run, reply: Reply, *, several: bool) -> tuple[Button, ...]:
    names = ["reply.move"] if several else []
    change = [button(ports, run.language, name, reply.id) for name in (*names, "reply.change")]
    return (*change, button(ports, run.language, "reply.delete", reply.id, confirm=True))


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
