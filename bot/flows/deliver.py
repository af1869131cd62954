"""Sending what is ready: claimed before the call, settled after it, looked up in doubt."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from bot.chat.port import (
    Ambiguous,
    Blame,
    Outcome,
    Place,
    RetryAfter,
    Sent,
    Unanswered,
    Undeliverable,
)
from bot.coaching.cohort import CohortState
from bot.coaching.delivery import LEASE, SETTLE, Next, after_doubt, after_look, after_refusal
from bot.coaching.member import MemberState
from bot.coaching.nudge import Kind, Nudge, NudgeState
from bot.coaching.workspace import WorkspaceState
from bot.flows.compose import composed
from bot.flows.ports import Ports
from bot.store.port import Conflict

log = logging.getLogger(__name__)

AT_ONCE = 200  # claims per tick; each is one conversation, so each may be in flight
CHANNEL_GONE = frozenset({"is_archived", "channel_not_found"})  # not: we were put out of it and may be let in again
LOOK_BACK = timedelta(minutes=5)  # how far before the first attempt the history is read
LOOK_AGAIN = timedelta(minutes=10)  # between two looks once the window has closed
LOOK_LONGEST = timedelta(hours=1)  # after the window, for what can never be looked up


async def deliver(ports: Ports) -> int:
    """Settle doubts, expire what is late, send what is ready; return how many moved on."""
    now = ports.clock.now()
    moved = 0
    for row in await ports.store.late(now, limit=AT_ONCE):
        moved += await ports.store.settle(row, NudgeState.EXPIRED, at=now, reason="its window closed")
    doubtful = await ports.store.doubtful(now, limit=AT_ONCE)
    claimed = await ports.store.claim(now, lease_until=now + LEASE, limit=AT_ONCE)
    under_way = (*(_look(ports, row) for row in doubtful), *(_send(ports, row) for row in claimed))
    for ended in await asyncio.gather(*under_way, return_exceptions=True):
        if isinstance(ended, BaseException):  # it stays claimed, and is looked up when its lease is over
            log.error("not settled", exc_info=ended)
        else:
            moved += ended
    return moved


async def _send(ports: Ports, row: Nudge) -> bool:
    """Send one claimed row and settle it."""
    return await _settle(ports, row, await _outcome(ports, row))


async def _outcome(ports: Ports, row: Nudge) -> Outcome:
    place = await _place(ports, row)
    if not isinstance(place, Place):
        return place
    try:
        message = replace(await composed(ports, row), key=row.id)
    except Exception as error:  # one text that cannot be said must not hold up everybody else's
        log.exception("cannot compose nudge=%s kind=%s", row.id, row.kind)
        return RetryAfter(seconds=0, error=f"cannot compose: {type(error).__name__}")
    return await ports.chat.send(place, message)


async def _settle(ports: Ports, row: Nudge, outcome: Outcome) -> bool:
    now = ports.clock.now()
    if isinstance(outcome, Sent):
        log.info("sent nudge=%s kind=%s attempt=%d", row.id, row.kind, row.attempt)
        return await ports.store.settle(
            row,
            NudgeState.SENT,
            at=now,
            conversation=outcome.ref.conversation,
            message=outcome.ref.message,
        )
    if isinstance(outcome, RetryAfter):
        follows = after_refusal(now, row.attempt, outcome.seconds, ports.chance(), outcome.error)
    elif isinstance(outcome, Ambiguous):
        follows = after_doubt(now, outcome.error)
    elif outcome.blame is Blame.CONVERSATION and row.member is not None:
        await _forget_direct(ports, row.member)
        follows = after_refusal(now, row.attempt, 0, ports.chance(), outcome.error)
    else:
        follows = Next(state=NudgeState.DEAD, reason=outcome.error)
        await _mark(ports, row, outcome)
    log.warning("not sent nudge=%s to=%s reason=%s", row.id, follows.state, follows.reason)
    return await ports.store.settle(row, follows.state, at=now, not_before=follows.not_before, reason=follows.reason)


async def _look(ports: Ports, row: Nudge) -> bool:
    """Look a doubtful row up in the conversation and settle it."""
    now = ports.clock.now()
    place = await _place(ports, row)
    if not isinstance(place, Place):
        return await _look_later(ports, row, place.error)
    try:
        found = await ports.chat.find(place, row.id, since=row.due_at - LOOK_BACK)
    except Unanswered as unanswered:
        return await _look_later(ports, row, str(unanswered))
    if found is not None:
        return await ports.store.settle(
            row, NudgeState.SENT, at=now, conversation=found.conversation, message=found.message
        )
    follows = after_look(now, row.attempt, row.expires_at)
    return await ports.store.settle(row, follows.state, at=now, reason=follows.reason)


async def _look_later(ports: Ports, row: Nudge, reason: str) -> bool:
    """Leave a row in doubt until the next look; for ever in doubt would hold up all that follows in its place."""
    now = ports.clock.now()
    if now >= row.expires_at + LOOK_LONGEST:
        return await ports.store.settle(row, NudgeState.EXPIRED, at=now, reason=f"in doubt: {reason}")
    wait = SETTLE if now < row.expires_at else LOOK_AGAIN
    return await ports.store.settle(row, NudgeState.UNCERTAIN, at=now, not_before=now + wait, reason=reason)


async def _place(ports: Ports, row: Nudge) -> Place | RetryAfter | Undeliverable:
    """Return where a row goes; opens the direct conversation the first time."""
    if row.member is None:
        cohort = await ports.store.cohort(row.cohort)
        assert cohort is not None, "foreign keys hold"
        return Place(workspace=row.workspace, conversation=cohort.channel, thread=await _thread(ports, row))
    member = await ports.store.member(row.member)
    assert member is not None, "foreign keys hold"
    if member.direct is None:
        opened = await ports.chat.open_direct(member.workspace, member.external_id)
        if not isinstance(opened, str):
            return opened
        member = replace(member, direct=opened)
        try:
            await ports.store.save(member)
        except Conflict:
            log.info("direct conversation kept elsewhere member=%s", member.id)
    return Place(workspace=member.workspace, conversation=member.direct or "", thread=await _thread(ports, row))


async def _thread(ports: Ports, row: Nudge) -> str | None:
    """Return the thread a row belongs in: a coach's word under its nudge, shared words under their reflection."""
    if row.subject is None:
        return None
    if row.kind is Kind.TEAM_SHARE:
        parent = await ports.store.nudge(row.subject)
        return parent.message if parent else None
    if row.kind is Kind.COACH_WORD:
        word = await ports.store.reply(row.subject)
        about = await ports.store.nudge(word.nudge) if word else None
        return about.message if about else None
    return None


async def _forget_direct(ports: Ports, member_id: str) -> None:
    """Open the conversation anew next time: the one we know is not there any more."""
    member = await ports.store.member(member_id)
    assert member is not None, "foreign keys hold"
    with suppress(Conflict):
        await ports.store.save(replace(member, direct=None))


async def _mark(ports: Ports, row: Nudge, refusal: Undeliverable) -> None:
    """Remember what a permanent refusal says about the person, the channel or the workspace."""
    try:
        if refusal.blame is Blame.WORKSPACE:
            workspace = await ports.store.workspace(row.workspace)
            assert workspace is not None, "foreign keys hold"
            await ports.store.save(replace(workspace, state=WorkspaceState.UNINSTALLED))
        elif refusal.blame is Blame.PERSON and row.member is not None:
            member = await ports.store.member(row.member)
            assert member is not None, "foreign keys hold"
            await ports.store.save(replace(member, state=MemberState.DEACTIVATED))
        elif refusal.error in CHANNEL_GONE:
            cohort = await ports.store.cohort(row.cohort)
            assert cohort is not None, "foreign keys hold"
            await ports.store.save(replace(cohort, state=CohortState.ENDED))
    except Conflict:
        log.info("mark left to the next refusal nudge=%s", row.id)
