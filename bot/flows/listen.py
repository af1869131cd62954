"""Words typed to the bot: to which nudge they belong, who may read them, and what becomes of them."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.chat.port import Deleted, Edited, Message, MessageRef, Outcome, Place, Said, Sent
from bot.coaching.member import Member
from bot.coaching.nudge import Answer, Kind, Nudge
from bot.coaching.reply import Reply, ReplyKind
from bot.coaching.verbs import read
from bot.flows.compose.card import card
from bot.flows.compose.debrief import root_of
from bot.flows.compose.parts import button
from bot.flows.meet import known, language_of
from bot.flows.ports import Ports
from bot.flows.scene import Run, Scene, current_run, scene_of
from bot.flows.scene import root_of as experiment_root
from bot.flows.show import again
from bot.flows.tell import line
from bot.store.port import Record

log = logging.getLogger(__name__)

RECENT = timedelta(days=14)  # nudges this fresh may be meant by a typed reply
LONGEST_COMMAND = 2  # words, as in "doe mee"
WORDLESS = frozenset({Kind.COACH_ASK})  # nothing is asked in words there
KIND_OF = {Kind.DEBRIEF: ReplyKind.DEBRIEF, Kind.CHECK: ReplyKind.CHECK, Kind.KEEP: ReplyKind.KEEP}


async def said(ports: Ports, event: Said) -> None:
    """Store what was typed with the nudge it belongs to, and confirm it; a second arrival changes nothing."""
    member = await known(ports, event)
    run = await current_run(ports, member) if member else None
    if member is None or run is None:
        language = await language_of(ports, event, None, None)
        await _answer(ports, event, line(ports.words, language, "said-stranger"))
        return
    if not event.text.strip():
        await _answer(ports, event, line(ports.words, run.language, "said-files" if event.files else "said-empty"))
        return
    if await _meant_as_command(ports, event, run):
        return
    source = f"{event.conversation}/{event.message}"
    if await ports.store.reply_from(event.workspace, source) is not None:
        return
    about, others = await belongs_to(ports, event, member)
    if about is None:
        await _answer(ports, event, line(ports.words, run.language, "said-nothing-open"))
        return
    scene = await scene_of(ports, about)
    if not scene.keeps_words:
        await _answer(ports, event, line(ports.words, run.language, "said-forgotten"))
        return
    await _store(ports, event, scene, source, several=bool(others))


async def _meant_as_command(ports: Ports, event: Said, run: Run) -> bool:
    """Whether the whole text is one of our verbs: then it is offered as a button, not stored as a reply."""
    heard = read(event.text)
    if heard.verb is None or heard.rest or len(event.text.split()) > LONGEST_COMMAND:
        return False
    offer = button(ports, run.language, "command.run", event.text.strip()[:40])
    await _answer(ports, event, line(ports.words, run.language, "said-command", offer))
    return True


async def belongs_to(ports: Ports, event: Said, member: Member) -> tuple[Nudge | None, Sequence[Nudge]]:
    """Return the nudge a typed reply belongs to, and the other open ones it might have meant."""
    if event.thread is not None:
        rooted = await ports.store.nudge_at(event.workspace, event.conversation, event.thread)
        if rooted is not None and rooted.member == member.id:
            return await _source_of(ports, rooted), ()
    recent = [row for row in await ports.store.sent_to(member.id, limit=20) if row.kind not in WORDLESS]
    if not recent:
        return None, ()
    about = await _source_of(ports, recent[0])
    fresh = ports.clock.now() - RECENT
    others = {
        row.id: row
        for row in recent[1:]
        if row.answer is None
        and row.kind in (Kind.NUDGE, Kind.DEBRIEF, Kind.CHECK, Kind.KEEP)
        and row.sent_at is not None
        and row.sent_at > fresh
        and row.id != about.id
    }
    return about, tuple(others.values())


async def _source_of(ports: Ports, row: Nudge) -> Nudge:
    """Return the nudge behind a reminder, a question of the day, a resumed debrief or a coach's word."""
    if row.kind is Kind.DEBRIEF:
        return await root_of(ports, row)
    if row.kind is Kind.COACH_WORD and row.subject:
        word = await ports.store.reply(row.subject)
        about = await ports.store.nudge(word.nudge) if word else None
        return about or row
    if row.kind is Kind.DAY_OF and row.subject:
        promise = await ports.store.commitment(row.subject)
        return (await ports.store.nudge(promise.nudge) if promise else None) or row
    if row.kind is Kind.FOLLOW_UP:
        return await experiment_root(ports, await scene_of(ports, row)) or row
    return row


async def _store(ports: Ports, event: Said, scene: Scene, source: str, *, several: bool) -> None:
    row = scene.nudge
    kind = KIND_OF.get(row.kind, ReplyKind.TYPED)
    records: list[Record] = []
    question = None
    if kind is ReplyKind.DEBRIEF:
        if row.question < len(scene.item.questions if scene.item else ()) and row.answer is not Answer.SKIPPED:
            question = row.question + 1
            records.append(replace(row, question=question))
        else:
            kind = ReplyKind.TYPED
    if kind is ReplyKind.KEEP and row.answer is None:
        records.append(replace(row, answer=Answer.DONE, answered_at=ports.clock.now()))
    reply = Reply(
        id=ports.new_id(),
        workspace=row.workspace,
        cohort=row.cohort,
        enrollment=scene.enrollment.id,
        member=scene.member.id,
        author=scene.member.id,
        nudge=row.id,
        item=row.item,
        week=row.week,
        kind=kind,
        question=question,
        text=event.text,
        scope=scene.enrollment.scope,
        source=source,
        received_at=event.at,
    )
    await ports.store.save(*records, reply)
    log.info("reply stored reply=%s nudge=%s", reply.id, row.id)
    await _confirm(ports, event, scene, reply, several=several)
    if records:
        await again(ports, row.id)


async def _confirm(ports: Ports, event: Said, scene: Scene, reply: Reply, *, several: bool) -> None:
    outcome = await _answer(ports, event, await card(ports, scene, reply, several=several))
    if not isinstance(outcome, Sent):
        return  # the reply is safe; only its confirmation did not arrive
    kept = await ports.store.reply(reply.id)
    if kept is not None:
        await ports.store.save(replace(kept, card=f"{outcome.ref.conversation}/{outcome.ref.message}"))


async def _answer(ports: Ports, event: Said, message: Message) -> Outcome:
    place = Place(workspace=event.workspace, conversation=event.conversation, thread=event.thread)
    return await ports.chat.send(place, message)


async def edited(ports: Ports, event: Edited) -> None:
    """Follow an edit on the platform; a deleted reply stays deleted."""
    reply = await ports.store.reply_from(event.workspace, f"{event.conversation}/{event.message}")
    if reply is None or reply.deleted_at is not None or reply.text == event.text:
        return
    await ports.store.save(replace(reply, text=event.text, edited_at=event.at))


async def deleted(ports: Ports, event: Deleted) -> None:
    """Follow a deletion on the platform: the words go, a tombstone stays."""
    reply = await ports.store.reply_from(event.workspace, f"{event.conversation}/{event.message}")
    if reply is None or reply.deleted_at is not None:
        return
    await take_back(ports, reply)


async def take_back(ports: Ports, reply: Reply) -> None:
    """Delete a reply's words for good and say so on its confirmation."""
    await ports.store.save(replace(reply, text=None, deleted_at=ports.clock.now()))
    await card_again(ports, reply.id)


async def card_again(ports: Ports, reply_id: str) -> None:
    """Show a reply's confirmation as it is now."""
    reply = await ports.store.reply(reply_id)
    if reply is None or reply.card is None:
        return
    about = await ports.store.nudge(reply.nudge)
    if about is None:
        return
    scene = await scene_of(ports, about)
    conversation, message = reply.card.split("/")
    ref = MessageRef(workspace=reply.workspace, conversation=conversation, message=message)
    await ports.chat.update(ref, await card(ports, scene, reply))
