"""Messages that are on their way, or in doubt, while words are typed: looked up in the conversation."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.chat.port import Place, Said, Unanswered
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Nudge, NudgeState
from bot.flows.agenda.sent_evidence import ON_ITS_WAY, is_there
from bot.flows.context.pending import ASKING
from bot.flows.delivery.reconcile import LOOK_BACK
from bot.flows.delivery.send import place_of
from bot.flows.ports import Ports
from bot.flows.replies.match import heard_of
from bot.store.port.heard import Heard

LONGEST = 4  # seconds that a look may take while a person waits for an answer
MOST = 3  # messages looked for, the newest; more are on their way only after a backup was brought back


async def heard_surely(ports: Ports, event: Said, heard: Heard) -> Heard:
    """Return what is known once messages in doubt were looked up; of which nobody can tell is said in `unsure`.

    One that is found counts as sent from then on. One that is not there was not read by who typed: it is still to go.
    """
    doubtful = _doubtful(heard, event)
    if not doubtful or heard.reply is not None:
        return heard
    looked = [(row, await _look(ports, row)) for row in doubtful[:MOST]]
    untold = [*(row for row, found in looked if found is None), *doubtful[MOST:]]
    unsure = {each.id for row in untold for each in _on_card(heard, row)}
    absent = {row.id for row, found in looked if found is False}
    if any(found for _, found in looked):
        heard = await heard_of(ports, event)
    rows = [replace(row, state=NudgeState.READY) if row.id in absent else row for row in heard.nudges]
    return replace(heard, nudges=rows, unsure=frozenset(unsure))


def _doubtful(heard: Heard, event: Said) -> Sequence[Nudge]:
    """Return the messages that may be there and ask for words, or something below them does; newest first."""
    runs = {each.id for each, _ in heard.runs if each.state is not EnrollmentState.LEFT}
    return [
        row
        for row in reversed(heard.nudges)
        if row.state in ON_ITS_WAY and row.due_at <= event.at and row.enrollment in runs and _on_card(heard, row)
    ]


def _on_card(heard: Heard, lead: Nudge) -> Sequence[Nudge]:
    """Return what asks for words on the card of a message: itself, and what comes with it."""
    below = (row for row in heard.nudges if row.card == lead.id and row.state is NudgeState.PLANNED)
    return [row for row in (lead, *below) if row.kind in ASKING]


async def _look(ports: Ports, row: Nudge) -> bool | None:
    """Return whether a message is there, and note it when it is; None when nobody can tell."""
    if not ports.chat.looks_back(row.workspace):
        return None
    since = row.due_at - LOOK_BACK
    try:
        async with asyncio.timeout(LONGEST):
            place = await place_of(ports, row)
            if not isinstance(place, Place):
                return None
            ref = await ports.chat.find(place, row.id, since=min(row.look_since or since, since))
    except (Unanswered, TimeoutError):
        return None
    return ref is not None and await is_there(ports, row, ref) is not None
