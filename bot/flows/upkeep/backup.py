"""A copy of the database, every night."""

import logging
from datetime import datetime, timedelta

from bot.flows.ports import Ports

log = logging.getLogger(__name__)

HOUR = 2  # UTC
KEPT = 14  # copies, hence nights
MARK = "backed_up_at"  # set by the store with each copy, whoever asked for it


async def back_up(ports: Ports) -> int:
    """Keep a copy when there is none since last night; a practice workspace needs none. Return how many were made."""
    now = ports.now
    noted = await ports.store.mark(MARK)
    if noted is not None and _last_night(now) <= datetime.fromisoformat(noted) <= now:
        return 0
    if all(workspace.practice for workspace in await ports.store.workspaces()):
        return 0
    copy = await ports.store.back_up(now, keep=KEPT)
    log.info("backed up copy=%s", copy)
    return 1


def _last_night(now: datetime) -> datetime:
    """Return the latest moment that a copy was due."""
    tonight = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return tonight if tonight <= now else tonight - timedelta(days=1)
