"""A button that was pressed is proof that its message is there, whatever was in doubt."""

import logging

from bot.chat.port import MessageRef
from bot.coaching.records.nudge import Nudge, NudgeState
from bot.flows.agenda import after_restore
from bot.flows.ports import Ports

log = logging.getLogger(__name__)

ON_ITS_WAY = frozenset({NudgeState.SENDING, NudgeState.UNCERTAIN})
AFTER_DOUBT = frozenset({NudgeState.READY, NudgeState.EXPIRED})  # to be sent once more; let go


def may_be_there(row: Nudge, doubts: int) -> bool:
    """Whether a nudge that is not known to be sent may stand there all the same; posted in doubt so many times."""
    if row.state in AFTER_DOUBT:
        return row.look_since is not None or doubts > 0
    return row.state in ON_ITS_WAY


async def is_there(ports: Ports, row: Nudge, ref: MessageRef) -> Nudge | None:
    """Note that a nudge that may be there is, in this message, and return it as it is now; None when it is not sent.

    Whoever sends it at this moment finds it settled; another copy of it that comes shows the same once it is pressed.
    """
    if await after_restore.found(ports, row, ref):
        log.info("pressed, so it is there nudge=%s was=%s", row.id, row.state)
    now = await ports.store.nudge(row.workspace, row.id)
    return now if now is not None and now.state is NudgeState.SENT else None
