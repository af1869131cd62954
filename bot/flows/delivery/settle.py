"""How a message settled: where it goes from there, and what a refusal says about who was to get it."""

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from bot.chat.port import OWN_PACE, TOO_LATE, Ambiguous, Blame, MessageRef, Outcome, RetryAfter, Sent, Undeliverable
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.workspace import WorkspaceState
from bot.coaching.rules.delivery import Next, after_doubt, after_refusal, back_off
from bot.coaching.rules.due import UNCOUNTED
from bot.flows.agenda import after_restore
from bot.flows.agenda.postpone import postponed
from bot.flows.context.nudge import nudge_context_of
from bot.flows.delivery import uninvited
from bot.flows.delivery.send import CLOSED, HELD, Withheld
from bot.flows.participation import account
from bot.flows.ports import Ports
from bot.flows.screens.render import Rendering
from bot.store.port import Conflict

log = logging.getLogger(__name__)

FENCE, PAUSED, GONE = "fence", "paused", "deactivated"
CLOSED_FOR = 1_800.0  # seconds after which a channel that took no post is tried again: it may be opened meanwhile
# When they are sent, nobody's words stand in them that could be withdrawn at that very moment.
WITHOUT_WORDS = frozenset(
    {
        Kind.WELCOME,
        Kind.PULSE,
        Kind.NUDGE,
        Kind.FOLLOW_UP,
        Kind.UNDONE,
        Kind.DEBRIEF,
        Kind.KEEP,
        Kind.CLOSING,
        Kind.READING_ASK,
        Kind.READING_NEWS,
        Kind.COACH_ASK,
        Kind.INVITATION,
        Kind.TEAM_CLOSING,
    }
)


async def settle(
    ports: Ports, row: Nudge, outcome: Outcome | Withheld, rendering: Rendering | None = None
) -> NudgeState | None:
    """Move a row on by how its sending ended, and return where to; None when it is somebody else's by now.

    `rendering` is what it was to look like: a message that shows somebody's words is shown as what is stored by then.
    """
    if isinstance(outcome, Withheld):
        return await _not_called(ports, row, outcome.reason)
    if isinstance(outcome, RetryAfter) and outcome.error == OWN_PACE:
        return await hand_back(ports, row, patient=True, seconds=outcome.seconds)
    now = ports.now
    if isinstance(outcome, Sent):
        ref = outcome.ref
        log.info("sent nudge=%s kind=%s attempt=%d", row.id, row.kind, row.attempt)
        is_ours = await ports.store.settle(
            row,
            NudgeState.SENT,
            at=after_restore.stood_since(ports, ref, now),
            conversation=ref.conversation,
            message=ref.message,
            digest=rendering.digest if rendering and _is_all(row, rendering) else "",
            shows=rendering.subjects if rendering else (),
        )
        if not is_ours and not await _is_known(ports, row, ref):
            log.error("sent, and the row is not ours any more nudge=%s fence=%d", row.id, row.fence)
        return NudgeState.SENT if is_ours else None
    follows = await _follows(ports, row, outcome)
    level = logging.ERROR if follows.state is NudgeState.DEAD else logging.WARNING
    log.log(
        level,
        "not sent nudge=%s kind=%s workspace=%s to=%s reason=%s",
        row.id,
        row.kind,
        row.workspace,
        follows.state,
        follows.reason,
    )
    if follows.state is NudgeState.DEAD and await _stands_still(ports, row):  # refused because they shut us out
        return await _put_off(ports, row)
    is_ours = await ports.store.settle(row, follows.state, at=now, not_before=follows.not_before, reason=follows.reason)
    if is_ours and isinstance(outcome, Undeliverable):
        await uninvited.told(ports, row, is_over=follows.state is NudgeState.DEAD)
    return follows.state if is_ours else None


def _is_all(row: Nudge, rendering: Rendering) -> bool:
    """Whether a message surely stands as it is to look: with words of somebody it may have come without them."""
    return row.kind in WITHOUT_WORDS and not rendering.shows_words


async def _is_known(ports: Ports, row: Nudge, ref: MessageRef) -> bool:
    """Whether somebody pressed a button of this very message before its answer came."""
    known = await ports.store.screen(row.workspace, row.id)
    return known is not None and (known.conversation, known.message) == (ref.conversation, ref.message)


async def _follows(ports: Ports, row: Nudge, outcome: RetryAfter | Ambiguous | Undeliverable) -> Next:
    now = ports.now
    if isinstance(outcome, RetryAfter):
        return after_refusal(now, row.attempt, outcome.seconds, ports.chance(), outcome.error)
    if isinstance(outcome, Ambiguous):
        return after_doubt(now, outcome.error, ports.settle)
    if outcome.blame is Blame.CONVERSATION and row.member is not None:
        # Only a person who is out of reach is put on hold: a conversation is made anew, and may be missing by mistake.
        await _forget_direct(ports, row.workspace, row.member)
        return after_refusal(now, row.attempt, 0, ports.chance(), outcome.error)
    if outcome.blame is Blame.CONVERSATION and row.member is None:
        # Archived, made private, or without the bot: that can be undone. The next post is tried again in any case.
        again = after_refusal(now, row.attempt, CLOSED_FOR, ports.chance(), outcome.error)
        if again.not_before is not None and again.not_before < row.expires_at:
            return again
    await _mark(ports, row, outcome)
    return Next(state=NudgeState.DEAD, reason=outcome.error)


async def _not_called(ports: Ports, row: Nudge, reason: str) -> NudgeState | None:
    log.info("not called nudge=%s kind=%s reason=%s", row.id, row.kind, reason)
    if reason == FENCE:
        return None
    if reason == PAUSED or (reason == GONE and await _stands_still(ports, row)):
        return await _put_off(ports, row)
    if reason in {HELD, TOO_LATE}:
        return await hand_back(ports, row, patient=reason == TOO_LATE)
    state = NudgeState.EXPIRED if reason == CLOSED else NudgeState.CANCELLED
    return state if await ports.store.settle(row, state, at=ports.now, reason=reason) else None


async def _stands_still(ports: Ports, row: Nudge) -> bool:
    """Whether a row keeps its place because its run goes on with nothing until the person lets it."""
    run = await ports.store.enrollment(row.workspace, row.enrollment) if row.enrollment else None
    return run is not None and run.stands_still and row.kind not in UNCOUNTED


async def _put_off(ports: Ports, row: Nudge) -> NudgeState | None:
    """Plan a message anew for after the pause that began while it was on its way."""
    scene = await nudge_context_of(ports, row)
    if scene.enrollment.state is not EnrollmentState.PAUSED:  # over already
        return await hand_back(ports, row)
    rows = await ports.store.nudges_of(scene.enrollment.workspace, scene.enrollment.id)
    later, *behind = postponed(ports, replace(scene, nudge=_unclaimed(row)), rows)
    try:
        await ports.save(replace(later, reason=PAUSED), *behind)
    except Conflict:
        return None
    return NudgeState.PLANNED


async def hand_back(ports: Ports, row: Nudge, *, patient: bool = False, seconds: float = 0.0) -> NudgeState | None:
    """Let a claimed row that was surely not called be claimed again; that was no attempt."""
    wait = ports.now + timedelta(seconds=seconds) + back_off(row.attempt, ports.chance()) if patient else None
    try:
        await ports.save(replace(_unclaimed(row), state=NudgeState.READY, not_before=wait))
    except Conflict:
        return None
    return NudgeState.READY


def _unclaimed(row: Nudge) -> Nudge:
    return replace(row, state=NudgeState.PLANNED, attempt=row.attempt - 1, lease_until=None, not_before=None)


async def _forget_direct(ports: Ports, workspace: str, member_id: str) -> None:
    """Open the conversation anew next time: the one we know is not there any more."""
    member = await ports.store.member(workspace, member_id)
    if member is not None:
        with suppress(Conflict):
            await ports.save(replace(member, direct=None))


async def _mark(ports: Ports, row: Nudge, refusal: Undeliverable) -> None:
    """Remember what a permanent refusal says about the person, the channel or the workspace."""
    try:
        if refusal.blame is Blame.WORKSPACE:
            workspace = await ports.store.workspace(row.workspace)
            assert workspace is not None, "foreign keys hold"
            await ports.save(replace(workspace, state=WorkspaceState.UNINSTALLED))
        elif row.member is not None:
            member = await ports.store.member(row.workspace, row.member)
            if member is not None and refusal.blame is Blame.PERSON:
                await account.unreachable(ports, member)
    except Conflict:
        log.info("mark left to the next refusal nudge=%s", row.id)
