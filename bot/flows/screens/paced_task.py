"""What the clock does for screens: what nobody brought up to date at once, at each workspace's pace."""

import asyncio
from dataclasses import replace

from bot.flows.ports import Ports
from bot.flows.screens.show import show

AT_ONCE = 20  # screens of one workspace, and of all, in one go


async def keep_true(ports: Ports) -> int:
    """Bring up to date what is due, withdrawals first; return how many screens that was."""
    now = ports.now
    waiting = await ports.store.screens_due(now)
    if not waiting:
        return 0
    mine = replace(ports, holder=ports.new_id(), held=[])
    room = {workspace: most for workspace in waiting if (most := ports.chat.room(workspace)) is not None}
    claimed = await ports.store.claim_screens(mine.hold, room=room, limit=AT_ONCE)
    by_workspace = {each: [screen for screen in claimed if screen.workspace == each] for each in waiting}
    await asyncio.gather(*(show(mine.at(each), theirs) for each, theirs in by_workspace.items() if theirs))
    return len(claimed)
