"""Changing a stored reply: its words, its scope, the channel, the nudge it belongs to; or taking it back."""

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
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.nudge import Kind, Nudge
from bot.coaching.reply import Reply, ReplyKind, Scope
from bot.coaching.words import narrowed, reworded
from bot.flows.compose.parts import label_of
from bot.flows.debrief import LONGEST, scope_field
from bot.flows.given import Given
from bot.flows.listen import take_back
from bot.flows.meet import language_of
from bot.flows.ports import Ports
from bot.flows.scene import Run, Scene, keeps_words, scene_of
from bot.flows.share import filled_from, own_words, read_subject, share_field, ticked
from bot.flows.show import kept_open, refuse
from bot.flows.tell import line, open_form, tell
from bot.store.port import Record

MOVABLE_TO = frozenset({Kind.NUDGE, Kind.DEBRIEF, Kind.CHECK, Kind.KEEP, Kind.BOOSTER, Kind.REFLECTION})
MOST_OFFERED = 20


async def _own(ports: Ports, incoming: Incoming, reply_id: str) -> Reply | None:
    """Return the reply when it stands and is the person's own."""
    words = await own_words(ports, incoming, reply_id)
    return words if isinstance(words, Reply) else None


async def change(ports: Ports, press: Press) -> None:
    """Open a reply to change it."""
    reply = await _own(ports, press, press.value)
    about = await ports.store.nudge(reply.nudge) if reply else None
    if reply is None or about is None:
        await refuse(ports, press)
        return
    scene = await scene_of(ports, about)
    if scene.enrollment.state is EnrollmentState.LEFT:
        await refuse(ports, press, "press-left-words")
        return
    await open_form(ports, press, await _form(ports, scene, reply))


async def _form(ports: Ports, scene: Scene, reply: Reply) -> Form:
    words, language = ports.words, scene.language
    text = reply.text or ""
    parts: list[FormPart] = []
    if len(text) <= LONGEST:  # a longer one came by message and is edited there
        label = words.say("answer-label", language)
        parts.append(TextField(id="text", label=label, value=text, multiline=True, longest=LONGEST))
    parts.append(scope_field(ports, scene, reply.scope))
    parts += await share_field(ports, language, reply)
    if reply.answers is None:  # what answers a coach stays with that
        parts.append(await _where(ports, scene, reply))
    return Form(
        id="reply.changed",
        subject=filled_from(reply),
        title=words.say("form-change-title", language),
        submit=words.say("form-change-submit", language),
        close=words.say("form-cancel", language),
        parts=tuple(parts),
        shows=(reply.id,),
    )


async def _where(ports: Ports, scene: Scene, reply: Reply) -> SelectField:
    words, language = ports.words, scene.language
    offered = {reply.nudge: scene.nudge}
    for row in await ports.store.sent_to(scene.member.id, limit=MOST_OFFERED):
        if row.enrollment == reply.enrollment and _takes(scene, row):
            offered.setdefault(row.id, row)
    options = tuple(
        Option(
            row.id,
            words.say("belongs-option", language, week=row.week, about=label_of(ports, scene, row), kind=row.kind),
        )
        for row in offered.values()
    )
    return SelectField(id="nudge", label=words.say("belongs-label", language), options=options, chosen=reply.nudge)


def _takes(run: Run, row: Nudge) -> bool:
    """Whether a reply may be moved to this message."""
    item = run.journey.items.get(row.item) if row.item else None
    return row.kind in MOVABLE_TO and row.sent_at is not None and keeps_words(item, row.kind)


async def changed(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep the change; narrowing works at once, and changed words leave the channel unless they are let in anew."""
    reply_id, edition, _ = read_subject(form.subject)
    reply = await _own(ports, form, reply_id)
    if reply is None:
        return await kept_open(ports, form, "scope")
    about = await ports.store.nudge(str(form.values.get("nudge", reply.nudge)))
    if about is None or (about.id != reply.nudge and not await _may_move(ports, reply, about)):
        return await kept_open(ports, form, "nudge")
    scene = await scene_of(ports, about)
    if scene.enrollment.state is EnrollmentState.LEFT:
        return await kept_open(ports, form, "scope", "press-left-words")
    if edition != str(reply.edition):
        if form.attempt == 1 or form.values.get("text") != reply.text:
            return await kept_open(ports, form, "scope", "form-changed")
        return None  # stored, and cut off before it was shown
    fresh = _as_asked(ports, form, reply)
    words_stand = fresh.text == reply.text and fresh.scope is not Scope.PRIVATE
    if about.id != reply.nudge:
        await _move(ports, fresh, about, words_stand=words_stand)
    elif fresh != reply:
        await ports.save(fresh, withdraws=not words_stand, pages=True)
    return None


def _as_asked(given: Given, form: Submitted, reply: Reply) -> Reply:
    """Return the reply as the form asks for it."""
    now, text = given.now, str(form.values.get("text", reply.text))
    fresh = narrowed(reply, Scope(str(form.values.get("scope", reply.scope))), now)
    if text != reply.text:
        fresh = reworded(fresh, text, now)
    return ticked(form, fresh, now)


async def _move(ports: Ports, reply: Reply, about: Nudge, *, words_stand: bool) -> None:
    """Let a reply belong to another message; a question it seemed to answer is asked again."""
    moved = replace(reply, nudge=about.id, item=about.item, week=about.week)
    if reply.kind is not ReplyKind.DEBRIEF:
        await ports.save(moved, withdraws=not words_stand, pages=True)
        return
    root = await ports.store.nudge(reply.nudge)
    assert root is not None, "foreign keys hold"
    unasked: list[Record] = [replace(root, question=root.question - 1)] if root.question == reply.question else []
    typed = replace(moved, kind=ReplyKind.TYPED, question=None)
    await ports.save(typed, *unasked, withdraws=not words_stand, pages=True, also=(root.id,))


async def _may_move(ports: Ports, reply: Reply, about: Nudge) -> bool:
    own = about.enrollment == reply.enrollment and reply.answers is None
    return own and _takes(await scene_of(ports, about), about)


async def delete(ports: Ports, press: Press) -> None:
    """Take a reply back for good."""
    reply = await _own(ports, press, press.value)
    if reply is None:
        await refuse(ports, press)
        await ports.again(press.value)
        return
    await take_back(ports, reply)
    if await ports.store.screen(reply.id) is None and not press.at_home:
        language = await language_of(ports, press, None, None)
        await tell(ports, press, line(ports.words, language, "card-deleted"))


PRESSES = {"reply.change": change, "reply.move": change, "reply.delete": delete}
FORMS = {"reply.changed": changed}
