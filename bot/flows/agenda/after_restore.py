"""After a backup was brought back: what a person got since is known again before anything else is decided."""

from contextlib import suppress
from datetime import datetime, timedelta

from bot.chat.port import MessageRef
from bot.coaching.records.nudge import Nudge, NudgeState
from bot.flows.agenda.due_context import completed
from bot.flows.context.nudge import nudge_context_of
from bot.flows.ports import Ports
from bot.store.port import Conflict

RESTORED_AT = "restored_at"  # a mark
LONGEST = timedelta(days=1)  # after a restore, for histories that are read slowly or not at all


async def is_in_doubt(ports: Ports, workspace: str, member: str | None) -> bool:
    """Return whether it is still being looked up what a person got since the backup was made."""
    for run in await ports.store.enrollments_of(workspace, member) if member else ():
        rows = await ports.store.nudges_of(workspace, run.id)
        if any(row.state is NudgeState.UNCERTAIN and row.look_since is not None for row in rows):
            return True
    return False


async def found(ports: Ports, row: Nudge, ref: MessageRef) -> bool:
    """Note that a message had been sent, in its time, and end the run when it was the last one; False when stale."""
    is_ours = await ports.store.settle(
        row, NudgeState.SENT, at=stood_since(ports, ref, row.due_at), conversation=ref.conversation, message=ref.message
    )
    if is_ours and row.enrollment is not None and not await is_in_doubt(ports, row.workspace, row.member):
        scene = await nudge_context_of(ports, row)
        ended = completed(ports, scene, row, await ports.store.nudges_of(row.workspace, row.enrollment))
        if ended is not None:
            with suppress(Conflict):  # somebody pauses or leaves at this moment: it ends with the next message
                await ports.save(ended)
    return is_ours


def stood_since(ports: Ports, ref: MessageRef, otherwise: datetime) -> datetime:
    """Return since when a message stands there, by its own account where it has one; never later than now."""
    return min(ports.chat.moment_of(ref) or otherwise, ports.now)


async def until(ports: Ports) -> datetime:
    """Return how long it is looked up at least what was sent before the restore."""
    at = await ports.store.mark(RESTORED_AT)
    return datetime.fromisoformat(at) + LONGEST if at else ports.now
