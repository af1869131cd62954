"""Words typed to the bot: to which nudge they belong, who may read them, and what becomes of them."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.port import Deleted, Edited, Message, Outcome, Place, Said
from bot.coaching.reply import Reply
from bot.coaching.verbs import read
from bot.coaching.words import reworded, taken_back
from bot.flows.belong import Meant, belongs_to
from bot.flows.compose.parts import button
from bot.flows.given import Given
from bot.flows.meet import known, language_of
from bot.flows.not_kept import not_kept, not_kept_key
from bot.flows.ports import Ports
from bot.flows.recognize import changed_since, gone, note_ahead, overtaken, reply_of, unkept, was_answered
from bot.flows.scene import Run, Scene, at_home, listening_run, scene_within
from bot.flows.store_reply import keeps, stored
from bot.flows.tell import line, patiently

log = logging.getLogger(__name__)

OVERTAKES = timedelta(hours=1)  # how long the first news of words may be on its way
AWAITED = timedelta(minutes=1)  # how long somebody looks out for the confirmation of what they typed
LONGEST_COMMAND = 2  # words, as in "doe mee"


async def said(ports: Ports, event: Said) -> None:
    """Store what was typed with the nudge it belongs to, and confirm it; a second arrival changes nothing."""
    await _heard(ports, event, None)


async def _heard(ports: Ports, event: Said, edited_at: datetime | None) -> None:
    if await reply_of(ports, event) is not None or await overtaken(ports, event):
        return
    found = await _place_of(ports, event)
    if isinstance(found, Message):
        await _stray(ports, event, found)
        return
    scene, meant = found
    await stored(ports, event, scene, meant, edited_at=edited_at)
    if await ports.store.seen(gone(event)):  # taken back at the very moment it was stored
        await deleted(ports, event)


async def _place_of(ports: Ports, event: Said) -> tuple[Scene, Meant] | Message:
    """Return where typed words belong, or what answers them when they are not kept."""
    member = await known(ports, event)
    run, key = await listening_run(ports, member) if member else (None, "said-stranger")
    if run is None:
        return line(ports.words, await language_of(ports, event, None, None), key)
    if no_reply := _not_a_reply(ports, event, run):
        return no_reply
    meant = await belongs_to(ports, event, run)
    if meant is None:
        return line(ports.words, run.language, "said-nothing-open")
    scene = await scene_within(ports, run, meant.nudge)
    is_home = await at_home(ports, run, event.at)
    if is_home or not keeps(scene, meant):
        return await not_kept(ports, run, event, await not_kept_key(ports, run, is_home=is_home))
    return scene, meant


async def _stray(ports: Ports, event: Said, message: Message) -> None:
    """Answer what is not kept, and note that it was: an edit does not make a reply of it."""
    await _answer(ports, event, message)
    await ports.store.first_sight(unkept(event), event.at)
    await ports.store.scrub_soon()


def _not_a_reply(given: Given, event: Said, run: Run) -> Message | None:
    """Return the answer to a message without words, or one that is exactly a command; None for a reply."""
    if not event.text.strip():
        return line(given.words, run.language, "said-files" if event.files else "said-empty")
    if len(event.text.split()) > LONGEST_COMMAND:
        return None
    heard = read(event.text)
    if heard.verb is None or heard.rest:
        return None
    offer = button(given, run.language, "command.run", event.text.strip())
    return line(given.words, run.language, "said-command", offer)


async def _answer(ports: Ports, event: Said | Edited, message: Message) -> Outcome:
    place = Place(workspace=event.workspace, conversation=event.conversation, thread=event.thread)
    if ports.now - event.at > AWAITED:  # read long after: nobody looks out for the answer
        return await ports.chat.send(place, message)
    return await patiently(lambda: ports.chat.send(place, message))


async def edited(ports: Ports, event: Edited) -> None:
    """Follow an edit on the platform; the latest one wins, and what is deleted stays deleted.

    An edit that is about home, or comes after the end, takes away what stood there and is not kept.
    """
    reply = await reply_of(ports, event)
    if reply is None:
        await _overtook(ports, event)
        return
    if await _is_of_another(ports, event, reply):
        return
    if reply.text in (None, event.text):
        if reply.text is None or event.attempt > 1:
            await ports.store.scrub_soon()
        if event.attempt > 1:
            await _edit_again(ports, event, reply)
        return
    if reply.edited_at is not None and event.at < reply.edited_at:  # an earlier edit that was held up
        return
    if not event.text.strip():
        await take_back(ports, reply)
        return
    if (told := await _unkept_edit(ports, event, reply)) is None:
        await ports.save(reworded(reply, event.text, event.at), withdraws=True)
        return
    await ports.save(replace(reworded(reply, "", event.at), text=None), withdraws=True)
    await _answer(ports, event, told)
    await ports.store.first_sight(unkept(event), event.at)
    await ports.store.scrub_soon()


async def _edit_again(ports: Ports, event: Edited, reply: Reply) -> None:
    """Go on with an edit that was stored, or was not to be, when what comes after it was cut off."""
    if reply.text is not None or reply.deleted_at is not None or await ports.store.seen(unkept(event)):
        return
    if told := await _unkept_edit(ports, event, reply):
        await _answer(ports, event, told)
        await ports.store.first_sight(unkept(event), event.at)


async def _unkept_edit(ports: Ports, event: Edited, reply: Reply) -> Message | None:
    """Return what answers an edit whose words are not kept; None when they are."""
    member = await ports.store.member(reply.author)
    run, key = await listening_run(ports, member) if member else (None, "said-left")
    if run is None:
        return line(ports.words, await language_of(ports, event, None, None), f"{key}-edit")
    if await at_home(ports, run, event.at):
        return await not_kept(ports, run, event, "edited-forgotten")
    return None


async def _overtook(ports: Ports, event: Edited) -> None:
    """Keep words that come with a change of them first; they themselves, when they come, find them stored."""
    if await was_answered(ports, event):  # and was not kept: an offer to keep it is about other words by now
        await ports.store.first_sight(changed_since(event), event.at)
        await ports.store.scrub_soon()
        return
    fresh = event.said_at is not None and event.at - event.said_at < OVERTAKES
    if not fresh or not event.text.strip():
        await ports.store.scrub_soon()
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
    if reply is None or reply.deleted_at is not None:
        await ports.store.scrub_soon()  # what came in may carry the words
    if reply is None or await _is_of_another(ports, event, reply):
        return
    if reply.deleted_at is None:
        await take_back(ports, reply)


async def take_back(ports: Ports, reply: Reply) -> None:
    """Delete a reply's words for good and take them off every screen."""
    await ports.save(taken_back(reply, ports.now), withdraws=True)
