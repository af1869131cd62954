"""Words typed to the bot: to which nudge they belong, who may read them, and what becomes of them."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.port import Deleted, Edited, Message, Outcome, Place, Said
from bot.coaching.intents import Intent
from bot.coaching.language import Language
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reply import Reply, ReplyKind
from bot.coaching.records.screen import Screen
from bot.coaching.words import reworded, taken_back
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import Participation, is_home, listening_participation, nudge_context_in
from bot.flows.given import Given
from bot.flows.messages.phrase import line
from bot.flows.participation.pause import unstopped
from bot.flows.ports import Ports
from bot.flows.private_answer import patiently
from bot.flows.replies.answered_nudge import belongs_to
from bot.flows.replies.doubt import heard_surely
from bot.flows.replies.intent import asks, asks_for_help, courses_of
from bot.flows.replies.match import (
    ahead_of,
    awaited,
    came,
    changed_since,
    gone,
    heard_of,
    renamed,
    reply_of,
    unkept,
    was_answered,
    wordless,
)
from bot.flows.replies.not_kept import not_a_reply, not_kept, not_kept_key, noted_as
from bot.flows.replies.store import confirmed_by, keeps, reply_records
from bot.store.port import Record
from bot.store.port.heard import Heard

log = logging.getLogger(__name__)

OVERTAKES = timedelta(hours=1)  # how long the first news of words may be on its way
AWAITED = timedelta(minutes=1)  # how long somebody looks out for the confirmation of what they typed
NOTHING = Decision()


async def said(ports: Ports, event: Said) -> None:
    """Store what was typed with the nudge it belongs to, and confirm it; a second arrival changes nothing."""
    heard = await heard_surely(ports, event, await heard_of(ports, event))
    await _carried_out(ports, event, taken_in(ports.given(), event, heard))


async def edited(ports: Ports, event: Edited) -> None:
    """Follow an edit on the platform; the latest one wins, and what is deleted stays deleted."""
    heard = await heard_of(ports, event)
    await _carried_out(ports, event, reworded_as(ports.given(), event, heard))


async def deleted(ports: Ports, event: Deleted) -> None:
    """Follow a deletion on the platform: the words go, a tombstone stays, also when it overtook the words."""
    heard = await heard_of(ports, event)
    if reply_of(event, heard) is None:
        for name in (gone(event), *ahead_of(event, heard)):
            await ports.store.first_sight(event.workspace, event.person, name, event.at)
        heard = await heard_of(ports, event)  # stored at this very moment: nothing is any more
    await _carried_out(ports, event, taken_away(ports.given(), event, heard))


async def _carried_out(ports: Ports, event: Said | Edited | Deleted, decision: Decision) -> None:
    """Save, then answer; that words were answered, and not kept, is noted once they were."""
    for name in decision.notes:
        await ports.store.first_sight(event.workspace, event.person, name, event.at)
    if decision.records:
        await ports.save(*decision.records, withdraws=decision.withdraws, unless=decision.unless)
        if decision.confirms is not None:
            ports.confirms[decision.confirms.reply.id] = decision.confirms
        for record in decision.records:
            if isinstance(record, Reply) and record.version == 0:
                log.info("reply stored reply=%s nudge=%s", record.id, record.nudge)
    if decision.says is not None and not isinstance(event, Deleted):
        await _answer(ports, event, decision.says)
        await ports.store.first_sight(event.workspace, event.person, decision.answered_as, event.at)
    if decision.scrubs:
        await ports.store.scrub_soon()


async def _answer(ports: Ports, event: Said | Edited, message: Message) -> Outcome:
    place = Place(workspace=event.workspace, conversation=event.conversation, thread=event.thread)
    if ports.now - event.at > AWAITED:  # read long after: nobody looks out for the answer
        return await ports.chat.send(place, message)
    return await patiently(lambda: ports.chat.send(place, message))


# --- what is decided --------------------------------------------------------------------------------------------


def taken_in(given: Given, event: Said, heard: Heard, *, edited_at: datetime | None = None) -> Decision:
    """Return what becomes of typed words; an edit does not make a reply of what is not kept."""
    known = _known_before(event, heard)
    if known is not None:
        return known
    back = _back(heard)
    run, key = listening_participation(given, heard)
    if run is None:
        language = _language(event, heard)
        told = asks_for_help(given, event, language) or line(given.words, language, key)
        return _stray(event, told, back)
    asked = asks(given, event, heard, run, back, edited_at=edited_at)
    if asked is None and (no_reply := not_a_reply(given, event, run)):
        asked = replace(_stray(event, no_reply, back), answered_as=noted_as(event))
    if asked is not None:
        return asked
    meant = belongs_to(given, event, heard, run)
    if meant is None:
        return _stray(event, line(given.words, run.language, "said-nothing-open"), back)
    about_home = is_home(given, run, _agenda(heard, run), event.at)
    scene = nudge_context_in(given, heard, run, meant.nudge)
    kept = keeps(scene, meant)
    if about_home or not kept:
        key = not_kept_key(run, _agenda(heard, run), is_home=about_home)
        return _stray(event, not_kept(given, run, event, key), back)
    records = reply_records(given, event, heard, scene, meant, kept=kept, edited_at=edited_at)
    confirms = confirmed_by(heard, scene, [*back, *records])
    return Decision(records=[*back, *records], unless=gone(event), confirms=confirms)


def _known_before(event: Said, heard: Heard) -> Decision | None:
    """Return what becomes of words that came before, or after news of them; None when nothing is known of them."""
    if heard.reply is not None or not heard.noted.isdisjoint({gone(event), renamed(event)}):
        return NOTHING
    news = awaited(event, heard)
    return Decision(notes=came(event, news)) if news is not None else None


def _stray(event: Said | Edited, message: Message, records: list[Record]) -> Decision:
    """Answer what is not kept, and note that it was."""
    return Decision(records=records, says=message, answered_as=unkept(event), scrubs=True)


def _back(heard: Heard) -> list[Record]:
    """Return who typed as being there again, when their account was switched off."""
    member = heard.member
    if member is None or member.state is not MemberState.DEACTIVATED:
        return []
    return [replace(member, state=MemberState.ACTIVE)]


def _agenda(heard: Heard, run: Participation) -> list[Nudge]:
    return [row for row in heard.nudges if row.enrollment == run.enrollment.id]


def _language(event: Said | Edited, heard: Heard) -> Language:
    return (heard.member.language if heard.member else None) or event.language or Language.EN


def reworded_as(given: Given, event: Edited, heard: Heard) -> Decision:
    """Return what becomes of an edit.

    One that is about home, or comes after the end, takes away what stood there and is not kept.
    """
    reply = reply_of(event, heard)
    if reply is None:
        return _overtook(given, event, heard)
    if _is_of_another(event, heard, reply):
        return NOTHING
    if reply.text == event.text or (reply.text is None and not _is_undecided(reply)):
        return _again(given, event, heard, reply)
    if reply.edited_at is not None and event.at < reply.edited_at:  # an earlier edit that was held up
        return NOTHING
    return _changed(given, event, heard, reply)


def _is_undecided(reply: Reply) -> bool:
    """Whether nothing was made yet of words but what they seem to ask for: a change of them says what they are."""
    is_held = reply.kind is ReplyKind.HELD or (reply.kind is ReplyKind.REQUEST and reply.intent is not None)
    return is_held and reply.deleted_at is None and reply.source is not None


def _read_anew(given: Given, event: Edited, heard: Heard, reply: Reply) -> Decision:
    """Decide about changed words as if they had been typed so; what was done at once for what they said is undone."""
    run, _ = listening_participation(given, heard)
    back: list[Record] = []
    if reply.kind is ReplyKind.REQUEST and reply.intent is Intent.STOP and run is not None:
        back = unstopped(given, courses_of(given, heard, run))
        going = {each.id: each for each in back if isinstance(each, Enrollment)}
        rows = {each.id: each for each in back if isinstance(each, Nudge)}
        heard = replace(
            heard,
            runs=[(going.get(each.id, each), cohort) for each, cohort in heard.runs],
            nudges=[rows.get(each.id, each) for each in heard.nudges],
        )
    first = replace(_first_of(event), at=reply.received_at)
    fresh = taken_in(given, first, replace(heard, reply=None, noted=frozenset()), edited_at=event.at)
    records = {each.id: each for each in back}
    for each in fresh.records:
        if isinstance(each, Reply):
            words = replace(each, id=reply.id, version=reply.version, edition=reply.edition + 1, said_at=reply.said_at)
            records[reply.id] = replace(words, source=reply.source)
        elif not isinstance(each, Screen):  # its confirmation stands there
            records[each.id] = each
    if reply.id not in records:
        records[reply.id] = taken_back(reply, given.now)
    return replace(fresh, records=list(records.values()), withdraws=True, confirms=None, unless="")


def _changed(given: Given, event: Edited, heard: Heard, reply: Reply) -> Decision:
    if not event.text.strip():
        return Decision(records=[taken_back(reply, given.now)], withdraws=True)
    told = _unkept_edit(given, event, heard)
    if told is None and _is_undecided(reply):
        return _read_anew(given, event, heard, reply)
    if told is None:
        return Decision(records=[reworded(reply, event.text, event.at)], withdraws=True)
    blank = replace(reworded(reply, "", event.at), text=None)
    return replace(_stray(event, told, [blank]), withdraws=True)


def _again(given: Given, event: Edited, heard: Heard, reply: Reply) -> Decision:
    """Go on with an edit that was stored, or was not to be, when what comes after it was cut off."""
    if _is_newer(event, reply):
        return Decision(records=[replace(reply, edited_at=event.at)], scrubs=True)
    is_again = event.attempt > 1
    scrubs = reply.text is None or is_again
    is_answered = reply.text is not None or reply.deleted_at is not None or unkept(event) in heard.noted
    told = _unkept_edit(given, event, heard) if is_again and not is_answered else None
    return Decision(scrubs=scrubs) if told is None else _stray(event, told, [])


def _is_newer(event: Edited, reply: Reply) -> bool:
    """Whether words that were not kept were changed since: an offer to keep them is about other words by now."""
    is_blank = reply.text is None and reply.deleted_at is None
    return is_blank and reply.edited_at is not None and event.at > reply.edited_at


def _unkept_edit(given: Given, event: Edited, heard: Heard) -> Message | None:
    """Return what answers an edit whose words are not kept; None when they are."""
    run, key = listening_participation(given, heard, "said-left")
    if run is None:
        return line(given.words, _language(event, heard), f"{key}-edit")
    if is_home(given, run, _agenda(heard, run), event.at):
        return not_kept(given, run, event, "edited-forgotten")
    return None


def _overtook(given: Given, event: Edited, heard: Heard) -> Decision:
    """Keep words that come with a change of them first; they themselves, when they come, find them stored.

    A message that had no words until it was changed says what it says from then on.
    """
    if was_answered(event, heard):  # and was not kept: an offer to keep it is about other words by now
        return Decision(notes=[changed_since(event)], scrubs=True)
    was_empty = wordless(event) in heard.noted
    fresh = event.said_at is not None and event.at - event.said_at < OVERTAKES
    if not (fresh or was_empty) or not event.text.strip():
        return Decision(scrubs=True)
    decision = taken_in(given, _first_of(event), heard, edited_at=None if was_empty else event.at)
    return replace(decision, notes=ahead_of(event, heard))


def _first_of(event: Edited) -> Said:
    """Return changed words as if they had been typed so."""
    return Said(
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


def _is_of_another(event: Edited | Deleted, heard: Heard, reply: Reply) -> bool:
    """Whether words are not of the person who is said to have changed them; not every platform says who it was."""
    return event.person != "" and (heard.member is None or heard.member.id != reply.author)


def taken_away(given: Given, event: Deleted, heard: Heard) -> Decision:
    """Return what becomes of words that were taken back; what came in may carry them still."""
    reply = reply_of(event, heard)
    if reply is None or reply.deleted_at is not None:
        return Decision(scrubs=True)
    if _is_of_another(event, heard, reply):
        return NOTHING
    return Decision(records=[taken_back(reply, given.now)], withdraws=True)
