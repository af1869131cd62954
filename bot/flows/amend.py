"""Changing a stored reply: its words, its scope, the nudge it belongs to; or taking it back."""

from dataclasses import replace

from bot.chat.port import (
    Form,
    FormErrors,
    FormPart,
    Incoming,
    Option,
    Press,
    SelectField,
    Submitted,
    TextField,
)
from bot.coaching.nudge import Kind
from bot.coaching.reply import Reply, ReplyKind, Scope
from bot.flows.compose.parts import label_of
from bot.flows.debrief import LONGEST, scope_field
from bot.flows.listen import card_again, take_back
from bot.flows.ports import Ports
from bot.flows.scene import Scene, keeps_words, scene_of
from bot.flows.show import refuse
from bot.flows.tell import line, tell

MOVABLE_TO = frozenset({Kind.NUDGE, Kind.DEBRIEF, Kind.CHECK, Kind.KEEP, Kind.BOOSTER, Kind.REFLECTION})
MOST_OFFERED = 20


async def _own(ports: Ports, incoming: Incoming, reply_id: str) -> Reply | None:
    """Return the reply when it stands and is the person's own."""
    reply = await ports.store.reply(reply_id)
    member = await ports.store.member_of(incoming.workspace, incoming.person)
    if reply is None or member is None or reply.author != member.id or reply.text is None:
        return None
    return reply


async def change(ports: Ports, press: Press) -> None:
    """Open a reply to change it."""
    reply = await _own(ports, press, press.value)
    about = await ports.store.nudge(reply.nudge) if reply else None
    if reply is None or about is None:
        await refuse(ports, press)
        return
    scene = await scene_of(ports, about)
    await ports.chat.open_form(press.workspace, press.trigger, await _form(ports, scene, reply))


async def _form(ports: Ports, scene: Scene, reply: Reply) -> Form:
    words, language = ports.words, scene.language
    text = reply.text or ""
    parts: list[FormPart] = []
    if len(text) <= LONGEST:  # a longer one came by message and is edited there
        label = words.say("answer-label", language)
        parts.append(TextField(id="text", label=label, value=text, multiline=True, longest=LONGEST))
    parts.append(scope_field(ports, scene, reply.scope))
    if reply.kind is not ReplyKind.DEBRIEF:
        parts.append(await _where(ports, scene, reply))
    return Form(
        id="reply.changed",
        subject=reply.id,
        title=words.say("form-change-title", language),
        submit=words.say("form-change-submit", language),
        close=words.say("form-cancel", language),
        parts=tuple(parts),
    )


async def _where(ports: Ports, scene: Scene, reply: Reply) -> SelectField:
    words, language = ports.words, scene.language
    offered = {reply.nudge: scene.nudge}
    for row in await ports.store.sent_to(scene.member.id, limit=MOST_OFFERED):
        item = scene.journey.items.get(row.item) if row.item else None
        if row.kind in MOVABLE_TO and keeps_words(item, row.kind):
            offered.setdefault(row.id, row)
    options = tuple(
        Option(
            row.id,
            words.say("belongs-option", language, week=row.week, about=label_of(ports, scene, row), kind=row.kind)[:75],
        )
        for row in offered.values()
    )
    return SelectField(id="nudge", label=words.say("belongs-label", language), options=options, chosen=reply.nudge)


async def changed(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep the change; narrowing works at once."""
    reply = await _own(ports, form, form.subject)
    if reply is None:
        return None
    text = str(form.values.get("text", reply.text))
    scope = Scope(str(form.values.get("scope", reply.scope)))
    about = await ports.store.nudge(str(form.values.get("nudge", reply.nudge)))
    if about is None or about.member != reply.member:
        return None
    now = ports.clock.now()
    fresh = replace(
        reply,
        text=text,
        scope=scope,
        nudge=about.id,
        item=about.item,
        week=about.week,
        edited_at=now if text != reply.text else reply.edited_at,
    )
    if fresh != reply:
        await ports.store.save(fresh)
    await card_again(ports, reply.id)
    return None


async def delete(ports: Ports, press: Press) -> None:
    """Take a reply back for good."""
    reply = await _own(ports, press, press.value)
    if reply is None:
        await refuse(ports, press)
        return
    await take_back(ports, reply)
    if press.at_home:
        return
    about = await ports.store.nudge(reply.nudge)
    if about is not None and reply.card is None:
        scene = await scene_of(ports, about)
        await tell(ports, press, line(ports.words, scene.language, "card-deleted"))


PRESSES = {"reply.change": change, "reply.move": change, "reply.delete": delete}
FORMS = {"reply.changed": changed}
