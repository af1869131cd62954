"""The heartbeat: when somebody last listened, and what may have been missed when nobody did."""

import logging
from datetime import datetime, timedelta

from bot.flows.ports import Ports

log = logging.getLogger(__name__)

ALIVE_AT = "alive_at"
EVERY = timedelta(seconds=10)
LATE = timedelta(minutes=5)  # as long as Slack sends an event again by itself


async def beat(ports: Ports) -> int:
    """Note that we listen; after a silence open a gap for each person, and return how many."""
    now = ports.now
    missed = await _missed(ports, now)
    await ports.store.set_mark(ALIVE_AT, now.isoformat())
    return missed


async def _missed(ports: Ports, now: datetime) -> int:
    noted = await ports.store.mark(ALIVE_AT)
    if noted is None:
        return 0
    since = datetime.fromisoformat(noted)
    if now - since <= LATE:
        return 0
    people = await ports.store.open_gaps(since, now)
    log.warning("nobody listened since=%s people=%d", noted, people)
    return people
