"""What nobody answered: at the end of their person's next working day, words that are held become a private note."""

import logging
from contextlib import suppress
from dataclasses import replace

from bot.coaching.intents import Intent
from bot.coaching.records.reply import Reply, ReplyKind
from bot.coaching.words import taken_back
from bot.flows.context.given import Given
from bot.flows.context.person import PersonContext, person_called
from bot.flows.participation.typed_pause import BREAKABLE
from bot.flows.ports import Ports
from bot.flows.replies.intent import noted, stands_still
from bot.store.port import Conflict, Record

log = logging.getLogger(__name__)

BATCH = 200


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


def over(given: Given, about: PersonContext, reply: Reply) -> list[Record]:
    """Return held words as a private note, and what was done already without its words.

    Who may have asked for no more messages has said nothing: the run stands still until they do. One whose weeks are
    over cannot: there the words stay held, and with them what is still to come.
    """
    if reply.text is None:
        return [replace(reply, held_until=None)]
    if reply.kind is ReplyKind.REQUEST:
        return [replace(taken_back(reply, given.now), held_until=None)]
    note = replace(noted(reply), intent=None)
    run = about.course_of(reply.enrollment)
    if reply.intent is not Intent.STOP or run is None:
        return [note]
    if run.enrollment.state not in BREAKABLE:
        return [replace(reply, held_until=None)]
    return [replace(note, intent=Intent.STOP), *stands_still(given, about.courses)]
