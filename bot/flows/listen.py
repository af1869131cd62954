"""Words typed to the bot: to which nudge they belong, who may read them, and what becomes of them."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.port import Deleted, Edited, Message, Outcome, Place, Said, Sent
from bot.coaching.nudge import Answer, Kind, Nudge
from bot.coaching.reply import Reply, ReplyKind
from bot.coaching.verbs import read
from bot.flows.belong import Meant, belongs_to
from bot.flows.compose.card import card
from bot.flows.compose.parts import button
from bot.flows.debrief import debrief_again
from bot.flows.meet import known, language_of
from bot.flows.ports import Ports
from bot.flows.recognize import gone, note_ahead, overtaken, reply_of, source, unkept, was_answered
from bot.flows.renew import card_again, shown_again
from bot.flows.scene import Run, Scene, current_run, scene_of, scene_within
from bot.flows.show import again
from bot.flows.tell import line, patiently
from bot.store.port import Conflict, Record

log = logging.getLogger(__name__)

OVERTAKES = timedelta(hours=1)  # how long the first news of words may be on its way
AWAITED = timedelta(minutes=1)  # how long somebody looks out for the confirmation of what they typed
LONGEST_COMMAND = 2  # words, as in "doe mee"
KIND_OF = {Kind.DEBRIEF: ReplyKind.DEBRIEF, Kind.CHECK: ReplyKind.CHECK, Kind.KEEP: ReplyKind.KEEP}


async def said(ports: Ports, event: Said) -> None:
    """Store what was typed with the nudge it belongs to, and confirm it; a second arrival changes nothing."""
    await _heard(ports, event, None)


async def _heard(ports: Ports, event: Said, edited_at: datetime | None) -> None:
    reply = await reply_of(ports, event)
    if reply is not None:
        await _taken_up(ports, event, reply)
        return
    if await overtaken(ports, event):
        return
    member = await known(ports, event)
    run = await current_run(ports, member) if member else None
    if run is None:
        await _stray(ports, event, line(ports.words, await language_of(ports, event, None, None), "said-stranger"))
        return
    if unkept := _not_a_reply(ports, event, run):
        await _stray(ports, event, unkept)
        return
    meant = await belongs_to(ports, event, run)
    scene = await scene_within(ports, run, meant.nudge) if meant else None
    if meant is None or scene is None or not scene.keeps_words:
        await _stray(ports, event, line(ports.words, run.language, "said-forgotten" if meant else "said-nothing-open"))
        return
    await _store(ports, event, scene, meant, edited_at)
    if await ports.store.seen(gone(event)):  # taken back at the very moment it was stored
        await deleted(ports, event)


async def _stray(ports: Ports, event: Said, message: Message) -> None:
    """Answer what is not kept, and note that it was: an edit does not make a reply of it."""
    await _answer(ports, event, message)
    await ports.store.first_sight(unkept(event), event.at)


async def _taken_up(ports: Ports, event: Said, reply: Reply) -> None:
    """Go on with a reply that was stored, when what comes after it was cut off."""
    about = await ports.store.nudge(reply.nudge)
    if event.attempt == 1 or reply.card is not None or reply.text is None or about is None:
        return
    scene = await scene_of(ports, about)
    await _shown(ports, about)
    meant = await belongs_to(ports, event, scene)
    await _confirm(ports, event, scene, reply, several=meant is not None and meant.several)


async def _shown(ports: Ports, row: Nudge) -> None:
    if row.kind is Kind.DEBRIEF:  # the next question comes with the confirmation: it leaves where it stood before
        await debrief_again(ports, row)
    else:
        await again(ports, row.id)


def _not_a_reply(ports: Ports, event: Said, run: Run) -> Message | None:
    """Return the answer to a message without words, or one that is exactly a command; None for a reply."""
    if not event.text.strip():
        return line(ports.words, run.language, "said-files" if event.files else "said-empty")
    if len(event.text.split()) > LONGEST_COMMAND:
        return None
    heard = read(event.text)
    if heard.verb is None or heard.rest:
        return None
    offer = button(ports, run.language, "command.run", event.text.strip())
    return line(ports.words, run.language, "said-command", offer)


async def _store(ports: Ports, event: Said, scene: Scene, meant: Meant, edited_at: datetime | None) -> None:
    row = scene.nudge
    kind = KIND_OF.get(row.kind, ReplyKind.TYPED) if meant.asks else ReplyKind.TYPED
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
        source=source(event),
        said_at=event.said_at,
        received_at=event.at,
        edited_at=edited_at,
    )
    await ports.store.save(*records, reply)
    log.info("reply stored reply=%s nudge=%s", reply.id, row.id)
    if records:
        await _shown(ports, row)
    stored = replace(reply, version=reply.version + 1)  # as saving left it
    await _confirm(ports, event, scene, stored, several=meant.several)


async def _confirm(ports: Ports, event: Said, scene: Scene, reply: Reply, *, several: bool) -> None:
    outcome = await _answer(ports, event, await card(ports, scene, reply, several=several))
    if not isinstance(outcome, Sent):
        return  # the reply is safe; only its confirmation did not arrive
    where = f"{outcome.ref.conversation}/{outcome.ref.message}"
    kept: Reply | None = reply
    while kept is not None:
        try:
            await ports.store.save(replace(kept, card=where))
        except Conflict:  # an edit came in between
            kept = await ports.store.reply(reply.id)
            continue
        break
    if kept is not None and kept.text is None:  # taken back before its confirmation was there
        await card_again(ports, reply.id)


async def _answer(ports: Ports, event: Said, message: Message) -> Outcome:
    place = Place(workspace=event.workspace, conversation=event.conversation, thread=event.thread)
    if ports.clock.now() - event.at > AWAITED:  # read long after: nobody looks out for the answer
        return await ports.chat.send(place, message)
    return await patiently(lambda: ports.chat.send(place, message))


async def edited(ports: Ports, event: Edited) -> None:
    """Follow an edit on the platform; the latest one wins, and what is deleted stays deleted."""
    reply = await reply_of(ports, event)
    if reply is None:
        await _overtook(ports, event)
        return
    if await _is_of_another(ports, event, reply):
        return
    if reply.text in (None, event.text):
        if event.attempt > 1:
            await shown_again(ports, reply)
        return
    if reply.edited_at is not None and event.at < reply.edited_at:  # an earlier edit that was held up
        return
    if not event.text.strip():
        await take_back(ports, reply)
        return
    fresh = replace(reply, text=event.text, edited_at=event.at)
    await ports.store.save(fresh)
    await shown_again(ports, fresh)


async def _overtook(ports: Ports, event: Edited) -> None:
    """Keep words that come with a change of them first; they themselves, when they come, find them stored."""
    fresh = event.said_at is not None and event.at - event.said_at < OVERTAKES
    if not fresh or not event.text.strip() or await was_answered(ports, event):
        return
    await note_ahead(ports, event)
    first = Said(
        workspace=event.workspace,
        person=event.person,
        event_id=event.event_id,
        at=event.at,
        attempt=event.attempt,
        conversation=event.conversation,
        message=event.message,
        thread=event.thread,
        text=event.text,
        quotes=event.quotes,
    )
    await _heard(ports, first, event.at)


async def _is_of_another(ports: Ports, event: Edited | Deleted | Said, reply: Reply) -> bool:
    """Whether words are not of the person who is said to have changed them; not every platform says who it was."""
    member = await known(ports, event) if event.person else None
    return event.person != "" and (member is None or member.id != reply.author)


async def deleted(ports: Ports, event: Deleted | Said) -> None:
    """Follow a deletion on the platform: the words go, a tombstone stays, also when it overtook the words."""
    reply = await reply_of(ports, event)
    if reply is None:
        await ports.store.first_sight(gone(event), event.at)
        if isinstance(event, Deleted):
            await note_ahead(ports, event)
        reply = await reply_of(ports, event)  # stored at this very moment
    if reply is None or await _is_of_another(ports, event, reply):
        return
    if reply.deleted_at is None:
        await take_back(ports, reply)
    elif event.attempt > 1:
        await shown_again(ports, reply)


async def take_back(ports: Ports, reply: Reply) -> None:
    """Delete a reply's words for good and take them off every screen."""
    gone = replace(reply, text=None, deleted_at=ports.clock.now())
    await ports.store.save(gone)
    await shown_again(ports, gone)
