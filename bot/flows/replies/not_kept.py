"""Words that are not kept: the answer that says so, and keeping them after all by a press, for an hour."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat.port import Button, Buttons, Edited, Message, MessageRef, Press, Said, Unanswered
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Answer, Nudge
from bot.coaching.records.reply import Reply
from bot.coaching.records.screen import Screen
from bot.coaching.verbs import read
from bot.coaching.words import reworded
from bot.flows.context.identify import known
from bot.flows.context.nudge import Participation, listening_participation, newest_of, nudge_context_in, quiet_items
from bot.flows.given import Given
from bot.flows.handling.ownership import refuse
from bot.flows.messages.parts import button
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports
from bot.flows.private_answer import direct, tell
from bot.flows.replies.answered_nudge import belongs_to
from bot.flows.replies.doubt import heard_surely
from bot.flows.replies.match import changed_since, gone, heard_of, unkept, wordless
from bot.flows.replies.store import keeps, reply_records
from bot.flows.screens.new import notice_at, receipt_at
from bot.store.port.heard import Heard

KEEP_FOR = timedelta(hours=1)  # in which words that were not kept can be kept after all
LONGEST_COMMAND = 2  # words, as in "doe mee"
MOST_CARRIED = 9_000  # characters that a button brings back, where nothing can be read back


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Which words a button offers to keep."""

    message: str
    thread: str | None
    quotes: str | None
    until: datetime
    at: datetime  # when they were typed
    said_at: datetime | None

    def carried(self) -> str:
        """Return the offer as a button's value."""
        said_at = self.said_at.isoformat() if self.said_at else None
        moments = (self.until.isoformat(), self.at.isoformat(), said_at)
        return json.dumps([self.message, self.thread, self.quotes, *moments], separators=(",", ":"))


def offer_from(value: str) -> Offer | None:
    """Return the offer that a button's value stands for, or None when it is none of ours."""
    try:
        message, thread, quotes, until, at, said_at = json.loads(value)
        return Offer(
            message=str(message),
            thread=thread,
            quotes=quotes,
            until=datetime.fromisoformat(until),
            at=datetime.fromisoformat(at),
            said_at=datetime.fromisoformat(said_at) if said_at else None,
        )
    except (ValueError, TypeError):
        return None


def not_kept(given: Given, run: Participation, event: Said | Edited, key: str) -> Message:
    """Return what answers words that were not kept, with the offer to keep them after all.

    Where the platform lets us look back they are read again then; else the button carries them.
    """
    language, offer = run.language, _offer(given, event)
    no = button(given, language, "unkept.no", offer)
    if given.looks_back(event.workspace):
        return _told(given, run, key, button(given, language, "unkept.keep", offer), no)
    if len(event.text) > MOST_CARRIED:
        return _told(given, run, "said-too-long-to-keep")
    keeps = replace(button(given, language, "unkept.keep", offer), carries=event.text)
    return _told(given, run, key, keeps, no)


def not_kept_key(run: Participation, rows: Sequence[Nudge], *, is_home: bool) -> str:
    """Return the key of what is said of words about home: who did the experiment hears another sentence.

    Outside its weeks, with `is_home` false, only what is typed to its own messages is not kept. `rows` is the agenda.
    """
    if not is_home:
        return "said-forgotten-here"
    newest = [row for slug in quiet_items(run) if (row := newest_of(rows, slug)) is not None]
    return "said-forgotten-done" if any(row.answer is Answer.DONE for row in newest) else "said-forgotten"


def _told(given: Given, run: Participation, key: str, *buttons: Button) -> Message:
    told = line(given.words, run.language, key)
    return replace(told, parts=(*told.parts, Buttons(buttons))) if buttons else told


def _offer(given: Given, event: Said | Edited) -> str:
    return Offer(
        message=event.message,
        thread=event.thread,
        quotes=event.quotes,
        until=given.now + KEEP_FOR,
        at=event.at,
        said_at=event.said_at if isinstance(event, Said) else None,
    ).carried()


def _wordless(event: Said) -> str:
    """Return the key of what to say of a message in which its sender typed nothing."""
    if event.forwards:
        return "said-forward"
    return "said-files" if event.files else "said-empty"


def noted_as(event: Said) -> str:
    """Return as what a message that is no reply is noted: one without words may still get some by a change."""
    return unkept(event) if event.text.strip() else wordless(event)


def not_a_reply(given: Given, event: Said, run: Participation) -> Message | None:
    """Return the answer to a message without words, or one that is exactly a command; None for a reply."""
    if not event.text.strip():
        return line(given.words, run.language, _wordless(event))
    if len(event.text.split()) > LONGEST_COMMAND:
        return None
    command = read(event.text)
    if command.verb is None or command.rest:
        return None
    offer = button(given, run.language, "command.run", event.text.strip())
    return line(given.words, run.language, "said-command", offer)


# --- the press --------------------------------------------------------------------------------------------------


async def keep_after_all(ports: Ports, press: Press) -> None:
    """Keep this, it is about work: the words as they stand in the chat now, or as the button brought them."""
    offer, ref = offer_from(press.value), press.ref
    if offer is None or ref is None:
        await refuse(ports, press)
        return
    said = _said(press, ref, offer)
    heard = await heard_of(ports, said)
    member, before = heard.member, heard.reply
    if member is None or ref.conversation != await direct(ports, member):
        await refuse(ports, press)
        return
    run, key = listening_participation(ports, heard)
    if before is not None and before.author != member.id:
        await refuse(ports, press, "press-foreign")
    elif before is not None and before.text is not None:  # pressed twice, or on another device too
        await _receipt(ports, ref, member, before)
    elif run is None:
        await _closed(ports, press, ref, member, key)
    elif ports.now > offer.until:
        await _closed(ports, press, ref, member, "unkept-late")
    elif before is not None and before.deleted_at is not None:
        await _closed(ports, press, ref, member, "unkept-gone")
    else:
        await _kept(ports, press, ref, run, said, heard)


async def _kept(ports: Ports, press: Press, ref: MessageRef, run: Participation, said: Said, heard: Heard) -> None:
    try:
        words = await _words(ports, press, said, heard)
    except Unanswered:
        await tell(ports, press, line(ports.words, run.language, "unkept-unread"))
        return
    if not words.strip():
        await _closed(ports, press, ref, run.member, "unkept-gone")
        return
    if heard.reply is not None:
        # What the button brought is as old as the offer: an edit of since then, however late it comes, is followed.
        at = ports.now if ports.looks_back(press.workspace) else said.at
        fresh = reworded(heard.reply, words, at)
        await ports.save(fresh, *await _moved_here(ports, fresh, run.member, ref), withdraws=True)
        return
    said = replace(said, text=words)
    heard = await heard_surely(ports, said, heard)
    meant = belongs_to(ports, said, heard, run)
    if meant is None:
        await _closed(ports, press, ref, run.member, "said-nothing-open")
        return
    scene = nudge_context_in(ports, heard, run, meant.nudge)
    await ports.save(
        *reply_records(ports, said, heard, scene, meant, kept=keeps(scene, meant), offer=ref), unless=gone(said)
    )


async def _words(ports: Ports, press: Press, said: Said, heard: Heard) -> str:
    """Return the words as they stand now; empty when they were changed or taken back since; raises Unanswered."""
    if ports.looks_back(press.workspace):
        ref = MessageRef(workspace=press.workspace, conversation=said.conversation, message=said.message)
        found = await ports.chat.read(ref, thread=said.thread)
        return found.text if found is not None and found.person == press.person else ""
    is_of_before = heard.reply is not None and heard.reply.edited_at != said.at  # an edit was not kept since
    is_stale = is_of_before or not heard.noted.isdisjoint({gone(said), changed_since(said)})
    return "" if is_stale else press.carried


def _said(press: Press, ref: MessageRef, offer: Offer) -> Said:
    return Said(
        workspace=press.workspace,
        person=press.person,
        event_id=press.event_id,
        at=offer.at,
        attempt=press.attempt,
        conversation=ref.conversation,
        message=offer.message,
        thread=offer.thread,
        text="",
        quotes=offer.quotes,
        said_at=offer.said_at,
    )


async def no(ports: Ports, press: Press) -> None:
    """No: the offer goes away; what was kept by then, on another device, stays kept and is shown as such."""
    member, offer, ref = await known(ports, press), offer_from(press.value), press.ref
    if ref is None:
        await refuse(ports, press)
        return
    kept = await ports.store.reply_from(press.workspace, _said(press, ref, offer).source) if offer else None
    if kept is not None and kept.text is not None and member is not None and kept.author == member.id:
        await _receipt(ports, ref, member, kept)
    else:
        await _closed(ports, press, ref, member, "unkept-no")


async def _receipt(ports: Ports, ref: MessageRef, member: Member, reply: Reply) -> None:
    """Show the receipt of words that were kept before this press."""
    await ports.save(*await _moved_here(ports, reply, member, ref))
    await ports.again(reply.workspace, reply.id)


async def _moved_here(ports: Ports, reply: Reply, member: Member, ref: MessageRef) -> list[Screen]:
    """Return the receipt in place of the offer, unless words have one already."""
    return [] if await ports.store.screen(reply.workspace, reply.id) else [receipt_at(ports, reply, member, ref)]


async def _closed(ports: Ports, press: Press, ref: MessageRef, member: Member | None, key: str) -> None:
    """Show a line in place of the offer; no button, and so no words, stays behind it."""
    if member is None:
        await refuse(ports, press)
        return
    known = await ports.store.screen_at(ref.workspace, ref.conversation, ref.message)
    if known is None:
        await ports.save(notice_at(ports, ports.new_id(), member, ref, key))
    else:  # pressed twice, or on another device too
        await ports.again(known.workspace, known.id)
    if press.carried:
        await ports.store.scrub_soon()


PRESSES = {"unkept.keep": keep_after_all, "unkept.no": no}
