"""Held words: one kind with one life, for nobody but their author.

They are held because they seem to ask for something, because several messages may be meant, or for both. They end as an
answer, as a note, as a request that is done, or, when nobody pressed, as a private note.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from bot.chat.port import Press
from bot.coaching.intents import Intent
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.reply import Reply, ReplyKind
from bot.coaching.words import taken_back
from bot.flows.agenda.postpone import withdrawn
from bot.flows.context.decision import Decision
from bot.flows.context.held import OnHold, on_hold
from bot.flows.context.identify import known
from bot.flows.context.nudge import nudge_context_in
from bot.flows.context.person import PersonContext, person_called, person_of
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.handling.ownership import refuse
from bot.flows.participation.pause import stands_still, unstopped
from bot.flows.participation.typed_pause import BREAKABLE
from bot.flows.ports import Ports
from bot.flows.replies.answered_nudge import Meant, behind
from bot.flows.replies.store import filing, told_to
from bot.store.port import Conflict, Record

log = logging.getLogger(__name__)

BATCH = 200


# --- how it ends ------------------------------------------------------------------------------------------------


def released(reply: Reply, kind: ReplyKind) -> Reply:
    """Return words that are held no longer."""
    return replace(reply, kind=kind, intent=None, among=None, held_until=None)


def noted(reply: Reply) -> Reply:
    """Return held words as a private note."""
    return released(reply, ReplyKind.TYPED)


def requested(given: Given, reply: Reply | None) -> list[Record]:
    """Return words as a request that is done: they go, unless they were an answer all along."""
    if reply is None or reply.intent is None or reply.text is None:
        return []
    return [replace(taken_back(reply, given.now), kind=ReplyKind.REQUEST, among=None, held_until=None)]


def put(given: Given, held: OnHold, nudge: str) -> Decision:
    """Put held words where their author says they belong; what was pressed last is what the next ones answer."""
    row = next((each for each in held.among if each.id == nudge), None)
    if row is None:
        return Decision(refuses="press-stale", again=(held.reply.id,))
    pressed = replace(row, asked_at=given.now)
    heard = replace(held.heard, nudges=[pressed if each.id == row.id else each for each in held.heard.nudges])
    decision = _filed(given, replace(held, heard=heard), behind(pressed, heard))
    known = {record.id for record in decision.records}
    return replace(decision, records=[*decision.records, *([] if row.id in known else [pressed])])


def note(given: Given, held: OnHold) -> Decision:
    """Let held words be a note by themselves, for whom their author chose to write."""
    row = next(each for each in held.heard.nudges if each.id == held.reply.nudge)
    return _filed(given, held, Meant(nudge=row, asks=False, is_note=True))


def kept(given: Given, held: OnHold) -> Decision:
    """Return words that asked for nothing as what they are: an answer where they were typed, or a note.

    Where several messages may be meant it is asked of which they are.
    """
    if held.run.enrollment.state is EnrollmentState.LEFT:
        return Decision(records=[noted(held.reply)])
    match held.among:
        case []:
            return note(given, held)
        case [row]:
            return _filed(given, held, behind(row, held.heard))
        case _:
            return Decision(records=[replace(held.reply, kind=ReplyKind.HELD, intent=None)])


def _filed(given: Given, held: OnHold, meant: Meant) -> Decision:
    scene = nudge_context_in(given, held.heard, held.run, meant.nudge)
    filed = filing(scene, meant, given.now, kept=True)
    reply = replace(
        released(held.reply, filed.kind),
        cohort=meant.nudge.cohort,
        nudge=meant.nudge.id,
        item=filed.item,
        week=meant.nudge.week,
        question=filed.question,
        scope=filed.scope,
        answers=filed.answers,
    )
    return Decision(records=[*filed.changed, *told_to(given, held.heard, scene, reply), reply], pages=True)


def over(given: Given, about: PersonContext, reply: Reply) -> list[Record]:
    """Return held words as a private note, and what was done already without its words.

    Who may have asked for no more messages has said nothing: the run stands still until they do. One whose weeks are
    over cannot: there nothing more comes, and nothing is asked any more.
    """
    if reply.text is None:
        return [replace(reply, among=None, held_until=None)]
    if reply.kind is ReplyKind.REQUEST:
        return requested(given, reply)
    run = about.course_of(reply.enrollment)
    if reply.intent is not Intent.STOP or run is None:
        return [noted(reply)]
    lapsed = replace(noted(reply), intent=Intent.STOP)
    over_ones = [each for each in about.courses if each.enrollment.state is EnrollmentState.COMPLETED]
    ended = [row for each in over_ones for row in withdrawn(each.agenda, "stop", given.now)]
    if run.enrollment.state in BREAKABLE:  # the message that they were typed to stays known: they may still answer it
        lapsed = replace(lapsed, among=reply.among)
    return [lapsed, *stands_still(given, about.courses), *ended]


async def let_go(ports: Ports) -> int:
    """Let what was held long enough become a private note; return how much that was."""
    lapsed = 0
    for reply in await ports.store.replies_held(ports.now, limit=BATCH):
        about = await person_called(ports, reply.workspace, reply.author)
        with suppress(Conflict):  # answered at this very moment
            await ports.save(*over(ports.given(), about, reply), withdraws=reply.kind is ReplyKind.REQUEST)
            log.info("no longer held reply=%s", reply.id)
            lapsed += 1
    return lapsed


# --- what is asked, and pressed ---------------------------------------------------------------------------------


async def _pressed(ports: Ports, press: Press, *, puts: bool) -> None:
    reply_id, _, nudge = press.value.partition(":")
    reply = await ports.store.reply(press.workspace, reply_id)
    held = await on_hold(ports, reply, press.person) if reply is not None else None
    if held is None or held.reply.kind is not ReplyKind.HELD or held.reply.text is None:
        decision = Decision(refuses="press-stale", again=(reply_id,))
    elif held.run.enrollment.state is EnrollmentState.LEFT:
        decision = Decision(refuses="press-left-words")
    else:
        given = ports.given()
        held = replace(held, reply=replace(held.reply, cohort=held.run.cohort.id))  # nobody has read it where it was
        decision = put(given, held, nudge) if puts else note(given, held)
    await carry_out(ports, press, decision)


async def put_pressed(ports: Ports, press: Press) -> None:
    """Here: this is what the words belong to."""
    await _pressed(ports, press, puts=True)


async def note_pressed(ports: Ports, press: Press) -> None:
    """A note by itself: they belong to none of it."""
    await _pressed(ports, press, puts=False)


async def keep_pressed(ports: Ports, press: Press) -> None:
    """No, that was my answer: it is kept as one, and a stop that was done at once is undone."""
    reply = await ports.store.reply(press.workspace, press.value)
    member = await known(ports, press)
    if reply is None or member is None:
        await refuse(ports, press)
        return
    if reply.author != member.id:
        await refuse(ports, press, "press-foreign")
        return
    held = await on_hold(ports, reply, press.person)
    if reply.intent is None or reply.text is None or held is None:  # pressed twice, or on another device too
        await ports.again(reply.workspace, reply.id)
        return
    decision = kept(ports.given(), held)
    if reply.intent is Intent.STOP:
        about = await person_of(ports, press)
        decision = replace(decision, records=[*decision.records, *unstopped(ports.given(), about.courses)])
        decision = settling(decision, await ports.store.stops_of(press.workspace, member.id))
    await carry_out(ports, press, decision)


def settling(decision: Decision, stops: Sequence[Reply]) -> Decision:
    """Return a decision that answers every stop its person may have asked for: the others become private notes."""
    known_ones = {record.id for record in decision.records}
    others = [noted(each) for each in stops if each.id not in known_ones]
    return replace(decision, records=[*decision.records, *others]) if others else decision


PRESSES = {"reply.put": put_pressed, "reply.note": note_pressed, "intent.keep": keep_pressed}
