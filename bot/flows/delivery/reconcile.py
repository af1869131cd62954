"""Looking a doubtful message up in the conversation, and what follows where nothing can be looked up."""

from datetime import timedelta

from bot.chat.port import Place, Sent, Unanswered
from bot.coaching.records.nudge import Nudge, NudgeState
from bot.coaching.rules.delivery import MOST_ATTEMPTS, Next, after_look
from bot.flows.agenda import after_restore
from bot.flows.delivery.send import place_of
from bot.flows.delivery.settle import settle
from bot.flows.ports import Ports

LOOK_BACK = timedelta(minutes=5)  # how far before the first attempt the history is read
LOOK_AGAIN = timedelta(minutes=10)  # between two looks once the window has been closed for as long
LOOK_LONGEST = timedelta(hours=1)  # after the window, for what can never be looked up
MOST_DOUBTS = 1  # after which a message is sent once more where nothing can be looked up


async def look(ports: Ports, row: Nudge) -> NudgeState | None:
    """Look a doubtful row up in the conversation and settle it; return where to."""
    now = ports.now
    if not ports.chat.looks_back(row.workspace):
        return await _unseen(ports, row)
    place = await place_of(ports, row)
    if not isinstance(place, Place):
        return await look_later(ports, row, place.error)
    try:
        since = row.due_at - LOOK_BACK
        found = await ports.chat.find(place, row.id, since=min(row.look_since or since, since))
    except Unanswered as unanswered:
        return await look_later(ports, row, str(unanswered))
    if found is not None and row.look_since is not None:
        return NudgeState.SENT if await after_restore.found(ports, row, found) else None
    if found is not None:
        return await settle(ports, row, Sent(ref=found))
    follows = after_look(now, row.attempt, row.expires_at)
    if row.look_since is not None and row.attempt < MOST_ATTEMPTS:  # it never got a verdict, or gets it once more
        follows = Next(state=NudgeState.PLANNED, reason=follows.reason)
    is_ours = await ports.store.settle(row, follows.state, at=now, reason=follows.reason)
    return follows.state if is_ours else None


async def _unseen(ports: Ports, row: Nudge) -> NudgeState | None:
    """Settle a doubt where nothing can be looked up: sent once more at most, so that it is there once or twice."""
    now = ports.now
    follows = after_look(now, row.attempt, row.expires_at)
    if row.look_since is not None:
        follows = Next(state=NudgeState.EXPIRED, reason="restored, and nobody can tell whether it was sent")
    elif await ports.store.doubts(row.workspace, row.id) > MOST_DOUBTS:
        follows = Next(state=NudgeState.EXPIRED, reason="in doubt twice, and sent twice at most")
    return follows.state if await ports.store.settle(row, follows.state, at=now, reason=follows.reason) else None


async def look_later(ports: Ports, row: Nudge, reason: str) -> NudgeState | None:
    """Leave a row in doubt until the next look; for ever in doubt would hold up all that follows in its place."""
    now = ports.now
    longest = row.expires_at + LOOK_LONGEST
    if row.look_since is not None:
        longest = max(longest, await after_restore.until(ports))
    if now >= longest:
        state, wait = NudgeState.EXPIRED, None
        reason = f"in doubt: {reason}"
    else:
        state = NudgeState.UNCERTAIN
        wait = now + (ports.settle if now < row.expires_at + LOOK_AGAIN else LOOK_AGAIN)
    return state if await ports.store.settle(row, state, at=now, not_before=wait, reason=reason) else None
